import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat, type SimulatedPost } from "#adapters/simulated/simulated-chat.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import { type ManualClock, MINUTE, manualClock } from "#src/shared/clock.js";
import type { Ids } from "#src/shared/ids.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import type { Store } from "#src/store/store.js";
import { type App, createApp } from "./create-app.js";
import { CONTEXT_MS } from "./service.js";

export interface SimulationOptions {
  readonly store: Store;
  readonly detector: Detector;
  /** Where the clock stands at first, epoch ms. */
  readonly startAt: number;
  readonly language?: "zh" | "en";
  readonly timeZone?: string;
  readonly botNames?: readonly string[];
  readonly staffRoom?: string;
  readonly digests?: boolean;
  readonly notice?: boolean;
  readonly capabilities?: Partial<Capabilities>;
  readonly logger?: Logger;
}

/** The whole product on the pretend platform, with a clock that is moved by hand. */
export interface Simulation {
  readonly app: App;
  readonly chat: SimulatedChat;
  readonly clock: ManualClock;
  /** Works off everything that is due now. */
  settle(): Promise<void>;
  /** Moves to an instant and lets everything that falls due on the way happen at its time. */
  advanceTo(instant: number): Promise<void>;
  /** When something falls due next, or null. */
  nextDue(): Promise<number | null>;
  stop(): Promise<void>;
}

const SWEEP_MS = 10 * MINUTE;

/** Builds a {@link Simulation} on a store. */
export async function createSimulation(options: SimulationOptions): Promise<Simulation> {
  const clock = manualClock(options.startAt);
  const chat = new SimulatedChat();
  const botNames = options.botNames ?? ["小助手", "团购小助手"];
  const adapter = new SimulatedAdapter({
    platform: chat,
    botNames,
    ...(options.capabilities === undefined ? {} : { capabilities: options.capabilities }),
  });
  const app = createApp({
    store: options.store,
    clock,
    ids: counterIds(),
    // Back-off without chance: a replay must end the same each time.
    random: () => 0.5,
    logger: options.logger ?? silentLogger,
    detector: options.detector,
    adapters: [adapter],
    botNames,
    language: options.language ?? "zh",
    timeZone: options.timeZone ?? "Asia/Shanghai",
    staffRooms: [{ platform: adapter.platform, conversationId: options.staffRoom ?? "staff" }],
    digests: options.digests ?? true,
    notice: options.notice ?? true,
  });
  await adapter.start(app.inbox);
  const walker = new Walker(app, clock);
  return {
    app,
    chat,
    clock,
    settle: () => walker.settle(),
    advanceTo: (instant) => walker.advanceTo(instant),
    nextDue: () => walker.nextDue(),
    stop: () => adapter.stop(),
  };
}

/** Tokens of leases: unique in this process, which is alone with its store. */
function counterIds(): Ids {
  let number = 0;
  return {
    next: () => {
      number += 1;
      return `lease-${String(number)}`;
    },
  };
}

class Walker {
  readonly #app: App;
  readonly #clock: ManualClock;
  #swept = 0;

  constructor(app: App, clock: ManualClock) {
    this.#app = app;
    this.#clock = clock;
  }

  async settle(): Promise<void> {
    const { inboxWorker, firingWorker, outboxWorker } = this.#app;
    await this.#app.inbox.settled();
    for (;;) {
      const heard = await inboxWorker.step();
      const fired = await firingWorker.step();
      const said = await outboxWorker.step();
      if (heard.handled + fired.handled + said.handled === 0) return;
    }
  }

  async nextDue(): Promise<number | null> {
    const times = await this.#app.store.read(async (tx) => [
      await tx.schedules.nextDue(),
      await tx.lanes.nextDue("outbox"),
      await tx.lanes.nextDue("firing"),
      await tx.lanes.nextDue("inbox"),
    ]);
    const known = times.filter((time) => time !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  async advanceTo(instant: number): Promise<void> {
    for (;;) {
      await this.settle();
      const next = await this.nextDue();
      if (next === null || next > instant) break;
      // What is overdue already (a resumed replay) happens now.
      this.#clock.set(Math.max(next, this.#clock.now()));
      await this.#app.scheduler.tick(this.#clock.now());
    }
    this.#clock.set(instant);
    await this.#sweep();
  }

  async #sweep(): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#swept < SWEEP_MS) return;
    this.#swept = now;
    await this.#app.store.write((tx) => tx.messages.sweepTexts(now - CONTEXT_MS));
  }
}

export type { SimulatedPost };
