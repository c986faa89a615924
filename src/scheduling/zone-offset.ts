import { HOUR, SECOND } from "#src/shared/clock.js";
import { TimeInputError } from "./time-input-error.js";

/** Years 1 to 9999, less a day at each end so that every zone stays inside them. */
const EARLIEST = -62_135_510_400_000;
const LATEST = 253_402_214_400_000;
/** Hours remembered per zone (about two years of a busy group), then the memory starts afresh. */
const REMEMBERED_HOURS = 20_000;

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  /** Offset of each hour of UTC; NaN where it changes within the hour. */
  readonly offsets: Map<number, number>;
  lastHour: number;
  lastOffset: number;
}

const clocks = new Map<string, ZoneClock>();

function createClock(zone: string): ZoneClock {
  try {
    const format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return { format, offsets: new Map(), lastHour: Number.NaN, lastOffset: 0 };
  } catch {
    throw new TimeInputError({
      field: "zone",
      wording: {
        zh: "时区名称无法识别，请使用 IANA 名称，例如 Asia/Shanghai。",
        en: "This time zone is not known; use an IANA name such as Asia/Shanghai.",
      },
      expected: "an IANA time zone such as Asia/Shanghai",
    });
  }
}

function clockOf(zone: string): ZoneClock {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = createClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}

/** Asks ICU; slow (microseconds), right at any instant. */
function measureOffset(clock: ZoneClock, instant: number): number {
  const fields: Record<string, number> = {};
  for (const part of clock.format.formatToParts(instant)) {
    if (part.type !== "literal") fields[part.type] = Number(part.value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local.getTime() - Math.floor(instant / SECOND) * SECOND;
}

function offsetOfHour(clock: ZoneClock, hour: number): number {
  const known = clock.offsets.get(hour);
  if (known !== undefined) return known;
  const first = measureOffset(clock, hour * HOUR);
  const last = measureOffset(clock, (hour + 1) * HOUR - SECOND);
  const offset = first === last ? first : Number.NaN;
  if (clock.offsets.size >= REMEMBERED_HOURS) clock.offsets.clear();
  clock.offsets.set(hour, offset);
  return offset;
}

/**
 * Milliseconds by which local time in `zone` is ahead of UTC at `instant` (epoch ms, years 1 to
 * 9999). Remembered per hour of UTC, so repeated calls cost no calendar work.
 */
export function offsetAt(instant: number, zone: string): number {
  const clock = clockOf(zone);
  const hour = Math.floor(instant / HOUR);
  if (hour === clock.lastHour) return clock.lastOffset;
  if (!(instant >= EARLIEST && instant <= LATEST)) {
    throw new TimeInputError({
      field: "instant",
      wording: {
        zh: "时间超出可用范围（公元 1 年至 9999 年）。",
        en: "This instant is outside the years 1 to 9999.",
      },
      expected: "epoch milliseconds within the years 1 to 9999",
    });
  }
  const offset = offsetOfHour(clock, hour);
  if (Number.isNaN(offset)) return measureOffset(clock, instant);
  clock.lastHour = hour;
  clock.lastOffset = offset;
  return offset;
}
