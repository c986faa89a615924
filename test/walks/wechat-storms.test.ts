import { afterEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { MessageType } from "../support/wechat/test-puppet.js";
import { GROUP, STAFF, WechatProduct } from "../support/wechat/wechat-product.js";

const NEW_SURVEY = "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；开放：2小时";

let product: WechatProduct;
afterEach(() => product.close());

async function ratings() {
  return product.store.read((tx) => tx.responses.rows.find({ rating: true }));
}

describe("a room of 500 neighbours", () => {
  it("of whom 300 answer within five minutes, with chatter, doubles and recalls between, loses no vote and answers nobody", async () => {
    const members = Array.from({ length: 498 }, (_, index) => `m${String(index)}`);
    product = await WechatProduct.open({ members });
    await product.bind();
    for (const who of members.slice(0, 300)) product.blurts(GROUP, who, "早上好");
    await product.says(STAFF, "chen", NEW_SURVEY);
    await product.says(STAFF, "chen", "调查 发 1 force");
    const said = product.puppet.sent.length;
    const began = product.clock.now();
    for (const [index, who] of members.slice(0, 300).entries()) {
      const at = began + index * SECOND;
      const score = String((index % 5) + 1);
      const id = product.puppet.inject({ from: who, room: GROUP, text: `${score}分`, at });
      if (index % 10 === 0) product.puppet.redeliver(id);
      if (index % 25 === 0)
        product.puppet.inject({ from: "m400", room: GROUP, text: "几点截单", at });
      if (index % 50 === 0) product.puppet.recall({ id, from: who, room: GROUP, at });
    }
    product.clock.set(began + 5 * MINUTE);
    await product.settle();
    const votes = await ratings();
    expect(votes).toHaveLength(294);
    expect(new Set(votes.map(({ memberId }) => memberId)).size).toBe(294);
    const sum = votes.reduce((total, { numeric }) => total + (numeric ?? 0), 0);
    // 60 of each score, but six people who had given the lowest took it back.
    expect(sum).toBe(60 * (1 + 2 + 3 + 4 + 5) - 6);
    expect(product.puppet.sent).toHaveLength(said);
    expect(product.adapter.counts.lost).toBe(0);
  });
});

describe("a storm of failures", () => {
  it("delays what is to be said, repeats nothing that was said, and never sends against a pause", async () => {
    product = await WechatProduct.open();
    await product.bind();
    const before = product.puppet.sent.length;
    const attempts: number[] = [];
    const send = product.puppet.messageSendText.bind(product.puppet);
    let refusals = 3;
    product.puppet.messageSendText = async (to, text, mentions) => {
      attempts.push(product.clock.now());
      if (refusals > 0) {
        refusals -= 1;
        product.puppet.failures.push(new Error("操作过于频繁，请稍后再试"));
      }
      return send(to, text, mentions);
    };
    for (const [index, words] of ["草莓烂了", "鸡蛋少了两个", "送得太晚了，气死了"].entries())
      await product.says(GROUP, ["wang", "li", "zhao"][index] ?? "", words);
    await product.passes(6 * HOUR);
    const alerts = product
      .seen(STAFF)
      .slice(before)
      .filter((text) => text.includes("【投诉"));
    expect(alerts).toHaveLength(3);
    expect(new Set(alerts).size).toBe(3);
    // Half an hour, then twice as long, then again.
    const [first = 0, second = 0, third = 0, fourth = 0] = attempts;
    expect(second - first).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(third - second).toBeGreaterThanOrEqual(60 * MINUTE);
    expect(fourth - third).toBeGreaterThanOrEqual(120 * MINUTE);
    const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * SECOND);
  });

  it("of a puppet that throws on every call loses nothing of what is to be said", async () => {
    product = await WechatProduct.open();
    await product.bind();
    await product.says(GROUP, "wang", "早");
    await product.says(STAFF, "chen", "早");
    product.puppet.broken = new Error("Protocol error: the page crashed");
    product.blurts(GROUP, "wang", "听不见的话");
    await product.settle();
    expect(product.adapter.counts.lost).toBe(1);
    product.puppet.broken = null;
    await product.says(GROUP, "wang", "草莓烂了");
    product.puppet.broken = new Error("Protocol error: the page crashed");
    await product.passes(20 * MINUTE);
    product.puppet.broken = null;
    await product.passes(HOUR);
    expect(product.seen(STAFF).filter((text) => text.includes("草莓烂了"))).toHaveLength(1);
    const parked = await product.store.read((tx) => tx.outbox.rows.count({ state: "parked" }));
    expect(parked).toBe(0);
  });
});

describe("bad input", () => {
  it("of every kind changes nothing but a count, and what comes after it is heard", async () => {
    product = await WechatProduct.open();
    await product.bind();
    const { puppet, clock } = product;
    const nameless = puppet.group("19000000005@chatroom", "", ["bot", "ghost"]);
    puppet.stranger("ghost");
    const bad = [
      { from: "ghost", room: nameless, text: "没名字的人在没名字的群" },
      {
        from: "wang",
        room: GROUP,
        text: '<sysmsg type="revokemsg"><msgid>1',
        type: MessageType.Recalled,
      },
      { from: "wang", room: GROUP, text: "<msg><appmsg>", type: MessageType.GroupNote },
      { from: "", room: GROUP, text: "谁也没说" },
      {
        from: "wang",
        room: GROUP,
        text: "「李叔：「小助手：「」」\n- - - - - -\n」\n- - - - - - - -\n",
      },
      { from: "wang", room: GROUP, text: "草莓".repeat(30_000) },
      { from: "wang", room: GROUP, text: "\ud800".repeat(100) },
      { from: "wang", room: GROUP, text: "" },
    ];
    for (const one of bad) {
      clock.advance(SECOND);
      puppet.inject({ ...one, at: clock.now() });
    }
    const list = [undefined, "wang", undefined] as string[];
    const join = { roomId: GROUP, inviteeIdList: list, inviterId: "", timestamp: clock.now() };
    puppet.emit("room-join", join);
    puppet.emit("room-join", { ...join, inviteeIdList: undefined as never });
    await product.says(GROUP, "li", "鸡蛋少了两个");
    expect(product.found(STAFF, /少了两个/)).toContain("李叔");
    expect(product.adapter.counts).toMatchObject({ unreadable: 3, lost: 0 });
    expect(product.adapter.health()).toMatchObject({ state: "ok" });
    expect(product.seen(GROUP)).toEqual([]);
  });
});
