import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError, isAppError } from "#src/shared/app-error.js";
import { systemClock } from "#src/shared/clock.js";
import { openStore, type Store } from "#src/store/store.js";
import { auditKeyOf, readAuditKey } from "./audit-key.js";
import { currentEnvironment, loadConfig, storeLocation } from "./config.js";
import { lockDataFolder, prepareDataFolder } from "./data-folder.js";

/** The running service may be writing: so often and so long is it tried again. */
const TRIES = 20;
const REST_MS = 100;

/** The store of a folder, or of the configured database when no folder is named. */
export interface OpenData {
  readonly store: Store;
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens a data folder for writing: makes it, holds it alone, brings its schema up to date. */
export async function openDataFolder(folder: string): Promise<OpenData> {
  const path = resolve(folder);
  prepareDataFolder(path);
  const unlock = lockDataFolder(path);
  try {
    const store = await openStore(
      { dialect: "sqlite", file: join(path, "huiyin.sqlite") },
      { auditKey: auditKeyOf(path) },
    );
    await store.write((tx) => tx.lanes.freeAll());
    return {
      store,
      folder: path,
      close: async () => {
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Opens existing data for a look beside a running service, and changes nothing of it. Throws
 * `not-found` when there is none and `conflict` when an older version wrote it; a copy may be made of
 * any (`schema: "any"`).
 */
export async function openForReading(
  folder: string | undefined,
  { schema = "current" }: { readonly schema?: "current" | "any" } = {},
): Promise<OpenData> {
  const config = loadConfig({
    ...currentEnvironment(),
    ...(folder === undefined ? {} : { HUIYIN_DATA: folder }),
  });
  const location =
    folder === undefined ? storeLocation(config) : storeLocation({ ...config, databaseUrl: null });
  if (location.dialect === "sqlite" && !existsSync(location.file)) {
    throw new AppError(
      "not-found",
      `There is no data in ${config.dataFolder}. Run "huiyin replay" or "huiyin serve" first, or name another folder with --data.`,
    );
  }
  process.umask(0o077);
  const auditKey = readAuditKey(config.dataFolder);
  const store = await openStore(location, { schema, ...(auditKey === null ? {} : { auditKey }) });
  return { store, folder: config.dataFolder, close: () => store.close() };
}

/** Brings the schema of a folder, or of the configured database, up to date; returns what was mended, in words. */
export async function migrateData(folder: string | undefined): Promise<string> {
  const config = loadConfig(currentEnvironment());
  if (folder === undefined && config.databaseUrl !== null) {
    const store = await openStore({ dialect: "postgres", url: config.databaseUrl.reveal() });
    await store.close();
    return "The PostgreSQL schema is up to date.";
  }
  const data = await openDataFolder(folder ?? config.dataFolder);
  await data.close();
  return `The schema in ${data.folder} is up to date.`;
}

/** Does something beside a running service, again when that is just writing. */
export async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !isAppError(error, "store-busy")) throw error;
      await systemClock.sleep(REST_MS);
    }
  }
}
