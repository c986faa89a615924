import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Envelope } from "#src/app/envelope.js";
import { type Rotation, tokenPlace } from "#src/app/sealed-tokens.js";
import { Secret } from "#src/shared/secret.js";
import { openStore, type Store } from "#src/store/store.js";

const PROCESS = fileURLToPath(new URL("./rotate-process.ts", import.meta.url));
/** Nine full batches of 500 and the look that finds no more: ten transactions, each killed in and after. */
const TOKENS = 4_500;
const TRANSACTIONS = 10;

const folder = mkdtempSync(join(tmpdir(), "huiyin-rotate-"));
const file = join(folder, "huiyin.sqlite");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function key(number: number): string {
  return `key-${String(number).padStart(32, "0")}`;
}

/** The keys of a round, newest first: every earlier one still stands behind. */
function keysOf(round: number): string {
  return Array.from({ length: round + 1 }, (_, index) => key(round - index)).join(",");
}

function envelopeOf(keys: string): Envelope {
  return new Envelope(new Secret(keys));
}

function rotate(
  keys: string,
  death: { readonly nth: number; readonly when: string } = { nth: 0, when: "" },
): Promise<{ readonly signal: string | null; readonly out: string }> {
  const args = ["--import", "tsx", "--conditions=source", PROCESS, file, keys];
  const child = spawn(process.execPath, [...args, String(death.nth), death.when]);
  let out = "";
  child.stdout.on("data", (text: Buffer) => {
    out += text.toString();
  });
  return new Promise((resolve) => {
    child.once("close", (_code, signal) => resolve({ signal, out }));
  });
}

/** How many tokens each key seals; throws when one does not open or is another than it was. */
async function checkAll(keys: string): Promise<{ readonly old: number; readonly fresh: number }> {
  const store = await openStore({ dialect: "sqlite", file });
  try {
    const envelope = envelopeOf(keys);
    const rows = await store.read((tx) => tx.installations.find({}));
    expect(rows).toHaveLength(TOKENS);
    let old = 0;
    for (const { id, sealedToken } of rows) {
      expect(envelope.open(sealedToken ?? "", tokenPlace(id))).toBe(`xoxb-${id}`);
      if (envelope.isOld(sealedToken ?? "")) old += 1;
    }
    return { old, fresh: TOKENS - old };
  } finally {
    await store.close();
  }
}

async function fill(store: Store): Promise<void> {
  const envelope = envelopeOf(key(0));
  const rows = Array.from({ length: TOKENS }, (_, index) => {
    const id = `i${String(index).padStart(6, "0")}`;
    return {
      id,
      platform: "slack",
      workspace: `T${String(index)}`,
      name: "",
      appId: "",
      botUserId: "",
      botId: "",
      sealedToken: envelope.seal(`xoxb-${id}`, tokenPlace(id)),
      scopes: [],
      installedBy: "",
      installedAt: 1,
      removedAt: null,
    };
  });
  for (let from = 0; from < rows.length; from += 500)
    await store.write((tx) => tx.installations.insertNew(rows.slice(from, from + 500), "id"));
}

beforeAll(async () => {
  const store = await openStore({ dialect: "sqlite", file });
  await fill(store);
  await store.close();
});

it("a rotation that is killed twenty times leaves every token readable, and is finished by the next", async () => {
  let halfWay = 0;
  let round = 0;
  for (const when of ["inside", "after"])
    for (let nth = 1; nth <= TRANSACTIONS; nth += 1) {
      round += 1;
      const keys = keysOf(round);
      const { signal } = await rotate(keys, { nth, when });
      expect(signal).toBe("SIGKILL");
      const { old, fresh } = await checkAll(keys);
      const batches = when === "after" ? nth : nth - 1;
      expect(fresh).toBe(Math.min(TOKENS, batches * 500));
      if (old > 0 && fresh > 0) halfWay += 1;
    }
  expect(round).toBe(20);
  expect(halfWay).toBe(16);
  const last = keysOf(round + 1);
  const { out } = await rotate(last);
  expect(JSON.parse(out) as Rotation).toEqual({ moved: TOKENS, current: 0, unopened: 0 });
  expect(await checkAll(key(round + 1))).toEqual({ old: 0, fresh: TOKENS });
  const again = await rotate(last);
  expect(JSON.parse(again.out) as Rotation).toEqual({ moved: 0, current: TOKENS, unopened: 0 });
}, 600_000);
