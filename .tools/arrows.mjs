#!/usr/bin/env node
/**
 * Draws who imports whom, folder by folder, from the code as it is.
 *
 *   node .tools/arrows.mjs           prints the drawing
 *   node .tools/arrows.mjs --write   puts it between the markers of src/README.md
 *   node .tools/arrows.mjs --check   fails when src/README.md shows something else
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const README = path.join(ROOT, "src", "README.md");
const BEGIN = "<!-- arrows:start -->";
const END = "<!-- arrows:end -->";
const CRUISER = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
/** Everybody stands on these; their arrows would only hide the others. */
const GROUND = /^(?:src\/shared\/|entities\/vocabulary\.ts$)/;

function cruise() {
  const options = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const result = spawnSync(process.execPath, [CRUISER, ...options, "src", "adapters", "entities"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!result.stdout.startsWith("{")) throw new Error(`no drawing: ${result.stderr}`);
  return JSON.parse(result.stdout).modules;
}

/** The room of a file: src/<room>, adapters/<platform> or entities; undefined outside of them. */
function roomOf(file) {
  if (file.startsWith("entities/")) return "entities";
  return /^(?:src|adapters)\/[^/]+(?=\/)/.exec(file)?.[0];
}

/** One entry for each pair of rooms; `value` is true when at least one import is more than a type. */
function collectArrows(modules) {
  const arrows = new Map();
  for (const { source, dependencies } of modules) {
    for (const { resolved, dependencyTypes } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)];
      if (!from || !to || from === to || GROUND.test(resolved)) continue;
      const key = `${from} ${to}`;
      const value = !dependencyTypes.includes("type-only");
      arrows.set(key, { from, to, value: value || (arrows.get(key)?.value ?? false) });
    }
  }
  return [...arrows.keys()].sort().map((key) => arrows.get(key));
}

function draw(modules) {
  const arrows = collectArrows(modules);
  const id = (room) => room.replaceAll(/[^a-z]/g, "_");
  const rooms = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
  return [
    BEGIN,
    "",
    "Solid: imports code. Dashed: imports types only. Left out, because all may use them:",
    "`src/shared` and `entities/vocabulary.ts`. Drawn by `npm run arrows`.",
    "",
    "```mermaid",
    "flowchart LR",
    ...rooms.map((room) => `  ${id(room)}["${room}"]`),
    ...arrows.map(({ from, to, value }) => `  ${id(from)} ${value ? "-->" : "-.->"} ${id(to)}`),
    "```",
    "",
    END,
  ].join("\n");
}

/** The README with the present drawing between its markers. */
function withDrawing(text, drawing) {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`src/README.md lacks ${BEGIN} … ${END}`);
  return text.slice(0, begin) + drawing + text.slice(end + END.length);
}

function main(option) {
  const drawing = draw(cruise());
  if (option === undefined) {
    console.log(drawing);
    return 0;
  }
  if (!existsSync(README)) throw new Error("src/README.md is missing");
  const present = readFileSync(README, "utf8");
  const wanted = withDrawing(present, drawing);
  if (present === wanted) return 0;
  if (option === "--write") {
    writeFileSync(README, wanted);
    return 0;
  }
  console.error(
    `src/README.md shows other arrows than the code; run \`npm run arrows\`.\n${drawing}`,
  );
  return 1;
}

try {
  process.exitCode = main(process.argv[2]);
} catch (error) {
  console.error(`arrows: ${error.message}`);
  process.exitCode = 1;
}
