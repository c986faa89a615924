import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cusumReference,
  cusumRunLength,
  cusumStep,
  designCusum,
  runCusum,
} from "#src/statistics/cusum.js";
import { poissonPmf, poissonUpperTail } from "#src/statistics/discrete-tails.js";
import { burstTest } from "#src/statistics/predictive-alarm.js";
import { must } from "./support.js";

describe("burst alarm", () => {
  it.each([
    { vector: "V14: 14 in 28 days, today 3", base: [14, 28], now: [3, 1], chance: 0.01786 },
    { vector: "V14: 14 in 28 days, today 4", base: [14, 28], now: [4, 1], chance: 0.00263 },
    { vector: "V15: 14 over 900 orders, 3 of 20", base: [14, 900], now: [3, 20], chance: 0.00509 },
    {
      vector: "V16: 88 over 4,100 orders, 9 of 148",
      base: [88, 4_100],
      now: [9, 148],
      chance: 0.00664,
    },
    {
      vector: "V16: one driver, 31 over 4,100, 6 of 148",
      base: [31, 4_100],
      now: [6, 148],
      chance: 0.00152,
    },
  ])("$vector", ({ base, now, chance }) => {
    const [events = 0, exposure = 0] = base;
    const [todayEvents = 0, todayExposure = 0] = now;
    const test = must(
      burstTest({ events, exposure }, { events: todayEvents, exposure: todayExposure }),
    );
    expect(test.chance).toBeNear(chance, 1e-5);
    expect(test.alarm).toBe(chance < 0.005);
    expect(test.expected).toBeNear((events / exposure) * todayExposure, 1e-12);
  });

  it.each([
    [0.2, 0.15],
    [1, 0.26],
    [4, 0.32],
  ])("gives few false alarms at a true mean of %d a day (exact sums)", (mean, perHundredDays) => {
    let falseAlarms = 0;
    for (let baseline = 0; baseline < 28 * mean + 80; baseline += 1) {
      falseAlarms += poissonPmf(baseline, 28 * mean) * poissonUpperTail(limit(baseline), mean);
    }
    expect(100 * falseAlarms).toBeNear(perHundredDays, 0.03);
  });

  it("becomes less likely with more events, and likelier with more orders today", () => {
    const count = fc.integer({ min: 0, max: 60 });
    const exposure = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(count, exposure, count, exposure, (c, m, x, t) => {
        const at = (events: number, orders: number): number =>
          must(burstTest({ events: c, exposure: m }, { events, exposure: orders })).chance;
        expect(at(x + 1, t)).toBeLessThanOrEqual(at(x, t) + 1e-12);
        expect(at(x, t + 10)).toBeGreaterThanOrEqual(at(x, t) - 1e-12);
        expect(at(0, t)).toBe(1);
      }),
    );
  });

  it("is null without exposure on either side", () => {
    const some = { events: 1, exposure: 1 };
    expect(burstTest({ events: 0, exposure: 0 }, some)).toBeNull();
    expect(burstTest(some, { events: 0, exposure: 0 })).toBeNull();
    expect(() => burstTest({ events: -1, exposure: 1 }, some)).toThrow(RangeError);
    expect(() => burstTest(some, { events: 1, exposure: -1 })).toThrow(RangeError);
  });
});

/** Fewest events today that alarm after a baseline of `events` in 28 days. */
function limit(events: number): number {
  let today = 0;
  while (!burstTest({ events, exposure: 28 }, { events: today, exposure: 1 })?.alarm) today += 1;
  return today;
}

describe("CUSUM", () => {
  it("V17: adds up to an alarm at the eighth step", () => {
    const run = runCusum([1, 0, 2, 1, 3, 4, 2, 5], { k: 1.44, h: 5 });
    const expected = [0, 0, 0.56, 0.12, 1.68, 4.24, 4.8, 8.36];
    expect(run.sums).toHaveLength(8);
    for (const [i, sum] of run.sums.entries()) expect(sum).toBeNear(must(expected[i]), 1e-9);
    expect(run.alarms).toEqual([7]);
  });

  it("starts again at 0 after an alarm", () => {
    const run = runCusum([9, 1, 9], { k: 1, h: 5 });
    expect(run.sums).toEqual([8, 0, 8]);
    expect(run.alarms).toEqual([0, 2]);
  });

  it("alarms on reaching h exactly", () => {
    expect(cusumStep(2, 4, { k: 1, h: 5 })).toEqual({ sum: 5, alarm: true });
    expect(cusumStep(2, 3, { k: 1, h: 5 })).toEqual({ sum: 4, alarm: false });
    expect(() => cusumStep(0, 1.5, { k: 1, h: 5 })).toThrow(RangeError);
  });

  const table = [
    { usual: 0.2, raised: 1.2, k: 0.56, h: 2, falseAlarm: 285, detect: 4.1 },
    { usual: 0.5, raised: 1.5, k: 0.91, h: 3.5, falseAlarm: 361, detect: 6.7 },
    { usual: 1, raised: 2, k: 1.44, h: 5, falseAlarm: 242, detect: 9.1 },
    { usual: 2, raised: 4, k: 2.89, h: 5, falseAlarm: 183, detect: 5.1 },
    { usual: 4, raised: 8, k: 5.77, h: 5.5, falseAlarm: 277, detect: 3.4 },
    { usual: 8, raised: 12, k: 9.87, h: 8.5, falseAlarm: 186, detect: 4.7 },
  ];

  it.each(table)("takes k of §3.8 for $usual against $raised a day", ({ usual, raised, k }) => {
    expect(cusumReference(usual, raised)).toBeNear(k, 5e-3);
  });

  it.each(table)(
    "computes the run lengths of §3.8 for $usual against $raised a day within 10 %",
    ({ usual, raised, k, h, falseAlarm, detect }) => {
      expect(cusumRunLength({ k, h }, usual) / falseAlarm).toBeNear(1, 0.1);
      expect(cusumRunLength({ k, h }, raised) / detect).toBeNear(1, 0.1);
    },
  );

  it("designs settings with the wanted time between false alarms and no higher threshold", () => {
    for (const usual of [0.3, 1, 3.3]) {
      const settings = designCusum(usual, usual + 1.5);
      expect(cusumRunLength(settings, usual)).toBeGreaterThanOrEqual(180);
      const lower = { ...settings, h: settings.h - 0.5 };
      expect(cusumRunLength(lower, usual)).toBeLessThan(180);
    }
    expect(() => cusumReference(2, 2)).toThrow(RangeError);
    expect(() => cusumReference(0, 2)).toThrow(RangeError);
    expect(() => cusumRunLength({ k: 1, h: 0 }, 1)).toThrow(RangeError);
  });
});
