import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Store } from "#src/store/store.js";
import type { QueueHealth } from "#src/store/transaction.js";

/** What the service counts. Labels are closed lists: no names, no ids. */
export interface Metrics {
  readonly registry: Registry;
  accepted(outcome: "accepted" | "duplicate"): void;
  handled(count: number, ageMs: number): void;
  judged(complaint: boolean): void;
  sent(kind: string, waitedMs: number): void;
}

/** Counters and gauges of one process; queue depths are read from the store when they are asked for. */
export function createMetrics(store: Store, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const accepted = new Counter({
    name: "huiyin_events_total",
    help: "Platform events by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  const handled = new Counter({
    name: "huiyin_events_handled_total",
    help: "Events handled.",
    registers,
  });
  const age = new Histogram({
    name: "huiyin_event_age_seconds",
    help: "Time from storing an event to having handled it.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
    registers,
  });
  const judged = new Counter({
    name: "huiyin_verdicts_total",
    help: "Messages judged.",
    labelNames: ["complaint"],
    registers,
  });
  const sent = new Histogram({
    name: "huiyin_send_seconds",
    help: "Time from deciding to say something to having said it.",
    labelNames: ["kind"],
    buckets: [0.05, 0.25, 1, 5, 30, 300, 3_600],
    registers,
  });
  queueGauges(registers, store, now);
  return {
    registry,
    accepted: (outcome) => accepted.inc({ outcome }),
    handled: (count, ageMs) => {
      handled.inc(count);
      age.observe(Math.max(0, ageMs) / 1_000);
    },
    judged: (complaint) => judged.inc({ complaint: complaint ? "yes" : "no" }),
    sent: (kind, waitedMs) => sent.observe({ kind }, Math.max(0, waitedMs) / 1_000),
  };
}

function queueGauges(registers: Registry[], store: Store, now: () => number): void {
  const health = queueReader(store);
  new Gauge({
    name: "huiyin_queue_rows",
    help: "Rows per queue and state.",
    labelNames: ["queue", "state"],
    registers,
    async collect() {
      this.reset();
      for (const { queue, due, parked } of await health()) {
        this.set({ queue, state: "due" }, due);
        this.set({ queue, state: "parked" }, parked);
      }
    },
  });
  new Gauge({
    name: "huiyin_queue_oldest_seconds",
    help: "Age of the oldest row that waits, per queue.",
    labelNames: ["queue"],
    registers,
    async collect() {
      this.reset();
      for (const { queue, oldest } of await health())
        this.set({ queue }, oldest === null ? 0 : Math.max(0, now() - oldest) / 1_000);
    },
  });
}

/** Reads the queues once for both gauges of a scrape; while the store is away the other figures still show. */
function queueReader(store: Store): () => Promise<readonly QueueHealth[]> {
  let reading: Promise<readonly QueueHealth[]> | undefined;
  const read = async (): Promise<readonly QueueHealth[]> => {
    try {
      return await store.read((tx) => tx.queueHealth());
    } catch {
      return [];
    } finally {
      reading = undefined;
    }
  };
  return () => {
    reading ??= read();
    return reading;
  };
}
