import type { Detector } from "#src/complaints/detection/verdict.js";
import type { OpinionAnswer } from "#src/complaints/opinion/answer.js";
import { type OpenQuestion, readQuestion } from "#src/complaints/opinion/read-question.js";
import type { SecondOpinion } from "#src/complaints/opinion/second-opinion.js";
import { takeAnswer } from "#src/complaints/opinion/take-answer.js";
import { failureReason } from "#src/queue/retry-policy.js";
import type { StepResult } from "#src/queue/worker-loop.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { LeasedLane } from "#src/store/lane-store.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";

/** What became of a question, for the figures. */
export type OpinionOutcome = "asked" | "agreed" | "differed" | "failed" | "over_budget";

export interface OpinionWorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly detector: Detector;
  readonly opinion: SecondOpinion;
  /** Requests per local day of `timeZone`. */
  readonly dailyBudget: number;
  readonly timeZone: string;
  readonly token: () => string;
  readonly onOutcome?: (outcome: OpinionOutcome) => void;
}

/** Beyond the time-out: what two short transactions may take. */
const LEASE_MARGIN_MS = 30_000;
const ORDERS_READ = 50;
/** How often an answer is taken in again after somebody changed the same case in the same moment. */
const WRITES = 4;

interface Turn {
  readonly lanes: readonly LeasedLane[];
  readonly asked: OpenQuestion | null;
}

/**
 * Asks the second opinion, one question after another: reads it in a transaction, asks outside of
 * any, and takes the answer in with another. A question leaves the queue when it is taken, together
 * with its request out of the day's budget; a crash in between costs that one opinion and no more.
 */
export class OpinionWorker {
  readonly #options: OpinionWorkerOptions;

  constructor(options: OpinionWorkerOptions) {
    this.#options = options;
  }

  /** Asks the oldest question that may still be asked. */
  async step(): Promise<StepResult> {
    const { store, clock } = this.#options;
    const due = await store.read((tx) => tx.lanes.nextDue("opinion"));
    if (due === null || due > clock.now()) return { handled: 0, dueAt: due };
    const { lanes, asked } = await store.write((tx) => this.#take(tx));
    if (asked !== null) await this.#ask(asked, lanes);
    return { handled: lanes.length, dueAt: null };
  }

  /** Ends the request that is in hand, so that a stop need not wait for its time-out. */
  interrupt(): void {
    this.#options.opinion.interrupt();
  }

  #today(): string {
    return localDay(this.#options.clock.now(), this.#options.timeZone);
  }

  #spend(tx: Transaction): Promise<boolean> {
    return tx.opinions.spend(this.#today(), this.#options.dailyBudget);
  }

  async #take(tx: Transaction): Promise<Turn> {
    const { clock, token, opinion } = this.#options;
    const now = clock.now();
    const leaseMs = opinion.timeoutMs + LEASE_MARGIN_MS;
    const claim = { queue: "opinion", now, leaseMs, limit: 1, token: token() } as const;
    const lanes = await tx.lanes.claim(claim);
    if (lanes.length === 0) return { lanes, asked: null };
    if (opinion.restsUntil > now) {
      await tx.lanes.hold(lanes, opinion.restsUntil);
      return { lanes, asked: null };
    }
    const orders = await tx.opinions.waiting(ORDERS_READ);
    for (const [index, order] of orders.entries()) {
      await tx.opinions.remove([order.id]);
      const asked = await readQuestion(tx, order);
      if (asked === null) continue;
      if (await this.#spend(tx)) return { lanes, asked };
      // Their words will be gone before the next day's budget is there.
      await tx.opinions.remove(orders.slice(index).map(({ id }) => id));
      for (let left = index; left < orders.length; left += 1)
        this.#options.onOutcome?.("over_budget");
      break;
    }
    await tx.lanes.release(lanes, orders.length < ORDERS_READ ? null : now, now);
    return { lanes, asked: null };
  }

  async #ask(asked: OpenQuestion, lanes: readonly LeasedLane[]): Promise<void> {
    const { store, logger, opinion, onOutcome } = this.#options;
    onOutcome?.("asked");
    const reply = await opinion.ask(asked.question, () => store.write((tx) => this.#spend(tx)));
    if (reply.kind === "failed") {
      onOutcome?.("failed");
      logger.warn({ reason: reply.fault }, "the second opinion gave no usable answer");
      await store.write((tx) => this.#release(tx, lanes));
      return;
    }
    onOutcome?.(reply.answer.complaint === asked.complaint ? "agreed" : "differed");
    try {
      await this.#write(asked, reply.answer, lanes);
    } catch (error) {
      logger.error({ reason: failureReason(error) }, "an answer could not be taken in");
      await store.write((tx) => this.#release(tx, lanes));
    }
  }

  async #write(
    asked: OpenQuestion,
    answer: OpinionAnswer,
    lanes: readonly LeasedLane[],
  ): Promise<void> {
    const { store, clock, detector } = this.#options;
    for (let write = 1; ; write += 1) {
      try {
        await store.write(async (tx) => {
          await takeAnswer({ detector }, tx, { asked, answer, now: clock.now() });
          await this.#release(tx, lanes);
        });
        return;
      } catch (error) {
        if (write === WRITES || !isAppError(error, "conflict")) throw error;
      }
    }
  }

  /** More may wait: the next step looks. */
  async #release(tx: Transaction, lanes: readonly LeasedLane[]): Promise<void> {
    const now = this.#options.clock.now();
    await tx.lanes.release(lanes, now, now);
  }
}
