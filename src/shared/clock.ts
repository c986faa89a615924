/** The only source of time for the product; tests and replays move it by hand. */
export interface Clock {
  /** Epoch milliseconds of the wall clock. */
  now(): number;
  /** Milliseconds of a clock that never runs backwards; only differences mean anything. */
  monotonic(): number;
  /**
   * Resolves after `ms` of this clock, or at once when `signal` is aborted. Zero lets everything that
   * waits in the event loop go first.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      if (ms <= 0) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(finish, ms);
      function finish(): void {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      }
      signal?.addEventListener("abort", finish, { once: true });
    }),
};

/** A clock that stands still until it is set: for tests, replays and the demo. */
export interface ManualClock extends Clock {
  /** Moves to an instant, forwards only; earlier instants are ignored. */
  set(instant: number): void;
  advance(ms: number): void;
  /** Moves to any instant, also backwards (a clock that jumps). */
  jump(instant: number): void;
}

/** Creates a {@link ManualClock} that starts at `start` (epoch ms). Its `sleep` yields once and returns. */
export function manualClock(start: number): ManualClock {
  let instant = start;
  let steady = 0;
  return {
    now: () => instant,
    monotonic: () => steady,
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    set(next) {
      if (next > instant) {
        steady += next - instant;
        instant = next;
      }
    },
    advance(ms) {
      instant += ms;
      steady += ms;
    },
    jump(next) {
      instant = next;
    },
  };
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
