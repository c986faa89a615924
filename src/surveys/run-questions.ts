import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { isRating } from "./cast-vote.js";
import { isPrivateRun } from "./survey-keys.js";

/** A question of a run. */
export interface RunQuestion {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
}

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
