import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firingsBetween, nextFiring, parseRecurrence } from "#src/scheduling/recurrence.js";
import {
  addLocalDays,
  instantOf,
  isoInstant,
  localDay,
  zonedParts,
} from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";

const at = (iso: string): number => Date.parse(iso);
const MINUTE = 60_000;

function firings(pattern: string, zone: string, from: string, count: number): string[] {
  const recurrence = parseRecurrence(pattern);
  const after = at(from);
  const window = { after, until: Number.MAX_SAFE_INTEGER, limit: count };
  return firingsBetween(recurrence, zone, window).map((firing) => isoInstant(firing, zone));
}

describe("next firing on days when clocks change", () => {
  it("runs a time that does not exist at the first instant after the gap (Berlin, 02:30)", () => {
    expect(firings("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 3)).toEqual([
      "2026-03-29T03:00:00+02:00",
      "2026-03-30T02:30:00+02:00",
      "2026-03-31T02:30:00+02:00",
    ]);
  });

  it("runs a time that occurs twice once, at the first (Berlin, 02:30)", () => {
    expect(firings("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
      "2026-10-25T02:30:00+02:00",
      "2026-10-26T02:30:00+01:00",
    ]);
  });

  it("keeps all half-hours of the repeated hour", () => {
    expect(firings("*/30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 6)).toEqual([
      "2026-10-25T02:00:00+02:00",
      "2026-10-25T02:30:00+02:00",
      "2026-10-25T02:00:00+01:00",
      "2026-10-25T02:30:00+01:00",
      "2026-10-25T03:00:00+01:00",
      "2026-10-25T03:30:00+01:00",
    ]);
  });

  it("treats several fixed times like one: neither lost in the gap nor doubled in the fold", () => {
    expect(firings("30 2,14 * * *", "Europe/Berlin", "2026-03-28T20:00:00Z", 3)).toEqual([
      "2026-03-29T03:00:00+02:00",
      "2026-03-29T14:30:00+02:00",
      "2026-03-30T02:30:00+02:00",
    ]);
    expect(firings("30 2,14 * * *", "Europe/Berlin", "2026-10-24T20:00:00Z", 3)).toEqual([
      "2026-10-25T02:30:00+02:00",
      "2026-10-25T14:30:00+01:00",
      "2026-10-26T02:30:00+01:00",
    ]);
  });

  it("runs at 01:00 where midnight does not exist (Santiago)", () => {
    expect(firings("0 0 * * *", "America/Santiago", "2026-09-05T12:00:00Z", 2)).toEqual([
      "2026-09-06T01:00:00-03:00",
      "2026-09-07T00:00:00-03:00",
    ]);
  });

  it("runs at 02:30 on the day of a half-hour gap (Lord Howe, 02:15)", () => {
    expect(firings("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2)).toEqual([
      "2026-10-04T02:30:00+11:00",
      "2026-10-05T02:15:00+11:00",
    ]);
  });

  it("runs hourly through a half-hour fold (Lord Howe)", () => {
    expect(firings("0 * * * *", "Australia/Lord_Howe", "2026-04-04T13:00:00Z", 4)).toEqual([
      "2026-04-05T01:00:00+11:00",
      "2026-04-05T02:00:00+10:30",
      "2026-04-05T03:00:00+10:30",
      "2026-04-05T04:00:00+10:30",
    ]);
  });

  it.each([
    ["2026-03-26T12:00:00Z", ["2026-03-27T09:00:00+01:00", "2026-03-30T09:00:00+02:00"]],
    ["2026-10-22T12:00:00Z", ["2026-10-23T09:00:00+02:00", "2026-10-26T09:00:00+01:00"]],
  ])("keeps weekdays 09:00 on both sides of a change (after %s)", (from, expected) => {
    expect(firings("0 9 * * 1-5", "Europe/Berlin", from, 2)).toEqual(expected);
  });
});

describe("next firing by the calendar", () => {
  it.each([
    ["0 20 L * *", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]],
    ["0 20 15,L * *", ["2026-01-15", "2026-01-31", "2026-02-15", "2026-02-28"]],
    ["0 20 31 * *", ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]],
    ["0 20 * * 5L", ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"]],
    ["0 20 * * 1#1", ["2026-01-05", "2026-02-02", "2026-03-02", "2026-04-06"]],
    ["0 20 * * 0", ["2026-01-04", "2026-01-11", "2026-01-18", "2026-01-25"]],
    ["0 20 * * 7", ["2026-01-04", "2026-01-11", "2026-01-18", "2026-01-25"]],
    ["0 20 * * SAT,SUN", ["2026-01-03", "2026-01-04", "2026-01-10", "2026-01-11"]],
    ["0 20 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"]],
    ["0 20 1 JAN,JUL *", ["2026-07-01", "2027-01-01", "2027-07-01", "2028-01-01"]],
  ])("%s fires on %j", (pattern, days) => {
    const found = firings(pattern, "Asia/Shanghai", "2026-01-01T15:00:00Z", 4);
    expect(found.map((firing) => firing.slice(0, 10))).toEqual(days);
    expect(found.every((firing) => firing.slice(11) === "20:00:00+08:00")).toBe(true);
  });

  it("is strictly after the instant given, to the millisecond", () => {
    const daily = parseRecurrence("0 20 * * *");
    const due = at("2026-11-21T12:00:00Z");
    const next = (after: number): number | null => nextFiring(daily, "Asia/Shanghai", after);
    expect(next(due - 1)).toBe(due);
    expect(next(due)).toBe(due + 1_440 * MINUTE);
    expect(next(due + 1)).toBe(due + 1_440 * MINUTE);
    expect(next(due + 500)).toBe(due + 1_440 * MINUTE);
  });

  it("lists no more than the limit and nothing outside the window", () => {
    const hourly = parseRecurrence("0 * * * *");
    const after = at("2026-11-21T12:00:00Z");
    const hours = (until: number, limit: number): number =>
      firingsBetween(hourly, "UTC", { after, until, limit }).length;
    expect(hours(after + 180 * MINUTE, 100)).toBe(3);
    expect(hours(after + 180 * MINUTE - 1, 100)).toBe(2);
    expect(hours(after + 180 * MINUTE, 2)).toBe(2);
    expect(hours(after, 5)).toBe(0);
  });

  it("refuses an unknown zone and no instant in our own words", () => {
    const daily = parseRecurrence("0 20 * * *");
    expect(() => nextFiring(daily, "Asia/Shangai", 0)).toThrowError("IANA");
    expect(() => nextFiring(daily, "UTC", Number.NaN)).toThrowError("instant");
  });
});

/** What a fixed time means, by the local-time rules alone. */
function fixedByHand(times: readonly string[], zone: string, after: number): number {
  let day = addLocalDays(localDay(after, zone), -1);
  for (;;) {
    const found = times.map((time) => instantOf(day, time, zone)).filter((time) => time > after);
    if (found.length > 0) return Math.min(...found);
    day = addLocalDays(day, 1);
  }
}

/** What an interval means: every minute whose local minute is a multiple of the step. */
function intervalByHand(step: number, zone: string, after: number): number {
  let instant = (Math.floor(after / MINUTE) + 1) * MINUTE;
  while (zonedParts(instant, zone).minute % step !== 0) instant += MINUTE;
  return instant;
}

describe("next firing against a count by hand around every clock change", () => {
  const changes = [
    ["Europe/Berlin", "2026-03-29T01:00:00Z"],
    ["Europe/Berlin", "2026-10-25T01:00:00Z"],
    ["America/Santiago", "2026-09-06T04:00:00Z"],
    ["America/Santiago", "2026-04-05T03:00:00Z"],
    ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
    ["America/Havana", "2026-11-01T05:00:00Z"],
    ["Asia/Beirut", "2026-03-28T22:00:00Z"],
    ["Asia/Shanghai", "2026-11-21T12:00:00Z"],
  ] as const;
  const around = fc.tuple(
    fc.constantFrom(...changes),
    fc.integer({ min: -1_600 * MINUTE, max: 1_600 * MINUTE }),
  );
  const two = (value: number): string => String(value).padStart(2, "0");

  it("agrees for fixed times", () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        around,
        hours,
        fc.integer({ min: 0, max: 59 }),
        ([change, shift], list, minute) => {
          const [zone, moment] = change;
          const after = at(moment) + shift;
          const times = list.map((hour) => `${two(hour)}:${two(minute)}`);
          const recurrence = parseRecurrence(`${minute} ${list.join(",")} * * *`);
          expect(nextFiring(recurrence, zone, after)).toBe(fixedByHand(times, zone, after));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("agrees for intervals", () => {
    fc.assert(
      fc.property(around, fc.constantFrom(5, 10, 15, 20, 30), ([change, shift], step) => {
        const [zone, moment] = change;
        const after = at(moment) + shift;
        const recurrence = parseRecurrence(`*/${step} * * * *`);
        expect(nextFiring(recurrence, zone, after)).toBe(intervalByHand(step, zone, after));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("patterns that are refused", () => {
  it.each([
    ["0 9 13 * 5", "pattern", "day of month or the weekday", "不能同时限定"],
    ["0 9 L * 1", "pattern", "day of month or the weekday", "不能同时限定"],
    ["0 9 */2 * 1", "pattern", "day of month or the weekday", "不能同时限定"],
    ["30 0 20 * * *", "pattern", "seconds", "不支持秒"],
    ["0 0 20 * * * 2027", "pattern", "seconds", "不支持秒"],
    ["0 20 31 2 *", "pattern", "never fire", "永远不会触发"],
    ["0 20 30,31 2 *", "pattern", "never fire", "永远不会触发"],
    ["0 20 31 4,6,9,11 *", "pattern", "never fire", "永远不会触发"],
    ["0 20 * *", "pattern", "five fields", "五栏"],
    ["", "pattern", "five fields", "五栏"],
    ["@daily", "pattern", "five fields", "五栏"],
    [`${"1,".repeat(100)}1 * * * *`, "pattern", "five fields", "五栏"],
    ["60 20 * * *", "minute", "0-59", "分钟"],
    ["5/5 20 * * *", "minute", "0-59", "分钟"],
    ["*/0 20 * * *", "minute", "0-59", "分钟"],
    ["*/61 20 * * *", "minute", "0-59", "分钟"],
    ["1-2-3 20 * * *", "minute", "0-59", "分钟"],
    ["1, 20 * * *", "minute", "0-59", "分钟"],
    ["? 20 * * *", "minute", "0-59", "分钟"],
    ["0 24 * * *", "hour", "0-23", "小时"],
    ["0 20-8 * * *", "hour", "0-23", "小时"],
    ["0 20 0 * *", "dayOfMonth", "1-31", "日期"],
    ["0 20 32 * *", "dayOfMonth", "1-31", "日期"],
    ["0 20 15W * *", "dayOfMonth", "1-31", "日期"],
    ["0 20 L-3 * *", "dayOfMonth", "1-31", "日期"],
    ["0 20 * 13 *", "month", "1-12", "月份"],
    ["0 20 * FOO *", "month", "1-12", "月份"],
    ["0 20 * * 8", "dayOfWeek", "0-7", "星期"],
    ["0 20 * * 1#6", "dayOfWeek", "0-7", "星期"],
    ["0 20 * * L", "dayOfWeek", "0-7", "星期"],
    ["0 20 * * +1", "dayOfWeek", "0-7", "星期"],
  ])("%s is refused at %s", (pattern, field, english, chinese) => {
    let failure: unknown;
    try {
      parseRecurrence(pattern);
    } catch (error) {
      failure = error;
    }
    if (!isAppError(failure, "invalid-input")) throw new Error(`accepted ${pattern}`);
    expect(failure.detail.field).toBe(field);
    expect(failure.message).toContain(english);
    expect(failure.message).toContain(chinese);
  });

  it("allows 29 February, 31 in one of several months, and cleans up blanks and case", () => {
    expect(parseRecurrence("0 20 29 2 *").pattern).toBe("0 20 29 2 *");
    expect(parseRecurrence("0 20 31 2,3 *").pattern).toBe("0 20 31 2,3 *");
    expect(parseRecurrence("  0 20  l * * ").pattern).toBe("0 20 L * *");
    expect(parseRecurrence("0 9 * * mon-fri").fields.weekdays).toEqual([1, 2, 3, 4, 5]);
  });

  it("never accepts what the engine then cannot compute", () => {
    const field = (low: number, high: number): fc.Arbitrary<string> => {
      const value = fc.integer({ min: low, max: high }).map(String);
      const span = fc.tuple(value, value).map(([a, b]) => `${a}-${b}`);
      const step = fc
        .tuple(span, fc.integer({ min: 1, max: high + 1 }))
        .map(([s, n]) => `${s}/${n}`);
      const steps = fc.integer({ min: 1, max: high + 1 }).map((n) => `*/${n}`);
      const item = fc.oneof(value, span, step, steps);
      return fc.oneof(fc.constant("*"), fc.array(item, { minLength: 1, maxLength: 3 }).map(String));
    };
    const week = fc.oneof(
      field(0, 7),
      fc.constantFrom("5L", "1#1", "0#5", "7#2", "FRIL", "TUE#3", "1#1,3", "MON-FRI/2"),
    );
    const day = fc.oneof(field(1, 31), fc.constantFrom("L", "L,1", "1,L"));
    const pattern = fc
      .tuple(field(0, 59), field(0, 23), day, field(1, 12), week)
      .map((fields) => fields.join(" "));
    let accepted = 0;
    fc.assert(
      fc.property(pattern, (text) => {
        let recurrence: ReturnType<typeof parseRecurrence>;
        try {
          recurrence = parseRecurrence(text);
        } catch (error) {
          expect(isAppError(error, "invalid-input")).toBe(true);
          return;
        }
        accepted += 1;
        const after = at("2026-01-01T00:00:00Z");
        const firing = nextFiring(recurrence, "UTC", after);
        expect(firing).toBeGreaterThan(after);
        const { fields } = recurrence;
        const parts = zonedParts(firing ?? 0, "UTC");
        expect(fields.minutes).toContain(parts.minute);
        expect(fields.hours).toContain(parts.hour);
        expect(fields.months).toContain(parts.month);
        if (fields.nthWeekdays.length === 0) expect(fields.weekdays).toContain(parts.weekday % 7);
        if (!fields.lastDayOfMonth) expect(fields.daysOfMonth).toContain(parts.day);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it("reads lists, ranges and steps of weekdays as the engine does", () => {
    const values = fc.integer({ min: 0, max: 7 });
    const item = fc.oneof(
      values.map(String),
      fc.tuple(values, values, fc.integer({ min: 1, max: 7 })).map(([a, b, step]) => {
        return `${Math.min(a, b)}-${Math.max(a, b)}/${step}`;
      }),
      fc.constantFrom("*/2", "*/3", "FRI-SUN", "MON-SUN/2", "SUN-TUE"),
    );
    const list = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(","));
    fc.assert(
      fc.property(list, (week) => {
        const recurrence = parseRecurrence(`0 12 * * ${week}`);
        const after = at("2026-11-15T18:00:00Z");
        const window = { after, until: after + 7 * 1_440 * MINUTE, limit: 100 };
        const fired = firingsBetween(recurrence, "UTC", window);
        const weekdays = fired.map((firing) => zonedParts(firing, "UTC").weekday % 7);
        expect(weekdays.sort((a, b) => a - b)).toEqual(recurrence.fields.weekdays);
      }),
      { numRuns: 500 },
    );
  });
});
