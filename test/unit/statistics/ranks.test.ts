import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, moreThanChance } from "#src/statistics/benjamini-hochberg.js";
import { cliffsDelta, mannWhitney, midRanks } from "#src/statistics/mann-whitney.js";
import { permutationTest } from "#src/statistics/permutation-test.js";
import { mean, median, ninetiethPercentile, quantile } from "#src/statistics/quantiles.js";
import {
  randomIndex,
  seededRandom,
  seedFromText,
  xoshiro128,
} from "#src/statistics/seeded-random.js";
import { expectContainsItself, must, width } from "./support.js";

const a = [5, 4, 4, 3, 5, 2, 4, 5, 1, 4, 3, 5];
const b = [5, 5, 4, 5, 4, 5, 5, 3, 5, 4, 5, 5, 4, 5, 5];

const ratings = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 });

describe("Mann–Whitney test", () => {
  it("V10: U 53, p .05118 and .04808, superiority .7056", () => {
    const test = must(mannWhitney(a, b));
    expect(test.u).toBe(53);
    expect(test.p).toBeNear(0.05118, 1e-5);
    expect(test.pWithoutContinuity).toBeNear(0.04808, 1e-5);
    expect(test.superiority).toBeNear(0.7056);
  });

  it("agrees with SciPy on another tied set", () => {
    const test = must(mannWhitney([1, 2, 2, 3, 5], [2, 4, 4, 5, 5, 5, 3]));
    expect(test.u).toBe(8);
    expect(test.p).toBeNear(0.13250938708132753, 1e-9);
  });

  it("mirrors when the sides are swapped and counts pairs as their definition does", () => {
    fc.assert(
      fc.property(ratings, ratings, (x, y) => {
        const there = must(mannWhitney(x, y));
        const back = must(mannWhitney(y, x));
        expect(there.superiority + back.superiority).toBeNear(1, 1e-9);
        expect(there.p).toBeNear(back.p, 1e-9);
        expect(there.p).toBeGreaterThanOrEqual(there.pWithoutContinuity);
        const won = x.flatMap((s) => y.map((t) => (t > s ? 1 : t === s ? 0.5 : 0) as number));
        expect(there.superiority).toBeNear(must(mean(won)), 1e-9);
      }),
    );
  });

  it("is null for an empty side and p is 1 when all answers are equal", () => {
    expect(mannWhitney([], b)).toBeNull();
    expect(mannWhitney(a, [])).toBeNull();
    expect(mannWhitney([3], [3])).toEqual({
      u: 0.5,
      superiority: 0.5,
      p: 1,
      pWithoutContinuity: 1,
    });
  });

  it("ranks ties by the mean of their places", () => {
    expect(midRanks([10, 30, 20, 20, 10, 10])).toEqual([2, 6, 4.5, 4.5, 2, 2]);
    expect(midRanks([])).toEqual([]);
  });
});

describe("Cliff's delta", () => {
  it("has Newcombe's interval on the data of V10", () => {
    const delta = must(cliffsDelta(a, b));
    expect(delta.value).toBeNear(0.4111111111, 1e-9);
    expect(delta.low).toBeNear(-0.03486714407, 1e-8);
    expect(delta.high).toBeNear(0.708837490999, 1e-8);
    expect(delta.n).toBe(27);
  });

  it("stays open when every answer after is higher", () => {
    const delta = must(cliffsDelta([1, 1, 2, 2, 1], [4, 5, 5, 4, 5]));
    expect(delta.value).toBe(1);
    expect(delta.high).toBe(1);
    expect(delta.low).toBeGreaterThan(0);
    expect(delta.low).toBeLessThan(0.7);
  });

  it("contains its value, shrinks with n, and mirrors", () => {
    fc.assert(
      fc.property(ratings, ratings, (x, y) => {
        const there = must(cliffsDelta(x, y));
        expectContainsItself(there);
        expect(there.low).toBeGreaterThanOrEqual(-1);
        expect(there.high).toBeLessThanOrEqual(1);
        const back = must(cliffsDelta(y, x));
        expect(back.low).toBeNear(-there.high, 1e-8);
        const larger = must(cliffsDelta([...x, ...x, ...x], [...y, ...y, ...y]));
        expect(width(larger)).toBeLessThan(width(there));
      }),
    );
    expect(cliffsDelta([], [1])).toBeNull();
  });
});

describe("permutation test", () => {
  it("V10: p about .038 on means", () => {
    const test = must(permutationTest({ a, b, random: seededRandom(7), shuffles: 99_999 }));
    expect(test.p).toBeNear(0.038, 0.003);
    expect(test.difference).toBeNear(must(mean(b)) - must(mean(a)), 1e-12);
  });

  it("gives the same p for the same seed", () => {
    const run = (seed: number): number | undefined =>
      permutationTest({ a, b, random: seededRandom(seed) })?.p;
    expect(run(11)).toBe(run(11));
    expect(run(11)).not.toBe(run(12));
  });

  it("never gives 0, not even for complete separation", () => {
    fc.assert(
      fc.property(ratings, ratings, fc.integer(), (x, y, seed) => {
        const random = seededRandom(seed);
        const test = must(
          permutationTest({ a: x, b: y.map((v) => v + 100), random, shuffles: 39 }),
        );
        expect(test.p).toBeGreaterThanOrEqual(1 / 40);
        expect(test.p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("draws groups of the true size: few against many rejects a true null about 5 % of the time", () => {
    const random = seededRandom(2024);
    let rejected = 0;
    for (let round = 0; round < 400; round += 1) {
      const draw = (n: number): number[] =>
        Array.from({ length: n }, () => 1 + randomIndex(random, 5));
      const test = must(permutationTest({ a: draw(60), b: draw(6), random, shuffles: 199 }));
      if (test.p <= 0.05) rejected += 1;
    }
    expect(rejected / 400).toBeGreaterThan(0.02);
    expect(rejected / 400).toBeLessThan(0.085);
  });

  it("is null for an empty side and refuses no shuffles", () => {
    expect(permutationTest({ a: [], b, random: seededRandom(1) })).toBeNull();
    expect(permutationTest({ a, b: [], random: seededRandom(1) })).toBeNull();
    expect(() => permutationTest({ a, b, random: seededRandom(1), shuffles: 0 })).toThrow(
      RangeError,
    );
  });
});

describe("Benjamini–Hochberg", () => {
  it("V21: adjusts ten p values", () => {
    const ps = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
    const expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.1057, 0.216, 0.216, 0.216];
    for (const [i, adjusted] of benjaminiHochberg(ps).entries()) {
      expect(adjusted).toBeNear(expected[i] ?? Number.NaN);
    }
  });

  it("never lowers p, keeps its order, stays within 1, and does not mind the input's order", () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(ps, (all) => {
        const adjusted = benjaminiHochberg(all);
        for (const [i, p] of all.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          for (const [j, other] of all.entries()) {
            if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(must(adjusted[j]));
          }
        }
        expect(benjaminiHochberg(all.toReversed())).toEqual(adjusted.toReversed());
      }),
    );
  });

  it("says which of a digest's tests are more than chance, at q = 0.10 unless told", () => {
    const tests = [
      { id: "taste", p: 0.04 },
      { id: "delivery", p: 0.001 },
      { id: "price", p: 0.2 },
    ];
    const flags = moreThanChance(tests).map((judged) => [judged.test.id, judged.moreThanChance]);
    expect(flags).toEqual([
      ["taste", true],
      ["delivery", true],
      ["price", false],
    ]);
    expect(moreThanChance(tests, 0.05).map((judged) => judged.moreThanChance)).toEqual([
      false,
      true,
      false,
    ]);
    expect(moreThanChance([{ p: 0.1 }])[0]?.moreThanChance).toBe(true);
    expect(moreThanChance([])).toEqual([]);
    expect(() => benjaminiHochberg([1.2])).toThrow(RangeError);
  });

  it("flags something on about one null digest in ten instead of two in three", () => {
    const random = seededRandom(99);
    let flagged = 0;
    let naive = 0;
    for (let day = 0; day < 2_000; day += 1) {
      const tests = Array.from({ length: 10 }, () => ({ p: random() }));
      if (moreThanChance(tests).some((judged) => judged.moreThanChance)) flagged += 1;
      if (tests.some(({ p }) => p <= 0.1)) naive += 1;
    }
    expect(flagged / 2_000).toBeNear(0.1, 0.025);
    expect(naive / 2_000).toBeNear(0.651, 0.04);
  });
});

describe("quantiles", () => {
  const values = [3.2, 1, 7, 7, 4.5, 9, 2, 8];

  it("agrees with NumPy (type 7)", () => {
    expect(median(values)).toBeNear(5.75, 1e-12);
    expect(ninetiethPercentile(values)).toBeNear(8.3, 1e-12);
    expect(quantile(values, 0.25)).toBeNear(2.9, 1e-12);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(9);
    expect(median([4])).toBe(4);
  });

  it("lies within the values, rises with the share, and leaves the input alone", () => {
    const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });
    const shares = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, shares, (all, [s, t]) => {
        const copy = [...all];
        const low = must(quantile(all, Math.min(s, t)));
        const high = must(quantile(all, Math.max(s, t)));
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(high).toBeLessThanOrEqual(Math.max(...all));
        expect(all).toEqual(copy);
      }),
    );
  });

  it("is null without values", () => {
    expect(median([])).toBeNull();
    expect(ninetiethPercentile([])).toBeNull();
    expect(mean([])).toBeNull();
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
  });
});

describe("seeded random numbers", () => {
  it("follow the published xoshiro128** sequence for the state 1, 2, 3, 4", () => {
    const next = xoshiro128([1, 2, 3, 4]);
    const words = Array.from({ length: 10 }, () => next());
    expect(words).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it("repeat for the same seed, differ for another, and fill 0 ≤ x < 1 evenly", () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 4_000 }, () => random());
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    for (const x of draw(5)) expect(x >= 0 && x < 1).toBe(true);
    expect(mean(draw(5))).toBeNear(0.5, 0.02);
    for (const tenth of [1, 3, 5, 7, 9]) {
      expect(draw(5).filter((x) => x < tenth / 10).length / 4_000).toBeNear(tenth / 10, 0.03);
    }
  });

  it("make a seed of a text and an index below a bound", () => {
    expect(seedFromText("group-7/2026-W40")).toBe(2934069871);
    const random = seededRandom(1);
    const seen = new Set(Array.from({ length: 200 }, () => randomIndex(random, 3)));
    expect([...seen].sort((x, y) => x - y)).toEqual([0, 1, 2]);
  });
});
