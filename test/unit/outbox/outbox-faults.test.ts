import { describe, expect, it } from "vitest";
import { type PostRequest, SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";
import { HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import { NOON, outboxScene, SECOND_SHOP } from "./outbox-scene.js";

const LEASE = 30 * SECOND;
const failure = (code: PlatformErrorCode, retryAfterMs?: number) =>
  new PlatformError(code, "planned", retryAfterMs === undefined ? {} : { retryAfterMs });

/** A chat that takes a message and then keeps the caller waiting until it is let go. */
class SlowChat extends SimulatedChat {
  #answer: (() => void) | undefined;
  slow = true;
  readonly taken = { count: 0 };

  override async post(request: PostRequest): Promise<string> {
    const id = await super.post(request);
    this.taken.count += 1;
    if (this.slow) await new Promise<void>((resolve) => (this.#answer = resolve));
    return id;
  }

  letGo(): void {
    this.slow = false;
    this.#answer?.();
  }
}

/** A chat whose look-ups fail as long as they shall. */
class ForgetfulChat extends SimulatedChat {
  lookupFails = true;

  override async find(room: string, key: string): Promise<string | null> {
    if (this.lookupFails) throw failure("unreachable");
    return super.find(room, key);
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; turns < 1_000 && !condition(); turns += 1)
    await new Promise((resolve) => setImmediate(resolve));
  expect(condition()).toBe(true);
}

describe("a send that fails", () => {
  it("is tried again with longer and longer pauses, and holds its conversation only", async () => {
    const { say, run, chat, row, clock } = await outboxScene();
    await say("a");
    await say("b", { to: SECOND_SHOP });
    for (let index = 0; index < 4; index += 1) chat.failNext(failure("unreachable"));
    // The first two failures meet both conversations; then "b" gets through.
    await run();
    const pauses: number[] = [];
    for (let tries = 0; tries < 8 && (await row("a")).state === "due"; tries += 1) {
      const { notBefore } = await row("a");
      pauses.push(notBefore - clock.now());
      clock.set(notBefore);
      await run();
    }
    expect(await row("a")).toMatchObject({ state: "sent", reason: null });
    expect(await row("b")).toMatchObject({ state: "sent" });
    // Upper half of 2 s, then 4 s, with chance 0.5.
    expect(pauses).toEqual([1_500, 3_000]);
  });

  it("waits exactly as long as the platform asked, and lets other conversations go on", async () => {
    const { say, run, later, chat, row } = await outboxScene();
    chat.failNext(failure("rate-limited", 45 * SECOND));
    await say("a");
    await run();
    await say("a2");
    await say("b", { to: SECOND_SHOP });
    expect(await run()).toEqual(["b"]);
    expect(await row("a")).toMatchObject({ reason: "rate-limited", attempts: 1 });
    expect(await later(45 * SECOND - 1)).toEqual(["b"]);
    expect(await later(1)).toEqual(["b", "a", "a2"]);
  });

  it("is never given up for being asked to wait", async () => {
    const { say, run, later, chat, row } = await outboxScene();
    await say("a");
    for (let index = 0; index < 200; index += 1) chat.failNext(failure("rate-limited", SECOND));
    await run();
    for (let index = 0; index < 199; index += 1) await later(SECOND);
    expect(await row("a")).toMatchObject({ state: "due", attempts: 1 });
    expect(await later(SECOND)).toEqual(["a"]);
  });

  for (const code of ["unauthorized", "gone", "forbidden", "rejected"] as const) {
    it(`is parked with its reason at once when it is ${code}, and stops nobody`, async () => {
      const { say, run, chat, row, store, later } = await outboxScene();
      chat.failNext(failure(code));
      await say("bad");
      await say("good");
      expect(await run()).toEqual(["good"]);
      expect(await row("bad")).toMatchObject({ state: "parked", reason: code, maybeSent: false });
      const [, outbox] = await store.read((tx) => tx.queueHealth());
      expect(outbox).toMatchObject({ queue: "outbox", parked: 1, due: 0 });
      expect(await store.write((tx) => tx.outbox.retryParked(NOON + HOUR))).toBe(1);
      expect(await later(HOUR)).toEqual(["good", "bad"]);
    });
  }

  it("is parked after five tries when nobody foresaw the failure", async () => {
    class BrokenChat extends SimulatedChat {
      override async post(): Promise<string> {
        throw new TypeError("a defect");
      }
    }
    const { say, run, later, row } = await outboxScene({ chat: new BrokenChat() });
    await say("a");
    await run();
    for (let index = 0; index < 4; index += 1) await later(10 * MINUTE);
    expect(await row("a")).toMatchObject({ state: "parked", reason: "TypeError", attempts: 5 });
  });
});

describe("a send whose end is not known", () => {
  it("is found by its key and not repeated", async () => {
    const { say, run, later, chat, row } = await outboxScene();
    chat.failNext(failure("ambiguous"));
    await say("a");
    expect(await run()).toEqual(["a"]);
    expect(await row("a")).toMatchObject({ state: "due", maybeSent: true, reason: "ambiguous" });
    expect(await later(10 * SECOND)).toEqual(["a"]);
    expect(await row("a")).toMatchObject({ state: "sent", messageId: "bot:a", maybeSent: false });
    expect(chat.posts).toHaveLength(1);
  });

  it("is not forgotten by a look-up that fails itself", async () => {
    const chat = new ForgetfulChat();
    const { say, run, later } = await outboxScene({ chat });
    chat.failNext(failure("ambiguous"));
    await say("a");
    await run();
    await later(10 * SECOND);
    chat.lookupFails = false;
    expect(await later(10 * SECOND)).toEqual(["a"]);
  });

  it("is repeated for a survey where the platform cannot look it up", async () => {
    const { say, run, later, chat, row } = await outboxScene({ capabilities: { lookup: false } });
    chat.failNext(failure("ambiguous"));
    await say("card", { kind: "survey" });
    await run();
    expect(await later(10 * SECOND)).toEqual(["card", "card"]);
    expect(await row("card")).toMatchObject({ state: "sent" });
  });

  it("is never repeated for a digest there: it is parked and staff are told once", async () => {
    const { say, run, later, chat, row, store } = await outboxScene({
      capabilities: { lookup: false },
    });
    chat.failNext(failure("ambiguous"));
    await say("digest", { kind: "digest" });
    await run();
    expect(await later(10 * SECOND)).toEqual(["digest", "look for digest"]);
    expect(await row("digest")).toMatchObject({ state: "parked", reason: "maybe-sent" });
    expect(await store.write((tx) => tx.outbox.retryParked(NOON + HOUR))).toBe(0);
    expect(await later(HOUR)).toHaveLength(2);
  });

  it("gives up waiting for a platform that never answers, and finds the message later", async () => {
    const chat = new SlowChat();
    const { say, clock, worker, row, run } = await outboxScene({ chat });
    await say("a");
    const step = worker.step();
    await until(() => chat.taken.count === 1);
    clock.advance(LEASE - 5 * SECOND);
    await step;
    expect(await row("a")).toMatchObject({ state: "due", maybeSent: true, reason: "ambiguous" });
    chat.letGo();
    clock.advance(10 * SECOND);
    expect(await run()).toEqual(["a"]);
    expect(await row("a")).toMatchObject({ state: "sent" });
  });
});

/** The store as a process sees it that dies after its first commit: the later ones never come. */
function dyingStore(store: Store): Store {
  let writes = 0;
  return {
    dialect: store.dialect,
    read: (work) => store.read(work),
    write: (work) => {
      writes += 1;
      return writes === 1 ? store.write(work) : new Promise(() => undefined);
    },
    onWake: (listener) => store.onWake(listener),
    backup: (file) => store.backup(file),
    close: () => store.close(),
  };
}

describe("a turn that ends badly", () => {
  it("after a crash between send and mark the next process finds the message and says nothing", async () => {
    const { say, store, chat, another, clock, run, row } = await outboxScene();
    await say("a");
    await say("b");
    void another({ store: dyingStore(store) }).step();
    await until(() => chat.posts.length === 1);
    expect(await run()).toEqual(["a"]);
    clock.advance(LEASE);
    expect(await run()).toEqual(["a", "b"]);
    expect(await row("a")).toMatchObject({ state: "sent", messageId: "bot:a" });
  });

  it("after a crash before the send the next process says it", async () => {
    const { say, store, chat, another, later, run } = await outboxScene();
    await say("a");
    class DeadChat extends SimulatedChat {
      override post(): Promise<string> {
        return new Promise(() => undefined);
      }
    }
    const { SimulatedAdapter } = await import("#adapters/simulated/simulated-adapter.js");
    const dead = new SimulatedAdapter({ platform: new DeadChat(), botNames: [] });
    void another({ store: dyingStore(store), adapters: new Map([["simulated", dead]]) }).step();
    await until(() => chat.posts.length === 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await run()).toEqual([]);
    expect(await later(LEASE)).toEqual(["a"]);
  });

  it("a process that lost its turn cannot change the row any more", async () => {
    const chat = new SlowChat();
    const warnings: object[] = [];
    const logger: Logger = { ...silentLogger, warn: (fields) => void warnings.push(fields) };
    const { say, another, clock, row, run } = await outboxScene({ chat });
    await say("a");
    // Its own time limit is far away: it really comes back after the turn went to somebody else.
    const frozen = { ...clock, now: () => NOON };
    const stale = another({ logger, clock: frozen }).step();
    await until(() => chat.taken.count === 1);
    clock.advance(LEASE);
    expect(await run()).toEqual(["a"]);
    const settled = await row("a");
    expect(settled).toMatchObject({ state: "sent", sentAt: NOON + LEASE });
    chat.letGo();
    await stale;
    expect(await row("a")).toEqual(settled);
    expect(warnings).toMatchObject([{ reason: "stale-lease" }]);
  });
});
