#!/usr/bin/env node
/**
 * Runs every check in order and goes on after a failure, so that one look shows all that is wrong.
 *
 *   node .tools/check.mjs                    all steps; "done" means that this passes
 *   node .tools/check.mjs --no-tests         all but the test suite
 *   node .tools/check.mjs --only=lint,walls  some steps by name
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const PRODUCT = ["src", "adapters", "entities"];
/** The crash test repeats its kill-and-look round this often; a plain `npm test` does fewer. */
const CRASH_ROUNDS = "50";

/** The script behind a package's command, so that no shell and no PATH is needed. */
function command(packageName, name = packageName) {
  const home = path.join(ROOT, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  return path.join(home, typeof bin === "string" ? bin : bin[name]);
}

const steps = [
  {
    name: "format",
    run: [command("@biomejs/biome", "biome"), "check", "--config-path=.biome.json"],
  },
  {
    name: "lint",
    // The folders are named: without a list the linter once walked into node_modules.
    run: [
      command("oxlint"),
      ...["-c", ".oxlintrc.json", "--type-aware", "--deny-warnings"],
      ...[...PRODUCT, "test", ".tools"],
    ],
  },
  { name: "types", run: [command("typescript", "tsc"), "-p", "tsconfig.json", "--noEmit"] },
  { name: "types-test", run: [command("typescript", "tsc"), "-p", "test/tsconfig.json"] },
  {
    name: "types-web",
    run: [command("typescript", "tsc"), "-p", "src/console/web/tsconfig.json"],
  },
  { name: "types-tools", run: [command("typescript", "tsc"), "-p", ".tools/tsconfig.json"] },
  {
    name: "walls",
    run: [
      command("dependency-cruiser", "depcruise"),
      ...["--config", ".dependency-cruiser.cjs", "--output-type", "err-long", ...PRODUCT],
    ],
  },
  { name: "dead-code", run: [command("knip")] },
  {
    name: "tests",
    run: [command("vitest"), "run", "--config", "test/vitest.config.ts", "--root", "."],
    environment: { HUIYIN_CRASH_ROUNDS: process.env.HUIYIN_CRASH_ROUNDS ?? CRASH_ROUNDS },
  },
];

function chosenSteps(options) {
  const only = options.find((option) => option.startsWith("--only="))?.slice("--only=".length);
  if (only === undefined) {
    return steps.filter((step) => step.name !== "tests" || !options.includes("--no-tests"));
  }
  const names = only.split(",");
  const unknown = names.filter((name) => steps.every((step) => step.name !== name));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(", ");
    throw new Error(`no step named ${unknown.join(", ")}; there are ${known}`);
  }
  return steps.filter((step) => names.includes(step.name));
}

/** Runs one step and tells whether it passed. */
function passes({ name, run, environment }) {
  console.log(`── ${name}`);
  const began = performance.now();
  const result = spawnSync(process.execPath, run, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const passed = result.status === 0;
  console.log(`── ${name}: ${passed ? "passed" : "FAILED"} in ${seconds} s\n`);
  return passed;
}

const failed = chosenSteps(process.argv.slice(2)).filter((step) => !passes(step));
if (failed.length > 0) {
  console.log(`check FAILED: ${failed.map((step) => step.name).join(", ")}`);
  process.exitCode = 1;
} else {
  console.log("check passed");
}
