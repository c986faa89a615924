import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallestDetectableShare } from "#src/statistics/detectable-rise.js";
import { binomialPmf } from "#src/statistics/discrete-tails.js";
import { fisherExactP } from "#src/statistics/fisher-exact.js";
import { mcNemarTest, pairedDifference } from "#src/statistics/mcnemar.js";
import {
  compareProportions,
  newcombeDifference,
  pooledZTest,
} from "#src/statistics/two-proportions.js";
import { compareRates, rateEstimate } from "#src/statistics/two-rates.js";
import { wilsonFromShare, wilsonInterval } from "#src/statistics/wilson-interval.js";
import { expectContainsItself, levels, must, proportions, width } from "./support.js";

describe("Wilson interval", () => {
  it.each([
    [0, 5, 0, 0.4345],
    [5, 5, 0.5655, 1],
    [8, 10, 0.4902, 0.9433],
    [45, 60, 0.6277, 0.8422],
    [120, 150, 0.7289, 0.8562],
    [1, 1, 0.2065, 1],
  ])("V1: %d of %d lies in %d…%d", (hits, n, low, high) => {
    const interval = must(wilsonInterval(hits, n));
    expect(interval.low).toBeNear(low);
    expect(interval.high).toBeNear(high);
    expect(interval.value).toBeNear(hits / n);
    expect(interval.n).toBe(n);
  });

  it("covers the truth as often as §3.2 says (exact binomial sums, n = 20)", () => {
    expect(coverage(0.95, 20)).toBeNear(0.925, 5e-4);
    expect(coverage(0.85, 20)).toBeNear(0.978, 5e-4);
  });

  it("contains its share, shrinks with n, mirrors, and widens with the level", () => {
    fc.assert(
      fc.property(proportions, levels, fc.integer({ min: 2, max: 9 }), ({ hits, n }, level, m) => {
        const interval = must(wilsonInterval(hits, n, level));
        expectContainsItself(interval);
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(width(must(wilsonInterval(hits * m, n * m, level)))).toBeLessThan(width(interval));
        const mirrored = must(wilsonInterval(n - hits, n, level));
        expect(mirrored.low).toBeNear(1 - interval.high, 1e-9);
        expect(mirrored.high).toBeNear(1 - interval.low, 1e-9);
        expect(width(must(wilsonInterval(hits, n, 0.999)))).toBeGreaterThan(width(interval));
      }),
    );
  });

  it("is null without answers and refuses impossible counts", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonFromShare(0.5, 0)).toBeNull();
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(-1, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(1.5, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(1, 2, 1)).toThrow(RangeError);
    expect(() => wilsonFromShare(1.1, 5)).toThrow(RangeError);
    expect(() => wilsonFromShare(0.5, -1)).toThrow(RangeError);
  });
});

function coverage(truth: number, n: number): number {
  let covered = 0;
  for (let hits = 0; hits <= n; hits += 1) {
    const { low, high } = must(wilsonInterval(hits, n));
    if (low <= truth && truth <= high) covered += binomialPmf(hits, n, truth);
  }
  return covered;
}

describe("two proportions", () => {
  it("V7: 42/60 against 66/80", () => {
    const before = { hits: 42, n: 60 };
    const after = { hits: 66, n: 80 };
    const z = must(pooledZTest(before, after));
    expect(z.z).toBeNear(-1.743, 5e-4);
    expect(z.p).toBeNear(0.0813);
    const result = must(compareProportions(before, after));
    expect(result.test).toBe("pooled_z");
    expect(result.p).toBeNear(0.0813);
    expect(result.difference.low).toBeNear(-0.0154);
    expect(result.difference.high).toBeNear(0.2673);
    expect(fisherExactP(before, after)).toBeNear(0.1041);
  });

  it("V8: 3/8 against 9/10 is judged by Fisher, not by z", () => {
    const before = { hits: 3, n: 8 };
    const after = { hits: 9, n: 10 };
    const result = must(compareProportions(before, after));
    expect(result.test).toBe("fisher_exact");
    expect(result.p).toBeNear(0.043);
    expect(must(pooledZTest(before, after)).p).toBeNear(0.0189);
  });

  it("agrees with SciPy on Fisher's test, also with an empty cell", () => {
    expect(fisherExactP({ hits: 0, n: 10 }, { hits: 5, n: 10 })).toBeNear(
      0.032507739938080496,
      1e-9,
    );
    expect(fisherExactP({ hits: 12, n: 15 }, { hits: 7, n: 16 })).toBeNear(
      0.0658928600216021,
      1e-9,
    );
  });

  it("uses z from exactly five in the smallest cell", () => {
    const after = { hits: 20, n: 40 };
    expect(must(compareProportions({ hits: 5, n: 40 }, after)).test).toBe("pooled_z");
    expect(must(compareProportions({ hits: 4, n: 40 }, after)).test).toBe("fisher_exact");
    expect(must(compareProportions({ hits: 36, n: 40 }, after)).test).toBe("fisher_exact");
  });

  it("contains the difference, shrinks with n, and turns its sign when the sides are swapped", () => {
    fc.assert(
      fc.property(proportions, proportions, levels, (before, after, level) => {
        const { difference, p } = must(compareProportions(before, after, level));
        expectContainsItself(difference);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        const swapped = must(compareProportions(after, before, level));
        expect(swapped.difference.low).toBeNear(-difference.high, 1e-9);
        expect(swapped.difference.high).toBeNear(-difference.low, 1e-9);
        expect(swapped.p).toBeNear(p, 1e-9);
        const larger = must(newcombeDifference(times(before, 4), times(after, 4), level));
        expect(width(larger)).toBeLessThan(width(difference));
      }),
    );
  });

  it("is null when a side has no answers, and p is 1 when all answers are alike", () => {
    const none = { hits: 0, n: 0 };
    const some = { hits: 3, n: 8 };
    expect(compareProportions(none, some)).toBeNull();
    expect(compareProportions(some, none)).toBeNull();
    expect(newcombeDifference(none, some)).toBeNull();
    expect(pooledZTest(some, none)).toBeNull();
    expect(fisherExactP(none, some)).toBeNull();
    expect(pooledZTest({ hits: 8, n: 8 }, { hits: 5, n: 5 })).toBeNull();
    expect(must(compareProportions({ hits: 8, n: 8 }, { hits: 5, n: 5 })).p).toBe(1);
    expect(() => fisherExactP({ hits: 9, n: 8 }, some)).toThrow(RangeError);
  });
});

function times({ hits, n }: { hits: number; n: number }, m: number): { hits: number; n: number } {
  return { hits: hits * m, n: n * m };
}

describe("the same people asked twice", () => {
  it("V12: McNemar for 15 against 5", () => {
    const test = must(mcNemarTest(15, 5));
    expect(test.exactP).toBeNear(0.0414);
    expect(test.midP).toBeNear(0.0266);
  });

  it("does not care about the direction, is 1 for equal counts, and never exceeds the exact p", () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, (gained, lost) => {
        const test = mcNemarTest(gained, lost);
        expect(mcNemarTest(lost, gained)).toEqual(test);
        if (test === null) {
          expect(gained + lost).toBe(0);
          return;
        }
        if (gained === lost) expect(test.midP).toBeNear(1, 1e-9);
        expect(test.midP).toBeLessThanOrEqual(test.exactP);
      }),
    );
  });

  it("gives the adjusted Wald interval of Bonett and Price", () => {
    const { value, low, high } = must(pairedDifference({ gained: 15, lost: 5, pairs: 60 }));
    expect(value).toBeNear(1 / 6, 1e-9);
    expect(low).toBeNear(0.018554134677797318, 1e-8);
    expect(high).toBeNear(0.304026510483493, 1e-8);
  });

  it("contains the paired difference, shrinks with n, and mirrors", () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, levels, (gained, lost, same, level) => {
        const pairs = gained + lost + same;
        const interval = pairedDifference({ gained, lost, pairs }, level);
        if (interval === null) {
          expect(pairs).toBe(0);
          return;
        }
        expectContainsItself(interval);
        const mirrored = must(pairedDifference({ gained: lost, lost: gained, pairs }, level));
        expect(mirrored.low).toBeNear(-interval.high, 1e-9);
        const larger = { gained: 9 * gained, lost: 9 * lost, pairs: 9 * pairs };
        expect(width(must(pairedDifference(larger, level)))).toBeLessThan(width(interval));
      }),
    );
    expect(() => pairedDifference({ gained: 2, lost: 2, pairs: 3 })).toThrow(RangeError);
  });
});

describe("two rates with exposure", () => {
  it("agrees with the exact conditional mid-p and the score interval", () => {
    const before = { events: 20, exposure: 400 };
    const after = { events: 12, exposure: 120 };
    const result = must(compareRates(before, after));
    expect(result.p).toBeNear(0.06757180993054963, 1e-9);
    expect(result.after.low).toBeNear(0.05720633156394018, 1e-8);
    expect(result.after.high).toBeNear(0.17480582527517755, 1e-8);
    expect(result.difference.value).toBeNear(0.05, 1e-12);
  });

  it("contains its values, shrinks with exposure, and mirrors", () => {
    const rate = fc.record({
      events: fc.integer({ min: 0, max: 200 }),
      exposure: fc.integer({ min: 1, max: 2_000 }),
    });
    fc.assert(
      fc.property(rate, rate, levels, (before, after, level) => {
        const { difference, p } = must(compareRates(before, after, level));
        expectContainsItself(must(rateEstimate(before, level)));
        expectContainsItself(difference);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        const swapped = must(compareRates(after, before, level));
        expect(swapped.difference.low).toBeNear(-difference.high, 1e-9);
        expect(swapped.p).toBeNear(p, 1e-9);
        const larger = { events: 4 * before.events, exposure: 4 * before.exposure };
        expect(width(must(rateEstimate(larger, level)))).toBeLessThan(
          width(must(rateEstimate(before, level))),
        );
      }),
    );
  });

  it("is null without exposure", () => {
    expect(rateEstimate({ events: 0, exposure: 0 })).toBeNull();
    const some = { events: 1, exposure: 2 };
    expect(compareRates({ events: 0, exposure: 0 }, some)).toBeNull();
    expect(compareRates(some, { events: 0, exposure: 0 })).toBeNull();
    expect(must(compareRates({ events: 0, exposure: 5 }, { events: 0, exposure: 3 })).p).toBe(1);
    expect(() => rateEstimate({ events: 1, exposure: -1 })).toThrow(RangeError);
  });
});

describe("smallest detectable share", () => {
  it.each([
    [20, 98],
    [30, 95],
    [50, 91],
    [100, 86],
    [200, 82],
    [400, 79],
  ])("two groups of %d answers tell 70 percent from %d percent", (perGroup, percent) => {
    expect(100 * must(smallestDetectableShare(0.7, perGroup))).toBeNear(percent, 0.5);
  });

  it("is null when even 100 % would go unnoticed", () => {
    expect(smallestDetectableShare(0.95, 10)).toBeNull();
    expect(smallestDetectableShare(0.5, 0)).toBeNull();
    expect(smallestDetectableShare(1, 10)).toBeNull();
    expect(() => smallestDetectableShare(1.1, 10)).toThrow(RangeError);
    expect(() => smallestDetectableShare(0.5, -1)).toThrow(RangeError);
  });
});
