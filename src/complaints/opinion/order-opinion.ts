import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Detector, Verdict } from "../detection/verdict.js";
import type { Considered } from "../follow-message.js";
import { wordOf } from "../member-word.js";
import { thresholdOf } from "../verdict-labels.js";
import { isUncertain } from "./uncertain.js";

/** When a second opinion is wanted. */
export interface OpinionRule {
  /** Distance of the score from the threshold within which the small model is uncertain, 0 to 1. */
  readonly band: number;
}

/** A judged message and what came of it. */
export interface Doubtful {
  readonly event: MessageEvent;
  readonly verdict: Verdict;
  readonly considered: Considered;
}

/**
 * Orders a second opinion on a line that the small model is uncertain about and that concerns no case
 * but, perhaps, the one it just opened. What was done stays done: the answer comes later. Nothing said
 * to the bot alone is asked about, and no word on a case's outcome.
 */
export async function orderOpinion(
  deps: { readonly detector: Detector; readonly secondOpinion: OpinionRule },
  tx: Transaction,
  place: Place,
  { event, verdict, considered }: Doubtful,
): Promise<void> {
  if (place.direct || wordOf(event.text) !== null) return;
  if (considered.kind !== "none" && considered.kind !== "opened") return;
  const { detector, secondOpinion } = deps;
  const threshold =
    (await thresholdOf(tx, place.group.id, detector, event.text)) ??
    detector.threshold("chat", verdict.language);
  if (!isUncertain(verdict, threshold, secondOpinion.band)) return;
  await tx.opinions.order({
    messageId: tx.messages.idOf(event.message),
    messageKey: messageKey(event.message),
    groupId: place.group.id,
    at: event.at,
  });
}
