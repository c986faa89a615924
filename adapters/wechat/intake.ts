import { isAppError } from "#src/shared/app-error.js";
import { type Clock, SECOND } from "#src/shared/clock.js";
import { Turns } from "./turns.js";

const FETCH_TRIES = 3;
const FIRST_REST_MS = SECOND / 2;
const LONGEST_REST_MS = 30 * SECOND;
/** Tries that are still made at once when the adapter stops. */
const LAST_TRIES = 3;
/** What may wait to be stored before more is given up: WeChat sends nothing twice. */
const MOST_WAITING = 20_000;

export interface IntakeParts {
  readonly clock: Clock;
  /** A piece of work is given up: it can never succeed, or did not before the end. */
  readonly onGivenUp: (error: unknown, hopeless: boolean) => void;
}

/**
 * The order of what comes in. Everything takes its place at once, is fetched side by side, waits for a
 * log-in before it, and is then worked off in the order of its room, each piece until it succeeds.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #turns = new Turns();
  #line: Promise<void> = Promise.resolve();
  #waiting = 0;
  #retrying = 0;
  #ending = new AbortController();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Pieces of work that failed and are tried again. */
  get retrying(): number {
    return this.#retrying;
  }

  /** Aborted when nobody waits any more. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  /** True when more waits than can be kept. */
  get isFull(): boolean {
    return this.#waiting >= MOST_WAITING;
  }

  start(): void {
    this.#ending = new AbortController();
  }

  /** Resolves when everything is done, or given up after a last try. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.settled();
  }

  async settled(): Promise<void> {
    for (;;) {
      const line = this.#line;
      await line;
      await this.#turns.settled();
      if (line === this.#line) return;
    }
  }

  /** Resolves when the work of all rooms so far is done; only to be asked in the line. */
  roomsSettled(): Promise<void> {
    return this.#turns.settled();
  }

  /** Takes a place in the line: what comes later waits for it. The work must not reject. */
  inLine(work: () => Promise<void>): void {
    this.#line = this.#line.then(work);
  }

  /** Does the work after all that has the same lane, until it succeeds. */
  inTurn(lane: string, work: () => Promise<void>): void {
    this.#waiting += 1;
    void this.#turns.run(lane, async () => {
      await this.until(work);
      this.#waiting -= 1;
    });
  }

  /** Asks a few times; null when there is no answer. */
  async fetch<Value>(ask: () => Promise<Value>): Promise<Value | null> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch {
        if (tries >= FETCH_TRIES) return null;
        await this.#parts.clock.sleep(FIRST_REST_MS, this.ended);
      }
    }
  }

  /** Does the work until it succeeds; gives up what can never succeed, and after the end. */
  async until(work: () => Promise<void>): Promise<void> {
    let last = 0;
    for (let tries = 0; ; tries += 1) {
      try {
        await work();
        if (tries > 0) this.#retrying -= 1;
        return;
      } catch (error) {
        if (tries === 0) this.#retrying += 1;
        const hopeless = isAppError(error, "invalid-input");
        if (this.ended.aborted) last += 1;
        if (hopeless || last >= LAST_TRIES) {
          this.#retrying -= 1;
          this.#parts.onGivenUp(error, hopeless);
          return;
        }
        const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(tries, 10));
        await this.#parts.clock.sleep(rest, this.ended);
      }
    }
  }
}
