import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { inRepository } from "./planted-tree.js";

const HEAD = `export type Status = "open" | "closed" | "parked";
export async function send(): Promise<boolean> { return Promise.resolve(true); }
`;
const NOW = "no-restricted-globals";

/** Rule → one line that must raise it. */
const faults: Readonly<Record<string, string>> = {
  "no-floating-promises": "export function a(): void { send(); }",
  "no-misused-promises":
    "export function b(l: string[]): void { l.forEach(async () => { await send(); }); }",
  "switch-exhaustiveness-check":
    'export function c(s: Status): number { switch (s) { case "open": return 1; } return 2; }',
  "no-explicit-any": "export function d(x: any): boolean { return x === 1; }",
  "no-unsafe-call": 'export const e: unknown = JSON.parse("1").run();',
  "only-throw-error": 'export function f(): void { throw "text"; }',
  "return-await":
    "export async function g(): Promise<boolean> { try { return send(); } catch { return false; } }",
  "no-non-null-assertion": "export const h = (o: { k?: string }): string => o.k!;",
  "no-process-env": 'export const i = process.env["X"];',
  "no-console": "console.log(1);",
  eqeqeq: "export const j = (o: unknown): boolean => o == 1;",
  "no-default-export": "export default 1;",
  "max-params": "export const k = (a: 1, b: 2, c: 3, d: 4, e: 5): number => a + b + c + d + e;",
  [NOW]: "export const l = (): number => Date.now();",
};

const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lintFaults(): string {
  const room = path.join(folder, "src", "surveys");
  mkdirSync(room, { recursive: true });
  const settings = { compilerOptions: { strict: true, lib: ["es2023"], target: "es2023" } };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
  // A copy, because the linter reads the folder names of overrides from where its settings lie.
  copyFileSync(inRepository(".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
  for (const [rule, line] of Object.entries(faults)) {
    writeFileSync(path.join(room, `${rule}.ts`), `${HEAD}${line}\n`);
  }
  writeFileSync(path.join(room, "BadName.ts"), HEAD);
  const oxlint = inRepository("node_modules/oxlint/bin/oxlint");
  const options = ["-c", ".oxlintrc.json", "--type-aware", "--format=unix", "src"];
  const run = spawnSync(process.execPath, [oxlint, ...options], { cwd: folder, encoding: "utf8" });
  return run.stdout;
}

const lines = lintFaults().split("\n");

test.each(Object.keys(faults))("the linter finds %s", (rule) => {
  const heard = lines.filter((line) => line.includes(`${rule}.ts:`));
  expect(heard.some((line) => line.includes(`(${rule})`))).toBe(true);
});

test("the linter wants kebab-case file names", () => {
  expect(lines.some((line) => line.includes("BadName.ts") && line.includes("filename-case"))).toBe(
    true,
  );
});
