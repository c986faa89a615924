import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  evaluationState,
  judgeBeforeAfter,
  pairedOrNot,
  verdictOn,
} from "#src/statistics/before-after.js";
import { moreThanChance } from "#src/statistics/benjamini-hochberg.js";
import {
  changeOfRate,
  changeOfShare,
  type DayTally,
  splitSameWeekdays,
} from "#src/statistics/change-test.js";
import { expectContainsItself, must } from "./support.js";

const higher = { better: "higher", smallestUseful: 0.1 } as const;
const lower = { better: "lower", smallestUseful: 0.1 } as const;

describe("before/after verdict", () => {
  it("V11: 52/80 → 71/86 improved by 17.6 points (4.2 to 30.3), p .0099", () => {
    const data = {
      kind: "share",
      before: { hits: 52, n: 80 },
      after: { hits: 71, n: 86 },
    } as const;
    const result = must(judgeBeforeAfter(data, higher));
    expect(100 * result.difference.value).toBeNear(17.6, 0.05);
    expect(100 * result.difference.low).toBeNear(4.2, 0.05);
    expect(100 * result.difference.high).toBeNear(30.3, 0.05);
    expect(result.p).toBeNear(0.0099);
    expect(result.test).toBe("pooled_z");
    expect(result.verdict).toBe("improved");
  });

  it.each([
    { when: "the interval is above 0", low: 0.01, high: 0.3, words: ["improved", "worse"] },
    { when: "the interval is below 0", low: -0.3, high: -0.01, words: ["worse", "improved"] },
    { when: "it covers 0 and a useful rise", low: -0.02, high: 0.3, words: ["no_visible_change"] },
    { when: "it covers 0 and a useful fall", low: -0.3, high: 0.02, words: ["no_visible_change"] },
    { when: "it covers 0 and nothing useful", low: -0.05, high: 0.09, words: ["little_change"] },
    { when: "it ends on 0", low: 0, high: 0.3, words: ["no_visible_change"] },
    { when: "it begins on a fall and ends on 0", low: -0.3, high: 0, words: ["no_visible_change"] },
    { when: "it ends on a useful rise", low: -0.05, high: 0.1, words: ["no_visible_change"] },
    { when: "it ends on a useful fall", low: -0.1, high: 0.05, words: ["no_visible_change"] },
  ])("when $when", ({ low, high, words }) => {
    expect(verdictOn({ low, high }, higher)).toBe(words[0]);
    expect(verdictOn({ low, high }, lower)).toBe(words.at(-1));
  });

  it("gives the opposite word when the windows change places", () => {
    const opposite = { improved: "worse", worse: "improved" } as const;
    const half = fc.record({
      n: fc.integer({ min: 1, max: 200 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(half, half, (x, y) => {
        const before = { hits: Math.round(x.n * x.share), n: x.n };
        const after = { hits: Math.round(y.n * y.share), n: y.n };
        const there = must(judgeBeforeAfter({ kind: "share", before, after }, higher));
        const back = must(
          judgeBeforeAfter({ kind: "share", before: after, after: before }, higher),
        );
        expectContainsItself(there.difference);
        const { verdict } = there;
        const expected =
          verdict === "improved" || verdict === "worse" ? opposite[verdict] : verdict;
        expect(back.verdict).toBe(expected);
      }),
    );
  });

  it("tests the same people by McNemar's mid-p", () => {
    const data = { kind: "paired_share", gained: 15, lost: 5, pairs: 60 } as const;
    const result = must(judgeBeforeAfter(data, higher));
    expect(result.test).toBe("mcnemar_mid_p");
    expect(result.p).toBeNear(0.0266);
    expect(result.difference.value).toBeNear(1 / 6, 1e-9);
    expect(result.verdict).toBe("improved");
    const still = { kind: "paired_share", gained: 0, lost: 0, pairs: 90 } as const;
    expect(judgeBeforeAfter(still, higher)).toMatchObject({ p: 1, verdict: "little_change" });
  });

  it("tests NPS in points and ratings by ranks", () => {
    const before = { promoters: 50, passives: 30, detractors: 20, dismissed: 9 };
    const after = { promoters: 70, passives: 20, detractors: 10, dismissed: 0 };
    const points = { better: "higher", smallestUseful: 10 } as const;
    const nps = must(judgeBeforeAfter({ kind: "nps", before, after }, points));
    expect(nps.difference.value).toBeNear(30, 1e-9);
    expect(nps.test).toBe("nps_z");
    expect(nps.verdict).toBe("improved");
    const ratings = must(
      judgeBeforeAfter(
        { kind: "rating", before: [1, 2, 2, 3, 1, 2], after: [5, 4, 5, 5, 3, 5] },
        lower,
      ),
    );
    expect(ratings.test).toBe("mann_whitney");
    expect(ratings.verdict).toBe("worse");
  });

  it("is null when a window has no answers, and refuses a useless smallest change", () => {
    const none = { hits: 0, n: 0 };
    expect(judgeBeforeAfter({ kind: "share", before: none, after: none }, higher)).toBeNull();
    const nobody = { kind: "paired_share", gained: 0, lost: 0, pairs: 0 } as const;
    expect(judgeBeforeAfter(nobody, higher)).toBeNull();
    const noNps = { promoters: 0, passives: 0, detractors: 0, dismissed: 5 };
    expect(judgeBeforeAfter({ kind: "nps", before: noNps, after: noNps }, higher)).toBeNull();
    expect(judgeBeforeAfter({ kind: "rating", before: [], after: [5] }, higher)).toBeNull();
    expect(() => verdictOn({ low: 0, high: 1 }, { better: "higher", smallestUseful: 0 })).toThrow(
      RangeError,
    );
  });

  it("pairs from 60 % overlap", () => {
    expect(pairedOrNot(60, 100)).toBe("paired_share");
    expect(pairedOrNot(59, 100)).toBe("share");
    expect(pairedOrNot(0, 0)).toBeNull();
  });

  it("stays locked until the planned end, however many have answered", () => {
    const plan = { end: 1_000, targetN: 80 };
    expect(evaluationState(plan, 999, 500)).toEqual({ kind: "locked", until: 1_000 });
    expect(evaluationState(plan, 1_000, 80)).toEqual({ kind: "ready", targetReached: true });
    expect(evaluationState(plan, 1_000, 79)).toEqual({ kind: "ready", targetReached: false });
  });
});

/** Day 4 after 1970-01-01 was a Monday; `week` weeks later, `weekday` 0 = Monday. */
function day(week: number, weekday: number): number {
  return 4 + 7 * week + weekday;
}

describe("change against the same weekdays", () => {
  const saturdays: readonly DayTally[] = [
    { day: day(0, 5), hits: 1, base: 99 },
    { day: day(1, 5), hits: 20, base: 30 },
    { day: day(2, 5), hits: 22, base: 30 },
    { day: day(2, 6), hits: 0, base: 50 },
    { day: day(3, 4), hits: 0, base: 50 },
    { day: day(3, 5), hits: 29, base: 40 },
  ];

  it("compares a Saturday with the Saturdays of the weeks asked for, and nothing else", () => {
    const window = { firstDay: day(3, 5), lastDay: day(3, 5), weeksBefore: 2 };
    expect(splitSameWeekdays(saturdays, window)).toEqual({
      before: { hits: 42, base: 60 },
      now: { hits: 29, base: 40 },
    });
  });

  it("returns difference, interval and p", () => {
    const days = [
      { day: day(0, 0), hits: 42, base: 60 },
      { day: day(1, 0), hits: 66, base: 80 },
    ];
    const window = { firstDay: day(1, 0), lastDay: day(1, 0), weeksBefore: 1 };
    const change = must(changeOfShare(days, window));
    expect(change.difference.low).toBeNear(-0.0154);
    expect(change.difference.high).toBeNear(0.2673);
    expect(change.p).toBeNear(0.0813);
    const rate = must(changeOfRate(days, window));
    expect(rate.difference.value).toBeNear(66 / 80 - 42 / 60, 1e-12);
  });

  it("takes a rate where there are more events than orders", () => {
    const days = [
      { day: day(0, 2), hits: 5, base: 4 },
      { day: day(1, 2), hits: 30, base: 4 },
    ];
    const window = { firstDay: day(1, 2), lastDay: day(1, 2), weeksBefore: 4 };
    expect(must(changeOfRate(days, window)).p).toBeLessThan(0.001);
    expect(() => changeOfShare(days, window)).toThrow(RangeError);
  });

  it("counts no day twice, also in windows longer than a week and before 1970", () => {
    const span = fc.record({
      firstDay: fc.integer({ min: -40, max: 40 }),
      length: fc.integer({ min: 0, max: 20 }),
      weeksBefore: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(span, ({ firstDay, length, weeksBefore }) => {
        const days = Array.from({ length: 300 }, (_, i) => ({ day: i - 150, hits: 1, base: 1 }));
        const lastDay = firstDay + length;
        const { before, now } = splitSameWeekdays(days, { firstDay, lastDay, weeksBefore });
        expect(now.base).toBe(length + 1);
        expect(before.base).toBe(weeksBefore * Math.min(7, length + 1));
      }),
    );
  });

  it("is null without answers on either side and refuses a window that ends before it begins", () => {
    const window = { firstDay: day(1, 0), lastDay: day(1, 0), weeksBefore: 1 };
    expect(changeOfShare([{ day: day(1, 0), hits: 1, base: 2 }], window)).toBeNull();
    expect(changeOfRate([{ day: day(0, 0), hits: 1, base: 2 }], window)).toBeNull();
    expect(() => splitSameWeekdays([], { ...window, lastDay: day(0, 0) })).toThrow(RangeError);
    expect(() => splitSameWeekdays([], { ...window, weeksBefore: -1 })).toThrow(RangeError);
  });

  it("is judged together with the other tests of its digest", () => {
    const window = { firstDay: day(3, 5), lastDay: day(3, 5), weeksBefore: 2 };
    const tests = [
      { metric: "csat", p: must(changeOfShare(saturdays, window)).p },
      { metric: "late", p: 0.004 },
    ];
    expect(
      moreThanChance(tests).map(({ test, moreThanChance: real }) => [test.metric, real]),
    ).toEqual([
      ["csat", false],
      ["late", true],
    ]);
  });
});
