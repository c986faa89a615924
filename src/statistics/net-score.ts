import {
  boundedEstimate,
  criticalZ,
  DEFAULT_LEVEL,
  type Estimate,
  requireCount,
} from "./estimate.js";
import { twoSidedNormalP } from "./normal-distribution.js";

const EXTRA_ANSWERS = 3;
const EXTRA_PER_POLE = 0.75;

/** Answers of a three-way question: for, neither, against. Dismissals are not answers. */
export interface NetCounts {
  readonly plus: number;
  readonly neutral: number;
  readonly minus: number;
}

/** Net score (plus − minus)/n in −1…1 with both error figures. */
export interface NetScore extends Estimate {
  /** Variance of one answer, F4. */
  readonly variance: number;
  /** Plain margin z·√(variance/n): 0 when all answers are alike, so never shown as the interval. */
  readonly plainMargin: number;
}

/** A difference after − before with its interval and two-sided p value. */
export interface DifferenceTest {
  readonly difference: Estimate;
  readonly p: number;
}

/**
 * Net score with F4's variance and the adjusted Wald interval F5, clipped to −1…1.
 * Null when n = 0.
 */
export function netScore(counts: NetCounts, level: number = DEFAULT_LEVEL): NetScore | null {
  const n = answers(counts);
  if (n === 0) return null;
  const z = criticalZ(level);
  const variance = oneAnswerVariance(counts.plus / n, counts.minus / n);
  const adjusted = adjustedMoments(counts);
  const half = z * adjusted.standardError;
  const bounded = boundedEstimate(
    {
      value: (counts.plus - counts.minus) / n,
      low: adjusted.score - half,
      high: adjusted.score + half,
      n,
    },
    -1,
    1,
  );
  return { ...bounded, variance, plainMargin: z * Math.sqrt(variance / n) };
}

/**
 * Difference of two independent net scores, after − before in −2…2, with
 * SE = √(SE₁² + SE₂²); each SE comes from F5's adjusted counts, so that a unanimous side does
 * not count as known exactly. Null when either side has no answers.
 */
export function netScoreDifference(
  before: NetCounts,
  after: NetCounts,
  level: number = DEFAULT_LEVEL,
): DifferenceTest | null {
  const first = netScore(before, level);
  const second = netScore(after, level);
  if (first === null || second === null) return null;
  const value = second.value - first.value;
  const standardError = Math.hypot(
    adjustedMoments(before).standardError,
    adjustedMoments(after).standardError,
  );
  const half = criticalZ(level) * standardError;
  const estimate = { value, low: value - half, high: value + half, n: first.n + second.n };
  return {
    difference: boundedEstimate(estimate, -2, 2),
    p: twoSidedNormalP(value / standardError),
  };
}

function answers({ plus, neutral, minus }: NetCounts): number {
  requireCount("plus", plus);
  requireCount("neutral", neutral);
  requireCount("minus", minus);
  return plus + neutral + minus;
}

function oneAnswerVariance(plusShare: number, minusShare: number): number {
  return plusShare + minusShare - (plusShare - minusShare) ** 2;
}

function adjustedMoments(counts: NetCounts): { score: number; standardError: number } {
  const n = answers(counts) + EXTRA_ANSWERS;
  const plus = (counts.plus + EXTRA_PER_POLE) / n;
  const minus = (counts.minus + EXTRA_PER_POLE) / n;
  return { score: plus - minus, standardError: Math.sqrt(oneAnswerVariance(plus, minus) / n) };
}
