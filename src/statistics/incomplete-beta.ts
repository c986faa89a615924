import { logBeta } from "./gamma-functions.js";

const TINY = 1e-300;
const PRECISION = 1e-15;
const LARGEST_STEP_COUNT = 100_000;

/**
 * Regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1, a > 0, b > 0
 * (continued fraction, modified Lentz method), absolute error below 1e-10.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError("incompleteBeta needs a > 0 and b > 0.");
  if (!(x >= 0 && x <= 1)) throw new RangeError("incompleteBeta needs 0 ≤ x ≤ 1.");
  if (x === 0 || x === 1) return x;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  // The fraction converges fast only left of the mean, so the other half is mirrored.
  const share =
    x < (a + 1) / (a + b + 2)
      ? (front * continuedFraction(x, a, b)) / a
      : 1 - (front * continuedFraction(1 - x, b, a)) / b;
  return Math.min(1, Math.max(0, share));
}

function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= LARGEST_STEP_COUNT; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return result;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
