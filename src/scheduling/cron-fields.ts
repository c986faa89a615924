import type { Wording } from "./time-input-error.js";

/** The five fields of a cron pattern. */
export type CronFieldName = "minute" | "hour" | "dayOfMonth" | "month" | "dayOfWeek";

/** A cron pattern taken apart; every list is ascending and without repeats. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Days 1–31; empty when only the last day is meant. */
  readonly daysOfMonth: readonly number[];
  /** True when the pattern names `L`, the last day of the month. */
  readonly lastDayOfMonth: boolean;
  readonly months: readonly number[];
  /** Sunday 0 to Saturday 6. */
  readonly weekdays: readonly number[];
  /** `1#2` is weekday 1, nth 2; `5L` is weekday 5, nth "last". */
  readonly nthWeekdays: readonly { readonly weekday: number; readonly nth: number | "last" }[];
  readonly anyDayOfMonth: boolean;
  readonly anyWeekday: boolean;
}

/** Why a pattern was refused. */
export interface CronProblem {
  readonly field: CronFieldName | "pattern";
  readonly wording: Wording;
  readonly expected: string;
}

interface FieldRule {
  readonly name: CronFieldName;
  readonly zh: string;
  readonly en: string;
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
  readonly expected: string;
  readonly expectedZh: string;
}

const MONTH_NAMES = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const WEEKDAY_NAMES = "SUN MON TUE WED THU FRI SAT".split(" ");

const RULES = {
  minute: {
    name: "minute",
    zh: "分钟",
    en: "minute",
    low: 0,
    high: 59,
    names: [],
    expected: "*, */n, or 0-59 with lists and ranges",
    expectedZh: "*、*/n，或 0-59 之间的数（可用逗号并列、用 - 表示区间）",
  },
  hour: {
    name: "hour",
    zh: "小时",
    en: "hour",
    low: 0,
    high: 23,
    names: [],
    expected: "*, */n, or 0-23 with lists and ranges",
    expectedZh: "*、*/n，或 0-23 之间的数（可用逗号并列、用 - 表示区间）",
  },
  dayOfMonth: {
    name: "dayOfMonth",
    zh: "日期",
    en: "day of month",
    low: 1,
    high: 31,
    names: [],
    expected: "*, */n, L, or 1-31 with lists and ranges",
    expectedZh: "*、*/n、L（最后一天），或 1-31 之间的数（可用逗号并列、用 - 表示区间）",
  },
  month: {
    name: "month",
    zh: "月份",
    en: "month",
    low: 1,
    high: 12,
    names: MONTH_NAMES,
    expected: "*, */n, or 1-12 or JAN-DEC with lists and ranges",
    expectedZh: "*、*/n，或 1-12、JAN-DEC（可用逗号并列、用 - 表示区间）",
  },
  dayOfWeek: {
    name: "dayOfWeek",
    zh: "星期",
    en: "weekday",
    low: 0,
    high: 7,
    names: WEEKDAY_NAMES,
    expected: "*, 0-7 or SUN-SAT with lists and ranges, 5L (last Friday), 1#1 (first Monday)",
    expectedZh:
      "*、0-7 或 SUN-SAT（可用逗号并列、用 - 表示区间）、5L（最后一个周五）、1#1（第一个周一）",
  },
} as const satisfies Record<CronFieldName, FieldRule>;

const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The outcome of reading a pattern. */
export type CronReading =
  | { readonly kind: "ok"; readonly pattern: string; readonly fields: CronFields }
  | { readonly kind: "refused"; readonly problem: CronProblem };

function refusePattern(zh: string, en: string, expected: string): CronReading {
  return { kind: "refused", problem: { field: "pattern", wording: { zh, en }, expected } };
}

function refuseField(rule: FieldRule): CronReading {
  return {
    kind: "refused",
    problem: {
      field: rule.name,
      wording: {
        zh: `定时表达式的“${rule.zh}”一栏无法识别，可以写：${rule.expectedZh}。`,
        en: `The ${rule.en} field of the schedule is not understood; it takes ${rule.expected}.`,
      },
      expected: rule.expected,
    },
  };
}

function readNumber(text: string, rule: FieldRule): number | null {
  const named = rule.names.indexOf(text);
  if (named >= 0) return named + (rule.low === 0 ? 0 : 1);
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= rule.low && value <= rule.high ? value : null;
}

function readSpan(text: string, rule: FieldRule): readonly [number, number] | null {
  // A star in the weekday field ends at 6: 7 is Sunday again.
  if (text === "*") return [rule.low, rule.name === "dayOfWeek" ? 6 : rule.high];
  const ends = text.split("-");
  if (ends.length > 2) return null;
  const from = readNumber(ends[0] ?? "", rule);
  // FRI-SUN: a week that ends on Sunday is how people write it.
  const sundayLast = rule.name === "dayOfWeek" && ends[1] === "SUN";
  const to = ends[1] === undefined ? from : sundayLast ? 7 : readNumber(ends[1], rule);
  return from === null || to === null || from > to ? null : [from, to];
}

/** Values of one item of a list: a star, a number or a range, the first and last also with a step. */
function readItem(item: string, rule: FieldRule): readonly number[] | null {
  const [body = "", step, ...rest] = item.split("/");
  const span = readSpan(body, rule);
  if (span === null || rest.length > 0) return null;
  if (step === undefined) return range(span[0], span[1], 1);
  const width = rule.name === "dayOfWeek" ? 7 : rule.high - rule.low + 1;
  const every = /^\d{1,2}$/.test(step) ? Number(step) : 0;
  if (every < 1 || every > width || !(body === "*" || body.includes("-"))) return null;
  return range(span[0], span[1], every);
}

function range(from: number, to: number, step: number): readonly number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function ascending(values: Iterable<number>): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function readList(text: string, rule: FieldRule): readonly number[] | null {
  const values: number[] = [];
  for (const item of text.split(",")) {
    const read = readItem(item, rule);
    if (read === null) return null;
    values.push(...read);
  }
  return ascending(values);
}

type NthWeekday = CronFields["nthWeekdays"][number];

function readNthWeekday(item: string): NthWeekday | null {
  const match = /^([0-7]|[A-Z]{3})(?:L|#([1-5]))$/.exec(item);
  const weekday = readNumber(match?.[1] ?? "", RULES.dayOfWeek);
  if (match === null || weekday === null) return null;
  return { weekday: weekday % 7, nth: match[2] === undefined ? "last" : Number(match[2]) };
}

function readWeekdays(text: string): Pick<CronFields, "weekdays" | "nthWeekdays"> | null {
  const plain: number[] = [];
  const nth: NthWeekday[] = [];
  for (const item of text.split(",")) {
    const special = readNthWeekday(item);
    const read = special === null ? readItem(item, RULES.dayOfWeek) : [];
    if (read === null) return null;
    if (special !== null) nth.push(special);
    plain.push(...read.map((weekday) => weekday % 7));
  }
  return { weekdays: ascending(plain), nthWeekdays: nth };
}

function readDaysOfMonth(text: string): Pick<CronFields, "daysOfMonth" | "lastDayOfMonth"> | null {
  const items = text.split(",");
  const numbered = items.filter((item) => item !== "L");
  const days = numbered.length === 0 ? [] : readList(numbered.join(","), RULES.dayOfMonth);
  return days === null
    ? null
    : { daysOfMonth: days, lastDayOfMonth: numbered.length < items.length };
}

function someDayExists(days: readonly number[], months: readonly number[]): boolean {
  return months.some((month) => days.some((day) => day <= (MOST_DAYS[month - 1] ?? 0)));
}

const BOTH_DAYS = {
  zh: "日期和星期不能同时限定：标准 cron 会把“0 9 13 * 5”当成“每月13日，以及每个周五”，而不是“13日恰逢周五”。请把其中一栏改成 *。",
  en: "Set the day of month or the weekday, not both: cron reads 0 9 13 * 5 as every 13th and every Friday, not Friday the 13th. Put * in one of the two fields.",
} as const;

/** Reads and checks a five-field cron pattern (longest 120 characters), without throwing. */
export function readCron(text: string): CronReading {
  const parts = text.length > 120 ? [] : text.toUpperCase().split(/\s/).filter(Boolean);
  if (parts.length === 6 || parts.length === 7) {
    return refusePattern(
      "定时表达式只有五栏（分 时 日 月 星期），不支持秒和年。",
      "A schedule has five fields (minute hour day month weekday); seconds and years are not taken.",
      "minute hour day month weekday, e.g. 0 20 * * *",
    );
  }
  const [minute, hour, day, month, weekday] = parts;
  if (parts.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    return refusePattern(
      "定时表达式要有五栏：分 时 日 月 星期，例如 0 20 * * * 表示每天 20:00。",
      "A schedule has five fields: minute hour day month weekday, e.g. 0 20 * * * for every day at 20:00.",
      "minute hour day month weekday, e.g. 0 20 * * *",
    );
  }
  return readFields({ minute, hour, dayOfMonth: day, month, dayOfWeek: weekday });
}

function readFields(texts: Readonly<Record<CronFieldName, string>>): CronReading {
  const minutes = readList(texts.minute, RULES.minute);
  if (minutes === null) return refuseField(RULES.minute);
  const hours = readList(texts.hour, RULES.hour);
  if (hours === null) return refuseField(RULES.hour);
  const days = readDaysOfMonth(texts.dayOfMonth);
  if (days === null) return refuseField(RULES.dayOfMonth);
  const months = readList(texts.month, RULES.month);
  if (months === null) return refuseField(RULES.month);
  const week = readWeekdays(texts.dayOfWeek);
  if (week === null) return refuseField(RULES.dayOfWeek);
  const marks = { anyDayOfMonth: texts.dayOfMonth === "*", anyWeekday: texts.dayOfWeek === "*" };
  const { minute, hour, dayOfMonth, month, dayOfWeek } = texts;
  const pattern = [minute, hour, dayOfMonth, month, dayOfWeek].join(" ");
  return judgeDays({ minutes, hours, months, ...days, ...week, ...marks }, pattern);
}

function judgeDays(fields: CronFields, pattern: string): CronReading {
  if (!fields.anyDayOfMonth && !fields.anyWeekday) {
    return refusePattern(BOTH_DAYS.zh, BOTH_DAYS.en, "* as day of month or as weekday");
  }
  if (!fields.lastDayOfMonth && !someDayExists(fields.daysOfMonth, fields.months)) {
    return refusePattern(
      "所选月份里没有这一天，这个定时永远不会触发。月底请用 L。",
      "The chosen months never have that day, so this schedule would never fire. Use L for the last day of the month.",
      "a day that exists in one of the months, or L",
    );
  }
  return { kind: "ok", pattern, fields };
}
