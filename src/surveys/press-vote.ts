import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import type { ActionEvent, FormEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { type AnswerValue, readValue } from "./answer-value.js";
import { castVote, isRating, type VoteChannel, type VoteOutcome } from "./cast-vote.js";
import { askFollowUp } from "./follow-up.js";
import { groupMemory } from "./open-runs.js";
import { type Listener, replyPrivately } from "./private-reply.js";
import { showValue, valueOfButton } from "./question-choices.js";
import { CLEAR, lines, readVoteButton } from "./survey-card.js";
import { takeBack } from "./take-back.js";
import { placeIn } from "./take-vote.js";

/** What became of a pressed button or a sent form. */
export type PressOutcome =
  | VoteOutcome
  | { readonly kind: "cleared" }
  /** It is no vote button of ours, or the run is not known. */
  | { readonly kind: "unknown" };

type Pressed = ActionEvent | FormEvent;

/** Thanks that come later than this confuse, and the platform's handle of the press is used up by then. */
const THANKS_FOR_MS = 20 * MINUTE;

interface Given {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
  readonly value: AnswerValue;
  readonly comment: string | null;
  readonly via: VoteChannel;
  /** The first words beside an answer that was given before: they are thanked for, the answer is not repeated. */
  readonly beside?: boolean;
}

/**
 * Takes the press of a `vote` or `follow` button: the value replaces the member's earlier answer; in
 * a question with several choices it is added to them. Each press is answered once, privately.
 */
export async function pressVote(
  tx: Transaction,
  place: Place,
  event: ActionEvent,
): Promise<PressOutcome> {
  const button = readVoteButton(event.value);
  if (button === null) return { kind: "unknown" };
  const found = await findQuestion(tx, place, button);
  if (found === null) return answerPress(tx, place, event, { kind: "unknown" });
  const { run, question } = found;
  if (button.answer === CLEAR && question.kind === "multi") return clear(tx, place, event, found);
  const pressed = valueOfButton(question, button.answer);
  if (pressed === null) return answerPress(tx, place, event, { kind: "unknown-option" });
  const value =
    question.kind === "multi" ? await addedTo(tx, place, found, String(pressed)) : pressed;
  return give(tx, place, event, { run, question, value, comment: null, via: "button" });
}

/**
 * Takes a form named `vote` with the fields `run`, `question`, `value` and `comment`; the value is
 * what a button carries, or words where the question asks for words. Words to a follow-up with tags
 * are the comment of the rating that it followed.
 */
export async function submitVote(
  tx: Transaction,
  place: Place,
  event: FormEvent,
): Promise<PressOutcome> {
  const { run: runId, question: questionId, value, comment } = event.values as FormFields;
  if (event.form !== "vote" || runId === undefined || questionId === undefined) {
    return { kind: "unknown" };
  }
  const found = await findQuestion(tx, place, { runId, questionId });
  if (found === null) return answerPress(tx, place, event, { kind: "unknown" });
  const given = value ?? "";
  if (!isRating(found.question) && found.question.kind !== "text")
    return giveComment(tx, place, event, { run: found.run, words: given });
  const answer = found.question.kind === "text" ? given : valueOfButton(found.question, given);
  if (answer === null) return answerPress(tx, place, event, { kind: "unknown-option" });
  const words = comment === undefined || comment.trim() === "" ? null : comment;
  return give(tx, place, event, { ...found, value: answer, comment: words, via: "form" });
}

async function giveComment(
  tx: Transaction,
  place: Place,
  event: FormEvent,
  { run, words }: { readonly run: SurveyRun; readonly words: string },
): Promise<PressOutcome> {
  const question = run.questions.find(isRating);
  const known =
    question === undefined ? null : await tx.responses.get(run.id, question.id, place.member.id);
  if (question === undefined || known === null || words.trim() === "")
    return answerPress(tx, place, event, { kind: "unknown-option" });
  const value = readValue(known.value);
  const beside = known.comment === null;
  return give(tx, place, event, { run, question, value, comment: words, via: "form", beside });
}

interface FormFields {
  readonly run?: string;
  readonly question?: string;
  readonly value?: string;
  readonly comment?: string;
}

interface FoundQuestion {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
}

async function findQuestion(
  tx: Transaction,
  place: Place,
  { runId, questionId }: { readonly runId: string; readonly questionId: string },
): Promise<FoundQuestion | null> {
  const { runs } = await groupMemory(tx, place.group.id);
  const run = runs.find((one) => one.id === runId) ?? (await tx.runs.first({ id: runId }));
  const question = run?.questions.find((one) => one.id === questionId);
  return run === null || question === undefined ? null : { run, question };
}

/** The ticks so far with one more. */
async function addedTo(
  tx: Transaction,
  place: Place,
  { run, question }: FoundQuestion,
  pressed: string,
): Promise<AnswerValue> {
  const known = await tx.responses.get(run.id, question.id, place.member.id);
  const ticked = known === null ? [] : readValue(known.value);
  const outside = question.options.some((one) => one.id === pressed && one.outsideN === true);
  if (outside || !Array.isArray(ticked)) return [pressed];
  return [...(ticked as readonly string[]), pressed];
}

async function clear(
  tx: Transaction,
  place: Place,
  event: ActionEvent,
  { run, question }: FoundQuestion,
): Promise<PressOutcome> {
  if (run.state !== "open" || event.at >= run.closesAt) {
    return answerPress(tx, place, event, { kind: "run-closed" });
  }
  const known = await tx.responses.get(run.id, question.id, place.member.id);
  if (known !== null) await takeBack(tx, { ...known, earlier: [] });
  return answerPress(tx, place, event, { kind: "cleared" });
}

async function give(
  tx: Transaction,
  pressedIn: Place,
  event: Pressed,
  given: Given,
): Promise<PressOutcome> {
  const { run, question } = given;
  const place = await placeIn(tx, pressedIn, run);
  if (place === null) {
    return answerPress(tx, pressedIn, event, { kind: "not-eligible", why: "foreign" });
  }
  const outcome = await castVote(tx, {
    ...given,
    member: place.member,
    membership: place.membership,
    at: event.at,
    messageKey: null,
  });
  if (outcome.kind === "recorded" || outcome.kind === "changed") {
    const { response } = outcome;
    const listener = listenerOf(place, event);
    if (await askFollowUp(tx, listener, { run, question, response, at: event.at })) return outcome;
  }
  const first = given.beside === true && outcome.kind === "changed";
  const told: PressOutcome = first ? { ...outcome, kind: "recorded" } : outcome;
  const shown = given.beside === undefined ? question : undefined;
  await sayAnswer(tx, place, event, answerText(place, told, shown));
  return outcome;
}

function listenerOf({ group, member }: Place, event: Pressed): Listener {
  const { replyHandle } = event;
  return replyHandle === undefined ? { group, member } : { group, member, replyHandle };
}

async function answerPress(
  tx: Transaction,
  place: Place,
  event: Pressed,
  outcome: PressOutcome,
): Promise<PressOutcome> {
  await sayAnswer(tx, place, event, answerText(place, outcome, undefined));
  return outcome;
}

/** Each press is answered once. */
async function sayAnswer(
  tx: Transaction,
  place: Place,
  event: Pressed,
  text: string,
): Promise<void> {
  await replyPrivately(tx, listenerOf(place, event), {
    key: `reply:${event.eventId}`,
    message: { text },
    at: event.at,
    expiresAt: event.at + THANKS_FOR_MS,
  });
}

function answerText(
  { group }: Place,
  outcome: PressOutcome,
  question: QuestionSnapshot | undefined,
): string {
  const texts = surveyTexts[group.language];
  switch (outcome.kind) {
    case "recorded":
    case "changed":
    case "same": {
      if (question === undefined || question.kind === "text") return texts.thanks[outcome.kind];
      const shown = showValue(question, group.language, readValue(outcome.response.value));
      return lines(texts.thanksFor(shown), texts.thanks[outcome.kind]);
    }
    case "cleared":
      return texts.thanks.cleared;
    case "run-closed":
      return texts.closedReply;
    case "unknown":
    case "unknown-option":
      return texts.unknownOption;
    case "not-eligible":
      return outcome.why === "staff" ? texts.staffVote : texts.notHere;
  }
}
