import { migrateData } from "#src/app/open-data.js";
import type { Output } from "./output.js";

/** Brings the schema of a folder, or of the configured database, up to date. */
export async function migrateCommand(
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  output.say(await migrateData(options.data));
}
