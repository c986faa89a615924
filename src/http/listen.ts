import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { AppError } from "#src/shared/app-error.js";
import { type HttpApp, isLoopback } from "./edge.js";
import { type HostPolicy, isOurHost } from "./host-guard.js";
import { HttpProblem, problemResponse } from "./problem.js";

/** A part of the port that something else answers, such as Bolt's own listener. */
export interface PrefixListener {
  /** For example "/slack/": every path that begins so. */
  readonly prefix: string;
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Where and how to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The demo answers on this machine alone, and only to its own names. */
  readonly mode: "demo" | "service";
  /** How many ports from `port` on are tried when it is taken; 1 unless told otherwise. */
  readonly tries?: number;
  readonly publicUrl?: string | null;
  /** Other time limits, ms: tests cannot wait for the real ones. */
  readonly limits?: Partial<TimeLimits>;
  /** Asked in order, before the application. */
  readonly listeners?: readonly PrefixListener[];
}

/** A port that is open. */
export interface Listening {
  readonly port: number;
  /** How many connections are open. */
  readonly connections: () => Promise<number>;
  /** Stops listening; streams that are still open are cut after two seconds. */
  readonly close: () => Promise<void>;
}

/** How long a client may take, ms. */
interface TimeLimits {
  /** For the headers of a request. */
  readonly headersTimeout: number;
  /** For the whole of a request with its body. */
  readonly requestTimeout: number;
  /** Between two requests on one connection. */
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const TIME_LIMITS: TimeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
};
const LONGEST_HEADERS = 16_384;
const MOST_CONNECTIONS = 1_000;
/** How long requests in hand may still take when the port closes. */
const PATIENCE_MS = 2_000;
const SWEEP_MS = 50;

/**
 * Listens. Rejects with `invalid-config` and the remedy when the port is taken, or when a demo was
 * to be seen by other machines.
 */
export async function listen(app: HttpApp, address: ListenAddress): Promise<Listening> {
  if (address.mode === "demo" && !isLoopback(address.host)) {
    throw new AppError(
      "invalid-config",
      `The demo signs in whoever has its link and is for this machine alone: it does not listen on ${address.host}. Leave HUIYIN_HOST out, or run "huiyin serve" for real use.`,
    );
  }
  const server = createServer({
    ...TIME_LIMITS,
    ...address.limits,
    maxHeaderSize: LONGEST_HEADERS,
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await bindFirst(server, address);
  const policy = policyOf(address);
  const hono = getRequestListener(app.fetch);
  server.on("request", (request, response) => {
    if (!isOurHost(request, port, policy)) {
      void refuse(response);
      return;
    }
    const path = request.url ?? "";
    const other = address.listeners?.find(({ prefix }) => path.startsWith(prefix));
    if (other === undefined) void hono(request, response);
    else other.listener(request, response);
  });
  return { port, connections: () => connectionsOf(server), close: () => close(server) };
}

function policyOf({ mode, host, publicUrl = null }: ListenAddress): HostPolicy {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host;
  return { names: mode === "demo" || isLoopback(host) ? "own" : "any", publicHost };
}

async function refuse(response: ServerResponse): Promise<void> {
  const answer = problemResponse(new HttpProblem("wrong-host"), "en");
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    connection: "close",
  });
  response.end(await answer.text());
}

async function bindFirst(server: Server, address: ListenAddress): Promise<number> {
  const { host, port, tries = 1 } = address;
  for (let next = port; ; next += 1) {
    try {
      return await bind(server, { host, port: next });
    } catch (error) {
      const last = port === 0 || next + 1 >= port + tries || next >= 65_535;
      if (last || !isTaken(error)) throw bindError(error, { host, port });
    }
  }
}

function bind(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function isTaken(error: unknown): boolean {
  return codeOf(error) === "EADDRINUSE";
}

function bindError(cause: unknown, { host, port }: { host: string; port: number }): AppError {
  const place = `${host}:${String(port)}`;
  const denied = codeOf(cause) === "EACCES" ? ": no right to use this port" : "";
  return new AppError(
    "invalid-config",
    isTaken(cause)
      ? `Port ${String(port)} on ${host} is in use. Stop the other program or set HUIYIN_PORT to a free port.`
      : `Cannot listen on ${place}${denied}. Check HUIYIN_HOST and HUIYIN_PORT.`,
    { cause },
  );
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection that ends its last answer after this moment is idle then, and would stay open.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
