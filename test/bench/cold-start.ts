import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { type Bench, rounded } from "./figure.js";
import { scratchFolder } from "./scratch-folder.js";

const ROUNDS = 5;
const LONGEST_MS = 30_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === "object" && address !== null ? address.port : 0),
      );
    });
  });
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** From spawning `huiyin serve` on a new folder to its first ready answer, ms. */
async function coldStart(): Promise<number> {
  const folder = scratchFolder();
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ["dist/src/cli/main.js", "serve"], {
    env: {
      ...process.env,
      HUIYIN_DATA: path.join(folder.path, "data"),
      HUIYIN_PORT: String(port),
      HUIYIN_LOG_LEVEL: "error",
      DATABASE_URL: "",
    },
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  while (!(await isReady(port))) {
    if (performance.now() - began > LONGEST_MS || child.exitCode !== null)
      throw new Error("the service did not become ready");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const ms = performance.now() - began;
  child.kill("SIGTERM");
  await ended;
  folder.remove();
  return ms;
}

function bareNode(): number {
  const began = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export const coldStartBench: Bench = async () => {
  const starts: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floors.push(bareNode());
    starts.push(await coldStart());
  }
  const value = median(starts);
  const floor = median(floors);
  return [
    {
      bench: "cold-start",
      value: rounded(value),
      unit: "ms",
      floor: rounded(floor),
      ratio: rounded(value / floor),
      goal: "<= 1500",
      met: value <= 1_500,
    },
  ];
};
