import { describe, expect, it } from "vitest";
import { finishForgetting } from "#src/directory/forget-contacts.js";
import { forgetMember } from "#src/directory/forget-member.js";
import { exportMember } from "#src/directory/member-data.js";
import { memberId } from "#src/store/directory-store.js";
import type { Transaction } from "#src/store/transaction.js";
import {
  CHEN,
  HOUR,
  MINUTE,
  NOON,
  openShop,
  PLATFORM,
  type Shop,
  ZHEN,
  ZHEN_ALONE,
} from "../commands/support.js";

const TOMBSTONE = "f".repeat(32);
/** Words and names that stand nowhere else. */
const CANARY = { name: "金丝雀阿珍", words: "蓝莓发霉了要退款金丝雀", comment: "太慢了金丝雀" };
const CANARY_LINE = { by: CANARY.name, in: ZHEN.in };
const PERSON = { platform: PLATFORM, memberId: `id-${CANARY.name}` };

const DIRECT = `${PLATFORM}/${encodeURIComponent(`direct:${CANARY.name}`)}`;
/** The mark of a handled event of their private conversation. */
const EVENT = {
  seq: 0,
  lane: DIRECT,
  kind: "message",
  payload: null,
  receivedAt: NOON,
  state: "done" as const,
  attempts: 0,
  reason: null,
};

/** Every row of every table as text. */
async function dump(tx: Transaction): Promise<ReadonlyMap<string, string>> {
  const tables = await tx.query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    [],
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await tx.query(`SELECT * FROM "${name}"`, []);
    texts.set(name, rows.map((row) => JSON.stringify(row)).join("\n"));
  }
  return texts;
}

async function tablesWith(shop: Shop, marks: readonly string[]): Promise<readonly string[]> {
  const texts = await shop.read(dump);
  const found = [...texts].filter(([, text]) =>
    marks.some((mark) => text.includes(mark) || text.includes(encodeURIComponent(mark))),
  );
  return found.map(([name]) => name).sort();
}

/** A member with traces everywhere: a vote with words, a case in the group and one in private, a colleague's reply. */
async function withTraces(): Promise<Shop> {
  const shop = await openShop();
  await shop.meet(CANARY_LINE);
  await shop.ask("调查 新建 蓝莓您满意吗；决定：换不换供应商", CHEN);
  await shop.ask("调查 发 1", CHEN);
  for (const text of ["4", `2，${CANARY.comment}`]) {
    const event = shop.event(text, CANARY_LINE);
    await shop.store.write(async (tx) => {
      const place = await shop.directory.place(tx, event);
      if (place !== null) await shop.surveys.considerReply(tx, place, event);
    });
  }
  await shop.complain(CANARY.words, CANARY_LINE);
  await shop.complain(`${CANARY.words}，还发错了货`, { ...CANARY_LINE, in: "direct" });
  await shop.ask(`处理 1 接手`, CHEN);
  await shop.ask(`处理 1 回复 ${CANARY.name}您好，马上退款`, CHEN);
  await shop.ask(`处理 1 解决 已给${CANARY.name}退款`, CHEN);
  await shop.ask("免打扰", { ...CANARY_LINE, in: "direct" });
  await shop.ask("我的数据", { ...CANARY_LINE, in: "direct" });
  await shop.ask("@小助手 我的反馈", CANARY_LINE);
  await shop.store.write(async (tx) => {
    await tx.inboxEvents.insert({ ...EVENT, eventKey: "x/1", fenceKey: `message:${DIRECT}/1` });
    await tx.inboxEvents.insert({
      ...EVENT,
      eventKey: "x/2",
      fenceKey: null,
      lane: `${PLATFORM}/somewhere`,
      state: "parked",
      payload: JSON.stringify({ author: { ...PERSON, name: CANARY.name }, text: CANARY.words }),
    });
  });
  return shop;
}

const MARKS = [CANARY.name, CANARY.words, CANARY.comment, PERSON.memberId, memberId(PERSON)];

describe("export", () => {
  it("holds everything of a member over all tables", async () => {
    const shop = await withTraces();
    const data = await shop.read((tx) => exportMember(tx, memberId(PERSON)));
    expect(data.member.name).toBe(CANARY.name);
    expect(data.places.map(({ group }) => group)).toEqual(["阳光里3群"]);
    expect(data.answers).toHaveLength(1);
    expect(data.answers[0]).toMatchObject({
      row: { numeric: 2 },
      question: { text: "蓝莓您满意吗" },
    });
    expect(JSON.stringify(data.caseMessages)).toContain(CANARY.words);
    expect(data.cases.length).toBeGreaterThan(0);
    expect(data.messages.length).toBeGreaterThan(0);
    expect(data.notices.length).toBeGreaterThan(0);
    expect(() => JSON.stringify(data)).not.toThrow();
  });

  it("refuses a member who is not known", async () => {
    const shop = await openShop();
    await expect(shop.read((tx) => exportMember(tx, "nobody"))).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("forget", () => {
  it("leaves no name, no account, no id and no word in any table", async () => {
    const shop = await withTraces();
    expect((await tablesWith(shop, MARKS)).length).toBeGreaterThan(7);
    await shop.store.write((tx) =>
      forgetMember(tx, { memberId: memberId(PERSON), tombstoneId: TOMBSTONE, at: NOON + MINUTE }),
    );
    // What still waits in the queues is let go of as soon as it is out.
    await shop.store.write((tx) => finishForgetting(tx, NOON + HOUR));
    expect(await tablesWith(shop, MARKS)).toEqual([]);
    expect(await tablesWith(shop, [CANARY.words, CANARY.comment])).toEqual([]);
    const cases = await shop.read((tx) => tx.cases.find({}));
    const evidence = cases.flatMap(({ verdict }) => verdict.evidence);
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.filter(({ text }) => text !== "")).toEqual([]);
  });

  it("keeps the counts: the same ratings, cases, affected members and messages", async () => {
    const shop = await withTraces();
    const count = async () =>
      shop.read(async (tx) => ({
        ratings: (await tx.responses.rows.find({ rating: true })).map(({ numeric }) => numeric),
        cases: (await tx.cases.find({})).map(({ state, affected }) => ({ state, affected })),
        joined: await tx.caseMembers.count({}),
        caseMessages: await tx.caseMessages.count({}),
        messages: await tx.messages.rows.count({}),
        prompts: await tx.prompts.count({}),
        members: await tx.directory.members.count({}),
      }));
    const before = await count();
    await shop.store.write((tx) =>
      forgetMember(tx, { memberId: memberId(PERSON), tombstoneId: TOMBSTONE, at: NOON + MINUTE }),
    );
    expect(await count()).toEqual(before);
    const row = await shop.read((tx) => tx.directory.members.first({ id: TOMBSTONE }));
    expect(row).toMatchObject({ name: "", externalId: TOMBSTONE, erasedAt: NOON + MINUTE });
  });

  it("writes that it was done, not to whom", async () => {
    const shop = await withTraces();
    const done = await shop.store.write((tx) =>
      forgetMember(tx, { memberId: memberId(PERSON), tombstoneId: TOMBSTONE, at: NOON + MINUTE }),
    );
    const entry = await shop.read((tx) => tx.audit.first({ act: "member.forget" }));
    expect(entry).toMatchObject({ actorId: TOMBSTONE, subject: "member", detail: { ...done } });
  });

  it("takes back what was about to be said to them, and says what staff answer to nobody else", async () => {
    const shop = await withTraces();
    await shop.store.write((tx) =>
      forgetMember(tx, { memberId: memberId(PERSON), tombstoneId: TOMBSTONE, at: NOON + MINUTE }),
    );
    const due = await shop.read((tx) => tx.outbox.rows.find({ onlyFor: { not: null } }));
    expect(due.filter(({ onlyFor }) => onlyFor?.includes(PERSON.memberId) === true)).toEqual([]);
    // The case of the private conversation stays one: an answer to it never goes to the group.
    const alone = await shop.read((tx) => tx.caseMessages.find({ part: "report" }));
    const hidden = alone.filter(({ id }) => id.includes("/"));
    expect(hidden.every(({ id }) => id.includes("erased%3A"))).toBe(true);
  });

  it("cannot be done twice", async () => {
    const shop = await withTraces();
    const order = { memberId: memberId(PERSON), tombstoneId: TOMBSTONE, at: NOON };
    await shop.store.write((tx) => forgetMember(tx, order));
    await expect(shop.store.write((tx) => forgetMember(tx, order))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("forgets staff too, and keeps what they did for the shop", async () => {
    const shop = await withTraces();
    await shop.ask("改进 蓝莓换了供应商 质量", CHEN);
    const chen = memberId({ platform: PLATFORM, memberId: "id-小陈" });
    await shop.store.write((tx) =>
      forgetMember(tx, { memberId: chen, tombstoneId: TOMBSTONE, at: NOON + MINUTE }),
    );
    expect(await tablesWith(shop, [chen, "id-小陈"])).toEqual([]);
    const row = await shop.read((tx) => tx.improvements.first({}));
    expect(row).toMatchObject({ text: "蓝莓换了供应商", operatorId: TOMBSTONE });
    expect((await shop.read((tx) => tx.cases.first({ number: 1 })))?.assigneeId).toBe(TOMBSTONE);
  });

  it("makes somebody new of a person who goes on speaking in the same breath", async () => {
    const shop = await withTraces();
    const again = shop.event("5", CANARY_LINE);
    await shop.store.write(async (tx) => {
      await shop.directory.place(tx, again);
      await forgetMember(tx, {
        memberId: memberId(PERSON),
        tombstoneId: TOMBSTONE,
        at: NOON + MINUTE,
      });
      const place = await shop.directory.place(tx, again);
      expect(place?.member).toMatchObject({ id: memberId(PERSON), erasedAt: null });
      expect(place?.membership).toMatchObject({ memberId: memberId(PERSON), leftAt: null });
      if (place !== null) await shop.surveys.considerReply(tx, place, again);
    });
    const rows = await shop.read((tx) => tx.responses.rows.find({ rating: true }));
    const ratings = new Map(rows.map(({ memberId: id, numeric }) => [id, numeric]));
    expect(ratings).toEqual(
      new Map([
        [TOMBSTONE, 2],
        [memberId(PERSON), 5],
      ]),
    );
    expect(JSON.stringify(rows)).not.toContain(CANARY.comment);
  });
});

describe("alone with the bot", () => {
  it("is where a member without a group gets no answer", async () => {
    const shop = await openShop();
    expect((await shop.say("我的数据", { by: "路人", in: "direct" })).said).toBeNull();
    expect((await shop.say("我的数据", ZHEN_ALONE)).handled).toBe(true);
  });
});
