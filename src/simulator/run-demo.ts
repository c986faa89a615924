import { currentEnvironment, loadConfig } from "#src/app/config.js";
import { edgeSources } from "#src/app/edge-sources.js";
import { createMetrics, type Metrics } from "#src/app/metrics.js";
import type { SimulationOptions } from "#src/app/simulation.js";
import type { SimulatorState } from "#src/console/contract/simulator.js";
import { Access, createHttpApp, listen, memoryAccessRows } from "#src/http/server.js";
import { systemClock } from "#src/shared/clock.js";
import { createLogger } from "#src/shared/logger.js";
import { openFreshFolder } from "./demo-folder.js";
import { actsInTurn, relayInTurn } from "./page-acts.js";
import { createWorld, type World } from "./world.js";

/** Where a demo is looked for when nobody names a port; the next free one is taken. */
const DEMO_PORT = 8_787;
const PORTS_TRIED = 20;

export interface DemoOptions {
  /** Where its data goes; emptied first, if it is a demo's. */
  readonly data: string;
  /** 0 takes a free port; absent: HUIYIN_PORT, else the first free one from 8787 on. */
  readonly port?: number;
  readonly detector: SimulationOptions["detector"];
  /** Hears how far the three weeks have been played. */
  readonly onSeeding?: (seeding: NonNullable<SimulatorState["seeding"]>) => void;
}

/** A demo that answers on its port. */
export interface RunningDemo {
  readonly port: number;
  /** A new address that signs its first visitor in, once, within ten minutes. */
  link(): string;
  /** Resolves when the three weeks are played. */
  ready(): Promise<void>;
  /** Ends everything; nothing of it is left running. */
  stop(): Promise<void>;
}

/**
 * Starts the pretend world with the console on this machine alone. It answers at once, while the
 * three weeks are still being played. Throws `invalid-config` or `usage` with the remedy.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const environment = currentEnvironment();
  const config = loadConfig(environment);
  const world = await createWorld({
    freshStore: () => openFreshFolder(options.data),
    detector: options.detector,
    realClock: systemClock,
    logger: createLogger(config.logLevel === "info" ? "warn" : config.logLevel),
  });
  const named = options.port ?? (environment["HUIYIN_PORT"] ? config.port : undefined);
  const stopping = new AbortController();
  const access = new Access({ rows: memoryAccessRows(), now: () => systemClock.now() });
  const unwatch = world.watch((event) => {
    if (event.type !== "simulator" || event.state.seeding === null) return;
    options.onSeeding?.(event.state.seeding);
  });
  try {
    const sources = sourcesOf(world, { access, language: config.language, stopping });
    const door = await listen(createHttpApp(sources), {
      host: config.host,
      port: named ?? DEMO_PORT,
      tries: named === undefined ? PORTS_TRIED : 1,
      mode: "demo",
    });
    world.engine.start();
    return {
      port: door.port,
      link: () => `http://127.0.0.1:${String(door.port)}${access.issueOneTimeLink()}`,
      ready: () => world.engine.ready(),
      stop: async () => {
        unwatch();
        stopping.abort();
        await door.close();
        await world.engine.stop();
      },
    };
  } catch (error) {
    await world.engine.stop();
    throw error;
  }
}

interface Around {
  readonly access: Access;
  readonly language: "zh" | "en";
  readonly stopping: AbortController;
}

/** What the edge asks, of whichever life the world is in. */
function sourcesOf(world: World, { access, language, stopping }: Around) {
  let figures = metricsOf(world);
  const sources = edgeSources({
    app: world.life.simulation.app,
    mode: "demo",
    access,
    language,
    simulator: world,
    stopping: stopping.signal,
    metrics: {
      ...figures,
      get registry() {
        return figures.registry;
      },
    },
  });
  world.engine.onLife((life) => {
    figures = metricsOf(world);
    sources.console.follow(life.simulation.app);
  });
  return {
    ...sources,
    relay: relayInTurn(world, sources.relay),
    console: { ...sources.console, act: actsInTurn(world, sources.console) },
  };
}

function metricsOf(world: World): Metrics {
  const { store, clock } = world.life.simulation.app;
  return createMetrics(store, () => clock.now());
}
