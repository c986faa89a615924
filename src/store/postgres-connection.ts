import type { ObjectLiteral, QueryRunner } from "typeorm";
import { type Connection, conflictClause, type InsertRule } from "./connection.js";
import type { Column, TableShape } from "./table-shape.js";
import type { SqlPart } from "./table-sql.js";

/** Rows of one statement; more are written in several. */
const BATCH = 500;

function placeholders(sql: string): string {
  let index = 0;
  return sql.replaceAll("?", () => `$${String(++index)}`);
}

function castOf({ type }: Column): string {
  switch (type) {
    case "integer":
    case "bigint":
    case "boolean":
    case "double precision":
      return type;
    default:
      return "text";
  }
}

/** A connection of the pool, through TypeORM's query runner. */
export class PostgresConnection implements Connection {
  readonly dialect = "postgres";
  readonly #runner: QueryRunner;

  constructor(runner: QueryRunner) {
    this.#runner = runner;
  }

  async begin(): Promise<void> {
    await this.#runner.connect();
    await this.#runner.startTransaction();
  }

  async commit(): Promise<void> {
    await this.#runner.commitTransaction();
  }

  async rollBack(): Promise<void> {
    // A connection that is broken is not used again.
    if (this.#runner.isTransactionActive)
      await this.#runner.rollbackTransaction().catch(() => undefined);
  }

  async release(): Promise<void> {
    await this.#runner.release();
  }

  async rows(sql: string, values: readonly unknown[]): Promise<unknown[]> {
    const result = await this.#runner.query(placeholders(sql), [...values], true);
    return result.records as unknown[];
  }

  async entities(
    { columns }: TableShape,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly ObjectLiteral[]> {
    const rows = (await this.rows(sql, values)) as Readonly<Record<string, unknown>>[];
    return rows.map((raw) => {
      const row: Record<string, unknown> = {};
      for (const { property, field, decode } of columns) row[property] = decode(raw[field]);
      return row;
    });
  }

  async change(sql: string, values: readonly unknown[]): Promise<number> {
    const { affected } = await this.#runner.query(placeholders(sql), [...values], true);
    return affected ?? 0;
  }

  async insert(
    shape: TableShape,
    rows: readonly ObjectLiteral[],
    rule: InsertRule,
  ): Promise<readonly string[]> {
    const sql = insertStatement(shape, rule);
    const written: string[] = [];
    for (let start = 0; start < rows.length; start += BATCH) {
      const chunk = rows.slice(start, start + BATCH);
      const data = chunk.map((row) =>
        shape.written.map(({ property, encode }) => encode(row[property])),
      );
      const answer = (await this.rows(sql, [JSON.stringify(data)])) as { written: string }[];
      if (rule.returning !== undefined) written.push(...answer.map((row) => row.written));
    }
    return written;
  }

  list(name: string, values: readonly unknown[]): SqlPart {
    return { sql: `${name} = ANY(?)`, values: [values] };
  }
}

function insertStatement(shape: TableShape, { onConflict, returning }: InsertRule): string {
  const names = shape.written.map((column) => column.name).join(", ");
  const source = shape.written
    .map((column, index) => `(value ->> ${String(index)})::${castOf(column)}`)
    .join(", ");
  const told = returning === undefined ? "" : ` RETURNING "${returning}" AS "written"`;
  return `INSERT INTO ${shape.table} (${names}) SELECT ${source} FROM json_array_elements(?::json)${conflictClause(onConflict)}${told}`;
}
