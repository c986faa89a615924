import { loadSqliteDriver } from "./driver.js";

/** What a copy of a SQLite store holds, so that a later copy of it can be compared. */
export interface CopyContents {
  /** Rows per table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The last migration that the copy knows; null for data of no version. */
  readonly schema: string | null;
  /** Where the chain of its audit ends; null before there was one. */
  readonly audit: { readonly entries: number; readonly mac: string } | null;
  /** Hashes of whoever was erased from it, with the time. */
  readonly erased: readonly { readonly id: string; readonly at: number }[];
}

/**
 * Reads what a copy holds, and changes nothing of it. Returns null for a file that is no database or
 * whose pages do not fit together (SQLite's quick check).
 */
export function contentsOf(file: string): CopyContents | null {
  const Driver = loadSqliteDriver();
  try {
    const handle = new Driver(file, { readonly: true });
    try {
      if (handle.pragma("quick_check", { simple: true }) !== "ok") return null;
      const all = (sql: string): unknown[][] => handle.prepare(sql).raw().all() as unknown[][];
      const tables = all(
        `SELECT "name" FROM sqlite_master WHERE type = 'table' AND "name" NOT LIKE 'sqlite_%' ORDER BY "name"`,
      ).map(([name]) => String(name));
      const has = (table: string): boolean => tables.includes(table);
      const [migration] = has("migrations")
        ? all(`SELECT "name" FROM "migrations" ORDER BY "timestamp" DESC, "id" DESC LIMIT 1`)
        : [];
      const [head] = has("audit_head") ? all(`SELECT "entries", "mac" FROM "audit_head"`) : [];
      return {
        rows: Object.fromEntries(
          tables.map((table) => [table, Number(all(`SELECT count(*) FROM "${table}"`)[0]?.[0])]),
        ),
        schema: migration === undefined ? null : String(migration[0]),
        audit: head === undefined ? null : { entries: Number(head[0]), mac: String(head[1]) },
        erased: has("erasure")
          ? all(`SELECT "id", "at" FROM "erasure" ORDER BY "id"`).map(([id, at]) => ({
              id: String(id),
              at: Number(at),
            }))
          : [],
      };
    } finally {
      handle.close();
    }
  } catch {
    return null;
  }
}
