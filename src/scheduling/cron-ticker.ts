import { schedule } from "node-cron";

/** Something that is done again and again at the beat of a cron pattern (with seconds). */
export interface Tick {
  readonly name: string;
  readonly pattern: string;
  readonly work: () => Promise<unknown>;
}

/** Running ticks. */
export interface Ticker {
  stop(): Promise<void>;
}

/**
 * Beats until it is stopped: a tick never overlaps itself, and one that fails is told and beats on.
 * What is due is decided by the store, so a beat that is missed is made up for by the next.
 */
export function startTicker(
  ticks: readonly Tick[],
  onFailure: (name: string, error: unknown) => void,
): Ticker {
  const tasks = ticks.map(({ name, pattern, work }) =>
    schedule(
      pattern,
      async () => {
        try {
          await work();
        } catch (error) {
          onFailure(name, error);
        }
      },
      { name, noOverlap: true, suppressMissedWarning: true },
    ),
  );
  return {
    stop: async () => {
      for (const task of tasks) await task.destroy();
    },
  };
}
