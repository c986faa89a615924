import {
  And,
  type EntityTarget,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  Not,
  type ObjectLiteral,
} from "typeorm";
import type { QueryDeepPartialEntity } from "typeorm/query-builder/QueryPartialEntity.js";
import type { OnConflict, Session } from "./session.js";

/** A bound on a column, in plain words. */
export interface Bound<Value> {
  readonly atLeast?: Value;
  readonly above?: Value;
  readonly atMost?: Value;
  readonly below?: Value;
  readonly not?: Value | null;
}

/** Conditions that all hold: a value, null, one of a list, or bounds. */
export type Where<Row> = {
  readonly [Key in keyof Row]?:
    | Row[Key]
    | null
    | readonly NonNullable<Row[Key]>[]
    | Bound<NonNullable<Row[Key]>>;
};

export interface FindOptions<Row> {
  readonly order?: { readonly [Key in keyof Row]?: "asc" | "desc" };
  readonly limit?: number;
  readonly offset?: number;
}

function boundOperator(bound: Bound<unknown>): FindOperator<unknown> {
  const parts: FindOperator<unknown>[] = [];
  if (bound.atLeast !== undefined) parts.push(MoreThanOrEqual(bound.atLeast));
  if (bound.above !== undefined) parts.push(MoreThan(bound.above));
  if (bound.atMost !== undefined) parts.push(LessThanOrEqual(bound.atMost));
  if (bound.below !== undefined) parts.push(LessThan(bound.below));
  if (bound.not !== undefined) parts.push(bound.not === null ? Not(IsNull()) : Not(bound.not));
  const [first, ...rest] = parts;
  if (first === undefined) throw new TypeError("an empty bound selects nothing in particular");
  return rest.length === 0 ? first : And(first, ...rest);
}

function operator(value: unknown): unknown {
  if (value === null) return IsNull();
  if (Array.isArray(value)) return In(value);
  if (typeof value === "object") return boundOperator(value as Bound<unknown>);
  return value;
}

function conditions<Row>(where: Where<Row>): FindOptionsWhere<Row> {
  const entries = Object.entries(where).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, operator(value)]),
  ) as FindOptionsWhere<Row>;
}

/** Rows of one entity inside one transaction, in plain terms: features use it without knowing TypeORM. */
export class Table<Row extends ObjectLiteral> {
  readonly #session: Session;
  readonly #entity: EntityTarget<Row>;

  constructor(session: Session, entity: EntityTarget<Row>) {
    this.#session = session;
    this.#entity = entity;
  }

  async find(where: Where<Row>, options: FindOptions<Row> = {}): Promise<Row[]> {
    return this.#session.manager.find(this.#entity, {
      where: conditions(where),
      ...(options.order === undefined ? {} : { order: options.order as FindOptionsOrder<Row> }),
      ...(options.limit === undefined ? {} : { take: options.limit }),
      ...(options.offset === undefined ? {} : { skip: options.offset }),
    });
  }

  async first(where: Where<Row>, options: FindOptions<Row> = {}): Promise<Row | null> {
    const [row] = await this.find(where, { ...options, limit: 1 });
    return row ?? null;
  }

  async count(where: Where<Row>): Promise<number> {
    return this.#session.manager.count(this.#entity, { where: conditions(where) });
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
    if (rows.length > 0)
      await this.#session.bulk(this.#entity, rows, { onConflict: { kind: "replace", ...rule } });
  }

  /** Changes the rows that meet all conditions; returns how many: the compare-and-set of the product. */
  async update(where: Where<Row>, patch: Partial<Row>): Promise<number> {
    const result = await this.#session.manager.update(
      this.#entity,
      conditions(where),
      patch as QueryDeepPartialEntity<Row>,
    );
    return result.affected ?? 0;
  }

  async remove(where: Where<Row>): Promise<number> {
    const result = await this.#session.manager.delete(this.#entity, conditions(where));
    return result.affected ?? 0;
  }
}
