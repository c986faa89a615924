import type { ObjectLiteral } from "typeorm";
import type { Dialect } from "./data-source.js";
import type { TableShape } from "./table-shape.js";
import type { SqlPart } from "./table-sql.js";

/** What to do with a row whose unique key exists already. */
export type OnConflict =
  | { readonly kind: "fail" }
  | { readonly kind: "ignore" }
  | {
      readonly kind: "replace";
      readonly key: readonly string[];
      readonly columns: readonly string[];
    };

/** How rows are inserted, and which property of those that really were is told. */
export interface InsertRule {
  readonly onConflict: OnConflict;
  readonly returning?: string;
}

/** One connection to the database that runs one transaction after the other. */
export interface Connection {
  readonly dialect: Dialect;
  begin(): Promise<void>;
  commit(): Promise<void>;
  /** Ends the transaction, also one that the database took back by itself. */
  rollBack(): Promise<void>;
  /** Gives the connection back; nothing may be asked of it any more. */
  release(): Promise<void>;
  /** Runs one statement with `?` placeholders; the rows of SELECT or RETURNING. */
  rows(sql: string, values: readonly unknown[]): Promise<unknown[]>;
  /** Runs one statement that selects exactly the columns of a table, in their order; its rows as entities. */
  entities(
    shape: TableShape,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly ObjectLiteral[]>;
  /** Runs one statement that changes rows; how many it changed. */
  change(sql: string, values: readonly unknown[]): Promise<number>;
  /** Inserts rows; the values of `rule.returning` of those that were written. */
  insert(
    shape: TableShape,
    rows: readonly ObjectLiteral[],
    rule: InsertRule,
  ): Promise<readonly string[]>;
  /** The condition that a column has one of many values. */
  list(name: string, values: readonly unknown[]): SqlPart;
}

/** The end of an INSERT that says what a taken unique key means. */
export function conflictClause(rule: OnConflict): string {
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
