import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerEffort } from "#src/statistics/ces.js";
import { type CsatScale, csat } from "#src/statistics/csat.js";
import { binomialPmf } from "#src/statistics/discrete-tails.js";
import { expectationGap } from "#src/statistics/expectation-gap.js";
import { netScoreDifference } from "#src/statistics/net-score.js";
import {
  countNps,
  netPromoterScore,
  npsDifference,
  SMALLEST_N_FOR_NPS,
} from "#src/statistics/nps.js";
import { participationRate, responseRates } from "#src/statistics/response-rates.js";
import { expectContainsItself, levels, must, width } from "./support.js";

function nps(promoters: number, passives: number, detractors: number, dismissed = 0) {
  return { promoters, passives, detractors, dismissed };
}

const counts = fc
  .tuple(
    fc.integer({ min: 0, max: 80 }),
    fc.integer({ min: 0, max: 80 }),
    fc.integer({ min: 0, max: 80 }),
  )
  .filter(([p, n, d]) => p + n + d > 0);

describe("Net Promoter Score", () => {
  it("V3: 50 promoters, 30 passives, 20 detractors", () => {
    const score = must(netPromoterScore(nps(50, 30, 20)));
    expect(score.value).toBeNear(30, 1e-9);
    expect(score.variance).toBeNear(0.61, 1e-9);
    expect(score.plainMargin).toBeNear(15.31, 5e-3);
    expect(score.low).toBeNear(14.1, 0.05);
    expect(score.high).toBeNear(44.2, 0.05);
    expect(score.n).toBe(100);
  });

  it("V4: 9, 7 and 4", () => {
    const score = must(netPromoterScore(nps(9, 7, 4)));
    expect(score.value).toBeNear(25, 1e-9);
    expect(score.low).toBeNear(-9.5, 0.05);
    expect(score.high).toBeNear(52.9, 0.05);
  });

  it("V5: 20 promoters alone have a plain margin of 0 and an open adjusted interval", () => {
    const score = must(netPromoterScore(nps(20, 0, 0)));
    expect(score.value).toBe(100);
    expect(score.plainMargin).toBe(0);
    expect(score.low).toBeNear(69.7, 0.05);
    expect(score.high).toBe(100);
  });

  it("V6: 100 dismissals change nothing", () => {
    expect(netPromoterScore(nps(50, 30, 20, 100))).toEqual(netPromoterScore(nps(50, 30, 20)));
  });

  it("sorts scores at 6/7 and 8/9 and leaves dismissals out", () => {
    expect(countNps([0, 6, 7, 8, 9, 10, null, null])).toEqual(nps(2, 2, 2, 2));
    expect(() => countNps([11])).toThrow(RangeError);
    expect(() => countNps([-1])).toThrow(RangeError);
    expect(() => countNps([Number.NaN])).toThrow(RangeError);
  });

  it("ignores any number of dismissals anywhere among the answers", () => {
    const scores = fc.array(fc.option(fc.integer({ min: 0, max: 10 })), { maxLength: 60 });
    fc.assert(
      fc.property(scores, (all) => {
        const answered = all.filter((score) => score !== null);
        expect(netPromoterScore(countNps(all))).toEqual(netPromoterScore(countNps(answered)));
      }),
    );
  });

  it("contains the score, stays within ±100, shrinks with n, and mirrors", () => {
    fc.assert(
      fc.property(counts, levels, fc.integer({ min: 2, max: 9 }), ([p, n, d], level, m) => {
        const score = must(netPromoterScore(nps(p, n, d), level));
        expectContainsItself(score);
        expect(score.low).toBeGreaterThanOrEqual(-100);
        expect(score.high).toBeLessThanOrEqual(100);
        const larger = must(netPromoterScore(nps(p * m, n * m, d * m), level));
        expect(width(larger)).toBeLessThan(width(score));
        const mirrored = must(netPromoterScore(nps(d, n, p), level));
        expect(mirrored.low).toBeNear(-score.high, 1e-9);
        expect(mirrored.high).toBeNear(-score.low, 1e-9);
      }),
    );
  });

  it("covers the truth .85/.10/.05 about as often as the simulation in §3.2 (exact trinomial sums)", () => {
    expect(npsCoverage(10)).toBeNear(0.947, 2.5e-3);
    expect(npsCoverage(20)).toBeNear(0.963, 2.5e-3);
  });

  it("compares two scores by the root of the summed squares", () => {
    const { difference, p } = must(npsDifference(nps(50, 30, 20), nps(70, 20, 10)));
    expect(difference.value).toBeNear(30, 1e-9);
    expect(difference.low).toBeNear(10.105081539386077, 1e-6);
    expect(difference.high).toBeNear(49.89491846061392, 1e-6);
    expect(p).toBeNear(0.0031218873975536383, 1e-8);
    expect(difference.n).toBe(200);
  });

  it("keeps an interval between two unanimous scores and turns its sign when swapped", () => {
    expect(width(must(npsDifference(nps(20, 0, 0), nps(20, 0, 0))).difference)).toBeGreaterThan(20);
    fc.assert(
      fc.property(counts, counts, ([p, n, d], [p2, n2, d2]) => {
        const there = must(npsDifference(nps(p, n, d), nps(p2, n2, d2)));
        const back = must(npsDifference(nps(p2, n2, d2), nps(p, n, d)));
        expectContainsItself(there.difference);
        expect(back.difference.low).toBeNear(-there.difference.high, 1e-9);
        expect(back.p).toBeNear(there.p, 1e-9);
        expect(there.p <= 0.05).toBe(there.difference.low > 0 || there.difference.high < 0);
      }),
    );
  });

  it("keeps a difference of two opposite unanimous scores within ±200", () => {
    const { difference } = must(npsDifference(nps(0, 0, 5), nps(5, 0, 0)));
    expect(difference.value).toBe(200);
    expect(difference.high).toBe(200);
    expect(difference.low).toBeLessThan(200);
  });

  it("is shown from 30 answers on", () => {
    expect(SMALLEST_N_FOR_NPS).toBe(30);
  });

  it("is null when nobody gave a number", () => {
    expect(netPromoterScore(nps(0, 0, 0, 40))).toBeNull();
    expect(npsDifference(nps(0, 0, 0), nps(1, 0, 0))).toBeNull();
    expect(npsDifference(nps(1, 0, 0), nps(0, 0, 0))).toBeNull();
    expect(() => netPromoterScore(nps(-1, 0, 2))).toThrow(RangeError);
  });
});

function npsCoverage(n: number): number {
  let covered = 0;
  for (let promoters = 0; promoters <= n; promoters += 1) {
    for (let detractors = 0; detractors + promoters <= n; detractors += 1) {
      const score = must(netPromoterScore(nps(promoters, n - promoters - detractors, detractors)));
      if (score.low > 80 || score.high < 80) continue;
      covered +=
        binomialPmf(promoters, n, 0.85) * binomialPmf(detractors, n - promoters, 0.05 / 0.15);
    }
  }
  return covered;
}

describe("customer satisfaction", () => {
  it("counts 4 and 5 of 5 as satisfied, 5 as very satisfied, 1 and 2 as dissatisfied", () => {
    const result = must(csat([5, 5, 4, 3, 2, 1, 4, 5, 3, 5]));
    expect(result.satisfied.value).toBeNear(0.6, 1e-9);
    expect(result.verySatisfied.value).toBeNear(0.4, 1e-9);
    expect(result.dissatisfied.value).toBeNear(0.2, 1e-9);
    expect(result.mean).toBeNear(3.7, 1e-9);
    expect(result.n).toBe(10);
    expect(must(csat([5, 5, 5, 5, 5, 5, 5, 4, 1, 2])).satisfied.low).toBeNear(0.4902);
  });

  it("counts 4.5 as satisfied but not very, 3.5 as neither, 2.5 not as dissatisfied", () => {
    const { satisfied, verySatisfied, dissatisfied } = must(csat([4.5, 3.5, 2.5, 1.5]));
    expect(satisfied.value).toBeNear(0.25, 1e-9);
    expect(verySatisfied.value).toBe(0);
    expect(dissatisfied.value).toBeNear(0.25, 1e-9);
  });

  it("takes the top three and bottom three of a ten-point scale", () => {
    const result = must(csat([10, 9, 8, 7, 4, 3, 2, 1], 10));
    expect(result.satisfied.value).toBeNear(3 / 8, 1e-9);
    expect(result.verySatisfied.value).toBeNear(1 / 8, 1e-9);
    expect(result.dissatisfied.value).toBeNear(3 / 8, 1e-9);
    expect(result.scale).toBe(10);
  });

  it("has intervals that contain their shares, for any ratings and both scales", () => {
    const scales = fc.constantFrom<CsatScale>(5, 10);
    const halves = fc.array(fc.integer({ min: 2, max: 10 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(halves, scales, levels, (doubled, scale, level) => {
        const result = must(
          csat(
            doubled.map((value) => value / 2),
            scale,
            level,
          ),
        );
        expectContainsItself(result.satisfied);
        expectContainsItself(result.verySatisfied);
        expectContainsItself(result.dissatisfied);
        expect(result.satisfied.value + result.dissatisfied.value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("is null without ratings and refuses ratings that the scale does not have", () => {
    expect(csat([])).toBeNull();
    expect(() => csat([6])).toThrow(RangeError);
    expect(() => csat([0])).toThrow(RangeError);
    expect(() => csat([4.2])).toThrow(RangeError);
    expect(() => csat([Number.NaN])).toThrow(RangeError);
  });
});

describe("customer effort", () => {
  it("V9: mean 5.667 and 83.3 % easy (55.2–95.3)", () => {
    const result = must(customerEffort([7, 6, 6, 5, 7, 4, 6, 5, 7, 6, 3, 6]));
    expect(result.mean).toBeNear(5.667, 5e-4);
    expect(100 * result.easy.value).toBeNear(83.3, 0.05);
    expect(100 * result.easy.low).toBeNear(55.2, 0.05);
    expect(100 * result.easy.high).toBeNear(95.3, 0.05);
    expect(result.n).toBe(12);
  });

  it("is null without answers and refuses numbers outside 1–7", () => {
    expect(customerEffort([])).toBeNull();
    expect(() => customerEffort([0])).toThrow(RangeError);
    expect(() => customerEffort([8])).toThrow(RangeError);
  });
});

describe("expectation gap", () => {
  it("is the share of better minus the share of worse, with the interval of the NPS", () => {
    const gap = must(expectationGap({ better: 50, same: 30, worse: 20 }));
    expect(gap.value).toBeNear(0.3, 1e-9);
    expect(gap.low).toBeNear(0.141, 5e-4);
    expect(gap.high).toBeNear(0.442, 5e-4);
    expect(expectationGap({ better: 0, same: 0, worse: 0 })).toBeNull();
  });

  it("compares two gaps in shares", () => {
    const before = { plus: 50, neutral: 30, minus: 20 };
    const after = { plus: 70, neutral: 20, minus: 10 };
    expect(must(netScoreDifference(before, after)).difference.value).toBeNear(0.3, 1e-9);
  });
});

describe("response and participation", () => {
  it("counts partial answers in RR2 only, refusals and silence in both denominators", () => {
    const rates = must(
      responseRates({ complete: 30, partial: 10, refused: 5, noContact: 50, other: 5 }),
    );
    expect(rates.rr1).toBeNear(0.3, 1e-9);
    expect(rates.rr2).toBeNear(0.4, 1e-9);
    expect(rates.prompted).toBe(100);
  });

  it("takes participation over the eligible: 46 of 148 buyers are 31 %", () => {
    expect(must(participationRate(46, 148)).value).toBeNear(0.3108);
    expect(participationRate(0, 0)).toBeNull();
    expect(() => participationRate(5, 4)).toThrow(RangeError);
  });

  it("is null when nobody was prompted", () => {
    const nobody = { complete: 0, partial: 0, refused: 0, noContact: 0, other: 0 };
    expect(responseRates(nobody)).toBeNull();
    expect(() => responseRates({ ...nobody, other: -1 })).toThrow(RangeError);
  });
});
