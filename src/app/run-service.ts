import { randomUUID } from "node:crypto";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { createHttpApp, listen } from "#src/http/server.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { createLogger, type Logger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { type Config, type Environment, loadConfig, storeLocation } from "./config.js";
import { type App, createApp } from "./create-app.js";
import { lockDataFolder, prepareDataFolder } from "./data-folder.js";
import { createMetrics, type Metrics } from "./metrics.js";
import { createService } from "./service.js";

/** A stop takes at most this long; then the process ends and the rest waits in the store. */
const STOP_MS = 9_000;

/** A service that listens and works. */
export interface RunningService {
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  /** Ends within 9 s; false when something was still in hand (it waits in the store). */
  stop(): Promise<boolean>;
}

/** Starts the whole service by its environment. Throws `invalid-config` with the remedy. */
export async function startService(env: Environment): Promise<RunningService> {
  const config = loadConfig(env);
  const unlock = holdData(config);
  const logger = createLogger(config.logLevel);
  const store = await openStore(storeLocation(config));
  // The folder's lock says that no other process can hold a lease.
  if (config.databaseUrl === null) await store.write((tx) => tx.lanes.freeAll());
  const metrics = createMetrics(store, () => systemClock.now());
  const app = buildApp(config, { store, logger, metrics });
  const service = createService({
    app,
    lifeId: randomUUID(),
    seenDays: config.seenDays,
    now: () => systemClock.now(),
  });
  const door = await listen(createHttpApp(sourcesOf(app, metrics)), config).catch(
    async (error: unknown) => {
      // Open connections would keep the process from ending with its message.
      await store.close();
      unlock();
      throw error;
    },
  );
  await service.start();
  logger.info({ port: door.port, store: store.dialect }, "ready");
  return {
    host: config.host,
    port: door.port,
    logger,
    stop: async () => {
      const clean = await within(STOP_MS, async () => {
        await door.close();
        await service.stop();
        await store.close();
      });
      unlock();
      return clean;
    },
  };
}

function holdData(config: Config): () => void {
  prepareDataFolder(config.dataFolder);
  return config.databaseUrl === null ? lockDataFolder(config.dataFolder) : () => undefined;
}

function buildApp(config: Config, parts: { store: Store; logger: Logger; metrics: Metrics }): App {
  const adapter = new SimulatedAdapter({
    platform: new SimulatedChat(),
    botNames: config.botNames,
  });
  return createApp({
    ...parts,
    clock: systemClock,
    ids: randomIds,
    random: Math.random,
    detector: createDetector(),
    adapters: [adapter],
    botNames: config.botNames,
    language: config.language,
    timeZone: config.timeZone,
    staffRooms: config.staffRooms,
    digests: true,
    notice: true,
  });
}

function sourcesOf(app: App, metrics: Metrics): Parameters<typeof createHttpApp>[0] {
  const adapters = [...app.adapters.values()];
  return {
    logger: app.logger,
    troubles: () => troublesOf(app),
    metrics: async () => ({
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
    routes: adapters.flatMap((adapter) => [...adapter.routes()]),
    adapters: () =>
      adapters.map((adapter) => ({ platform: adapter.platform, health: adapter.health() })),
  };
}

async function troublesOf(app: App): Promise<readonly string[]> {
  const troubles: string[] = [];
  try {
    await app.store.read((tx) => tx.lanes.nextDue("inbox"));
  } catch {
    troubles.push("The database cannot be read.");
  }
  for (const adapter of app.adapters.values()) {
    const health = adapter.health();
    if (health.state !== "ok") troubles.push(`${adapter.platform}: ${health.detail}`);
  }
  return troubles;
}

async function within(ms: number, work: () => Promise<void>): Promise<boolean> {
  const timer = new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref());
  return Promise.race([work().then(() => true), timer]);
}
