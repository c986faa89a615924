#!/usr/bin/env node
/**
 * Starts the product as a newcomer does (`npm start`), takes the printed link, looks at the page and
 * at what the bot saw so far, and stops it as Ctrl-C would. Exit 1 tells which step went wrong.
 *
 *   node .tools/try-start.mjs
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const START_MS = 300_000;
const SEED_MS = 120_000;
const STOP_MS = 15_000;
const LINK = /(http:\/\/[^\s/]+)\/#\/in\?t=(\S+)/;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with `value()` as soon as it is not undefined; rejects with `what` after `ms`. */
async function until(what, ms, value) {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await value();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`${what}: waited ${ms / 1000} s in vain`);
    await pause(200);
  }
}

function start() {
  const child = spawn("npm", ["start", "--", "--no-open", "--port", "0"], {
    cwd: ROOT,
    // A group of its own: stopping npm alone would leave the program behind.
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const state = { child, output: "", ended: undefined };
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text) => {
    state.output += text;
    process.stdout.write(text);
  });
  child.once("exit", (code, signal) => {
    state.ended = { code, signal };
  });
  return state;
}

async function answer(response, what) {
  if (!response.ok) throw new Error(`${what} answered ${response.status}`);
  return response;
}

async function look(address, token) {
  const page = await (await answer(await fetch(`${address}/`), "the page")).text();
  if (!page.includes('id="root"')) throw new Error("the page is not the console");
  const claimed = await answer(
    await fetch(`${address}/api/v1/access/claim`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: address },
      body: JSON.stringify({ token }),
    }),
    "the one-time link",
  );
  const cookie = claimed.headers.getSetCookie()[0].split(";")[0];
  const ask = async (route) =>
    (
      await answer(await fetch(`${address}/api/v1/${route}`, { headers: { cookie } }), route)
    ).json();
  await until("the three weeks before today", SEED_MS, async () =>
    (await ask("simulator")).seeding === null ? true : undefined,
  );
  const { items } = await ask("cases?state=all&limit=50");
  if (items.length === 0) throw new Error("three weeks have passed without a complaint");
  process.stdout.write(`\ntry-start: signed in, ${items.length} cases in the list.\n`);
}

async function stop(state) {
  process.kill(-state.child.pid, "SIGTERM");
  await until("the end", STOP_MS, async () => state.ended);
}

const state = start();
try {
  const link = await until("the address", START_MS, async () => {
    if (state.ended !== undefined) throw new Error("the program ended by itself");
    return LINK.exec(state.output) ?? undefined;
  });
  await look(link[1], link[2]);
  await stop(state);
} catch (error) {
  process.stdout.write(`\ntry-start: ${error.message}\n`);
  if (state.ended === undefined && state.child.pid !== undefined) {
    process.kill(-state.child.pid, "SIGKILL");
  }
  process.exitCode = 1;
}
