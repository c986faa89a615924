import { requirePart } from "./estimate.js";
import { logChoose } from "./gamma-functions.js";
import type { Proportion } from "./wilson-interval.js";

/** Tables this close in probability count as equally unlikely, as in R and SciPy. */
const TIE_TOLERANCE = 1e-7;

/**
 * Two-sided p value of Fisher's exact test for two proportions: the sum over all tables with the
 * same margins that are at most as likely as the observed one. Null when either n = 0.
 */
export function fisherExactP(first: Proportion, second: Proportion): number | null {
  requirePart("hits", first.hits, first.n);
  requirePart("hits", second.hits, second.n);
  if (first.n === 0 || second.n === 0) return null;
  const hits = first.hits + second.hits;
  const logWays = logChoose(first.n + second.n, hits);
  const chance = (k: number): number =>
    Math.exp(logChoose(first.n, k) + logChoose(second.n, hits - k) - logWays);
  const limit = chance(first.hits) * (1 + TIE_TOLERANCE);
  let sum = 0;
  for (let k = Math.max(0, hits - second.n); k <= Math.min(hits, first.n); k += 1) {
    const p = chance(k);
    if (p <= limit) sum += p;
  }
  return Math.min(1, sum);
}
