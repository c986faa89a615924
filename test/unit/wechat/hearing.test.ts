import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Clock, HOUR, MINUTE } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import { QuietBot } from "../../support/wechat/quiet-bot.js";
import { GROUP, WechatScene } from "../../support/wechat/wechat-scene.js";

let scene: WechatScene;
beforeEach(() => {
  scene = new WechatScene();
});
afterEach(() => scene.close());

/** Somebody says something, and nobody waits for what becomes of it. */
function blurt(from: string, text: string, room: string = GROUP): void {
  scene.clock.advance(1_000);
  scene.puppet.inject({ from, room, text, at: scene.clock.now() });
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((done) => setImmediate(done));
}

describe("what was heard", () => {
  it("stays in the order of its room while the store is away, and is lost nowhere", async () => {
    await scene.start();
    scene.inbox.refusals = 7;
    const texts = Array.from({ length: 30 }, (_, index) => `第${String(index)}句`);
    for (const text of texts) blurt("wang", text);
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(texts);
    expect(scene.adapter.counts.lost).toBe(0);
    expect(scene.inbox.refusals).toBe(0);
  });

  it("stays in order also where ids and messages come at different speeds", async () => {
    await scene.start();
    let slow = 0;
    const fetch = scene.puppet.messageRawPayload.bind(scene.puppet);
    scene.puppet.messageRawPayload = async (id) => {
      slow += 1;
      await turns(slow % 2 === 0 ? 1 : 20);
      return fetch(id);
    };
    const texts = Array.from({ length: 20 }, (_, index) => String(index));
    for (const text of texts) blurt(Number(text) % 3 === 0 ? "wang" : "li", text);
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(texts);
  });

  it("in one room does not wait for another", async () => {
    const other = scene.puppet.group("19000000009@chatroom", "隔壁群", ["bot", "wang"]);
    await scene.start();
    const accept = scene.inbox.accept.bind(scene.inbox);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    scene.inbox.accept = async (event) => {
      if (event.conversation.conversationId === `room:${GROUP}`) await gate;
      return accept(event);
    };
    blurt("wang", "慢的");
    blurt("wang", "快的", other);
    await turns(50);
    expect(scene.inbox.texts).toEqual(["快的"]);
    open();
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(["快的", "慢的"]);
  });

  it("is told as waiting while it cannot be stored", async () => {
    await scene.start();
    let away = true;
    const accept = scene.inbox.accept.bind(scene.inbox);
    scene.inbox.accept = async (event) => {
      if (away) throw new Error("the store is away");
      return accept(event);
    };
    blurt("wang", "草莓烂了");
    await turns(20);
    expect(scene.adapter.health()).toMatchObject({ state: "degraded" });
    expect(scene.adapter.health().detail).toContain("wait to be stored");
    away = false;
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(["草莓烂了"]);
    expect(scene.adapter.health()).toMatchObject({ state: "ok" });
  });

  it("is given up with a line in the log when the adapter stops and the store stays away", async () => {
    const lines: string[] = [];
    const keep = (_fields: object, message: string): void => void lines.push(message);
    const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
    const lonely = new WechatScene({ logger });
    await lonely.start();
    lonely.inbox.refusals = Number.POSITIVE_INFINITY;
    lonely.puppet.inject({ from: "wang", room: GROUP, text: "草莓烂了", at: lonely.clock.now() });
    await turns(20);
    await lonely.close();
    expect(lonely.adapter.counts.lost).toBe(1);
    expect(lines).toContain("something heard in WeChat could not be stored");
    expect(JSON.stringify(lines)).not.toContain("草莓");
  });

  it("waits for the identity book in the same way", async () => {
    await scene.start();
    scene.identities.failures = 3;
    blurt("wang", "早");
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(["早"]);
  });

  it("that the puppet names but cannot hand over is counted as lost", async () => {
    await scene.start();
    scene.puppet.emit("message", { messageId: "nowhere" });
    blurt("wang", "之后");
    await scene.adapter.settled();
    expect(scene.adapter.counts.lost).toBe(1);
    expect(scene.inbox.texts).toEqual(["之后"]);
  });
});

describe("a log-in", () => {
  it("shows all rooms to the identity book at once, with owner and members but the bot", async () => {
    scene.puppet.group("19000000002@chatroom", "阳光里4群", ["bot", "li"]);
    scene.puppet.nickname(GROUP, "wang", "302 王姐");
    await scene.start();
    await scene.adapter.settled();
    expect(scene.identities.logins).toEqual([
      { account: "test", stableIds: false, session: "bot", at: scene.clock.now() },
    ]);
    expect(scene.identities.sightings).toMatchObject([
      {
        topic: "阳光里3群",
        ownerName: "李叔",
        members: [
          { id: "wang", name: "302 王姐" },
          { id: "li", name: "李叔" },
        ],
      },
      { topic: "阳光里4群", ownerName: null, members: [{ id: "li" }] },
    ]);
  });

  it("with other ids makes everything be found again before the next line is read", async () => {
    await scene.start();
    blurt("wang", "早");
    await scene.adapter.settled();
    await scene.puppet.logout("moved to another phone");
    expect(scene.adapter.health()).toMatchObject({ state: "degraded" });
    const { puppet } = scene;
    for (const [id, name] of [
      ["bot2", "小助手"],
      ["wang2", "王阿姨"],
    ] as const)
      puppet.person(id, name);
    const room = puppet.group("@@new", "阳光里3群", ["bot2", "wang2"]);
    puppet.self = "bot2";
    puppet.login("bot2");
    blurt("wang2", "又来了", room);
    blurt("bot2", "自己", room);
    await scene.adapter.settled();
    expect(scene.identities.logins.map(({ session }) => session)).toEqual(["bot", "bot2"]);
    expect(scene.inbox.texts).toEqual(["早", "又来了"]);
    expect(scene.adapter.health()).toMatchObject({ state: "ok" });
  });

  it("asks for no names where ids stay the same", async () => {
    const stable = new WechatScene({ capabilities: { stableIds: true } });
    await stable.start();
    await stable.adapter.settled();
    const names = stable.identities.sightings
      .flatMap(({ members }) => members)
      .map((one) => one.name);
    expect(new Set(names)).toEqual(new Set([""]));
    expect(stable.identities.logins).toMatchObject([{ stableIds: true }]);
    await stable.close();
  });

  it("by a puppet that cannot list its rooms holds nothing up", async () => {
    scene.puppet.roomList = async () => {
      throw new Error("Wechaty Puppet Unsupported API Error.");
    };
    await scene.start();
    blurt("wang", "早");
    await scene.adapter.settled();
    expect(scene.inbox.texts).toEqual(["早"]);
  });

  it("looks again when the puppet has loaded more rooms", async () => {
    await scene.start();
    await scene.adapter.settled();
    scene.puppet.group("19000000002@chatroom", "后来的群", ["bot", "wang"]);
    scene.identities.held.add("19000000002@chatroom");
    scene.puppet.emit("ready", {});
    await scene.adapter.settled();
    expect(scene.adapter.sessionView().heldRooms).toMatchObject([{ topic: "后来的群" }]);
  });
});

describe("the session", () => {
  it("goes from the code to the log-in and out again, and says so", async () => {
    scene.puppet.self = null;
    await scene.start();
    expect(scene.adapter.health()).toMatchObject({ state: "degraded" });
    for (const status of [2, 2, 3]) scene.puppet.emit("scan", { qrcode: "https://wx/1", status });
    expect(scene.adapter.sessionView()).toMatchObject({ state: "scan", qr: "https://wx/1" });
    scene.puppet.emit("scan", { qrcode: "https://wx/2", status: 2 });
    expect(scene.codes).toEqual(["https://wx/1", "https://wx/2"]);
    expect(scene.adapter.health().detail).toContain("Scan the code");
    scene.puppet.self = "bot";
    scene.puppet.login("bot");
    await scene.adapter.settled();
    expect(scene.adapter.sessionView()).toMatchObject({
      state: "in",
      qr: null,
      account: "小助手",
      detail: "",
      sending: { held: null },
    });
    await scene.puppet.logout("kicked out");
    expect(scene.adapter.sessionView()).toMatchObject({
      state: "out",
      account: null,
      sending: { held: "logged-out" },
    });
    expect(scene.adapter.health().detail).toContain("logged out");
  });

  it("notes each sign of life, and asks for more only of a puppet that beats by itself", async () => {
    await scene.start();
    blurt("wang", "早");
    await scene.adapter.settled();
    expect(scene.adapter.sessionView().heardAt).toBe(scene.clock.now());
    expect(scene.adapter.health()).not.toHaveProperty("aliveAt");
    scene.clock.advance(HOUR);
    scene.puppet.emit("heartbeat", { data: "" });
    expect(scene.adapter.sessionView().heardAt).toBe(scene.clock.now());
    expect(scene.adapter.health().aliveAt).toBe(scene.clock.now());
  });

  it("that does not start is tried again, at growing distances", async () => {
    const rests: number[] = [];
    const clock: Clock = {
      ...scene.clock,
      sleep: async (ms) => {
        rests.push(ms);
        await turns(1);
      },
    };
    const bot = new QuietBot();
    bot.failures = 9;
    const troubled = new WechatScene({ bot, clock });
    await troubled.start();
    const { state, detail } = troubled.adapter.health();
    expect(state).toBe("degraded");
    expect(detail).toContain("The puppet cannot be reached");
    await turns(60);
    expect(troubled.adapter.health()).toMatchObject({ state: "ok" });
    expect(bot.starts).toBe(10);
    expect(rests).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((rest) => rest * 1_000));
    await troubled.close();
  });

  it("is started again by wechaty after a start that failed", async () => {
    scene.puppet.startFails = 1;
    await scene.start();
    expect(scene.adapter.health().detail).toContain("does not start");
    await vi.waitFor(() => expect(scene.adapter.health().state).toBe("ok"), 30_000);
    await scene.says("wang", "早");
    expect(scene.inbox.texts).toEqual(["早"]);
  });

  it("that reports errors without end is worth one line a minute", async () => {
    const lines: object[] = [];
    const warn = (fields: object): void => void lines.push(fields);
    const none = (): void => undefined;
    const logger: Logger = { debug: none, info: none, warn, error: none };
    const noisy = new WechatScene({ logger });
    await noisy.start();
    for (let error = 0; error < 500; error += 1)
      noisy.puppet.emit("error", { data: "getaddrinfo ENOTFOUND" });
    expect(lines).toHaveLength(1);
    noisy.clock.advance(MINUTE);
    noisy.puppet.emit("error", { data: "getaddrinfo ENOTFOUND" });
    expect(lines.at(-1)).toMatchObject({ unsaid: 499 });
    expect(lines).toHaveLength(2);
    await noisy.close();
  });

  it("stops also while it tries to start", async () => {
    const bot = new QuietBot();
    bot.failures = Number.POSITIVE_INFINITY;
    const stuck = new WechatScene({ bot });
    await stuck.start();
    await stuck.close();
    const { starts } = bot;
    await turns(20);
    expect(bot.starts).toBe(starts);
    expect(stuck.adapter.health()).toMatchObject({ state: "stopped" });
  });
});

describe("a puppet that throws on every call", () => {
  it("loses what it cannot hand over, says so, and serves again when it is well", async () => {
    await scene.start();
    blurt("wang", "早");
    await scene.adapter.settled();
    scene.puppet.broken = new Error("the page crashed");
    blurt("wang", "听不见");
    const to = { platform: "wechat", conversationId: `room:${GROUP}` };
    const options = { key: "k", kind: "reply" } as const;
    await expect(scene.adapter.send(to, { text: "说不出" }, options)).rejects.toMatchObject({
      code: "ambiguous",
    });
    scene.puppet.emit("room-join", {
      ...{ roomId: GROUP, inviteeIdList: ["li"], inviterId: "wang", timestamp: scene.clock.now() },
    });
    await scene.adapter.settled();
    expect(scene.adapter.counts.lost).toBe(1);
    // What is known of the room stays true while the puppet cannot say.
    expect(scene.identities.sightings.map(({ topic }) => topic)).toEqual(["阳光里3群"]);
    scene.puppet.broken = null;
    blurt("wang", "好了");
    await scene.adapter.settled();
    await scene.adapter.send(to, { text: "说出来了" }, options);
    expect(scene.inbox.texts).toEqual(["早", "好了"]);
    expect(scene.puppet.sent.map(({ text }) => text)).toEqual(["说出来了"]);
  });
});
