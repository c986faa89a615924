import type { SimulatorPort } from "#src/console/contract/simulator-port.js";
import type { Access, HttpSources } from "#src/http/server.js";
import type { AdapterHealth } from "#src/platform/platform-adapter.js";
import { type AppConsole, type ConsolePortParts, createConsolePort } from "./console-port.js";
import type { App } from "./create-app.js";
import { consoleFolder, productVersion } from "./installation.js";
import type { Metrics } from "./metrics.js";
import { createRelayPort } from "./relay-port.js";

/** What the HTTP edge is made of, in the service and in the demo. */
export interface EdgeSourceParts
  extends Pick<ConsolePortParts, "app" | "language" | "pictures" | "wechat"> {
  readonly mode: "demo" | "service";
  readonly access: Access;
  readonly metrics: Metrics;
  readonly simulator?: SimulatorPort;
  readonly publicUrl?: string | null;
  readonly stopping?: AbortSignal;
}

/** The sources of `createHttpApp` for an application; `console.follow` exchanges the application. */
export function edgeSources(
  parts: EdgeSourceParts,
): HttpSources & { readonly console: AppConsole } {
  const { app, mode, access, metrics, language, pictures, wechat = null } = parts;
  const { simulator, publicUrl = null, stopping } = parts;
  let current = app;
  // A platform that waits for a log-in must not take the console, where that is done, off the network.
  const troubles = (): Promise<readonly string[]> => troublesOf(current, ["stopped"]);
  const port = createConsolePort({
    app,
    language,
    troubles: () => troublesOf(current, ["stopped", "degraded"]),
    wechat,
    ...(pictures === undefined ? {} : { pictures }),
  });
  return {
    mode,
    access,
    publicUrl,
    troubles,
    version: productVersion(),
    logger: app.logger,
    consoleFolder: consoleFolder(),
    console: {
      ...port,
      follow: (next) => {
        current = next;
        port.follow(next);
      },
    },
    relay: createRelayPort({ app: () => current }),
    metrics: async () => ({
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
    routes: [...app.adapters.values()].flatMap((adapter) => [...adapter.routes()]),
    adapters: () =>
      [...current.adapters.values()].map((adapter) => ({
        platform: adapter.platform,
        health: adapter.health(),
      })),
    ...(simulator === undefined ? {} : { simulator }),
    ...(stopping === undefined ? {} : { stopping }),
  };
}

/** What keeps an application from doing its work, in words; empty when nothing does. */
async function troublesOf(
  app: App,
  states: readonly AdapterHealth["state"][],
): Promise<readonly string[]> {
  const troubles: string[] = [];
  const refusal = app.refusal();
  if (refusal !== null) troubles.push(refusal.message);
  try {
    await app.store.read((tx) => tx.lanes.nextDue("inbox"));
  } catch {
    troubles.push("The database cannot be read.");
  }
  for (const adapter of app.adapters.values()) {
    const health = adapter.health();
    if (states.includes(health.state)) troubles.push(`${adapter.platform}: ${health.detail}`);
  }
  return troubles;
}
