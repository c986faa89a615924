import { createRequire } from "node:module";
import { AppError } from "#src/shared/app-error.js";

const require = createRequire(import.meta.url);

/** A prepared statement of better-sqlite3. */
export interface SqliteStatement {
  /** True when it answers with rows. */
  readonly reader: boolean;
  run(...values: unknown[]): { readonly changes: number };
  all(...values: unknown[]): unknown[];
  /** Makes `all` answer with arrays of values instead of objects. */
  raw(): SqliteStatement;
  columns(): readonly { readonly name: string }[];
}

/** The part of better-sqlite3's database handle that the store touches directly. */
export interface SqliteHandle {
  readonly inTransaction: boolean;
  pragma(text: string, options?: { simple: boolean }): unknown;
  exec(sql: string): unknown;
  close(): unknown;
  prepare(sql: string): SqliteStatement;
  backup(file: string): Promise<unknown>;
}

type SqliteConstructor = new (
  file: string,
  options?: { readonly readonly?: boolean; readonly timeout?: number },
) => SqliteHandle;

/** Node-API 10, which better-sqlite3 13 is built for, came with Node 22.14; below it the binary would crash the process. */
function hasNodeApi10(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 14);
}

/**
 * The SQLite driver for the Node version that runs: the prebuilt Node-API build on 22.14 and newer,
 * the compiled one below. Throws `invalid-config` with the remedy when it cannot be loaded.
 */
export function loadSqliteDriver(nodeVersion: string = process.versions.node): SqliteConstructor {
  const name = hasNodeApi10(nodeVersion) ? "better-sqlite3-napi" : "better-sqlite3";
  try {
    const loaded: unknown = require(name);
    // Loading the package does not load its binary; the first handle does.
    const driver = loaded as SqliteConstructor;
    new driver(":memory:").close();
    return driver;
  } catch (cause) {
    throw new AppError(
      "invalid-config",
      `The SQLite driver (${name}) cannot be loaded on Node ${nodeVersion}. ` +
        "Install a C++ compiler and Python and run `npm ci` again, use Node 22.14 or newer, or set DATABASE_URL to a PostgreSQL server.",
      { cause },
    );
  }
}
