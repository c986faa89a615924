import { DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { mean } from "./quantiles.js";
import { wilsonInterval } from "./wilson-interval.js";

const LOWEST_EASY = 5;
const HIGHEST = 7;

/** Customer effort by CES 2.0: 1 = fully disagree that it was easy … 7 = fully agree. */
export interface Ces {
  readonly n: number;
  readonly mean: number;
  /** Share of 5, 6 and 7 with Wilson interval. */
  readonly easy: Estimate;
}

/** CES 2.0 (F6) from answers 1–7, where high is good. Null for no answers. */
export function customerEffort(
  answers: readonly number[],
  level: number = DEFAULT_LEVEL,
): Ces | null {
  for (const answer of answers) {
    if (!(answer >= 1 && answer <= HIGHEST)) throw new RangeError("A CES answer is 1 to 7.");
  }
  const easyCount = answers.filter((answer) => answer >= LOWEST_EASY).length;
  const easy = wilsonInterval(easyCount, answers.length, level);
  const average = mean(answers);
  if (easy === null || average === null) return null;
  return { n: answers.length, mean: average, easy };
}
