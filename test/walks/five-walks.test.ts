import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, HOUR, MINUTE } from "../support/chat-script.js";
import { describeStores } from "../support/stores.js";

const GROUP = "阳光里3群";
const STAFF = "staff";
const NEIGHBOURS = Array.from({ length: 12 }, (_, index) => `邻居${String(index + 1)}`);

/** Opens a survey as a transcript does, for an hour. */
async function openCsat(chat: ChatScript): Promise<void> {
  const { app, clock } = chat.simulation;
  const at = clock.now();
  await app.store.write(async (tx) => {
    const place = { platform: "simulated", conversationId: GROUP };
    const group = await app.rooms.directory.ensureGroup(tx, { place, at });
    await app.rooms.surveys.openFromTranscript(tx, {
      group,
      runId: "r",
      kind: "csat",
      opensAt: at,
      closesAt: at + HOUR,
    });
  });
}

describeStores("the five walks", (kind) => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore(await kind.fresh());
    chat = await ChatScript.open(store);
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    for (const who of NEIGHBOURS) await chat.says(GROUP, who, "早上好");
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  it("a group message becomes a complaint alert with its evidence, once", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    const alert = chat.post(STAFF, /安安妈/);
    expect(alert.text).toContain("烂了");
    expect(alert.text).toContain(GROUP);
    expect(chat.seen(STAFF).filter((post) => post.text.includes("安安妈"))).toHaveLength(1);
    expect(chat.said(GROUP, /./)).toEqual([]);
  });

  it("a survey is opened by staff, answered by button and by number, closed, and its result posted", async () => {
    await chat.says(
      STAFF,
      "小陈",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每天11:00；开放：2小时",
      { role: "staff" },
    );
    await chat.until("2026-11-20T11:00:00");
    const card = chat.post(GROUP, /满意/);
    expect(card.choices.length).toBeGreaterThan(0);
    await chat.presses({ room: GROUP, who: "邻居1" }, card, "5");
    await chat.presses({ room: GROUP, who: "邻居1" }, card, "4");
    for (const who of NEIGHBOURS.slice(1, 8)) await chat.says(GROUP, who, "5分");
    await chat.says(GROUP, "邻居9", "3，送得太晚了");
    await chat.says(GROUP, "邻居10", "5点送到吗");
    expect(chat.said(GROUP, /%/)).toEqual([]);
    await chat.until("2026-11-20T13:00:30");
    const votes = await store.read((tx) => tx.responses.rows.find({ rating: true }));
    expect(votes.map((vote) => vote.numeric ?? 0).toSorted((a, b) => a - b)).toEqual([
      3, 4, 5, 5, 5, 5, 5, 5, 5,
    ]);
    expect(chat.post(GROUP, /结果/).text).toMatch(/约 ?10 ?位/);
    expect(chat.post(STAFF, /n=9/).text).toMatch(/88\.9%/);
    for (const post of chat.seen(GROUP))
      for (const who of NEIGHBOURS) expect(post.text).not.toContain(who);
  });

  it("the daily digest comes at eight, to staff in detail and to the group after approval, once", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    await openCsat(chat);
    for (const who of NEIGHBOURS) await chat.says(GROUP, who, "5分");
    await chat.until("2026-11-20T20:00:30");
    expect(chat.post(STAFF, /日报/).text).toContain("商品质量");
    const waiting = chat.post(STAFF, /您看过再发/);
    expect(chat.said(GROUP, /小结/)).toEqual([]);
    await chat.presses({ room: STAFF, who: "小陈", role: "staff" }, waiting, "发到群里");
    expect(chat.post(GROUP, /小结/).text).not.toContain("安安妈");
    await chat.presses({ room: STAFF, who: "小陈", role: "staff" }, waiting, "发到群里");
    expect(chat.seen(GROUP).filter((post) => post.text.includes("小结"))).toHaveLength(1);
    expect(await store.read((tx) => tx.digests.count({}))).toBe(2);
  });

  it("a command is answered to the asker alone, a near miss with a question, a customer with a refusal", async () => {
    await chat.commands(GROUP, "小陈", "report today");
    const answer = chat.post(GROUP, /./, "小陈");
    expect(answer.onlyFor).toBe("小陈");
    await chat.commands(GROUP, "小陈", "reprot today");
    expect(chat.post(GROUP, /report|报告/, "小陈").onlyFor).toBe("小陈");
    await chat.commands(GROUP, "邻居1", "report today", "customer");
    const refusal = chat.post(GROUP, /./, "邻居1");
    expect(refusal.onlyFor).toBe("邻居1");
    expect(chat.seen(GROUP)).toEqual([]);
  });

  it("staff resolve a case, the member is told, answers that it is not solved, and it is reopened", async () => {
    await chat.says(GROUP, "安安妈", "鸡蛋一板少了两个");
    await chat.says(STAFF, "小陈", "处理 1 确认", { role: "staff" });
    expect(chat.post(GROUP, /少件/).text).not.toContain("安安妈");
    await chat.says(STAFF, "小陈", "处理 1 解决 少的两个已退款", { role: "staff" });
    const told = chat.post(GROUP, /已退款/, "安安妈");
    expect(told.onlyFor).toBe("安安妈");
    await chat.presses({ room: GROUP, who: "安安妈" }, told, "没解决");
    const [found] = await store.read((tx) => tx.cases.find({}));
    expect(found?.state).toBe("reopened");
    expect(found?.reopened).toBe(1);
  });
});

describe("what can go wrong on the way", () => {
  let store: Store;
  let chat: ChatScript;
  beforeEach(async () => {
    store = await openStore({ dialect: "sqlite", file: ":memory:" });
    chat = await ChatScript.open(store);
    for (const who of NEIGHBOURS) await chat.says(GROUP, who, "早上好");
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  it("pages staff at once for a sick child, and never says anything cheerful", async () => {
    await chat.says(GROUP, "刘敏", "孩子吃了拉肚子");
    expect(chat.post(STAFF, /P1/).text).toContain("拉肚子");
    await chat.passes(6 * MINUTE);
    expect(chat.seen(STAFF).length).toBeGreaterThan(1);
    for (const post of chat.seen(GROUP, "刘敏"))
      expect(post.text).not.toMatch(/亲|😊|开心|谢谢支持|感谢您的支持/);
  });

  it("counts forty who say 'me too' as one case with forty-one members, and tells the group once", async () => {
    await chat.says(GROUP, "安安妈", "草莓下面一层都烂了");
    for (let index = 0; index < 40; index += 1)
      await chat.says(GROUP, `住户${String(index)}`, "我家也是");
    const cases = await store.read((tx) => tx.cases.find({}));
    expect(cases.map((one) => one.affected)).toEqual([41]);
    await chat.says(STAFF, "小陈", "处理 1 确认", { role: "staff" });
    await chat.says(STAFF, "小陈", "处理 1 解决 全部退款", { role: "staff" });
    expect(chat.seen(GROUP).filter((post) => post.text.includes("全部退款"))).toHaveLength(1);
  });

  it("gives back the earlier vote when a later one is recalled", async () => {
    await openCsat(chat);
    await chat.says(GROUP, "邻居1", "5");
    const second = await chat.says(GROUP, "邻居1", "2");
    await chat.recalls(GROUP, "邻居1", second);
    expect(
      (await store.read((tx) => tx.responses.rows.find({ rating: true }))).map(
        (vote) => vote.numeric,
      ),
    ).toEqual([5]);
  });

  it("asks nobody while somebody is hurt", async () => {
    await chat.says(
      STAFF,
      "小陈",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；时间：每天11:00；开放：2小时",
      { role: "staff" },
    );
    await chat.says(GROUP, "刘敏", "孩子吃了拉肚子，住院了");
    await chat.until("2026-11-20T11:05:00");
    expect(chat.said(GROUP, /满意吗/)).toEqual([]);
  });

  it("works without buttons, edits and private messages", async () => {
    await chat.simulation.stop();
    const plain = await ChatScript.open(store, {
      startAt: chat.simulation.clock.now(),
      capabilities: {
        buttons: false,
        edit: false,
        onlyForOne: false,
        direct: false,
        commands: false,
        lookup: false,
      },
    });
    await plain.says(GROUP, "安安妈", "草莓下面一层都烂了");
    expect(plain.post(STAFF, /安安妈/).text).toMatch(/处理 ?1/);
    await plain.says(STAFF, "小陈", "处理 1 确认", { role: "staff" });
    await plain.says(STAFF, "小陈", "处理 1 解决 已退款", { role: "staff" });
    for (const post of plain.posts) expect(post.choices).toEqual([]);
    // Nothing personal is said where it cannot be said in private.
    for (const post of plain.seen(GROUP)) expect(post.text).not.toContain("安安妈");
    await plain.simulation.stop();
  });
});
