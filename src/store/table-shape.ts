import type { EntityMetadata } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";

/** One column of a table: its name on both sides and how its values cross. */
export interface Column {
  /** Property of the entity. */
  readonly property: string;
  /** Name in the database. */
  readonly field: string;
  /** The same, quoted. */
  readonly name: string;
  readonly type: string;
  /** Filled by the database itself. */
  readonly isGenerated: boolean;
  /** A value of the entity as the drivers take it. */
  readonly encode: (value: unknown) => unknown;
  /** A value as it came from a driver, as the entity has it. */
  readonly decode: (raw: unknown) => unknown;
}

/** What the statements of one table are made from; read once from TypeORM's metadata. */
export interface TableShape {
  readonly name: string;
  /** Name in the database, quoted. */
  readonly table: string;
  readonly columns: readonly Column[];
  /** The columns that an insert names. */
  readonly written: readonly Column[];
  /** All columns, as the list of a SELECT. */
  readonly selected: string;
  readonly byProperty: ReadonlyMap<string, Column>;
}

const shapes = new WeakMap<EntityMetadata, TableShape>();

/** The shape of an entity's table. */
export function shapeOf(metadata: EntityMetadata): TableShape {
  let shape = shapes.get(metadata);
  if (shape === undefined) {
    shape = readShape(metadata);
    shapes.set(metadata, shape);
  }
  return shape;
}

/** The column of a property; a name that is none is a slip in our own code. */
export function columnOf(shape: TableShape, property: string): Column {
  const column = shape.byProperty.get(property);
  if (column === undefined) throw new TypeError(`${shape.name} has no column ${property}`);
  return column;
}

function readShape(metadata: EntityMetadata): TableShape {
  const columns = metadata.columns.map(readColumn);
  return {
    name: metadata.name,
    table: `"${metadata.tableName}"`,
    columns,
    written: columns.filter((column) => !column.isGenerated),
    selected: columns.map((column) => column.name).join(", "),
    byProperty: new Map(columns.map((column) => [column.property, column])),
  };
}

function readColumn(column: ColumnMetadata): Column {
  const type = typeof column.type === "string" ? column.type : "text";
  return {
    property: column.propertyName,
    field: column.databaseName,
    name: `"${column.databaseName}"`,
    type,
    isGenerated: column.isGenerated,
    encode: type === "simple-json" ? encodeJson : encodePlain,
    decode: decoderOf(type),
  };
}

function encodePlain(value: unknown): unknown {
  return value === undefined ? null : value;
}

function encodeJson(value: unknown): unknown {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function decoderOf(type: string): (raw: unknown) => unknown {
  switch (type) {
    // PostgreSQL hands a bigint over as text; instants and sequences fit a number exactly.
    case "bigint":
    case "integer":
    case "double precision":
      return (raw) => (typeof raw === "number" ? raw : present(raw, Number));
    case "boolean":
      return (raw) => present(raw, (value) => value === true || value === 1);
    case "simple-json":
      return (raw) => present(raw, (value) => JSON.parse(value as string));
    default:
      return (raw) => present(raw, (value) => value);
  }
}

function present(raw: unknown, read: (value: unknown) => unknown): unknown {
  return raw === null || raw === undefined ? null : read(raw);
}
