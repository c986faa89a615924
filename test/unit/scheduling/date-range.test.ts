import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDateRange, rangeOfDays } from "#src/scheduling/date-range.js";
import { addLocalDays, localDaysBetween } from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";

const ZONE = "Asia/Shanghai";
/** Saturday 2026-11-21 in Shanghai, still Friday in UTC. */
const NOW = Date.parse("2026-11-20T17:30:00Z");

function days(text: string, now = NOW): string {
  const { from, to } = parseDateRange(text, ZONE, now);
  return `${from} ${to}`;
}

describe("date ranges in words", () => {
  it.each([
    ["today", "2026-11-21 2026-11-21"],
    ["今天", "2026-11-21 2026-11-21"],
    ["yesterday", "2026-11-20 2026-11-20"],
    ["昨天", "2026-11-20 2026-11-20"],
    ["7d", "2026-11-15 2026-11-21"],
    ["7天", "2026-11-15 2026-11-21"],
    ["近7天", "2026-11-15 2026-11-21"],
    ["最近 7 天", "2026-11-15 2026-11-21"],
    ["last 7 days", "2026-11-15 2026-11-21"],
    ["Past 7 Days", "2026-11-15 2026-11-21"],
    ["7天", "2026-11-15 2026-11-21"],
    ["1d", "2026-11-21 2026-11-21"],
    ["30d", "2026-10-23 2026-11-21"],
    ["过去30天", "2026-10-23 2026-11-21"],
    ["400d", "2025-10-18 2026-11-21"],
    ["this week", "2026-11-16 2026-11-21"],
    ["本周", "2026-11-16 2026-11-21"],
    ["Last Week", "2026-11-09 2026-11-15"],
    ["上周", "2026-11-09 2026-11-15"],
    ["this month", "2026-11-01 2026-11-21"],
    ["本月", "2026-11-01 2026-11-21"],
    ["last month", "2026-10-01 2026-10-31"],
    ["上个月", "2026-10-01 2026-10-31"],
    ["近一周", "2026-11-15 2026-11-21"],
    ["  today  ", "2026-11-21 2026-11-21"],
  ])("%s", (text, expected) => {
    expect(days(text)).toBe(expected);
  });

  it.each([
    ["2026-11-01..2026-11-20", "2026-11-01 2026-11-20"],
    ["2026-11-01 .. 2026-11-20", "2026-11-01 2026-11-20"],
    ["2026/11/1~2026/11/20", "2026-11-01 2026-11-20"],
    ["2026-11-01 to 2026-11-20", "2026-11-01 2026-11-20"],
    ["2026年11月1日至2026年11月20日", "2026-11-01 2026-11-20"],
    ["11-01..11-20", "2026-11-01 2026-11-20"],
    ["11.1..11.20", "2026-11-01 2026-11-20"],
    ["11/1 - 11/20", "2026-11-01 2026-11-20"],
    ["11月1日到11月20日", "2026-11-01 2026-11-20"],
    ["11月1号到20号", "2026-11-01 2026-11-20"],
    ["11月1日~今天", "2026-11-01 2026-11-21"],
    ["2026-11-20", "2026-11-20 2026-11-20"],
    ["11月20日", "2026-11-20 2026-11-20"],
    ["2028-02-29", "2028-02-29 2028-02-29"],
    // Without a year: the latest that has begun.
    ["12-01..12-10", "2025-12-01 2025-12-10"],
    ["11-15..11-25", "2026-11-15 2026-11-25"],
    ["11-21", "2026-11-21 2026-11-21"],
    ["11-22", "2025-11-22 2025-11-22"],
    ["2025-12-20..01-03", "2025-12-20 2026-01-03"],
  ])("%s", (text, expected) => {
    expect(days(text)).toBe(expected);
  });

  it("without years may run over New Year", () => {
    const january = Date.parse("2027-01-05T04:00:00Z");
    expect(days("12-20..01-03", january)).toBe("2026-12-20 2027-01-03");
    expect(days("12月20日到1月3日", january)).toBe("2026-12-20 2027-01-03");
    expect(days("上个月", january)).toBe("2026-12-01 2026-12-31");
    expect(days("本周", january)).toBe("2027-01-04 2027-01-05");
  });

  it("covers whole local days, 23 or 25 hours long where the clocks change", () => {
    const hours = (text: string, zone: string): number => {
      const range = parseDateRange(text, zone, NOW);
      return (range.endsAt - range.startsAt) / 3_600_000;
    };
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-09-06", "America/Santiago")).toBe(23);
    expect(hours("2026-11-01..2026-11-20", ZONE)).toBe(480);
    const today = parseDateRange("today", ZONE, NOW);
    expect(today.startsAt).toBe(Date.parse("2026-11-20T16:00:00Z"));
    expect(today.endsAt).toBe(Date.parse("2026-11-21T16:00:00Z"));
  });

  it("depends on the zone what today is", () => {
    expect(parseDateRange("today", "UTC", NOW).from).toBe("2026-11-20");
    expect(parseDateRange("today", ZONE, NOW).from).toBe("2026-11-21");
  });
});

describe("date ranges that are refused", () => {
  it.each([
    ["2026-11-20..2026-11-01", "to", "after its end"],
    ["11-20..11-01", "to", "after its end"],
    ["11月20日到1日", "to", "after its end"],
    ["2025-01-01..2026-11-20", "to", "at most 400 days"],
    ["401d", "range", "from 1 to 400"],
    ["0d", "range", "from 1 to 400"],
    ["2026-02-30", "day", "no 2026-02-30"],
    ["02-30..03-05", "day", "no 2026-02-30"],
    ["2026-02-29..2026-03-01", "day", "no 2026-02-29"],
    ["2026-13-01", "day", "no 2026-13-01"],
    ["", "range", "not understood"],
    ["next week", "range", "not understood"],
    ["2026-11-01..", "range", "not understood"],
    ["..2026-11-01", "range", "not understood"],
    ["2026-11-01..2026-11-02..2026-11-03", "range", "not understood"],
    ["本周到今天", "range", "not understood"],
    ["20日", "range", "not understood"],
    ["7", "range", "not understood"],
    ["x".repeat(10_000), "range", "not understood"],
  ])("%#: the answer says what is wrong and what is accepted", (text, field, reason) => {
    let failure: unknown;
    try {
      parseDateRange(text, ZONE, NOW);
    } catch (error) {
      failure = error;
    }
    if (!isAppError(failure, "invalid-input")) throw new Error(`accepted ${text}`);
    expect(failure.detail.field).toBe(field);
    expect(failure.message).toContain(reason);
    expect(failure.message).toContain("last week");
    expect(failure.message).toContain("近7天");
    expect(failure.detail.expected).toContain("FROM..TO");
  });

  it("never answers with an impossible range, whatever is written", () => {
    const piece = fc.constantFrom(
      ..."0 1 2 9 11 20 2026 - / . .. 月 日 到 d 天 近 今天 week last ".split(" "),
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        try {
          const range = parseDateRange(pieces.join(""), ZONE, NOW);
          const length = localDaysBetween(range.from, range.to) + 1;
          expect(length).toBeGreaterThanOrEqual(1);
          expect(length).toBeLessThanOrEqual(400);
          expect(range.endsAt - range.startsAt).toBe(length * 86_400_000);
        } catch (error) {
          if (!isAppError(error, "invalid-input")) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds for ranges given as days, too", () => {
    const from = "2026-01-01";
    expect(rangeOfDays({ from, to: addLocalDays(from, 399) }, ZONE).to).toBe("2027-02-04");
    expect(() => rangeOfDays({ from, to: addLocalDays(from, 400) }, ZONE)).toThrowError("401");
    expect(() => rangeOfDays({ from, to: addLocalDays(from, -1) }, ZONE)).toThrowError("after");
  });
});
