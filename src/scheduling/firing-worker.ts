import type { ScheduleFiring } from "#entities/index.js";
import type { FiringHandler } from "#src/queue/handling.js";
import { afterFailure, failureReason } from "#src/queue/retry-policy.js";
import type { StepResult } from "#src/queue/worker-loop.js";
import type { Clock } from "#src/shared/clock.js";
import { firingLane } from "#src/shared/firing-lane.js";
import type { Logger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";

export interface FiringWorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handle: FiringHandler;
  readonly token: () => string;
  readonly random: () => number;
}

const LEASE_MS = 60_000;

/** Runs firings through their handlers: one transaction each, in order per group. */
export class FiringWorker {
  readonly #options: FiringWorkerOptions;

  constructor(options: FiringWorkerOptions) {
    this.#options = options;
  }

  /** Handles the oldest firing of one group. */
  async step(): Promise<StepResult> {
    const { store, clock } = this.#options;
    const due = await store.read((tx) => tx.lanes.nextDue("firing"));
    if (due === null || due > clock.now()) return { handled: 0, dueAt: due };
    let current: ScheduleFiring | undefined;
    try {
      const handled = await store.write((tx) =>
        this.#one(tx, (firing) => {
          current = firing;
        }),
      );
      return { handled, dueAt: null };
    } catch (error) {
      if (current === undefined) throw error;
      await this.#failed(current, error);
      return { handled: 1, dueAt: null };
    }
  }

  async #one(tx: Transaction, note: (firing: ScheduleFiring) => void): Promise<number> {
    const { clock, token, handle } = this.#options;
    const now = clock.now();
    const lanes = await tx.lanes.claim({
      queue: "firing",
      now,
      leaseMs: LEASE_MS,
      limit: 1,
      token: token(),
    });
    const [lane] = lanes;
    if (lane === undefined) return 0;
    const firing = await this.#next(tx, lane.key);
    if (firing === null) {
      await tx.lanes.release(lanes, null, now);
      return 1;
    }
    if (firing.notBefore > now) {
      await tx.lanes.hold(lanes, firing.notBefore);
      return 1;
    }
    note(firing);
    await handle(tx, firing);
    await tx.schedules.firings.update({ id: firing.id }, { state: "done", reason: null });
    await tx.lanes.release(lanes, now, now);
    return 1;
  }

  async #next(tx: Transaction, key: string): Promise<ScheduleFiring | null> {
    const order = { order: { dueAt: "asc", id: "asc" } } as const;
    const ofGroup = await tx.schedules.firings.first({ state: "due", groupId: key }, order);
    return (
      ofGroup ?? tx.schedules.firings.first({ state: "due", groupId: null, ownerId: key }, order)
    );
  }

  async #failed(firing: ScheduleFiring, error: unknown): Promise<void> {
    const { store, clock, random, logger, token } = this.#options;
    const attempts = firing.attempts + 1;
    const retry = afterFailure(error, attempts, random());
    const reason = failureReason(error);
    logger.error(
      { firing: firing.id, kind: firing.kind, attempts, reason, err: error },
      "a firing could not be handled",
    );
    const now = clock.now();
    await store.write(async (tx) => {
      const lanes = await tx.lanes.claimKey({
        queue: "firing",
        key: firingLane(firing),
        now,
        leaseMs: LEASE_MS,
        token: token(),
      });
      // Whoever holds the group by now handles the firing itself, and counts its own failures.
      if (lanes.length === 0) return;
      const counted = retry.kind === "again" && !retry.counts ? firing.attempts : attempts;
      const notBefore = retry.kind === "again" ? now + retry.afterMs : now;
      const state = retry.kind === "park" ? "parked" : "due";
      await tx.schedules.firings.update(
        { id: firing.id, state: "due" },
        { attempts: counted, reason, notBefore, state },
      );
      await tx.lanes.hold(lanes, notBefore);
    });
  }
}
