import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RateLimiter } from "#adapters/slack/rate-limiter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";

/** A clock on which waiting takes no time of the test. */
function jumpingClock(): Clock & { advance: (ms: number) => void } {
  let instant = 1_000_000;
  return {
    now: () => instant,
    monotonic: () => instant,
    sleep: async (ms) => {
      instant += ms;
    },
    advance: (ms) => {
      instant += ms;
    },
  };
}

const post = (channel: string) => ({ method: "chat.postMessage", team: "T1", channel });

describe("the limits of Slack", () => {
  it("let a channel have one post a second, and other channels go on", async () => {
    const clock = jumpingClock();
    const limiter = new RateLimiter(clock);
    const start = clock.now();
    await limiter.take(post("C1"));
    await limiter.take(post("C2"));
    expect(clock.now() - start).toBe(0);
    await limiter.take(post("C1"));
    expect(clock.now() - start).toBe(1_000);
  });

  it("move only the channel that Slack named, and the workspace when a second one follows", async () => {
    const clock = jumpingClock();
    const limiter = new RateLimiter(clock);
    limiter.pushBack(post("C1"), 30_000);
    await expect(limiter.take(post("C1"))).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterMs: 30_000,
    });
    await limiter.take(post("C2"));
    await limiter.take({ method: "chat.update", team: "T1", channel: "C1" });
    limiter.pushBack(post("C2"), 20_000);
    await expect(limiter.take(post("C3"))).rejects.toBeInstanceOf(PlatformError);
    await limiter.take({ ...post("C3"), team: "T2" });
  });

  it("of one channel, however long, stop no other when that is refused for itself or for a moment", async () => {
    const clock = jumpingClock();
    const limiter = new RateLimiter(clock);
    limiter.pushBack(post("C1"), 30_000);
    clock.advance(5_000);
    limiter.pushBack(post("C2"), 2_000);
    const start = clock.now();
    await limiter.take(post("C3"));
    expect(clock.now()).toBe(start);
    limiter.pushBack(post("C1"), 30_000);
    limiter.pushBack(post("C2"), 2_000);
    await limiter.take(post("C4"));
    expect(clock.now() - start).toBe(2_000);
    await expect(limiter.take(post("C1"))).rejects.toMatchObject({ retryAfterMs: 28_000 });
  });

  it("count calls of a tier per minute, and forget what was refused", async () => {
    const clock = jumpingClock();
    const limiter = new RateLimiter(clock);
    const update = { method: "chat.update", team: "T1" };
    for (let call = 0; call < 50; call += 1) await limiter.take(update);
    await expect(limiter.take(update)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    await limiter.take({ ...update, team: "T2" });
    clock.advance(60_000);
    for (let call = 0; call < 50; call += 1) await limiter.take(update);
  });

  it("are never broken, however calls and refusals come", async () => {
    const step = fc.record({
      channel: fc.constantFrom("C1", "C2", "C3"),
      pause: fc.integer({ min: 0, max: 3_000 }),
      refused: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 300 }), async (steps) => {
        const clock = jumpingClock();
        const limiter = new RateLimiter(clock);
        const posts = new Map<string, number>();
        for (const { channel, pause, refused } of steps) {
          clock.advance(pause);
          try {
            await limiter.take(post(channel));
          } catch (error) {
            expect(error).toMatchObject({ code: "rate-limited" });
            continue;
          }
          const before = posts.get(channel);
          if (before !== undefined) expect(clock.now() - before).toBeGreaterThanOrEqual(1_000);
          posts.set(channel, clock.now());
          if (refused) limiter.pushBack(post(channel), 5_000);
        }
      }),
      { numRuns: 60 },
    );
  });
});
