import type { EntityManager, EntityTarget, ObjectLiteral, QueryRunner } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import type { Dialect } from "./data-source.js";
import { storeError } from "./store-error.js";

/** What to do with a row whose unique key exists already. */
export type OnConflict =
  | { readonly kind: "fail" }
  | { readonly kind: "ignore" }
  | {
      readonly kind: "replace";
      readonly key: readonly string[];
      readonly columns: readonly string[];
    };

const SQLITE_BATCH = 500;

function placeholders(sql: string): string {
  let index = 0;
  return sql.replaceAll("?", () => `$${String(++index)}`);
}

/** The value of a column as it goes to the driver inside a JSON array. */
function wireValue(column: ColumnMetadata, row: ObjectLiteral): unknown {
  const value: unknown = column.getEntityValue(row, true);
  if (value === undefined || value === null) return null;
  return column.type === "simple-json" ? JSON.stringify(value) : value;
}

function postgresType(column: ColumnMetadata): string {
  switch (column.type) {
    case "integer":
    case "bigint":
    case "boolean":
    case "double precision":
      return column.type;
    default:
      return "text";
  }
}

/**
 * One open transaction. Every statement goes through its query runner, which is dead after its first
 * driver error: an error that is swallowed must not turn the rest into separate commits.
 */
export class Session {
  readonly dialect: Dialect;
  readonly #runner: QueryRunner;
  readonly #original: QueryRunner["query"];
  #fault: Error | undefined;

  constructor(dialect: Dialect, runner: QueryRunner) {
    this.dialect = dialect;
    this.#runner = runner;
    this.#original = runner.query;
    this.#guard();
  }

  get manager(): EntityManager {
    return this.#runner.manager;
  }

  /** The first driver error of this transaction, if there was one: then nothing of it may be kept. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Takes the guard off: commit and roll-back are the store's own, and SQLite's runner is used again. */
  end(): void {
    this.#runner.query = this.#original;
  }

  #guard(): void {
    const original = this.#original.bind(this.#runner) as QueryRunner["query"];
    const guarded = async (...call: Parameters<QueryRunner["query"]>): Promise<unknown> => {
      if (this.#fault !== undefined) throw this.#fault;
      try {
        return (await original(...call)) as unknown;
      } catch (error) {
        this.#fault = storeError(error);
        throw this.#fault;
      }
    };
    this.#runner.query = guarded as QueryRunner["query"];
  }

  /** Runs one statement with `?` placeholders; the rows of SELECT or RETURNING, same shape on both databases. */
  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const postgres = this.dialect === "postgres";
    const result: unknown = await this.#runner.query(postgres ? placeholders(sql) : sql, [
      ...values,
    ]);
    if (!Array.isArray(result)) return [];
    // PostgreSQL answers UPDATE and DELETE with [rows, count].
    if (
      postgres &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === "number"
    ) {
      return result[0] as Row[];
    }
    return result as Row[];
  }

  /**
   * Writes many rows with one statement per chunk: the bulk path, within twice of the driver's limit.
   * Returns, for `ignore`, the given property of the rows that were really inserted.
   */
  async bulk<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    rows: readonly Row[],
    options: { readonly onConflict: OnConflict; readonly returning?: string },
  ): Promise<string[]> {
    const written: string[] = [];
    for (let start = 0; start < rows.length; start += SQLITE_BATCH) {
      const chunk = rows.slice(start, start + SQLITE_BATCH);
      const answer = await this.#bulkChunk(entity, chunk, options);
      written.push(...answer);
    }
    return written;
  }

  async #bulkChunk<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    rows: readonly Row[],
    options: { readonly onConflict: OnConflict; readonly returning?: string },
  ): Promise<string[]> {
    const metadata = this.manager.connection.getMetadata(entity);
    const columns = metadata.columns.filter((column) => !column.isGenerated);
    const data = JSON.stringify(rows.map((row) => columns.map((column) => wireValue(column, row))));
    const names = columns.map((column) => `"${column.databaseName}"`).join(", ");
    const source =
      this.dialect === "sqlite"
        ? `SELECT ${columns.map((_, index) => `json_extract(value, '$[${String(index)}]')`).join(", ")} FROM json_each(?) WHERE true`
        : `SELECT ${columns.map((column, index) => `(value ->> ${String(index)})::${postgresType(column)}`).join(", ")} FROM json_array_elements(?::json)`;
    const returning =
      options.returning === undefined ? "" : ` RETURNING "${options.returning}" AS "written"`;
    const sql = `INSERT INTO "${metadata.tableName}" (${names}) ${source}${conflictClause(options.onConflict)}${returning}`;
    const result = await this.rows<{ written: string }>(sql, [data]);
    return options.returning === undefined ? [] : result.map((row) => row.written);
  }
}

function conflictClause(rule: OnConflict): string {
  switch (rule.kind) {
    case "fail":
      return "";
    case "ignore":
      return " ON CONFLICT DO NOTHING";
    case "replace": {
      const key = rule.key.map((name) => `"${name}"`).join(", ");
      const sets = rule.columns.map((name) => `"${name}" = excluded."${name}"`).join(", ");
      return ` ON CONFLICT (${key}) DO UPDATE SET ${sets}`;
    }
  }
}
