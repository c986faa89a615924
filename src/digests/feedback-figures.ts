import { HOUR, MINUTE } from "#src/shared/clock.js";
import {
  type FeedbackDegree,
  type FeedbackSignal,
  feedbackDegree,
  type ShopFeedbackDegree,
  type ShopReaction,
  shopFeedbackDegree,
} from "#src/statistics/feedback-degree.js";
import type { AnswerRow, CaseRow, CaseWordsRow, RunRow } from "#src/store/digest-rows.js";
import { counts } from "./case-figures.js";
import { type Stretch, within } from "./digest-window.js";
import { groupBy } from "./group-by.js";
import { replySpecificity } from "./reply-specificity.js";

/** Characters from which words count as a text of their own (F25). */
const SHORT_SENTENCE = 5;
/** Target for a first reply where a case has none of its own. */
const USUAL_TARGET = 30 * MINUTE;

/** 反馈程度 of the customers with its counts; parts of nobody are absent, never zero. */
export interface CustomerFeedback extends FeedbackDegree {
  /** Pairs of a question and an eligible member who answered it. */
  readonly answered: number;
}

/** 反馈程度 of the shop with its counts. */
export interface ShopFeedback extends ShopFeedbackDegree {
  readonly answered: number;
}

/**
 * Feedback degree of the customers (F25) over the questions that closed in the window: each pair
 * of a question and a member who could answer it. Null when no question closed.
 */
export function customerFeedback(
  runs: readonly RunRow[],
  answers: readonly AnswerRow[],
  window: Stretch,
): CustomerFeedback | null {
  const closed = runs.filter((run) => within(run.closedAt, window));
  const byRun = groupBy(
    answers.filter((answer) => answer.apart === null),
    (answer) => answer.runId,
  );
  const signals = closed.flatMap((run) => signalsOf(run, byRun.get(run.id) ?? []));
  const degree = feedbackDegree(signals);
  if (degree === null) return null;
  return { ...degree, answered: signals.filter((signal) => signal.kind !== "none").length };
}

function signalsOf(run: RunRow, answers: readonly AnswerRow[]): readonly FeedbackSignal[] {
  const byMember = groupBy(answers, (answer) => answer.memberId);
  const place = run.private ? "private_message" : "group_card";
  const given = [...byMember.values()].flatMap((own): FeedbackSignal[] => {
    const rating = own.find((answer) => answer.rating);
    if (rating === undefined) return [];
    const hours = Math.max(0, rating.firstAnsweredAt - run.openedAt) / HOUR;
    return [{ kind: intensityOf(own), place, hours }];
  });
  const silent = Math.max(0, run.eligible - given.length);
  return [...given, ...Array.from({ length: silent }, (): FeedbackSignal => ({ kind: "none" }))];
}

function intensityOf(own: readonly AnswerRow[]): Exclude<FeedbackSignal["kind"], "none"> {
  if (own.some((answer) => answer.words >= SHORT_SENTENCE)) return "rating_with_text";
  return own.some((answer) => answer.tags.length > 0) ? "rating_with_reason" : "rating";
}

/**
 * Feedback degree of the shop (F25) over complaints opened in the window that were answered or
 * should have been: answered by a person, how specifically, how soon against the deadline. A reply
 * whose words are not known counts as half specific. Null when there were no such complaints.
 */
export function shopFeedback(
  cases: readonly CaseRow[],
  words: readonly CaseWordsRow[],
  window: Stretch,
): ShopFeedback | null {
  const byCase = groupBy(words, (row) => row.caseId);
  const reactions = cases
    .filter((row) => counts(row) && within(row.openedAt, window))
    .flatMap((row) => reactionTo(row, byCase.get(row.id) ?? [], window.to));
  const degree = shopFeedbackDegree(reactions);
  if (degree === null) return null;
  return { ...degree, answered: reactions.filter(({ kind }) => kind === "acknowledged").length };
}

function reactionTo(
  row: CaseRow,
  words: readonly CaseWordsRow[],
  at: number,
): readonly ShopReaction[] {
  if (row.firstReplyAt === null || row.firstReplyAt >= at) {
    const due = row.acknowledgeDueAt ?? row.openedAt + USUAL_TARGET;
    return due <= at ? [{ kind: "unacknowledged" }] : [];
  }
  const reply = words.find((one) => one.part === "reply");
  const report = words
    .filter((one) => one.part !== "reply")
    .map((one) => one.text)
    .join(" ");
  const target = (row.acknowledgeDueAt ?? 0) - row.openedAt;
  return [
    {
      kind: "acknowledged",
      specificity: reply === undefined ? 0.5 : replySpecificity(reply.text, report),
      delay: Math.max(0, row.firstReplyAt - row.openedAt),
      target: target > 0 ? target : USUAL_TARGET,
    },
  ];
}
