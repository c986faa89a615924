import { createDraft, type Draft, kindAt, peek, takeList, type Verdict } from "./schedule-draft.js";
import type { ScheduleHint, ScheduleToken } from "./schedule-lexicon.js";
import { addHours, addTime, readPart, settlePart } from "./schedule-times.js";

/** A cron pattern, or the name of the hint that says what is missing. */
export type ScheduleParse =
  | { readonly kind: "ok"; readonly pattern: string }
  | { readonly kind: "unclear"; readonly hint: ScheduleHint };

const HOUR_STEPS = [2, 3, 4, 6, 8, 12];
const MINUTE_STEPS = [5, 10, 15, 20, 30];

function setInterval(draft: Draft, unit: "hours" | "minutes", amount: number): Verdict {
  if (!draft.every) return "notUnderstood";
  const hourly = unit === "hours" ? amount === 1 : amount === 60;
  if (hourly) draft.interval = "0 *";
  else if (unit === "hours" && HOUR_STEPS.includes(amount)) draft.interval = `0 */${amount}`;
  else if (unit === "minutes" && MINUTE_STEPS.includes(amount)) draft.interval = `*/${amount} *`;
  else return "oddInterval";
  return null;
}

function addDays(draft: Draft, days: readonly number[]): Verdict {
  if (days.some((day) => day > 28 && day <= 31)) return "shortMonth";
  if (days.some((day) => day < 1 || day > 31)) return "notUnderstood";
  for (const day of days) draft.days.add(day);
  return null;
}

function readNumber(draft: Draft, value: number): Verdict {
  const before = kindAt(draft, -2);
  const values = takeList(draft, "number", value);
  const next = peek(draft);
  switch (next?.kind) {
    case "dayMark":
      draft.at += 1;
      return addDays(draft, values);
    case "hours":
    case "minutes":
      draft.at += 1;
      return values.length === 1 ? setInterval(draft, next.kind, value) : "notUnderstood";
    case "day":
    case "week":
    case "month":
    case "unsupported":
      return "unsupported";
    case "hourMark":
    case "dayPart":
      return addHours(draft, values);
    default:
      return before === "at" || draft.part !== null ? addHours(draft, values) : "badTime";
  }
}

function addNthWeekdays(draft: Draft, weekday: number, nths: readonly number[]): Verdict {
  if (nths.some((nth) => nth > 5)) return "notUnderstood";
  for (const nth of nths) draft.nth.add(`${weekday}#${nth}`);
  return null;
}

function readOrdinals(draft: Draft, value: number): Verdict {
  const afterEvery = kindAt(draft, -2) === "every";
  const values = takeList(draft, "ordinal", value);
  const next = peek(draft);
  switch (next?.kind) {
    case "weekday":
      draft.at += 1;
      return addNthWeekdays(draft, next.weekday, values);
    case "week":
    case "month":
      return "unsupported";
    case "day":
      draft.at += 1;
      return afterEvery ? "unsupported" : addDays(draft, values);
    case "dayMark":
      draft.at += 1;
      return addDays(draft, values);
    default:
      return addDays(draft, values);
  }
}

function readLast(draft: Draft): Verdict {
  const next = peek(draft);
  draft.at += 1;
  if (next?.kind === "weekday") draft.nth.add(`${next.weekday}L`);
  else if (next?.kind === "day") draft.lastDay = true;
  else return "notUnderstood";
  return null;
}

function readWeekday(draft: Draft, first: number): Verdict {
  const end = peek(draft, 1);
  draft.weekdays.add(first);
  if (kindAt(draft) !== "range") return null;
  if (end?.kind !== "weekday") return "notUnderstood";
  draft.at += 2;
  for (let day = first; day !== end.weekday; day = (day + 1) % 7) draft.weekdays.add(day);
  draft.weekdays.add(end.weekday);
  return null;
}

function addWeekdays(draft: Draft, weekdays: readonly number[]): Verdict {
  for (const weekday of weekdays) draft.weekdays.add(weekday);
  return null;
}

function readMark(draft: Draft, kind: ScheduleToken["kind"]): Verdict {
  switch (kind) {
    case "every":
    case "daily":
    case "month":
    case "week":
    case "lastDay":
      draft[kind] = true;
      return null;
    case "workdays":
      return addWeekdays(draft, [1, 2, 3, 4, 5]);
    case "weekends":
      return addWeekdays(draft, [0, 6]);
    case "and":
    case "at":
    case "in":
      return null;
    case "once":
    case "unsupported":
      return kind;
    default:
      return readUnit(draft, kind);
  }
}

function readUnit(draft: Draft, kind: ScheduleToken["kind"]): Verdict {
  switch (kind) {
    case "hours":
    case "minutes":
      return setInterval(draft, kind, 1);
    case "halfHour":
      return setInterval(draft, "minutes", 30);
    case "hourly":
      draft.every = true;
      return setInterval(draft, "hours", 1);
    case "last":
      return readLast(draft);
    case "day":
      draft.daily = kindAt(draft, -2) === "every";
      return draft.daily ? null : "notUnderstood";
    default:
      return "notUnderstood";
  }
}

function readToken(draft: Draft, token: ScheduleToken): Verdict {
  switch (token.kind) {
    case "weekday":
      return readWeekday(draft, token.weekday);
    case "number":
      return readNumber(draft, token.value);
    case "ordinal":
      return readOrdinals(draft, token.value);
    case "clock":
      return addTime(draft, token.hour, token.minute);
    case "dayPart":
      return readPart(draft, token.part);
    default:
      return readMark(draft, token.kind);
  }
}

/** 1,2,3,4,5 as `1-5`; runs shorter than three stay a list. */
function writeList(values: ReadonlySet<number>): string {
  const sorted = [...values].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return "*";
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? `${first}-${last}` : sorted.join(",");
}

function findDayClash(draft: Draft): Verdict {
  const byWeekday = draft.weekdays.size > 0;
  const byNth = draft.nth.size > 0;
  const byMonth = draft.days.size > 0 || draft.lastDay;
  if (byMonth && (byWeekday || byNth)) return "bothDays";
  return (byNth && byWeekday) || (draft.daily && (byMonth || byNth)) ? "notUnderstood" : null;
}

function findDayGap(draft: Draft): Verdict {
  const ofMonth = draft.days.size > 0 || draft.nth.size > 0;
  if (ofMonth && !draft.month) return "noMonth";
  if (ofMonth || draft.lastDay || draft.weekdays.size > 0) return null;
  const anyDay = draft.daily || draft.interval !== null;
  return anyDay && !draft.week && !draft.month ? null : "noDay";
}

function findTimeGap(draft: Draft): Verdict {
  if (draft.interval !== null) return draft.times.length > 0 ? "notUnderstood" : null;
  const first = draft.times[0];
  if (first === undefined) return "noTime";
  if (draft.times.some((time) => time.minute !== first.minute)) return "differentMinutes";
  const everyDay = draft.daily && draft.weekdays.size === 0;
  return !everyDay && draft.times.some((time) => time.atMidnight) ? "midnight" : null;
}

function write(draft: Draft): string {
  const hours = new Set(draft.times.map((time) => time.hour));
  const listed = [...hours].sort((a, b) => a - b).join(",");
  const clock = draft.interval ?? `${draft.times[0]?.minute ?? 0} ${listed}`;
  const days = [...draft.days].sort((a, b) => a - b).map(String);
  const day = [...days, ...(draft.lastDay ? ["L"] : [])].join(",") || "*";
  const everyWeekday = draft.weekdays.size === 7 || draft.weekdays.size === 0;
  const weekday = [...draft.nth].join(",") || (everyWeekday ? "*" : writeList(draft.weekdays));
  return `${clock} ${day} * ${weekday}`;
}

/** Turns the words of a schedule into a five-field cron pattern, in whatever order they came. */
export function parseScheduleTokens(tokens: readonly ScheduleToken[]): ScheduleParse {
  const draft = createDraft(tokens);
  for (let token = peek(draft); token !== undefined; token = peek(draft)) {
    draft.at += 1;
    const hint = readToken(draft, token);
    if (hint !== null) return { kind: "unclear", hint };
  }
  const hint = settlePart(draft) ?? findDayClash(draft) ?? findDayGap(draft) ?? findTimeGap(draft);
  return hint === null ? { kind: "ok", pattern: write(draft) } : { kind: "unclear", hint };
}
