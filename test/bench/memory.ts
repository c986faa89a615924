import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bench, rounded } from "./figure.js";

const CHILD = fileURLToPath(new URL("./memory-child.js", import.meta.url));

export const memoryBench: Bench = async () => {
  const child = spawnSync(process.execPath, ["--expose-gc", CHILD], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.status !== 0) throw new Error(`the memory run ended with ${String(child.status)}`);
  const { early, late } = JSON.parse(child.stdout) as { early: number; late: number };
  const ratio = late / early;
  return [
    {
      bench: "memory",
      value: rounded(late),
      unit: "MiB",
      floor: rounded(early),
      ratio: rounded(ratio),
      goal: "ratio <= 1.15",
      met: ratio <= 1.15,
    },
    {
      bench: "memory-absolute",
      value: rounded(late),
      unit: "MiB",
      floor: null,
      ratio: null,
      goal: "<= 250",
      met: late <= 250,
    },
  ];
};
