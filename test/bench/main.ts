import "reflect-metadata";
import { coldStartBench } from "./cold-start.js";
import { digestBench } from "./digest.js";
import type { Bench } from "./figure.js";
import { ingestBenches } from "./ingest.js";
import { memoryBench } from "./memory.js";
import { voteBench } from "./votes.js";

const BENCHES: readonly Bench[] = [
  ...ingestBenches,
  voteBench,
  digestBench,
  memoryBench,
  coldStartBench,
];

function wanted(argv: readonly string[]): readonly Bench[] {
  const flag = argv.indexOf("--only");
  if (flag < 0) return BENCHES;
  const name = argv[flag + 1];
  const found = BENCHES.filter((bench) => bench.name === name);
  if (found.length > 0) return found;
  const known = BENCHES.map((bench) => bench.name).join(", ");
  process.stderr.write(`There is no bench ${String(name)}. Known: ${known}\n`);
  process.exit(2);
}

let unmeasured = 0;
for (const bench of wanted(process.argv)) {
  process.stderr.write(`measuring ${bench.name} …\n`);
  try {
    for (const figure of await bench.measure()) process.stdout.write(`${JSON.stringify(figure)}\n`);
  } catch (error) {
    unmeasured += 1;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${bench.name} could not be measured: ${words}\n`);
  }
}
process.exit(unmeasured > 0 ? 1 : 0);
