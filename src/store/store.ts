import { AsyncLocalStorage } from "node:async_hooks";
import type { DataSource, QueryRunner } from "typeorm";
import { AppError } from "#src/shared/app-error.js";
import { createDataSource, type Dialect, type StoreLocation } from "./data-source.js";
import { RecentLines } from "./message-store.js";
import { migrate } from "./migrate.js";
import { Session } from "./session.js";
import { openError, storeError } from "./store-error.js";
import { type QueueName, Transaction } from "./transaction.js";

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

const inside = new AsyncLocalStorage<true>();

class TypeormStore implements Store {
  readonly dialect: Dialect;
  readonly #source: DataSource;
  readonly #listeners = new Set<(queues: ReadonlySet<QueueName>) => void>();
  /** On SQLite no other process writes, so the last commit is the truth. */
  readonly #recentLines: RecentLines | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: DataSource, dialect: Dialect) {
    this.#source = source;
    this.dialect = dialect;
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
    await this.#takeTurn(() => this.#source.query("VACUUM INTO ?", [file]));
  }

  async close(): Promise<void> {
    await this.#turn;
    if (this.#source.isInitialized) await this.#source.destroy();
  }

  /** On SQLite every caller shares one connection, so all take turns; on PostgreSQL they run side by side. */
  #run<Result>(work: (tx: Transaction) => Promise<Result>, commit: boolean): Promise<Result> {
    if (inside.getStore() === true) {
      throw new AppError("internal", "A transaction was opened inside another one.");
    }
    const once = (): Promise<Result> => inside.run(true, () => this.#transact(work, commit));
    return this.dialect === "sqlite" ? this.#takeTurn(once) : once();
  }

  #takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #transact<Result>(
    work: (tx: Transaction) => Promise<Result>,
    commit: boolean,
  ): Promise<Result> {
    const runner = this.#source.createQueryRunner();
    let session: Session | undefined;
    try {
      await this.#begin(runner);
      session = new Session(this.dialect, runner);
      const tx = new Transaction(session, this.#recentLines);
      const result = await work(tx);
      await tx.flush();
      if (session.fault !== undefined) throw session.fault;
      session.end();
      if (commit) {
        await runner.commitTransaction();
        tx.messages.share();
      } else await runner.rollbackTransaction();
      return result;
    } catch (error) {
      session?.end();
      // Without a session nothing was begun.
      if (session !== undefined) await rollBack(runner);
      throw isOurs(error) ? error : storeError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  async #begin(runner: QueryRunner): Promise<void> {
    try {
      await runner.connect();
      await runner.startTransaction();
    } catch (error) {
      throw storeError(error);
    }
  }
}

function isOurs(error: unknown): boolean {
  return (
    !(error instanceof Error) ||
    !/QueryFailedError|TypeORMError|SqliteError|DatabaseError/.test(error.name)
  );
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  try {
    await runner.rollbackTransaction();
  } catch {
    // SQLite may have rolled back by itself (disk full, read error), and its one runner still counts
    // the transaction that is gone: later ones would nest in it and never reach the disk. A new one,
    // rolled back at once, brings the count in step. On PostgreSQL the runner goes away.
    await runner.query("BEGIN").catch(() => undefined);
    await runner.rollbackTransaction().catch(() => undefined);
  }
}

/** Opens the store and brings its schema up to date. Throws `invalid-config` or `store-unavailable`. */
export async function openStore(
  location: StoreLocation,
  options: { readonly migrate?: boolean } = {},
): Promise<Store> {
  const source = createDataSource(location);
  try {
    await source.initialize();
    if (options.migrate !== false) await migrate(source, location.dialect);
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw openError(error);
  }
  return new TypeormStore(source, location.dialect);
}
