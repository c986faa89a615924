import {
  addLocalDays,
  localDay,
  localDaysBetween,
  startOfLocalDay,
} from "#src/scheduling/zoned-time.js";
import { DAY } from "#src/shared/clock.js";

/** A stretch of time, `from` included and `to` excluded, epoch ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A window and the equal stretches of the same weekdays before it, oldest first. */
export interface ComparedWindow extends Stretch {
  readonly earlier: readonly Stretch[];
}

/** How many earlier stretches a window is compared with. */
const EARLIER_STRETCHES = 4;

const DAYS_IN_WEEK = 7;
/** A digest never reaches back further than this, however long nothing was posted. */
const LONGEST_DAILY_DAYS = 7;

/** The instant that clocks in `zone` show `days` local days later (earlier when negative). */
export function shiftLocalDays(instant: number, days: number, zone: string): number {
  const day = localDay(instant, zone);
  const sinceMidnight = instant - startOfLocalDay(day, zone);
  return startOfLocalDay(addLocalDays(day, days), zone) + sinceMidnight;
}

/**
 * The window with the same weekdays before it: shifted by whole weeks, as many as its length needs
 * so that no stretch overlaps the next.
 */
export function withEarlierWeeks(window: Stretch, zone: string): ComparedWindow {
  const days = Math.max(
    1,
    localDaysBetween(localDay(window.from, zone), localDay(window.to, zone)),
  );
  const weeks = Math.max(1, Math.ceil(days / DAYS_IN_WEEK)) * DAYS_IN_WEEK;
  const earlier = Array.from({ length: EARLIER_STRETCHES }, (_, index) => {
    const shift = -weeks * (EARLIER_STRETCHES - index);
    return {
      from: shiftLocalDays(window.from, shift, zone),
      to: shiftLocalDays(window.to, shift, zone),
    };
  });
  return { ...window, earlier };
}

/**
 * The window of a daily digest: from the end of the last one, else from the start of the local day
 * or the moment the group was first known, whichever is later; at most seven days.
 */
export function dailyWindow(
  dueAt: number,
  zone: string,
  known: { readonly lastEnd: number | null; readonly createdAt: number },
): Stretch {
  const dayStart = startOfLocalDay(localDay(dueAt, zone), zone);
  const start = known.lastEnd ?? Math.max(dayStart, known.createdAt);
  const earliest = shiftLocalDays(dueAt, -LONGEST_DAILY_DAYS, zone);
  const from = Math.max(start, earliest);
  // A group that was first heard of in the very minute of its digest still has a window.
  return { from: from < dueAt ? from : dueAt - 1, to: dueAt };
}

/** The window of a weekly digest: seven local days up to its time. */
export function weeklyWindow(dueAt: number, zone: string): Stretch {
  return { from: shiftLocalDays(dueAt, -DAYS_IN_WEEK, zone), to: dueAt };
}

/** Length of a stretch in days, a fraction. */
export function daysOf({ from, to }: Stretch): number {
  return Math.max(0, to - from) / DAY;
}

/** True when the instant lies in the stretch. */
export function within(instant: number | null, { from, to }: Stretch): boolean {
  return instant !== null && instant >= from && instant < to;
}

/** The part of a stretch that lies at or after `start`; null when nothing of it does. */
export function notBefore(stretch: Stretch, start: number): Stretch | null {
  if (stretch.to <= start) return null;
  return { from: Math.max(stretch.from, start), to: stretch.to };
}

/** First and last local day that the stretch touches, both included. */
export function localDaysOf(
  { from, to }: Stretch,
  zone: string,
): { readonly from: string; readonly to: string } {
  return { from: localDay(from, zone), to: localDay(Math.max(from, to - 1), zone) };
}
