import type { Severity } from "#entities/vocabulary.js";
import { TimeInputError, type Wording } from "./time-input-error.js";
import { requireZone } from "./time-zone.js";
import {
  addLocalDays,
  instantOf,
  isLocalDay,
  localDay,
  minutesOfClock,
  weekdayOf,
} from "./zoned-time.js";

/** One opening of one weekday. `to` at or before `from` means the next day (20:00–02:00). */
export interface BusinessPeriod {
  /** Monday 1 to Sunday 7: the day on which the period begins. */
  readonly weekday: number;
  /** "HH:mm". */
  readonly from: string;
  /** "HH:mm"; "24:00" is midnight at the end of the day. */
  readonly to: string;
}

/** When somebody is there to answer: always, or weekly periods less holidays. */
export type BusinessHours =
  | { readonly kind: "always" }
  | {
      readonly kind: "weekly";
      readonly zone: string;
      readonly periods: readonly BusinessPeriod[];
      /** Local days "YYYY-MM-DD" on which no period begins. */
      readonly holidays: readonly string[];
    };

type WeeklyHours = Extract<BusinessHours, { kind: "weekly" }>;

interface OpenSpan {
  readonly start: number;
  readonly end: number;
}

interface Timetable {
  readonly zone: string;
  /** Periods of each weekday (index 1–7), by start. */
  readonly periods: ReadonlyMap<number, readonly BusinessPeriod[]>;
  readonly holidays: ReadonlySet<string>;
}

/** Days looked ahead for open time before the hours are called empty: about ten years. */
const FARTHEST_DAYS = 3_660;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;
const timetables = new WeakMap<WeeklyHours, Timetable>();

function refuse(field: string, wording: Wording, expected: string): never {
  throw new TimeInputError({ field, wording, expected });
}

function checkPeriod(period: BusinessPeriod): void {
  if (!EVERY_DAY.some((weekday) => weekday === period.weekday)) {
    refuse(
      "weekday",
      {
        zh: "星期要写 1（周一）到 7（周日）。",
        en: "A weekday is a number from 1 (Monday) to 7 (Sunday).",
      },
      "1-7",
    );
  }
  const from = minutesOfClock(period.from);
  if (from === minutesOfClock(period.to) || from === 1_440) {
    refuse(
      "to",
      {
        zh: "营业时段的开始和结束不能相同；全天请写 00:00–24:00。",
        en: "An opening cannot end when it begins; write 00:00–24:00 for the whole day.",
      },
      "a later HH:mm, or an earlier one for the next day",
    );
  }
}

/** Checks opening hours that a person set; throws a {@link TimeInputError} naming the wrong part. */
export function checkBusinessHours(hours: BusinessHours): void {
  if (hours.kind === "always") return;
  requireZone(hours.zone);
  for (const period of hours.periods) checkPeriod(period);
  if (hours.periods.length === 0) {
    refuse(
      "periods",
      {
        zh: "至少要有一个营业时段。",
        en: "There has to be at least one opening in the week.",
      },
      "at least one period",
    );
  }
  if (!hours.holidays.every(isLocalDay)) {
    refuse(
      "holidays",
      {
        zh: "节假日请写成 2026-10-01 这样的日期。",
        en: "Holidays are days such as 2026-10-01.",
      },
      "YYYY-MM-DD",
    );
  }
}

function timetableOf(hours: WeeklyHours): Timetable {
  let timetable = timetables.get(hours);
  if (timetable === undefined) {
    checkBusinessHours(hours);
    const ordered = hours.periods.toSorted(
      (a, b) => minutesOfClock(a.from) - minutesOfClock(b.from),
    );
    timetable = {
      zone: hours.zone,
      periods: new Map(
        EVERY_DAY.map((day) => [day, ordered.filter((period) => period.weekday === day)]),
      ),
      holidays: new Set(hours.holidays),
    };
    timetables.set(hours, timetable);
  }
  return timetable;
}

function spanOn(day: string, times: { from: string; to: string }, zone: string): OpenSpan {
  const overnight = minutesOfClock(times.to) <= minutesOfClock(times.from);
  return {
    start: instantOf(day, times.from, zone),
    end: instantOf(overnight ? addLocalDays(day, 1) : day, times.to, zone),
  };
}

/** Open spans that end after `from`, in order, without overlap, the first cut off at `from`. */
function* openSpans(from: number, timetable: Timetable): Generator<OpenSpan, void> {
  const { zone, periods, holidays } = timetable;
  // A day earlier: its last period may run past midnight.
  let day = addLocalDays(localDay(from, zone), -1);
  let cursor = from;
  let emptyDays = 0;
  while (emptyDays < FARTHEST_DAYS) {
    emptyDays += 1;
    const today = holidays.has(day) ? [] : (periods.get(weekdayOf(day)) ?? []);
    for (const period of today) {
      const { start, end } = spanOn(day, period, zone);
      if (end <= cursor) continue;
      yield { start: Math.max(start, cursor), end };
      cursor = end;
      emptyDays = 0;
    }
    day = addLocalDays(day, 1);
  }
}

function checkDuration(durationMs: number): void {
  if (Number.isFinite(durationMs) && durationMs >= 0) return;
  refuse(
    "duration",
    { zh: "时长不能为负数。", en: "A duration cannot be negative." },
    "milliseconds, 0 or more",
  );
}

/**
 * The instant (epoch ms) at which `durationMs` of open time have passed since `start`; exactly at
 * closing time counts as that day. 0 gives `start`. Real elapsed time, so an opening that spans a
 * clock change is as long as it really was. Throws when the hours leave no open time in ten years.
 */
export function addBusinessTime(start: number, durationMs: number, hours: BusinessHours): number {
  checkDuration(durationMs);
  if (hours.kind === "always" || durationMs === 0) return start + durationMs;
  let left = durationMs;
  for (const span of openSpans(start, timetableOf(hours))) {
    const length = span.end - span.start;
    if (left <= length) return span.start + left;
    left -= length;
  }
  return refuse(
    "holidays",
    {
      zh: "十年之内都没有营业时间，请检查营业时段和节假日。",
      en: "There is no open time in the next ten years; check the periods and holidays.",
    },
    "open time after the start",
  );
}

/** Open milliseconds between two instants; 0 when `to` is not after `from`. Never negative. */
export function businessTimeBetween(from: number, to: number, hours: BusinessHours): number {
  if (to <= from) return 0;
  if (hours.kind === "always") return to - from;
  let sum = 0;
  for (const span of openSpans(from, timetableOf(hours))) {
    if (span.start >= to) break;
    sum += Math.min(span.end, to) - span.start;
  }
  return sum;
}

/** The same opening on each of the given weekdays, all seven unless named. */
export function periodsOn(
  times: { readonly from: string; readonly to: string },
  weekdays: readonly number[] = EVERY_DAY,
): readonly BusinessPeriod[] {
  return weekdays.map((weekday) => ({ weekday, from: times.from, to: times.to }));
}

/**
 * The clock of a severity until a shop sets its own: P1 around the clock, P2 08:00–22:00 and
 * P3 09:00–21:00, both daily in the group's zone, as community shops open every day.
 */
export function defaultHours(severity: Severity, zone: string): BusinessHours {
  switch (severity) {
    case "P1":
      return { kind: "always" };
    case "P2":
      return weekly(zone, { from: "08:00", to: "22:00" });
    case "P3":
      return weekly(zone, { from: "09:00", to: "21:00" });
  }
}

function weekly(zone: string, times: { from: string; to: string }): BusinessHours {
  return { kind: "weekly", zone, periods: periodsOn(times), holidays: [] };
}

/** Local times between which a group is left alone; may cross midnight. Equal times: never quiet. */
export interface QuietHours {
  /** "HH:mm". */
  readonly from: string;
  /** "HH:mm". */
  readonly to: string;
}

/** Quiet hours of a group until it sets its own. */
export const DEFAULT_QUIET_HOURS: QuietHours = { from: "21:00", to: "09:00" };

/**
 * The instant (epoch ms) at which the quiet hours around `instant` end, or `null` when it is not
 * quiet then. The end itself is not quiet any more.
 */
export function quietUntil(instant: number, quiet: QuietHours, zone: string): number | null {
  if (minutesOfClock(quiet.from) === minutesOfClock(quiet.to)) return null;
  const today = localDay(instant, zone);
  for (const day of [addLocalDays(today, -1), today]) {
    const span = spanOn(day, quiet, zone);
    if (instant >= span.start && instant < span.end) return span.end;
  }
  return null;
}
