import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadWechaty } from "#adapters/wechat/load-wechaty.js";
import { WechatAdapter, type WechatAdapterOptions } from "#adapters/wechat/wechat-adapter.js";
import { WechatyBot } from "#adapters/wechat/wechaty-bot.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { Inbox } from "#src/platform/platform-adapter.js";
import { type ManualClock, manualClock } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import { FREE_SENDING, OpenGate } from "./open-gate.js";
import { PlainIdentities } from "./plain-identities.js";
import { type Injected, TestPuppet } from "./test-puppet.js";

export const GROUP = "19000000001@chatroom";
export const MORNING = Date.parse("2026-11-20T10:00:00+08:00");

const wechaty = await loadWechaty();

/** An inbox that keeps what it is given, and can refuse. */
export class KeepingInbox implements Inbox {
  readonly events: InboundEvent[] = [];
  refusals = 0;

  async accept(event: InboundEvent): Promise<"accepted"> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error("the store is away");
    }
    this.events.push(event);
    return "accepted";
  }

  /** What was said, oldest first. */
  get texts(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === "message" ? [event.text] : []));
  }
}

/** One adapter on a test puppet: a group of three, and the bot. */
export class WechatScene {
  readonly puppet = new TestPuppet();
  readonly identities = new PlainIdentities();
  readonly gate = new OpenGate();
  readonly inbox = new KeepingInbox();
  readonly clock: ManualClock = manualClock(MORNING);
  readonly codes: string[] = [];
  readonly adapter: WechatAdapter;
  readonly folder = mkdtempSync(join(tmpdir(), "huiyin-wechat-"));

  constructor(
    options: Partial<WechatAdapterOptions> = {},
    Adapter: new (options: WechatAdapterOptions) => WechatAdapter = WechatAdapter,
  ) {
    const { puppet, clock } = this;
    puppet.person("bot", "小助手");
    puppet.person("wang", "王阿姨");
    puppet.person("li", "李叔");
    puppet.group(GROUP, "阳光里3群", ["bot", "wang", "li"], "li");
    const session = join(this.folder, "wechat");
    this.adapter = new Adapter({
      bot: new WechatyBot({ wechaty, session, puppet, now: () => clock.now() }),
      book: this.identities,
      gate: this.gate,
      clock,
      logger: silentLogger,
      botNames: ["小助手", "团购小助手"],
      account: "test",
      language: "zh",
      sending: () => FREE_SENDING,
      showCode: (code) => this.codes.push(code),
      ...options,
    });
  }

  async start(): Promise<void> {
    await this.adapter.start(this.inbox);
  }

  /** Somebody says something in the group; resolves when it is dealt with. */
  async says(from: string, text: string, more: Partial<Injected> = {}): Promise<string> {
    this.clock.advance(1);
    const id = this.puppet.inject({ from, room: GROUP, text, at: this.clock.now(), ...more });
    await this.adapter.settled();
    return id;
  }

  async close(): Promise<void> {
    await this.adapter.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
