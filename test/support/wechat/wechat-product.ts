import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WechatAdapter } from "#adapters/wechat/wechat-adapter.js";
import { type App, createApp } from "#src/app/create-app.js";
import { loadWechatConfig } from "#src/app/wechat-config.js";
import { buildWechat } from "#src/app/wechat-wiring.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { heldRooms, issueCode } from "#src/directory/room-binding.js";
import { wechatSafetyTexts } from "#src/i18n/wechat-safety.js";
import { type ManualClock, MINUTE, manualClock, SECOND } from "#src/shared/clock.js";
import { silentLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { type Injected, type SentMessage, TestPuppet } from "./test-puppet.js";

export const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
export const GROUP = "19000000001@chatroom";
export const STAFF = "19000000002@chatroom";
const ZONE = "Asia/Shanghai";
const BOT_NAME = "小助手";

const detector = createDetector();

export interface WechatProductOptions {
  /** Members of the group besides the bot and 陈 of the staff. */
  readonly members?: readonly string[];
  /** Those of them who are no contacts of the account. */
  readonly strangers?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The whole product on a test puppet: people type in rooms, the bot types back. */
export class WechatProduct {
  readonly puppet: TestPuppet;
  readonly store: Store;
  readonly app: App;
  readonly adapter: WechatAdapter;
  readonly clock: ManualClock;
  readonly #folder: string;

  private constructor(
    parts: Pick<WechatProduct, "puppet" | "store" | "app" | "adapter" | "clock"> & {
      readonly folder: string;
    },
  ) {
    this.puppet = parts.puppet;
    this.store = parts.store;
    this.app = parts.app;
    this.adapter = parts.adapter;
    this.clock = parts.clock;
    this.#folder = parts.folder;
  }

  static async open(options: WechatProductOptions = {}): Promise<WechatProduct> {
    const clock = manualClock(MORNING);
    const puppet = new TestPuppet();
    const members = options.members ?? ["wang", "li", "zhao"];
    puppet.person("bot", BOT_NAME);
    puppet.person("chen", "小陈");
    for (const id of members)
      puppet.person(id, nameOf(id), { friend: options.strangers?.includes(id) !== true });
    puppet.group(GROUP, "阳光里3群", ["bot", "chen", ...members], "chen");
    puppet.group(STAFF, "团长值班群", ["bot", "chen"], "chen");
    const store = await openStore({ dialect: "sqlite", file: ":memory:" });
    const folder = mkdtempSync(join(tmpdir(), "huiyin-wechat-"));
    const config = loadWechatConfig(
      {
        HUIYIN_WECHAT_PUPPET: "mock",
        HUIYIN_WECHAT_SEND: wechatSafetyTexts.zh.sentence,
        HUIYIN_WECHAT_FIRST_SILENCE_HOURS: "0",
        ...options.environment,
      },
      ZONE,
    );
    if (config === null) throw new Error("WeChat is not configured");
    const ids = { count: 0 };
    const common = {
      store,
      clock,
      logger: silentLogger,
      ids: { next: () => `id-${String((ids.count += 1))}` },
      random: () => 0.5,
      botNames: [BOT_NAME],
      language: "zh",
      staffRooms: [],
    } as const;
    const { adapter, join: joinApp } = await buildWechat({
      ...{ ...common, config, puppet, dataFolder: folder, terminal: null },
    });
    const app = createApp({
      ...common,
      timeZone: ZONE,
      detector,
      adapters: [adapter],
      digests: true,
      notice: false,
    });
    joinApp(app);
    await adapter.start(app.inbox);
    const product = new WechatProduct({ puppet, store, app, adapter, clock, folder });
    await product.settle();
    return product;
  }

  /** Binds the staff room and the group, each by a code that is said there. */
  async bind(): Promise<void> {
    await this.#bind("团长值班群", STAFF);
    await this.#bind("阳光里3群", GROUP);
  }

  /** Somebody types a line; resolves when the bot has done all that is due. Returns the line's id. */
  async says(
    room: string | null,
    from: string,
    text: string,
    more: Partial<Injected> = {},
  ): Promise<string> {
    const id = this.blurts(room, from, text, more);
    await this.settle();
    return id;
  }

  /** The same without waiting for what becomes of it. */
  blurts(room: string | null, from: string, text: string, more: Partial<Injected> = {}): string {
    // Nobody types two lines in the same second.
    this.clock.advance(SECOND);
    return this.puppet.inject({ from, room, text, at: this.clock.now(), ...more });
  }

  async recalls(room: string, from: string, id: string): Promise<void> {
    this.clock.advance(SECOND);
    this.puppet.recall({ id, from, room, at: this.clock.now() });
    await this.settle();
  }

  async passes(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      this.clock.advance(Math.min(15 * MINUTE, end - this.clock.now()));
      await this.settle();
    }
  }

  /** Works off everything that is due by now, and within the patience for what has to wait its turn. */
  async settle(patienceMs = 5 * MINUTE): Promise<void> {
    const { inbox, inboxWorker, firingWorker, outboxWorker, scheduler } = this.app;
    const until = this.clock.now() + patienceMs;
    for (let round = 0; round < 5_000; round += 1) {
      await this.adapter.settled();
      await inbox.settled();
      await scheduler.tick(this.clock.now());
      const heard = await inboxWorker.step();
      const fired = await firingWorker.step();
      const said = await outboxWorker.step();
      if (heard.handled + fired.handled + said.handled > 0) continue;
      const due = await this.store.read((tx) => tx.lanes.nextDue("outbox"));
      if (due === null || due > until) return;
      this.clock.advance(Math.max(1, due - this.clock.now()));
    }
    throw new Error("there is no end to what is due");
  }

  /** What the bot said in a room, oldest first; pictures as 「[图片]」. */
  seen(room: string): readonly string[] {
    return this.puppet.sent.filter(({ to }) => to === room).map(shownText);
  }

  /** The newest text in a room that matches. */
  found(room: string, pattern: RegExp): string {
    const texts = this.seen(room);
    const text = texts.findLast((one) => pattern.test(one));
    if (text === undefined)
      throw new Error(`nobody saw ${String(pattern)}; it was said:\n${texts.join("\n--\n")}`);
    return text;
  }

  async close(): Promise<void> {
    await this.adapter.stop();
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #bind(topic: string, room: string): Promise<void> {
    const at = this.clock.now();
    const code = await this.store.write(async (tx) => {
      const held = (await heldRooms(tx)).find((one) => one.topic === topic);
      if (held === undefined) throw new Error(`no room ${topic} is held`);
      const [staff] = await tx.directory.groups.find({ purpose: "staff" });
      const purpose = room === STAFF ? "staff" : "customers";
      const staffGroupId = purpose === "staff" ? null : (staff?.id ?? null);
      return issueCode(tx, {
        room: held,
        purpose,
        lost: null,
        staffGroupId,
        issuedBy: "operator",
        at,
      });
    });
    await this.says(room, "chen", `绑定 ${code}`);
  }
}

function shownText({ text, picture }: SentMessage): string {
  return picture === null ? text : "[图片]";
}

const NAMES: Readonly<Record<string, string>> = { wang: "王阿姨", li: "李叔", zhao: "赵姐" };

function nameOf(id: string): string {
  return NAMES[id] ?? `住户${id}`;
}
