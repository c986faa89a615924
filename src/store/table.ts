import type { EntityMetadata, EntityTarget, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import type { OnConflict, Session } from "./session.js";
import type { FindOptions, Where } from "./table-conditions.js";
import { columnOf, driverValue, hydrate, tailPart, wherePart } from "./table-sql.js";

/**
 * Rows of one entity inside one transaction, in plain terms: features use it without knowing TypeORM.
 * The statements are made from TypeORM's metadata and always the same text for the same question, so
 * that the drivers keep them prepared: measured at a fifth of the time of the query builder's.
 */
export class Table<Row extends ObjectLiteral> {
  readonly #session: Session;
  readonly #metadata: EntityMetadata;
  readonly #columns: readonly ColumnMetadata[];
  readonly #entity: EntityTarget<Row>;

  constructor(session: Session, entity: EntityTarget<Row>) {
    this.#session = session;
    this.#entity = entity;
    this.#metadata = session.metadata(entity);
    this.#columns = this.#metadata.columns;
  }

  async find(where: Where<Row>, options: FindOptions<Row> = {}): Promise<Row[]> {
    const names = this.#columns.map((column) => `"${column.databaseName}"`).join(", ");
    const condition = wherePart(this.#metadata, where);
    const tail = tailPart(this.#metadata, options);
    const rows = await this.#session.rows<Record<string, unknown>>(
      `SELECT ${names} FROM "${this.#metadata.tableName}" WHERE ${condition.sql}${tail.sql}`,
      [...condition.values, ...tail.values],
    );
    return rows.map((row) => hydrate(this.#columns, row) as Row);
  }

  async first(where: Where<Row>, options: FindOptions<Row> = {}): Promise<Row | null> {
    const [row] = await this.find(where, { ...options, limit: 1 });
    return row ?? null;
  }

  async count(where: Where<Row>): Promise<number> {
    const condition = wherePart(this.#metadata, where);
    const [row] = await this.#session.rows<{ count: number | string }>(
      `SELECT count(*) AS "count" FROM "${this.#metadata.tableName}" WHERE ${condition.sql}`,
      condition.values,
    );
    return Number(row?.count ?? 0);
  }

  /** The different values that a text column has among the rows that meet all conditions. */
  async distinct(property: keyof Row & string, where: Where<Row>): Promise<ReadonlySet<string>> {
    const condition = wherePart(this.#metadata, where);
    const name = columnOf(this.#metadata, property).databaseName;
    const rows = await this.#session.rows<{ value: string }>(
      `SELECT DISTINCT "${name}" AS "value" FROM "${this.#metadata.tableName}" WHERE ${condition.sql}`,
      condition.values,
    );
    return new Set(rows.map((row) => row.value));
  }

  /** Inserts one row; a taken unique key is a `conflict`. */
  async insert(row: Row): Promise<void> {
    await this.#session.bulk(this.#entity, [row], { onConflict: { kind: "fail" } });
  }

  /** Inserts rows whose keys are free and leaves the others; returns the values of `key` that were inserted. */
  async insertNew(rows: readonly Row[], key: keyof Row & string): Promise<ReadonlySet<string>> {
    if (rows.length === 0) return new Set();
    const written = await this.#session.bulk(this.#entity, rows, {
      onConflict: { kind: "ignore" },
      returning: key,
    });
    return new Set(written);
  }

  /** Inserts rows or replaces the given columns of those that exist. */
  async upsert(
    rows: readonly Row[],
    rule: Omit<Extract<OnConflict, { kind: "replace" }>, "kind">,
  ): Promise<void> {
    if (rows.length > 0) {
      await this.#session.bulk(this.#entity, rows, { onConflict: { kind: "replace", ...rule } });
    }
  }

  /** Changes the rows that meet all conditions; returns how many: the compare-and-set of the product. */
  async update(where: Where<Row>, patch: Partial<Row>): Promise<number> {
    const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
    if (changes.length === 0) return this.count(where);
    const sets = changes.map(([property, value]) => {
      const column = columnOf(this.#metadata, property);
      return { sql: `"${column.databaseName}" = ?`, value: driverValue(column, value) };
    });
    const condition = wherePart(this.#metadata, where);
    const rows = await this.#session.rows(
      `UPDATE "${this.#metadata.tableName}" SET ${sets.map((set) => set.sql).join(", ")} WHERE ${condition.sql} RETURNING 1 AS "changed"`,
      [...sets.map((set) => set.value), ...condition.values],
    );
    return rows.length;
  }

  async remove(where: Where<Row>): Promise<number> {
    const condition = wherePart(this.#metadata, where);
    const rows = await this.#session.rows(
      `DELETE FROM "${this.#metadata.tableName}" WHERE ${condition.sql} RETURNING 1 AS "removed"`,
      condition.values,
    );
    return rows.length;
  }
}
