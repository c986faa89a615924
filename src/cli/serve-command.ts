import { randomUUID } from "node:crypto";
import { SimulatedAdapter } from "#adapters/simulated/simulated-adapter.js";
import { SimulatedChat } from "#adapters/simulated/simulated-chat.js";
import { type Config, loadConfig, storeLocation } from "#src/app/config.js";
import { type App, createApp } from "#src/app/create-app.js";
import { lockDataFolder, prepareDataFolder } from "#src/app/data-folder.js";
import { createMetrics, type Metrics } from "#src/app/metrics.js";
import { createService } from "#src/app/service.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { createHttpApp, listen } from "#src/http/server.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { createLogger, type Logger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { EXIT } from "./cli.js";
import type { Output } from "./output.js";

/** A stop takes at most this long; then the process ends and the rest waits in the store. */
const STOP_MS = 9_000;

/** Runs the service until SIGTERM or SIGINT. Returns the exit code. */
export async function serve(env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  const config = loadConfig(env);
  prepareDataFolder(config.dataFolder);
  const unlock = config.databaseUrl === null ? lockDataFolder(config.dataFolder) : () => undefined;
  const logger = createLogger(config.logLevel);
  const store = await openStore(storeLocation(config));
  if (config.databaseUrl === null) await store.write((tx) => tx.lanes.freeAll());
  const metrics = createMetrics(store, () => systemClock.now());
  const app = buildApp(config, { store, logger, metrics });
  const service = createService({
    app,
    lifeId: randomUUID(),
    seenDays: config.seenDays,
    now: () => systemClock.now(),
  });
  const http = createHttpApp(sourcesOf(app, metrics));
  const door = await listen(http, config);
  await service.start();
  output.say(
    `Huiyin is ready on http://${config.host}:${String(door.port)} (health: /readyz, figures: /metrics). Stop with Ctrl+C.`,
  );
  logger.info({ port: door.port, store: store.dialect }, "ready");
  const signal = await endSignal();
  logger.info({ signal }, "stopping");
  const clean = await within(STOP_MS, async () => {
    await door.close();
    await service.stop();
    await store.close();
  });
  unlock();
  logger.info({ clean }, "stopped");
  return clean ? EXIT.ok : EXIT.failed;
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

function endSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve("SIGTERM"));
    process.once("SIGINT", () => resolve("SIGINT"));
  });
}

async function within(ms: number, work: () => Promise<void>): Promise<boolean> {
  const timer = new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref());
  return Promise.race([work().then(() => true), timer]);
}
