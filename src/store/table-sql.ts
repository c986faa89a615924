import type { Bound, FindOptions, Where } from "./table-conditions.js";
import { type Column, columnOf, type TableShape } from "./table-shape.js";

/** A piece of SQL with `?` placeholders, and the values that go there. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** How a database takes a list of any length as one value, so that the statement is always the same text. */
export type ListPart = (name: string, values: readonly unknown[]) => SqlPart;

const SIGNS = [
  ["atLeast", ">="],
  ["above", ">"],
  ["atMost", "<="],
  ["below", "<"],
] as const;

const EVERYTHING: SqlPart = { sql: "1 = 1", values: [] };
const NOTHING: SqlPart = { sql: "1 = 0", values: [] };

/** Lists up to this length are written out: their few lengths make few statements. */
const SHORT_LIST = 8;

function boundPart(name: string, bound: Bound<unknown>): SqlPart {
  const parts: string[] = [];
  const values: unknown[] = [];
  for (const [word, sign] of SIGNS) {
    const value = bound[word];
    if (value === undefined) continue;
    parts.push(`${name} ${sign} ?`);
    values.push(value);
  }
  if (bound.not === null) parts.push(`${name} IS NOT NULL`);
  else if (bound.not !== undefined) {
    parts.push(`${name} <> ?`);
    values.push(bound.not);
  }
  if (parts.length === 0) throw new TypeError("an empty bound selects nothing in particular");
  return { sql: parts.join(" AND "), values };
}

function conditionPart({ name, encode }: Column, value: unknown, list: ListPart): SqlPart {
  if (value === null) return { sql: `${name} IS NULL`, values: [] };
  if (Array.isArray(value)) {
    if (value.length === 0) return NOTHING;
    const values = value.map(encode);
    if (values.length > SHORT_LIST) return list(name, values);
    return { sql: `${name} IN (${values.map(() => "?").join(", ")})`, values };
  }
  if (typeof value === "object") return boundPart(name, value);
  return { sql: `${name} = ?`, values: [encode(value)] };
}

/** All conditions at once, as the inside of a WHERE. */
export function wherePart<Row>(shape: TableShape, where: Where<Row>, list: ListPart): SqlPart {
  let sql = "";
  const values: unknown[] = [];
  for (const [property, value] of Object.entries(where)) {
    if (value === undefined) continue;
    const part = conditionPart(columnOf(shape, property), value, list);
    sql = sql === "" ? part.sql : `${sql} AND ${part.sql}`;
    values.push(...part.values);
  }
  return sql === "" ? EVERYTHING : { sql, values };
}

/** ORDER BY, LIMIT and OFFSET. */
export function tailPart<Row>(shape: TableShape, options: FindOptions<Row>): SqlPart {
  const values: unknown[] = [];
  const keys = Object.entries(options.order ?? {}).map(
    ([property, way]) => `${columnOf(shape, property).name} ${way === "desc" ? "DESC" : "ASC"}`,
  );
  let sql = keys.length === 0 ? "" : ` ORDER BY ${keys.join(", ")}`;
  if (options.limit !== undefined) {
    sql += " LIMIT ?";
    values.push(options.limit);
  }
  if (options.offset !== undefined) {
    sql += options.limit === undefined ? " LIMIT 9223372036854775807 OFFSET ?" : " OFFSET ?";
    values.push(options.offset);
  }
  return { sql, values };
}
