import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The three folders that make the product. */
export const PRODUCT = ["src", "adapters", "entities"] as const;

/** Every TypeScript file of these folders, relative to the repository, with forward slashes. */
export function sourceFiles(folders: readonly string[] = PRODUCT): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [folder, ...file.split(path.sep)].join("/")),
  );
}
