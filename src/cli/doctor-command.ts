import { existsSync, statfsSync, statSync } from "node:fs";
import { currentEnvironment, loadConfig } from "#src/app/config.js";
import { listKeyUses } from "#src/app/key-tools.js";
import { openForReading } from "#src/app/open-data.js";
import { describeSecondOpinion } from "#src/app/second-opinion.js";
import { createComplaints } from "#src/app/tools.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import { systemClock } from "#src/shared/clock.js";
import type { ChainFault } from "#src/store/audit-chain.js";
import type { Store } from "#src/store/store.js";
import { EXIT } from "./exit-codes.js";
import { keyLine } from "./keys-command.js";
import type { Output } from "./output.js";

const LOW_DISK_BYTES = 200 * 1_048_576;
const NODE_WITHOUT_FIXES = 22;

/** Checks what can go wrong on a machine and tells how well the watch judges. Exit code 1 when something needs care. */
export async function doctor(options: { readonly data?: string }, output: Output): Promise<number> {
  const troubles = machineTroubles(options.data);
  const data = await openForReading(options.data);
  try {
    troubles.push(...(await queueTroubles(data.store)));
    troubles.push(...(await keyTroubles(options.data)));
    const audit = await auditState(data.store);
    troubles.push(...audit.troubles);
    await output.line(
      `Node ${process.versions.node}, ${data.store.dialect}, data in ${data.folder}`,
    );
    await output.line(audit.line);
    await output.line(await secondOpinion(data.store));
    for (const line of await judgement(data.store)) await output.line(line);
  } finally {
    await data.close();
  }
  for (const trouble of troubles) await output.line(`! ${trouble}`);
  await output.line(
    troubles.length === 0 ? "Nothing needs care." : `${String(troubles.length)} need care.`,
  );
  return troubles.length === 0 ? EXIT.ok : EXIT.failed;
}

function machineTroubles(folder: string | undefined): string[] {
  const troubles: string[] = [];
  const config = loadConfig({
    ...currentEnvironment(),
    ...(folder === undefined ? {} : { HUIYIN_DATA: folder }),
  });
  const major = Number(process.versions.node.split(".")[0]);
  if (major < NODE_WITHOUT_FIXES) {
    troubles.push(`Node ${process.versions.node} gets no more security fixes; run Node 24.`);
  }
  if (existsSync(config.dataFolder)) {
    const mode = statSync(config.dataFolder).mode & 0o077;
    if (mode !== 0 && process.platform !== "win32") {
      troubles.push(
        `Other users can look into the data folder; run chmod 700 ${config.dataFolder}`,
      );
    }
    const disk = statfsSync(config.dataFolder);
    if (disk.bavail * disk.bsize < LOW_DISK_BYTES)
      troubles.push("Less than 200 MB of disk are free where the data lives.");
  }
  return troubles;
}

/** Tokens that wait for `huiyin keys rotate`, or that no key opens. */
async function keyTroubles(folder: string | undefined): Promise<readonly string[]> {
  const uses = await listKeyUses(folder);
  return uses.filter(({ state }) => state !== "newest").map((use) => `${keyLine(use)}.`);
}

const AUDIT_FAULTS: Readonly<Record<ChainFault["kind"], (place: number) => string>> = {
  missing: (place) => `row ${String(place)} is missing or stands elsewhere`,
  changed: (place) =>
    `row ${String(place)} was changed, or audit.key is not the one that sealed it`,
  added: (place) => `rows were added without the key, the chain itself has ${String(place - 1)}`,
  cut: (place) => `rows were cut off after row ${String(place)}`,
  emptied: () => "more rows lost their content than members were erased",
};

/** Whether the audit is as it was written. */
async function auditState(
  store: Store,
): Promise<{ readonly line: string; readonly troubles: readonly string[] }> {
  const report = await store.read((tx) => tx.verifyAudit());
  if (report === null) return { line: "Audit: no key here, so it was not checked.", troubles: [] };
  const { entries, erased, fault } = report;
  if (fault !== null) {
    const what = AUDIT_FAULTS[fault.kind](fault.place);
    const trouble = `The audit is not as it was written: ${what}. Compare it with a backup.`;
    return { line: "Audit: broken.", troubles: [trouble] };
  }
  const without = erased === 0 ? "" : `, ${String(erased)} of them without an erased member`;
  return { line: `Audit: ${String(entries)} rows, unbroken${without}.`, troubles: [] };
}

async function queueTroubles(store: Store): Promise<readonly string[]> {
  const queues = await store.read((tx) => tx.queueHealth());
  const parked = await store.read((tx) =>
    tx.outbox.rows.find({ state: "parked" }, { order: { seq: "asc" }, limit: 20 }),
  );
  return [
    ...queues
      .filter((queue) => queue.parked > 0)
      .map((queue) => `${String(queue.parked)} rows of the ${queue.queue} are parked.`),
    ...parked.map(
      (row) =>
        `Not said: ${row.kind} message ${String(row.seq)} (${row.reason ?? "unknown reason"}). Staff release it in the chat: unsent ${String(row.seq)} retry, or drop.`,
    ),
  ];
}

function secondOpinion(store: Store): Promise<string> {
  const config = loadConfig(currentEnvironment());
  const day = localDay(systemClock.now(), config.timeZone);
  return describeSecondOpinion(config.secondOpinion, store, day);
}

/** Per group: precision over the last 100 decisions, and how far they moved the threshold. */
async function judgement(store: Store): Promise<readonly string[]> {
  const complaints = createComplaints({ detector: createDetector() });
  return store.read(async (tx) => {
    const groups = await tx.directory.groups.find(
      { purpose: "customers" },
      { order: { name: "asc" } },
    );
    const lines: string[] = [];
    for (const group of groups) {
      const health = await complaints.health(tx, group);
      const { precision, decisions, threshold, shippedThreshold } = health;
      const judged =
        precision === null
          ? "no decision yet"
          : `precision ${percent(precision.value)} (${percent(precision.low)}–${percent(precision.high)}) over the last ${String(decisions)} decisions`;
      const moved =
        threshold === shippedThreshold
          ? ""
          : `, threshold moved from ${shippedThreshold.toFixed(2)}`;
      lines.push(`${group.name}: ${judged}; threshold ${threshold.toFixed(2)}${moved}`);
    }
    return lines;
  });
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))}%`;
}
