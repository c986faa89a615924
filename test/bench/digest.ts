import path from "node:path";
import { buildReport } from "#src/digests/report.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import { loadSqliteDriver } from "#src/store/driver.js";
import { openStore, type Store } from "#src/store/store.js";
import { type Bench, rounded } from "./figure.js";
import { MESSAGE_ROWS } from "./raw-insert.js";
import { scratchFolder } from "./scratch-folder.js";

const DAY = 86_400_000;
const START = Date.UTC(2026, 7, 20);
const DAYS = 90;
const WEEK_ROWS = 1_500;
const ROUNDS = 15;

/** A store where one group has the same busy week and all the others fill up to `rows` messages. */
async function filledStore(
  rows: number,
): Promise<{ readonly store: Store; readonly remove: () => void }> {
  const folder = scratchFolder();
  const file = path.join(folder.path, "huiyin.sqlite");
  const store = await openStore({ dialect: "sqlite", file });
  await store.write((tx) =>
    tx.directory.addGroup({
      id: "measured",
      platform: "simulated",
      externalId: "measured",
      name: "measured",
      purpose: "customers",
      language: "zh",
      timeZone: "Asia/Shanghai",
      staffGroupId: null,
      settings: {},
      createdAt: START,
      leftAt: null,
    }),
  );
  await store.close();
  fill(file, rows);
  return { store: await openStore({ dialect: "sqlite", file }), remove: folder.remove };
}

function fill(file: string, rows: number): void {
  const [, table] = MESSAGE_ROWS;
  if (table === undefined) throw new Error("the message table is not described");
  const Driver = loadSqliteDriver();
  const handle = new Driver(file);
  handle.pragma("synchronous = OFF");
  const names = table.columns.map((column) => `"${column}"`).join(", ");
  const insert = handle.prepare(
    `INSERT INTO "message" (${names}) VALUES (${table.columns.map(() => "?").join(", ")})`,
  );
  handle.exec("BEGIN");
  for (let index = 0; index < rows; index += 1) {
    const row = [...(table.row(index) ?? [])];
    const inWeek = index < WEEK_ROWS;
    row[1] = inWeek ? "measured" : `group-${String(index % 50)}`;
    row[4] = inWeek
      ? START + 80 * DAY + index * 400_000
      : START + Math.floor((index / rows) * DAYS * DAY);
    row[11] = null;
    insert.run(...row);
  }
  handle.exec("COMMIT");
  handle.close();
}

async function medianMs(store: Store): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await store.read(async (tx) => {
      const group = await tx.directory.groupById("measured");
      if (group === null) throw new Error("the measured group is not there");
      await buildReport(digestReadModel, tx, {
        group,
        from: "2026-11-08",
        to: "2026-11-14",
        audience: "staff",
        language: "zh",
        generatedAt: 0,
      });
    });
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

async function measured(rows: number): Promise<number> {
  const { store, remove } = await filledStore(rows);
  const ms = await medianMs(store);
  await store.close();
  remove();
  return ms;
}

export const digestBench: Bench = async () => {
  const small = await measured(100_000);
  const large = await measured(1_000_000);
  const ratio = large / small;
  return [
    {
      bench: "digest",
      value: rounded(large),
      unit: "ms",
      floor: rounded(small),
      ratio: rounded(ratio),
      goal: "ratio <= 1.2",
      met: ratio <= 1.2,
    },
  ];
};
