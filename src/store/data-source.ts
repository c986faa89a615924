import "reflect-metadata";
import { DataSource, type DataSourceOptions } from "typeorm";
import * as entities from "#entities/index.js";
import { loadSqliteDriver, type SqliteHandle } from "./driver.js";
import { postgresMigrations } from "./migrations/postgres.js";
import { sqliteMigrations } from "./migrations/sqlite.js";

export type Dialect = "sqlite" | "postgres";

/** Where the rows live: a SQLite file (or ":memory:"), or a PostgreSQL server by URL. */
export type StoreLocation =
  | { readonly dialect: "sqlite"; readonly file: string }
  | { readonly dialect: "postgres"; readonly url: string; readonly poolSize?: number };

/** Longest wait for somebody else's lock on the serving connection: the event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 250;

function prepareSqlite(handle: SqliteHandle): void {
  handle.pragma("journal_mode = WAL");
  // A power cut must not lose what a platform was told we have; batches make the sync cheap.
  handle.pragma("synchronous = FULL");
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  handle.pragma("foreign_keys = ON");
  handle.pragma("secure_delete = ON");
  handle.pragma("cache_size = -16000");
  handle.pragma("temp_store = MEMORY");
}

/** The TypeORM options for a location; entities and migrations included. */
export function dataSourceOptions(location: StoreLocation): DataSourceOptions {
  const shared = { entities: Object.values(entities), logging: false, synchronize: false } as const;
  if (location.dialect === "sqlite") {
    return {
      ...shared,
      type: "better-sqlite3",
      database: location.file,
      driver: loadSqliteDriver(),
      timeout: BUSY_TIMEOUT_MS,
      statementCacheSize: 400,
      prepareDatabase: (handle: SqliteHandle) => prepareSqlite(handle),
      migrations: sqliteMigrations,
      migrationsTransactionMode: "each",
    };
  }
  return {
    ...shared,
    type: "postgres",
    url: location.url,
    poolSize: location.poolSize ?? 8,
    parseInt8: true,
    connectTimeoutMS: 10_000,
    migrations: postgresMigrations,
    migrationsTransactionMode: "each",
    extra: {
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
      application_name: "huiyin",
    },
  };
}

/** A TypeORM data source for the location, not yet connected. */
export function createDataSource(location: StoreLocation): DataSource {
  return new DataSource(dataSourceOptions(location));
}
