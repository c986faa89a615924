import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binomialCdf,
  binomialPmf,
  binomialUpperTail,
  negativeBinomialPmf,
  negativeBinomialUpperTail,
  poissonPmf,
  poissonUpperTail,
} from "#src/statistics/discrete-tails.js";
import { logBeta, logChoose, logGamma } from "#src/statistics/gamma-functions.js";
import { incompleteBeta } from "#src/statistics/incomplete-beta.js";
import { normalCdf, normalQuantile, twoSidedNormalP } from "#src/statistics/normal-distribution.js";
import "./support.js";

describe("normal distribution", () => {
  it("V2: gives Φ(1.234567) and Φ⁻¹(.975) to nine digits", () => {
    expect(normalCdf(1.234567)).toBeNear(0.8915041515, 1e-9);
    expect(normalQuantile(0.975)).toBeNear(1.959963985, 1e-9);
  });

  it.each([
    [-8, 6.22096057427174e-16],
    [-3.5, 0.00023262907903552502],
    [-1, 0.15865525393145707],
    [0, 0.5],
    [0.3, 0.6179114221889526],
    [2.2, 0.9860965524865014],
    [6, 0.9999999990134123],
    [-40, 0],
    [40, 1],
  ])("agrees with SciPy on the cdf at %d", (x, expected) => {
    expect(normalCdf(x)).toBeNear(expected, 1e-9);
  });

  it("keeps nine relative digits deep in the tail", () => {
    expect(normalCdf(-8) / 6.22096057427174e-16).toBeNear(1, 1e-9);
    expect(normalCdf(-20) / 2.7536241186061556e-89).toBeNear(1, 1e-9);
  });

  it.each([
    [1e-10, -6.361340902404056],
    [0.001, -3.090232306167813],
    [0.02, -2.053748910631823],
    [0.3, -0.5244005127080409],
    [0.9, 1.2815515655446004],
    [0.9999, 3.719016485455709],
  ])("agrees with SciPy on the quantile of %d", (share, expected) => {
    expect(normalQuantile(share)).toBeNear(expected, 1e-9);
  });

  it("inverts the cdf, mirrors at 0, and rises", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(normalCdf(normalQuantile(share))).toBeNear(share, 1e-9);
        expect(normalQuantile(share) + normalQuantile(1 - share)).toBeNear(0, 1e-6);
        expect(normalQuantile(share)).toBeLessThanOrEqual(normalQuantile((share + 1) / 2));
      }),
    );
  });

  it("gives a two-sided p of 5 % at ±1.96", () => {
    expect(twoSidedNormalP(1.959963985)).toBeNear(0.05, 1e-9);
    expect(twoSidedNormalP(-1.959963985)).toBeNear(0.05, 1e-9);
  });

  it("refuses shares outside 0…1 and NaN", () => {
    expect(() => normalQuantile(0)).toThrow(RangeError);
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => normalCdf(Number.NaN)).toThrow(RangeError);
  });
});

describe("gamma and beta functions", () => {
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1.5, -0.12078223763524526],
    [10, 12.801827480081469],
    [1000.5, 5908.674175848678],
  ])("agrees with SciPy on ln Γ(%d)", (x, expected) => {
    expect(logGamma(x)).toBeNear(expected, 1e-9);
  });

  it("counts choices", () => {
    expect(Math.exp(logChoose(10, 3))).toBeNear(120, 1e-9);
    expect(logChoose(10, 0)).toBe(0);
    expect(logChoose(10, 11)).toBe(Number.NEGATIVE_INFINITY);
    expect(Math.exp(logBeta(2, 3))).toBeNear(1 / 12, 1e-12);
    expect(() => logGamma(0)).toThrow(RangeError);
  });

  it.each([
    [0.3, 2, 3, 0.3483],
    [0.9, 0.5, 0.5, 0.7951672353008665],
    [0.01, 5, 400, 0.3790149519418786],
    [0.5, 1000, 1010, 0.588269827543728],
    [0.7, 30.5, 12, 0.38189457129527177],
  ])("agrees with SciPy on I(%d; %d, %d)", (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeNear(expected, 1e-9);
  });

  it("mirrors: I(x; a, b) + I(1 − x; b, a) = 1", () => {
    const shape = fc.double({ min: 0.2, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, shape, (x, a, b) => {
        expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeNear(1, 1e-9);
      }),
    );
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
    expect(() => incompleteBeta(1.1, 1, 1)).toThrow(RangeError);
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
  });
});

describe("discrete tails", () => {
  it("V13: gives the Poisson tails of the golden vectors", () => {
    expect(poissonUpperTail(7, 2.1)).toBeNear(0.005862, 1e-6);
    expect(poissonUpperTail(3, 0.5)).toBeNear(0.014388, 1e-6);
    expect(poissonUpperTail(9, 3)).toBeNear(0.003803, 1e-6);
  });

  it("agrees with SciPy far out, below the mean, and at a large mean", () => {
    expect(poissonUpperTail(40, 20)).toBeNear(5.320202511246237e-5, 1e-12);
    expect(poissonUpperTail(10, 20.5)).toBeNear(0.9962747660869856, 1e-9);
    expect(poissonUpperTail(1020, 1000)).toBeNear(0.2676584391142954, 1e-9);
    expect(binomialCdf(7, 20, 0.3)).toBeNear(0.7722717974181608, 1e-9);
    expect(binomialUpperTail(12, 20, 0.3)).toBeNear(0.0051381615351214025, 1e-9);
    expect(binomialPmf(7, 20, 0.3)).toBeNear(0.1642619852172366, 1e-9);
    const late = { size: 14.5, prob: 28 / 29 };
    expect(negativeBinomialUpperTail(3, late)).toBeNear(0.017863819780057445, 1e-9);
    expect(negativeBinomialPmf(3, late)).toBeNear(0.015235576264898512, 1e-9);
    expect(negativeBinomialUpperTail(20, { size: 3.5, prob: 0.2 })).toBeNear(
      0.2210759135859425,
      1e-9,
    );
  });

  it("gives tails that are the sums of their terms", () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        share,
        (k, n, p) => {
          const terms = Array.from({ length: k }, (_, i) => i);
          const mean = n * p;
          const add = (pmf: (i: number) => number): number =>
            terms.reduce((sum, i) => sum + pmf(i), 0);
          expect(binomialUpperTail(k, n, p) + add((i) => binomialPmf(i, n, p))).toBeNear(1, 1e-9);
          expect(binomialUpperTail(k, n, p) + binomialCdf(k - 1, n, p)).toBeNear(1, 1e-9);
          expect(poissonUpperTail(k, mean) + add((i) => poissonPmf(i, mean))).toBeNear(1, 1e-9);
          const nb = { size: n + 0.5, prob: p };
          expect(
            negativeBinomialUpperTail(k, nb) + add((i) => negativeBinomialPmf(i, nb)),
          ).toBeNear(1, 1e-9);
        },
      ),
    );
  });

  it("handles the ends without NaN", () => {
    expect(binomialPmf(0, 0, 0)).toBe(1);
    expect(binomialPmf(3, 3, 1)).toBe(1);
    expect(binomialPmf(2, 3, 0)).toBe(0);
    expect(binomialUpperTail(0, 5, 0.5)).toBe(1);
    expect(binomialUpperTail(6, 5, 0.5)).toBe(0);
    expect(poissonUpperTail(1, 0)).toBe(0);
    expect(poissonPmf(0, 0)).toBe(1);
    expect(negativeBinomialUpperTail(1, { size: 1, prob: 1 })).toBe(0);
    expect(negativeBinomialPmf(0, { size: 1, prob: 1 })).toBe(1);
    expect(() => poissonPmf(1, -1)).toThrow(RangeError);
    expect(() => binomialPmf(1, 2, 2)).toThrow(RangeError);
    expect(() => negativeBinomialPmf(1, { size: 1, prob: 0 })).toThrow(RangeError);
    expect(() => negativeBinomialPmf(1, { size: 0, prob: 0.5 })).toThrow(RangeError);
  });
});
