import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Member } from "#entities/index.js";
import { AppError } from "#src/shared/app-error.js";
import { createDataSource } from "#src/store/data-source.js";
import { openStore, type Store } from "#src/store/store.js";
import { describeStores, type FreshDatabase } from "../support/stores.js";

const at = Date.UTC(2026, 10, 20, 4, 0, 0);
const room = { platform: "simulated", conversationId: "阳光里3群" };

function person(id: string, name = id): Member {
  return {
    id,
    platform: "simulated",
    externalId: `x-${id}`,
    name,
    createdAt: at,
    mutedAt: null,
    optedOutAt: null,
    erasedAt: null,
  };
}

function arrival(key: string, lane = "a") {
  return {
    eventKey: key,
    fenceKey: null,
    lane,
    kind: "message",
    payload: `{"k":"${key}"}`,
    receivedAt: at,
  };
}

describeStores("the store", (kind) => {
  let place: FreshDatabase;
  let store: Store;
  beforeAll(async () => {
    place = await kind.fresh();
    store = await openStore(place);
  });
  afterAll(async () => store.close());
  beforeEach(async () => {
    await store.write(async (tx) => {
      await tx.directory.members.remove({ platform: "simulated" });
      await tx.query(`DELETE FROM "lane"`, []);
      await tx.query(`DELETE FROM "inbox_event"`, []);
      await tx.query(`DELETE FROM "outbox_message"`, []);
    });
  });

  it("has exactly the schema that the entities describe", async () => {
    const source = createDataSource(place);
    await source.initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it("lets six starters migrate one empty database at once", async () => {
    const fresh = await kind.fresh();
    // One process may hold a SQLite file; its starters take turns.
    const starters = kind.dialect === "postgres" ? 6 : 1;
    const stores = await Promise.all(Array.from({ length: starters }, () => openStore(fresh)));
    const counts = await Promise.all(stores.map((one) => one.read((tx) => tx.cases.count({}))));
    expect(counts).toEqual(Array.from({ length: starters }, () => 0));
    await Promise.all(stores.map((one) => one.close()));
  });

  it("keeps instants, Chinese, emoji, JSON, booleans and nulls as they were", async () => {
    const row = person("m1", '王阿姨🍓\n"引号"');
    await store.write((tx) => tx.directory.members.insert(row));
    expect(await store.read((tx) => tx.directory.members.first({ id: "m1" }))).toEqual(row);
    const settings = {
      quietHours: { from: "22:00", to: "08:00" },
      extraWords: [{ word: "蔫", aspect: "quality" as const }],
    };
    const group = {
      id: "g1",
      platform: "simulated",
      externalId: "g1",
      name: "阳光里",
      purpose: "customers" as const,
      language: "zh" as const,
      timeZone: "Asia/Shanghai",
      staffGroupId: null,
      settings,
      createdAt: 1_795_000_000_123,
      leftAt: null,
    };
    await store.write((tx) => tx.directory.addGroup(group));
    expect(await store.read((tx) => tx.directory.groupById("g1"))).toEqual(group);
  });

  it("keeps nothing of a transaction that throws", async () => {
    const work = store.write(async (tx) => {
      await tx.directory.members.insert(person("gone"));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await store.read((tx) => tx.directory.members.count({ id: "gone" }))).toBe(0);
  });

  it("is dead after the first driver error, also when the error is swallowed", async () => {
    await store.write((tx) => tx.directory.members.insert(person("twin")));
    const work = store.write(async (tx) => {
      await tx.directory.members.insert(person("before"));
      await tx.directory.members.insert(person("twin")).catch(() => undefined);
      await tx.directory.members.insert(person("after")).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: "conflict" });
    expect(await store.read((tx) => tx.directory.members.count({ id: ["before", "after"] }))).toBe(
      0,
    );
  });

  it("names a broken unique key without anybody's words", async () => {
    await store.write((tx) => tx.directory.members.insert(person("twin", "秘密的名字")));
    const failed = await store
      .write((tx) => tx.directory.members.insert(person("twin", "秘密的名字")))
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AppError);
    expect(
      JSON.stringify(failed) + String((failed as Error).message) + String((failed as Error).cause),
    ).not.toContain("秘密");
  });

  it("refuses a transaction inside a transaction instead of waiting for itself", async () => {
    await expect(store.write(() => store.read(async () => 1))).rejects.toMatchObject({
      code: "internal",
    });
  });

  it("runs twenty writers at once, each whole", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store
          .write(async (tx) => {
            await tx.directory.members.insert(person(`w${index}-a`));
            await tx.directory.members.insert(person(`w${index}-b`));
            if (index % 5 === 0) throw new Error("roll back");
          })
          .catch(() => undefined),
      ),
    );
    expect(await store.read((tx) => tx.directory.members.count({}))).toBe(32);
  });

  it("tells how many rows a compare-and-set changed", async () => {
    await store.write((tx) => tx.directory.members.insert(person("cas")));
    const change = (mutedAt: number) =>
      store.write((tx) => tx.directory.members.update({ id: "cas", mutedAt: null }, { mutedAt }));
    expect((await Promise.all([change(1), change(2)])).toSorted()).toEqual([0, 1]);
  });

  it("finds by lists, nulls and bounds, in order", async () => {
    await store.write(async (tx) => {
      for (const [index, id] of ["a", "b", "c"].entries()) {
        await tx.directory.members.insert({
          ...person(id),
          createdAt: at + index,
          mutedAt: index === 1 ? at : null,
        });
      }
    });
    const ids = (rows: readonly Member[]) => rows.map((row) => row.id);
    await store.read(async (tx) => {
      const { members } = tx.directory;
      expect(ids(await members.find({ id: ["a", "c", "x"] }, { order: { id: "desc" } }))).toEqual([
        "c",
        "a",
      ]);
      expect(ids(await members.find({ mutedAt: null }, { order: { id: "asc" } }))).toEqual([
        "a",
        "c",
      ]);
      expect(ids(await members.find({ mutedAt: { not: null } }))).toEqual(["b"]);
      expect(ids(await members.find({ createdAt: { atLeast: at + 1, below: at + 2 } }))).toEqual([
        "b",
      ]);
      expect(await members.find({ id: [] })).toEqual([]);
    });
  });

  it("gives out numbers without gaps or repeats", async () => {
    const numbers = await Promise.all(
      Array.from({ length: 12 }, () => store.write((tx) => tx.nextNumber("case"))),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  describe("inbox and lanes", () => {
    it("stores an event once by its key, also within one batch", async () => {
      const first = await store.write((tx) =>
        tx.inbox.add([arrival("e1"), arrival("e1"), arrival("e2")], at),
      );
      const second = await store.write((tx) => tx.inbox.add([arrival("e2"), arrival("e3")], at));
      expect([...first].toSorted()).toEqual(["e1", "e2"]);
      expect([...second]).toEqual(["e3"]);
    });

    it("drops a second event for the same message and change", async () => {
      const fenced = (key: string) => ({ ...arrival(key), fenceKey: "room/message:1" });
      expect((await store.write((tx) => tx.inbox.add([fenced("x1")], at))).size).toBe(1);
      expect((await store.write((tx) => tx.inbox.add([fenced("x2")], at))).size).toBe(0);
    });

    it("hands a lane to one worker at a time, in order of arrival, and again when more came", async () => {
      await store.write((tx) => tx.inbox.add([arrival("1"), arrival("2"), arrival("b1", "b")], at));
      const claim = (token: string, now = at) =>
        store.write((tx) =>
          tx.lanes.claim({ queue: "inbox", now, leaseMs: 1_000, limit: 5, token }),
        );
      const mine = await claim("t1");
      expect(mine.map((lane) => lane.key).toSorted()).toEqual(["a", "b"]);
      expect(await claim("t2")).toEqual([]);
      const waiting = await store.read((tx) => tx.inbox.waiting(["a"], 10));
      expect(waiting.map((row) => row.eventKey)).toEqual(["1", "2"]);
      await store.write((tx) => tx.inbox.complete(waiting.map((row) => row.seq)));
      await store.write((tx) => tx.inbox.add([arrival("3")], at));
      expect(await store.write((tx) => tx.lanes.release(mine, null, at))).toBe(2);
      expect((await claim("t3")).map((lane) => lane.key)).toEqual(["a"]);
    });

    it("frees a lane when its lease runs out, and refuses the one who lost it", async () => {
      await store.write((tx) => tx.inbox.add([arrival("1")], at));
      const claim = (token: string, now: number) =>
        store.write((tx) =>
          tx.lanes.claim({ queue: "inbox", now, leaseMs: 1_000, limit: 5, token }),
        );
      const lost = await claim("old", at);
      expect(await store.read((tx) => tx.lanes.nextDue("inbox"))).toBe(at + 1_000);
      const taken = await claim("new", at + 1_000);
      expect(taken).toHaveLength(1);
      expect(await store.write((tx) => tx.lanes.release(lost, null, at + 1_001))).toBe(0);
      expect(await store.write((tx) => tx.lanes.release(taken, null, at + 1_001))).toBe(1);
    });

    it("gives each lane to exactly one of many claimers", async () => {
      await store.write((tx) =>
        tx.inbox.add(
          Array.from({ length: 30 }, (_, index) => arrival(`e${index}`, `lane${index}`)),
          at,
        ),
      );
      const claims = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          store.write((tx) =>
            tx.lanes.claim({
              queue: "inbox",
              now: at,
              leaseMs: 1_000,
              limit: 10,
              token: `t${index}`,
            }),
          ),
        ),
      );
      const keys = claims.flat().map((lane) => lane.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toHaveLength(30);
    });
  });

  describe("outbox", () => {
    const say = (key: string, more: object = {}) =>
      store.write((tx) =>
        tx.outbox.say({ key, kind: "reply", to: room, message: { text: key }, at, ...more }),
      );

    it("orders a message once by its key", async () => {
      expect(await say("k")).toBe(true);
      expect(await say("k")).toBe(false);
      expect(await store.read((tx) => tx.outbox.rows.count({}))).toBe(1);
    });

    it("lets a put-off message be passed, and a failing one hold its conversation", async () => {
      await say("later", { notBefore: at + 60_000 });
      await say("now");
      const lane = "simulated/" + encodeURIComponent(room.conversationId);
      const next = await store.read((tx) => tx.outbox.next(lane, at));
      expect(next.row?.key).toBe("now");
      await store.write((tx) => tx.outbox.rows.update({ key: "later" }, { attempts: 1 }));
      expect(await store.read((tx) => tx.outbox.next(lane, at))).toEqual({
        row: null,
        dueAt: at + 60_000,
      });
    });

    it("counts what was sent in a span", async () => {
      await say("one");
      await store.write((tx) =>
        tx.outbox.rows.update({ key: "one" }, { state: "sent", sentAt: at }),
      );
      expect(await store.read((tx) => tx.outbox.sentSince("simulated", at - 1))).toEqual({
        count: 1,
        oldest: at,
      });
      expect(await store.read((tx) => tx.outbox.sentSince("simulated", at))).toEqual({
        count: 0,
        oldest: null,
      });
    });
  });

  it("fires a schedule once for each due time, however many try", async () => {
    await store.write((tx) =>
      tx.schedules.set({
        kind: "digest.daily",
        ownerId: "g1",
        groupId: "g1",
        pattern: null,
        timeZone: "UTC",
        nextAt: at,
        graceMs: 0,
      }),
    );
    const tries = await Promise.all(
      Array.from({ length: 5 }, () =>
        store.write(async (tx) => {
          const [due] = await tx.schedules.due(at, 5);
          return due === undefined ? false : tx.schedules.fire(due, null, at);
        }),
      ),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await store.read((tx) => tx.schedules.firings.count({}))).toBe(1);
  });
});
