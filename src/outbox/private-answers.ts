import type { OutboxMessage } from "#entities/index.js";
import { conversationFromKey } from "#src/platform/conversation.js";
import { capabilitiesOf, type PlatformAdapter } from "#src/platform/platform-adapter.js";
import type { Transaction } from "#src/store/transaction.js";

/** Answers to presses that go out side by side. */
const TOGETHER = 32;

/**
 * True for the answer to one person's press, by the platform's own handle of it: nobody else sees it, so
 * its place among the messages of the conversation means nothing.
 */
function isPrivateAnswer(row: OutboxMessage, now: number): boolean {
  const fresh = row.attempts === 0 && !row.maybeSent && row.quiet === null && row.notBefore <= now;
  return fresh && row.act === "send" && row.replyHandle !== null && row.onlyFor !== null;
}

/**
 * The private answers that stand right behind this one in the same conversation, one per person. Two
 * thousand thanks would else be said one after the other, and the result of the survey behind them.
 * Empty where the platform wants a pause between two messages of a conversation.
 */
export async function answersBeside(
  tx: Transaction,
  { row, adapter, now }: { row: OutboxMessage; adapter: PlatformAdapter; now: number },
): Promise<readonly OutboxMessage[]> {
  const { pacing } = capabilitiesOf(adapter, conversationFromKey(row.lane));
  if (pacing.gapPerConversationMs > 0 || !isPrivateAnswer(row, now)) return [];
  const behind = await tx.outbox.rows.find(
    { lane: row.lane, state: "due", seq: { above: row.seq } },
    { order: { seq: "asc" }, limit: TOGETHER - 1 },
  );
  const people = new Set([row.onlyFor]);
  const beside: OutboxMessage[] = [];
  for (const next of behind) {
    if (!isPrivateAnswer(next, now) || people.has(next.onlyFor)) break;
    people.add(next.onlyFor);
    beside.push(next);
  }
  return beside;
}
