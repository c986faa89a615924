import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const manifest = z.object({ version: z.string() });

/** The folder of package.json; this file runs from src/app and from dist/src/app. */
function root(): string {
  const above = resolve(fileURLToPath(new URL(".", import.meta.url)), "../..");
  return basename(above) === "dist" ? resolve(above, "..") : above;
}

/** Where the build puts the pages of the console. */
export function consoleFolder(): string {
  return join(root(), "dist", "console");
}

/** The version of this installation. */
export function productVersion(): string {
  return manifest.parse(JSON.parse(readFileSync(join(root(), "package.json"), "utf8"))).version;
}
