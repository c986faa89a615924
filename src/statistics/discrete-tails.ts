import { requireCount } from "./estimate.js";
import { logChoose, logGamma } from "./gamma-functions.js";
import { incompleteBeta } from "./incomplete-beta.js";

const NEGLIGIBLE = 1e-18;

/** P(X = k) for X ~ Binomial(n, p); 0 outside 0…n. */
export function binomialPmf(k: number, n: number, p: number): number {
  requireCount("n", n);
  requireShare(p);
  if (!Number.isInteger(k) || k < 0 || k > n) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** P(X ≤ k) for X ~ Binomial(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  requireCount("n", n);
  requireShare(p);
  const whole = Math.floor(k);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return incompleteBeta(1 - p, n - whole, whole + 1);
}

/** P(X ≥ k) for X ~ Binomial(n, p). */
export function binomialUpperTail(k: number, n: number, p: number): number {
  requireCount("n", n);
  requireShare(p);
  const whole = Math.ceil(k);
  if (whole <= 0) return 1;
  if (whole > n) return 0;
  return incompleteBeta(p, whole, n - whole + 1);
}

/** P(X = k) for X ~ Poisson(mean), mean ≥ 0. */
export function poissonPmf(k: number, mean: number): number {
  requireMean(mean);
  if (!Number.isInteger(k) || k < 0) return 0;
  if (mean === 0) return k === 0 ? 1 : 0;
  return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}

/** P(X ≥ k) for X ~ Poisson(mean), mean ≥ 0. */
export function poissonUpperTail(k: number, mean: number): number {
  requireMean(mean);
  const whole = Math.ceil(k);
  if (whole <= 0) return 1;
  if (mean === 0) return 0;
  // Each branch sums the terms that fall away from the mean, so that no digits cancel.
  return whole > mean ? sumUpwards(whole, mean) : 1 - sumDownwards(whole - 1, mean);
}

function sumUpwards(first: number, mean: number): number {
  let term = poissonPmf(first, mean);
  let sum = 0;
  for (let k = first; term > NEGLIGIBLE * sum; k += 1) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

function sumDownwards(last: number, mean: number): number {
  let term = poissonPmf(last, mean);
  let sum = 0;
  for (let k = last; k >= 0 && term > NEGLIGIBLE * sum; k -= 1) {
    sum += term;
    term *= k / mean;
  }
  return Math.min(1, sum);
}

/** The two parameters of a negative binomial: size r > 0 (need not be whole), 0 < prob ≤ 1. */
export interface NegativeBinomial {
  readonly size: number;
  readonly prob: number;
}

/** P(X = k) failures before the r-th success, with r and the success share as given. */
export function negativeBinomialPmf(k: number, { size, prob }: NegativeBinomial): number {
  requireNegativeBinomial(size, prob);
  if (!Number.isInteger(k) || k < 0) return 0;
  if (prob === 1) return k === 0 ? 1 : 0;
  const ways = logGamma(size + k) - logGamma(size) - logGamma(k + 1);
  return Math.exp(ways + size * Math.log(prob) + k * Math.log1p(-prob));
}

/** P(X ≥ k) for a negative binomial, the tail that F14 uses. */
export function negativeBinomialUpperTail(k: number, { size, prob }: NegativeBinomial): number {
  requireNegativeBinomial(size, prob);
  const whole = Math.ceil(k);
  if (whole <= 0) return 1;
  return incompleteBeta(1 - prob, whole, size);
}

function requireShare(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError("A probability lies between 0 and 1.");
}

function requireMean(mean: number): void {
  if (!(mean >= 0 && Number.isFinite(mean))) throw new RangeError("A mean is at least 0.");
}

function requireNegativeBinomial(size: number, prob: number): void {
  if (!(size > 0)) throw new RangeError("A negative binomial needs size > 0.");
  if (!(prob > 0 && prob <= 1)) throw new RangeError("A negative binomial needs 0 < prob ≤ 1.");
}
