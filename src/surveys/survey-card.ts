import type { Group, SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { type SurveyTexts, surveyTexts } from "#src/i18n/surveys.js";
import {
  type ChoiceRow,
  FORM_ACTION,
  type OutboundMessage,
} from "#src/platform/outbound-message.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { choiceLabel, choicesOf } from "./question-choices.js";

/** What a card is made from. */
export interface CardFacts {
  readonly run: Pick<SurveyRun, "id" | "closesAt">;
  readonly question: QuestionSnapshot;
  readonly group: Pick<Group, "language" | "timeZone">;
  /** A private repetition for one member instead of the group's card. */
  readonly reminder?: boolean;
  /** How many have answered by now, rounded for the public; absent while that is not told. */
  readonly about?: number;
}

/** Value of the button that empties a set of ticks. */
export const CLEAR = "clear";

/** The value that a vote button carries: run, question and answer. */
export function voteButton(runId: string, questionId: string, answer: number | string): string {
  return `${runId}|${questionId}|${String(answer)}`;
}

/** Reads {@link voteButton} back; null for any other text. */
export function readVoteButton(
  value: string,
): { readonly runId: string; readonly questionId: string; readonly answer: string } | null {
  const [runId, questionId, ...rest] = value.split("|");
  if (runId === undefined || questionId === undefined || rest.length === 0) return null;
  return { runId, questionId, answer: rest.join("|") };
}

/** The buttons of a question, all with one action; null for a question that takes words. */
export function choiceRows(
  action: "vote" | "follow",
  runId: string,
  question: QuestionSnapshot,
  language: Language,
): readonly ChoiceRow[] | null {
  const choices = choicesOf(question, language);
  if (choices.length === 0) return null;
  const buttons = choices.map((choice) => ({
    label: choiceLabel(choice),
    value: voteButton(runId, question.id, choice.value),
  }));
  const clear = {
    label: surveyTexts[language].clear,
    value: voteButton(runId, question.id, CLEAR),
  };
  return [{ action, choices: question.kind === "multi" ? [...buttons, clear] : buttons }];
}

/** The button that opens a window for words. */
export function writeRow(
  runId: string,
  question: Pick<QuestionSnapshot, "id">,
  language: Language,
): ChoiceRow {
  const label = surveyTexts[language].writeWords;
  return {
    action: `${FORM_ACTION}vote`,
    choices: [{ label, value: `${runId}|${question.id}` }],
  };
}

/** The heading line of a question: what quotes and list topics are compared with. */
export function pollHeading(question: QuestionSnapshot, language: Language): string {
  return surveyTexts[language].heading + question.text;
}

/**
 * The card of a run: question, scale and its direction in words, how to answer, when it closes and
 * who can see what. No line ends in a colon, because some clients take that for a list.
 */
export function surveyCard(facts: CardFacts): OutboundMessage {
  const { run, question, group, reminder = false, about } = facts;
  const texts = surveyTexts[group.language];
  const heading = (reminder ? texts.reminderHeading : texts.heading) + question.text;
  const closes = texts.closes(formatInstant(run.closesAt, group.timeZone, group.language, "short"));
  const rows = choiceRows("vote", run.id, question, group.language);
  const soFar = about === undefined ? null : texts.answeredSoFar(about);
  const end = [closes, soFar, texts.promise];
  if (rows === null) {
    return {
      text: lines(heading, texts.openTextPress, ...end),
      choices: [writeRow(run.id, question, group.language)],
      textWithoutButtons: lines(heading, texts.openTextHint, ...end),
    };
  }
  const direction = texts.direction(question.kind);
  const press = question.kind === "multi" ? texts.multiHint : texts.howToPress;
  const labelled = optionLines(question, group.language, texts);
  const typed = [
    heading,
    ...labelled,
    // A scale whose points are named one by one shows its direction by that.
    ...(direction === null || labelled.length > 0 ? [] : [direction]),
    texts.howToReply(question.kind),
    ...outsideHints(question, texts),
    ...(reminder ? [] : [texts.visibleInGroup]),
    ...end,
  ];
  return {
    text: lines(heading, direction, press, ...end),
    choices: rows,
    textWithoutButtons: lines(...typed),
  };
}

/** The lines with a meaning per number or letter; a bare scale of numbers needs none. */
export function optionLines(
  question: QuestionSnapshot,
  language: Language,
  texts: SurveyTexts,
): readonly string[] {
  return choicesOf(question, language)
    .filter((choice) => choice.label !== "" && !choice.outsideN)
    .map(({ key, label }) => texts.option(key, label));
}

function outsideHints(question: QuestionSnapshot, texts: SurveyTexts): readonly string[] {
  return question.options
    .filter((option) => option.outsideN === true)
    .map((option) => texts.outsideHint(option.label));
}

/** What the card turns into when its run is closed. */
export function closedCard(
  question: QuestionSnapshot,
  group: Pick<Group, "language">,
): OutboundMessage {
  const texts = surveyTexts[group.language];
  return { text: lines(texts.closedHeading + question.text, texts.closedCard) };
}

/** Joins lines, leaving out the absent ones. */
export function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== "").join("\n");
}
