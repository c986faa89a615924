import type { SlackAdapter } from "#adapters/slack/slack-adapter.js";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { type App, createApp } from "#src/app/create-app.js";
import { loadSlackConfig } from "#src/app/slack-config.js";
import { buildSlackAdapter } from "#src/app/slack-wiring.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { silentLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { envelope, type Json } from "../../unit/slack/slack-payloads.js";
import { type RunningClock, runningClock } from "./running-clock.js";
import { type DriverAnswer, SIGNING_SECRET, SlackDriver } from "./slack-driver.js";
import { BOT_TOKEN, type KeptMessage, SlackWorkspace } from "./slack-workspace.js";

const detector = createDetector();

/** The whole product on an emulated workspace: Slack's side is signed requests, ours is the Web API. */
export class SlackProduct {
  readonly workspace: SlackWorkspace;
  readonly store: Store;
  readonly app: App;
  readonly adapter: SlackAdapter;
  readonly driver: SlackDriver;
  readonly clock: RunningClock;
  #numbers = 0;

  private constructor(
    parts: Pick<SlackProduct, "workspace" | "store" | "app" | "adapter" | "driver" | "clock">,
  ) {
    this.workspace = parts.workspace;
    this.store = parts.store;
    this.app = parts.app;
    this.adapter = parts.adapter;
    this.driver = parts.driver;
    this.clock = parts.clock;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<SlackProduct> {
    const clock = runningClock(Date.now());
    const workspace = await SlackWorkspace.open({ now: () => clock.now() });
    const store = await openStore({ dialect: "sqlite", file: ":memory:" });
    const config = loadSlackConfig(
      {
        HUIYIN_SLACK_SIGNING_SECRET: SIGNING_SECRET,
        HUIYIN_SLACK_BOT_TOKEN: BOT_TOKEN,
        HUIYIN_SLACK_API_URL: workspace.apiUrl,
        ...environment,
      },
      "https://huiyin.example",
    );
    if (config === null) throw new Error("Slack is not configured");
    const settings = { language: "zh", timeZone: "Asia/Shanghai" } as const;
    const common = { store, clock, logger: silentLogger, ...settings };
    const adapter = buildSlackAdapter({ ...common, config, botName: "小助手" });
    const staff = conversationIdOf(workspace.team, workspace.channels["staff"] ?? "");
    const ids = { count: 0 };
    const app = createApp({
      ...common,
      ids: { next: () => `lease-${String((ids.count += 1))}` },
      random: () => 0.5,
      detector,
      adapters: [adapter],
      botNames: ["小助手"],
      staffRooms: [{ platform: "slack", conversationId: staff }],
      digests: true,
      notice: false,
    });
    await adapter.start(app.inbox);
    const { listener } = adapter;
    if (listener === null) throw new Error("there is no listener");
    const driver = await new SlackDriver(listener).open();
    const product = new SlackProduct({ workspace, store, app, adapter, driver, clock });
    await product.#connected();
    return product;
  }

  channel(name: string): string {
    return this.workspace.channels[name] ?? "";
  }

  user(name: string): string {
    return this.workspace.users[name] ?? "";
  }

  /** A stamp of now, different each time. */
  stamp(): string {
    this.#numbers += 1;
    const seconds = Math.floor(this.clock.now() / 1_000);
    return `${String(seconds)}.${String(this.#numbers).padStart(6, "0")}`;
  }

  /** Slack tells of an event. */
  async event(inner: Json, id?: string): Promise<DriverAnswer> {
    this.#numbers += 1;
    const key = id ?? `Ev${String(this.#numbers)}`;
    return this.driver.send(envelope(key, inner, this.workspace.team));
  }

  /** Works off everything that is due by now. */
  async settle(): Promise<void> {
    const { inbox, inboxWorker, firingWorker, outboxWorker, scheduler } = this.app;
    await scheduler.tick(this.clock.now());
    for (let round = 0; round < 2_000; round += 1) {
      await inbox.settled();
      const heard = await inboxWorker.step();
      const fired = await firingWorker.step();
      const said = await outboxWorker.step();
      if (heard.handled + fired.handled + said.handled > 0) continue;
      const due = await this.store.read((tx) => tx.lanes.nextDue("outbox"));
      // A conversation that rests after a post goes on a moment later.
      if (due === null || due > this.clock.now() + 60_000) return;
      this.clock.advance(Math.max(1, due - this.clock.now()));
    }
    throw new Error("there is no end to what is due");
  }

  /** What stands in a channel, oldest first. */
  async history(name: string): Promise<readonly KeptMessage[]> {
    return this.workspace.history(this.channel(name));
  }

  async close(): Promise<void> {
    await this.adapter.stop();
    await this.driver.close();
    await this.store.close();
    await this.workspace.close();
  }

  async #connected(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      const rows = await this.store.read((tx) => tx.installations.count({}));
      if (rows > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("the token was not recognised");
  }
}

/** The buttons of a message. */
export function buttonsOf(message: KeptMessage): readonly Readonly<Record<string, unknown>>[] {
  return (message.blocks ?? []).flatMap((block) =>
    block.type === "actions" ? (block["elements"] as Readonly<Record<string, unknown>>[]) : [],
  );
}
