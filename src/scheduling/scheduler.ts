import type { Schedule } from "#entities/index.js";
import type { Store } from "#src/store/store.js";
import { nextFiring, parseRecurrence } from "./recurrence.js";

const BATCH = 200;

/** When a schedule fires next after `now`; null for one that happens once. */
function nextOf(schedule: Schedule, now: number): number | null {
  if (schedule.pattern === null) return null;
  return nextFiring(parseRecurrence(schedule.pattern), schedule.timeZone, now);
}

/**
 * Turns due schedules into firings, one row per schedule and due time. Several due times that were
 * missed in an outage collapse into one. Safe to run in several processes: compare-and-set decides.
 */
export class Scheduler {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Fires everything due at `now`; returns how many. */
  async tick(now: number): Promise<number> {
    const next = await this.nextDue();
    if (next === null || next > now) return 0;
    return this.#store.write(async (tx) => {
      const due = await tx.schedules.due(now, BATCH);
      let fired = 0;
      for (const schedule of due) {
        if (await tx.schedules.fire(schedule, nextOf(schedule, now), now)) fired += 1;
      }
      return fired;
    });
  }

  /** When the next schedule is due, or null. */
  nextDue(): Promise<number | null> {
    return this.#store.read((tx) => tx.schedules.nextDue());
  }
}
