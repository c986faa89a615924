import { cleanInput, TimeInputError, type Wording } from "./time-input-error.js";
import {
  addLocalDays,
  type DaySpan,
  isLocalDay,
  localDay,
  localDaysBetween,
  startOfLocalDay,
  weekOf,
} from "./zoned-time.js";

/** Whole local days, and the instants they cover. */
export interface DateRange {
  /** First local day "YYYY-MM-DD". */
  readonly from: string;
  /** Last local day, included. */
  readonly to: string;
  /** Epoch ms of the first day's start. */
  readonly startsAt: number;
  /** Epoch ms of the end of the last day; not part of the range. */
  readonly endsAt: number;
}

/** Most days in one range. */
export const LONGEST_RANGE_DAYS = 400;

const LONGEST_TEXT = 60;
const EXPECTED =
  "today, yesterday, 7d, 30d, this week, last week, this month, last month, or FROM..TO such as 2026-11-01..2026-11-20";

const FORMS: Wording = {
  zh: "可以写：今天、昨天、近7天、近30天、本周、上周、本月、上月，或 2026-11-01..2026-11-20。",
  en: `Write ${EXPECTED}.`,
};

function refuse(field: string, wording: Wording): never {
  throw new TimeInputError({
    field,
    wording: { zh: `${wording.zh}${FORMS.zh}`, en: `${wording.en} ${FORMS.en}` },
    expected: EXPECTED,
  });
}

function monthOf(day: string): DaySpan {
  const from = `${day.slice(0, 8)}01`;
  const next = addLocalDays(from, 31);
  return { from, to: addLocalDays(`${next.slice(0, 8)}01`, -1) };
}

type RangeOfToday = (today: string) => DaySpan;

function daysBack(days: number): RangeOfToday {
  return (today) => ({ from: addLocalDays(today, 1 - days), to: today });
}

const todayOnly: RangeOfToday = daysBack(1);
const yesterday: RangeOfToday = (today) => {
  const day = addLocalDays(today, -1);
  return { from: day, to: day };
};
const thisWeek: RangeOfToday = (today) => ({ from: weekOf(today).from, to: today });
const lastWeek: RangeOfToday = (today) => weekOf(addLocalDays(today, -7));
const thisMonth: RangeOfToday = (today) => ({ from: monthOf(today).from, to: today });
const lastMonth: RangeOfToday = (today) => monthOf(addLocalDays(monthOf(today).from, -1));

const NAMED: ReadonlyMap<string, RangeOfToday> = new Map([
  ["today", todayOnly],
  ["今天", todayOnly],
  ["今日", todayOnly],
  ["yesterday", yesterday],
  ["昨天", yesterday],
  ["昨日", yesterday],
  ["this week", thisWeek],
  ["week", thisWeek],
  ["本周", thisWeek],
  ["这周", thisWeek],
  ["这个星期", thisWeek],
  ["last week", lastWeek],
  ["上周", lastWeek],
  ["上个星期", lastWeek],
  ["上星期", lastWeek],
  ["this month", thisMonth],
  ["本月", thisMonth],
  ["这个月", thisMonth],
  ["last month", lastMonth],
  ["上月", lastMonth],
  ["上个月", lastMonth],
  ["一周", daysBack(7)],
  ["近一周", daysBack(7)],
  ["最近一周", daysBack(7)],
  ["近一个月", daysBack(30)],
  ["最近一个月", daysBack(30)],
]);

const DAYS_BACK = /^(?:last |past |近|最近|过去)? ?(\d{1,4}) ?(?:d|day|days|天|日)$/;
const FULL_DATE = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日|号)?$/;
const MONTH_AND_DAY = /^(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日|号)?$/;
const DAY_ONLY = /^(\d{1,2})(?:日|号)$/;
const SEPARATORS = ["...", "..", "~", "至", "到", " to ", "—", "–", " - "] as const;
/** A range without years may run over New Year, but hardly for longer than this. */
const LONGEST_TURN_OF_YEAR = 183;

function makeDay(year: string, month: string, day: string): string {
  const text = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (isLocalDay(text)) return text;
  return refuse("day", {
    zh: `日历上没有 ${text} 这一天。`,
    en: `There is no ${text} in the calendar.`,
  });
}

function notUnderstood(): never {
  return refuse("range", {
    zh: "没看懂这个日期范围。",
    en: "This date range is not understood.",
  });
}

/** The latest day of that month and date that is not after `today`. */
function latestDay(month: string, day: string, today: string): string {
  const monthAndDay = `${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const year = Number(today.slice(0, 4)) - (monthAndDay > today.slice(5) ? 1 : 0);
  return makeDay(String(year), month, day);
}

function readFrom(text: string, today: string): string {
  const full = FULL_DATE.exec(text);
  if (full !== null) return makeDay(full[1] ?? "", full[2] ?? "", full[3] ?? "");
  const short = MONTH_AND_DAY.exec(text);
  if (short !== null) return latestDay(short[1] ?? "", short[2] ?? "", today);
  return todayOrYesterday(text, today);
}

function todayOrYesterday(text: string, today: string): string {
  const named = NAMED.get(text);
  if (named !== todayOnly && named !== yesterday) return notUnderstood();
  return named(today).from;
}

/** The end of a range takes what it leaves out (year, month) from the start. */
function readTo(text: string, from: string, today: string): string {
  const full = FULL_DATE.exec(text);
  if (full !== null) return makeDay(full[1] ?? "", full[2] ?? "", full[3] ?? "");
  const dayOnly = DAY_ONLY.exec(text);
  if (dayOnly !== null) return makeDay(from.slice(0, 4), from.slice(5, 7), dayOnly[1] ?? "");
  const short = MONTH_AND_DAY.exec(text);
  if (short === null) return todayOrYesterday(text, today);
  const [month, day] = [short[1] ?? "", short[2] ?? ""];
  if (`${month.padStart(2, "0")}-${day.padStart(2, "0")}` >= from.slice(5)) {
    return makeDay(from.slice(0, 4), month, day);
  }
  const nextYear = makeDay(String(Number(from.slice(0, 4)) + 1), month, day);
  return localDaysBetween(from, nextYear) <= LONGEST_TURN_OF_YEAR
    ? nextYear
    : makeDay(from.slice(0, 4), month, day);
}

function readSpan(text: string, today: string): DaySpan {
  const named = NAMED.get(text) ?? NAMED.get(text.replaceAll(" ", ""));
  if (named !== undefined) return named(today);
  const back = DAYS_BACK.exec(text);
  // "20日" alone is a day of a month nobody named, not twenty days.
  if (back !== null && !DAY_ONLY.test(text)) return readDaysBack(Number(back[1]), today);
  const separator = SEPARATORS.find((candidate) => text.includes(candidate));
  if (separator === undefined) {
    const day = readFrom(text, today);
    return { from: day, to: day };
  }
  const [first = "", second = "", ...more] = text.split(separator).map((part) => part.trim());
  if (more.length > 0) return notUnderstood();
  const from = readFrom(first, today);
  return { from, to: readTo(second, from, today) };
}

function readDaysBack(days: number, today: string): DaySpan {
  if (days < 1 || days > LONGEST_RANGE_DAYS) {
    return refuse("range", {
      zh: `天数要在 1 到 ${LONGEST_RANGE_DAYS} 之间。`,
      en: `The number of days is from 1 to ${LONGEST_RANGE_DAYS}.`,
    });
  }
  return daysBack(days)(today);
}

/** The range of whole local days `from` to `to` (both included) in `zone`. Refuses what
 * {@link parseDateRange} refuses: an end before the start, and more than 400 days. */
export function rangeOfDays(span: DaySpan, zone: string): DateRange {
  const { from, to } = span;
  const days = localDaysBetween(from, to) + 1;
  if (days < 1) {
    return refuse("to", {
      zh: `开始日期 ${from} 晚于结束日期 ${to}。`,
      en: `The range starts on ${from}, after its end on ${to}.`,
    });
  }
  if (days > LONGEST_RANGE_DAYS) {
    return refuse("to", {
      zh: `日期范围最长 ${LONGEST_RANGE_DAYS} 天，这里有 ${days} 天。`,
      en: `A range has at most ${LONGEST_RANGE_DAYS} days; this one has ${days}.`,
    });
  }
  return {
    from,
    to,
    startsAt: startOfLocalDay(from, zone),
    endsAt: startOfLocalDay(addLocalDays(to, 1), zone),
  };
}

/**
 * Reads a date range as people write it, in Chinese or English: a name (`今天`, `last week`),
 * days back (`7d`, `近7天`: that many local days, today included), one day, or `FROM..TO`
 * (`11-01..11-20`, `11月1日到20日`). `本周` and `本月` end today. Days without a year are the latest
 * that are not in the future. Throws a {@link TimeInputError} that says what is accepted.
 */
export function parseDateRange(text: string, zone: string, now: number): DateRange {
  const cleaned = cleanInput(text, LONGEST_TEXT);
  if (cleaned === null || cleaned === "") return notUnderstood();
  return rangeOfDays(readSpan(cleaned, localDay(now, zone)), zone);
}
