import { DEFAULT_LEVEL } from "./estimate.js";
import { type NetScore, netScore } from "./net-score.js";

/** Answers to "compared with what you expected". */
export interface ExpectationCounts {
  readonly better: number;
  readonly same: number;
  readonly worse: number;
}

/**
 * Net expectation gap (better − worse)/n in −1…1 with the F5 interval (F7). It is a number of
 * its own and never part of CSAT. Null when n = 0.
 */
export function expectationGap(
  { better, same, worse }: ExpectationCounts,
  level: number = DEFAULT_LEVEL,
): NetScore | null {
  return netScore({ plus: better, neutral: same, minus: worse }, level);
}
