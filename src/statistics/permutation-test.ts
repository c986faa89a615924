import { mean } from "./quantiles.js";
import { type Random, randomIndex } from "./seeded-random.js";

/** Fewest shuffles that give a p value worth reporting (F19). */
export const FEWEST_SHUFFLES = 9_999;

const ROUNDING_NOISE = 1e-12;

/** A permutation test on the difference of means. */
export interface PermutationTest {
  /** mean(b) − mean(a). */
  readonly difference: number;
  /** Two-sided p value; never 0. */
  readonly p: number;
}

/** What a permutation test compares, and the chance it shuffles with. */
export interface PermutationInput {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly random: Random;
  readonly shuffles?: number;
}

/**
 * Two-sided permutation test on means (F19): p = (1 + #{at least as far apart})/(1 + K), groups
 * drawn at their true sizes. The same seed gives the same p. Null if one set is empty.
 */
export function permutationTest({
  a,
  b,
  random,
  shuffles = FEWEST_SHUFFLES,
}: PermutationInput): PermutationTest | null {
  if (!(shuffles >= 1)) throw new RangeError("A permutation test needs at least one shuffle.");
  const meanA = mean(a);
  const meanB = mean(b);
  if (meanA === null || meanB === null) return null;
  const difference = meanB - meanA;
  const pool = [...a, ...b];
  const total = pool.reduce((sum, value) => sum + value, 0);
  let asFar = 0;
  for (let round = 0; round < shuffles; round += 1) {
    const sumA = drawSum(pool, a.length, random);
    const shuffled = (total - sumA) / b.length - sumA / a.length;
    if (Math.abs(shuffled) >= Math.abs(difference) - ROUNDING_NOISE) asFar += 1;
  }
  return { difference, p: (1 + asFar) / (1 + shuffles) };
}

/** Moves a random choice of `size` values to the front of `pool` and returns their sum. */
function drawSum(pool: number[], size: number, random: Random): number {
  let sum = 0;
  for (let place = 0; place < size; place += 1) {
    const other = place + randomIndex(random, pool.length - place);
    const chosen = pool[other] ?? 0;
    pool[other] = pool[place] ?? 0;
    pool[place] = chosen;
    sum += chosen;
  }
  return sum;
}
