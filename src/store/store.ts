import { AsyncLocalStorage } from "node:async_hooks";
import type { DataSource } from "typeorm";
import { AppError } from "#src/shared/app-error.js";
import type { AuditKey } from "./audit-chain.js";
import type { Connection } from "./connection.js";
import { createDataSource, type Dialect, type StoreLocation } from "./data-source.js";
import type { SqliteHandle } from "./driver.js";
import { RecentLines } from "./message-store.js";
import { migrate, requireCurrentSchema } from "./migrate.js";
import { PostgresConnection } from "./postgres-connection.js";
import { Session } from "./session.js";
import { SqliteConnection } from "./sqlite-connection.js";
import { openError, storeError } from "./store-error.js";
import { type QueueName, Transaction } from "./transaction.js";
import { Turns } from "./turns.js";

/** The one door to the data. */
export interface Store {
  readonly dialect: Dialect;
  /** Reads a consistent state; nothing can be changed. */
  read<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** One transaction: all of it or nothing. Awaits nothing but the database inside. */
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Calls back after each commit that gave a queue something to do. Returns how to stop. */
  onWake(listener: (queues: ReadonlySet<QueueName>) => void): () => void;
  /** A consistent copy of a SQLite store, made while it serves. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** The transaction that a call runs inside of, on PostgreSQL, where several run side by side. */
const inside = new AsyncLocalStorage<true>();

class TypeormStore implements Store {
  readonly dialect: Dialect;
  readonly #source: DataSource;
  readonly #listeners = new Set<(queues: ReadonlySet<QueueName>) => void>();
  /** On SQLite every caller shares one connection, so all take turns. */
  readonly #sqlite: SqliteConnection | undefined;
  readonly #turns = new Turns();
  /** On SQLite no other process writes, so the last commit is the truth. */
  readonly #recentLines: RecentLines | undefined;

  readonly #auditKey: AuditKey | undefined;

  constructor(source: DataSource, dialect: Dialect, auditKey: AuditKey | undefined) {
    this.#source = source;
    this.#auditKey = auditKey;
    this.dialect = dialect;
    this.#sqlite = dialect === "sqlite" ? new SqliteConnection(handleOf(source)) : undefined;
    this.#recentLines = dialect === "sqlite" ? new RecentLines() : undefined;
  }

  read<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#run(work, false);
  }

  async write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    let woken: ReadonlySet<QueueName> = new Set();
    const result = await this.#run((tx) => {
      woken = tx.woken;
      return work(tx);
    }, true);
    if (woken.size > 0) for (const listener of this.#listeners) listener(woken);
    return result;
  }

  onWake(listener: (queues: ReadonlySet<QueueName>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async backup(file: string): Promise<void> {
    if (this.dialect !== "sqlite") {
      throw new AppError("usage", "backup copies a SQLite file; use pg_dump for PostgreSQL.");
    }
    await this.#turns.take(() => this.#source.query("VACUUM INTO ?", [file]));
  }

  async close(): Promise<void> {
    await this.#turns.over();
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  #run<Result>(work: (tx: Transaction) => Promise<Result>, commit: boolean): Promise<Result> {
    const sqlite = this.#sqlite;
    if (sqlite !== undefined) return this.#turns.take(() => this.#transact(sqlite, work, commit));
    if (inside.getStore() === true) {
      throw new AppError("internal", "A transaction was opened inside another one.");
    }
    const connection = new PostgresConnection(this.#source.createQueryRunner());
    return inside.run(true, () => this.#transact(connection, work, commit));
  }

  async #transact<Result>(
    connection: Connection,
    work: (tx: Transaction) => Promise<Result>,
    commit: boolean,
  ): Promise<Result> {
    try {
      await begin(connection);
      const session = new Session(this.#source, connection);
      const tx = new Transaction(session, this.#recentLines, this.#auditKey);
      const result = await work(tx);
      await tx.flush();
      if (session.fault !== undefined) throw session.fault;
      if (commit) {
        await connection.commit();
        tx.messages.share();
      } else await connection.rollBack();
      return result;
    } catch (error) {
      await connection.rollBack().catch(() => undefined);
      throw isOurs(error) ? error : storeError(error);
    } finally {
      await connection.release().catch(() => undefined);
    }
  }
}

async function begin(connection: Connection): Promise<void> {
  try {
    await connection.begin();
  } catch (error) {
    throw storeError(error);
  }
}

function isOurs(error: unknown): boolean {
  return (
    !(error instanceof Error) ||
    !/QueryFailedError|TypeORMError|SqliteError|DatabaseError/.test(error.name)
  );
}

/** The driver's own handle, as TypeORM has opened it. */
function handleOf({ driver }: DataSource): SqliteHandle {
  if (!("databaseConnection" in driver)) throw new TypeError("not the driver of SQLite");
  return driver.databaseConnection as SqliteHandle;
}

/**
 * What happens to the schema on opening: it is brought up to date, it must be up to date already
 * (`conflict` when it is older), or it is left as it is for a copy of the whole.
 */
export type SchemaRule = "migrate" | "current" | "any";

export interface OpenOptions {
  /** `migrate` when absent. */
  readonly schema?: SchemaRule;
  /** Seals the audit; without it rows are written beside the chain and nothing can be checked. */
  readonly auditKey?: AuditKey;
}

/** Opens the store, with its schema up to date. Throws `invalid-config` or `store-unavailable`. */
export async function openStore(
  location: StoreLocation,
  options: OpenOptions = {},
): Promise<Store> {
  const source = createDataSource(location);
  try {
    await source.initialize();
    const { schema = "migrate" } = options;
    if (schema === "migrate") await migrate(source, location.dialect);
    else if (schema === "current") await requireCurrentSchema(source);
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw openError(error);
  }
  return new TypeormStore(source, location.dialect, options.auditKey);
}
