import path from "node:path";
import { loadSqliteDriver } from "#src/store/driver.js";
import { openStore } from "#src/store/store.js";
import { scratchFolder } from "./scratch-folder.js";

const PER_TRANSACTION = 100;

/** One table and the rows that go into it, values in the order of `columns`; null for no row. */
export interface RawTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly row: (index: number) => readonly unknown[] | null;
}

/**
 * The floor: raw better-sqlite3, prepared inserts into the same schema with the same pragmas, 100
 * messages per transaction. Returns messages per second.
 */
export async function rawInsertRate(tables: readonly RawTable[], count: number): Promise<number> {
  const folder = scratchFolder();
  const file = path.join(folder.path, "floor.sqlite");
  const store = await openStore({ dialect: "sqlite", file });
  await store.close();
  const Driver = loadSqliteDriver();
  const handle = new Driver(file);
  handle.pragma("journal_mode = WAL");
  handle.pragma("synchronous = FULL");
  handle.pragma("secure_delete = ON");
  handle.pragma("cache_size = -16000");
  const inserts = tables.map((table) => {
    const names = table.columns.map((column) => `"${column}"`).join(", ");
    const marks = table.columns.map(() => "?").join(", ");
    const statement = handle.prepare(`INSERT INTO "${table.name}" (${names}) VALUES (${marks})`);
    return (index: number): void => {
      const row = table.row(index);
      if (row !== null) statement.run(...row);
    };
  });
  const began = performance.now();
  for (let start = 0; start < count; start += PER_TRANSACTION) {
    handle.exec("BEGIN IMMEDIATE");
    for (let index = start; index < Math.min(count, start + PER_TRANSACTION); index += 1) {
      for (const insert of inserts) insert(index);
    }
    handle.exec("COMMIT");
  }
  const seconds = (performance.now() - began) / 1_000;
  handle.close();
  folder.remove();
  return count / seconds;
}

const START = 1_795_000_000_000;

/** The rows that one ordinary message leaves behind. */
export const MESSAGE_ROWS: readonly RawTable[] = [
  {
    name: "inbox_event",
    columns: [
      "eventKey",
      "fenceKey",
      "lane",
      "kind",
      "payload",
      "receivedAt",
      "state",
      "attempts",
      "reason",
    ],
    row: (index) => {
      const lane = `simulated/group-${String(index % 16)}`;
      return [
        `simulated/e${String(index)}`,
        `${lane}/message:m${String(index)}`,
        lane,
        "message",
        null,
        START + index,
        "done",
        0,
        null,
      ];
    },
  },
  {
    name: "message",
    columns: [
      "id",
      "groupId",
      "memberId",
      "role",
      "sentAt",
      "arrival",
      "polarity",
      "score",
      "complaint",
      "aspects",
      "severity",
      "text",
    ],
    row: (index) => [
      hex(index),
      hex(index % 16),
      hex(index % 64),
      "customer",
      START + index,
      index,
      0,
      0.02,
      0,
      "[]",
      null,
      "鸡蛋一板，放门卫可以吗",
    ],
  },
];

/** Two of the 24 lines of the bench's chat are complaints; each leaves its words and an entry with its case. */
const COMPLAINT_EVERY = 12;

/** The rows that the messages of the bench's chat leave behind. */
export const CHAT_ROWS: readonly RawTable[] = [
  ...MESSAGE_ROWS,
  {
    name: "case_message",
    columns: ["id", "caseId", "memberId", "part", "text", "at"],
    row: (index) =>
      index % COMPLAINT_EVERY === 0
        ? [
            hex(index),
            hex(index % 16),
            hex(index % 64),
            "report",
            "草莓下面一层都烂了",
            START + index,
          ]
        : null,
  },
  {
    name: "case_entry",
    columns: ["id", "caseId", "at", "actorId", "act", "fromState", "toState", "note"],
    row: (index) =>
      index % COMPLAINT_EVERY === 0
        ? [hex(index), hex(index % 16), START + index, hex(index % 64), "joined", null, null, null]
        : null,
  },
];

/** The rows that one vote leaves behind. */
export const VOTE_ROWS: readonly RawTable[] = [
  ...MESSAGE_ROWS.slice(0, 1),
  {
    name: "response",
    columns: [
      "id",
      "runId",
      "questionId",
      "memberId",
      "value",
      "numeric",
      "comment",
      "rating",
      "firstAnsweredAt",
      "answeredAt",
      "via",
      "messageKey",
      "earlier",
    ],
    row: (index) => [
      hex(index),
      "run",
      "q1",
      hex(index),
      "5",
      5,
      null,
      1,
      START,
      START,
      "reply",
      hex(index),
      "[]",
    ],
  },
];

/** Ids as the product makes them are 32 hex digits in no order. */
function hex(index: number): string {
  const mixed = BigInt.asUintN(64, BigInt(index + 1) * 0x9e3779b97f4a7c15n);
  const digits = mixed.toString(16).padStart(16, "0");
  return digits + digits;
}
