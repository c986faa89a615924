import type { Schedule } from "#entities/index.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { nextFiring, parseRecurrence } from "./recurrence.js";

const BATCH = 200;

/** When a schedule fires next after `now`; null for one that happens once. Throws for an unusable one. */
function nextOf(schedule: Schedule, now: number): number | null {
  if (schedule.pattern === null) return null;
  return nextFiring(parseRecurrence(schedule.pattern), schedule.timeZone, now);
}

async function fire(tx: Transaction, schedule: Schedule, now: number): Promise<boolean> {
  let next: number | null;
  try {
    next = nextOf(schedule, now);
  } catch {
    // A zone or pattern that this version cannot read (an older backup) must not stop all others.
    await tx.schedules.cancel(schedule.kind, schedule.ownerId);
    const subject = `schedule:${schedule.id}`;
    await tx.record({ at: now, actorId: "bot", act: "schedule.unreadable", subject });
    return false;
  }
  return tx.schedules.fire(schedule, next, now);
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
        if (await fire(tx, schedule, now)) fired += 1;
      }
      return fired;
    });
  }

  /** When the next schedule is due, or null. */
  nextDue(): Promise<number | null> {
    return this.#store.read((tx) => tx.schedules.nextDue());
  }
}
