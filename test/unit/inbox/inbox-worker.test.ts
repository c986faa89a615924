import { describe, expect, it } from "vitest";
import { AppError } from "#src/shared/app-error.js";
import { MINUTE } from "#src/shared/clock.js";
import { openStore } from "#src/store/store.js";
import { describeStores } from "../../support/stores.js";
import { inboxScene, NOON, said } from "./inbox-scene.js";

describe("handling stored events", () => {
  it("handles many with one commit, in the order of arrival, and drops their content", async () => {
    const { inbox, run, store } = await inboxScene();
    const ids = Array.from({ length: 40 }, (_, index) => `e${String(index)}`);
    await Promise.all(
      ids.map((id, index) => inbox.accept(said(id, { room: `room ${String(index % 3)}` }))),
    );
    const before = store.writes;
    expect(await run()).toEqual(ids);
    expect(store.writes - before).toBe(1);
    expect(await store.read((tx) => tx.inboxEvents.count({ state: "done", payload: null }))).toBe(
      40,
    );
  });

  it("goes on with the rest when a batch was full", async () => {
    const { inbox, another, handled } = await inboxScene();
    await Promise.all(["1", "2", "3", "4", "5"].map((id) => inbox.accept(said(id))));
    const worker = another({ batch: 2 });
    expect([
      (await worker.step()).handled,
      (await worker.step()).handled,
      (await worker.step()).handled,
    ]).toEqual([2, 2, 1]);
    expect(await handled()).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("tells how many were handled and since when the oldest waited", async () => {
    const { inbox, another, clock } = await inboxScene();
    const told: [number, number][] = [];
    await inbox.accept(said("1"));
    clock.advance(500);
    await inbox.accept(said("2"));
    await another({ onHandled: (count, oldest) => told.push([count, oldest]) }).step();
    expect(told).toEqual([[2, NOON]]);
  });

  it("handles every other event when one makes the handler throw, keeps nothing of that one, and parks it after five tries with its reason", async () => {
    const { inbox, run, poison, clock, store } = await inboxScene();
    poison.add("bad");
    await inbox.accept(said("before"));
    await inbox.accept(said("bad"));
    await inbox.accept(said("after"));
    await inbox.accept(said("elsewhere", { room: "翠湖2群" }));
    expect((await run()).toSorted()).toEqual(["before", "elsewhere"]);
    const bad = () => store.read((tx) => tx.inboxEvents.first({ eventKey: "simulated/bad" }));
    const pauses: number[] = [];
    for (let tries = 1; tries < 5; tries += 1) {
      expect(await bad()).toMatchObject({ state: "due", attempts: tries, reason: "TypeError" });
      const due = await store.read((tx) => tx.lanes.nextDue("inbox"));
      pauses.push((due ?? 0) - clock.now());
      clock.set(due ?? 0);
      await run();
    }
    expect(pauses).toEqual([1_500, 3_000, 6_000, 12_000]);
    expect(await bad()).toMatchObject({ state: "parked", attempts: 5, reason: "TypeError" });
    expect((await run()).toSorted()).toEqual(["after", "before", "elsewhere"]);
    expect((await store.read((tx) => tx.queueHealth()))[0]).toMatchObject({ due: 0, parked: 1 });
  });

  it("keeps the pause although more is said in the conversation meanwhile", async () => {
    const { inbox, run, poison, store, clock } = await inboxScene();
    poison.add("bad");
    await inbox.accept(said("bad"));
    await run();
    for (let index = 0; index < 8; index += 1) {
      await inbox.accept(said(`chat ${String(index)}`));
      expect(await run()).toEqual([]);
    }
    expect(
      await store.read((tx) => tx.inboxEvents.first({ eventKey: "simulated/bad" })),
    ).toMatchObject({ attempts: 1 });
    poison.clear();
    clock.advance(1_500);
    expect(await run()).toHaveLength(9);
  });

  it("handles a parked event when a person puts it back", async () => {
    const { inbox, run, poison, store, clock } = await inboxScene();
    poison.add("bad");
    await inbox.accept(said("bad"));
    for (let tries = 0; tries < 5; tries += 1) {
      await run();
      clock.advance(MINUTE);
    }
    poison.clear();
    expect(await run()).toEqual([]);
    expect(await store.write((tx) => tx.inbox.retryParked(clock.now()))).toBe(1);
    expect(await run()).toEqual(["bad"]);
  });

  it("never parks an event because the store was away", async () => {
    const { inbox, store, run, another, clock } = await inboxScene();
    await inbox.accept(said("1"));
    const busy = another({
      handle: async () => {
        throw new AppError("store-busy", "locked");
      },
    });
    for (let tries = 0; tries < 20; tries += 1) {
      await busy.step();
      clock.advance(MINUTE);
    }
    expect(await store.read((tx) => tx.inboxEvents.first({}))).toMatchObject({
      state: "due",
      attempts: 0,
    });
    expect(await run()).toEqual(["1"]);
  });

  it("lets the step fail when nothing can be written, and loses nothing", async () => {
    const { inbox, store, worker, run } = await inboxScene();
    await inbox.accept(said("1"));
    store.refuse(new AppError("store-full", "full"));
    await expect(worker.step()).rejects.toMatchObject({ code: "store-full" });
    store.refuse(null);
    expect(await run()).toEqual(["1"]);
  });
});

describeStores("two inbox workers at once", (kind) => {
  it("handle each event once, in order per conversation", async () => {
    const store = await openStore(await kind.fresh());
    const { inbox, another, handled } = await inboxScene(store);
    const ids = Array.from(
      { length: 120 },
      (_, index) => `${String(index % 6)}-${String(Math.floor(index / 6)).padStart(2, "0")}`,
    );
    await Promise.all(ids.map((id) => inbox.accept(said(id, { room: id.slice(0, 1) }))));
    const workers = [another({ lanes: 2, batch: 7 }), another({ lanes: 2, batch: 7 })];
    for (let round = 0; round < 60 && (await handled()).length < ids.length; round += 1)
      await Promise.all(workers.map((worker) => worker.step()));
    const done = await handled();
    expect(done.toSorted()).toEqual(ids.toSorted());
    for (let room = 0; room < 6; room += 1) {
      const ofRoom = done.filter((id) => id.startsWith(`${String(room)}-`));
      expect(ofRoom).toEqual(ofRoom.toSorted());
    }
    await store.close();
  });

  it("do not wake an event again that the other has handled after one failed", async () => {
    const store = await openStore(await kind.fresh());
    const { inbox, store: mine } = await inboxScene(store);
    await inbox.accept(said("1"));
    const [waiting] = await store.read((tx) =>
      tx.inbox.waiting(["simulated/" + encodeURIComponent("阳光里3群")], 1),
    );
    const seq = waiting?.seq ?? 0;
    await store.write((tx) => tx.inbox.complete([seq]));
    await store.write((tx) => tx.inbox.fail(seq, 1, "late", false));
    expect(await mine.read((tx) => tx.inboxEvents.first({ seq }))).toMatchObject({
      state: "done",
      reason: null,
    });
    await store.close();
  });
});
