import type { ObjectLiteral } from "typeorm";
import { type Connection, conflictClause, type InsertRule, type OnConflict } from "./connection.js";
import type { SqliteHandle, SqliteStatement } from "./driver.js";
import type { TableShape } from "./table-shape.js";
import type { SqlPart } from "./table-sql.js";

/** Statements that are kept prepared; the product has about two hundred. */
const MOST_PREPARED = 400;

/** A statement that stays prepared, and the names of the columns it answers with. */
interface Prepared {
  readonly statement: SqliteStatement;
  readonly reader: boolean;
  readonly fields: readonly string[];
}

/** The values of the rows that a statement answers with; none for a statement without an answer. */
function answer(
  { statement, reader }: Prepared,
  values: readonly unknown[],
): (readonly unknown[])[] {
  const given = values.map(bound);
  if (reader) return statement.all(...given) as (readonly unknown[])[];
  statement.run(...given);
  return [];
}

/** better-sqlite3 takes no booleans. */
function bound(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}

/**
 * The one connection of a SQLite store, straight on the driver: its statements are synchronous, so
 * that a transaction is over before the event loop turns, and each stays prepared.
 */
export class SqliteConnection implements Connection {
  readonly dialect = "sqlite";
  readonly #handle: SqliteHandle;
  readonly #prepared = new Map<string, Prepared>();
  readonly #inserts = new WeakMap<TableShape, Map<string, SqliteStatement>>();

  constructor(handle: SqliteHandle) {
    this.#handle = handle;
  }

  async begin(): Promise<void> {
    this.#prepare("BEGIN").statement.run();
  }

  async commit(): Promise<void> {
    this.#prepare("COMMIT").statement.run();
  }

  async rollBack(): Promise<void> {
    // A full disk or a read error may have rolled back already.
    if (this.#handle.inTransaction) this.#prepare("ROLLBACK").statement.run();
  }

  async release(): Promise<void> {
    // The next transaction uses it again.
  }

  async rows(sql: string, values: readonly unknown[]): Promise<unknown[]> {
    const prepared = this.#prepare(sql);
    return answer(prepared, values).map((raw) => {
      const row: Record<string, unknown> = {};
      for (const [index, field] of prepared.fields.entries()) row[field] = raw[index];
      return row;
    });
  }

  async entities(
    { columns }: TableShape,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly ObjectLiteral[]> {
    return answer(this.#prepare(sql), values).map((raw) => {
      const row: Record<string, unknown> = {};
      for (const [index, { property, decode }] of columns.entries())
        row[property] = decode(raw[index]);
      return row;
    });
  }

  async change(sql: string, values: readonly unknown[]): Promise<number> {
    return this.#prepare(sql).statement.run(...values.map(bound)).changes;
  }

  async insert(
    shape: TableShape,
    rows: readonly ObjectLiteral[],
    { onConflict, returning }: InsertRule,
  ): Promise<readonly string[]> {
    const statement = this.#insertInto(shape, onConflict);
    const written: string[] = [];
    const values: unknown[] = shape.written.map(() => null);
    for (const row of rows) {
      let index = 0;
      for (const { property, encode } of shape.written) {
        values[index] = bound(encode(row[property]));
        index += 1;
      }
      const { changes } = statement.run(...values);
      if (returning !== undefined && changes > 0) written.push(String(row[returning]));
    }
    return written;
  }

  list(name: string, values: readonly unknown[]): SqlPart {
    return {
      sql: `${name} IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(values.map(bound))],
    };
  }

  #insertInto(shape: TableShape, rule: OnConflict): SqliteStatement {
    let known = this.#inserts.get(shape);
    if (known === undefined) {
      known = new Map();
      this.#inserts.set(shape, known);
    }
    const clause = conflictClause(rule);
    let statement = known.get(clause);
    if (statement === undefined) {
      const names = shape.written.map((column) => column.name).join(", ");
      const marks = shape.written.map(() => "?").join(", ");
      statement = this.#handle.prepare(
        `INSERT INTO ${shape.table} (${names}) VALUES (${marks})${clause}`,
      );
      known.set(clause, statement);
    }
    return statement;
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#handle.prepare(sql);
    const { reader } = statement;
    // The driver builds its own objects slowly, each as a dictionary; arrays are put into form here.
    const prepared = {
      statement: reader ? statement.raw() : statement,
      reader,
      fields: reader ? statement.columns().map(({ name }) => name) : [],
    };
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > MOST_PREPARED) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    return prepared;
  }
}
