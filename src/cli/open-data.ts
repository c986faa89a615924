import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadConfig, storeLocation } from "#src/app/config.js";
import { lockDataFolder, prepareDataFolder } from "#src/app/data-folder.js";
import { AppError } from "#src/shared/app-error.js";
import { openStore, type Store } from "#src/store/store.js";

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
    const store = await openStore({ dialect: "sqlite", file: join(path, "huiyin.sqlite") });
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

/** Opens existing data for a look beside a running service. Throws `not-found` when there is none. */
export async function openForReading(folder: string | undefined): Promise<OpenData> {
  const config = loadConfig({
    ...process.env,
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
  const store = await openStore(location);
  return { store, folder: config.dataFolder, close: () => store.close() };
}
