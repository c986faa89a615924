import { vi } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { type App, createApp } from "#src/app/create-app.js";
import { loadSlackConfig } from "#src/app/slack-config.js";
import { buildSlackAdapter } from "#src/app/slack-wiring.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { WorkerLoop } from "#src/queue/worker-loop.js";
import { silentLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { type RecordedClock, recordedClock } from "./recorded-clock.js";
import { SIGNING_SECRET, SlackDriver } from "./slack-driver.js";
import { BOT_TOKEN, type Judge, SlackWorkspace } from "./slack-workspace.js";

/** Turns of the event loop without a stir after which nothing is in hand any more. */
const STILL_TURNS = 4;
const SCHEDULER_MS = 10_000;

/** Work that is on its way somewhere, so that time stands still until it is done. */
class InHand {
  #now = 0;
  #turns = 0;

  get busy(): boolean {
    return this.#now > 0;
  }

  /** Grows with all that begins or ends. */
  get turns(): number {
    return this.#turns;
  }

  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#now += 1;
    this.#turns += 1;
    try {
      return await work();
    } finally {
      this.#now -= 1;
      this.#turns += 1;
    }
  }
}

function heldStore(store: Store, hand: InHand): Store {
  return {
    dialect: store.dialect,
    read: (work) => hand.hold(() => store.read(work)),
    write: (work) => hand.hold(() => store.write(work)),
    onWake: (listener) => store.onWake(listener),
    backup: (file) => store.backup(file),
    close: () => store.close(),
  };
}

/** A `fetch` whose answer is complete when it is there: what is in hand is counted to its last byte. */
function heldFetch(hand: InHand): typeof fetch {
  const real = globalThis.fetch;
  return (input, init) =>
    hand.hold(async () => {
      const answer = await real(input, init);
      const bytes = await answer.arrayBuffer();
      const empty = answer.status === 204 || answer.status === 304 || bytes.byteLength === 0;
      const { status, statusText, headers } = answer;
      return new Response(empty ? null : bytes, { status, statusText, headers });
    });
}

export interface SoakOptions {
  readonly start: number;
  readonly people: readonly string[];
  readonly channels: readonly string[];
  readonly judge: Judge;
  /** Other platforms beside Slack. */
  readonly beside?: readonly PlatformAdapter[];
}

/** The whole product on an emulated workspace, in recorded time: it runs its own worker loops, the test moves the clock. */
export class SlackSoak {
  readonly workspace: SlackWorkspace;
  readonly store: Store;
  readonly app: App;
  readonly driver: SlackDriver;
  readonly clock: RecordedClock;
  readonly #hand: InHand;
  readonly #loops: readonly WorkerLoop[];
  #ticked = 0;

  private constructor(
    parts: Pick<SlackSoak, "workspace" | "store" | "app" | "driver" | "clock"> & {
      readonly hand: InHand;
      readonly loops: readonly WorkerLoop[];
    },
  ) {
    ({
      workspace: this.workspace,
      store: this.store,
      app: this.app,
      driver: this.driver,
      clock: this.clock,
    } = parts);
    this.#hand = parts.hand;
    this.#loops = parts.loops;
  }

  static async open({
    start,
    people,
    channels,
    judge,
    beside = [],
  }: SoakOptions): Promise<SlackSoak> {
    // Bolt compares requests with the machine's clock, and the emulator stamps by it: both follow.
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    const clock = recordedClock(start, (instant) => vi.setSystemTime(instant));
    const hand = new InHand();
    vi.stubGlobal("fetch", heldFetch(hand));
    const workspace = await SlackWorkspace.open({
      now: () => clock.now(),
      people,
      channels,
      judge,
    });
    const plain = await openStore({ dialect: "sqlite", file: ":memory:" });
    const store = heldStore(plain, hand);
    const config = loadSlackConfig(
      {
        HUIYIN_SLACK_SIGNING_SECRET: SIGNING_SECRET,
        HUIYIN_SLACK_BOT_TOKEN: BOT_TOKEN,
        HUIYIN_SLACK_API_URL: workspace.apiUrl,
      },
      null,
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
      detector: createDetector(),
      adapters: [adapter, ...beside],
      botNames: ["小助手"],
      staffRooms: [{ platform: "slack", conversationId: staff }],
      digests: false,
      notice: false,
    });
    for (const one of app.adapters.values()) await one.start(app.inbox);
    if (adapter.listener === null) throw new Error("there is no listener");
    const driver = await new SlackDriver(adapter.listener, () => clock.now()).open();
    const steps = {
      inbox: () => app.inboxWorker.step(),
      firing: () => app.firingWorker.step(),
      outbox: () => app.outboxWorker.step(),
    };
    const loops = Object.entries(steps).map(
      ([name, step]) => new WorkerLoop({ name, clock, logger: silentLogger, pollMs: 1_000, step }),
    );
    store.onWake(() => {
      for (const loop of loops) loop.wake();
    });
    for (const loop of loops) loop.start();
    const soak = new SlackSoak({ workspace, store, app, driver, clock, hand, loops });
    await soak.#still();
    return soak;
  }

  /** Lets time pass up to an instant, from one thing that is due to the next. */
  async passTo(instant: number): Promise<void> {
    for (;;) {
      await this.#still();
      const due = this.clock.nextDue();
      if (due === null || due > instant) break;
      this.clock.moveTo(due);
      await this.#tick();
    }
    this.clock.moveTo(instant);
    await this.#still();
  }

  async close(): Promise<void> {
    const stopped = Promise.all(this.#loops.map((loop) => loop.stop()));
    await this.passTo(this.clock.now() + 60_000);
    await stopped;
    await Promise.all([...this.app.adapters.values()].map((adapter) => adapter.stop()));
    await this.driver.close();
    await this.workspace.close();
    await this.store.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  }

  async #tick(): Promise<void> {
    const now = this.clock.now();
    if (now - this.#ticked < SCHEDULER_MS) return;
    this.#ticked = now;
    await this.app.scheduler.tick(now);
  }

  /** Waits until nothing is in hand: no request, no transaction, nobody who was just woken. */
  async #still(): Promise<void> {
    const stirred = (): number => this.#hand.turns + this.clock.stirred();
    let seen = stirred();
    for (let still = 0; still < STILL_TURNS; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const now = stirred();
      still = this.#hand.busy || now !== seen ? 0 : still + 1;
      seen = now;
    }
  }
}
