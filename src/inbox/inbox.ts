import { conversationKey } from "#src/platform/conversation.js";
import { fenceKeyOf, type InboundEvent } from "#src/platform/inbound-event.js";
import type { Inbox } from "#src/platform/platform-adapter.js";
import { AppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Arrival } from "#src/store/inbox-store.js";
import type { Store } from "#src/store/store.js";
import { sanitise } from "./sanitise.js";

export interface InboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Most events in one commit. */
  readonly batch?: number;
  /** Events that may wait for their commit before new ones are refused. */
  readonly backlog?: number;
  /** How far back an event of a platform may lie, ms; the usual few days where it is undefined. */
  readonly historyOf?: (platform: string) => number | undefined;
  readonly onAccepted?: (outcome: "accepted" | "duplicate") => void;
  /** Why nothing new may be accepted now; null when it may. */
  readonly refusal?: () => AppError | null;
}

interface Waiter {
  readonly arrival: Arrival;
  readonly resolve: (outcome: "accepted" | "duplicate") => void;
  readonly reject: (reason: unknown) => void;
}

const BATCH = 500;
const BACKLOG = 20_000;

/** Stores events before they are acknowledged; those that arrive together share one commit. */
export class StoringInbox implements Inbox {
  readonly #options: InboxOptions;
  #waiting: Waiter[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the event is on disk. Throws `invalid-input` for an event with unusable ids and
   * `store-busy` when too much waits already; then the platform is not acknowledged.
   */
  async accept(event: InboundEvent): Promise<"accepted" | "duplicate"> {
    const now = this.#options.clock.now();
    const clean = sanitise(event, now, this.#options.historyOf?.(event.conversation.platform));
    const refusal = this.#options.refusal?.() ?? null;
    if (refusal !== null) throw refusal;
    if (this.#waiting.length >= (this.#options.backlog ?? BACKLOG)) {
      throw new AppError(
        "store-busy",
        "Too many events wait to be stored; send this one again later.",
      );
    }
    const lane = conversationKey(clean.conversation);
    const arrival: Arrival = {
      eventKey: `${encodeURIComponent(clean.conversation.platform)}/${clean.eventId}`,
      fenceKey: fenceKeyOf(clean),
      lane,
      kind: clean.kind,
      payload: JSON.stringify(clean),
      receivedAt: now,
    };
    const outcome = await new Promise<"accepted" | "duplicate">((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject });
      this.#flushing ??= this.#flushSoon();
    });
    this.#options.onAccepted?.(outcome);
    return outcome;
  }

  /** Resolves when everything handed in so far is stored or refused. */
  async settled(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  async #flushSoon(): Promise<void> {
    // One turn of the event loop, so that everything that arrived together is in the batch.
    await this.#options.clock.sleep(0);
    while (this.#waiting.length > 0) {
      const size = this.#options.batch ?? BATCH;
      const batch = this.#waiting.slice(0, size);
      this.#waiting = this.#waiting.slice(size);
      await this.#flush(batch);
    }
    this.#flushing = undefined;
  }

  async #flush(batch: readonly Waiter[]): Promise<void> {
    const { store, clock } = this.#options;
    try {
      const arrivals = batch.map((waiter) => waiter.arrival);
      const written = new Set(await store.write((tx) => tx.inbox.add(arrivals, clock.now())));
      for (const { arrival, resolve } of batch) {
        // The first of two equal events in one batch is the accepted one.
        resolve(written.delete(arrival.eventKey) ? "accepted" : "duplicate");
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
