import { describe, expect, it } from "vitest";
import type { ActionEvent, CommandEvent } from "#src/platform/inbound-event.js";
import {
  ANN,
  ANN_ALONE,
  CHEN,
  NOON,
  openEnglishShop,
  openShop,
  PLATFORM,
  TOM,
  ZHEN,
  ZHEN_ALONE,
} from "./support.js";

function command(text: string, by: string, room: string): CommandEvent {
  return {
    kind: "command",
    eventId: `c-${text}-${by}`,
    at: NOON,
    conversation: { platform: PLATFORM, conversationId: room },
    author: { platform: PLATFORM, memberId: `id-${by}`, name: by },
    text,
    isDirect: false,
    replyHandle: "handle-1",
  };
}

function press(action: string, value: string, by: string, room: string): ActionEvent {
  return {
    kind: "action",
    eventId: `a-${value}-${by}`,
    at: NOON,
    conversation: { platform: PLATFORM, conversationId: room },
    author: { platform: PLATFORM, memberId: `id-${by}`, name: by },
    action,
    value,
  };
}

describe("who hears the answer", () => {
  it("answers a customer in the group for their eyes only", async () => {
    const shop = await openShop();
    const { handled, said } = await shop.say("@小助手 我的反馈", ZHEN);
    expect(handled).toBe(true);
    expect(said).toMatchObject({
      kind: "reply",
      onlyFor: JSON.stringify([PLATFORM, "id-阿珍"]),
      lane: `${PLATFORM}/${encodeURIComponent("阳光里3群")}`,
    });
  });

  it("lets the staff room read along where nothing can be hidden, but not the group", async () => {
    const shop = await openShop();
    const inRoom = await shop.say("投诉", CHEN);
    expect(inRoom.said?.message.openWhereNotPrivate).toBe(true);
    const inGroup = await shop.say("@小助手 投诉", { by: "团长林姐", in: "阳光里3群" });
    expect(inGroup.said?.message.openWhereNotPrivate).toBeUndefined();
    const data = await shop.say("@小助手 我的数据", ZHEN);
    expect(data.said?.message.openWhereNotPrivate).toBeUndefined();
    const mute = await shop.say("@小助手 免打扰", ZHEN);
    expect(mute.said?.message.openWhereNotPrivate).toBe(true);
  });

  it("answers in the direct conversation where it was said, to nobody in particular", async () => {
    const shop = await openShop();
    const { said } = await shop.say("我的反馈", ZHEN_ALONE);
    expect(said).toMatchObject({
      onlyFor: null,
      lane: `${PLATFORM}/${encodeURIComponent("direct:阿珍")}`,
    });
    expect(said?.message.openWhereNotPrivate).toBeUndefined();
  });

  it("uses the short-lived handle of a command of the platform", async () => {
    const shop = await openShop();
    const { said } = await shop.hear(command("帮助", "阿珍", "阳光里3群"));
    expect(said?.replyHandle).toBe("handle-1");
  });
});

describe("who may give staff commands", () => {
  it("refuses a customer kindly and says what they can do instead, doing nothing", async () => {
    const shop = await openShop();
    expect(await shop.ask("@小助手 报告", ZHEN)).toContain("报告只有店员能看");
    expect(await shop.ask("@小助手 设置 小结时间 20:30", ZHEN)).toContain("我的数据");
    expect(await shop.ask("处理 1 接手", ZHEN_ALONE)).toContain("我的反馈");
    expect(await shop.read((tx) => tx.audit.count({ act: "settings.change" }))).toBe(0);
    const english = await openEnglishShop();
    expect(await english.ask("@小助手 report 7d", ANN)).toContain("Reports are for the staff");
    expect(await english.ask("settings", ANN_ALONE)).toContain("This command is for the staff");
  });

  it("lets a leader use them in the group and staff in private", async () => {
    const shop = await openShop();
    const leader = { by: "团长林姐", in: "阳光里3群" };
    expect(await shop.ask("@小助手 设置", leader)).toContain("「阳光里3群」的设置");
    await shop.meet({ by: "小陈", in: "阳光里3群" });
    expect(await shop.ask("设置", { by: "小陈", in: "direct" })).toContain("「阳光里3群」的设置");
  });

  it("keeps the groups of other shops out of reach", async () => {
    const shop = await openShop();
    await shop.group("河畔团购群", { staff: "河畔店员群" });
    await shop.meet({ by: "王店长", in: "河畔店员群" });
    const other = { by: "王店长", in: "河畔店员群" };
    expect(await shop.ask("@小助手 设置 阳光里3群 小结时间 20:30", other)).toContain("没有叫");
    expect(await shop.ask("@小助手 报告 今天 阳光里3群", other)).not.toContain("满意");
    const group = await shop.read((tx) =>
      tx.directory.group({ platform: PLATFORM, conversationId: "阳光里3群" }),
    );
    expect(group?.settings.dailyDigestAt).toBeUndefined();
  });

  it("leaves a customer's complaint to the complaints room, said alone or to the bot", async () => {
    const shop = await openShop();
    for (const line of [ZHEN, ZHEN_ALONE]) {
      const at = line.in === "direct" ? "" : "@小助手 ";
      expect((await shop.say(`${at}投诉 草莓烂了`, line)).handled).toBe(false);
      expect((await shop.say(`${at}改进 包装太差了`, line)).handled).toBe(false);
      expect((await shop.say(`${at}报告 鸡蛋少了`, line)).handled).toBe(false);
    }
    expect(await shop.ask("投诉", ZHEN_ALONE)).toContain("直接告诉我发生了什么");
  });

  it("files a complaint made with the platform's own command, which nobody else would hear", async () => {
    const shop = await openShop();
    const { handled, said } = await shop.hear(command("投诉 草莓烂了两盒", "阿珍", "阳光里3群"));
    expect(handled).toBe(true);
    expect(said?.message.text).toContain("编号 #1");
    const typed = await shop.ask("/huiyin 投诉 鸡蛋碎了三个", ZHEN);
    expect(typed).toContain("编号 #2");
    const rows = await shop.read((tx) => tx.cases.find({}));
    expect(rows.map(({ state }) => state)).toEqual(["confirmed", "confirmed"]);
  });

  it("answers an unknown command of the platform, and leaves unknown texts alone", async () => {
    const shop = await openShop();
    const unknown = await shop.hear(command("变魔术", "阿珍", "阳光里3群"));
    expect(unknown.said?.message.text).toContain("写“帮助”");
    expect(await shop.ask("/huiyin 变魔术", ZHEN)).toContain("写“帮助”");
    expect((await shop.say("@小助手 变魔术", ZHEN)).handled).toBe(false);
    expect((await shop.say("晚上几点关门", CHEN)).handled).toBe(false);
  });
});

describe("near misses", () => {
  it("asks whether another command was meant and does nothing", async () => {
    const shop = await openShop();
    const { handled, said } = await shop.say("投拆 超时", CHEN);
    expect(handled).toBe(true);
    expect(said?.message.text).toBe("没有“投拆”这个命令，您是不是想写“投诉 超时”？");
    expect(said?.message.choices).toEqual([
      { action: "command", choices: [{ label: "投诉 超时", value: "投诉 超时" }] },
    ]);
    expect(said?.message.textWithoutButtons).toContain("请照着再发一次");
    const english = await openEnglishShop();
    expect(await english.ask("reprot 7d", TOM)).toContain('Did you mean "report 7d"?');
  });

  it("suggests no staff command to a customer", async () => {
    const shop = await openShop();
    expect((await shop.say("@小助手 投拆", ZHEN)).handled).toBe(false);
    expect((await shop.say("@小助手 免打绕", ZHEN)).handled).toBe(true);
    expect(await shop.read((tx) => tx.directory.members.count({ mutedAt: { not: null } }))).toBe(0);
  });

  it("carries out what the button says", async () => {
    const shop = await openShop();
    const { handled, said } = await shop.hear(press("command", "投诉 超时", "小陈", "店员群"));
    expect(handled).toBe(true);
    expect(said?.message.text).toBe("没有超时的投诉。");
    expect((await shop.hear(press("vote", "投诉", "小陈", "店员群"))).handled).toBe(false);
  });
});

describe("help", () => {
  it("lists by role, in the language of the group", async () => {
    const shop = await openShop();
    const staff = await shop.ask("帮助", CHEN);
    expect(staff).toContain("处理 编号");
    expect(staff).toContain("在这里直接写就行");
    const customer = await shop.ask("@小助手 帮助", ZHEN);
    expect(customer).not.toContain("处理 编号");
    expect(customer).toContain("免打扰");
    expect(customer).toContain("@小助手 命令");
    const english = await openEnglishShop();
    expect(await english.ask("help", TOM)).toContain("survey [list|new|");
    expect(await english.ask("help", ANN_ALONE)).toContain("opt out");
  });

  it("explains one command with examples that are commands themselves", async () => {
    const shop = await openShop();
    const text = await shop.ask("帮助 调查", CHEN);
    expect(text).toContain("决定：");
    for (const line of text.split("\n").filter((one) => one.startsWith("调查 "))) {
      const example = line.split("（")[0]?.split(" ／ ")[0] ?? "";
      if (example.includes("[")) continue;
      const { handled } = await shop.say(example, CHEN);
      expect([example, handled]).toEqual([example, true]);
    }
    // What only staff may do is not explained to customers.
    expect(await shop.ask("@小助手 帮助 设置", ZHEN)).not.toContain("安静时段");
  });
});
