import { DEFAULT_LEVEL, requireCount } from "./estimate.js";
import { compareProportions, type ProportionComparison } from "./two-proportions.js";
import { compareRates, type RateComparison } from "./two-rates.js";

const DAYS_IN_WEEK = 7;

/** The hits and the base of one local day (satisfied of answers, or complaints of orders). */
export interface DayTally {
  /** Whole days since 1970-01-01 in the group's time zone. */
  readonly day: number;
  readonly hits: number;
  readonly base: number;
}

/** The days to judge (both included) and how many weeks before them to compare with. */
export interface ChangeWindow {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly weeksBefore: number;
}

/** Sums of one side of a comparison. */
export interface SideTally {
  readonly hits: number;
  readonly base: number;
}

/** The window's sums and those of the same weekdays before it. */
export interface SameWeekdays {
  readonly before: SideTally;
  readonly now: SideTally;
}

/**
 * Sums the window, and the days of the same weekdays in the `weeksBefore` weeks before it, so
 * that a Saturday is compared with Saturdays. No day counts on both sides.
 */
export function splitSameWeekdays(
  days: readonly DayTally[],
  { firstDay, lastDay, weeksBefore }: ChangeWindow,
): SameWeekdays {
  requireWindow(firstDay, lastDay, weeksBefore);
  const weekdays = new Set<number>();
  for (let day = firstDay; day <= lastDay; day += 1) weekdays.add(weekday(day));
  const earliest = firstDay - DAYS_IN_WEEK * weeksBefore;
  return {
    before: sum(
      days.filter(({ day }) => day >= earliest && day < firstDay && weekdays.has(weekday(day))),
    ),
    now: sum(days.filter(({ day }) => day >= firstDay && day <= lastDay)),
  };
}

/**
 * Change of a share (hits among base) against the same weekdays before, by F12: difference
 * now − before, interval, p. Null when either side has no answers.
 */
export function changeOfShare(
  days: readonly DayTally[],
  window: ChangeWindow,
  level: number = DEFAULT_LEVEL,
): ProportionComparison | null {
  const { before, now } = splitSameWeekdays(days, window);
  return compareProportions(
    { hits: before.hits, n: before.base },
    { hits: now.hits, n: now.base },
    level,
  );
}

/**
 * Change of a rate (events per unit of exposure, where events may exceed the base) against the
 * same weekdays before: difference now − before, interval, p. Null when a side has no exposure.
 */
export function changeOfRate(
  days: readonly DayTally[],
  window: ChangeWindow,
  level: number = DEFAULT_LEVEL,
): RateComparison | null {
  const { before, now } = splitSameWeekdays(days, window);
  return compareRates(
    { events: before.hits, exposure: before.base },
    { events: now.hits, exposure: now.base },
    level,
  );
}

function weekday(day: number): number {
  return ((day % DAYS_IN_WEEK) + DAYS_IN_WEEK) % DAYS_IN_WEEK;
}

function sum(days: readonly DayTally[]): SideTally {
  return days.reduce(
    (total, day) => ({ hits: total.hits + day.hits, base: total.base + day.base }),
    { hits: 0, base: 0 },
  );
}

function requireWindow(firstDay: number, lastDay: number, weeksBefore: number): void {
  requireCount("weeksBefore", weeksBefore);
  if (!(Number.isInteger(firstDay) && Number.isInteger(lastDay) && lastDay >= firstDay)) {
    throw new RangeError("A window runs from a whole day to the same or a later one.");
  }
}
