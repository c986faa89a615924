import { conversationKey, messageKey } from "#src/platform/conversation.js";
import { type EditedEvent, fenceKeyOf, type MessageEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";

/** Who edits something older never said it to us: it was there before the bot, or was forgotten. */
const FRESH_MS = 30 * MINUTE;

/** Messages whose words this transaction has taken from their edit. */
const taken = new WeakMap<Transaction, Set<string>>();

/**
 * The edit as the message itself, when it overtook the post that it changes; null for an edit of
 * something that was heard. The post that comes behind says nothing new: it is marked as seen, so that
 * one message has one verdict.
 */
export async function firstHeard(
  tx: Transaction,
  place: Place,
  event: EditedEvent,
): Promise<MessageEvent | null> {
  const age = event.at - (event.saidAt ?? event.at);
  if (age > FRESH_MS || (await tx.messages.judged(event.message)) !== null) return null;
  const { saidAt: _saidAt, ...said } = event;
  const message: MessageEvent = {
    ...said,
    kind: "message",
    mentionsBot: false,
    isDirect: place.direct,
  };
  const fenceKey = fenceKeyOf(message);
  const lane = conversationKey(event.conversation);
  const mark = fenceKey === null ? null : { fenceKey, lane, kind: message.kind };
  if (mark === null || !(await tx.inbox.markHeard(mark, event.at))) return null;
  const keys = taken.get(tx) ?? new Set();
  taken.set(tx, keys.add(messageKey(event.message)));
  return message;
}

/** True for a post that came behind its own edit in the same batch. */
export function wasOvertaken(tx: Transaction, event: MessageEvent): boolean {
  return taken.get(tx)?.has(messageKey(event.message)) === true;
}
