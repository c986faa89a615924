import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const MAIN = path.join(ROOT, "dist/src/cli/main.js");
const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/#\/in\?t=([\w-]+)/;
const START_MS = 180_000;
const LOOK_MS = 200;

/** The owner's password of the service under test. */
export const PASSWORD = "correct horse battery staple";

/** A server under test. */
export interface Server {
  readonly address: string;
  readonly link: string;
  stop(): Promise<void>;
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`${what} did not come within ${START_MS / 1000} s`);
}

function start(command: readonly string[], environment: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-e2e-"));
  const child = spawn(process.execPath, [MAIN, ...command, ...dataOf(command, folder)], {
    cwd: folder,
    env: { ...process.env, HUIYIN_DATA: folder, HUIYIN_LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return { said: () => said, stop: () => end(child, folder), child };
}

function dataOf(command: readonly string[], folder: string): readonly string[] {
  return command[0] === "demo" ? ["--data", path.join(folder, "demo")] : [];
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Starts the demo as a newcomer does; resolves when the three weeks are played and the link is printed. */
export async function startDemo(): Promise<Server> {
  const { said, stop, child } = start(["demo", "--no-open", "--port", "0"], {});
  const [link, address] = await until("the link of the demo", async () => {
    if (child.exitCode !== null) throw new Error(`the demo ended: ${said()}`);
    return LINK.exec(said());
  });
  return { address: address ?? "", link, stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof place === "object" && place !== null ? place.port : 0;
}

/** Starts the service with an owner's password; resolves when it answers. */
export async function startService(): Promise<Server> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { stop, child } = start(["serve"], {
    HUIYIN_PORT: String(port),
    HUIYIN_OWNER_PASSWORD: PASSWORD,
  });
  await until("the service", async () => {
    if (child.exitCode !== null) throw new Error("the service ended");
    return fetch(`${address}/healthz`).then(
      (answer) => (answer.ok ? true : null),
      () => null,
    );
  });
  return { address, link: address, stop };
}
