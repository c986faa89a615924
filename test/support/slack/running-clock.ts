import { type Clock, manualClock } from "#src/shared/clock.js";

/** How long a test really waits for a sleep of a few seconds, and for a longer one. */
const SHORT_REAL_MS = 200;
const LONG_REAL_MS = 3_000;
const SHORT_MS = 5_000;

/** A clock of a test: it moves when somebody sleeps, and when the test says so. */
export interface RunningClock extends Clock {
  readonly advance: (ms: number) => void;
}

/**
 * A clock that starts at an instant. Who sleeps really waits a moment, then the clock has moved on by
 * the full length; a limit of many seconds gives the work under it time enough even on a busy machine.
 * A sleep that is ended early moves nothing.
 */
export function runningClock(start: number): RunningClock {
  const clock = manualClock(start);
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    advance: (ms) => {
      clock.advance(ms);
    },
    sleep: async (ms, signal) => {
      const ended = (): boolean => signal?.aborted === true;
      if (ended()) return;
      const longest = ms > SHORT_MS ? LONG_REAL_MS : SHORT_REAL_MS;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, longest));
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      });
      if (!ended()) clock.advance(ms);
    },
  };
}
