import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lmgShares,
  relativeWeights,
  standardizedCoefficients,
} from "#src/statistics/driver-importance.js";
import { keyDrivers, placeDrivers, spearmanCorrelation } from "#src/statistics/key-drivers.js";
import { entry, subsetRSquared, symmetricEigen } from "#src/statistics/linear-algebra.js";
import { seededRandom } from "#src/statistics/seeded-random.js";
import { themeImpact } from "#src/statistics/theme-impact.js";
import { must } from "./support.js";

const correlations = [
  [1, 0.5, 0.3],
  [0.5, 1, 0.4],
  [0.3, 0.4, 1],
];
const withOutcome = [0.6, 0.5, 0.35];

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Correlations that some data could have: those of random vectors, the last one the outcome. */
const realCorrelations = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer())
  .map(([drivers, seed]) => {
    const random = seededRandom(seed);
    const unit = (): number[] => {
      const raw = Array.from({ length: 9 }, () => random() - 0.4);
      const length = Math.hypot(...raw);
      return raw.map((x) => x / length);
    };
    const vectors = Array.from({ length: drivers + 1 }, unit);
    const product = (i: number, j: number): number =>
      i === j ? 1 : total(must(vectors[i]).map((x, k) => x * must(must(vectors[j])[k])));
    const indices = Array.from({ length: drivers }, (_, i) => i);
    return {
      between: indices.map((i) => indices.map((j) => product(i, j))),
      outcome: indices.map((i) => product(i, drivers)),
    };
  });

describe("shares of R²", () => {
  it("V20: LMG, relative weights and OLS coefficients", () => {
    const lmg = must(lmgShares(correlations, withOutcome));
    expect(lmg.rSquared).toBeNear(0.42625, 1e-5);
    expect(lmg.shares).toBeNear([0.24192, 0.129434, 0.054896], 1e-5);
    const johnson = must(relativeWeights(correlations, withOutcome));
    expect(johnson.rSquared).toBeNear(0.42625, 1e-5);
    expect(johnson.shares).toBeNear([0.242534, 0.127683, 0.056033], 1e-5);
    expect(must(standardizedCoefficients(correlations, withOutcome))).toBeNear(
      [0.45, 0.225, 0.125],
      1e-9,
    );
  });

  it("are not negative and sum to R², by both methods, for any real correlations", () => {
    fc.assert(
      fc.property(realCorrelations, ({ between, outcome }) => {
        const all = outcome.map((_, i) => i);
        const rSquared = subsetRSquared(between, outcome, all);
        for (const method of [lmgShares, relativeWeights]) {
          const { shares, rSquared: reported } = must(method(between, outcome));
          expect(reported).toBeNear(rSquared, 1e-6);
          expect(total(shares)).toBeNear(rSquared, 1e-6);
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
    );
  });

  it("are the squared correlations when drivers are unrelated", () => {
    const identity = [
      [1, 0],
      [0, 1],
    ];
    expect(must(lmgShares(identity, [0.6, 0.3])).shares).toBeNear([0.36, 0.09], 1e-12);
    expect(must(relativeWeights(identity, [0.6, 0.3])).shares).toBeNear([0.36, 0.09], 1e-12);
  });

  it("are halved between two drivers that are the same, without breaking", () => {
    const twins = [
      [1, 1],
      [1, 1],
    ];
    expect(must(lmgShares(twins, [0.6, 0.6])).shares).toBeNear([0.18, 0.18], 1e-9);
    expect(must(relativeWeights(twins, [0.6, 0.6])).shares).toBeNear([0.18, 0.18], 1e-9);
    expect(must(standardizedCoefficients(twins, [0.6, 0.6]))).toBeNear([0.3, 0.3], 1e-9);
  });

  it("are null without drivers and refused beyond eight or for a matrix of another size", () => {
    expect(lmgShares([], [])).toBeNull();
    expect(relativeWeights([], [])).toBeNull();
    expect(standardizedCoefficients([], [])).toBeNull();
    const nine = Array.from({ length: 9 }, (_, i) =>
      Array.from({ length: 9 }, (__, j) => +(i === j)),
    );
    expect(() => lmgShares(nine, new Array<number>(9).fill(0))).toThrow(RangeError);
    expect(() => relativeWeights(correlations, [0.5])).toThrow(RangeError);
  });
});

describe("Jacobi eigenvalues", () => {
  it("rebuild the matrix from orthogonal unit vectors", () => {
    fc.assert(
      fc.property(realCorrelations, ({ between }) => {
        const { values, vectors } = symmetricEigen(between);
        expect(total(values)).toBeNear(between.length, 1e-9);
        for (const [i, row] of between.entries()) {
          for (const [j, expected] of row.entries()) {
            const rebuilt = values.map((v, k) => entry(vectors, i, k) * v * entry(vectors, j, k));
            expect(total(rebuilt)).toBeNear(expected, 1e-9);
            const inner = values.map((_, k) => entry(vectors, k, i) * entry(vectors, k, j));
            expect(total(inner)).toBeNear(i === j ? 1 : 0, 1e-9);
          }
        }
      }),
    );
    expect(() => entry([[1]], 1, 0)).toThrow(RangeError);
  });
});

/** Five-point answers of `n` people; taste weighs most, delivery less, parking nothing. */
function answers(n: number, seed: number) {
  const random = seededRandom(seed);
  const point = (x: number): number => Math.max(1, Math.min(5, Math.round(x)));
  const column = (): number[] => Array.from({ length: n }, () => 1 + Math.floor(random() * 5));
  const taste = column();
  const delivery = column();
  const outcome = taste.map((t, i) =>
    point(0.65 * t + 0.25 * must(delivery[i]) + 0.3 + (random() - 0.5) * 1.2),
  );
  return {
    drivers: [
      { name: "parking", ratings: column() },
      { name: "delivery", ratings: delivery },
      { name: "taste", ratings: taste },
      { name: "opening hours", ratings: taste.map(() => 3) },
    ],
    outcome,
  };
}

describe("key drivers", () => {
  it("say nothing below 100 answers, the probable first from 100, a ranking from 200", () => {
    const at = (n: number) =>
      must(keyDrivers({ ...answers(n, 3), random: seededRandom(1), resamples: 20 }));
    expect(at(99)).toEqual({ kind: "too_few", n: 99 });
    expect(at(100).kind).toBe("probable_first");
    expect(at(199).kind).toBe("probable_first");
    expect(at(200).kind).toBe("ranking");
  });

  it("put the driver that weighs most first, with an interval and a bootstrap share", () => {
    const result = must(
      keyDrivers({ ...answers(240, 3), random: seededRandom(1), resamples: 100 }),
    );
    if (result.kind === "too_few") throw new Error("Expected a ranking.");
    expect(result.drivers.map((driver) => driver.name)).toEqual(["taste", "delivery", "parking"]);
    expect(result.unvarying).toEqual(["opening hours"]);
    expect(result.drivers[0]?.firstShare).toBe(1);
    expect(total(result.drivers.map((driver) => driver.share))).toBeNear(result.rSquared, 1e-9);
    for (const { share, low, high } of result.drivers) {
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
      expect(high).toBeGreaterThan(low);
    }
  });

  it("give the same answer for the same seed", () => {
    const run = () => keyDrivers({ ...answers(120, 5), random: seededRandom(8), resamples: 30 });
    expect(run()).toEqual(run());
  });

  it("are null when the outcome or all drivers never vary", () => {
    const { drivers, outcome } = answers(120, 5);
    const random = seededRandom(8);
    const flat = outcome.map(() => 4);
    expect(keyDrivers({ drivers, outcome: flat, random })).toBeNull();
    expect(keyDrivers({ drivers: [{ name: "x", ratings: flat }], outcome, random })).toBeNull();
    expect(() => keyDrivers({ drivers, outcome: [1], random })).toThrow(RangeError);
    const nine = Array.from({ length: 9 }, () => ({ name: "x", ratings: outcome }));
    expect(() => keyDrivers({ drivers: nine, outcome, random })).toThrow(RangeError);
  });

  it("rest on Spearman's correlation, which agrees with SciPy", () => {
    const rho = spearmanCorrelation([1, 2, 2, 3, 5, 4, 1], [2, 1, 3, 3, 5, 5, 2]);
    expect(rho).toBeNear(0.8131196234334643, 1e-9);
    expect(spearmanCorrelation([1, 1], [1, 2])).toBeNull();
    expect(spearmanCorrelation([], [])).toBeNull();
    expect(() => spearmanCorrelation([1], [1, 2])).toThrow(RangeError);
  });
});

describe("importance–performance places", () => {
  const around = (value: number, half = 0.01) => ({ value, low: value - half, high: value + half });

  it("names all four corners", () => {
    expect(
      placeDrivers([
        { name: "freshness", performance: around(0.5), importance: around(0.4) },
        { name: "taste", performance: around(0.9), importance: around(0.3) },
        { name: "wrapping", performance: around(0.6), importance: around(0.05) },
        { name: "greeting", performance: around(0.95), importance: around(0.1) },
      ]),
    ).toEqual(["fix_first", "keep_up", "low_priority", "more_than_needed"]);
  });

  it("stays undecided where an interval crosses a line", () => {
    expect(
      placeDrivers([
        { name: "freshness", performance: around(0.5, 0.3), importance: around(0.4) },
        { name: "taste", performance: around(0.9), importance: around(0.3, 0.2) },
        { name: "wrapping", performance: around(0.6), importance: around(0.05) },
        { name: "greeting", performance: around(0.95), importance: around(0.1) },
      ]),
    ).toEqual(["undecided", "undecided", "low_priority", "more_than_needed"]);
    expect(placeDrivers([])).toEqual([]);
  });
});

describe("theme impact", () => {
  it("is the mean of all minus the mean of those who mention it, with both counts", () => {
    const impact = must(themeImpact([5, 5, 4, 2, 1], [2, 1]));
    expect(impact.impact).toBeNear(3.4 - 1.5, 1e-9);
    expect(impact.nAll).toBe(5);
    expect(impact.nMentioners).toBe(2);
    expect(themeImpact([5], [])).toBeNull();
    expect(themeImpact([], [])).toBeNull();
    expect(() => themeImpact([5], [5, 4])).toThrow(RangeError);
  });
});
