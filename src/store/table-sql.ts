import type { EntityMetadata, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import type { Bound, FindOptions, Where } from "./table-conditions.js";

/** A piece of SQL with `?` placeholders, and the values that go there. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const SIGNS = [
  ["atLeast", ">="],
  ["above", ">"],
  ["atMost", "<="],
  ["below", "<"],
] as const;

const EVERYTHING: SqlPart = { sql: "1 = 1", values: [] };
const NOTHING: SqlPart = { sql: "1 = 0", values: [] };

/** The column of a property; a name that is none is a slip in our own code. */
export function columnOf(metadata: EntityMetadata, property: string): ColumnMetadata {
  const column = metadata.findColumnWithPropertyName(property);
  if (column === undefined) throw new TypeError(`${metadata.name} has no column ${property}`);
  return column;
}

/** A value as the drivers take it. */
export function driverValue(column: ColumnMetadata, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (column.type === "simple-json") return JSON.stringify(value);
  return value;
}

/** A value as it came from a driver, as the entity has it. */
function entityValue(column: ColumnMetadata, raw: unknown): unknown {
  if (raw === null || raw === undefined) return null;
  switch (column.type) {
    case "bigint":
    case "integer":
    case "double precision":
      return Number(raw);
    case "boolean":
      return raw === true || raw === 1;
    case "simple-json":
      return JSON.parse(raw as string);
    default:
      return raw;
  }
}

/** A row of a driver as an entity. */
export function hydrate(
  columns: readonly ColumnMetadata[],
  raw: Readonly<Record<string, unknown>>,
): ObjectLiteral {
  const row: Record<string, unknown> = {};
  for (const column of columns)
    row[column.propertyName] = entityValue(column, raw[column.databaseName]);
  return row;
}

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

function conditionPart(column: ColumnMetadata, value: unknown): SqlPart {
  const name = `"${column.databaseName}"`;
  if (value === null) return { sql: `${name} IS NULL`, values: [] };
  if (Array.isArray(value)) {
    if (value.length === 0) return NOTHING;
    return {
      sql: `${name} IN (${value.map(() => "?").join(", ")})`,
      values: value.map((one) => driverValue(column, one)),
    };
  }
  if (typeof value === "object") return boundPart(name, value);
  return { sql: `${name} = ?`, values: [driverValue(column, value)] };
}

/** All conditions at once, as the inside of a WHERE. */
export function wherePart<Row>(metadata: EntityMetadata, where: Where<Row>): SqlPart {
  const parts = Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => conditionPart(columnOf(metadata, property), value));
  if (parts.length === 0) return EVERYTHING;
  return {
    sql: parts.map((part) => part.sql).join(" AND "),
    values: parts.flatMap((part) => part.values),
  };
}

/** ORDER BY, LIMIT and OFFSET. */
export function tailPart<Row>(metadata: EntityMetadata, options: FindOptions<Row>): SqlPart {
  const values: unknown[] = [];
  const keys = Object.entries(options.order ?? {}).map(
    ([property, way]) =>
      `"${columnOf(metadata, property).databaseName}" ${way === "desc" ? "DESC" : "ASC"}`,
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
