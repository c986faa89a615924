import type { MessageEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import type { GroupMemory } from "./open-runs.js";

const WINDOW_MS = 10 * MINUTE;
const LONGEST_ASK = 600;
/** Staff lines of ten minutes; a group is never busier with them. */
const STAFF_LINES = 50;

const ASK = /(?:扣|回复?|打|发|刷|敲|抠)个? ?[1１一](?![\d１0０点个份斤盒箱袋件元号到至–—~-])/;
const ASK_ENGLISH =
  /\b(?:reply|type|press|send|drop|write)(?: with)?(?: an?)? ["'“]?1\b(?![-–~.:]| (?:to|or|-|–) ?\d)/i;
/** A poll run by hand asks for several numbers; its 1 is an answer, not a receipt. */
const OTHER_NUMBER = /(?:扣|回复?|打|发|刷|敲|抠)个? ?[2-9２-９]/;

/** Whether a message asks everybody for a 1 as a receipt (收到扣1, 收到请回1, "reply 1"). */
function asksForOne(text: string): boolean {
  const head = text.slice(0, LONGEST_ASK);
  if (OTHER_NUMBER.test(head)) return false;
  return ASK.test(head) || ASK_ENGLISH.test(head);
}

/** Remembers that a passing message asked for a 1; later replies of the same batch need it. */
export function noteAsk(memory: GroupMemory, event: MessageEvent): void {
  if (asksForOne(event.text)) memory.askedForOneAt = event.at;
}

/**
 * Whether somebody asked for a 1 in the ten minutes before this message: among the last lines of
 * the group, among all lines of staff (a flood of receipts must not hide the request), or earlier in
 * this transaction.
 */
export async function wasAskedForOne(
  tx: Transaction,
  memory: GroupMemory,
  message: { readonly groupId: string; readonly at: number },
): Promise<boolean> {
  const since = message.at - WINDOW_MS;
  if (memory.askedForOneAt !== null && memory.askedForOneAt >= since) return true;
  if (memory.storedAskAt === undefined) {
    memory.storedAskAt = await storedAsk(tx, message.groupId, since);
  }
  if (memory.storedAskAt !== null && memory.storedAskAt >= since) return true;
  const recent = await tx.messages.recent(message.groupId, since);
  return recent.some((row) => row.sentAt <= message.at && asksForOne(row.text ?? ""));
}

async function storedAsk(tx: Transaction, groupId: string, since: number): Promise<number | null> {
  const rows = await tx.messages.rows.find(
    { groupId, sentAt: { atLeast: since }, role: ["staff", "leader"], text: { not: null } },
    { order: { sentAt: "desc" }, limit: STAFF_LINES },
  );
  return rows.find((row) => asksForOne(row.text ?? ""))?.sentAt ?? null;
}
