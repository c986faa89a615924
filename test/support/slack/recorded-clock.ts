import type { Clock } from "#src/shared/clock.js";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved; who sleeps wakes when it gets there. */
export interface RecordedClock extends Clock {
  /** When the next sleeper wakes; null when nobody sleeps. */
  readonly nextDue: () => number | null;
  /** Moves to an instant and wakes everybody whose time has come. */
  readonly moveTo: (instant: number) => void;
  /** Grows with every sleep that begins or ends. */
  readonly stirred: () => number;
}

/** Creates a {@link RecordedClock}; `onMove` is told each instant, for whatever else keeps time. */
export function recordedClock(start: number, onMove: (instant: number) => void): RecordedClock {
  let now = start;
  let stirred = 0;
  const sleepers = new Set<Sleeper>();
  onMove(start);
  return {
    now: () => now,
    monotonic: () => now - start,
    stirred: () => stirred,
    nextDue: () =>
      sleepers.size === 0 ? null : Math.min(...[...sleepers].map(({ until }) => until)),
    moveTo: (instant) => {
      now = Math.max(now, instant);
      onMove(now);
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        stirred += 1;
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        if (ms <= 0) {
          setImmediate(resolve);
          return;
        }
        const sleeper = { until: now + ms, wake };
        function wake(): void {
          stirred += 1;
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", wake);
          resolve();
        }
        sleepers.add(sleeper);
        signal?.addEventListener("abort", wake, { once: true });
      }),
  };
}
