import { makeBackup, manifestOf, restoreBackup } from "#src/app/backup.js";
import { currentEnvironment, loadConfig } from "#src/app/config.js";
import { AppError } from "#src/shared/app-error.js";
import type { Output } from "./output.js";

/** Writes a consistent copy beside a running service, of data of any version, with its manifest. */
export async function backupData(
  file: string,
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  const { bytes, rows } = await makeBackup(file, options.data, Date.now());
  const count = Object.values(rows).reduce((sum, number) => sum + number, 0);
  output.say(
    `Copied ${String(count)} rows (${(bytes / 1_048_576).toFixed(1)} MB) to ${file}, described in ${manifestOf(file)}.`,
  );
  output.say("Keep audit.key of the data folder too, in another place than the copy.");
}

/** Puts a backup into a data folder that no service uses. */
export async function restoreData(
  file: string,
  options: { readonly data?: string; readonly replace: boolean },
  output: Output,
): Promise<void> {
  const config = loadConfig(currentEnvironment());
  if (options.data === undefined && config.databaseUrl !== null) {
    throw new AppError("usage", "restore puts back a SQLite copy; use pg_restore for PostgreSQL.", {
      remedy: "To restore into a folder, name it with --data.",
    });
  }
  const folder = options.data ?? config.dataFolder;
  const { replace } = options;
  const done = await restoreBackup({ file, folder, replace, now: Date.now() });
  output.say(`${done.folder} holds the data of ${done.at} again.`);
  if (done.erasedAgain > 0) {
    output.say(
      `${String(done.erasedAgain)} members had been erased since; they were erased from it again.`,
    );
  }
  if (done.replaced !== null) {
    output.say(`What was there before lies in ${done.replaced}; delete it when all is well.`);
  }
}
