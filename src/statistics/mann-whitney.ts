import { criticalZ, DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { twoSidedNormalP } from "./normal-distribution.js";

/** Mann–Whitney comparison of two sets of ordinal answers (F18). */
export interface MannWhitney {
  /** U of the first set: pairs in which `a` is higher, ties as one half. */
  readonly u: number;
  /** P(b > a) + ½·P(tie): 0.5 means no difference, 1 means every b is higher. */
  readonly superiority: number;
  /** Two-sided p, normal approximation with tie correction and continuity correction. */
  readonly p: number;
  /** The same without continuity correction. */
  readonly pWithoutContinuity: number;
}

/** Mann–Whitney test with tie correction (F18), `a` before and `b` after. Null if one is empty. */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney | null {
  if (a.length === 0 || b.length === 0) return null;
  const ranks = midRanks([...a, ...b]);
  const rankSum = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const pairs = a.length * b.length;
  const n = a.length + b.length;
  const variance = (pairs / 12) * (n + 1 - tieTerm(ranks) / (n * (n - 1)));
  const distance = Math.abs(u - pairs / 2);
  const p = (gap: number): number =>
    variance > 0 ? twoSidedNormalP(Math.max(0, gap) / Math.sqrt(variance)) : 1;
  return {
    u,
    superiority: 1 - u / pairs,
    p: p(distance - 0.5),
    pWithoutContinuity: p(distance),
  };
}

/** Ranks from 1, equal values sharing the mean of their places, in the order of the input. */
export function midRanks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index }));
  order.sort((x, y) => x.value - y.value);
  const ranks = new Array<number>(values.length).fill(0);
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
    for (const entry of order.slice(start, end)) ranks[entry.index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

function tieTerm(ranks: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
}

const BISECTIONS = 60;

/**
 * Cliff's delta, P(b > a) − P(a > b) in −1…1, with Newcombe's score-type interval for the
 * Mann–Whitney measure (2006, method 5): it stays open when all b are above all a.
 * Null if one set is empty.
 */
export function cliffsDelta(
  a: readonly number[],
  b: readonly number[],
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  const test = mannWhitney(a, b);
  if (test === null) return null;
  const z = criticalZ(level);
  const theta = test.superiority;
  const tooFar = (candidate: number): boolean =>
    Math.abs(theta - candidate) > z * superiorityError(candidate, a.length, b.length);
  return {
    value: 2 * theta - 1,
    low: 2 * limitTowards(0, theta, tooFar) - 1,
    high: 2 * limitTowards(1, theta, tooFar) - 1,
    n: a.length + b.length,
  };
}

function superiorityError(theta: number, sizeA: number, sizeB: number): number {
  const extra = (sizeA + sizeB) / 2 - 1;
  const factor = 1 + extra * ((1 - theta) / (2 - theta) + theta / (1 + theta));
  return Math.sqrt((theta * (1 - theta) * factor) / (sizeA * sizeB));
}

/** The last acceptable candidate on the way from `theta` to `end` (0 or 1). */
function limitTowards(end: number, theta: number, tooFar: (candidate: number) => boolean): number {
  if (theta === end) return end;
  let inside = theta;
  let outside = end;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (inside + outside) / 2;
    if (tooFar(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}
