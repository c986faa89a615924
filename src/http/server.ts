import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { AdapterHealth, AdapterRoute } from "#src/platform/platform-adapter.js";
import { AppError } from "#src/shared/app-error.js";
import { type Logger, safeError } from "#src/shared/logger.js";

/** What the HTTP edge asks of the product. */
export interface HttpSources {
  readonly logger: Logger;
  /** Empty when the service can do its work; otherwise what is wrong, in words. */
  readonly troubles: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly routes: readonly AdapterRoute[];
  readonly adapters: () => readonly { readonly platform: string; readonly health: AdapterHealth }[];
}

const LARGEST_BODY = 1_048_576;

/** The HTTP application: health, readiness, metrics and the routes of the platforms. Testable without a port. */
export function createHttpApp(sources: HttpSources): Hono {
  const app = new Hono();
  app.get("/healthz", (context) => context.json({ status: "alive" }));
  app.get("/readyz", async (context) => {
    const troubles = await sources.troubles();
    const adapters = sources.adapters().map(({ platform, health }) => ({ platform, ...health }));
    return context.json(
      { status: troubles.length === 0 ? "ready" : "not ready", troubles, adapters },
      troubles.length === 0 ? 200 : 503,
    );
  });
  app.get("/metrics", async (context) => {
    const { type, text } = await sources.metrics();
    return context.body(text, 200, { "content-type": type });
  });
  const limit = bodyLimit({
    maxSize: LARGEST_BODY,
    onError: (context) => context.json({ status: 413, title: "This request is too large." }, 413),
  });
  for (const route of sources.routes) {
    app.all(route.path, limit, (context) => route.handle(context.req.raw));
  }
  app.notFound((context) => context.json({ status: 404, title: "There is nothing here." }, 404));
  app.onError((error, context) => {
    sources.logger.error({ err: error }, "a request failed");
    return context.json(
      { status: 500, title: "The request could not be answered.", type: safeError(error).type },
      500,
    );
  });
  return app;
}

/** Listens; rejects with `invalid-config` and the remedy when the port is taken. Resolves with how to stop. */
export async function listen(
  app: Hono,
  address: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const listener = getRequestListener(app.fetch);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 },
    (request, response) => void listener(request, response),
  );
  server.maxConnections = 1_000;
  const port = await bind(server, address);
  return { port, close: () => close(server) };
}

function bind(
  server: Server,
  address: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const denied = error.code === "EACCES";
      reject(
        new AppError(
          "invalid-config",
          taken
            ? `Port ${String(address.port)} on ${address.host} is in use. Stop the other program or set HUIYIN_PORT to a free port.`
            : `Cannot listen on ${address.host}:${String(address.port)}${denied ? ": no right to use this port" : ""}. Check HUIYIN_HOST and HUIYIN_PORT.`,
        ),
      );
    });
    server.listen(address.port, address.host, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
}
