import path from "node:path";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { type App, createApp } from "#src/app/create-app.js";
import { createMetrics } from "#src/app/metrics.js";
import { createService } from "#src/app/service.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { warmUp } from "#src/complaints/detection/warm-up.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { silentLogger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { scratchFolder } from "./scratch-folder.js";

/** The running service on a SQLite file, with real time and the pretend platform. */
export interface BenchApp {
  readonly app: App;
  readonly chat: SimulatedChat;
  readonly store: Store;
  /** Resolves when so many events have been handled in all. */
  readonly handled: (count: number) => Promise<void>;
  /** Per handled event an upper bound of its time from arrival to handled, ms (that of its batch's oldest). */
  readonly ages: readonly number[];
  readonly close: () => Promise<void>;
}

export async function createBenchApp(): Promise<BenchApp> {
  const folder = scratchFolder();
  const store = await openStore({
    dialect: "sqlite",
    file: path.join(folder.path, "huiyin.sqlite"),
  });
  const chat = new SimulatedChat();
  const ages: number[] = [];
  const waiters = new Set<{ readonly count: number; readonly done: () => void }>();
  const metrics = createMetrics(store, () => systemClock.now());
  const detector = createDetector();
  // As the service does when it is ready.
  warmUp(detector);
  const app = createApp({
    store,
    clock: systemClock,
    ids: randomIds,
    random: Math.random,
    logger: silentLogger,
    detector,
    adapters: [new SimulatedAdapter({ platform: chat, botNames: ["小助手"] })],
    botNames: ["小助手"],
    language: "zh",
    timeZone: "Asia/Shanghai",
    staffRooms: [{ platform: "simulated", conversationId: "staff" }],
    digests: true,
    notice: false,
    metrics: {
      ...metrics,
      handled: (count, age) => {
        for (let index = 0; index < count; index += 1) ages.push(age);
        for (const waiter of waiters) if (ages.length >= waiter.count) waiter.done();
      },
    },
  });
  const service = createService({
    app,
    lifeId: "bench",
    seenDays: 14,
    now: () => systemClock.now(),
  });
  await service.start();
  return {
    app,
    chat,
    store,
    ages,
    handled: (count) =>
      new Promise((resolve) => {
        if (ages.length >= count) resolve();
        else waiters.add({ count, done: resolve });
      }),
    close: async () => {
      await service.stop();
      await store.close();
      folder.remove();
    },
  };
}
