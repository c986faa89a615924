import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import {
  type Account,
  type Binaries,
  chooseAccount,
  findBinaries,
  programIn,
} from "./postgres-binaries.js";

/** A throw-away PostgreSQL server for one test run. */
export interface PostgresServer {
  /** Connects as superuser to the database `postgres`. */
  readonly adminUrl: string;
  /** Where the programs come from, for the report. */
  readonly origin: string;
  /** Stops the server and removes its folder; a second call does nothing. */
  stop(): Promise<void>;
}

/** A running server, or the reason why there is none on this machine. */
export type PostgresStart =
  | { readonly kind: "running"; readonly server: PostgresServer }
  | { readonly kind: "unavailable"; readonly reason: string };

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5000;
const PORT_TRIES = 3;
const READY = "database system is ready to accept connections";

/**
 * Runs beside us in its own process group and holds the other end of a pipe. When the pipe closes,
 * for whatever reason (even kill -9 of the test run), it ends the server and removes the folder.
 */
const WATCHDOG = `
const { rmSync } = require("node:fs");
const folder = process.argv[1];
let pid = 0, text = "", finished = false;
process.stdin.on("data", (chunk) => {
  text += chunk;
  const seen = /pid (\\d+)\\n/.exec(text);
  if (seen) pid = Number(seen[1]);
  finished = text.endsWith("finished\\n");
});
process.stdin.on("close", () => {
  if (finished) return;
  try { if (pid > 0) process.kill(pid, "SIGQUIT"); } catch {}
  setTimeout(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }), 300);
});
`;

interface Watchdog {
  watch(pid: number): void;
  dismiss(): void;
}

function startWatchdog(folder: string): Watchdog {
  const child = spawn(process.execPath, ["-e", WATCHDOG, folder], {
    cwd: os.tmpdir(),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.unref();
  const pipe = child.stdin;
  // The watchdog may be gone already; then there is nobody left to tell.
  pipe.on("error", () => undefined);
  // The pipe is a socket; it must not keep a finished run alive.
  if (pipe instanceof Socket) pipe.unref();
  return {
    watch: (pid) => void pipe.write(`pid ${pid}\n`),
    dismiss: () => void pipe.end("finished\n"),
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}

function runInitdb(bin: string, data: string, account: Account): string | undefined {
  const options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"];
  const made = spawnSync(programIn(bin, "initdb"), ["-D", data, ...options, "--no-sync"], {
    ...account,
    cwd: os.tmpdir(),
    encoding: "utf8",
    timeout: START_LIMIT_MS,
  });
  return made.status === 0 ? undefined : `initdb failed: ${made.stderr || String(made.error)}`;
}

interface Launch {
  readonly bin: string;
  readonly data: string;
  readonly port: number;
  readonly account: Account;
}

function launch({ bin, data, port, account }: Launch): ChildProcess {
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "log_error_verbosity=terse",
    "lc_messages=C",
    "max_connections=200",
  ];
  const options = settings.flatMap((setting) => ["-c", setting]);
  return spawn(programIn(bin, "postgres"), ["-D", data, "-p", String(port), ...options], {
    ...account,
    cwd: os.tmpdir(),
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Resolves to nothing when the server takes connections, to its last words when it gives up. */
async function untilReady(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let log = "";
    const timer = setTimeout(() => resolve(`not ready in time: ${log}`), START_LIMIT_MS);
    const settle = (outcome: string | undefined): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.once("error", (error) => settle(error.message));
    child.once("exit", (code) => settle(`ended with code ${code}: ${log}`));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      log = (log + chunk).slice(-2000);
      if (log.includes(READY)) settle(undefined);
    });
  });
}

async function untilExit(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface Place {
  readonly folder: string;
  readonly data: string;
  readonly account: Account;
  readonly watchdog: Watchdog;
}

async function startIn(place: Place, bin: string): Promise<ChildProcess & { port: number }> {
  const failed = runInitdb(bin, place.data, place.account);
  if (failed !== undefined) throw new Error(failed);
  let lastWords: string | undefined;
  // Somebody else may take the port between our look and the server's start.
  for (let attempt = 0; attempt < PORT_TRIES; attempt += 1) {
    const port = await freePort();
    const child = launch({ bin, data: place.data, port, account: place.account });
    if (child.pid !== undefined) place.watchdog.watch(child.pid);
    lastWords = await untilReady(child);
    if (lastWords === undefined) return Object.assign(child, { port });
    child.kill("SIGKILL");
    await untilExit(child);
  }
  throw new Error(`postgres did not start: ${lastWords}`);
}

function preparePlace(): Place {
  const account = chooseAccount();
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-postgres-"));
  const watchdog = startWatchdog(folder);
  const data = path.join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(folder, account.uid, account.gid);
    chownSync(data, account.uid, account.gid);
  }
  return { folder, data, account, watchdog };
}

function clear(place: Place): void {
  rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 });
  place.watchdog.dismiss();
}

async function runServer(
  place: Place,
  found: Binaries & { kind: "found" },
): Promise<PostgresStart> {
  const child = await startIn(place, found.bin);
  child.unref();
  let stopping: Promise<void> | undefined;
  const shutDown = async (): Promise<void> => {
    child.kill("SIGINT");
    await untilExit(child);
    clear(place);
  };
  return {
    kind: "running",
    server: {
      adminUrl: `postgresql://postgres@127.0.0.1:${child.port}/postgres`,
      origin: found.origin,
      stop: async () => {
        stopping ??= shutDown();
        await stopping;
      },
    },
  };
}

/** Starts a private server on a free port (about 0.7 s); it outlives neither `stop` nor this process. */
export async function startPostgres(): Promise<PostgresStart> {
  const place = preparePlace();
  const found = findBinaries(place.account, place.folder);
  if (found.kind === "missing") {
    clear(place);
    return { kind: "unavailable", reason: found.reason };
  }
  try {
    return await runServer(place, found);
  } catch (error) {
    clear(place);
    return { kind: "unavailable", reason: error instanceof Error ? error.message : String(error) };
  }
}
