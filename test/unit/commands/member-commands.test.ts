import { describe, expect, it } from "vitest";
import type { Member } from "#entities/index.js";
import {
  ANN_ALONE,
  CHEN,
  HOUR,
  MINUTE,
  NOON,
  openEnglishShop,
  openShop,
  PLATFORM,
  type Shop,
  ZHEN,
  ZHEN_ALONE,
} from "./support.js";

async function memberOf(shop: Shop, name: string): Promise<Member | null> {
  return shop.read((tx) => tx.directory.member({ platform: PLATFORM, memberId: `id-${name}` }));
}

describe("mute", () => {
  it("holds from now on, once, and is taken back by its opposite", async () => {
    const shop = await openShop();
    expect(await shop.ask("免打扰", ZHEN_ALONE)).toContain("不再给您发提醒和追问");
    await shop.ask("免打扰", { ...ZHEN_ALONE, at: NOON + MINUTE });
    expect((await memberOf(shop, "阿珍"))?.mutedAt).toBe(NOON);
    expect(await shop.ask("@小助手 取消免打扰", ZHEN)).toContain("照常提醒");
    expect((await memberOf(shop, "阿珍"))?.mutedAt).toBeNull();
    const english = await openEnglishShop();
    expect(await english.ask("mute", ANN_ALONE)).toContain("no more reminders");
  });
});

describe("opt out", () => {
  it("is honoured at the door: nothing of what they say is kept but the mark that it was seen", async () => {
    const shop = await openShop();
    expect(await shop.ask("退出", ZHEN_ALONE)).toContain("不读也不留");
    const before = await countRows(shop);
    for (const text of ["草莓烂了一半，退款", "5", "@小助手 投诉 鸡蛋碎了", "投诉", "我的反馈"]) {
      const event = shop.event(text, ZHEN);
      await shop.store.write(async (tx) => {
        const place = await shop.directory.place(tx, event);
        if (place === null) return;
        expect(await shop.commands.handle(tx, place, event)).toBe(false);
        expect(place.member.optedOutAt).not.toBeNull();
      });
    }
    expect(await countRows(shop)).toEqual(before);
  });

  it("keeps no place in a group that the person was not known in", async () => {
    const shop = await openShop();
    await shop.ask("退出", ZHEN_ALONE);
    await shop.group("阳光里5群", { staff: "店员群" });
    const before = await countRows(shop);
    expect(await shop.ask("@小助手 帮助", { by: "阿珍", in: "阳光里5群" })).toContain("加入");
    expect((await countRows(shop))["memberships"]).toBe(before["memberships"]);
  });

  it("ends when they come back", async () => {
    const shop = await openShop();
    await shop.ask("退出", ZHEN_ALONE);
    expect(await shop.ask("@小助手 加入", { ...ZHEN, at: NOON + HOUR })).toContain("欢迎回来");
    expect((await memberOf(shop, "阿珍"))?.optedOutAt).toBeNull();
    expect(await shop.ask("加入", ZHEN_ALONE)).toContain("本来就在");
  });

  it("leaves them their data and its deletion", async () => {
    const shop = await openShop();
    await shop.ask("退出", ZHEN_ALONE);
    expect(await shop.ask("我的数据", ZHEN_ALONE)).toContain("已退出");
    expect(await shop.ask("删除", ZHEN_ALONE)).toContain("删除 确认");
  });
});

async function countRows(shop: Shop): Promise<Record<string, number>> {
  return shop.read(async (tx) => ({
    members: await tx.directory.members.count({}),
    memberships: await tx.directory.memberships.count({}),
    messages: await tx.messages.rows.count({}),
    cases: await tx.cases.count({}),
    caseMessages: await tx.caseMessages.count({}),
    responses: await tx.responses.rows.count({}),
    audit: await tx.audit.count({}),
    outbox: await tx.outbox.rows.count({}),
  }));
}

describe("my data and my cases", () => {
  it("tell what is kept, in the member's own words, to them alone", async () => {
    const shop = await openShop();
    await shop.complain("草莓底层烂了一半，要求退款", ZHEN);
    const { said } = await shop.say("@小助手 我的数据", ZHEN);
    expect(said?.onlyFor).toBe(JSON.stringify([PLATFORM, "id-阿珍"]));
    const text = said?.message.text ?? "";
    expect(text).toContain("“草莓底层烂了一半，要求退款”");
    expect(text).toContain("阳光里3群（2026年11月20日起）");
    expect(text).toContain("只留了 1 条的数目");
    expect(await shop.ask("我的反馈", ZHEN_ALONE)).toMatch(/#1 .*已收到，正在核实/);
    expect(await shop.ask("我的反馈", { by: "小陈", in: "店员群" })).toContain("还没有反映过");
  });
});

describe("erase", () => {
  async function codeFor(shop: Shop, at = NOON): Promise<string> {
    const text = await shop.ask("删除", { ...ZHEN_ALONE, at });
    return /删除 确认 (\d{4})/.exec(text)?.[1] ?? "";
  }

  it("needs the code of the last ten minutes, and is then carried out", async () => {
    const shop = await openShop();
    await shop.complain("草莓底层烂了一半，要求退款", ZHEN);
    const code = await codeFor(shop);
    const wrong = code === "0000" ? "0001" : "0000";
    expect(await shop.ask(`删除 确认 ${wrong}`, ZHEN_ALONE)).toContain("什么都没有删");
    const late = { ...ZHEN_ALONE, at: NOON + 21 * MINUTE };
    expect(await shop.ask(`删除 确认 ${code}`, late)).toContain("什么都没有删");
    expect((await memberOf(shop, "阿珍"))?.name).toBe("阿珍");
    const soon = { ...ZHEN_ALONE, at: NOON + 9 * MINUTE };
    const { said } = await shop.say(`删除 确认 ${code}`, soon);
    expect(said?.message.text).toContain("已经删除");
    expect(await memberOf(shop, "阿珍")).toBeNull();
    expect(await shop.ask("处理 1", CHEN)).toContain("反映人：已删除数据的成员");
    expect(await shop.ask("处理 1", CHEN)).not.toContain("草莓底层");
  });

  it("gives a button that says the same, and another member's code is of no use", async () => {
    const shop = await openShop();
    await shop.meet({ by: "老周", in: "阳光里3群" });
    const code = await codeFor(shop);
    const { said } = await shop.say("删除", ZHEN_ALONE);
    expect(said?.message.choices?.[0]?.choices[0]?.value).toBe(`删除 确认 ${code}`);
    expect(await shop.ask(`删除 确认 ${code}`, { by: "老周", in: "direct" })).toContain(
      "什么都没有删",
    );
  });

  it("takes the word in English", async () => {
    const shop = await openEnglishShop();
    const code = /erase confirm (\d{4})/.exec(await shop.ask("erase", ANN_ALONE))?.[1] ?? "";
    expect(await shop.ask(`erase confirm ${code}`, ANN_ALONE)).toContain("are gone");
  });

  it("makes a new member of somebody who speaks again, without what was before", async () => {
    const shop = await openShop();
    const code = await codeFor(shop);
    await shop.ask(`删除 确认 ${code}`, ZHEN_ALONE);
    await shop.complain("鸡蛋碎了三个，要退款", { ...ZHEN, at: NOON + HOUR });
    expect(await shop.ask("@小助手 我的反馈", ZHEN)).toContain("您反映的问题 1 个");
  });

  it("keeps somebody out who had opted out, without a name", async () => {
    const shop = await openShop();
    await shop.ask("退出", ZHEN_ALONE);
    const code = await codeFor(shop);
    expect(await shop.ask(`删除 确认 ${code}`, ZHEN_ALONE)).toContain("这一点照旧");
    const mark = await memberOf(shop, "阿珍");
    expect(mark).toMatchObject({ name: "", externalId: mark?.id });
    expect(mark?.optedOutAt).toBe(NOON);
    await shop.complain("鸡蛋碎了三个，要退款", { ...ZHEN, at: NOON + HOUR });
    expect(await shop.read((tx) => tx.cases.count({}))).toBe(0);
  });
});
