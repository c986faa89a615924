import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recalledIds } from "#adapters/wechat/wechat-xml.js";
import { plainText } from "#adapters/wechat/wire-text.js";
import type { MessageEvent, Quote } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import { type Injected, MessageType } from "../../support/wechat/test-puppet.js";
import { GROUP, WechatScene } from "../../support/wechat/wechat-scene.js";

function fixture(name: string): unknown {
  const file = new URL(`../../fixtures/wechat/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

interface QuoteCase {
  readonly name: string;
  readonly wire: string;
  readonly quote?: Quote;
  readonly text: string;
}

interface RecallCase {
  readonly name: string;
  readonly wire: string;
  readonly ids: readonly string[];
}

let scene: WechatScene;
beforeEach(async () => {
  scene = new WechatScene();
  await scene.start();
});
afterEach(() => scene.close());

/** What the core hears of one message. */
async function heard(text: string, more: Partial<Injected> = {}): Promise<MessageEvent | null> {
  await scene.says("wang", text, more);
  const event = scene.inbox.events.findLast(({ kind }) => kind === "message");
  return event?.kind === "message" ? event : null;
}

describe("quotes", () => {
  const cases = fixture("quotes") as readonly QuoteCase[];

  it.each(cases)("$name", async ({ wire, quote, text }) => {
    const event = await heard(wire);
    expect(event?.text).toBe(text);
    expect(event?.repliesTo).toEqual(quote);
  });

  it("know the bot by its nickname in the room too", async () => {
    scene.puppet.nickname(GROUP, "bot", "阳光 小管家");
    const event = await heard("「阳光 小管家：满意吗」\n- - - - - - - - - - - - - - -\n5");
    expect(event?.repliesTo?.ofBot).toBe(true);
  });
});

describe("recalls", () => {
  const cases = fixture("recalls") as readonly RecallCase[];

  it.each(cases)("are read out of $name", ({ wire, ids }) => {
    expect(recalledIds(wire)).toEqual(ids);
  });

  it("take back the message that was heard, whichever of the two ids it had", async () => {
    const [both] = cases;
    await scene.says("wang", "草莓烂了", { id: "1040356" });
    await scene.says("wang", both?.wire ?? "", { type: MessageType.Recalled });
    expect(scene.inbox.events.at(-1)).toMatchObject({
      kind: "recalled",
      message: { messageId: "1040356" },
    });
  });

  it("are understood as a text, as something unknown, and from nobody", async () => {
    const [, entities] = cases;
    const wire = entities?.wire ?? "";
    for (const type of [MessageType.Text, MessageType.Unknown])
      await scene.says("wang", wire, { type });
    const id = await scene.says("wang", "5");
    await scene.says("", id, { type: MessageType.Recalled });
    const recalls = scene.inbox.events.filter(({ kind }) => kind === "recalled");
    expect(recalls).toHaveLength(3);
    expect(recalls.at(-1)).toMatchObject({ author: { memberId: "member:wang" } });
  });

  it("that cannot be read are counted, and nothing else happens", async () => {
    const broken = cases.filter(({ ids }) => ids.length === 0);
    for (const { wire } of broken) await scene.says("wang", wire, { type: MessageType.Recalled });
    expect(scene.adapter.counts.unreadable).toBe(broken.length);
    expect(scene.inbox.events.filter(({ kind }) => kind === "recalled")).toEqual([]);
    expect(scene.adapter.health().state).toBe("ok");
  });
});

describe("texts", () => {
  it.each([
    ["[强]", "[强]"],
    ["[ThumbsUp]", "[强]"],
    ['<img class="qqemoji" text="[强]_web" src="/zh_CN/htmledition/v2/images/spacer.gif">', "[强]"],
    ["[Facepalm][捂脸]", "[捂脸][捂脸]"],
    ["[不认识] [NoSuchFace]", "[不认识] [NoSuchFace]"],
    ['真棒<span class="emoji emoji1f44d"></span>', "真棒👍"],
    ["A&amp;B &lt;3 &#33; &nbsp;", "A&B <3 !  "],
    ["&amp;lt;br/&amp;gt;", "&lt;br/&gt;"],
    ["&lt;br/&gt;", "<br/>"],
    ["一<br/>二<br>三\r\n四", "一\n二\n三\n四"],
    ["1 < 2 > 0 <b>", "1 < 2 > 0 <b>"],
    ["\u0000\u0007嗨\tx", "嗨\tx"],
    ["&#0;&#xd800;&bad;", "&#0;&#xd800;&bad;"],
    ["\ud83c", "\ufffd"],
  ])("%j is read as %j", (wire, text) => {
    expect(plainText(wire)).toBe(text);
  });

  it("of 60 kB are read in time in proportion to their length", async () => {
    for (const piece of ["草莓烂了", "<img ", "&lt;", "「", "@小助手 ", "- ", "<br/>"]) {
      const text = piece.repeat(Math.ceil(60_000 / piece.length));
      expect((await heard(text))?.text.length).toBeGreaterThan(0);
    }
    expect(plainText("好".repeat(200_000))).toHaveLength(65_536);
  });
});

describe("lists", () => {
  const list = "#接龙\n本周团购满意度打分\n\n1. 301 王姐 5分\n2. 502 李叔 4";

  it("come as a text or as a note of the group", async () => {
    expect((await heard(list))?.text).toBe(list);
    expect((await heard(list, { type: MessageType.GroupNote, id: "n1" }))?.text).toBe(list);
  });

  it("without their tag get one, and come out of an app message", async () => {
    const bare = list.replace("#接龙\n", "");
    expect((await heard(bare, { type: MessageType.GroupNote }))?.text).toBe(list);
    const xml = `<msg><appmsg><title><![CDATA[${list}]]></title><type>53</type></appmsg></msg>`;
    expect((await heard(xml, { type: MessageType.GroupNote }))?.text).toBe(list);
  });
});

describe("mentions", () => {
  it.each([
    ["@小助手\u2005报告", "@小助手\u2005报告", true],
    ["报告 @团购小助手", "报告 @小助手", true],
    ["＠小助手 5", "@小助手 5", true],
    ["@小助手5分", "@小助手5分", true],
    ["小助手今天休息", "小助手今天休息", false],
    ["@李叔 你问小助手", "@李叔 你问小助手", false],
    ["@所有人 今天截单", "@所有人 今天截单", false],
  ])("%j is read as %j", async (wire, text, mentionsBot) => {
    expect(await heard(wire)).toMatchObject({ text, mentionsBot });
  });

  it("find a name with blanks, of the account or in the room", async () => {
    scene.puppet.nickname(GROUP, "bot", "Sunny Helper 团长助理");
    const event = await heard("@Sunny Helper 团长助理\u20055");
    expect(event).toMatchObject({ text: "@小助手\u20055", mentionsBot: true });
  });

  it("believe the puppet that names the bot, and not one that calls everybody", async () => {
    expect(await heard("5", { mentions: ["bot"] })).toMatchObject({ mentionsBot: true });
    const all = await heard("@所有人 今晚截单", { mentions: ["notify@all"] });
    expect(all).toMatchObject({ mentionsBot: false });
  });

  it("do not take a longer name of somebody else for the bot's", async () => {
    const event = await heard("@小助手二号 5", { mentions: ["li"] });
    expect(event).toMatchObject({ mentionsBot: false, text: "@小助手二号 5" });
  });
});

describe("pictures and the like", () => {
  it.each(["Image", "Video", "Audio", "Attachment"] as const)(
    "%s is noted as there, without words",
    async (type) => {
      const event = await heard("<msg/>", { type: MessageType[type] });
      expect(event).toMatchObject({ text: "", hasMedia: true });
    },
  );

  it.each([
    "Emoticon",
    "Url",
    "MiniProgram",
    "RedEnvelope",
    "Transfer",
    "Location",
    "Unknown",
  ] as const)("%s says nothing to us", async (type) => {
    expect(await heard("恭喜发财", { type: MessageType[type] })).toBeNull();
    expect(scene.adapter.counts.unreadable).toBe(0);
  });
});

describe("what is not for us", () => {
  it("is what the bot itself says, and what was said more than two minutes before the start", async () => {
    await scene.says("bot", "日报");
    const start = scene.clock.now();
    await scene.says("wang", "太早", { at: start - 2 * MINUTE - 1_000 });
    await scene.says("wang", "刚好", { at: start - 2 * MINUTE + 1_000 });
    expect(scene.inbox.texts).toEqual(["刚好"]);
  });

  it("is what comes a second time, by its id or by its words and time", async () => {
    const id = await scene.says("wang", "草莓烂了");
    scene.puppet.redeliver(id);
    const at = scene.clock.now();
    await scene.says("wang", "草莓烂了", { at });
    await scene.says("li", "草莓烂了", { at });
    expect(scene.inbox.texts).toEqual(["草莓烂了", "草莓烂了"]);
  });

  it("is a line to the bot alone of somebody whom no group knows, of an official account, of the platform", async () => {
    scene.puppet.person("shop", "某公众号", { type: 2 });
    scene.puppet.person("filehelper", "文件传输助手");
    for (const from of ["shop", "filehelper", "li"]) await scene.says(from, "报告", { room: null });
    expect(scene.inbox.texts).toEqual([]);
    expect(scene.adapter.counts.strangers).toBe(1);
  });
});

describe("somebody alone with the bot", () => {
  it("is heard in a conversation of their own once a group knows them", async () => {
    await scene.says("wang", "早");
    await scene.says("wang", "帮助", { room: null });
    expect(scene.inbox.events.at(-1)).toMatchObject({
      text: "帮助",
      isDirect: true,
      conversation: { conversationId: "member:wang" },
      author: { memberId: "member:wang", name: "王阿姨" },
    });
  });
});

describe("a room", () => {
  it("is named before its first line, and again when its topic changes", async () => {
    await scene.says("wang", "早");
    scene.puppet.emit("room-topic", {
      ...{ roomId: GROUP, newTopic: "阳光里4群", oldTopic: "阳光里3群", changerId: "li" },
      timestamp: scene.clock.now(),
    });
    await scene.adapter.settled();
    const names = scene.inbox.events.flatMap((one) => (one.kind === "renamed" ? [one.name] : []));
    expect(names).toEqual(["阳光里3群", "阳光里4群"]);
    expect(scene.inbox.events.map(({ kind }) => kind)).toEqual(["renamed", "message", "renamed"]);
  });

  it("without a topic, a member without a name, and members that the puppet does not know are heard", async () => {
    const room = scene.puppet.group("19000000002@chatroom", "", ["bot", "ghost", "wang"]);
    scene.puppet.stranger("ghost");
    await scene.says("ghost", "有人吗", { room });
    const event = scene.inbox.events.at(-1);
    expect(event).toMatchObject({ kind: "message", text: "有人吗", author: { name: "" } });
    expect(scene.inbox.events.filter(({ kind }) => kind === "renamed")).toEqual([]);
  });

  it("tells of each who joins or leaves, through holes in the list", async () => {
    const change = { roomId: GROUP, timestamp: scene.clock.now() / 1_000 };
    const inviteeIdList = [undefined, "wang", undefined, "li"] as string[];
    scene.puppet.emit("room-join", { ...change, inviteeIdList, inviterId: "li" });
    const removeeIdList = ["wang", undefined] as string[];
    scene.puppet.emit("room-leave", { ...change, removeeIdList, removerId: "li" });
    await scene.adapter.settled();
    const told = scene.inbox.events.flatMap((one) =>
      one.kind === "membership" ? [[one.change, one.who, one.author.memberId]] : [],
    );
    expect(told).toEqual([
      ["joined", "member", "member:wang"],
      ["joined", "member", "member:li"],
      ["left", "member", "member:wang"],
    ]);
  });

  it("that is held is listened to for its code alone", async () => {
    const room = scene.puppet.group("19000000003@chatroom", "新群", ["bot", "wang"]);
    scene.identities.held.add(room);
    await scene.says("wang", "草莓烂了", { room });
    await scene.says("wang", "照片", { room, type: MessageType.Image });
    expect(scene.inbox.events).toEqual([]);
    expect(scene.adapter.sessionView().heldRooms).toMatchObject([{ topic: "新群" }]);
    await scene.says("wang", "绑定 1234", { room });
    await scene.says("wang", "现在呢", { room });
    expect(scene.inbox.texts).toEqual(["现在呢"]);
    expect(scene.identities.heldLines.map(({ text }) => text)).toEqual(["草莓烂了", "绑定 1234"]);
    expect(scene.adapter.sessionView().heldRooms).toEqual([]);
  });
});
