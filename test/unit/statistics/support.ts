import * as fc from "fast-check";
import { expect } from "vitest";
import type { Estimate } from "#src/statistics/estimate.js";

/** Tolerance of the golden vectors unless a test names another. */
export const GOLDEN = 1e-4;

declare module "vitest" {
  interface Matchers<T> {
    /** Within `tolerance` (1e-4 unless told) of the expected number, or of each in a list. */
    toBeNear(
      expected: T extends readonly unknown[] ? readonly number[] : number,
      tolerance?: number,
    ): void;
  }
}

expect.extend({
  toBeNear(received: unknown, expected: number | readonly number[], tolerance: number = GOLDEN) {
    const actual = Array.isArray(received) ? received : [received];
    const wanted = typeof expected === "number" ? [expected] : expected;
    const pass =
      actual.length === wanted.length &&
      wanted.every((number, i) => Math.abs(Number(actual[i] ?? Number.NaN) - number) <= tolerance);
    return {
      pass,
      message: () => `${String(actual)} is not within ${tolerance} of ${String(wanted)}`,
    };
  },
});

/** The value, or a failed test when it is null. */
export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("Expected a value, got none.");
  return value;
}

/** Width of an interval. */
export function width({ low, high }: Pick<Estimate, "low" | "high">): number {
  return high - low;
}

/** Expects finite numbers with low ≤ value ≤ high (1e-12 for rounding). */
export function expectContainsItself({ value, low, high }: Estimate): void {
  for (const number of [value, low, high]) expect(Number.isFinite(number)).toBe(true);
  expect(low).toBeLessThanOrEqual(value + 1e-12);
  expect(high).toBeGreaterThanOrEqual(value - 1e-12);
}

/** Confidence levels that reports use. */
export const levels = fc.constantFrom(0.8, 0.9, 0.95, 0.99);

/** Hits out of n answers, n from 1. */
export const proportions = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ hits: Math.round(n * share), n }));
