import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessTime,
  type BusinessHours,
  businessTimeBetween,
  checkBusinessHours,
  DEFAULT_QUIET_HOURS,
  defaultHours,
  periodsOn,
  quietUntil,
} from "#src/scheduling/business-hours.js";
import { isoInstant } from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";

const at = (iso: string): number => Date.parse(iso);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WORKDAYS = [1, 2, 3, 4, 5];

function weekly(
  zone: string,
  periods: Extract<BusinessHours, { kind: "weekly" }>["periods"],
  holidays: readonly string[] = [],
): BusinessHours {
  return { kind: "weekly", zone, periods, holidays };
}

const office = weekly("Asia/Shanghai", periodsOn({ from: "09:00", to: "17:00" }, WORKDAYS));
const splitShift = weekly("Asia/Shanghai", [
  ...periodsOn({ from: "13:30", to: "18:00" }),
  ...periodsOn({ from: "08:00", to: "12:00" }),
]);
const nightMarket = weekly("Asia/Shanghai", periodsOn({ from: "20:00", to: "02:00" }, [5, 6]));

function due(start: string, ms: number, hours: BusinessHours): string {
  const zone = hours.kind === "weekly" ? hours.zone : "Asia/Shanghai";
  return isoInstant(addBusinessTime(at(start), ms, hours), zone).slice(0, 16);
}

describe("adding business time", () => {
  it.each([
    // The example of Chatwoot's own pull request 13392.
    ["office hours over a weekend", office, "2026-11-20T16:30+08:00", HOUR, "2026-11-23T09:30"],
    ["up to closing time", office, "2026-11-20T16:30+08:00", 30 * MINUTE, "2026-11-20T17:00"],
    ["from closing time", office, "2026-11-20T17:00+08:00", MINUTE, "2026-11-23T09:01"],
    ["from a Sunday", office, "2026-11-22T12:00+08:00", HOUR, "2026-11-23T10:00"],
    ["from before opening", office, "2026-11-20T03:00+08:00", HOUR, "2026-11-20T10:00"],
    ["a whole week", office, "2026-11-20T10:00+08:00", 40 * HOUR, "2026-11-27T10:00"],
    ["nothing", office, "2026-11-22T12:00+08:00", 0, "2026-11-22T12:00"],
    ["split shift over noon", splitShift, "2026-11-20T11:30+08:00", HOUR, "2026-11-20T14:00"],
    ["split shift from noon", splitShift, "2026-11-20T12:10+08:00", HOUR, "2026-11-20T14:30"],
    ["split shift overnight", splitShift, "2026-11-20T17:30+08:00", 5 * HOUR, "2026-11-21T14:00"],
    ["after midnight", nightMarket, "2026-11-21T01:30+08:00", HOUR, "2026-11-21T20:30"],
    ["over midnight", nightMarket, "2026-11-20T23:30+08:00", 2 * HOUR, "2026-11-21T01:30"],
    ["around the clock", { kind: "always" }, "2026-11-20T23:30+08:00", HOUR, "2026-11-21T00:30"],
  ] as const)("%s", (...[, hours, start, ms, expected]) => {
    expect(due(start, ms, hours)).toBe(expected);
  });

  it("leaves out holidays, and a night that begins on one", () => {
    const holidays = ["2026-11-23", "2026-11-24"];
    const closed = weekly(
      "Asia/Shanghai",
      periodsOn({ from: "09:00", to: "17:00" }, WORKDAYS),
      holidays,
    );
    expect(due("2026-11-20T16:30+08:00", HOUR, closed)).toBe("2026-11-25T09:30");
    const night = weekly("Asia/Shanghai", periodsOn({ from: "20:00", to: "02:00" }), [
      "2026-11-21",
    ]);
    expect(due("2026-11-21T01:00+08:00", 2 * HOUR, night)).toBe("2026-11-22T21:00");
  });

  it("counts overlapping periods once", () => {
    const overlapping = weekly("Asia/Shanghai", [
      ...periodsOn({ from: "09:00", to: "13:00" }),
      ...periodsOn({ from: "10:00", to: "11:00" }),
      ...periodsOn({ from: "12:00", to: "18:00" }),
    ]);
    const from = at("2026-11-20T00:00+08:00");
    expect(businessTimeBetween(from, from + DAY, overlapping)).toBe(9 * HOUR);
  });

  it.each([
    ["spring", "2026-03-29T00:00+01:00", 23 * HOUR],
    ["autumn", "2026-10-25T00:00+02:00", 25 * HOUR],
  ])("counts real time on the day of the %s change", (_, from, length) => {
    const wholeDays = weekly("Europe/Berlin", periodsOn({ from: "00:00", to: "24:00" }));
    const night = weekly("Europe/Berlin", periodsOn({ from: "01:00", to: "05:00" }));
    const start = at(from);
    expect(businessTimeBetween(start, start + length, wholeDays)).toBe(length);
    expect(businessTimeBetween(start, start + length, night)).toBe(length - 20 * HOUR);
    expect(addBusinessTime(start, length - 20 * HOUR, night)).toBe(start + length - 19 * HOUR);
  });

  it("keeps 09:00 at 09:00 on both sides of a change", () => {
    const berlin = weekly("Europe/Berlin", periodsOn({ from: "09:00", to: "17:00" }, WORKDAYS));
    expect(due("2026-03-27T15:30:00Z", HOUR, berlin)).toBe("2026-03-30T09:30");
    expect(due("2026-10-23T14:30:00Z", HOUR, berlin)).toBe("2026-10-26T09:30");
  });
});

describe("business time as a whole", () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const clock = (value: number): string =>
    `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  const anyPeriod = fc
    .tuple(fc.integer({ min: 1, max: 7 }), minute, fc.integer({ min: 1, max: 1_439 }))
    .map(([weekday, from, length]) => {
      return { weekday, from: clock(from), to: clock((from + length) % 1_440) };
    });
  const anyHours = fc
    .tuple(
      fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"),
      fc.array(anyPeriod, { minLength: 1, maxLength: 8 }),
      fc.constantFrom<string[]>([], ["2026-03-29"], ["2026-10-24", "2026-10-25"]),
    )
    .map(([zone, periods, holidays]) => weekly(zone, periods, holidays));
  const anyInstant = fc.integer({
    min: at("2026-03-20T00:00:00Z"),
    max: at("2026-11-20T00:00:00Z"),
  });
  const anyDuration = fc.integer({ min: 0, max: 30 * HOUR });

  it("adds up: a then b is a + b", () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyDuration, anyDuration, (hours, start, a, b) => {
        const twice = addBusinessTime(addBusinessTime(start, a, hours), b, hours);
        expect(twice).toBe(addBusinessTime(start, a + b, hours));
      }),
      { numRuns: 300 },
    );
  });

  it("is measured as what was added", () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyDuration, (hours, start, duration) => {
        const end = addBusinessTime(start, duration, hours);
        expect(businessTimeBetween(start, end, hours)).toBe(duration);
        expect(end - start).toBeGreaterThanOrEqual(duration);
      }),
      { numRuns: 300 },
    );
  });

  it("between two instants is never negative, never more than elapsed, and splits anywhere", () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyDuration, anyDuration, (hours, start, a, b) => {
        const middle = start + a;
        const end = middle + b;
        const whole = businessTimeBetween(start, end, hours);
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual(end - start);
        const parts =
          businessTimeBetween(start, middle, hours) + businessTimeBetween(middle, end, hours);
        expect(parts).toBe(whole);
        expect(businessTimeBetween(end, start, hours)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("business time around the clock", () => {
  it("is elapsed time, and 0 backwards", () => {
    const always: BusinessHours = { kind: "always" };
    expect(businessTimeBetween(1_000, 4_500, always)).toBe(3_500);
    expect(businessTimeBetween(4_500, 1_000, always)).toBe(0);
  });
});

function fieldAtFault(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (isAppError(error, "invalid-input")) return error.detail.field;
    throw error;
  }
  return undefined;
}

describe("hours that are refused", () => {
  it.each([
    ["no period", weekly("Asia/Shanghai", []), "periods"],
    ["an unknown zone", weekly("Asia/Shangai", periodsOn({ from: "09:00", to: "17:00" })), "zone"],
    ["weekday 0", weekly("UTC", [{ weekday: 0, from: "09:00", to: "17:00" }]), "weekday"],
    ["an empty period", weekly("UTC", periodsOn({ from: "09:00", to: "09:00" })), "to"],
    ["a time that is none", weekly("UTC", periodsOn({ from: "9 am", to: "17:00" })), "time"],
    [
      "a holiday that is no day",
      weekly("UTC", periodsOn({ from: "09:00", to: "17:00" }), ["国庆"]),
      "holidays",
    ],
  ])("%s", (_, hours, field) => {
    expect(fieldAtFault(() => checkBusinessHours(hours))).toBe(field);
    expect(fieldAtFault(() => addBusinessTime(0, 1, hours))).toBe(field);
  });

  it("a negative duration", () => {
    expect(() => addBusinessTime(0, -1, office)).toThrowError("negative");
    expect(() => addBusinessTime(0, Number.NaN, office)).toThrowError("negative");
  });

  it("only holidays for ten years, instead of searching for ever", () => {
    const days = Array.from({ length: 600 }, (_, week) => {
      return new Date(at("2026-11-20T00:00:00Z") + week * 7 * DAY).toISOString().slice(0, 10);
    });
    const fridays = weekly("UTC", [{ weekday: 5, from: "09:00", to: "17:00" }], days);
    expect(() => addBusinessTime(at("2026-11-20T00:00:00Z"), HOUR, fridays)).toThrowError(
      "ten years",
    );
  });
});

describe("hours until a shop sets its own", () => {
  it.each([
    ["P1", "2026-11-21T23:00"],
    ["P2", "2026-11-22T08:30"],
    ["P3", "2026-11-22T09:30"],
  ] as const)("%s: half an hour from Saturday 22:30 is %s", (severity, expected) => {
    const hours = defaultHours(severity, "Asia/Shanghai");
    checkBusinessHours(hours);
    expect(due("2026-11-21T22:30+08:00", 30 * MINUTE, hours)).toBe(expected);
  });

  it("close at 22:00 for P2 and at 21:00 for P3, every day of the week", () => {
    const from = at("2026-11-16T00:00+08:00");
    const week = (severity: "P1" | "P2" | "P3"): number =>
      businessTimeBetween(from, from + 7 * DAY, defaultHours(severity, "Asia/Shanghai")) / HOUR;
    expect([week("P1"), week("P2"), week("P3")]).toEqual([168, 98, 84]);
  });
});

describe("quiet hours", () => {
  const zone = "Asia/Shanghai";
  const quiet = (instant: string, hours = DEFAULT_QUIET_HOURS, where = zone): string | null => {
    const until = quietUntil(at(instant), hours, where);
    return until === null ? null : isoInstant(until, where).slice(0, 16);
  };

  it.each([
    ["2026-11-21T20:59:59+08:00", null],
    ["2026-11-21T21:00:00+08:00", "2026-11-22T09:00"],
    ["2026-11-22T00:00:00+08:00", "2026-11-22T09:00"],
    ["2026-11-22T08:59:59+08:00", "2026-11-22T09:00"],
    ["2026-11-22T09:00:00+08:00", null],
  ])("21:00 to 09:00 at %s end at %s", (instant, expected) => {
    expect(quiet(instant)).toBe(expected);
  });

  it("may lie within one day, or end at midnight", () => {
    expect(quiet("2026-11-21T13:00+08:00", { from: "12:00", to: "14:00" })).toBe(
      "2026-11-21T14:00",
    );
    expect(quiet("2026-11-21T14:00+08:00", { from: "12:00", to: "14:00" })).toBeNull();
    expect(quiet("2026-11-21T11:59+08:00", { from: "12:00", to: "14:00" })).toBeNull();
    expect(quiet("2026-11-21T23:00+08:00", { from: "22:00", to: "24:00" })).toBe(
      "2026-11-22T00:00",
    );
  });

  it("are none when both times are the same", () => {
    expect(quiet("2026-11-21T09:00+08:00", { from: "09:00", to: "09:00" })).toBeNull();
  });

  it("end at the right instant when the clocks change in the night", () => {
    expect(quiet("2026-03-28T22:00:00Z", undefined, "Europe/Berlin")).toBe("2026-03-29T09:00");
    expect(quietUntil(at("2026-03-28T22:00:00Z"), DEFAULT_QUIET_HOURS, "Europe/Berlin")).toBe(
      at("2026-03-29T07:00:00Z"),
    );
    expect(quietUntil(at("2026-10-24T22:00:00Z"), DEFAULT_QUIET_HOURS, "Europe/Berlin")).toBe(
      at("2026-10-25T08:00:00Z"),
    );
    // An end inside the gap is the first instant after it.
    expect(
      quietUntil(at("2026-03-29T00:30:00Z"), { from: "21:00", to: "02:30" }, "Europe/Berlin"),
    ).toBe(at("2026-03-29T01:00:00Z"));
  });
});
