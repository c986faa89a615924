import type { Wording } from "./time-input-error.js";

/** Parts of a day that shift an hour (`晚上8点`, `8 in the evening`). */
export type DayPart =
  | "dawn"
  | "morning"
  | "noon"
  | "afternoon"
  | "evening"
  | "midnight"
  | "am"
  | "pm";

/** What a word of a schedule stands for. */
export type ScheduleToken =
  | { readonly kind: "weekday"; readonly weekday: number }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "ordinal"; readonly value: number }
  | { readonly kind: "clock"; readonly hour: number; readonly minute: number }
  | { readonly kind: "dayPart"; readonly part: DayPart }
  | { readonly kind: "quarter"; readonly minute: number }
  | { readonly kind: ScheduleMark };

/** Words without a value of their own. */
export type ScheduleMark =
  | "every"
  | "daily"
  | "workdays"
  | "weekends"
  | "day"
  | "week"
  | "month"
  | "dayMark"
  | "lastDay"
  | "last"
  | "hours"
  | "hourly"
  | "minutes"
  | "halfHour"
  | "hourMark"
  | "minuteMark"
  | "and"
  | "range"
  | "at"
  | "in"
  | "once"
  | "unsupported"
  | "weekPrefix"
  | "ordinalPrefix"
  | "filler";

const mark = (kind: ScheduleMark): ScheduleToken => ({ kind });
const part = (name: DayPart): ScheduleToken => ({ kind: "dayPart", part: name });

function entries(
  words: string,
  ...tokens: readonly ScheduleToken[]
): [string, readonly ScheduleToken[]][] {
  return words.split("|").map((word) => [word, tokens]);
}

const weekdayWords = (
  [
    "sun|sunday|sundays",
    "mon|monday|mondays",
    "tue|tues|tuesday|tuesdays",
    "wed|weds|wednesday|wednesdays",
    "thu|thur|thurs|thursday|thursdays",
    "fri|friday|fridays",
    "sat|saturday|saturdays",
  ] as const
).flatMap((words, weekday) => entries(words, { kind: "weekday", weekday }));

const numberWords = "one two three four five six seven eight nine ten eleven twelve"
  .split(" ")
  .flatMap((word, index) => entries(word, { kind: "number", value: index + 1 }));

const ordinalWords = "first second third fourth fifth"
  .split(" ")
  .flatMap((word, index) => entries(word, { kind: "ordinal", value: index + 1 }));

/** Words of schedules in both languages; a longer word wins over a shorter one that begins it. */
export const SCHEDULE_WORDS: ReadonlyMap<string, readonly ScheduleToken[]> = new Map([
  ...weekdayWords,
  ...numberWords,
  ...ordinalWords,
  ...entries("每天|每日|天天|每一天|daily|everyday", mark("daily")),
  ...entries("每晚", mark("daily"), part("evening")),
  ...entries("每早", mark("daily"), part("morning")),
  ...entries("每|每隔|隔|逢|every|each", mark("every")),
  ...entries(
    "工作日|平日|weekday|weekdays|workday|workdays|working days|business days",
    mark("workdays"),
  ),
  ...entries("周末|双休日|weekend|weekends", mark("weekends")),
  ...entries("周|星期|礼拜", mark("weekPrefix")),
  ...entries("week|weekly", mark("week")),
  ...entries("月|month|months|monthly", mark("month")),
  ...entries("天|day", mark("day")),
  ...entries("日|号", mark("dayMark")),
  ...entries(
    "最后一天|最后1天|月底|月末|月尾|last day|end of the month|end of month|month end",
    mark("lastDay"),
  ),
  ...entries("最后一个|最后1个|最后|last", mark("last")),
  ...entries("第", mark("ordinalPrefix")),
  ...entries("小时|钟头|hour|hours|hr|hrs", mark("hours")),
  ...entries("hourly", mark("hourly")),
  ...entries("分钟|minute|minutes|min|mins", mark("minutes")),
  ...entries("半小时|半个小时|半个钟头|half hour|half-hour|half an hour", mark("halfHour")),
  ...entries("点|点钟|时|o'clock|oclock", mark("hourMark")),
  ...entries("分", mark("minuteMark")),
  ...entries("半", { kind: "quarter", minute: 30 }),
  ...entries("一刻", { kind: "quarter", minute: 15 }),
  ...entries("三刻", { kind: "quarter", minute: 45 }),
  ...entries("凌晨", part("dawn")),
  ...entries("早|早上|早晨|清晨|上午|morning|mornings", part("morning")),
  ...entries("中午|正午|noon|midday", part("noon")),
  ...entries("下午|午后|傍晚|afternoon|afternoons", part("afternoon")),
  ...entries("晚|晚上|晚间|夜里|夜间|深夜|evening|evenings|night|nights", part("evening")),
  ...entries("午夜|半夜|零点|midnight", part("midnight")),
  ...entries("am|a.m.", part("am")),
  ...entries("pm|p.m.", part("pm")),
  ...entries(",|、|;|&|/|和|与|及|跟|and", mark("and")),
  ...entries("-|–|—|~|到|至|to|through|thru|until", mark("range")),
  ...entries("@|at", mark("at")),
  ...entries("in", mark("in")),
  ...entries("个|的|在|于|整|.|。|on|the|of", mark("filler")),
  ...entries(
    "今天|今晚|明天|后天|明晚|本周|这周|下周|上周|下个月|下月|本月|today|tonight|tomorrow|next|this",
    mark("once"),
  ),
  ...entries(
    "隔天|隔日|隔周|双周|单周|季度|每年|年|biweekly|fortnight|fortnightly|fortnights|quarter|quarterly|year|years|yearly|annually|other|weeks|days",
    mark("unsupported"),
  ),
]);

/** Why a schedule in words is unclear, and what would be clear. */
export const SCHEDULE_HINTS = {
  notUnderstood: {
    zh: "没看懂这个时间安排。可以写：每天20:00、每周五18:30、工作日9:00、每月最后一天20:00，或五栏 cron。",
    en: "This schedule is not understood. Write for example: every day at 20:00, every Friday 18:30, weekdays at 9:00, last day of the month at 20:00, or a five-field cron pattern.",
  },
  once: {
    zh: "这里要的是重复的安排，不是某一次。可以写：每天20:00 或 每周五18:30。",
    en: "A schedule repeats; this names a single day. Write for example every day at 20:00 or every Friday 18:30.",
  },
  unsupported: {
    zh: "定时做不到隔天、隔周、按季度或按年重复。可以改成每周固定几天（如 每周一、三、五 9:00），或每月固定日期（如 每月1号、15号 10:00）。",
    en: "Every other day or week, quarterly and yearly are not possible. Choose weekdays (every Monday, Wednesday and Friday at 9:00) or days of the month (1st and 15th of every month at 10:00).",
  },
  noTime: {
    zh: "还缺几点。请加上时间，例如 20:00 或 晚上8点。",
    en: "The time of day is missing. Add one, such as 20:00 or 8pm.",
  },
  noDay: {
    zh: "还缺哪一天。请加上 每天、每周五、工作日 或 每月1号。",
    en: "The day is missing. Add every day, every Friday, weekdays, or 1st of every month.",
  },
  noMonth: {
    zh: "如果是每个月的这一天，请写成 每月1号 10:00。",
    en: "If this is a day of every month, write 1st of every month at 10:00.",
  },
  badTime: {
    zh: "这个钟点不明确，请用 24 小时制，例如 08:00 或 20:00。",
    en: "This time of day is not clear; use the 24-hour clock, such as 08:00 or 20:00.",
  },
  midnight: {
    zh: "半夜 12 点算前一天还是后一天不明确。请写 23:59，或写第二天的 00:00。",
    en: "Midnight of a named day can mean its start or its end. Write 23:59, or 00:00 of the following day.",
  },
  differentMinutes: {
    zh: "一个安排里的几个时间，分钟要相同（如 9:30 和 20:30）。分钟不同请分成两个安排。",
    en: "Several times in one schedule need the same minute (9:30 and 20:30). Make two schedules otherwise.",
  },
  oddInterval: {
    zh: "这个间隔不能整分一天。可用：每 5、10、15、20、30 分钟，或每 1、2、3、4、6、8、12 小时。",
    en: "This interval does not divide the day evenly. Use every 5, 10, 15, 20 or 30 minutes, or every 1, 2, 3, 4, 6, 8 or 12 hours.",
  },
  shortMonth: {
    zh: "有的月份没有 29、30、31 号，那个月就会跳过。要每月最后一天请写：每月最后一天 20:00。",
    en: "Some months have no 29th, 30th or 31st and would be left out. For the end of each month write: last day of the month at 20:00.",
  },
  bothDays: {
    zh: "星期和每月几号不能同时写，请只留一种。",
    en: "Name weekdays or days of the month, not both.",
  },
  tooLong: {
    zh: "这段文字太长了，请只写时间安排，例如 每天20:00。",
    en: "This text is too long; write only the schedule, such as every day at 20:00.",
  },
} as const satisfies Record<string, Wording>;

/** Names of the hints above. */
export type ScheduleHint = keyof typeof SCHEDULE_HINTS;
