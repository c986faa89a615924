import { DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { type DifferenceTest, type NetCounts, netScore, netScoreDifference } from "./net-score.js";

const LOWEST_PROMOTER = 9;
const LOWEST_PASSIVE = 7;
const HIGHEST_SCORE = 10;

/** Answers to the 0–10 question by group, and how many people saw it and gave no number. */
export interface NpsCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  /** Seen and skipped. Never part of any denominator (F3). */
  readonly dismissed: number;
}

/** Net Promoter Score in points (−100…100) with the F5 interval. */
export interface Nps extends Estimate {
  /** Variance of one answer in squared shares, F4. */
  readonly variance: number;
  /** Plain margin in points; too narrow for small n, kept for comparison with other tools. */
  readonly plainMargin: number;
}

/** Below this n the score is not shown (§3.1). */
export const SMALLEST_N_FOR_NPS = 30;

/** Sorts scores 0–10 into promoters (9–10), passives (7–8), detractors (0–6); null is dismissed. */
export function countNps(scores: readonly (number | null)[]): NpsCounts {
  const counts = { promoters: 0, passives: 0, detractors: 0, dismissed: 0 };
  for (const score of scores) counts[npsGroup(score)] += 1;
  return counts;
}

function npsGroup(score: number | null): keyof NpsCounts {
  if (score === null) return "dismissed";
  if (!(score >= 0 && score <= HIGHEST_SCORE)) throw new RangeError("An NPS score is 0 to 10.");
  if (score >= LOWEST_PROMOTER) return "promoters";
  return score >= LOWEST_PASSIVE ? "passives" : "detractors";
}

/**
 * Net Promoter Score 100·(P − D)/n with passives in n and dismissals out (F3), the variance F4
 * and the adjusted Wald interval F5 clipped to ±100. Null when nobody gave a number.
 */
export function netPromoterScore(counts: NpsCounts, level: number = DEFAULT_LEVEL): Nps | null {
  const score = netScore(asNetCounts(counts), level);
  if (score === null) return null;
  return { ...inPoints(score), variance: score.variance, plainMargin: 100 * score.plainMargin };
}

/**
 * Difference of two independent scores in points, after − before (−200…200), with
 * SE = √(SE₁² + SE₂²). Null when either side has no numbers.
 */
export function npsDifference(
  before: NpsCounts,
  after: NpsCounts,
  level: number = DEFAULT_LEVEL,
): DifferenceTest | null {
  const test = netScoreDifference(asNetCounts(before), asNetCounts(after), level);
  return test === null ? null : { difference: inPoints(test.difference), p: test.p };
}

function asNetCounts({ promoters, passives, detractors }: NpsCounts): NetCounts {
  return { plus: promoters, neutral: passives, minus: detractors };
}

function inPoints({ value, low, high, n }: Estimate): Estimate {
  return { value: 100 * value, low: 100 * low, high: 100 * high, n };
}
