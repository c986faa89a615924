import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat, type SimulatedPost } from "#adapters/simulated/simulated-chat.js";
import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { Detector, Verdict } from "#src/complaints/detection/verdict.js";
import type { DrawPicture } from "#src/outbox/picture-for.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { PlatformAdapter } from "#src/platform/platform-adapter.js";
import { type ManualClock, MINUTE, manualClock } from "#src/shared/clock.js";
import type { Ids } from "#src/shared/ids.js";
import { type Logger, silentLogger } from "#src/shared/logger.js";
import { memberId } from "#src/store/directory-store.js";
import type { Store } from "#src/store/store.js";
import { type App, type AppParts, createApp } from "./create-app.js";
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
  /** Platforms beside the pretend one; they are started and stopped with it. */
  readonly others?: readonly PlatformAdapter[];
  /** All staff rooms, instead of the pretend platform's own. */
  readonly staffRooms?: Pick<AppParts, "staffRooms" | "sharedStaffRoom" | "assignedStaffRooms">;
  readonly digests?: boolean;
  readonly notice?: boolean;
  readonly capabilities?: Partial<Capabilities>;
  readonly logger?: Logger;
  /** Another model that is asked about uncertain lines. */
  readonly secondOpinion?: AppParts["secondOpinion"];
  /** Draws the pictures that messages order; the product's own drawing when absent. */
  readonly draw?: DrawPicture;
  /** Hears every verdict of the detector, also one that is made again because a batch was repeated. */
  readonly onVerdict?: (judged: Judged, verdict: Verdict) => void;
}

/** A message that was judged. Who spoke is told as {@link memberKeyOf} makes it. */
export interface Judged {
  readonly memberKey: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** The product's own key of a person of the pretend platform. */
export function memberKeyOf(personId: string): string {
  return memberId({ platform: SIMULATED, memberId: personId });
}

/** The whole product on the pretend platform, with a clock that is moved by hand. */
export interface Simulation {
  readonly app: App;
  readonly chat: SimulatedChat;
  readonly clock: ManualClock;
  /** Works off everything that is due now; resolves with when something falls due next, or null. */
  settle(): Promise<number | null>;
  /** Moves to an instant and lets everything that falls due on the way happen at its time. */
  advanceTo(instant: number): Promise<void>;
  stop(): Promise<void>;
}

const SWEEP_MS = 10 * MINUTE;

/** Builds a {@link Simulation} on a store. */
export async function createSimulation(options: SimulationOptions): Promise<Simulation> {
  const clock = manualClock(options.startAt);
  const chat = new SimulatedChat();
  const { others = [] } = options;
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
    detector: overheard(options.detector, options.onVerdict),
    adapters: [adapter, ...others],
    botNames,
    language: options.language ?? "zh",
    timeZone: options.timeZone ?? "Asia/Shanghai",
    staffRooms: [{ platform: adapter.platform, conversationId: options.staffRoom ?? "staff" }],
    ...options.staffRooms,
    digests: options.digests ?? true,
    notice: options.notice ?? true,
    secondOpinion: options.secondOpinion,
    ...(options.draw === undefined ? {} : { draw: options.draw }),
  });
  for (const one of [adapter, ...others]) await one.start(app.inbox);
  const walker = new Walker(app, clock);
  return {
    app,
    chat,
    clock,
    settle: () => walker.settle(),
    advanceTo: (instant) => walker.advanceTo(instant),
    stop: async () => {
      for (const one of [adapter, ...others]) await one.stop();
    },
  };
}

/** The detector, with somebody listening to its verdicts. */
function overheard(detector: Detector, hear: SimulationOptions["onVerdict"]): Detector {
  if (hear === undefined) return detector;
  return {
    consider: (message, context, options) => {
      const verdict = detector.consider(message, context, options);
      const { memberKey = "", at = 0, text } = message;
      hear({ memberKey, at, text }, verdict);
      return verdict;
    },
    language: (text) => detector.language(text),
    threshold: (mode, language) => detector.threshold(mode, language),
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

/** When each queue has work next, epoch ms. */
type Dues = Readonly<
  Record<"schedules" | "outbox" | "firing" | "inbox" | "opinion", number | null>
>;

function isDue(due: number | null, now: number): boolean {
  return due !== null && due <= now;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

class Walker {
  readonly #app: App;
  readonly #clock: ManualClock;
  #swept = 0;

  constructor(app: App, clock: ManualClock) {
    this.#app = app;
    this.#clock = clock;
  }

  /** One look at all queues tells what to do; workers without work are not woken. */
  async settle(): Promise<number | null> {
    const { inboxWorker, firingWorker, outboxWorker, opinionWorker } = this.#app;
    await this.#app.inbox.settled();
    for (;;) {
      const due = await this.#dues();
      const now = this.#clock.now();
      const heard = isDue(due.inbox, now) ? (await inboxWorker.step()).handled : 0;
      const fired = isDue(due.firing, now) ? (await firingWorker.step()).handled : 0;
      const asked = isDue(due.opinion, now) ? ((await opinionWorker?.step())?.handled ?? 0) : 0;
      const decided = heard + fired + asked > 0;
      const said = decided || isDue(due.outbox, now) ? (await outboxWorker.step()).handled : 0;
      if (heard + fired + asked + said === 0) return earliest(Object.values(due));
    }
  }

  async advanceTo(instant: number): Promise<void> {
    for (;;) {
      const next = await this.settle();
      if (next === null || next > instant) break;
      // What is overdue already (a resumed replay) happens now.
      this.#clock.set(Math.max(next, this.#clock.now()));
      await this.#app.scheduler.tick(this.#clock.now());
    }
    this.#clock.set(instant);
    await this.#sweep();
  }

  #dues(): Promise<Dues> {
    return this.#app.store.read(async (tx) => ({
      schedules: await tx.schedules.nextDue(),
      outbox: await tx.lanes.nextDue("outbox"),
      firing: await tx.lanes.nextDue("firing"),
      inbox: await tx.lanes.nextDue("inbox"),
      opinion: this.#app.opinionWorker === null ? null : await tx.lanes.nextDue("opinion"),
    }));
  }

  async #sweep(): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#swept < SWEEP_MS) return;
    this.#swept = now;
    await this.#app.store.write((tx) => tx.messages.sweepTexts(now - CONTEXT_MS));
  }
}

export type { SimulatedPost, Verdict };
