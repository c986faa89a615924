import { cleanInput } from "#src/scheduling/time-input-error.js";
import { addLocalDays, instantOf, localDay } from "#src/scheduling/zoned-time.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";

/** Shortest and longest time a run may stay open. */
const OPEN_FOR_LIMITS = { least: 10 * MINUTE, most: 14 * DAY } as const;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|mins?|minutes?|分钟?)$/, MINUTE],
  [/^(?:h|hrs?|hours?|个?小时|个?钟头?)$/, HOUR],
  [/^(?:d|days?|天|日)$/, DAY],
];
const HANZI: Readonly<Record<string, number>> = {
  半: 0.5,
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/**
 * Reads a length of time: `24h`, `90 分钟`, `2天`, `两天`, `半天`, `1.5 hours`. Null for anything else.
 */
export function durationFromWords(text: string): number | null {
  const clean = cleanInput(text, 40);
  const match =
    clean === null
      ? null
      : /^(\d{1,4}(?:\.\d)?|[半一两二三四五六七八九十]) ?(\D{1,8})$/.exec(clean);
  if (match === null) return null;
  const [, amount = "", unit = ""] = match;
  const count = HANZI[amount] ?? Number(amount);
  const ms = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  return ms === undefined || !(count > 0) ? null : Math.round(count * ms);
}

/**
 * How long a run that opens at `opensAt` stays open: a length of time, or the clock time ("21:00")
 * at which it closes, on that day or the next. Null when it cannot be read or lies outside
 * {@link OPEN_FOR_LIMITS}.
 */
export function openForFromWords(text: string, opensAt: number, zone: string): number | null {
  const ms = durationFromWords(text) ?? untilClock(text, opensAt, zone);
  if (ms === null || ms < OPEN_FOR_LIMITS.least || ms > OPEN_FOR_LIMITS.most) return null;
  return ms;
}

function untilClock(text: string, opensAt: number, zone: string): number | null {
  const clean = cleanInput(text, 10);
  if (clean === null || !/^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(clean)) return null;
  const today = localDay(opensAt, zone);
  const closesAt = instantOf(today, clean, zone);
  const next = closesAt > opensAt ? closesAt : instantOf(addLocalDays(today, 1), clean, zone);
  return next - opensAt;
}
