import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { AppError } from "#src/shared/app-error.js";
import { loadSqliteDriver, type SqliteHandle } from "#src/store/driver.js";

/** Nobody but the service's own user may read what customers wrote. */
const OTHERS = 0o077;

/**
 * Makes the data folder, for the service's user alone. Throws `invalid-config` with the remedy when it
 * cannot be written or others could read it.
 */
export function prepareDataFolder(folder: string): void {
  process.umask(OTHERS);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      "invalid-config",
      `The data folder ${folder} cannot be written. Give this user the right to it, or set HUIYIN_DATA to another folder.`,
      { cause },
    );
  }
  if (process.platform !== "win32" && (statSync(folder).mode & OTHERS) !== 0) {
    throw new AppError(
      "invalid-config",
      `Other users can look into the data folder. Run: chmod 700 ${folder}`,
    );
  }
}

/**
 * Holds the data folder for one process. The lock is the operating system's, so it ends with the
 * process however that dies. Throws `invalid-config` naming the holder when it is taken.
 */
export function lockDataFolder(folder: string): () => void {
  const file = join(folder, "huiyin.lock");
  const note = join(folder, "huiyin.pid");
  const Driver = loadSqliteDriver();
  let handle: SqliteHandle | undefined;
  try {
    handle = new Driver(file, { timeout: 0 });
    handle.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    handle?.close();
    throw lockError(folder, note, cause);
  }
  const held = handle;
  writeFileSync(note, String(process.pid));
  return () => {
    held.close();
  };
}

function lockError(folder: string, note: string, cause: unknown): AppError {
  const taken = cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY";
  if (!taken) {
    return new AppError(
      "invalid-config",
      `The data folder ${folder} cannot be locked. Give this user the right to it, or set HUIYIN_DATA to another folder.`,
      { cause },
    );
  }
  const holder = existsSync(note) ? readFileSync(note, "utf8").trim() : "unknown";
  return new AppError(
    "invalid-config",
    `The data folder ${folder} is in use by process ${holder}. Stop it, or set HUIYIN_DATA to another folder.`,
  );
}
