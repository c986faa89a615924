import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { isRating } from "./cast-vote.js";
import { isPrivateRun } from "./survey-keys.js";

/** A question of a run. */
export interface RunQuestion {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
}

/** Most follow-up questions of one survey. */
export const MOST_FOLLOW_UPS = 2;

/** The runs that a whole group may answer. */
export function publicRuns(runs: readonly SurveyRun[]): readonly SurveyRun[] {
  return runs.filter((run) => !isPrivateRun(run));
}

/** The rating question of each run. */
export function ratingsOf(runs: readonly SurveyRun[]): readonly RunQuestion[] {
  return runs.flatMap((run) => {
    const question = run.questions.find(isRating);
    return question === undefined ? [] : [{ run, question }];
  });
}

/** The questions of a run that follow its rating, at most {@link MOST_FOLLOW_UPS}. */
export function followUpsOf(run: SurveyRun): readonly QuestionSnapshot[] {
  return run.questions.filter((question) => !isRating(question)).slice(0, MOST_FOLLOW_UPS);
}
