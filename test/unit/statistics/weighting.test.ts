import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kishEffectiveN, postStratify, trimWeights } from "#src/statistics/weighting.js";
import { expectContainsItself, must } from "./support.js";

const core = { name: "core", population: 40, n: 20, hits: 18 };
const active = { name: "active", population: 60, n: 15, hits: 11 };
const quiet = { name: "quiet", population: 100, n: 5, hits: 2 };

describe("Kish's effective n", () => {
  it("V18: 20 weights of 2, 40 of .75 and 30 of 1", () => {
    const weights = [repeat(2, 20), repeat(0.75, 40), repeat(1, 30)].flat();
    const kish = must(kishEffectiveN(weights));
    expect(kish.effectiveN).toBeNear(75.472, 5e-4);
    expect(kish.designEffect).toBeNear(1.1925);
  });

  it("is n for equal weights and never more", () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(weights, (all) => {
        const { effectiveN, designEffect } = must(kishEffectiveN(all));
        expect(effectiveN).toBeLessThanOrEqual(all.length + 1e-9);
        expect(designEffect).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(must(kishEffectiveN(all.map(() => 3))).effectiveN).toBeNear(all.length, 1e-9);
      }),
    );
  });

  it("is null without weight and refuses negative weights", () => {
    expect(kishEffectiveN([])).toBeNull();
    expect(kishEffectiveN([0, 0])).toBeNull();
    expect(() => kishEffectiveN([-1])).toThrow(RangeError);
  });
});

describe("trimming of weights", () => {
  it("cuts to 0.3–3 times the mean and says how many it cut", () => {
    const { weights, trimmed } = trimWeights([0.1, 1, 1, 1, 1, 1, 1, 1, 1, 11.9]);
    expect(trimmed).toBe(2);
    expect(weights[0]).toBeNear(0.6, 1e-9);
    expect(weights.at(-1)).toBeNear(6, 1e-9);
    expect(trimWeights([])).toEqual({ weights: [], trimmed: 0 });
    expect(() => trimWeights([Number.NaN])).toThrow(RangeError);
  });
});

describe("post-stratified share", () => {
  it("V19: raw .775 beside weighted .600 at n_eff 17.24", () => {
    const result = must(postStratify([core, active, quiet]));
    expect(result.raw.value).toBeNear(0.775, 1e-9);
    expect(result.weighted.value).toBeNear(0.6, 1e-9);
    expect(result.weighted.n).toBeNear(17.24, 5e-3);
    expect(result.weighted.low).toBeNear(0.372, 5e-4);
    expect(result.weighted.high).toBeNear(0.792, 5e-4);
    expect(result.designEffect).toBeNear(40 / 17.24, 1e-3);
    const byName = new Map(result.strata.map((stratum) => [stratum.names.join("+"), stratum]));
    expect(byName.get("core")?.weight).toBeNear(0.4, 1e-9);
    expect(byName.get("active")?.weight).toBeNear(0.8, 1e-9);
    expect(byName.get("quiet")?.weight).toBeNear(4, 1e-9);
  });

  it("merges a stratum of fewer than five answers with the next smallest", () => {
    const result = must(postStratify([core, active, { ...quiet, n: 4 }]));
    expect(result.strata.map((stratum) => stratum.names)).toEqual([["quiet", "active"], ["core"]]);
    expect(result.weighted.value).toBeNear(0.8 * (13 / 19) + 0.2 * 0.9, 1e-9);
  });

  it("keeps the whole population when a stratum has no answers at all", () => {
    const result = must(postStratify([core, { ...quiet, n: 0, hits: 0 }]));
    expect(result.strata).toHaveLength(1);
    expect(result.strata[0]?.population).toBe(140);
    expect(result.weighted.value).toBeNear(0.9, 1e-9);
  });

  it("equals the raw share when each stratum answers in proportion", () => {
    const part = fc.record({
      answers: fc.integer({ min: 5, max: 40 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const strata = parts.map(({ answers, share }, i) => ({
          name: String(i),
          population: answers * 3,
          n: answers,
          hits: Math.round(answers * share),
        }));
        const { raw, weighted } = must(postStratify(strata));
        expectContainsItself(weighted);
        expect(weighted.value).toBeNear(raw.value, 1e-9);
        expect(weighted.n).toBeNear(raw.n, 1e-6);
      }),
    );
  });

  it("is null under five answers and without a population", () => {
    expect(postStratify([])).toBeNull();
    expect(postStratify([{ ...quiet, n: 4 }])).toBeNull();
    expect(postStratify([{ ...core, population: 0 }])).toBeNull();
    expect(() => postStratify([{ ...core, hits: 21 }])).toThrow(RangeError);
    expect(() => postStratify([{ ...core, population: -1 }])).toThrow(RangeError);
  });
});

function repeat(value: number, times: number): number[] {
  return new Array<number>(times).fill(value);
}
