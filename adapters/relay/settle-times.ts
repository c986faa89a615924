import type { Doubt, LineTime, PastedLine, RawLine, SaidTime } from "./pasted-line.js";

/** The calendar of the group's time zone. */
export interface Calendar {
  /** Local day of an instant, `YYYY-MM-DD`. */
  dayOf(instant: number): string;
  /** The instant of a local day and time of day, `HH:MM`. */
  instantOf(day: string, time: string): number;
  addDays(day: string, days: number): string;
}

/** What the times of a paste are settled by. */
export interface SettleOptions {
  readonly calendar: Calendar;
  /** Epoch ms. */
  readonly now: number;
  /** The day on which the chat was copied; lines without a date were said on it. */
  readonly day?: string;
  /** When the bot gave out the text that this line repeats, epoch ms; null for any other line. */
  readonly ownSince?: (text: string) => number | null;
  /** Older lines are left out, ms before now. */
  readonly oldestMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Another clock may run ahead of ours. */
const AHEAD_MS = 2 * MINUTE;

type Settled = Omit<PastedLine, "section">;

/**
 * Gives each line its time: what it says itself, else what stands above it, else the day of the
 * paste. Nothing lies in the future; what would is left out and marked. Pure.
 */
export function settleTimes(lines: readonly RawLine[], options: SettleOptions): readonly Settled[] {
  return new Settling(options).settle(lines);
}

interface Placed {
  readonly line: RawLine;
  readonly own: number | null;
  time: LineTime | null;
  readonly doubts: Set<Doubt>;
}

/** A written time on the calendar. */
interface Said {
  readonly day: string;
  readonly at: number;
  /** Null when only a day was said. */
  readonly time: LineTime | null;
  /** The day is a guess. */
  readonly assumed: boolean;
}

/** What stands above a line: the day, and the last instant that was said. */
interface Known {
  readonly day: string | null;
  readonly last: number | null;
}

/** A written time of day, to the minute or the second. */
function exact(
  minute: number,
  second: number | null,
): { readonly at: number; readonly time: LineTime } {
  const at = minute + (second ?? 0) * SECOND;
  const sure = second === null ? "minute" : "second";
  const until = at + (second === null ? MINUTE : SECOND);
  return { at, time: { from: at, until, at, sure, key: `${sure.slice(0, 1)}${String(at)}` } };
}

class Settling {
  readonly #options: SettleOptions;
  readonly #today: string;
  readonly #pasteDay: string;

  constructor(options: SettleOptions) {
    this.#options = options;
    this.#today = options.calendar.dayOf(options.now);
    const day = options.day ?? this.#today;
    this.#pasteDay = day > this.#today ? this.#today : day;
  }

  settle(lines: readonly RawLine[]): readonly Settled[] {
    const days = this.#clockOnlyDays(lines);
    const placed: Placed[] = [];
    let known: Known = { day: null, last: null };
    for (const [index, line] of lines.entries()) {
      if (line.kind === "heading") known = { day: null, last: null };
      const said = line.said && this.#said(line.said, { ...known, assumed: days[index] ?? null });
      if (line.kind === "separator" || line.kind === "heading") {
        if (said !== null) known = { day: said.day, last: said.at };
        continue;
      }
      const one = this.#place(line, said, known);
      known = one.known;
      placed.push(one.placed);
    }
    this.#close(placed);
    return placed.map((one) => this.#finish(one));
  }

  /** A line by what it says itself, else by what stands above it, else by when the bot had said it. */
  #place(
    line: RawLine,
    said: Said | null,
    known: Known,
  ): { readonly placed: Placed; readonly known: Known } {
    const own = this.#options.ownSince?.(line.text) ?? null;
    const doubts = new Set(line.doubts);
    const time = said?.time ?? null;
    if (said !== null && time !== null) {
      if (said.assumed) doubts.add("day-assumed");
      return { placed: { line, own, doubts, time }, known: { day: said.day, last: said.at } };
    }
    const last = own === null ? known.last : Math.max(own, known.last ?? own);
    if (last === null) return { placed: { line, own, doubts, time: null }, known };
    const day = known.day ?? this.#options.calendar.dayOf(last);
    return { placed: { line, own, doubts, time: this.#stretch(last) }, known: { day, last } };
  }

  /** Days of lines that say a time of day only: the last one is of the paste's day, each earlier one before it. */
  #clockOnlyDays(lines: readonly RawLine[]): readonly (string | null)[] {
    const { calendar, now } = this.#options;
    const days: (string | null)[] = lines.map(() => null);
    let day = this.#pasteDay;
    let next = now + AHEAD_MS;
    for (let index = lines.length - 1; index >= 0; index -= 1) {
      const said = lines[index]?.said;
      if (said?.clock === undefined || said.day !== undefined) continue;
      let at = calendar.instantOf(day, timeOf(said.clock));
      if (at > next) {
        day = calendar.addDays(day, -1);
        at = calendar.instantOf(day, timeOf(said.clock));
      }
      days[index] = day;
      next = at + MINUTE;
    }
    return days;
  }

  #said(said: SaidTime, known: Known & { readonly assumed: string | null }): Said {
    const { calendar } = this.#options;
    const own = said.day === undefined ? null : this.#dayOf(said.day);
    const day = own ?? known.day ?? known.assumed ?? this.#pasteDay;
    const { clock } = said;
    if (clock === undefined)
      return { day, at: calendar.instantOf(day, "00:00"), time: null, assumed: false };
    const minute = calendar.instantOf(day, timeOf(clock));
    // 23:58 is followed by 00:03 of the next day.
    const isPast = known.last !== null && minute < known.last - HOUR;
    const next = own === null && known.day !== null && isPast;
    const onDay = next ? calendar.addDays(day, 1) : day;
    const at = next ? calendar.instantOf(onDay, timeOf(clock)) : minute;
    const assumed = own === null && known.day === null;
    return { day: onDay, ...exact(at, clock.second), assumed };
  }

  #dayOf(day: NonNullable<SaidTime["day"]>): string {
    const { calendar } = this.#options;
    if ("daysBack" in day) return calendar.addDays(this.#pasteDay, -day.daysBack);
    if ("weekday" in day) return this.#lastWeekday(day.weekday);
    if (day.year !== null) return written(day.year, day.month, day.day);
    const year = Number(this.#pasteDay.slice(0, 4));
    const thisYear = written(year, day.month, day.day);
    return thisYear > calendar.addDays(this.#today, 1)
      ? written(year - 1, day.month, day.day)
      : thisYear;
  }

  /** Chat programs name the weekday of the six days before today. */
  #lastWeekday(weekday: number): string {
    for (let back = 1; back < 7; back += 1) {
      const day = this.#options.calendar.addDays(this.#pasteDay, -back);
      if (weekdayOf(day) === weekday) return day;
    }
    return this.#pasteDay;
  }

  /** Said some time after this instant; how long after is known when the next time is. */
  #stretch(from: number): LineTime {
    return { from, until: Number.POSITIVE_INFINITY, at: from, sure: "stretch", key: "" };
  }

  /** Bounds what says no time itself: by the next time that is said, by the day, by now. */
  #close(placed: readonly Placed[]): void {
    const { calendar, now } = this.#options;
    let next: number | null = null;
    for (const one of placed.toReversed()) {
      if (one.time === null) {
        if (isSpoken(one.line)) one.doubts.add("time-assumed");
        one.time = this.#assumed(next);
        if (next !== null) next = one.time.at;
      } else if (one.time.sure === "stretch") {
        const { from } = one.time;
        const until = Math.max(
          from + 1,
          Math.min(next ?? Number.POSITIVE_INFINITY, now + AHEAD_MS, from + 24 * HOUR),
        );
        one.time = { ...one.time, until: until + MINUTE, key: `d${calendar.dayOf(from)}` };
        next = from;
      } else next = one.time.from;
    }
    this.#spread(placed);
  }

  #assumed(next: number | null): LineTime {
    const { calendar, now } = this.#options;
    const day = next === null ? this.#pasteDay : calendar.dayOf(next - 1);
    const from = calendar.instantOf(day, "00:00");
    const end = Math.min(calendar.instantOf(calendar.addDays(day, 1), "00:00"), now + AHEAD_MS);
    const until = next ?? end;
    const at = next === null ? Math.min(end - SECOND, now) : next - SECOND;
    return {
      from,
      until: Math.max(until, from + 1),
      at: Math.max(from, at),
      sure: "assumed",
      key: `d${day}`,
    };
  }

  /** Lines that only share a day are a second apart, so that the last word stays the last. */
  #spread(placed: readonly Placed[]): void {
    const tail = placed.filter(({ time }) => time?.sure === "assumed");
    for (const [index, one] of tail.entries()) {
      const { time } = one;
      if (time === null) continue;
      const after = tail.slice(index + 1).filter((other) => other.time?.at === time.at).length;
      if (after > 0) one.time = { ...time, at: Math.max(time.from, time.at - after * SECOND) };
    }
  }

  #finish({ line, own, time, doubts }: Placed): Settled {
    const { now, oldestMs } = this.#options;
    const { said: _, kind, ...rest } = line;
    const known = time ?? this.#assumed(null);
    const spoken = isSpoken(line);
    if (spoken && known.at > now + AHEAD_MS) doubts.add("future");
    if (spoken && known.at < now - oldestMs) doubts.add("too-old");
    const shown = own !== null && kind === "message" ? "own" : kind;
    return {
      ...rest,
      kind: shown === "separator" || shown === "heading" ? "system" : shown,
      time: { ...known, at: Math.min(known.at, now) },
      doubts: [...doubts],
    };
  }
}

function isSpoken({ kind }: RawLine): boolean {
  return kind === "message" || kind === "list";
}

function timeOf({ hour, minute }: NonNullable<SaidTime["clock"]>): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function written(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Monday 1 to Sunday 7. */
function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
