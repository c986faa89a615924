import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toPlatformError } from "#adapters/wechat/wechat-errors.js";
import { wirePieces } from "#adapters/wechat/wechat-speech.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { SendOptions } from "#src/platform/platform-adapter.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import type { Picture } from "#src/shared/picture.js";
import { GROUP, WechatScene } from "../../support/wechat/wechat-scene.js";

const TO = { platform: "wechat", conversationId: `room:${GROUP}` };
const PICTURE: Picture = {
  bytes: Buffer.from("89504e470d0a1a0a", "hex"),
  mediaType: "image/png",
  width: 1,
  height: 1,
  alt: "满意率 85%",
};

let scene: WechatScene;
beforeEach(async () => {
  scene = new WechatScene();
  await scene.start();
  await scene.says("wang", "早");
});
afterEach(() => scene.close());

function send(message: OutboundMessage, more: Partial<SendOptions> = {}) {
  return scene.adapter.send(TO, message, { key: "k", kind: "digest", ...more });
}

function said(): readonly string[] {
  return scene.puppet.sent.map(({ text, picture }) => (picture === null ? text : "[图片]"));
}

describe("a text on the wire", () => {
  it("never has a colon before a line break, and is cut at line ends into pieces of 600", () => {
    const lines = Array.from(
      { length: 80 },
      (_, index) => `第${String(index)}行: 一些话，说满意的人:`,
    );
    const pieces = wirePieces(lines.join("\n"));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(600);
      expect(piece).not.toMatch(/:\s*\n/);
      expect(piece.startsWith("第")).toBe(true);
    }
    expect(pieces.join("\n")).toBe(lines.join("\n").replaceAll(":\n", "：\n"));
  });

  it.each([
    ["选项:\r\n1 好", ["选项：\n1 好"]],
    ["选项:  \n1", ["选项：  \n1"]],
    ["时间 10:30\n", ["时间 10:30\n"]],
    ["", []],
  ])("%j becomes %j", (text, pieces) => {
    expect(wirePieces(text)).toEqual(pieces);
  });

  it("without a line end is cut between characters", () => {
    const pieces = wirePieces("🍓".repeat(700));
    expect(pieces.join("")).toBe("🍓".repeat(700));
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });
});

describe("a message", () => {
  it("asks the gate before each piece, and tells it of each that went out", async () => {
    const sent = await send({ text: `${"一".repeat(599)}\n${"二".repeat(599)}` });
    expect(said()).toHaveLength(2);
    expect(sent).toEqual({ conversation: TO, messageId: scene.puppet.sent[0]?.id });
    expect(scene.gate.asked).toMatchObject([
      { room: TO.conversationId, kind: "digest" },
      { room: TO.conversationId, kind: "digest" },
    ]);
    expect(scene.gate.sentCount).toBe(2);
  });

  it("that has to wait in its middle goes on there, and repeats nothing", async () => {
    const until = scene.clock.now() + 30 * SECOND;
    scene.gate.answers.push({ kind: "now" }, { kind: "wait", until, why: "room-gap" });
    const message = { text: `${"一".repeat(599)}\n${"二".repeat(599)}` };
    await expect(send(message)).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterMs: 30 * SECOND,
    });
    const sent = await send(message);
    expect(said().map((text) => text[0])).toEqual(["一", "二"]);
    expect(sent.messageId).toBe(scene.puppet.sent[0]?.id);
  });

  it("is kept while sending is off or the room was not found again", async () => {
    scene.gate.answers.push({ kind: "refused", why: "sending-is-off" });
    await expect(send({ text: "日报" })).rejects.toMatchObject({ code: "rate-limited" });
    const lost = { platform: "wechat", conversationId: "nowhere" };
    const options = { key: "l", kind: "digest" } as const;
    await expect(scene.adapter.send(lost, { text: "日报" }, options)).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterMs: MINUTE,
    });
    expect(said()).toEqual([]);
    expect(scene.gate.asked).toHaveLength(1);
  });

  it("calls a member by name, with the id beside it", async () => {
    await scene.says("li", "在");
    scene.puppet.nickname(GROUP, "li", "李叔 502");
    // A new nickname is noticed after a while.
    scene.clock.advance(11 * MINUTE);
    const mentions = ["member:li", "member:nobody"].map((memberId) => ({
      platform: "wechat",
      memberId,
    }));
    await send({ text: "请看一下", mentions });
    expect(scene.puppet.sent).toMatchObject([
      { text: "@李叔 502\u2005请看一下", mentions: ["li"] },
    ]);
  });

  it("that may have arrived already says so", async () => {
    await send({ text: "新投诉" }, { again: true });
    expect(said()).toEqual(["（网络不稳，这条可能重复）\n新投诉"]);
  });

  it("to one person alone goes to contacts of the account only", async () => {
    const member = { platform: "wechat", memberId: "member:wang" };
    const direct = await scene.adapter.openDirect(member);
    await scene.adapter.send(direct, { text: "已退款" }, { key: "d", kind: "notice" });
    expect(scene.puppet.sent).toMatchObject([{ to: "wang", text: "已退款" }]);
    expect(await scene.adapter.describe(direct)).toEqual({ name: "王阿姨", isDirect: true });
    scene.puppet.person("zhao", "赵姐", { friend: false });
    await scene.says("zhao", "在");
    for (const memberId of ["member:zhao", "member:nobody"])
      await expect(scene.adapter.openDirect({ ...member, memberId })).rejects.toMatchObject({
        code: "not-supported",
      });
  });

  it("is told the name of its room", async () => {
    expect(await scene.adapter.describe(TO)).toEqual({ name: "阳光里3群", isDirect: false });
    const lost = { platform: "wechat", conversationId: "nowhere" };
    await expect(scene.adapter.describe(lost)).rejects.toMatchObject({ code: "gone" });
  });
});

describe("a picture", () => {
  it("comes after its text, as a file with its own bytes", async () => {
    const sent = await send({ text: "日报" }, { picture: PICTURE });
    expect(said()).toEqual(["日报", "[图片]"]);
    expect(scene.puppet.sent[1]?.picture?.equals(PICTURE.bytes)).toBe(true);
    expect(sent.messageId).toBe(scene.puppet.sent[0]?.id);
    expect(scene.gate.asked).toHaveLength(2);
  });

  it("waits for its turn without its text being said again", async () => {
    const until = scene.clock.now() + 30 * SECOND;
    scene.gate.answers.push({ kind: "now" }, { kind: "wait", until, why: "room-gap" });
    const again = send({ text: "日报" }, { picture: PICTURE });
    await expect(again).rejects.toMatchObject({ code: "rate-limited" });
    await send({ text: "日报" }, { picture: PICTURE });
    expect(said()).toEqual(["日报", "[图片]"]);
  });

  it.each(["操作过于频繁", "ret: 1205", "upload failed"])(
    "that is refused with %s leaves its text said, once",
    async (words) => {
      const fail = scene.puppet.messageSendFile.bind(scene.puppet);
      scene.puppet.messageSendFile = async (to, file) => {
        scene.puppet.failures.push(new Error(words));
        return fail(to, file);
      };
      const sent = await send({ text: "日报" }, { picture: PICTURE });
      expect(said()).toEqual(["日报"]);
      expect(sent.messageId).toBe(scene.puppet.sent[0]?.id);
      expect(scene.gate.throttledCount).toBe(words === "upload failed" ? 0 : 1);
    },
  );
});

describe("a refusal of WeChat", () => {
  it("that the account does too much pauses all sending", async () => {
    scene.puppet.failures.push(new Error("发送失败：操作过于频繁，请稍后再试"));
    await expect(send({ text: "日报" })).rejects.toMatchObject({
      code: "rate-limited",
      retryAfterMs: 30 * MINUTE,
    });
    expect(scene.gate).toMatchObject({ throttledCount: 1, sentCount: 0 });
  });

  it.each([
    ["not logged in", "unreachable", "Scan the code"],
    ["14 UNAVAILABLE: No connection established", "unreachable", "HUIYIN_WECHAT_ENDPOINT"],
    ["16 UNAUTHENTICATED: invalid token", "unauthorized", "HUIYIN_WECHAT_TOKEN"],
    ["你还不是他的好友，请先发送好友验证", "forbidden", "does not take messages"],
    ["no payload found for id @@1", "gone", "not in this room"],
    ["内容过长", "rejected", "too long"],
    ["Wechaty Puppet Unsupported API Error.", "not-supported", "cannot do this"],
    ["socket hang up", "ambiguous", "may or may not"],
    ["ret 120599", "ambiguous", "may or may not"],
  ])("%s means %s, with the remedy", (words, code, remedy) => {
    const error = toPlatformError(new Error("outer", { cause: new Error(words) }));
    expect(error).toMatchObject({ code, message: expect.stringContaining(remedy) as string });
    expect(error.message).not.toContain(words);
  });

  it("that holds words of somebody keeps them out of what is told", () => {
    const error = toPlatformError({ message: "草莓烂了" });
    expect(error).toMatchObject({ code: "ambiguous" });
    expect(error.message).not.toContain("草莓");
  });
});
