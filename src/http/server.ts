import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import type { ConsolePort } from "#src/console/contract/console-port.js";
import type { RelayPort } from "#src/console/contract/relay-port.js";
import type { SimulatorPort } from "#src/console/contract/simulator-port.js";
import type { AdapterHealth, AdapterRoute } from "#src/platform/platform-adapter.js";
import { type Logger, safeError } from "#src/shared/logger.js";
import type { Access } from "./access/access.js";
import { type CookieRules, readCookie } from "./access/session-cookie.js";
import { type EdgeEnv, type HttpApp, languageOf } from "./edge.js";
import { API, Endpoints } from "./endpoint.js";
import { LiveHub } from "./live/live-hub.js";
import { HttpProblem, problemOf, problemResponse } from "./problem.js";
import { LARGEST_BODY } from "./read-body.js";
import { addAccessRoutes } from "./routes/access-routes.js";
import { addCareRoutes } from "./routes/care-routes.js";
import { addLiveRoute } from "./routes/live-route.js";
import { addRelayRoutes } from "./routes/relay-routes.js";
import { addSimulatorRoutes } from "./routes/simulator-routes.js";
import { sameSite } from "./same-site.js";
import { securityHeaders } from "./security-headers.js";
import { StaticConsole } from "./static-console.js";

/** What the HTTP edge asks of the product. */
export interface HttpSources {
  readonly mode: "demo" | "service";
  readonly version: string;
  readonly logger: Logger;
  readonly access: Access;
  readonly console: ConsolePort;
  readonly relay: RelayPort;
  /** The pretend world; in the demo only. */
  readonly simulator?: SimulatorPort;
  /** The address by which browsers reach the console, such as https://huiyin.example; null: by host and port. */
  readonly publicUrl?: string | null;
  /** Aborted when the service stops: live streams end at once. */
  readonly stopping?: AbortSignal;
  /** Folder of the built console. */
  readonly consoleFolder: string;
  /** Empty when the service can do its work; otherwise what is wrong, in words. */
  readonly troubles: () => Promise<readonly string[]>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly routes: readonly AdapterRoute[];
  readonly adapters: () => readonly { readonly platform: string; readonly health: AdapterHealth }[];
}

const PROBLEM_PATHS = ["/api", "/slack", "/wechat", "/platforms"];

/**
 * The HTTP application: console, API, live updates, health, metrics and the routes of platforms.
 * Testable without a port by `app.request()`.
 */
export function createHttpApp(sources: HttpSources): HttpApp {
  const app: HttpApp = new OpenAPIHono<EdgeEnv>();
  const origin = originOf(sources.publicUrl ?? null);
  const secure = origin?.startsWith("https:") === true;
  const cookies: CookieRules = {
    secure,
    // The page itself needs no cookie, so the link of the terminal works with the strict kind too.
    sameSite: sources.mode === "demo" ? "Strict" : "Lax",
  };
  app.use(securityHeaders(secure));
  addProbes(app, sources);
  addApi(app, sources, { cookies, origin });
  addConsole(app, sources);
  app.onError((error, context) => {
    const language = languageOf(context);
    const problem = problemOf(error, language);
    if (problem.code === "internal") sources.logger.error({ err: error }, "a request failed");
    else if (problem.code === "unavailable")
      sources.logger.warn({ reason: safeError(error).code ?? problem.code }, "a request failed");
    return problemResponse(problem, language);
  });
  return app;
}

function originOf(publicUrl: string | null): string | null {
  return publicUrl === null ? null : new URL(publicUrl).origin;
}

/** What machines ask: probes, figures, callbacks of platforms. */
function addProbes(app: HttpApp, sources: HttpSources): void {
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
    onError: (context) => problemResponse(new HttpProblem("too-large"), languageOf(context)),
  });
  for (const route of sources.routes) {
    app.all(route.path, limit, (context) => route.handle(context.req.raw));
  }
}

function addApi(
  app: HttpApp,
  sources: HttpSources,
  { cookies, origin }: { readonly cookies: CookieRules; readonly origin: string | null },
): void {
  const { access, mode } = sources;
  const hub = liveHub(sources);
  app.use("/api/*", sameSite(origin));
  app.use("/api/*", async (context, next) => {
    const token = readCookie(context, cookies);
    context.set("session", token === null ? null : await access.resolve(token));
    await next();
    if (!context.res.headers.has("cache-control"))
      context.res.headers.set("cache-control", "no-store");
  });
  const endpoints = new Endpoints(app);
  addAccessRoutes(endpoints, {
    access,
    mode,
    version: sources.version,
    cookies,
    behindProxy: origin !== null,
    changed: () => hub.publish({ type: "changed", topics: ["sessions"] }),
  });
  addCareRoutes(endpoints, sources.console);
  addRelayRoutes(endpoints, sources.relay);
  addLiveRoute(endpoints, hub);
  if (sources.simulator !== undefined) addSimulatorRoutes(endpoints, sources.simulator);
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Huiyin 回音",
      version: sources.version,
      description: `Everything below ${API} needs a session's cookie, unless a route says otherwise. Errors are problem+json (RFC 9457); lists come in pages with a cursor.`,
    },
    security: [{ session: [] }],
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "huiyin",
  });
}

function liveHub({ access, console, simulator, stopping }: HttpSources): LiveHub {
  const hub = new LiveHub({ ended: (ids) => access.endedOf(ids) });
  access.onEnded((ids) => hub.closeSessions(ids));
  console.watch((event) => hub.publish(event));
  simulator?.watch((event) => hub.publish(event));
  stopping?.addEventListener("abort", () => hub.close(), { once: true });
  return hub;
}

/** The pages; what is nobody's answers 404, under the API as a problem. */
function addConsole(app: HttpApp, sources: HttpSources): void {
  const pages = new StaticConsole(sources.consoleFolder);
  app.get("*", async (context, next) => {
    const gzip = (context.req.header("accept-encoding") ?? "").includes("gzip");
    const { path } = context.req;
    if (PROBLEM_PATHS.some((place) => path.startsWith(place))) return next();
    return (await pages.answer(path, { gzip, language: languageOf(context) })) ?? next();
  });
  app.notFound((context) => {
    const language = languageOf(context);
    const hidden = context.req.path.startsWith(`${API}/`) && context.get("session") === null;
    // Without a session it is nobody's business which routes there are.
    return problemResponse(new HttpProblem(hidden ? "not-signed-in" : "not-found"), language);
  });
}

export { Access } from "./access/access.js";
export { memoryAccessRows } from "./access/memory-access-rows.js";
export { type Listening, listen } from "./listen.js";
