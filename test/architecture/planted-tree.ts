import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "./source-files.js";

/** Path → content of one small file. */
export type Files = Readonly<Record<string, string>>;

const PACKAGES = [
  ...["typeorm", "pg", "natural", "hono", "croner", "commander", "zod"],
  ...["@slack/bolt", "wechaty", "@takumi-rs/core", "echarts", "@node-rs/argon2"],
];
const DEV_PACKAGES = ["vitest", "react", "@mantine/core"];

function packageFiles(name: string): Files {
  const home = `node_modules/${name}`;
  return {
    [`${home}/package.json`]: JSON.stringify({ name, version: "1.0.0", main: "./index.js" }),
    [`${home}/index.js`]: "exports.thing = 1;",
    [`${home}/index.d.ts`]: "export declare const thing: number;",
  };
}

function manifest(imports: unknown): string {
  const pins = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  return JSON.stringify({
    name: "planted",
    type: "module",
    imports,
    dependencies: pins(PACKAGES),
    devDependencies: pins(DEV_PACKAGES),
  });
}

/** Writes a throw-away repository with our import map and pretended packages; `remove` deletes it. */
export function plantTree(files: Files, imports: unknown): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-planted-"));
  const packages = [...PACKAGES, ...DEV_PACKAGES, "natural/lib/natural"].map(packageFiles);
  const written = [{ "package.json": manifest(imports) }, ...packages, files];
  for (const [file, content] of written.flatMap((part: Files) => Object.entries(part))) {
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A file of the repository, for settings that the planted tree shares with it. */
export function inRepository(file: string): string {
  return path.join(ROOT, file);
}
