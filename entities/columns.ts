import { Column, type ColumnOptions, PrimaryColumn } from "typeorm";

/** PostgreSQL hands a bigint over as text; instants and sequences fit a number exactly. */
const toNumber = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** Primary key made by us: text, its length checked where it comes in. */
export function IdColumn(): PropertyDecorator {
  return PrimaryColumn({ type: "varchar" });
}

/** Reference to another row by its id, or any other key-like text. */
export function KeyColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "varchar", ...options });
}

/** A short word out of a closed list; the list is checked where it is written. */
export function WordColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "varchar", ...options });
}

/** Text of any length. */
export function TextColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "text", ...options });
}

/** An instant as epoch milliseconds: same value and same order on both databases. */
export function InstantColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "bigint", transformer: toNumber, ...options });
}

/** A whole number that fits 32 bits. */
export function CountColumn(
  options: Pick<ColumnOptions, "nullable" | "default"> = {},
): PropertyDecorator {
  return Column({ type: "integer", ...options });
}

/** A fraction. */
export function RealColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "double precision", ...options });
}

/** Yes or no. */
export function FlagColumn(): PropertyDecorator {
  return Column({ type: "boolean" });
}

/** Structured data kept as JSON text; nothing queries inside it. */
export function JsonColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: "simple-json", ...options });
}
