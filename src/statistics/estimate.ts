import { normalQuantile } from "./normal-distribution.js";

/**
 * A number together with what it rests on: `low` and `high` bound it at the chosen confidence
 * level and always contain `value`; `n` counts the answers behind it (for weighted numbers the
 * effective n, which need not be whole).
 */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Confidence level used when a caller names none. */
export const DEFAULT_LEVEL = 0.95;

/** Two-sided critical value of the normal distribution, 1.95996 at level 0.95. */
export function criticalZ(level: number = DEFAULT_LEVEL): number {
  if (!(level > 0 && level < 1)) throw new RangeError("A confidence level lies between 0 and 1.");
  return normalQuantile((1 + level) / 2);
}

/** `value` moved into `low`…`high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/**
 * An estimate clipped to the range the quantity can take. An interval that would leave out its
 * own value (an adjusted interval of one or two answers) is widened to it.
 */
export function boundedEstimate(estimate: Estimate, smallest: number, largest: number): Estimate {
  return {
    value: estimate.value,
    low: Math.min(estimate.value, clamp(estimate.low, smallest, largest)),
    high: Math.max(estimate.value, clamp(estimate.high, smallest, largest)),
    n: estimate.n,
  };
}

/** Throws a RangeError unless `value` is a whole number of at least 0. */
export function requireCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a whole number of at least 0.`);
  }
}

/** Throws a RangeError unless 0 ≤ part ≤ whole, both whole numbers. */
export function requirePart(name: string, part: number, whole: number): void {
  requireCount(name, part);
  requireCount("n", whole);
  if (part > whole) throw new RangeError(`${name} must not exceed n.`);
}
