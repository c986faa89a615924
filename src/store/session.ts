import type { DataSource, EntityTarget, ObjectLiteral } from "typeorm";
import type { Connection, InsertRule } from "./connection.js";
import type { Dialect } from "./data-source.js";
import { storeError } from "./store-error.js";
import { shapeOf, type TableShape } from "./table-shape.js";
import type { SqlPart } from "./table-sql.js";

/**
 * One open transaction. It is dead after the first driver error: an error that is swallowed must not
 * turn the rest into separate commits.
 */
export class Session {
  readonly dialect: Dialect;
  readonly #source: DataSource;
  readonly #connection: Connection;
  #fault: Error | undefined;

  constructor(source: DataSource, connection: Connection) {
    this.dialect = connection.dialect;
    this.#source = source;
    this.#connection = connection;
  }

  /** What is known of an entity's table. */
  shape(entity: EntityTarget<ObjectLiteral>): TableShape {
    return shapeOf(this.#source.getMetadata(entity));
  }

  /** The first driver error of this transaction, if there was one: then nothing of it may be kept. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Runs one statement with `?` placeholders; the rows of SELECT or RETURNING, same shape on both databases. */
  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return (await this.#connection.rows(sql, values)) as Row[];
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Runs one statement that selects the columns of a table, in their order; its rows as entities. */
  async entities(
    shape: TableShape,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly ObjectLiteral[]> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await this.#connection.entities(shape, sql, values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Runs one statement that changes rows; how many it changed. */
  async change(sql: string, values: readonly unknown[] = []): Promise<number> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await this.#connection.change(sql, values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Inserts rows; for `ignore`, the given property of those that were really inserted. */
  async insert(
    shape: TableShape,
    rows: readonly ObjectLiteral[],
    rule: InsertRule,
  ): Promise<readonly string[]> {
    if (this.#fault !== undefined) throw this.#fault;
    try {
      return await this.#connection.insert(shape, rows, rule);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** The condition that a column (quoted) has one of the values, however many there are. */
  list(name: string, values: readonly unknown[]): SqlPart {
    return this.#connection.list(name, values);
  }

  #failed(error: unknown): Error {
    this.#fault ??= storeError(error);
    return this.#fault;
  }
}
