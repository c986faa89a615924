import type { Schedule, ScheduleFiring } from "#entities/index.js";
import type { FiringKind } from "#entities/vocabulary.js";
import { firingLane } from "#src/shared/firing-lane.js";
import { stableId } from "#src/shared/ids.js";
import type { LaneStore } from "./lane-store.js";
import type { Table } from "./table.js";

/** A schedule as a feature orders it. */
export interface ScheduleOrder {
  readonly kind: FiringKind;
  /** What it belongs to; one schedule per kind and owner. */
  readonly ownerId: string;
  readonly groupId: string | null;
  readonly pattern: string | null;
  readonly timeZone: string;
  readonly nextAt: number | null;
  /** How late it may fire, ms; later it is recorded as missed (and still handled, so that the handler decides). */
  readonly graceMs: number;
  readonly payload?: Readonly<Record<string, string | number>>;
}

/** Schedules and their occurrences. Compare-and-set decides who fires; a unique row is the second fence. */
export class ScheduleStore {
  readonly rows: Table<Schedule>;
  readonly firings: Table<ScheduleFiring>;
  readonly #lanes: LaneStore;

  constructor(rows: Table<Schedule>, firings: Table<ScheduleFiring>, lanes: LaneStore) {
    this.rows = rows;
    this.firings = firings;
    this.#lanes = lanes;
  }

  /** Sets when something happens next; an order for the same kind and owner replaces the earlier one. */
  async set(order: ScheduleOrder): Promise<void> {
    const row: Schedule = {
      id: scheduleId(order.kind, order.ownerId),
      kind: order.kind,
      ownerId: order.ownerId,
      groupId: order.groupId,
      pattern: order.pattern,
      timeZone: order.timeZone,
      nextAt: order.nextAt,
      graceMs: order.graceMs,
      enabled: true,
      payload: order.payload ?? {},
    };
    await this.rows.upsert([row], {
      key: ["kind", "ownerId"],
      columns: ["groupId", "pattern", "timeZone", "nextAt", "graceMs", "enabled", "payload"],
    });
  }

  /** Takes a schedule away; firings that were made already stay. */
  async cancel(kind: FiringKind, ownerId: string): Promise<void> {
    await this.rows.update({ kind, ownerId }, { enabled: false, nextAt: null });
  }

  async due(now: number, limit: number): Promise<Schedule[]> {
    return this.rows.find(
      { enabled: true, nextAt: { atMost: now } },
      { order: { nextAt: "asc", id: "asc" }, limit },
    );
  }

  /** Earliest next time of any schedule, or null. */
  async nextDue(): Promise<number | null> {
    const first = await this.rows.first(
      { enabled: true, nextAt: { not: null } },
      { order: { nextAt: "asc" } },
    );
    return first?.nextAt ?? null;
  }

  /**
   * Moves a schedule from the time it was read with to its next one and writes the occurrence.
   * False when somebody else did.
   */
  async fire(schedule: Schedule, nextAt: number | null, now: number): Promise<boolean> {
    const dueAt = schedule.nextAt;
    if (dueAt === null) return false;
    const moved = await this.rows.update({ id: schedule.id, nextAt: dueAt }, { nextAt });
    if (moved !== 1) return false;
    const late = now - dueAt;
    const firing: ScheduleFiring = {
      id: stableId("firing", schedule.id, dueAt),
      scheduleId: schedule.id,
      kind: schedule.kind,
      ownerId: schedule.ownerId,
      groupId: schedule.groupId,
      dueAt,
      firedAt: now,
      outcome: late > schedule.graceMs ? "missed" : late > 60_000 ? "late" : "on_time",
      payload: schedule.payload,
      state: "due",
      attempts: 0,
      notBefore: now,
      reason: null,
    };
    const written = await this.firings.insertNew([firing], "id");
    if (!written.has(firing.id)) return false;
    await this.#lanes.wake("firing", [firingLane(firing)], now);
    return true;
  }
}

/** Id of the schedule of a kind for its owner. */
export function scheduleId(kind: FiringKind, ownerId: string): string {
  return stableId("schedule", kind, ownerId);
}
