import type { EntityMetadata, EntityTarget, ObjectLiteral, QueryRunner } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import type { Dialect } from "./data-source.js";
import { storeError } from "./store-error.js";
import { driverValue } from "./table-sql.js";

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
  #fault: Error | undefined;

  constructor(dialect: Dialect, runner: QueryRunner) {
    this.dialect = dialect;
    this.#runner = runner;
    this.#guard();
  }

  /** What TypeORM knows of an entity's table. */
  metadata(entity: EntityTarget<ObjectLiteral>): EntityMetadata {
    return this.#runner.connection.getMetadata(entity);
  }

  /** The first driver error of this transaction, if there was one: then nothing of it may be kept. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Takes the guard off: commit and roll-back are the store's own, and SQLite's runner is used again. */
  end(): void {
    Reflect.deleteProperty(this.#runner, "query");
  }

  #guard(): void {
    const original = this.#runner.query.bind(this.#runner);
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
    const result: unknown = await this.#runner.query(
      postgres ? placeholders(sql) : sql,
      // better-sqlite3 takes no booleans.
      postgres
        ? [...values]
        : values.map((value) => (typeof value === "boolean" ? Number(value) : value)),
    );
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
    const metadata = this.metadata(entity);
    const columns = metadata.columns.filter((column) => !column.isGenerated);
    const data = JSON.stringify(
      rows.map((row) => columns.map((column) => driverValue(column, row[column.propertyName]))),
    );
    const sql = insertStatement(this.dialect, metadata, columns, options);
    const result = await this.rows<{ written: string }>(sql, [data]);
    return options.returning === undefined ? [] : result.map((row) => row.written);
  }
}

function insertStatement(
  dialect: Dialect,
  metadata: EntityMetadata,
  columns: readonly ColumnMetadata[],
  options: { readonly onConflict: OnConflict; readonly returning?: string },
): string {
  const names = columns.map((column) => `"${column.databaseName}"`).join(", ");
  const source =
    dialect === "sqlite"
      ? `SELECT ${columns.map((_, index) => `json_extract(value, '$[${String(index)}]')`).join(", ")} FROM json_each(?) WHERE true`
      : `SELECT ${columns.map((column, index) => `(value ->> ${String(index)})::${postgresType(column)}`).join(", ")} FROM json_array_elements(?::json)`;
  const returning =
    options.returning === undefined ? "" : ` RETURNING "${options.returning}" AS "written"`;
  return `INSERT INTO "${metadata.tableName}" (${names}) ${source}${conflictClause(options.onConflict)}${returning}`;
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
