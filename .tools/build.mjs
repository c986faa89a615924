#!/usr/bin/env node
/**
 * Compiles src, adapters and entities into dist, copies their data files beside the output, and
 * builds the pages of the console (src/console/web) into dist/console with Vite. Each of the two
 * parts has its own stamp, so that a changed page does not compile the server, nor the other way.
 *
 *   node .tools/build.mjs               always compiles
 *   node .tools/build.mjs --if-needed   returns at once when dist is as new as the sources
 *
 * Progress goes to stderr, so that the output of the program started afterwards stays clean.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const DIST = path.join(ROOT, "dist");
const STAMP = path.join(DIST, ".build-stamp.json");
const BUILD_INFO = path.join(DIST, ".tsbuildinfo");
const LOCK = path.join(DIST, ".build.lock");
const MAIN = path.join(DIST, "src", "cli", "main.js");
const ROOMS = ["src", "adapters", "entities"];
/** Files outside the rooms that decide what the compiler writes. */
const SETTINGS = ["tsconfig.json", "package.json", ".tools/build.mjs"];
/** The pages: Vite's part, not the compiler's. */
const WEB = path.join("src", "console", "web") + path.sep;
const WEB_CONFIG = path.join(ROOT, WEB, "vite.config.ts");
const WEB_INDEX = path.join(DIST, "console", "index.html");
const WEB_STAMP = path.join(DIST, ".console-stamp.json");
/** What the pages are made of besides their own folder. */
const WEB_GROUND = /^(?:src[\\/](?:console|i18n|shared)[\\/]|entities[\\/]vocabulary\.ts$)/;
const LOCK_PATIENCE_MS = 180_000;
const LOCK_LOOK_MS = 100;

const say = (text) => process.stderr.write(`build: ${text}\n`);
const isPage = (file) => file.startsWith(WEB);
const isSource = (file) => file.endsWith(".ts") && !file.endsWith(".d.ts");
const isAsset = (file) => !/\.(?:ts|mts|cts|tsx|md)$/.test(file);

/** Only the trainer reads the talk that the models learned from. */
const TRAINING_TALK = path.join("src", "complaints", "training", "corpus") + path.sep;
const isTrainingTalk = (file) => file.startsWith(TRAINING_TALK);

/** Every file below a folder, relative to the repository, in a fixed order; dotfiles are left out. */
function listFiles(folder, found = []) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) listFiles(full, found);
    else found.push(path.relative(ROOT, full));
  }
  return found;
}

/** The files of each part; both are built anew when a setting says something else. */
function inputs() {
  const files = ROOMS.flatMap((room) => listFiles(path.join(ROOT, room)));
  return {
    server: [...files.filter((file) => !isPage(file) && !isTrainingTalk(file)), ...SETTINGS].sort(),
    pages: [...files.filter((file) => isPage(file) || WEB_GROUND.test(file)), ...SETTINGS].sort(),
  };
}

/** A cheap look (path, size, time of change): equal means nothing was touched since the stamp. */
function quickPrint(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = statSync(path.join(ROOT, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** The careful look (path, content): equal means that touched files still say the same. */
function contentPrint(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function readStamp(place) {
  try {
    return JSON.parse(readFileSync(place, "utf8"));
  } catch {
    return undefined;
  }
}

function writeStamp(place, files) {
  const stamp = { quick: quickPrint(files), content: contentPrint(files) };
  writeFileSync(place, `${JSON.stringify(stamp)}\n`);
}

/** True when the output belongs to the sources as they are now. */
function isFresh({ stamp: place, files, output }) {
  const stamp = readStamp(place);
  if (stamp === undefined || !existsSync(output)) return false;
  if (stamp.quick === quickPrint(files)) return true;
  if (stamp.content !== contentPrint(files)) return false;
  writeStamp(place, files);
  return true;
}

/** What is built: the server, and the pages where there are any. */
function partsOf({ server, pages }) {
  return [
    { stamp: STAMP, files: server, output: MAIN, build: buildServer },
    ...(existsSync(WEB_CONFIG)
      ? [{ stamp: WEB_STAMP, files: pages, output: WEB_INDEX, build: buildPages }]
      : []),
  ];
}

/** A program of a dev package; undefined when it is not installed. */
function findProgram(name, ...place) {
  try {
    const home = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return path.join(home, ...place);
  } catch {
    return undefined;
  }
}

const findCompiler = () => findProgram("typescript", "lib", "tsc.js");

const outputOf = (file) => path.join(DIST, isSource(file) ? file.replace(/\.ts$/, ".js") : file);

/** Drops output whose source is gone, so that a deleted file cannot live on in dist. */
function prune(files) {
  const wanted = new Set();
  for (const file of files) {
    const output = outputOf(file);
    wanted.add(output);
    if (isSource(file)) wanted.add(`${output}.map`);
  }
  for (const room of ROOMS) {
    for (const file of listFiles(path.join(DIST, room))) {
      const full = path.join(ROOT, file);
      if (!wanted.has(full)) rmSync(full);
    }
  }
}

function runs(...command) {
  // Compilers report on stdout; our stdout belongs to the program that starts afterwards.
  const result = spawnSync(process.execPath, command, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  return result.status === 0;
}

const compile = (compiler) => runs(compiler, "-p", path.join(ROOT, "tsconfig.json"));

function buildPages(files) {
  const bundler = findProgram("vite", "bin", "vite.js");
  if (bundler === undefined) {
    say("Vite is not installed: run `npm ci` (with dev packages) once.");
    return false;
  }
  const began = performance.now();
  say("building the pages of the console …");
  rmSync(WEB_STAMP, { force: true });
  if (!runs(bundler, "build", "--config", WEB_CONFIG, "--logLevel", "warn")) {
    say("stopped: the pages could not be built.");
    return false;
  }
  writeStamp(WEB_STAMP, files);
  say(`pages done in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return true;
}

function buildServer(files) {
  const compiler = findCompiler();
  const began = performance.now();
  const sources = files.filter(isSource);
  say(`compiling ${sources.length} files …`);
  rmSync(STAMP, { force: true });
  // An incremental build writes only what changed: it cannot replace output that somebody deleted.
  if (sources.some((file) => !existsSync(outputOf(file)))) rmSync(BUILD_INFO, { force: true });
  if (!compile(compiler)) {
    say("stopped: the compiler found the faults above.");
    return false;
  }
  prune(files);
  const assets = files.filter((file) => isAsset(file) && !SETTINGS.includes(file));
  for (const asset of assets) {
    mkdirSync(path.dirname(outputOf(asset)), { recursive: true });
    copyFileSync(path.join(ROOT, asset), outputOf(asset));
  }
  if (existsSync(MAIN)) chmodSync(MAIN, 0o755);
  writeStamp(STAMP, files);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`done in ${seconds} s; data files copied: ${assets.length}.`);
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function tryLock() {
  try {
    const handle = openSync(LOCK, "wx");
    writeFileSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function dropDeadLock() {
  try {
    const pid = Number(readFileSync(LOCK, "utf8"));
    if (pid > 0 && !isAlive(pid)) rmSync(LOCK, { force: true });
  } catch {
    // The other build finished between our two looks.
  }
}

function unlock() {
  rmSync(LOCK, { force: true });
}

/** Two builds at once would read each other's half-written files: the second one waits. */
function withLock(work) {
  mkdirSync(DIST, { recursive: true });
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  while (!tryLock()) {
    if (performance.now() > deadline) {
      say(
        `another build holds ${path.relative(ROOT, LOCK)} for too long; delete that file and try again.`,
      );
      return false;
    }
    dropDeadLock();
    Atomics.wait(sleeper, 0, 0, LOCK_LOOK_MS);
  }
  process.once("exit", unlock);
  try {
    return work();
  } finally {
    unlock();
    // By the time we exit the lock may be another build's.
    process.off("exit", unlock);
  }
}

function run(ifNeeded) {
  const sourcesPresent = ROOMS.every((room) => existsSync(path.join(ROOT, room)));
  const stale = () => partsOf(inputs()).filter((part) => !ifNeeded || !isFresh(part));
  if (sourcesPresent && stale().length === 0) return true;
  if (findCompiler() === undefined || !sourcesPresent) {
    if (existsSync(MAIN)) {
      say("no compiler installed here; using dist as it is.");
      return true;
    }
    say("TypeScript is not installed and dist is missing: run `npm ci` (with dev packages) once.");
    return false;
  }
  // The build we waited for may have done our work: it is looked at again behind the lock.
  return withLock(() => stale().every((part) => part.build(part.files)));
}

process.exitCode = run(process.argv.includes("--if-needed")) ? 0 : 1;
