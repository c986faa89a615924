import type { Group, Response, Survey, SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import type { Transaction } from "#src/store/transaction.js";
import { readValue } from "./answer-value.js";
import { isRating } from "./cast-vote.js";
import { followUpsOf } from "./run-questions.js";
import type { RunResult } from "./staff-result.js";
import { staffQuestionId, unverifiedQuestionId } from "./survey-keys.js";
import { type TallyAnswer, tally } from "./tally.js";
import { type BeforeLogin, votesBeforeLogin } from "./votes-before-login.js";

/** All answers of a run, sorted by what they stand for. */
export interface RunAnswers {
  readonly question: QuestionSnapshot;
  readonly rating: readonly TallyAnswer[];
  readonly rows: readonly Response[];
  readonly beforeLogin: BeforeLogin | null;
}

/** Reads the answers of a run; null for a run without a rating question. */
export async function readRunAnswers(tx: Transaction, run: SurveyRun): Promise<RunAnswers | null> {
  const question = run.questions.find(isRating);
  if (question === undefined) return null;
  await tx.responses.flush();
  const rows = await tx.responses.rows.find({ runId: run.id }, { order: { id: "asc" } });
  const rating = answersTo(rows, question);
  return { question, rating, rows, beforeLogin: await votesBeforeLogin(tx, run, rating) };
}

function answersTo(rows: readonly Response[], question: QuestionSnapshot): readonly TallyAnswer[] {
  return rows
    .filter((row) => row.questionId === question.id)
    .map(({ memberId, value, answeredAt, earlier }) => ({
      memberId,
      value,
      answeredAt,
      // Ticks are added one by one, which replaces nothing.
      replaced: question.kind === "multi" ? 0 : earlier.length,
    }));
}

/** What the exact result of a run is made from. */
export interface ResultScene {
  readonly run: SurveyRun;
  readonly survey: Survey | null;
  readonly group: Group;
  readonly answers: RunAnswers;
  /** Language of the reader. */
  readonly language: Language;
}

/** The exact result of a run for staff, without names and without anybody's order. */
export function runResult(scene: ResultScene): RunResult {
  const { run, survey, group, answers, language } = scene;
  const { question, rating, rows } = answers;
  const count = (questionId: string): number =>
    rows.filter((row) => row.questionId === questionId).length;
  const show = (at: number): string => formatInstant(at, group.timeZone, language, "short");
  return {
    number: survey?.number ?? 0,
    title: survey?.title ?? question.text,
    decision: survey?.decision ?? "",
    groupName: group.name,
    question,
    from: show(run.openedAt),
    to: show(run.closedAt ?? run.closesAt),
    tally: tally(question, rating),
    eligible: run.eligible,
    k: cellFloor(settingsOf(group).suppressBelow),
    screening: {
      staff: count(staffQuestionId(question.id)),
      unverified: count(unverifiedQuestionId(question.id)),
    },
    beforeLogin: answers.beforeLogin,
    followUps: followUpsOf(run).map((followUp) => ({
      question: followUp,
      tally: tally(followUp, answersTo(rows, followUp)),
    })),
    comments: commentsOf(run, rows, question),
  };
}

/** One entry per author, in an order that is the same each time and tells nothing about the author. */
function commentsOf(
  run: SurveyRun,
  rows: readonly Response[],
  rating: QuestionSnapshot,
): readonly string[] {
  const wordQuestions = new Set(
    run.questions.filter((question) => question.kind === "text").map((question) => question.id),
  );
  const byAuthor = new Map<string, string[]>();
  for (const row of rows) {
    const words = wordQuestions.has(row.questionId) ? String(readValue(row.value)) : row.comment;
    const counted = row.questionId === rating.id || wordQuestions.has(row.questionId);
    if (!counted || words === null || words === "") continue;
    const said = byAuthor.get(row.memberId) ?? [];
    if (!said.includes(words)) byAuthor.set(row.memberId, [...said, words]);
  }
  return [...byAuthor.entries()]
    .map(([author, said]) => ({ key: stableId("mixed", run.id, author), words: said.join(" / ") }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ words }) => words);
}
