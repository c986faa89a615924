import { AuditEntry, AuditHead } from "#entities/index.js";
import {
  type AuditKey,
  CHAIN_START,
  ChainCheck,
  type ChainEnd,
  type ChainReport,
  chain,
  sealOf,
} from "./audit-chain.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Who did what to what. */
export interface AuditRecord {
  readonly at: number;
  readonly actorId: string;
  readonly act: string;
  readonly subject: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

const HEAD = "head";
/** Rows read at once when the chain is checked. */
const PAGE = 5_000;
const UNCHAINED = { place: null, salt: null, commitment: null, mac: null } as const;

/**
 * Who did what: rows are collected and chained just before the commit. On PostgreSQL the row of the
 * head is locked then, last of all rows, so that processes wait for one another and never in a circle.
 */
export class AuditStore {
  readonly rows: Table<AuditEntry>;
  readonly #heads: Table<AuditHead>;
  readonly #session: Session;
  readonly #key: AuditKey | undefined;
  #waiting: AuditRecord[] = [];

  constructor(session: Session, key: AuditKey | undefined) {
    this.#session = session;
    this.#key = key;
    this.rows = new Table(session, AuditEntry);
    this.#heads = new Table(session, AuditHead);
  }

  record(entry: AuditRecord): void {
    this.#waiting.push(entry);
  }

  /** Writes what was recorded; without a key the rows stand beside the chain. */
  async flush(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    const key = this.#key;
    let end = key === undefined ? CHAIN_START : await this.#lockHead();
    for (const entry of waiting) {
      const content = { ...entry, detail: entry.detail ?? {} };
      const next = key === undefined ? { link: UNCHAINED, end } : chain(key, end, content);
      await this.rows.insert({ seq: 0, ...content, ...next.link });
      end = next.end;
    }
    if (key === undefined) return;
    await this.#heads.update({ id: HEAD }, { ...end, seal: sealOf(key, end) });
  }

  /** Checks the whole chain; null without the key that sealed it. */
  async verify(): Promise<ChainReport | null> {
    if (this.#key === undefined) return null;
    const check = new ChainCheck(this.#key);
    const first = await this.rows.first({ place: { not: null } }, { order: { place: "asc" } });
    let reached = 0;
    for (let more = first !== null; more; ) {
      const rows = await this.rows.find(
        { place: { atLeast: reached + 1 } },
        { order: { place: "asc" }, limit: PAGE },
      );
      more = rows.every((row) => check.take(row)) && rows.length === PAGE;
      reached = rows.at(-1)?.place ?? reached;
    }
    if (first !== null) {
      const beside = await this.rows.count({ place: null, seq: { atLeast: first.seq } });
      if (beside > 0) check.foreign();
    }
    return check.finish(await this.#heads.first({ id: HEAD }));
  }

  async #lockHead(): Promise<ChainEnd> {
    const [row] = await this.#session.rows<{ entries: number | string; mac: string }>(
      `INSERT INTO "audit_head" ("id", "entries", "mac", "seal") VALUES (?, 0, '', '')
       ON CONFLICT ("id") DO UPDATE SET "id" = excluded."id" RETURNING "entries", "mac"`,
      [HEAD],
    );
    return row === undefined ? CHAIN_START : { entries: Number(row.entries), mac: row.mac };
  }
}
