import { afterEach, describe, expect, it } from "vitest";
import type { ScheduleFiring } from "#entities/index.js";
import { FiringWorker, type FiringWorkerOptions } from "#src/scheduling/firing-worker.js";
import { Scheduler } from "#src/scheduling/scheduler.js";
import { DAY, HOUR, type ManualClock, MINUTE, manualClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import type { ScheduleOrder } from "#src/store/schedule-store.js";
import { openStore, type Store } from "#src/store/store.js";
import { testStore } from "../../support/store.js";
import { describeStores } from "../../support/stores.js";

/** 2026-11-20 12:00 in Shanghai. */
const NOON = Date.UTC(2026, 10, 20, 4);
const ZONE = "Asia/Shanghai";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function memory(): Promise<Store> {
  const store = await testStore();
  closers.push(() => store.close());
  return store;
}

function order(store: Store, more: Partial<ScheduleOrder> = {}): Promise<void> {
  return store.write((tx) =>
    tx.schedules.set({
      kind: "digest.daily",
      ownerId: "g1",
      groupId: "g1",
      pattern: "0 21 * * *",
      timeZone: ZONE,
      nextAt: NOON + 9 * HOUR,
      graceMs: 30 * MINUTE,
      ...more,
    }),
  );
}

function firings(store: Store): Promise<ScheduleFiring[]> {
  return store.read((tx) =>
    tx.schedules.firings.find({}, { order: { dueAt: "asc", firedAt: "asc" } }),
  );
}

describe("the scheduler", () => {
  it("fires nothing before it is due, then once, on time, and again the next day", async () => {
    const store = await memory();
    const scheduler = new Scheduler(store);
    await order(store);
    const evening = NOON + 9 * HOUR;
    expect(await scheduler.tick(evening - 1)).toBe(0);
    expect(await scheduler.tick(evening)).toBe(1);
    expect(await scheduler.tick(evening)).toBe(0);
    expect(await scheduler.nextDue()).toBe(evening + DAY);
    expect(await firings(store)).toMatchObject([
      { dueAt: evening, firedAt: evening, outcome: "on_time", state: "due" },
    ]);
  });

  it("fires a single time once and then never", async () => {
    const store = await memory();
    await order(store, { pattern: null, nextAt: NOON });
    expect(await new Scheduler(store).tick(NOON + 1)).toBe(1);
    expect(await new Scheduler(store).nextDue()).toBeNull();
  });

  it("makes one firing of several that were missed, for the first of them, and goes on from now", async () => {
    const store = await memory();
    await order(store, { pattern: "0 * * * *", nextAt: NOON });
    const later = NOON + 5 * HOUR + 10 * MINUTE;
    expect(await new Scheduler(store).tick(later)).toBe(1);
    expect(await firings(store)).toMatchObject([
      { dueAt: NOON, firedAt: later, outcome: "missed" },
    ]);
    expect(await new Scheduler(store).nextDue()).toBe(NOON + 6 * HOUR);
  });

  it("tells on time, late and missed apart by the grace", async () => {
    const store = await memory();
    const lateness = { a: MINUTE, b: MINUTE + 1, c: 30 * MINUTE, d: 30 * MINUTE + 1 };
    for (const [ownerId, late] of Object.entries(lateness))
      await order(store, { ownerId, pattern: null, nextAt: NOON - late });
    await new Scheduler(store).tick(NOON);
    const outcomes = (await firings(store)).map((row) => [row.ownerId, row.outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({
      a: "on_time",
      b: "late",
      c: "late",
      d: "missed",
    });
  });

  it("fires each due time once although the clock jumps an hour ahead and back again", async () => {
    const store = await memory();
    const scheduler = new Scheduler(store);
    await order(store, { pattern: "0,30 * * * *", nextAt: NOON });
    const walk = [0, 30, 35, 95, 96, 36, 40, 60, 90, 95, 120, 150, 90, 91, 121, 151, 180];
    for (const minutes of walk) await scheduler.tick(NOON + minutes * MINUTE);
    const due = (await firings(store)).map((row) => (row.dueAt - NOON) / MINUTE);
    expect(due).toEqual([0, 30, 60, 120, 150, 180]);
  });

  it("does not fire what was cancelled, and a new order replaces the old", async () => {
    const store = await memory();
    const scheduler = new Scheduler(store);
    await order(store);
    await order(store, { nextAt: NOON + HOUR });
    await order(store, { ownerId: "g2", nextAt: NOON });
    await store.write((tx) => tx.schedules.cancel("digest.daily", "g2"));
    expect(await scheduler.nextDue()).toBe(NOON + HOUR);
    expect(await scheduler.tick(NOON + DAY)).toBe(1);
  });

  it("lets one unreadable schedule stop nobody else, and notes it", async () => {
    const store = await memory();
    await order(store, { ownerId: "bad", nextAt: NOON - 1, timeZone: "Mars/Olympus" });
    await order(store, { ownerId: "good", nextAt: NOON });
    expect(await new Scheduler(store).tick(NOON)).toBe(1);
    expect((await firings(store)).map((row) => row.ownerId)).toEqual(["good"]);
    const notes = await store.read((tx) => tx.audit.find({ act: "schedule.unreadable" }));
    expect(notes).toHaveLength(1);
    expect(await new Scheduler(store).tick(NOON + 1)).toBe(0);
  });
});

describeStores("two schedulers at once", (kind) => {
  it("fire each due time of each schedule once", async () => {
    const place = await kind.fresh();
    const processes = kind.dialect === "postgres" ? 2 : 1;
    const stores = await Promise.all(Array.from({ length: processes }, () => openStore(place)));
    for (const store of stores) closers.push(() => store.close());
    const [store = await memory()] = stores;
    for (let owner = 0; owner < 12; owner += 1)
      await order(store, { ownerId: `o${String(owner)}`, pattern: "0 * * * *", nextAt: NOON });
    const schedulers = [...stores, ...stores].map((one) => new Scheduler(one));
    for (let hour = 0; hour < 3; hour += 1) {
      const now = NOON + hour * HOUR;
      const fired = await Promise.all(schedulers.map((scheduler) => scheduler.tick(now)));
      expect(fired.reduce((sum, count) => sum + count, 0)).toBe(12);
    }
    const rows = await firings(store);
    expect(rows).toHaveLength(36);
    expect(new Set(rows.map((row) => `${row.ownerId}@${String(row.dueAt)}`)).size).toBe(36);
  });
});

interface FiringScene {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly worker: FiringWorker;
  readonly poison: Set<string>;
  /** Works off what is due; returns the owners handled so far, in order. */
  readonly run: () => Promise<readonly string[]>;
}

async function firingScene(more: Partial<FiringWorkerOptions> = {}): Promise<FiringScene> {
  const store = await memory();
  const clock = manualClock(NOON);
  const poison = new Set<string>();
  let tokens = 0;
  const worker = new FiringWorker({
    store,
    clock,
    logger: silentLogger,
    random: () => 0.5,
    token: () => {
      tokens += 1;
      return `turn-${String(tokens)}`;
    },
    handle: async (tx, firing) => {
      await tx.record({ at: NOON, actorId: "test", act: "fired", subject: firing.ownerId });
      if (poison.has(firing.ownerId)) throw new TypeError("poison");
    },
    ...more,
  });
  return {
    store,
    clock,
    worker,
    poison,
    run: async () => {
      for (let steps = 0; (await worker.step()).handled > 0; steps += 1)
        if (steps > 200) throw new Error("the worker finds no end");
      const rows = await store.read((tx) =>
        tx.audit.find({ act: "fired" }, { order: { seq: "asc" } }),
      );
      return rows.map((row) => row.subject);
    },
  };
}

describe("the worker of firings", () => {
  it("handles the firings of a group in the order they were due", async () => {
    const { store, run } = await firingScene();
    for (const [ownerId, nextAt] of Object.entries({ c: NOON - 1, a: NOON - 3, b: NOON - 2 }))
      await order(store, { ownerId, pattern: null, nextAt });
    await new Scheduler(store).tick(NOON);
    expect(await run()).toEqual(["a", "b", "c"]);
    expect((await firings(store)).map((row) => row.state)).toEqual(["done", "done", "done"]);
  });

  it("holds a group in back-off, lets others go on, parks after five tries and goes on with the rest", async () => {
    const { store, clock, poison, run } = await firingScene();
    poison.add("bad");
    await order(store, { ownerId: "bad", pattern: null, nextAt: NOON - 2 });
    await order(store, { ownerId: "next", pattern: null, nextAt: NOON - 1 });
    await order(store, { ownerId: "other", groupId: null, pattern: null, nextAt: NOON });
    await new Scheduler(store).tick(NOON);
    expect(await run()).toEqual(["other"]);
    for (let tries = 1; tries < 5; tries += 1) {
      expect(await run()).toEqual(["other"]);
      clock.advance(MINUTE);
      await run();
    }
    expect(await run()).toEqual(["other", "next"]);
    const bad = (await firings(store)).find((row) => row.ownerId === "bad");
    expect(bad).toMatchObject({ state: "parked", attempts: 5, reason: "TypeError" });
  });
});
