import { describe, expect, it } from "vitest";
import { type StepResult, WorkerLoop } from "#src/queue/worker-loop.js";
import { AppError } from "#src/shared/app-error.js";
import type { Clock } from "#src/shared/clock.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";

const IDLE: StepResult = { handled: 0, dueAt: null };

/** A clock whose sleeps last until they are ended by the test or the signal; it notes how long they should last. */
function sleepyClock(): Clock & { readonly naps: number[]; endNap: () => void } {
  const naps: number[] = [];
  let end: () => void = () => undefined;
  return {
    naps,
    endNap: () => end(),
    now: () => 1_000_000,
    monotonic: () => 0,
    sleep: (ms, signal) => {
      naps.push(ms);
      if (ms === 0) return new Promise((resolve) => setImmediate(resolve));
      return new Promise((resolve) => {
        end = resolve;
        signal?.addEventListener("abort", () => resolve(), { once: true });
      });
    },
  };
}

async function turns(): Promise<void> {
  for (let index = 0; index < 20; index += 1) await new Promise((resolve) => setImmediate(resolve));
}

function loopOf(step: () => Promise<StepResult>, logger: Logger = silentLogger) {
  const clock = sleepyClock();
  return { clock, loop: new WorkerLoop({ name: "test", clock, logger, pollMs: 5_000, step }) };
}

describe("a worker's loop", () => {
  it("goes on while there is work, then sleeps until the next look", async () => {
    const left = [3, 2, 1];
    let steps = 0;
    const { loop, clock } = loopOf(async () => {
      steps += 1;
      return { handled: left.shift() ?? 0, dueAt: null };
    });
    loop.start();
    await turns();
    expect([steps, clock.naps.at(-1)]).toEqual([4, 5_000]);
    await loop.stop();
  });

  it("lets the process do other things between two steps that find work", async () => {
    let others = 0;
    let steps = 0;
    const { loop } = loopOf(async () => {
      steps += 1;
      if (steps === 1) setImmediate(() => (others += 1));
      if (steps === 2) expect(others).toBe(1);
      return steps < 3 ? { handled: 1, dueAt: null } : IDLE;
    });
    loop.start();
    await turns();
    await loop.stop();
    expect([others, steps]).toEqual([1, 3]);
  });

  it("sleeps only until something is due", async () => {
    const { loop, clock } = loopOf(async () => ({ handled: 0, dueAt: 1_000_250 }));
    loop.start();
    await turns();
    expect(clock.naps).toEqual([250]);
    await loop.stop();
  });

  it("looks at once when it is woken, also in the middle of a step", async () => {
    let steps = 0;
    let open: () => void = () => undefined;
    const { loop, clock } = loopOf(async () => {
      steps += 1;
      if (steps === 2) await new Promise<void>((resolve) => (open = resolve));
      return IDLE;
    });
    loop.start();
    await turns();
    expect(steps).toBe(1);
    loop.wake();
    await turns();
    expect(steps).toBe(2);
    // It is woken while it works: it must not sleep over that.
    loop.wake();
    open();
    await turns();
    expect(steps).toBe(3);
    expect(clock.naps.at(-1)).toBe(5_000);
    await loop.stop();
  });

  it("waits a second after a failed step and goes on, with one line about it", async () => {
    const lines: object[] = [];
    let steps = 0;
    const { loop, clock } = loopOf(
      async () => {
        steps += 1;
        if (steps === 1) throw new AppError("store-busy", "locked");
        return IDLE;
      },
      { ...silentLogger, warn: (fields) => void lines.push(fields) },
    );
    loop.start();
    await turns();
    expect(clock.naps).toEqual([1_000]);
    clock.endNap();
    await turns();
    expect(steps).toBe(2);
    expect(lines).toMatchObject([{ worker: "test", reason: "store-busy" }]);
    await loop.stop();
  });

  it("stops after the step in hand, not before, and can start again", async () => {
    let open: () => void = () => undefined;
    let finished = 0;
    const { loop } = loopOf(async () => {
      await new Promise<void>((resolve) => (open = resolve));
      finished += 1;
      return IDLE;
    });
    loop.start();
    loop.start();
    await turns();
    let stopped = false;
    const stop = loop.stop().then(() => (stopped = true));
    await turns();
    expect([stopped, finished]).toEqual([false, 0]);
    open();
    await stop;
    expect(finished).toBe(1);
    loop.start();
    await turns();
    open();
    await loop.stop();
    expect(finished).toBe(2);
  });

  it("may be stopped when it was never started", async () => {
    await expect(loopOf(async () => IDLE).loop.stop()).resolves.toBeUndefined();
  });
});
