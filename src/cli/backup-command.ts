import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openForReading } from "#src/app/open-data.js";
import { AppError } from "#src/shared/app-error.js";
import type { Output } from "./output.js";

/** Writes a consistent copy beside a running service, of data of any version. Refuses to overwrite. */
export async function backupData(
  file: string,
  options: { readonly data?: string },
  output: Output,
): Promise<void> {
  const target = resolve(file);
  if (existsSync(target)) throw new AppError("usage", `${target} exists already; name a new file.`);
  const data = await openForReading(options.data, { schema: "any" });
  try {
    await data.store.backup(target);
  } finally {
    await data.close();
  }
  output.say(`Copied to ${target}.`);
}
