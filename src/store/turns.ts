import { AppError } from "#src/shared/app-error.js";

/** Work that is at a standstill this long waits for something that cannot come, ms. */
const STANDSTILL_MS = 500;

interface Turn {
  refused: boolean;
  watch?: NodeJS.Timeout;
}

/**
 * Pieces of work that run one after the other. Each must be done before the event loop turns: work
 * that still runs half a second later waits for its own turn to end. Whoever asked for a turn
 * meanwhile gets an `internal` error, so that nobody waits for themselves for ever.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #running: Turn | undefined;

  /** Does the work when all that was asked for earlier is done; its result or its error. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = this.#running;
    const turn: Turn = { refused: false };
    const result = this.#last.then(() => this.#do(turn, work));
    this.#last = result.catch(() => undefined);
    if (running === undefined) return result;
    return Promise.race([result, this.#standstill(turn, running)]);
  }

  /** Resolves when all that was asked for so far is done. */
  async over(): Promise<void> {
    await this.#last;
  }

  async #do<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result> {
    clearTimeout(turn.watch);
    if (turn.refused) throw nested();
    this.#running = turn;
    try {
      return await work();
    } finally {
      this.#running = undefined;
    }
  }

  /** Rejects when the work that ran at the time of asking still runs and the turn still waits. */
  #standstill(turn: Turn, running: Turn): Promise<never> {
    return new Promise((_, reject) => {
      turn.watch = setTimeout(() => {
        if (this.#running !== running) return;
        turn.refused = true;
        reject(nested());
      }, STANDSTILL_MS);
    });
  }
}

function nested(): AppError {
  return new AppError("internal", "A transaction was opened inside another one.");
}
