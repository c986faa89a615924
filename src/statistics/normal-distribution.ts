const HART_NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
] as const;

const HART_DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
] as const;

const ACKLAM_CENTRE_NUMERATOR = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
] as const;

const ACKLAM_CENTRE_DENOMINATOR = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1, 1,
] as const;

const ACKLAM_TAIL_NUMERATOR = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
] as const;

const ACKLAM_TAIL_DENOMINATOR = [
  7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1,
] as const;

const HART_LIMIT = 7.07106781186547;
const LARGEST_ARGUMENT = 37;
const TAIL_STEPS = 25;
const TAIL_SHARE = 0.02425;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** Density of the standard normal distribution at `x`. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/**
 * P(Z ≤ x) for a standard normal Z, absolute error below 1e-9 everywhere (Hart's rational
 * approximation, beyond 7 Mills' continued fraction). The lower tail keeps nine relative digits
 * down to x = −37, and is 0 below.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError("normalCdf needs a number.");
  const distance = Math.abs(x);
  if (distance > LARGEST_ARGUMENT) return x > 0 ? 1 : 0;
  const tail = lowerTail(distance);
  return x > 0 ? 1 - tail : tail;
}

function lowerTail(distance: number): number {
  const kernel = Math.exp((-distance * distance) / 2);
  if (distance < HART_LIMIT) {
    return (kernel * polynomial(HART_NUMERATOR, distance)) / polynomial(HART_DENOMINATOR, distance);
  }
  let fraction = distance;
  for (let step = TAIL_STEPS; step > 0; step -= 1) fraction = distance + step / fraction;
  return kernel / fraction / ROOT_TWO_PI;
}

/**
 * The x with P(Z ≤ x) = `share`, for 0 < share < 1, to 1e-9 (Acklam's approximation and one
 * step of Halley's method).
 */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError("normalQuantile needs 0 < share < 1.");
  // The upper half is mirrored because 1 − Φ(x) loses its digits there.
  if (share > 0.5) return -normalQuantile(1 - share);
  const start = acklamStart(share);
  const step = (normalCdf(start) - share) / normalDensity(start);
  return start - step / (1 + (start * step) / 2);
}

function acklamStart(share: number): number {
  if (share < TAIL_SHARE) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(ACKLAM_TAIL_NUMERATOR, q) / polynomial(ACKLAM_TAIL_DENOMINATOR, q);
  }
  const q = share - 0.5;
  const r = q * q;
  return (polynomial(ACKLAM_CENTRE_NUMERATOR, r) * q) / polynomial(ACKLAM_CENTRE_DENOMINATOR, r);
}

/** Two-sided p value of a standard normal test statistic. */
export function twoSidedNormalP(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z)));
}
