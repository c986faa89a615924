import type { Calendar } from "#adapters/relay/settle-times.js";
import { addLocalDays, instantOf, localDay } from "#src/scheduling/zoned-time.js";

/** Friday, 20 November 2026, half past eight in the evening. */
export const NOW = Date.parse("2026-11-20T20:30:00+08:00");
export const ZONE = "Asia/Shanghai";

export const shanghai: Calendar = {
  dayOf: (instant) => localDay(instant, ZONE),
  instantOf: (day, time) => instantOf(day, time, ZONE),
  addDays: addLocalDays,
};
