import type { OutboxMessage } from "#entities/index.js";
import { drawPicture } from "#src/pictures/render-digest-card.js";
import { conversationFromKey } from "#src/platform/conversation.js";
import { capabilitiesOf, type PlatformAdapter } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { afterFailure, failureReason, type Retry } from "#src/queue/retry-policy.js";
import type { StepResult } from "#src/queue/worker-loop.js";
import { AppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { LeasedLane } from "#src/store/lane-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { decide, endOf, FORGOTTEN } from "./decide.js";
import { type Delivery, deliver } from "./deliver.js";
import { type DrawPicture, pictureFor } from "./picture-for.js";
import { answersBeside } from "./private-answers.js";
import { withinTime } from "./time-limit.js";

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
  /** Draws what messages bring along; the product's own drawing where absent. */
  readonly draw?: DrawPicture;
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

/** A conversation's turn in this step. */
interface Turn {
  readonly lane: LeasedLane;
  readonly now: number;
  readonly leaseUntil: number;
}

interface Failure {
  readonly error: unknown;
  readonly retry: Retry;
  readonly now: number;
}

type Outcome =
  | { readonly kind: "sent"; readonly delivery: Delivery }
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "maybe-sent" }
  | { readonly kind: "failed"; readonly error: unknown };

/** How an attempt ended. */
interface End {
  readonly attempt: Attempt;
  readonly outcome: Outcome;
}

/** Marks a row as begun, in the transaction that decides so. */
async function begin(tx: Transaction, row: OutboxMessage): Promise<OutboxMessage> {
  const attempts = row.attempts + 1;
  await tx.outbox.rows.update({ seq: row.seq }, { attempts, maybeSent: true });
  return { ...row, attempts };
}

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
    await Promise.all(taken.attempts.map((together) => this.#send(together)));
    // Turns that were taken and given back count as work: their next due time may be now.
    return { handled: taken.turns, dueAt: null };
  }

  async #take(
    tx: Transaction,
  ): Promise<{ readonly turns: number; readonly attempts: readonly (readonly Attempt[])[] }> {
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
    const attempts: (readonly Attempt[])[] = [];
    for (const lane of lanes) {
      const turn = { lane, now, leaseUntil: now + leaseMs };
      const attempt = await this.#prepare(tx, turn, attempts.flat());
      if (attempt !== null) attempts.push(await this.#withOthers(tx, attempt, attempts.flat()));
    }
    return { turns: lanes.length, attempts };
  }

  /** The attempt and the private answers behind it that go out side by side with it. */
  async #withOthers(
    tx: Transaction,
    first: Attempt,
    others: readonly Attempt[],
  ): Promise<readonly Attempt[]> {
    const now = this.#options.clock.now();
    const together = [first];
    // As it stood before it was begun.
    const row = { ...first.row, attempts: first.row.attempts - 1 };
    const { adapter } = first;
    for (const next of await answersBeside(tx, { row, adapter, now })) {
      const begun = [...others, ...together].filter((one) => one.row.platform === next.platform);
      const candidate = { row: next, adapter, original: null, now, begun: begun.length };
      if ((await decide(tx, candidate)).kind !== "go") break;
      const begunRow = await begin(tx, next);
      together.push({ ...first, row: begunRow, original: null, ambiguous: false });
    }
    return together;
  }

  /** The lane's next row, marked as begun; or null with the lane given back. */
  async #prepare(tx: Transaction, turn: Turn, others: readonly Attempt[]): Promise<Attempt | null> {
    const { lane, now, leaseUntil } = turn;
    const { row, dueAt } = await tx.outbox.next(lane.key, now);
    if (row === null) {
      await tx.lanes.release([lane], dueAt, now);
      return null;
    }
    const adapter = this.#options.adapters.get(row.platform);
    const original =
      row.editsKey === null ? null : await tx.outbox.rows.first({ key: row.editsKey });
    const begun = others.filter((other) => other.row.platform === row.platform).length;
    const decision = await decide(tx, { row, adapter, original, now, begun });
    switch (decision.kind) {
      case "go": {
        const begunRow = await begin(tx, row);
        const { adapter: by } = decision;
        return { lane, row: begunRow, adapter: by, original, ambiguous: row.maybeSent, leaseUntil };
      }
      case "rest":
        await tx.lanes.hold([lane], decision.until);
        return null;
      case "put-off":
        // Its earlier tries are forgotten: a row in back-off holds its conversation, this one must not.
        await tx.outbox.rows.update({ seq: row.seq }, { notBefore: decision.until, attempts: 0 });
        await tx.lanes.release([lane], now, now);
        return null;
      case "end":
        await tx.outbox.rows.update({ seq: row.seq }, endOf(decision));
        await tx.lanes.release([lane], now, now);
        return null;
    }
  }

  /** Sends what goes out together in one turn; its end is kept as a whole. */
  async #send(together: readonly Attempt[]): Promise<void> {
    const ends = await Promise.all(
      together.map(async (attempt) => ({ attempt, outcome: await this.#try(attempt) })),
    );
    const { store, logger, clock, onSent } = this.#options;
    const now = clock.now();
    try {
      await store.write((tx) => this.#finish(tx, ends, now));
    } catch (error) {
      // The turn was lost or the store is away: whoever takes it next settles the rows as ambiguous.
      logger.warn(
        { row: together[0]?.row.seq, reason: failureReason(error), err: error },
        "the end of a send could not be kept",
      );
      return;
    }
    for (const { attempt, outcome } of ends)
      if (outcome.kind === "sent") onSent?.(attempt.row, now);
  }

  async #try(attempt: Attempt): Promise<Outcome> {
    const { clock, logger, draw = drawPicture } = this.#options;
    const deadline = attempt.leaseUntil - SAFETY_MS;
    // Before the request, so that a slow drawing leaves nothing unknown behind.
    const picture = await pictureFor(attempt, draw, logger);
    if (clock.now() > deadline) {
      return {
        kind: "failed",
        error: new AppError("stale-lease", "The turn ended before the request began."),
      };
    }
    try {
      return await withinTime(clock, deadline, (signal) =>
        deliver({ ...attempt, picture, signal }),
      );
    } catch (error) {
      logger.debug(
        { row: attempt.row.seq, reason: failureReason(error), err: error },
        "a send failed",
      );
      return { kind: "failed", error };
    }
  }

  async #finish(tx: Transaction, ends: readonly End[], now: number): Promise<void> {
    const [first] = ends;
    if (first === undefined) return;
    const settled = ends.map(({ attempt, outcome }) => {
      const retry =
        outcome.kind === "failed"
          ? afterFailure(outcome.error, attempt.row.attempts, this.#options.random())
          : null;
      return { attempt, outcome, retry };
    });
    const { lane, row, adapter } = first.attempt;
    const { pacing } = capabilitiesOf(adapter, conversationFromKey(row.lane));
    const rests = settled.map(({ outcome, retry }) => {
      if (outcome.kind === "sent") return pacing.gapPerConversationMs;
      return retry?.kind === "again" && retry.alone !== true ? retry.afterMs : 0;
    });
    const held = await tx.lanes.hold([lane], now + Math.max(...rests));
    if (held !== 1)
      throw new AppError("stale-lease", "The turn of this conversation went to somebody else.");
    for (const { attempt, outcome, retry } of settled) {
      if (outcome.kind !== "failed") await this.#ended(tx, attempt.row, outcome, now);
      else if (retry !== null)
        await this.#failed(tx, attempt, { error: outcome.error, retry, now });
    }
  }

  async #ended(
    tx: Transaction,
    row: OutboxMessage,
    outcome: Exclude<Outcome, { kind: "failed" }>,
    now: number,
  ): Promise<void> {
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
            // What was said privately to one member, and what staff were told of a case, is not kept.
            ...(row.kind === "survey" ? {} : FORGOTTEN),
          },
        );
        return;
      case "dropped":
        await tx.outbox.rows.update({ seq: row.seq }, endOf({ ...outcome, state: "dropped" }));
        return;
      case "maybe-sent":
        await tx.outbox.rows.update({ seq: row.seq }, { state: "parked", reason: "maybe-sent" });
        await this.#options.onMaybeSent(tx, row, now);
    }
  }

  async #failed(
    tx: Transaction,
    { row, ambiguous }: Attempt,
    { error, retry, now }: Failure,
  ): Promise<void> {
    const reason = failureReason(error);
    const unknownEnd =
      error instanceof PlatformError ? error.code === "ambiguous" : !(error instanceof AppError);
    // An earlier try that ended unknown stays unknown until it was looked up.
    const maybeSent = ambiguous || unknownEnd;
    if (retry.kind === "park") {
      this.#options.logger.error(
        { row: row.seq, kind: row.kind, reason, err: error },
        "a message is parked",
      );
      await tx.outbox.rows.update({ seq: row.seq }, { state: "parked", maybeSent, reason });
      return;
    }
    const counted = Math.max(1, retry.counts ? row.attempts : row.attempts - 1);
    const attempts = retry.alone === true ? 0 : counted;
    await tx.outbox.rows.update(
      { seq: row.seq },
      // A row in back-off holds its conversation, which `next` tells by its attempts.
      { attempts, maybeSent, notBefore: now + retry.afterMs, reason },
    );
  }
}
