import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WECOM_CAPABILITIES } from "#adapters/wecom/wecom-adapter.js";
import { Watchdog } from "#src/app/watchdog.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { AdapterHealth, PlatformAdapter } from "#src/platform/platform-adapter.js";
import { createLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, HOUR, MINUTE, MORNING } from "../../support/chat-script.js";

const LOOK = 15_000;
const OK: AdapterHealth = { state: "ok", detail: "" };
const LOGGED_OUT: AdapterHealth = { state: "degraded", detail: "微信退出登录了，请扫码。" };

/** A platform whose health the test decides and which remembers what was said on it. */
class TestPlatform implements PlatformAdapter {
  readonly platform: string;
  readonly capabilities: Capabilities = WECOM_CAPABILITIES;
  readonly said: string[] = [];
  state: AdapterHealth = OK;

  constructor(platform: string) {
    this.platform = platform;
  }

  async start(): Promise<void> {
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    await Promise.resolve();
  }

  async send(to: ConversationRef, { text }: OutboundMessage): Promise<MessageRef> {
    this.said.push(`${to.conversationId}: ${text}`);
    return { conversation: to, messageId: String(this.said.length) };
  }

  async edit(): Promise<void> {
    await Promise.resolve();
  }

  async find(): Promise<null> {
    return null;
  }

  async openDirect(): Promise<never> {
    throw new Error("nobody is written to");
  }

  async describe(): Promise<{ readonly name: string; readonly isDirect: boolean }> {
    return { name: "", isDirect: false };
  }

  health(): AdapterHealth {
    return this.state;
  }

  routes(): readonly [] {
    return [];
  }
}

let store: Store;
let chat: ChatScript;
let wechat: TestPlatform;
let slack: TestPlatform;
let log: string[];
let watchdog: Watchdog;

function another(): Watchdog {
  const write = (line: string): void => {
    log.push(line);
  };
  const { app } = chat.simulation;
  return new Watchdog({
    store,
    logger: createLogger("info", { write }),
    now: () => app.clock.now(),
    adapters: app.adapters,
    staffRooms: [
      { platform: "simulated", conversationId: "staff" },
      { platform: "wechat", conversationId: "店员" },
      { platform: "slack", conversationId: "T1/C1" },
    ],
    pretend: new Set(["simulated"]),
    language: "zh",
    timeZone: "Asia/Shanghai",
  });
}

/** Lets the watchdog look every 15 seconds for so long. */
async function passes(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += LOOK) {
    await chat.passes(LOOK);
    await watchdog.look();
    await chat.simulation.settle();
  }
}

beforeEach(async () => {
  store = await openStore({ dialect: "sqlite", file: ":memory:" });
  wechat = new TestPlatform("wechat");
  slack = new TestPlatform("slack");
  log = [];
  chat = await ChatScript.open(store, { others: [wechat, slack], digests: false });
  watchdog = another();
  await passes(MINUTE);
});
afterEach(async () => {
  await chat.simulation.stop();
  await store.close();
});

describe("a dead session", () => {
  it("is told within 90 seconds on another platform, once, with what to do", async () => {
    wechat.state = LOGGED_OUT;
    await passes(30_000);
    expect(slack.said).toEqual([]);
    await passes(60_000);
    expect(slack.said).toEqual([
      "T1/C1: ⚠️ 微信连不上了，从 11月20日 10:01 起。恢复之前，那边群里的话我看不到，要发的会先留着。\n怎么办：请店主打开控制台“设置”里的“微信”看状态，出现二维码就重新扫码登录。\n情况：微信退出登录了，请扫码。",
    ]);
    await passes(HOUR);
    expect(slack.said).toHaveLength(1);
    expect(wechat.said).toEqual([]);
    expect(log.filter((line) => line.includes("a platform is down"))).toHaveLength(1);
    expect(chat.said("staff", /微信/)).toEqual([]);
  });

  it("that comes back is told once, with how long it was away", async () => {
    wechat.state = LOGGED_OUT;
    await passes(2 * HOUR);
    wechat.state = OK;
    await passes(3 * MINUTE);
    expect(slack.said.slice(1)).toEqual([
      "T1/C1: ✅ 微信恢复了，断了2小时（11月20日 10:01 至 11月20日 12:01）。这段时间群里的话可能没读到，日报里会注明。",
    ]);
    await passes(HOUR);
    expect(slack.said).toHaveLength(2);
  });

  it("that is a new connection within seconds is nobody's business", async () => {
    wechat.state = LOGGED_OUT;
    await passes(30_000);
    wechat.state = OK;
    await passes(10 * MINUTE);
    expect(slack.said).toEqual([]);
    expect(await store.read((tx) => tx.outages.find({}))).toEqual([]);
  });

  it("that comes and goes is one outage", async () => {
    for (let round = 0; round < 5; round += 1) {
      wechat.state = LOGGED_OUT;
      await passes(MINUTE);
      wechat.state = OK;
      await passes(MINUTE);
    }
    await passes(5 * MINUTE);
    expect(slack.said).toHaveLength(2);
    expect(await store.read((tx) => tx.outages.find({}))).toHaveLength(1);
  });

  it("that says all is well but gave no sign of life for ten minutes is noticed within 90 seconds after", async () => {
    const last = chat.simulation.clock.now();
    wechat.state = { ...OK, aliveAt: last };
    await passes(10 * MINUTE - LOOK);
    expect(slack.said).toEqual([]);
    await passes(90_000);
    expect(slack.said).toEqual([expect.stringContaining("已有 10 分钟没有任何动静")]);
    wechat.state = { ...OK, aliveAt: chat.simulation.clock.now() + HOUR };
    await passes(3 * MINUTE);
    expect(slack.said[1]).toContain("恢复了，断了1");
  });

  it("is told on no platform that is down itself: the log has it, and staff hear it when there is a way", async () => {
    wechat.state = LOGGED_OUT;
    slack.state = { state: "degraded", detail: "The connection to Slack is lost." };
    await passes(5 * MINUTE);
    expect([...slack.said, ...wechat.said]).toEqual([]);
    expect(log.filter((line) => line.includes("no other one to tell"))).toHaveLength(2);
    slack.state = OK;
    await passes(MINUTE);
    expect(slack.said).toEqual([expect.stringContaining("微信连不上了，从 11月20日 10:01 起")]);
  });
});

describe("after a restart", () => {
  it("nothing is told twice, and what is well again is told", async () => {
    wechat.state = LOGGED_OUT;
    await passes(10 * MINUTE);
    watchdog = another();
    await passes(10 * MINUTE);
    expect(slack.said).toHaveLength(1);
    watchdog = another();
    wechat.state = OK;
    await passes(3 * MINUTE);
    expect(slack.said[1]).toMatch(/恢复了，断了20分/);
  });

  it("a platform that was taken out is not waited for, and nobody is told", async () => {
    const at = chat.simulation.clock.now();
    const outage = {
      id: "o1",
      platform: "feishu",
      startedAt: at - HOUR,
      endedAt: null,
      toldAt: at,
    };
    await store.write((tx) => tx.outages.insert(outage));
    await passes(MINUTE);
    expect(await store.read((tx) => tx.outages.find({ endedAt: null }))).toEqual([]);
    expect(slack.said).toEqual([]);
  });
});

describe("whom it tells", () => {
  it("the staff room elsewhere to which the groups of the platform are bound", async () => {
    const { app } = chat.simulation;
    const place = { platform: "slack", conversationId: "T1/C9" };
    await store.write(async (tx) => {
      await app.rooms.directory.ensureGroup(tx, {
        place,
        at: MORNING,
        purpose: "staff",
        language: "en",
      });
      await app.rooms.directory.ensureGroup(tx, {
        place: { platform: "wechat", conversationId: "g1" },
        at: MORNING,
        staffRoom: place,
      });
    });
    wechat.state = LOGGED_OUT;
    await passes(90_000);
    expect(slack.said).toEqual([
      expect.stringMatching(/^T1\/C9: ⚠️ WeChat cannot be reached since/),
    ]);
  });
});

describe("the digest of a group whose platform was away", () => {
  it("says for how long", async () => {
    await chat.simulation.stop();
    await store.close();
    store = await openStore({ dialect: "sqlite", file: ":memory:" });
    chat = await ChatScript.open(store, { others: [slack], digests: true });
    await chat.says("staff", "小陈", "早", { role: "staff" });
    await chat.says("阳光里3群", "安安妈", "草莓下面一层都烂了");
    const at = Date.parse("2026-11-20T14:00:00+08:00");
    const outage = {
      id: "o2",
      platform: "simulated",
      startedAt: at,
      endedAt: at + 2 * HOUR,
      toldAt: at,
    };
    await store.write((tx) => tx.outages.insert(outage));
    await store.write((tx) =>
      tx.outages.insert({ ...outage, id: "o3", platform: "slack", endedAt: at + 5 * HOUR }),
    );
    await chat.until("2026-11-20T20:01");
    expect(chat.post("staff", /机器人离线/).text).toMatch(/机器人离线2小时（/);
  });
});
