import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lockDataFolder } from "#src/app/data-folder.js";
import { type OpenData, openDataFolder } from "#src/app/open-data.js";
import { AppError } from "#src/shared/app-error.js";

const MARK = "this-folder-is-a-demo";

/**
 * Opens a data folder that starts from nothing; only a folder that is the demo's own is ever emptied.
 * Throws `usage` when it holds other data, and `invalid-config` when a demo is running in it.
 */
export async function openFreshFolder(folder: string): Promise<OpenData> {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const files = readdirSync(path);
  if (files.length > 0 && !files.includes(MARK)) {
    throw new AppError("usage", `${folder} holds other data; name an empty folder with --data.`);
  }
  // Another demo may be living in it.
  if (existsSync(join(path, "huiyin.lock"))) lockDataFolder(path)();
  for (const file of files) rmSync(join(path, file), { recursive: true });
  writeFileSync(join(path, MARK), "Made by the demo, emptied at its next start.\n");
  return openDataFolder(path);
}
