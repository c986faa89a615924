import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inRepository } from "./planted-tree.js";

/**
 * Behaves as the build sees the compiler: writes what changed since its notes, fails on a fault.
 * The real one costs seconds a time; one test below uses it.
 */
const STAND_IN = `
const fs = require("node:fs"), path = require("node:path");
const notes = "dist/.tsbuildinfo";
const before = fs.existsSync(notes) ? JSON.parse(fs.readFileSync(notes, "utf8")) : {};
const after = {};
for (const room of ["src", "adapters", "entities"]) {
  for (const name of fs.readdirSync(room, { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const code = fs.readFileSync(path.join(room, name), "utf8");
    after[room + name] = code;
    if (code.includes("FAULT")) { console.log(name + ": a fault"); process.exitCode = 2; }
    if (before[room + name] === code) continue;
    const place = path.join("dist", room, name.replace(/ts$/, "js"));
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, code);
  }
}
fs.writeFileSync(notes, JSON.stringify(after));
`;

let folder = "";
const at = (file: string): string => path.join(folder, file);

function write(file: string, content: string): void {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), content);
}

function build(...options: string[]): { readonly status: number | null; readonly said: string } {
  const run = spawnSync(process.execPath, [at(".tools/build.mjs"), ...options], {
    encoding: "utf8",
  });
  expect(run.stdout).toBe("");
  return { status: run.status, said: run.stderr };
}

function start(): string {
  return spawnSync(process.execPath, [at("dist/src/cli/main.js")], { encoding: "utf8" }).stdout;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-build-"));
  for (const file of ["package.json", "tsconfig.json", ".tools/build.mjs"]) {
    cpSync(inRepository(file), at(file));
  }
  write("node_modules/typescript/package.json", "{}");
  write("node_modules/typescript/lib/tsc.js", STAND_IN);
  write(
    "src/cli/main.ts",
    '#!/usr/bin/env node\nimport { e } from "#entities/e.js";\nconsole.log(e);\n',
  );
  write("src/cli/words.jsonl", "{}\n");
  write("src/cli/notes.md", "not for dist\n");
  write("entities/e.ts", 'export const e = "echo";\n');
  write("adapters/a/a.ts", "export const a = 1;\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("builds a tree that runs, with its data files and without its prose", () => {
  rmSync(at("node_modules"), { recursive: true });
  symlinkSync(inRepository("node_modules"), at("node_modules"), "junction");
  write("entities/e.ts", 'export const e: string = "echo";\n');
  expect(build()).toMatchObject({ status: 0 });
  expect(start()).toBe("echo\n");
  expect(existsSync(at("dist/src/cli/words.jsonl"))).toBe(true);
  expect(existsSync(at("dist/src/cli/notes.md"))).toBe(false);
  accessSync(at("dist/src/cli/main.js"), constants.X_OK);
}, 300_000);

test("builds again only when a source says something else", () => {
  build();
  const first = statSync(at("dist/.build-stamp.json")).mtimeMs;
  expect(build("--if-needed")).toEqual({ status: 0, said: "" });
  expect(statSync(at("dist/.build-stamp.json")).mtimeMs).toBe(first);

  utimesSync(at("entities/e.ts"), new Date(), new Date(2e12));
  expect(build("--if-needed")).toEqual({ status: 0, said: "" });

  write("entities/e.ts", 'export const e = "other";\n');
  expect(build("--if-needed").said).toContain("compiling 3 files");
  expect(start()).toBe("other\n");
});

test("output of a deleted source does not live on", () => {
  build();
  rmSync(at("adapters/a/a.ts"));
  rmSync(at("src/cli/words.jsonl"));
  expect(build("--if-needed").status).toBe(0);
  expect(existsSync(at("dist/adapters/a/a.js"))).toBe(false);
  expect(existsSync(at("dist/src/cli/words.jsonl"))).toBe(false);
});

test("output that somebody deleted comes back", () => {
  build();
  rmSync(at("dist/entities/e.js"));
  expect(build().status).toBe(0);
  expect(start()).toBe("echo\n");
});

test("a fault in the code fails each build until it is mended", () => {
  build();
  write("entities/e.ts", "export const e = 1; // FAULT\n");
  expect(build("--if-needed").status).toBe(1);
  const again = build("--if-needed");
  expect(again.status).toBe(1);
  expect(again.said).toContain("e.ts: a fault");
});

test("without the compiler it uses dist, and without dist it says what to do", () => {
  build();
  rmSync(at("node_modules"), { recursive: true });
  write("entities/e.ts", 'export const e = "later";\n');
  expect(build("--if-needed").status).toBe(0);
  expect(start()).toBe("echo\n");

  rmSync(at("dist"), { recursive: true });
  const helpless = build("--if-needed");
  expect(helpless.status).toBe(1);
  expect(helpless.said).toContain("npm ci");
});

test("a lock left behind by a killed build is taken over", () => {
  write("dist/.build.lock", "999999999");
  expect(build().status).toBe(0);
  expect(existsSync(at("dist/.build.lock"))).toBe(false);
});
