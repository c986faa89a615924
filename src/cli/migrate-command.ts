import { loadConfig } from "#src/app/config.js";
import { openStore } from "#src/store/store.js";
import { openDataFolder } from "./open-data.js";
import type { Output } from "./output.js";

/** Brings the schema of a folder, or of the configured database, up to date. */
export async function migrateData(
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  const config = loadConfig(process.env);
  if (options.data === undefined && config.databaseUrl !== null) {
    const store = await openStore({ dialect: "postgres", url: config.databaseUrl.reveal() });
    await store.close();
    output.say("The PostgreSQL schema is up to date.");
    return;
  }
  const data = await openDataFolder(options.data ?? config.dataFolder);
  await data.close();
  output.say(`The schema in ${data.folder} is up to date.`);
}
