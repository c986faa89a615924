import { randomUUID } from "node:crypto";
import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import { warmUp } from "#src/complaints/detection/warm-up.js";
import type { PrefixListener } from "#src/http/listen.js";
import { type Access, createHttpApp, type Listening, listen } from "#src/http/server.js";
import type { AppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import { randomIds } from "#src/shared/ids.js";
import { createLogger, type Logger } from "#src/shared/logger.js";
import { openStore, type Store } from "#src/store/store.js";
import { auditKeyOf } from "./audit-key.js";
import { type Config, type Environment, loadConfig, storeLocation } from "./config.js";
import { type App, createApp } from "./create-app.js";
import { careForData, type DataCare } from "./data-care.js";
import { lockDataFolder, prepareDataFolder } from "./data-folder.js";
import { edgeSources } from "./edge-sources.js";
import { createMetrics, type Metrics } from "./metrics.js";
import { applyOwnerPassword, consoleAddress, requireOwner, storedAccess } from "./owner.js";
import {
  buildPlatforms,
  loadPlatformConfigs,
  type PlatformConfigs,
  type Platforms,
} from "./platforms.js";
import { requireKeys } from "./sealed-tokens.js";
import {
  buildSecondOpinion,
  countedSecondOpinion,
  type SecondOpinionParts,
} from "./second-opinion.js";
import { createService } from "./service.js";
import { Watchdog } from "./watchdog.js";

/** A stop takes at most this long; then the process ends and the rest waits in the store. */
const STOP_MS = 9_000;
/** Whoever waits for the service to be ready is answered first. */
const WARM_UP_AFTER_MS = 250;

/** A service that listens and works. */
export interface RunningService {
  readonly host: string;
  readonly port: number;
  /** Where people find the console. */
  readonly address: string;
  /** A one-time link for whoever started a service that has no owner yet; null when it has one. */
  readonly firstLink: string | null;
  readonly logger: Logger;
  /** Resolves when the data cannot be trusted any more: say why and end the process at once. */
  readonly lost: Promise<AppError>;
  /** Ends within 9 s; false when something was still in hand (it waits in the store). */
  stop(): Promise<boolean>;
}

/** Starts the whole service by its environment. Throws `invalid-config` with the remedy. */
export async function startService(env: Environment): Promise<RunningService> {
  const config = loadConfig(env);
  const configs = loadPlatformConfigs(env, config);
  const unlock = holdData(config);
  const logger = createLogger(config.logLevel);
  const location = storeLocation(config);
  const opened = await openStore(location, { auditKey: auditKeyOf(config.dataFolder) });
  const care = careForData(opened, location, config.dataFolder);
  const { store } = care;
  try {
    return await run({ config, configs, store, care, logger, unlock });
  } catch (error) {
    // Open connections would keep the process from ending with its message.
    await store.close();
    unlock();
    throw error;
  }
}

interface Started {
  readonly config: Config;
  readonly configs: PlatformConfigs;
  readonly store: Store;
  readonly care: DataCare;
  readonly logger: Logger;
  readonly unlock: () => void;
}

async function run(started: Started): Promise<RunningService> {
  const { config, configs, store, care, logger, unlock } = started;
  // The folder's lock says that no other process can hold a lease.
  if (config.databaseUrl === null) await store.write((tx) => tx.lanes.freeAll());
  const access = storedAccess(store);
  await applyOwnerPassword(access, config);
  await requireOwner(access, config);
  if (configs.slack !== null) await requireKeys(store, configs.slack.secretKey);
  const metrics = createMetrics(store, () => systemClock.now());
  const detector = createDetector();
  const platforms = await buildPlatforms(config, { configs, store, logger });
  const app = buildApp(config, { store, care, logger, metrics, detector, platforms });
  platforms.join(app);
  const service = createService({
    app,
    lifeId: randomUUID(),
    seenDays: config.seenDays,
    now: () => systemClock.now(),
    care,
    watchdog: watchdogOf(config, app, platforms),
  });
  const stopping = new AbortController();
  const { listeners, wechat } = platforms;
  const stop = stopping.signal;
  const door = await openDoor({ config, app, access, metrics, listeners, wechat, stopping: stop });
  await service.start();
  setTimeout(() => warmUp(detector), WARM_UP_AFTER_MS).unref();
  logger.info({ port: door.port, store: store.dialect }, "ready");
  const address = consoleAddress(config, door.port);
  return {
    host: config.host,
    port: door.port,
    address,
    firstLink: (await access.hasPassword()) ? null : `${address}${access.issueOneTimeLink()}`,
    logger,
    lost: care.lost,
    stop: async () => {
      const clean = await within(STOP_MS, async () => {
        stopping.abort();
        await door.close();
        await service.stop();
        await store.close();
      });
      unlock();
      return clean;
    },
  };
}

function watchdogOf({ language, timeZone }: Config, app: App, { staffRooms }: Platforms): Watchdog {
  const { store, logger, clock, adapters } = app;
  return new Watchdog({
    store,
    logger,
    now: () => clock.now(),
    adapters,
    staffRooms,
    pretend: new Set([SIMULATED]),
    language,
    timeZone,
  });
}

function openDoor(parts: {
  readonly config: Config;
  readonly app: App;
  readonly access: Access;
  readonly metrics: Metrics;
  readonly listeners: readonly PrefixListener[];
  readonly wechat: Platforms["wechat"];
  readonly stopping: AbortSignal;
}): Promise<Listening> {
  const { config, listeners, ...rest } = parts;
  const { host, port, publicUrl, language } = config;
  const sources = edgeSources({ ...rest, mode: "service", language, publicUrl });
  return listen(createHttpApp(sources), { host, port, publicUrl, listeners, mode: "service" });
}

function holdData(config: Config): () => void {
  prepareDataFolder(config.dataFolder);
  return config.databaseUrl === null ? lockDataFolder(config.dataFolder) : () => undefined;
}

interface Parts {
  readonly store: Store;
  readonly care: DataCare;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly detector: Detector;
  readonly platforms: Platforms;
}

function secondOpinionOf(
  { secondOpinion, timeZone }: Config,
  { store, metrics }: Pick<Parts, "store" | "metrics">,
): SecondOpinionParts | undefined {
  if (secondOpinion === null) return undefined;
  const clock = systemClock;
  const parts = buildSecondOpinion(secondOpinion, clock);
  return countedSecondOpinion(parts, { metrics, store, clock, timeZone });
}

function buildApp(config: Config, { platforms, care, ...parts }: Parts): App {
  return createApp({
    ...parts,
    secondOpinion: secondOpinionOf(config, parts),
    refusal: () => care.refusal(),
    clock: systemClock,
    ids: randomIds,
    random: Math.random,
    adapters: platforms.adapters,
    botNames: config.botNames,
    language: config.language,
    timeZone: config.timeZone,
    staffRooms: platforms.staffRooms,
    sharedStaffRoom: platforms.sharedStaffRoom,
    assignedStaffRooms: config.groupStaffRooms,
    digests: true,
    notice: true,
  });
}

async function within(ms: number, work: () => Promise<void>): Promise<boolean> {
  const timer = new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref());
  return Promise.race([work().then(() => true), timer]);
}
