import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { EventHandler, Prefetch } from "#src/queue/handling.js";
import { afterFailure, failureReason } from "#src/queue/retry-policy.js";
import type { StepResult } from "#src/queue/worker-loop.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { WaitingEvent } from "#src/store/inbox-store.js";
import type { LeasedLane } from "#src/store/lane-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";

export interface InboxWorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handle: EventHandler;
  readonly prefetch: Prefetch;
  readonly token: () => string;
  readonly random: () => number;
  /** Conversations and events of one commit. */
  readonly lanes?: number;
  readonly batch?: number;
  readonly onHandled?: (count: number, oldestReceivedAt: number) => void;
}

interface Claimed {
  readonly lanes: readonly LeasedLane[];
  readonly events: readonly WaitingEvent[];
}

const LANES = 64;
const BATCH = 500;
const LEASE_MS = 60_000;

/**
 * Handles stored events in the order they arrived: one transaction takes the turn of several
 * conversations, handles a batch of their events and marks them as done. A batch that fails is
 * repeated event by event, so that one bad event stops nobody else.
 */
export class InboxWorker {
  readonly #options: InboxWorkerOptions;

  constructor(options: InboxWorkerOptions) {
    this.#options = options;
  }

  /** Handles one batch. */
  async step(): Promise<StepResult> {
    const { store, clock } = this.#options;
    const due = await store.read((tx) => tx.lanes.nextDue("inbox"));
    if (due === null || due > clock.now()) return { handled: 0, dueAt: due };
    try {
      const most = this.#options.batch ?? BATCH;
      const handled = await this.#batch(this.#options.lanes ?? LANES, most);
      return { handled, dueAt: null, full: handled === most };
    } catch (error) {
      this.#options.logger.warn(
        { reason: failureReason(error), err: error },
        "batch failed, repeated one by one",
      );
      return { handled: await this.#oneByOne(), dueAt: null };
    }
  }

  async #batch(laneLimit: number, eventLimit: number): Promise<number> {
    const { store, clock, onHandled } = this.#options;
    const oldest = await store.write(async (tx) => {
      const claimed = await this.#claim(tx, laneLimit, eventLimit);
      const events = claimed.events.map((row) => JSON.parse(row.payload) as InboundEvent);
      await this.#options.prefetch(tx, events);
      for (const [index, event] of events.entries()) {
        tx.messages.arriving(claimed.events[index]?.seq ?? 0);
        await this.#options.handle(tx, event);
      }
      await tx.inbox.complete(claimed.events.map((row) => row.seq));
      const more = claimed.events.length === eventLimit;
      await tx.lanes.release(claimed.lanes, more ? clock.now() : null, clock.now());
      return claimed.events.map((row) => Number(row.receivedAt));
    });
    if (oldest.length > 0) onHandled?.(oldest.length, Math.min(...oldest));
    return oldest.length;
  }

  async #claim(tx: Transaction, laneLimit: number, eventLimit: number): Promise<Claimed> {
    const { clock, token } = this.#options;
    const lanes = await tx.lanes.claim({
      queue: "inbox",
      now: clock.now(),
      leaseMs: LEASE_MS,
      limit: laneLimit,
      token: token(),
    });
    const events = await tx.inbox.waiting(
      lanes.map((lane) => lane.key),
      eventLimit,
    );
    return { lanes, events };
  }

  /** Each event in a transaction of its own; the first that fails holds or leaves its conversation. */
  async #oneByOne(): Promise<number> {
    let handled = 0;
    for (let round = 0; round < BATCH; round += 1) {
      const outcome = await this.#one();
      if (outcome === "idle") break;
      handled += 1;
    }
    return handled;
  }

  async #one(): Promise<"idle" | "handled" | "failed"> {
    let current: WaitingEvent | undefined;
    try {
      return await this.#options.store.write(async (tx) => {
        const { lanes, events } = await this.#claim(tx, 1, 1);
        const [row] = events;
        const now = this.#options.clock.now();
        if (row === undefined) {
          await tx.lanes.release(lanes, null, now);
          return lanes.length === 0 ? "idle" : "handled";
        }
        current = row;
        const event = JSON.parse(row.payload) as InboundEvent;
        await this.#options.prefetch(tx, [event]);
        tx.messages.arriving(row.seq);
        await this.#options.handle(tx, event);
        await tx.inbox.complete([row.seq]);
        await tx.lanes.release(lanes, now, now);
        return "handled";
      });
    } catch (error) {
      if (current === undefined) throw error;
      await this.#failed(current, error);
      return "failed";
    }
  }

  async #failed(row: WaitingEvent, error: unknown): Promise<void> {
    const { store, clock, logger, random } = this.#options;
    const attempts = row.attempts + 1;
    const retry = afterFailure(error, attempts, random());
    const reason = failureReason(error);
    logger.error(
      { event: row.seq, attempts, reason, retry: retry.kind, err: error },
      "an event could not be handled",
    );
    const counted = retry.kind === "again" && !retry.counts ? row.attempts : attempts;
    await store.write(async (tx) => {
      // Whoever holds the conversation by now handles the event itself, and counts its own failures.
      const lanes = await tx.lanes.claimKey({
        queue: "inbox",
        key: row.lane,
        now: clock.now(),
        leaseMs: LEASE_MS,
        token: this.#options.token(),
      });
      if (lanes.length === 0) return;
      await tx.inbox.fail(row.seq, counted, reason, retry.kind === "park");
      await tx.lanes.hold(lanes, retry.kind === "park" ? clock.now() : clock.now() + retry.afterMs);
    });
  }
}
