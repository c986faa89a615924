import { boundedEstimate, DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { fisherExactP } from "./fisher-exact.js";
import { twoSidedNormalP } from "./normal-distribution.js";
import { type Proportion, wilsonInterval } from "./wilson-interval.js";

/** Below this count in any of the four cells the z test is not used (F12). */
const SMALLEST_CELL_FOR_Z = 5;

/** Two proportions with their difference (after − before) and a two-sided p value. */
export interface ProportionComparison {
  readonly before: Estimate;
  readonly after: Estimate;
  /** after − before, −1…1, with Newcombe's interval; its n is that of both sides together. */
  readonly difference: Estimate;
  readonly p: number;
  readonly test: "pooled_z" | "fisher_exact";
}

/**
 * Difference after − before with Newcombe's hybrid score interval (F12), −1…1.
 * Null when either n = 0.
 */
export function newcombeDifference(
  before: Proportion,
  after: Proportion,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  const first = wilsonInterval(before.hits, before.n, level);
  const second = wilsonInterval(after.hits, after.n, level);
  return first === null || second === null ? null : hybridDifference(first, second);
}

/**
 * Difference second − first of two independent estimates, its limits combined from theirs by
 * Newcombe's square-and-add rule.
 */
export function hybridDifference(first: Estimate, second: Estimate): Estimate {
  const value = second.value - first.value;
  return {
    value,
    low: value - Math.hypot(second.value - second.low, first.high - first.value),
    high: value + Math.hypot(second.high - second.value, first.value - first.low),
    n: first.n + second.n,
  };
}

/** A z statistic with its two-sided p value. */
export interface ZTest {
  readonly z: number;
  readonly p: number;
}

/**
 * Two-proportion z test with pooled variance; z has the sign of before − after. Null when either
 * n = 0 or when all answers are alike, where the statistic does not exist.
 */
export function pooledZTest(before: Proportion, after: Proportion): ZTest | null {
  if (before.n === 0 || after.n === 0) return null;
  const pooled = (before.hits + after.hits) / (before.n + after.n);
  const variance = pooled * (1 - pooled) * (1 / before.n + 1 / after.n);
  if (!(variance > 0)) return null;
  const z = (before.hits / before.n - after.hits / after.n) / Math.sqrt(variance);
  return { z, p: twoSidedNormalP(z) };
}

/**
 * Compares two independent proportions by F12: Newcombe's interval, and p from the pooled z test
 * when all four observed cells hold at least 5, else from Fisher's exact test.
 * Null when either n = 0.
 */
export function compareProportions(
  before: Proportion,
  after: Proportion,
  level: number = DEFAULT_LEVEL,
): ProportionComparison | null {
  const first = wilsonInterval(before.hits, before.n, level);
  const second = wilsonInterval(after.hits, after.n, level);
  const exact = fisherExactP(before, after);
  if (first === null || second === null || exact === null) return null;
  const cells = [before.hits, before.n - before.hits, after.hits, after.n - after.hits];
  const z = Math.min(...cells) >= SMALLEST_CELL_FOR_Z ? pooledZTest(before, after) : null;
  return {
    before: first,
    after: second,
    difference: boundedEstimate(hybridDifference(first, second), -1, 1),
    p: z === null ? exact : z.p,
    test: z === null ? "fisher_exact" : "pooled_z",
  };
}
