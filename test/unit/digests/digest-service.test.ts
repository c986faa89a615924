import { beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "#entities/index.js";
import type { GroupSettings } from "#entities/types.js";
import { createDigests } from "#src/digests/digests.js";
import type { ActionEvent } from "#src/platform/inbound-event.js";
import { HOUR } from "#src/shared/clock.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import type { Place } from "#src/store/place.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { testStore } from "../../support/store.js";
import { answers, firing, GROUP_ID, local, memberId, ROOM_ID, Shop, said } from "./support/shop.js";

const digests = createDigests({ readModel: digestReadModel });
const TUESDAY = "2026-11-17";
const AT = `${TUESDAY} 20:00`;
const AUTOMATIC: GroupSettings = { publicDigest: "automatic" };

let store: Store;
beforeEach(async () => {
  store = await testStore();
});

async function open(settings: GroupSettings, room = true): Promise<void> {
  await write(async (shop) => {
    await shop.open({ settings, room });
    await shop.run({
      name: "tuesday",
      openedAt: local(`${TUESDAY} 09:00`),
      closedAt: local(`${TUESDAY} 18:00`),
      answers: answers({ count: 40, good: 30, at: local(`${TUESDAY} 10:00`) }),
    });
  });
}

async function write(work: (shop: Shop, tx: Transaction) => Promise<unknown>): Promise<void> {
  await store.write((tx) => work(new Shop(tx), tx));
}

async function daily(at = AT, late = 0): Promise<void> {
  await store.write((tx) =>
    digests.firings["digest.daily"](tx, firing("digest.daily", local(at), late)),
  );
}

async function weekly(at: string): Promise<void> {
  await store.write((tx) =>
    digests.firings["digest.weekly"](tx, firing("digest.weekly", local(at))),
  );
}

async function rows(audience: Digest["audience"]): Promise<readonly Digest[]> {
  return store.read((tx) => tx.digests.find({ audience }, { order: { windowEnd: "asc" } }));
}

async function press(
  action: "digest.approve" | "digest.withhold",
  value: string,
  options: { readonly by?: number; readonly inGroup?: boolean; readonly at?: number } = {},
): Promise<string> {
  const { by = 901, inGroup = false, at = local(AT) + HOUR / 2 } = options;
  const eventId = `event-${action}-${by}-${at}`;
  await store.write(async (tx) => {
    const place = await placeOf(tx, inGroup ? GROUP_ID : ROOM_ID, by);
    const event: ActionEvent = {
      kind: "action",
      eventId,
      at,
      conversation: { platform: "simulated", conversationId: inGroup ? "sunshine" : "room" },
      author: { platform: "simulated", memberId: `u${by}`, name: place.member.name },
      action,
      value,
    };
    await digests.onAction(tx, place, event);
  });
  return store.read(async (tx) => {
    const row = await tx.outbox.rows.first({ key: `reply:${eventId}` });
    return (JSON.parse(row?.message ?? "{}") as { text: string }).text;
  });
}

async function placeOf(tx: Transaction, groupId: string, by: number): Promise<Place> {
  const group = await tx.directory.groupById(groupId);
  const member = await tx.directory.memberById(memberId(by));
  const membership = await tx.directory.membership(GROUP_ID, memberId(by));
  const stored = await tx.directory.memberships.first({
    groupId: GROUP_ID,
    memberId: memberId(by),
  });
  const found = membership ?? stored;
  if (group === null || member === null || found === null) throw new Error("nobody there");
  return { group, member, membership: found, direct: false };
}

describe("a daily digest", () => {
  test("is posted to the staff room and to the group, each once however often it fires", async () => {
    await open(AUTOMATIC);
    await daily();
    const first = [await said(store, "room"), await said(store, "sunshine")];
    await daily();
    await daily(AT, 3 * HOUR);
    expect([await said(store, "room"), await said(store, "sunshine")]).toEqual(first);
    expect(first.map((texts) => texts.length)).toEqual([1, 1]);
    expect((await rows("staff")).length + (await rows("public")).length).toBe(2);
    expect(await store.read((tx) => tx.published.count({}))).toBe(2);
  });

  test("holds the group's post in quiet hours, and the staff room's never", async () => {
    await open(AUTOMATIC);
    await daily();
    const [staff, group] = await store.read(async (tx) => [
      await tx.outbox.rows.first({ lane: "simulated/room" }),
      await tx.outbox.rows.first({ lane: "simulated/sunshine" }),
    ]);
    expect(staff?.quiet).toBeNull();
    expect(group?.quiet).toMatchObject({ from: "21:00", to: "09:00", timeZone: "Asia/Shanghai" });
    expect(staff?.kind).toBe("digest");
  });

  test("covers what came since the last one that was shown", async () => {
    await open(AUTOMATIC);
    await daily();
    await daily("2026-11-19 20:00", 5 * HOUR);
    const [first, second] = await rows("staff");
    expect(first?.windowStart).toBe(local(`${TUESDAY} 00:00`));
    expect(first?.windowEnd).toBe(local(AT));
    expect(second?.state).toBe("skipped");
    expect(second?.windowStart).toBe(local(AT));
    expect(second?.windowEnd).toBe(local("2026-11-19 20:00"));
  });

  test("that is late says so to staff and is kept as if it were on time", async () => {
    await open(AUTOMATIC);
    await daily(AT, 3 * HOUR);
    expect((await said(store, "room"))[0]).toContain("补发：原定 11月17日 20:00 发出");
    expect((await rows("staff"))[0]?.text).not.toContain("补发");
  });

  test("says nothing to a group that told nothing and is not told of an empty day", async () => {
    await write((shop) => shop.open({ settings: AUTOMATIC }));
    await daily();
    expect(await said(store, "room")).toEqual([]);
    expect(await said(store, "sunshine")).toEqual([]);
    expect((await rows("staff"))[0]?.state).toBe("skipped");
    expect((await rows("public"))[0]?.state).toBe("skipped");
  });

  test("goes to the audiences of the settings only", async () => {
    await open({ digestAudiences: ["public"], publicDigest: "automatic" });
    await daily();
    expect(await said(store, "room")).toEqual([]);
    expect(await said(store, "sunshine")).toHaveLength(1);
  });

  test("is not posted to the group where that is switched off", async () => {
    await open({ publicDigest: "off" });
    await daily();
    expect(await rows("public")).toEqual([]);
    expect(await said(store, "room")).toHaveLength(1);
  });

  test("leaves the group's post to the weekly one on its day", async () => {
    await open({ publicDigest: "automatic", weeklyDigestOn: 2 });
    await daily();
    expect(await said(store, "sunshine")).toEqual([]);
    await weekly(AT);
    expect(await said(store, "sunshine")).toHaveLength(1);
    expect(await said(store, "room")).toHaveLength(2);
  });

  test("is kept but not posted while no staff room is bound", async () => {
    await open({ publicDigest: "off" }, false);
    await daily();
    expect((await rows("staff"))[0]?.state).toBe("withheld");
  });

  test("of a group that the bot has left is not made", async () => {
    await open(AUTOMATIC);
    await write((_, tx) =>
      tx.directory.groups.update({ id: GROUP_ID }, { leftAt: local(AT) - HOUR }),
    );
    await daily();
    expect(await rows("staff")).toEqual([]);
  });
});

describe("a post for the group", () => {
  test("is withheld while a P1 is open, staff are told, and the next one covers its time", async () => {
    await open(AUTOMATIC);
    await write((shop) =>
      shop.complaint({
        number: 7,
        aspect: "safety",
        severity: "P1",
        state: "candidate",
        openedAt: local(`${TUESDAY} 19:00`),
        members: [50],
        report: "孩子吃了拉肚子",
      }),
    );
    await daily();
    expect((await rows("public"))[0]?.state).toBe("withheld");
    expect(await said(store, "sunshine")).toEqual([]);
    expect((await said(store, "room"))[0]).toContain("安全类投诉还没解决");

    await write((_, tx) =>
      tx.cases.update({ number: 7 }, { state: "resolved", resolvedAt: local("2026-11-18 10:00") }),
    );
    await daily("2026-11-18 20:00");
    expect((await rows("public"))[1]?.windowStart).toBe(local(`${TUESDAY} 00:00`));
    expect((await said(store, "sunshine"))[0]).toContain("约75%满意");
  });

  test("is withheld for half a day after a spike", async () => {
    await open(AUTOMATIC);
    await write((shop) =>
      shop.alarm({
        aspect: "packaging",
        day: TUESDAY,
        members: 8,
        expected: 1,
        openedAt: local(`${TUESDAY} 08:30`),
      }),
    );
    await daily();
    expect((await rows("public"))[0]?.state).toBe("withheld");
    await daily("2026-11-18 20:00");
    expect((await rows("public"))[1]?.state).toBe("posted");
  });

  test("waits for staff by default, and goes out when they approve it", async () => {
    await open({});
    await daily();
    const [waiting] = await rows("public");
    expect(waiting?.state).toBe("waiting");
    expect(await said(store, "sunshine")).toEqual([]);
    expect(await store.read((tx) => tx.published.count({}))).toBe(0);

    expect(await press("digest.approve", waiting?.id ?? "")).toBe("好的，已经发到群里。");
    const [post] = await said(store, "sunshine");
    expect(post).toContain("约75%满意");
    expect((await rows("public"))[0]?.state).toBe("posted");
    expect(await store.read((tx) => tx.published.count({}))).toBe(2);
    const audit = await store.read((tx) => tx.audit.find({}));
    expect(audit.map((entry) => [entry.act, entry.actorId])).toEqual([
      ["digest.approve", memberId(901)],
    ]);

    expect(await press("digest.approve", waiting?.id ?? "", { at: local(AT) + HOUR })).toContain(
      "处理过",
    );
    expect(await said(store, "sunshine")).toHaveLength(1);
  });

  test("loses its buttons in the staff room once it is decided", async () => {
    await open({});
    await daily();
    const [waiting] = await rows("public");
    await press("digest.withhold", waiting?.id ?? "");
    const edit = await store.read((tx) => tx.outbox.rows.first({ act: "edit" }));
    expect(edit?.editsKey).toBe(`digest-preview:${waiting?.id ?? ""}`);
    expect(edit?.message).not.toContain("choices");
    expect((await rows("public"))[0]?.state).toBe("withheld");
    expect(await said(store, "sunshine")).toEqual([]);
  });

  test("is not approved by a customer, nor from a room that does not serve the group", async () => {
    await open({});
    await daily();
    const id = (await rows("public"))[0]?.id ?? "";
    expect(await press("digest.approve", id, { by: 3, inGroup: true })).toBe(
      "只有店员可以批准小结。",
    );
    await write((_, tx) =>
      tx.directory.groups.update({ id: GROUP_ID }, { staffGroupId: "group-other" }),
    );
    expect(await press("digest.approve", id)).toContain("没有找到这份小结");
    expect((await rows("public"))[0]?.state).toBe("waiting");
  });

  test("can be approved by the first characters of its reference, in quiet hours for later", async () => {
    await open({});
    await daily();
    const id = (await rows("public"))[0]?.id ?? "";
    const answer = await press("digest.approve", id.slice(0, 6).toUpperCase(), {
      at: local(`${TUESDAY} 22:10`),
    });
    expect(answer).toContain("安静时段");
    expect(await press("digest.approve", "0", { at: local(`${TUESDAY} 22:20`) })).toContain(
      "没有找到",
    );
  });

  test("is not approved while a P1 has opened in between", async () => {
    await open({});
    await daily();
    await write((shop) =>
      shop.complaint({
        number: 8,
        aspect: "safety",
        severity: "P1",
        openedAt: local(`${TUESDAY} 20:10`),
        members: [50],
      }),
    );
    const id = (await rows("public"))[0]?.id ?? "";
    expect(await press("digest.approve", id)).toContain("安全类投诉还没解决");
    expect((await rows("public"))[0]?.state).toBe("waiting");
  });

  test("is made anew on approval: a number that may no longer be told becomes words", async () => {
    await open({});
    await daily();
    // Six of the ten unsatisfied take their answers back: four would stand out.
    await write(async (_, tx) => {
      for (let place = 31; place <= 36; place += 1) {
        await tx.responses.rows.remove({ runId: "run-tuesday", memberId: memberId(place) });
      }
    });
    const id = (await rows("public"))[0]?.id ?? "";
    await press("digest.approve", id);
    const [post] = await said(store, "sunshine");
    expect(post).toContain("多数表示满意");
    expect(post).not.toMatch(/\d%/);
    const [kept] = await rows("public");
    expect(kept?.facts).toMatchObject({ ratings: [{ publication: { kind: "words" } }] });
  });

  test("that nobody decided about gives way to the next one, which covers its time too", async () => {
    await open({});
    await daily();
    await write((shop) =>
      shop.run({
        name: "wednesday",
        openedAt: local("2026-11-18 09:00"),
        closedAt: local("2026-11-18 18:00"),
        answers: answers({ count: 40, good: 20, at: local("2026-11-18 10:00") }),
      }),
    );
    await daily("2026-11-18 20:00");
    const [old, next] = await rows("public");
    expect([old?.state, next?.state]).toEqual(["withheld", "waiting"]);
    expect(next?.windowStart).toBe(local(`${TUESDAY} 00:00`));
    expect(await press("digest.approve", old?.id ?? "")).toContain("更新的一份");
  });
});

describe("what is kept of a digest", () => {
  test("holds no member's words, name or id; the excerpts are in the room only", async () => {
    await open(AUTOMATIC);
    await write((shop) =>
      shop.complaint({
        number: 21,
        aspect: "shortage",
        openedAt: local(`${TUESDAY} 15:00`),
        members: [5, 6],
        assignee: 901,
        report: "鸡蛋少了五个，电话 13912345678",
      }),
    );
    await daily();
    const [room] = await said(store, "room");
    expect(room).toContain("鸡蛋少了五个");
    expect(room).toContain("负责人小陈");
    expect(room).not.toContain("13912345678");
    const kept = JSON.stringify([...(await rows("staff")), ...(await rows("public"))]);
    expect(kept).not.toContain("鸡蛋");
    expect(kept).not.toContain("小陈");
    expect(kept).not.toContain("顾客5号");
    expect(kept).not.toContain("member-");
    expect(kept).not.toContain("u5");
  });

  test("lastDigest gives the latest with a text", async () => {
    await open(AUTOMATIC);
    await daily();
    await daily("2026-11-18 20:00");
    const last = await store.read(async (tx) => {
      const group = await tx.directory.groupById(GROUP_ID);
      return group === null ? null : digests.lastDigest(tx, group, "staff");
    });
    expect(last?.windowEnd).toBe(local(AT));
  });
});

describe("the weekly promise", () => {
  test("a weekly post that promised more is followed by one, even without other news", async () => {
    await open({ publicDigest: "automatic", weeklyDigestOn: 3 });
    await write(async (shop) => {
      for (const [index, place] of [41, 42].entries()) {
        await shop.complaint({
          number: 30 + index,
          aspect: "pickup",
          openedAt: local(`${TUESDAY} 12:0${index}`),
          members: [place],
          state: "confirmed",
        });
      }
    });
    await weekly("2026-11-18 20:00");
    expect((await said(store, "sunshine"))[0]).toContain("11月25日再告诉大家进展");
    await write((_, tx) =>
      tx.cases.update(
        { groupId: GROUP_ID },
        { state: "closed", resolvedAt: local("2026-11-20 10:00") },
      ),
    );
    await weekly("2026-11-25 20:00");
    const texts = await said(store, "sunshine");
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain("大家提的问题都已处理完");
    await weekly("2026-12-02 20:00");
    expect(await said(store, "sunshine")).toHaveLength(2);
  });

  test("not everything is done while a complaint waits for somebody to look", async () => {
    await open({ publicDigest: "automatic", weeklyDigestOn: 3 });
    await write(async (shop) => {
      for (const [index, state] of (["confirmed", "confirmed", "candidate"] as const).entries()) {
        await shop.complaint({
          number: 30 + index,
          aspect: "pickup",
          openedAt: local(`${TUESDAY} 12:0${index}`),
          members: [41 + index],
          state,
        });
      }
    });
    await weekly("2026-11-18 20:00");
    await write((_, tx) =>
      tx.cases.update(
        { groupId: GROUP_ID, state: "confirmed" },
        { state: "closed", resolvedAt: local("2026-11-20 10:00") },
      ),
    );
    await weekly("2026-11-25 20:00");
    const last = (await said(store, "sunshine")).at(-1) ?? "";
    expect(last).toContain("大部分");
    expect(last).not.toContain("都已处理完");
  });
});
