import type { SurveyRun } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { Transaction } from "#src/store/transaction.js";
import { readRunAnswers, runResult } from "./run-result.js";
import type { RunResult } from "./staff-result.js";
import { isPrivateRun } from "./survey-keys.js";
import { tally } from "./tally.js";

/** What staff may see of a run: while it is open how many answered, afterwards everything. */
export type SurveyResults =
  | { readonly kind: "open"; readonly n: number; readonly closesAt: number }
  | { readonly kind: "closed"; readonly result: RunResult }
  /** A private check, a run without a rating, or a group that is gone. */
  | { readonly kind: "none" };

/** The results of a run for staff, hidden until it closes. Never for the group. */
export async function surveyResults(
  tx: Transaction,
  run: SurveyRun,
  language: Language,
): Promise<SurveyResults> {
  const group = await tx.directory.groupById(run.groupId);
  const answers = isPrivateRun(run) ? null : await readRunAnswers(tx, run);
  if (group === null || answers === null) return { kind: "none" };
  if (run.state === "open") {
    const { n } = tally(answers.question, answers.rating);
    return { kind: "open", n, closesAt: run.closesAt };
  }
  const survey = await tx.surveys.first({ id: run.surveyId });
  return { kind: "closed", result: runResult({ run, survey, group, answers, language }) };
}

/** The newest run of a survey, open or closed; null when it never ran. */
export async function latestRun(tx: Transaction, surveyId: string): Promise<SurveyRun | null> {
  return tx.runs.first({ surveyId }, { order: { openedAt: "desc", id: "asc" } });
}
