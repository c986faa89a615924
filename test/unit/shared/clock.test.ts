import { describe, expect, it } from "vitest";
import { manualClock, systemClock } from "#src/shared/clock.js";

describe("the machine's clock", () => {
  it("ends a sleep at once when it is told to", async () => {
    const nap = new AbortController();
    const sleep = systemClock.sleep(3_600_000, nap.signal);
    nap.abort();
    await sleep;
    await systemClock.sleep(3_600_000, nap.signal);
    expect(nap.signal.aborted).toBe(true);
  });

  it("lets what waits go first when it sleeps for no time", async () => {
    const order: string[] = [];
    setImmediate(() => order.push("waiting"));
    await systemClock.sleep(0);
    expect(order).toEqual(["waiting"]);
  });
});

describe("a clock moved by hand", () => {
  it("goes forwards when it is set, anywhere when it jumps, and its steady time never back", () => {
    const clock = manualClock(1_000);
    clock.set(500);
    expect(clock.now()).toBe(1_000);
    clock.set(1_500);
    clock.advance(100);
    clock.jump(10);
    expect([clock.now(), clock.monotonic()]).toEqual([10, 600]);
  });
});
