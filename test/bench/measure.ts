import "reflect-metadata";
import { coldStartBench } from "./cold-start.js";
import { digestBench } from "./digest.js";
import type { Bench, BenchName } from "./figure.js";
import { ingestBench, latencyBench } from "./ingest.js";
import { liveFanOutBench } from "./live-fan-out.js";
import { memoryBench } from "./memory.js";
import { pageWeightBench } from "./page-weight.js";
import { voteBench } from "./votes.js";

/** How each bench is measured. */
export const BENCHES: Readonly<Record<BenchName, Bench>> = {
  ingest: ingestBench,
  "ingest-latency": latencyBench,
  votes: voteBench,
  // What only one bench needs is not in the memory of the others.
  slack: async () => (await import("./slack.js")).benchSlack(),
  digest: digestBench,
  card: async () => (await import("./card.js")).cardBench(),
  memory: memoryBench,
  "cold-start": coldStartBench,
  "page-weight": pageWeightBench,
  "live-fan-out": liveFanOutBench,
};
