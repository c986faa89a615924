import type { Language } from "#entities/vocabulary.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { TimeInputError } from "./time-input-error.js";
import { offsetAt } from "./zone-offset.js";

/** What a wall clock and a calendar on the wall show in one zone at one instant. */
export interface ZonedParts {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
  /** 0–23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** ISO 8601: Monday 1 to Sunday 7. */
  readonly weekday: number;
  /** Minutes ahead of UTC; a fraction only before zones had whole minutes. */
  readonly offsetMinutes: number;
}

/** A stretch of local days, both ends included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** How much of an instant is written out. `short` leaves out the year. */
export type InstantStyle = "time" | "date" | "dateTime" | "short";

const MONTHS_EN = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
] as const;
const WEEKDAYS = {
  zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
} as const;
const REMEMBERED_DAYS = 4_000;

const dayTexts = new Map<number, string>();
let lastDayNumber = Number.NaN;
let lastDayText = "";

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

function writeDay(dayNumber: number): string {
  const date = new Date(dayNumber * DAY);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) {
    throw new TimeInputError({
      field: "day",
      wording: {
        zh: "日期超出可用范围（公元 1 年至 9999 年）。",
        en: "This day is outside the years 1 to 9999.",
      },
      expected: "a day within the years 1 to 9999",
    });
  }
  return `${pad(year, 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

function dayText(dayNumber: number): string {
  if (dayNumber === lastDayNumber) return lastDayText;
  let text = dayTexts.get(dayNumber);
  if (text === undefined) {
    text = writeDay(dayNumber);
    if (dayTexts.size >= REMEMBERED_DAYS) dayTexts.clear();
    dayTexts.set(dayNumber, text);
  }
  lastDayNumber = dayNumber;
  lastDayText = text;
  return text;
}

/** Days since 1970-01-01 of a calendar day, or `null` for text that is no day of the calendar. */
function readDay(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
  const number = date.getTime() / DAY;
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 && writeDay(number) === day ? number : null;
}

function dayNumberOf(day: string): number {
  const number = readDay(day);
  if (number === null) {
    throw new TimeInputError({
      field: "day",
      wording: {
        zh: "日期不存在或格式不对，请写成 2026-11-21 这样。",
        en: "This is not a day of the calendar; write it like 2026-11-21.",
      },
      expected: "YYYY-MM-DD",
    });
  }
  return number;
}

/** True for "YYYY-MM-DD" that is a real day of the (Gregorian) calendar. */
export function isLocalDay(text: string): boolean {
  return readDay(text) !== null;
}

/** The local date and time of `instant` (epoch ms) in `zone`. */
export function zonedParts(instant: number, zone: string): ZonedParts {
  const offset = offsetAt(instant, zone);
  const local = new Date(instant + offset);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    weekday: ((local.getUTCDay() + 6) % 7) + 1,
    offsetMinutes: offset / MINUTE,
  };
}

/** The local day "YYYY-MM-DD" of `instant` (epoch ms) in `zone`. Cheap: made for every message. */
export function localDay(instant: number, zone: string): string {
  return dayText(Math.floor((instant + offsetAt(instant, zone)) / DAY));
}

/** First instant in (`low`, `high`] whose offset is no longer that of `low`. */
function transitionBetween(low: number, high: number, zone: string): number {
  const before = offsetAt(low, zone);
  let [early, late] = [low, high];
  while (late - early > 1) {
    const middle = early + Math.floor((late - early) / 2);
    if (offsetAt(middle, zone) === before) early = middle;
    else late = middle;
  }
  return late;
}

/** `wall` is a local time written as if it were UTC. Gap: first instant after it; fold: the first. */
function instantOfWall(wall: number, zone: string): number {
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (early + offsetAt(early, zone) === wall) return early;
  if (late + offsetAt(late, zone) === wall) return late;
  return transitionBetween(early, late, zone);
}

/**
 * Epoch ms at which the local day begins: 00:00, or the first instant that exists after it where
 * the clocks skip midnight. A day that the zone skipped altogether begins where the next one does.
 */
export function startOfLocalDay(day: string, zone: string): number {
  return instantOfWall(dayNumberOf(day) * DAY, zone);
}

/** The day `days` after `day` (before it when negative), by the calendar alone. */
export function addLocalDays(day: string, days: number): string {
  return dayText(dayNumberOf(day) + days);
}

/** Days from `from` to `to` by the calendar; negative when `to` is earlier, 0 for the same day. */
export function localDaysBetween(from: string, to: string): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** ISO weekday of a local day: Monday 1 to Sunday 7. */
export function weekdayOf(day: string): number {
  return ((((dayNumberOf(day) + 3) % 7) + 7) % 7) + 1;
}

/** The week from Monday to Sunday that holds `day`. */
export function weekOf(day: string): DaySpan {
  const from = addLocalDays(day, 1 - weekdayOf(day));
  return { from, to: addLocalDays(from, 6) };
}

/** Minutes since midnight of "H:mm" or "HH:mm"; "24:00" (1440) is the end of the day. */
export function minutesOfClock(text: string): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const minutes = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  if (!(minutes <= 1_440) || Number(match?.[2]) > 59) {
    throw new TimeInputError({
      field: "time",
      wording: {
        zh: "时间格式不对，请写成 00:00 到 24:00 之间的 20:00 这样。",
        en: "This is not a time of day; write it like 20:00, from 00:00 to 24:00.",
      },
      expected: "HH:mm from 00:00 to 24:00",
    });
  }
  return minutes;
}

/**
 * Epoch ms at which clocks in `zone` show `time` ("HH:mm") on `day`. A time that the clocks skip
 * gives the first instant after the gap; a time that occurs twice gives the first occurrence.
 * "24:00" is the start of the next day.
 */
export function instantOf(day: string, time: string, zone: string): number {
  return instantOfWall(dayNumberOf(day) * DAY + minutesOfClock(time) * MINUTE, zone);
}

/**
 * A local day in words that are the same on every machine: "2026年11月21日" / "21 Nov 2026",
 * `short` "11月21日" / "21 Nov", `weekday` "周六" / "Sat".
 */
export function formatDay(
  day: string,
  language: Language,
  style: "date" | "short" | "weekday",
): string {
  if (style === "weekday") return WEEKDAYS[language][weekdayOf(day) - 1] ?? "";
  const date = new Date(dayNumberOf(day) * DAY);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  if (language === "zh") {
    return `${style === "date" ? `${year}年` : ""}${month + 1}月${dayOfMonth}日`;
  }
  return `${dayOfMonth} ${MONTHS_EN[month] ?? ""}${style === "date" ? ` ${year}` : ""}`;
}

/**
 * An instant in local words that are the same on every machine: `time` "20:05", `date`
 * "2026年11月21日" / "21 Nov 2026", `dateTime` both, `short` without the year.
 */
export function formatInstant(
  instant: number,
  zone: string,
  language: Language,
  style: InstantStyle,
): string {
  const local = instant + offsetAt(instant, zone);
  const sinceMidnight = local - Math.floor(local / DAY) * DAY;
  const hour = Math.floor(sinceMidnight / HOUR);
  const time = `${pad(hour)}:${pad(Math.floor((sinceMidnight - hour * HOUR) / MINUTE))}`;
  if (style === "time") return time;
  const day = localDay(instant, zone);
  if (style === "date") return formatDay(day, language, "date");
  const date = formatDay(day, language, style === "dateTime" ? "date" : "short");
  return language === "zh" ? `${date} ${time}` : `${date}, ${time}`;
}

/** ISO 8601 with the zone's own offset, to the second: "2026-11-21T20:05:00+08:00". */
export function isoInstant(instant: number, zone: string): string {
  const { hour, minute, second, offsetMinutes } = zonedParts(instant, zone);
  const ahead = Math.abs(Math.trunc(offsetMinutes));
  const sign = offsetMinutes < 0 ? "-" : "+";
  const time = `${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return `${localDay(instant, zone)}T${time}${sign}${pad(Math.floor(ahead / 60))}:${pad(ahead % 60)}`;
}
