import { spawnSync } from "node:child_process";
import path from "node:path";
import { BENCH_NAMES, type BenchName } from "./figure.js";

const MEASURE = "--measure";
const NO_SUCH_BENCH = 2;

function named(name: string | undefined): BenchName {
  const found = BENCH_NAMES.find((one) => one === name);
  if (found !== undefined) return found;
  process.stderr.write(`There is no bench ${String(name)}. Known: ${BENCH_NAMES.join(", ")}\n`);
  process.exit(NO_SUCH_BENCH);
}

/** Prints the figures of one bench; runs as a compiled program. */
async function measure(name: BenchName): Promise<boolean> {
  const { BENCHES } = await import("./measure.js");
  try {
    for (const figure of await BENCHES[name]()) process.stdout.write(`${JSON.stringify(figure)}\n`);
    return true;
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${name} could not be measured: ${words}\n`);
    return false;
  }
}

/** Compiles everything and measures each bench in a process of its own: no heap is another's. */
async function measureEach(names: readonly BenchName[]): Promise<boolean> {
  const { compileBenches } = await import("./compile.js");
  const main = path.join(compileBenches(), "main.js");
  let complete = true;
  for (const name of names) {
    process.stderr.write(`measuring ${name} …\n`);
    const done = spawnSync(process.execPath, ["--expose-gc", main, MEASURE, name], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    complete &&= done.status === 0;
  }
  return complete;
}

const [, , option, name] = process.argv;
const complete =
  option === MEASURE
    ? await measure(named(name))
    : await measureEach(option === undefined ? BENCH_NAMES : [named(name)]);
process.exit(complete ? 0 : 1);
