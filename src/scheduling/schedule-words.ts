import type { Language } from "#entities/vocabulary.js";
import { type CronFields, readCron } from "./cron-fields.js";
import { SCHEDULE_HINTS } from "./schedule-lexicon.js";
import { parseScheduleTokens } from "./schedule-parser.js";
import { tokenizeSchedule } from "./schedule-tokens.js";
import { cleanInput, type Wording } from "./time-input-error.js";

/** A cron pattern, or what is missing, in both languages. */
export type ScheduleWords =
  | { readonly kind: "ok"; readonly pattern: string }
  | { readonly kind: "unclear"; readonly hint: Wording };

const LONGEST_TEXT = 120;
/** More times a day than this read better as the pattern. */
const MOST_TIMES = 6;

function looksLikeCron(text: string): boolean {
  const parts = text.split(" ");
  return text.includes("*") || (parts.length >= 4 && parts.every((p) => /^[\dl*/,#-]+$/.test(p)));
}

/**
 * Reads a schedule in Chinese or English (`每周五18:30`, `weekdays at 9am`, `每月最后一天 20:00`) or in
 * cron syntax. Words that could mean two things are not guessed: the hint says what to add.
 */
export function scheduleFromWords(text: string): ScheduleWords {
  const cleaned = cleanInput(text, LONGEST_TEXT);
  if (cleaned === null) return { kind: "unclear", hint: SCHEDULE_HINTS.tooLong };
  if (looksLikeCron(cleaned)) {
    const reading = readCron(cleaned);
    return reading.kind === "ok"
      ? { kind: "ok", pattern: reading.pattern }
      : { kind: "unclear", hint: reading.problem.wording };
  }
  const tokens = tokenizeSchedule(cleaned);
  if (tokens === null || tokens.length === 0) {
    return { kind: "unclear", hint: SCHEDULE_HINTS.notUnderstood };
  }
  const parse = parseScheduleTokens(tokens);
  return parse.kind === "ok" ? parse : { kind: "unclear", hint: SCHEDULE_HINTS[parse.hint] };
}

const WEEKDAYS = {
  zh: ["日", "一", "二", "三", "四", "五", "六"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
} as const;
const ORDINALS_ZH = ["", "第一个", "第二个", "第三个", "第四个", "第五个"] as const;
const ORDINALS_EN = ["", "first", "second", "third", "fourth", "fifth"] as const;

function join(items: readonly string[], language: Language): string {
  if (language === "zh") return items.join("、");
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

function ordinalEn(day: number): string {
  const teen = day >= 11 && day <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function describeWeekdays(fields: CronFields, language: Language): string {
  const list = fields.weekdays.join(",");
  if (list === "1,2,3,4,5") return language === "zh" ? "工作日" : "weekdays";
  if (list === "0,6") return language === "zh" ? "周末" : "weekends";
  // Cron counts from Sunday, people from Monday.
  const mondayFirst = fields.weekdays.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const names = mondayFirst.map((weekday) => WEEKDAYS[language][weekday] ?? "");
  return language === "zh" ? `每周${join(names, "zh")}` : `every ${join(names, "en")}`;
}

function describeNth(fields: CronFields, language: Language): string | null {
  if (fields.weekdays.length > 0) return null;
  const names = fields.nthWeekdays.map(({ weekday, nth }) =>
    language === "zh"
      ? `${nth === "last" ? "最后一个" : ORDINALS_ZH[nth]}周${WEEKDAYS.zh[weekday]}`
      : `${nth === "last" ? "last" : ORDINALS_EN[nth]} ${WEEKDAYS.en[weekday]}`,
  );
  const all = join(names, language);
  return language === "zh" ? `每月${all}` : `${all} of every month`;
}

function describeMonthDays(fields: CronFields, language: Language): string {
  const last = language === "zh" ? "最后一天" : "last day";
  const days = fields.daysOfMonth.map((day) => (language === "zh" ? `${day}号` : ordinalEn(day)));
  const all = join([...days, ...(fields.lastDayOfMonth ? [last] : [])], language);
  return language === "zh" ? `每月${all}` : `${all} of every month`;
}

function describeDays(fields: CronFields, language: Language): string | null {
  if (fields.months.length < 12) return null;
  if (!fields.anyDayOfMonth) return describeMonthDays(fields, language);
  if (fields.nthWeekdays.length > 0) return describeNth(fields, language);
  if (fields.weekdays.length === 7) return language === "zh" ? "每天" : "every day";
  return describeWeekdays(fields, language);
}

function describeTimes(pattern: string, fields: CronFields, language: Language): string | null {
  const fixed = !pattern.split(" ", 2).some((field) => field.includes("*"));
  if (!fixed || fields.hours.length * fields.minutes.length > MOST_TIMES) return null;
  const times = fields.hours.flatMap((hour) => fields.minutes.map((minute) => clock(hour, minute)));
  return join(times, language);
}

/** Even steps of hours or minutes as words; `null` for steps that leave a short last interval. */
function describeInterval(pattern: string, language: Language): string | null {
  const [minute = "", hour = ""] = pattern.split(" ");
  if (minute === "0" && hour === "*") return language === "zh" ? "每小时" : "every hour";
  const hours = minute === "0" ? stepOf(hour, 24) : null;
  if (hours !== null) return language === "zh" ? `每${hours}小时` : `every ${hours} hours`;
  const minutes = hour === "*" ? stepOf(minute, 60) : null;
  if (minutes !== null) return language === "zh" ? `每${minutes}分钟` : `every ${minutes} minutes`;
  return null;
}

function stepOf(field: string, whole: number): number | null {
  if (!field.startsWith("*/")) return null;
  const step = Number(field.slice(2));
  return step > 1 && step < whole && whole % step === 0 ? step : null;
}

/**
 * A schedule as people say it: `每天 20:00` / `every day at 20:00`. What has no short wording
 * (single months, uneven steps) and what is no pattern comes back as it is.
 */
export function describeSchedule(pattern: string, language: Language): string {
  const reading = readCron(pattern);
  if (reading.kind === "refused") return pattern;
  const { fields } = reading;
  const days = describeDays(fields, language);
  const times = describeTimes(reading.pattern, fields, language);
  if (days !== null && times !== null) {
    return language === "zh" ? `${days} ${times}` : `${days} at ${times}`;
  }
  const interval = describeInterval(reading.pattern, language);
  if (days === null || interval === null) return reading.pattern;
  const everyDay = fields.anyDayOfMonth && fields.weekdays.length === 7;
  if (everyDay) return interval;
  return language === "zh" ? `${days}${interval}` : `${interval} on ${days}`;
}
