import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  SHIFT_BOUND,
  type StaffDecision,
  shiftThreshold,
} from "#src/complaints/detection/shift-threshold.js";

const BASE = 0.65;

function decisions(
  count: number,
  outcome: StaffDecision["outcome"],
  more: Partial<StaffDecision> = {},
): StaffDecision[] {
  return Array.from({ length: count }, (_, at) => ({
    operatorKey: at % 2 === 0 ? "ann" : "bob",
    outcome,
    score: 0.8,
    p1: false,
    ...more,
  }));
}

const anyDecisions = fc.array(
  fc.record({
    operatorKey: fc.constantFrom("ann", "bob", "eve"),
    outcome: fc.constantFrom("confirmed" as const, "dismissed" as const),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    p1: fc.boolean(),
  }),
  { maxLength: 150 },
);

describe("the threshold of a group", () => {
  it("stays at the base below ten decisions", () => {
    expect(shiftThreshold([], BASE)).toEqual({ threshold: BASE, n: 0, precision: null });
    expect(shiftThreshold(decisions(9, "dismissed"), BASE).threshold).toBe(BASE);
  });

  it("rises by dismissals and falls by confirmations", () => {
    expect(shiftThreshold(decisions(40, "dismissed"), BASE).threshold).toBeGreaterThan(BASE);
    expect(
      shiftThreshold(decisions(40, "confirmed", { score: 0.68 }), BASE).threshold,
    ).toBeLessThan(BASE);
  });

  it("moves less by few labels than by many of the same mixture", () => {
    const mixed = (half: number) => [
      ...decisions(half, "dismissed", { score: 0.7 }),
      ...decisions(half, "confirmed", { score: 0.7 }),
    ];
    const few = shiftThreshold(mixed(6), BASE).threshold - BASE;
    const many = shiftThreshold(mixed(45), BASE).threshold - BASE;
    expect(few).toBeGreaterThan(0);
    expect(few).toBeLessThan(many);
  });

  it("is moved by one operator alone at most half as far", () => {
    const alone = shiftThreshold(decisions(100, "dismissed", { operatorKey: "ann" }), BASE);
    expect(alone.threshold - BASE).toBeCloseTo(SHIFT_BOUND / 2, 10);
    const both = shiftThreshold(decisions(100, "dismissed"), BASE);
    expect(both.threshold - BASE).toBeCloseTo(SHIFT_BOUND, 10);
  });

  it("is never moved by safety alerts, which count for the precision only", () => {
    const shifted = shiftThreshold(decisions(50, "dismissed", { p1: true }), BASE);
    expect(shifted).toEqual({ threshold: BASE, n: 50, precision: 0 });
  });

  it("tells the share that staff confirmed among the last hundred", () => {
    const mixed = [
      ...decisions(60, "dismissed"),
      ...decisions(25, "dismissed"),
      ...decisions(75, "confirmed"),
    ];
    expect(shiftThreshold(mixed, BASE)).toMatchObject({ n: 100, precision: 0.75 });
  });

  it("stays within its bound for any decisions", () => {
    fc.assert(
      fc.property(anyDecisions, fc.double({ min: 0.2, max: 0.8, noNaN: true }), (given, base) => {
        const { threshold } = shiftThreshold(given, base);
        expect(Math.abs(threshold - base)).toBeLessThanOrEqual(SHIFT_BOUND + 1e-9);
      }),
    );
  });
});
