import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { AnswerValue } from "./answer-value.js";
import { castVote, type VoteOutcome } from "./cast-vote.js";
import { askFollowUp } from "./follow-up.js";
import { type Listener, replyPrivately } from "./private-reply.js";
import { lines } from "./survey-card.js";

/** What a message meant to the surveys; a vote goes on to the complaints with its comment. */
export type ReplyOutcome =
  | {
      readonly kind: "vote";
      readonly runId: string;
      readonly questionId: string;
      readonly questionKind: QuestionKind;
      readonly value: AnswerValue;
      readonly comment: string | null;
    }
  /** It was meant for the surveys and is dealt with. */
  | { readonly kind: "handled" }
  | { readonly kind: "none" };

/** Not for the surveys. */
export const NONE: ReplyOutcome = { kind: "none" };
/** Dealt with. */
export const HANDLED: ReplyOutcome = { kind: "handled" };

/** One answer read from a message. */
export interface TypedVote {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
  readonly value: AnswerValue;
  readonly comment: string | null;
}

/** The member as somebody to be answered where this message came from. */
export function listenerOf(place: Place, event: MessageEvent): Listener {
  const { group, member, direct } = place;
  return direct ? { group, member, direct: event.conversation } : { group, member };
}

/** A vote as it goes on to the complaints. */
export function voteTaken({ run, question, value, comment }: TypedVote): ReplyOutcome {
  return {
    kind: "vote",
    runId: run.id,
    questionId: question.id,
    questionKind: question.kind,
    value,
    comment,
  };
}

/**
 * Where the member stands for a run. A direct message may answer a run of another of their groups;
 * null when they are not in that group.
 */
export async function placeIn(
  tx: Transaction,
  place: Place,
  run: Pick<SurveyRun, "groupId">,
): Promise<Place | null> {
  if (place.group.id === run.groupId) return place;
  const group = await tx.directory.groupById(run.groupId);
  const membership = await tx.directory.membership(run.groupId, place.member.id);
  return group === null || membership === null ? null : { ...place, group, membership };
}

/** Casts a typed vote and says what has to be said about it, privately or not at all. */
export async function takeVote(
  tx: Transaction,
  spoken: Place,
  event: MessageEvent,
  typed: TypedVote,
): Promise<ReplyOutcome> {
  const { run, question } = typed;
  const place = await placeIn(tx, spoken, run);
  if (place === null) return NONE;
  const outcome = await castVote(tx, {
    ...typed,
    member: place.member,
    membership: place.membership,
    at: event.at,
    via: "reply",
    messageKey: messageKey(event.message),
  });
  switch (outcome.kind) {
    case "recorded":
    case "changed":
    case "same":
      await answerTaken(tx, place, event, { run, question, outcome });
      return voteTaken(typed);
    case "run-closed":
      return tellClosed(tx, place, event, typed);
    case "unknown-option":
      return NONE;
    case "not-eligible":
      return outcome.why === "staff" ? tellStaffMember(tx, place, event, run) : NONE;
  }
}

interface Taken {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
  readonly outcome: Extract<VoteOutcome, { readonly kind: "recorded" | "changed" | "same" }>;
}

/** A vote in the group is not answered; one in private is, by the follow-up or by thanks. */
async function answerTaken(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { run, question, outcome }: Taken,
): Promise<void> {
  const listener = listenerOf(place, event);
  if (outcome.kind !== "same") {
    const { response } = outcome;
    const asked = await askFollowUp(tx, listener, { run, question, response, at: event.at });
    if (asked) return;
  }
  if (!place.direct) return;
  await replyPrivately(tx, listener, {
    key: `reply:${event.eventId}`,
    message: { text: surveyTexts[place.group.language].thanks[outcome.kind] },
    at: event.at,
  });
}

/** Tells the member once that the question is closed; words beside the vote still go on. */
export async function tellClosed(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { run, comment }: Pick<TypedVote, "run" | "comment">,
): Promise<ReplyOutcome> {
  const texts = surveyTexts[place.group.language];
  await replyPrivately(tx, listenerOf(place, event), {
    key: `late:${run.id}:${place.member.id}`,
    message: { text: texts.closedReply },
    at: event.at,
  });
  return comment === null ? HANDLED : NONE;
}

async function tellStaffMember(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  run: SurveyRun,
): Promise<ReplyOutcome> {
  await replyPrivately(tx, listenerOf(place, event), {
    key: `staff-vote:${run.id}:${place.member.id}`,
    message: { text: surveyTexts[place.group.language].staffVote },
    at: event.at,
  });
  return HANDLED;
}

/** Tells the member once per run how to answer, after a direct answer that could not be read. */
export async function tellUnclear(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { run, question }: Pick<TypedVote, "run" | "question">,
): Promise<void> {
  const texts = surveyTexts[place.group.language];
  await replyPrivately(tx, listenerOf(place, event), {
    key: `unclear:${run.id}:${place.member.id}`,
    message: { text: lines(texts.unclear(texts.howToReply(question.kind))) },
    at: event.at,
    expiresAt: run.closesAt,
  });
}
