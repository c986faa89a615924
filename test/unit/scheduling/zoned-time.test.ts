import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addLocalDays,
  formatDay,
  formatInstant,
  instantOf,
  isLocalDay,
  isoInstant,
  localDay,
  localDaysBetween,
  minutesOfClock,
  startOfLocalDay,
  weekdayOf,
  weekOf,
  zonedParts,
} from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString();

const ZONES = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "America/St_Johns",
  "America/Havana",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
  "UTC",
];
const anyZone = fc.constantFrom(...ZONES);
/** 2015 to 2040: every rule that the zones above have now, and some that they had. */
const anyInstant = fc.integer({ min: at("2015-01-01T00:00:00Z"), max: at("2040-01-01T00:00:00Z") });
const anyDay = fc
  .integer({ min: at("2015-01-02T00:00:00Z"), max: at("2039-12-30T00:00:00Z") })
  .map((instant) => localDay(instant, "UTC"));

const anyMinute = fc.integer({ min: 0, max: 1_438 });
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

describe("local parts of an instant", () => {
  it("are what the wall shows in the zone", () => {
    expect(zonedParts(at("2026-11-21T16:05:09.700Z"), "Asia/Shanghai")).toEqual({
      year: 2026,
      month: 11,
      day: 22,
      hour: 0,
      minute: 5,
      second: 9,
      weekday: 7,
      offsetMinutes: 480,
    });
  });

  it.each([
    ["2026-10-03T15:29:59Z", "2026-10-04T01:59:59+10:30"],
    ["2026-10-03T15:30:00Z", "2026-10-04T02:30:00+11:00"],
    ["2026-04-04T14:59:59Z", "2026-04-05T01:59:59+11:00"],
    ["2026-04-04T15:00:00Z", "2026-04-05T01:30:00+10:30"],
  ])("are right where a half-hour change falls within one hour of UTC: %s", (instant, local) => {
    expect(isoInstant(at(instant), "Australia/Lord_Howe")).toBe(local);
  });

  it("agree with the runtime's own calendar at any instant, in any order of asking", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const parts = new Intl.DateTimeFormat("en-GB", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
          hourCycle: "h23",
        }).format(instant);
        const { year, month, day, hour, minute, second } = zonedParts(instant, zone);
        const two = (value: number): string => String(value).padStart(2, "0");
        const date = `${two(day)}/${two(month)}/${year}`;
        expect(parts).toBe(`${date}, ${two(hour)}:${two(minute)}:${two(second)}`);
      }),
      { numRuns: 400 },
    );
  });

  it("know instants before 1970 and weekdays across it", () => {
    expect(localDay(-1, "UTC")).toBe("1969-12-31");
    expect(weekdayOf("1969-12-31")).toBe(3);
    expect(zonedParts(-1, "UTC").weekday).toBe(3);
    expect(weekdayOf("2026-11-21")).toBe(6);
  });

  it("are refused for an unknown zone and for no instant at all", () => {
    const failures = [
      () => localDay(0, "Asia/Shangai"),
      () => localDay(Number.NaN, "UTC"),
      () => localDay(Number.POSITIVE_INFINITY, "UTC"),
      () => localDay(9e15, "UTC"),
    ];
    for (const failure of failures) {
      expect(failure).toThrowError(expect.toSatisfy((error) => isAppError(error, "invalid-input")));
    }
  });
});

describe("the local day", () => {
  it("changes at local midnight, not at midnight UTC", () => {
    expect(localDay(at("2026-11-20T15:59:59.999Z"), "Asia/Shanghai")).toBe("2026-11-20");
    expect(localDay(at("2026-11-20T16:00:00Z"), "Asia/Shanghai")).toBe("2026-11-21");
    expect(localDay(at("2026-11-21T02:00:00Z"), "America/New_York")).toBe("2026-11-20");
  });

  it.each([
    ["2026-11-21", "Asia/Shanghai", "2026-11-20T16:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
    // Midnight does not exist: the day begins at 01:00.
    ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
    ["2026-03-29", "Asia/Beirut", "2026-03-28T22:00:00.000Z"],
    // Midnight occurs twice: the first one.
    ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
    // 24 hours were left out of this calendar.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
  ])("%s in %s starts at %s", (day, zone, start) => {
    expect(iso(startOfLocalDay(day, zone))).toBe(start);
  });

  it("holds its first instant, and the instant before belongs to the day before", () => {
    fc.assert(
      fc.property(anyDay, anyZone, (day, zone) => {
        const start = startOfLocalDay(day, zone);
        expect(localDay(start, zone)).toBe(day);
        expect(localDay(start - 1, zone)).toBe(addLocalDays(day, -1));
      }),
      { numRuns: 600 },
    );
  });

  it("is added to by the calendar, over month ends, leap days and clock changes", () => {
    expect(addLocalDays("2026-11-30", 1)).toBe("2026-12-01");
    expect(addLocalDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addLocalDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(localDaysBetween("2026-02-28", "2026-03-01")).toBe(1);
    expect(localDaysBetween("2026-03-01", "2026-02-28")).toBe(-1);
  });

  it("is refused when the calendar has no such day", () => {
    const notDays = [
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "0000-01-01",
      "2026-1-1",
      "今天",
      "",
    ];
    expect(notDays.filter(isLocalDay)).toEqual([]);
    expect(isLocalDay("2028-02-29")).toBe(true);
    expect(() => addLocalDays("2026-02-30", 1)).toThrowError("2026-11-21");
    expect(() => addLocalDays("9999-12-31", 1)).toThrowError("9999");
  });

  it("belongs to a week from Monday to Sunday", () => {
    expect(weekOf("2026-11-21")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(weekOf("2026-11-16")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(weekOf("2026-11-22")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(weekOf("2027-01-01")).toEqual({ from: "2026-12-28", to: "2027-01-03" });
  });
});

describe("the instant of a local time", () => {
  it.each([
    ["2026-11-21", "20:00", "Asia/Shanghai", "2026-11-21T12:00:00.000Z"],
    // In a gap: the first instant after it.
    ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29", "02:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"],
    ["2026-09-06", "00:30", "America/Santiago", "2026-09-06T04:00:00.000Z"],
    // In a fold: the first occurrence.
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-11-01", "01:59", "America/New_York", "2026-11-01T05:59:00.000Z"],
    ["2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00.000Z"],
    // The hours around both.
    ["2026-03-29", "01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
    ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
    // The end of a day is the start of the next.
    ["2026-11-21", "24:00", "Asia/Shanghai", "2026-11-21T16:00:00.000Z"],
  ])("%s %s in %s is %s", (day, time, zone, instant) => {
    expect(iso(instantOf(day, time, zone))).toBe(instant);
  });

  it("shows that very time again, or the end of the gap that swallowed it", () => {
    fc.assert(
      fc.property(anyDay, anyMinute, anyZone, (day, minute, zone) => {
        const instant = instantOf(day, clock(minute), zone);
        const shown = isoInstant(instant, zone).slice(0, 16);
        const wanted = `${day}T${clock(minute)}`;
        if (shown === wanted) return;
        expect(shown > wanted).toBe(true);
        expect(isoInstant(instant - 1, zone).slice(0, 16) < wanted).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it("is never earlier for a later time of the same day", () => {
    fc.assert(
      fc.property(anyDay, anyMinute, anyZone, (day, minute, zone) => {
        const instant = instantOf(day, clock(minute), zone);
        expect(instantOf(day, clock(minute + 1), zone)).toBeGreaterThanOrEqual(instant);
      }),
      { numRuns: 600 },
    );
  });

  it("takes times of day only", () => {
    expect(["0:00", "9:05", "23:59", "24:00"].map(minutesOfClock)).toEqual([0, 545, 1_439, 1_440]);
    for (const text of ["24:01", "25:00", "12:60", "8", "8:5", "-1:00", "08:00:00", "八点"]) {
      expect(() => minutesOfClock(text)).toThrowError("time of day");
    }
  });
});

describe("instants in words", () => {
  const instant = at("2026-11-01T12:05:59Z");

  it.each([
    ["zh", "time", "20:05"],
    ["zh", "date", "2026年11月1日"],
    ["zh", "dateTime", "2026年11月1日 20:05"],
    ["zh", "short", "11月1日 20:05"],
    ["en", "time", "20:05"],
    ["en", "date", "1 Nov 2026"],
    ["en", "dateTime", "1 Nov 2026, 20:05"],
    ["en", "short", "1 Nov, 20:05"],
  ] as const)("%s, %s: %s", (language, style, text) => {
    expect(formatInstant(instant, "Asia/Shanghai", language, style)).toBe(text);
  });

  it("write midnight as 00:00", () => {
    expect(formatInstant(at("2026-11-01T16:00:00Z"), "Asia/Shanghai", "en", "short")).toBe(
      "2 Nov, 00:00",
    );
    expect(formatInstant(-1, "UTC", "en", "dateTime")).toBe("31 Dec 1969, 23:59");
  });

  it("name days in both languages", () => {
    const styles = ["date", "short", "weekday"] as const;
    expect(styles.map((style) => formatDay("2026-11-22", "zh", style))).toEqual([
      "2026年11月22日",
      "11月22日",
      "周日",
    ]);
    expect(styles.map((style) => formatDay("2026-11-22", "en", style))).toEqual([
      "22 Nov 2026",
      "22 Nov",
      "Sun",
    ]);
  });

  it("carry the zone's own offset as ISO 8601", () => {
    expect(isoInstant(instant, "Asia/Shanghai")).toBe("2026-11-01T20:05:59+08:00");
    expect(isoInstant(instant, "America/St_Johns")).toBe("2026-11-01T08:35:59-03:30");
    fc.assert(
      fc.property(anyInstant, anyZone, (moment, zone) => {
        expect(at(isoInstant(moment, zone))).toBe(Math.floor(moment / 1_000) * 1_000);
      }),
    );
  });
});
