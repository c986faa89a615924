import type { OutboxMessage } from "#entities/index.js";
import { conversationFromKey } from "#src/platform/conversation.js";
import { capabilitiesOf, type PlatformAdapter } from "#src/platform/platform-adapter.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import type { Transaction } from "#src/store/transaction.js";
import { pacingUntil } from "./pacing.js";

/** The next row of a conversation and all that decides whether it may go now. */
export interface Candidate {
  readonly row: OutboxMessage;
  readonly adapter: PlatformAdapter | undefined;
  /** The message this one edits. */
  readonly original: OutboxMessage | null;
  readonly now: number;
  /** Messages to the same platform that were begun in the same step. */
  readonly begun: number;
}

/** What becomes of a row: it goes, the whole conversation rests, the row alone waits, or it ends here. */
export type Decision =
  | { readonly kind: "go"; readonly adapter: PlatformAdapter }
  | { readonly kind: "rest"; readonly until: number }
  | { readonly kind: "put-off"; readonly until: number }
  | { readonly kind: "end"; readonly state: "dropped" | "parked"; readonly reason: string };

/** The words of a message that nobody needs any more. */
export const FORGOTTEN = { message: null, replyHandle: null } as const;

/** The columns of a row that will not be said (now). What is dropped for good is forgotten as well. */
export function endOf(end: {
  readonly state: "dropped" | "parked";
  readonly reason: string;
}): Partial<OutboxMessage> {
  const { state, reason } = end;
  return state === "parked" ? { state, reason } : { state, reason, maybeSent: false, ...FORGOTTEN };
}

/** Decides about a row: expiry first, then quiet hours, then the budgets of the platform. */
export async function decide(tx: Transaction, candidate: Candidate): Promise<Decision> {
  const { row, adapter, original, now } = candidate;
  if (row.expiresAt !== null && now >= row.expiresAt)
    return { kind: "end", state: "dropped", reason: "expired" };
  // A change of something that quiet hours still hold back comes after it.
  if (row.act === "edit" && original?.state === "due" && original.notBefore > now)
    return { kind: "put-off", until: original.notBefore };
  if (row.quiet !== null) {
    const until = quietUntil(now, row.quiet, row.quiet.timeZone);
    if (until !== null) return { kind: "put-off", until };
  }
  if (adapter === undefined)
    return { kind: "end", state: "parked", reason: "platform-not-connected" };
  const { pacing } = capabilitiesOf(adapter, conversationFromKey(row.lane));
  const until = await pacingUntil(
    tx,
    { platform: row.platform, pacing, begun: candidate.begun },
    now,
  );
  return until === null ? { kind: "go", adapter } : { kind: "rest", until };
}
