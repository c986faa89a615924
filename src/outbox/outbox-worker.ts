import type { OutboxMessage } from "#entities/index.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { afterFailure, failureReason } from "#src/queue/retry-policy.js";
import type { StepResult } from "#src/queue/worker-loop.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import { AppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { LeasedLane } from "#src/store/lane-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { type Delivery, deliver } from "./deliver.js";
import { pacingUntil } from "./pacing.js";

export interface OutboxWorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly adapters: ReadonlyMap<string, PlatformAdapter>;
  readonly token: () => string;
  readonly random: () => number;
  /** Conversations that are spoken to side by side. */
  readonly lanes?: number;
  readonly leaseMs?: number;
  /** Something may or may not have been said and must not be repeated: staff are told. */
  readonly onMaybeSent: (tx: Transaction, row: OutboxMessage, at: number) => Promise<void>;
  readonly onSent?: (row: OutboxMessage, sentAt: number) => void;
}

/** A row that is about to be sent, and the turn it was taken with. */
interface Attempt {
  readonly lane: LeasedLane;
  readonly row: OutboxMessage;
  readonly adapter: PlatformAdapter;
  /** The message this one edits, where it is known by now. */
  readonly original: OutboxMessage | null;
  /** An earlier try of this row ended unknown. */
  readonly ambiguous: boolean;
  readonly leaseUntil: number;
}

type Outcome =
  | { readonly kind: "sent"; readonly delivery: Delivery }
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "maybe-sent" }
  | { readonly kind: "failed"; readonly error: unknown };

const LANES = 16;
const LEASE_MS = 30_000;
/** The lease must outlive the request: later than this before its end nothing is begun. */
const SAFETY_MS = 5_000;

/** Says what was decided: in order per conversation, paced, retried, settled when a try ended unknown. */
export class OutboxWorker {
  readonly #options: OutboxWorkerOptions;

  constructor(options: OutboxWorkerOptions) {
    this.#options = options;
  }

  /** Takes the turns that are due and sends the next message of each. */
  async step(): Promise<StepResult> {
    const { store, clock } = this.#options;
    const due = await store.read((tx) => tx.lanes.nextDue("outbox"));
    if (due === null || due > clock.now()) return { handled: 0, dueAt: due };
    const taken = await store.write((tx) => this.#take(tx));
    await Promise.all(taken.attempts.map((attempt) => this.#send(attempt)));
    // Turns that were taken and given back count as work: their next due time may be now.
    return {
      handled: taken.attempts.length,
      dueAt: taken.attempts.length > 0 ? null : await this.#nextDue(),
    };
  }

  #nextDue(): Promise<number | null> {
    return this.#options.store.read((tx) => tx.lanes.nextDue("outbox"));
  }

  async #take(tx: Transaction): Promise<{ readonly attempts: readonly Attempt[] }> {
    const { clock, token } = this.#options;
    const now = clock.now();
    const leaseMs = this.#options.leaseMs ?? LEASE_MS;
    const lanes = await tx.lanes.claim({
      queue: "outbox",
      now,
      leaseMs,
      limit: this.#options.lanes ?? LANES,
      token: token(),
    });
    const attempts: Attempt[] = [];
    for (const lane of lanes) {
      const attempt = await this.#prepare(tx, lane, now + leaseMs);
      if (attempt !== null) attempts.push(attempt);
    }
    return { attempts };
  }

  /** The lane's next row, marked as begun; or null with the lane given back. */
  async #prepare(tx: Transaction, lane: LeasedLane, leaseUntil: number): Promise<Attempt | null> {
    const now = this.#options.clock.now();
    const { row, dueAt } = await tx.outbox.next(lane.key, now);
    if (row === null) {
      await tx.lanes.release([lane], dueAt, now);
      return null;
    }
    const adapter = this.#options.adapters.get(row.platform);
    const original =
      row.editsKey === null ? null : await tx.outbox.rows.first({ key: row.editsKey });
    const verdict = await this.#mayGo(tx, row, adapter, now);
    if (verdict.kind === "later") {
      await tx.outbox.rows.update({ seq: row.seq }, { notBefore: verdict.until });
      await tx.lanes.release([lane], verdict.holdsLane ? verdict.until : now, now);
      return null;
    }
    if (verdict.kind === "drop" || adapter === undefined) {
      const reason = verdict.kind === "drop" ? verdict.reason : "platform-not-connected";
      const state = verdict.kind === "drop" ? "dropped" : "parked";
      await tx.outbox.rows.update({ seq: row.seq }, { state, reason });
      await tx.lanes.release([lane], now, now);
      return null;
    }
    await tx.outbox.rows.update({ seq: row.seq }, { attempts: row.attempts + 1, maybeSent: true });
    return {
      lane,
      row: { ...row, attempts: row.attempts + 1 },
      adapter,
      original,
      ambiguous: row.maybeSent,
      leaseUntil,
    };
  }

  async #mayGo(
    tx: Transaction,
    row: OutboxMessage,
    adapter: PlatformAdapter | undefined,
    now: number,
  ): Promise<
    | { readonly kind: "go" }
    | { readonly kind: "drop"; readonly reason: string }
    | { readonly kind: "later"; readonly until: number; readonly holdsLane: boolean }
  > {
    if (row.expiresAt !== null && now >= row.expiresAt) return { kind: "drop", reason: "expired" };
    if (row.quiet !== null) {
      const until = quietUntil(now, row.quiet, row.quiet.timeZone);
      if (until !== null) return { kind: "later", until, holdsLane: false };
    }
    if (adapter === undefined) return { kind: "go" };
    const paced = await pacingUntil(tx, row.platform, adapter.capabilities.pacing, now);
    return paced === null ? { kind: "go" } : { kind: "later", until: paced, holdsLane: true };
  }

  async #send(attempt: Attempt): Promise<void> {
    const outcome = await this.#try(attempt);
    const { store, logger } = this.#options;
    try {
      await store.write((tx) => this.#finish(tx, attempt, outcome));
    } catch (error) {
      // The turn was lost or the store is away: whoever takes it next settles the row as ambiguous.
      logger.warn(
        { row: attempt.row.seq, reason: failureReason(error), err: error },
        "the end of a send could not be kept",
      );
    }
  }

  async #try(attempt: Attempt): Promise<Outcome> {
    const { clock, logger } = this.#options;
    if (clock.now() > attempt.leaseUntil - SAFETY_MS) {
      return {
        kind: "failed",
        error: new AppError("stale-lease", "The turn ended before the request began."),
      };
    }
    try {
      return await deliver(attempt);
    } catch (error) {
      logger.debug(
        { row: attempt.row.seq, reason: failureReason(error), err: error },
        "a send failed",
      );
      return { kind: "failed", error };
    }
  }

  async #finish(tx: Transaction, attempt: Attempt, outcome: Outcome): Promise<void> {
    const { row, lane, adapter } = attempt;
    const now = this.#options.clock.now();
    const gap = adapter.capabilities.pacing.gapPerConversationMs;
    const held = await tx.lanes.hold([lane], outcome.kind === "sent" ? now + gap : now);
    if (held !== 1)
      throw new AppError("stale-lease", "The turn of this conversation went to somebody else.");
    switch (outcome.kind) {
      case "sent":
        await tx.outbox.rows.update(
          { seq: row.seq },
          {
            state: "sent",
            sentAt: now,
            maybeSent: false,
            reason: null,
            ...outcome.delivery,
            ...this.#forget(row),
          },
        );
        this.#options.onSent?.(row, now);
        return;
      case "dropped":
        await tx.outbox.rows.update(
          { seq: row.seq },
          { state: "dropped", maybeSent: false, reason: outcome.reason },
        );
        return;
      case "maybe-sent":
        await tx.outbox.rows.update({ seq: row.seq }, { state: "parked", reason: "maybe-sent" });
        await this.#options.onMaybeSent(tx, row, now);
        return;
      case "failed":
        await this.#failed(tx, attempt, outcome.error);
    }
  }

  /** What was said privately to one member, and what staff were told of a case, is not kept. */
  #forget(row: OutboxMessage): { readonly message?: null; readonly replyHandle?: null } {
    return row.kind === "survey" ? {} : { message: null, replyHandle: null };
  }

  async #failed(tx: Transaction, attempt: Attempt, error: unknown): Promise<void> {
    const { row, lane } = attempt;
    const { clock, random, logger } = this.#options;
    const now = clock.now();
    const retry = afterFailure(error, row.attempts, random());
    const reason = failureReason(error);
    const unknownEnd =
      error instanceof PlatformError ? error.code === "ambiguous" : !(error instanceof AppError);
    if (retry.kind === "park") {
      logger.error({ row: row.seq, kind: row.kind, reason, err: error }, "a message is parked");
      await tx.outbox.rows.update(
        { seq: row.seq },
        { state: "parked", maybeSent: unknownEnd, reason },
      );
      return;
    }
    const attempts = retry.counts ? row.attempts : row.attempts - 1;
    await tx.outbox.rows.update(
      { seq: row.seq },
      // A row in back-off holds its conversation, which `next` tells by its attempts.
      {
        attempts: Math.max(1, attempts),
        maybeSent: unknownEnd,
        notBefore: now + retry.afterMs,
        reason,
      },
    );
    await tx.lanes.defer(lane, now + retry.afterMs);
  }
}
