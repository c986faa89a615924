import { Cron } from "croner";
import { type CronFields, readCron } from "./cron-fields.js";
import { TimeInputError } from "./time-input-error.js";
import { offsetAt } from "./zone-offset.js";

/** A checked cron pattern; made by {@link parseRecurrence} only. */
export interface Recurrence {
  /** Five fields, upper case, one blank between them. */
  readonly pattern: string;
  readonly fields: CronFields;
}

/** A stretch of time after which firings are listed. */
export interface FiringWindow {
  /** Epoch ms; firings are strictly later. */
  readonly after: number;
  /** Epoch ms; a firing at this very instant still counts. */
  readonly until: number;
  /** Most firings to list. */
  readonly limit: number;
}

const REMEMBERED_PATTERNS = 2_000;
const engines = new Map<string, Cron>();

/**
 * Checks a five-field cron pattern (`L`, `5L` and `1#1` allowed). Throws a {@link TimeInputError}
 * that explains in both languages for a seconds field, for day of month and weekday both set, for
 * days that never come (31 February) and for anything else that is no pattern.
 */
export function parseRecurrence(pattern: string): Recurrence {
  const reading = readCron(pattern);
  if (reading.kind === "refused") throw new TimeInputError(reading.problem);
  return { pattern: reading.pattern, fields: reading.fields };
}

function engineOf(recurrence: Recurrence, zone: string): Cron {
  const key = `${zone} ${recurrence.pattern}`;
  let engine = engines.get(key);
  if (engine === undefined) {
    // "no-wildcard": lists such as 30 2,14 are fixed times too, neither lost in a DST gap nor doubled.
    engine = new Cron(recurrence.pattern, {
      timezone: zone,
      mode: "5-part",
      fixedTimeRule: "no-wildcard",
    });
    if (engines.size >= REMEMBERED_PATTERNS) engines.clear();
    engines.set(key, engine);
  }
  return engine;
}

/**
 * The first firing strictly after `after` (epoch ms), or `null` when there is none.
 * Fixed times (no `*` and no step in minute and hour) run once a day whatever the clocks do: in a
 * gap at the first instant after it, in a fold at the first occurrence. Other patterns are
 * intervals: they skip what does not exist and run in both passes of a repeated hour.
 */
export function nextFiring(recurrence: Recurrence, zone: string, after: number): number | null {
  // Refuses an unknown zone or an unusable instant in our own words before the engine sees it.
  offsetAt(after, zone);
  return (
    engineOf(recurrence, zone)
      .nextRun(new Date(Math.floor(after)))
      ?.getTime() ?? null
  );
}

/** Firings in (`after`, `until`], earliest first, at most `limit`. */
export function firingsBetween(
  recurrence: Recurrence,
  zone: string,
  window: FiringWindow,
): readonly number[] {
  const firings: number[] = [];
  let at = nextFiring(recurrence, zone, window.after);
  while (at !== null && at <= window.until && firings.length < window.limit) {
    firings.push(at);
    at = nextFiring(recurrence, zone, at);
  }
  return firings;
}
