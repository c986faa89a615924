import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeBackup, manifestOf, restoreBackup } from "#src/app/backup.js";
import { lockDataFolder } from "#src/app/data-folder.js";
import { openDataFolder } from "#src/app/open-data.js";
import { forgetMember } from "#src/app/tools.js";
import type { Store } from "#src/store/store.js";

const NOW = Date.parse("2026-11-22T08:00:00Z");
const CANARY = "钱塘金丝雀";

let root: string;
let folder: string;
let copy: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "huiyin-backup-"));
  folder = join(root, "data");
  copy = join(root, "copy.sqlite");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function inside<Result>(where: string, work: (store: Store) => Promise<Result>) {
  const data = await openDataFolder(where);
  try {
    return await work(data.store);
  } finally {
    await data.close();
  }
}

function member(id: string, createdAt: number) {
  return {
    id,
    platform: "simulated",
    externalId: `p-${id}`,
    name: `${CANARY}-${id}`,
    createdAt,
    mutedAt: null,
    optedOutAt: null,
    erasedAt: null,
  };
}

async function fill(store: Store): Promise<void> {
  await store.write(async (tx) => {
    await tx.directory.addMember(member("anna", NOW - 1_000));
    await tx.directory.addMember(member("bea", NOW - 1_000));
    await tx.record({ at: NOW, actorId: "anna", act: "case.confirm", subject: "case:1" });
  });
}

const names = (store: Store) =>
  store.read(async (tx) =>
    (await tx.directory.members.find({})).map(({ name }) => name).toSorted(),
  );

const restore = (more: { readonly replace?: boolean; readonly to?: string } = {}) =>
  restoreBackup({
    file: copy,
    folder: more.to ?? join(root, "restored"),
    replace: more.replace ?? false,
    now: NOW + 10_000,
  });

describe("a backup", () => {
  it("says what it holds, for its owner's eyes alone, and is made beside a service that writes", async () => {
    const made = await inside(folder, async (store) => {
      await fill(store);
      const writing = Array.from({ length: 40 }, (_, index) =>
        store.write((tx) => tx.directory.addMember(member(`more-${String(index)}`, NOW))),
      );
      const [described] = await Promise.all([makeBackup(copy, folder, NOW), ...writing]);
      return described;
    });
    expect(made).toMatchObject({ kind: "huiyin-backup", at: "2026-11-22T08:00:00.000Z" });
    expect(made.rows["member"]).toBeGreaterThanOrEqual(2);
    expect(made.audit?.entries).toBe(1);
    expect([copy, manifestOf(copy)].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
    await expect(makeBackup(copy, folder, NOW)).rejects.toThrow(/exists already/);
  });

  it("comes back whole, with an audit that still proves itself under the same key", async () => {
    await inside(folder, fill);
    await makeBackup(copy, folder, NOW);
    const to = join(root, "restored");
    expect(await restore({ to })).toMatchObject({ folder: to, erasedAgain: 0, replaced: null });
    writeFileSync(join(to, "audit.key"), readFileSync(join(folder, "audit.key")));
    await inside(to, async (store) => {
      expect(await names(store)).toEqual([`${CANARY}-anna`, `${CANARY}-bea`]);
      expect(await store.read((tx) => tx.verifyAudit())).toMatchObject({ entries: 1, fault: null });
    });
  });

  it("is refused when one byte of it changed, wherever that lies, and nothing is touched", async () => {
    await inside(folder, fill);
    await makeBackup(copy, folder, NOW);
    const whole = readFileSync(copy);
    for (const share of [0.01, 0.3, 0.5, 0.8, 0.999]) {
      const bytes = Buffer.from(whole);
      const place = Math.floor(bytes.length * share);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(copy, bytes);
      await expect(restore()).rejects.toMatchObject({ code: "conflict" });
    }
    expect(existsSync(join(root, "restored", "huiyin.sqlite"))).toBe(false);
  });

  it("is refused without its manifest, or with another one", async () => {
    await inside(folder, fill);
    await makeBackup(copy, folder, NOW);
    const text = readFileSync(manifestOf(copy), "utf8");
    const described = JSON.parse(text) as { rows: Record<string, number> };
    for (const other of [
      "{",
      "{}",
      text.replace(/"sha256": "./, '"sha256": "x'),
      JSON.stringify({ ...described, rows: { ...described.rows, member: 7 } }),
    ]) {
      writeFileSync(manifestOf(copy), other);
      await expect(restore()).rejects.toMatchObject({ code: "conflict" });
    }
    rmSync(manifestOf(copy));
    await expect(restore()).rejects.toMatchObject({ code: "not-found" });
  });

  it("is not put under a running service, nor over data unless told so, and then puts them aside", async () => {
    await inside(folder, fill);
    await makeBackup(copy, folder, NOW);
    await inside(folder, (store) =>
      store.write((tx) => tx.directory.addMember(member("later", NOW + 1))),
    );
    const unlock = lockDataFolder(folder);
    await expect(restore({ to: folder, replace: true })).rejects.toThrow(/in use by process/);
    unlock();
    await expect(restore({ to: folder })).rejects.toMatchObject({ code: "usage" });
    expect(await inside(folder, names)).toHaveLength(3);
    const { replaced } = await restore({ to: folder, replace: true });
    expect(await inside(folder, names)).toHaveLength(2);
    expect(existsSync(replaced ?? "")).toBe(true);
  });
});

describe("somebody who was erased after the backup", () => {
  it("is erased from it again, byte for byte, and nobody else is", async () => {
    await inside(folder, fill);
    await makeBackup(copy, folder, NOW);
    expect(readFileSync(copy).includes(`${CANARY}-anna`)).toBe(true);
    await inside(folder, (store) =>
      store.write((tx) =>
        forgetMember(tx, { memberId: "anna", tombstoneId: "tomb", at: NOW + 5_000 }),
      ),
    );
    const done = await restore({ to: folder, replace: true });
    expect(done.erasedAgain).toBe(1);
    expect(await inside(folder, names)).toEqual(["", `${CANARY}-bea`]);
    const left = ["huiyin.sqlite", "huiyin.sqlite-wal"].map((name) => join(folder, name));
    const bytes = left.filter((file) => existsSync(file)).map((file) => readFileSync(file));
    expect(bytes.some((part) => part.includes(`${CANARY}-anna`))).toBe(false);
    expect(bytes.some((part) => part.includes(`${CANARY}-bea`))).toBe(true);
  });

  it("stays when they came back before the backup was made", async () => {
    await inside(folder, async (store) => {
      await fill(store);
      await store.write((tx) =>
        forgetMember(tx, { memberId: "anna", tombstoneId: "tomb", at: NOW + 1 }),
      );
      await store.write((tx) => tx.directory.addMember(member("anna", NOW + 100)));
    });
    await makeBackup(copy, folder, NOW + 200);
    expect((await restore({ to: folder, replace: true })).erasedAgain).toBe(0);
    expect(await inside(folder, names)).toContain(`${CANARY}-anna`);
  });
});

describe("the key of the audit", () => {
  it("is made once, for the service's user alone, and refused where others can read it", async () => {
    await inside(folder, fill);
    const file = join(folder, "audit.key");
    const key = readFileSync(file, "utf8");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await inside(folder, fill);
    expect(readFileSync(file, "utf8")).toBe(key);
    chmodSync(file, 0o644);
    await expect(inside(folder, fill)).rejects.toThrow(`chmod 600 ${file}`);
    chmodSync(file, 0o600);
    writeFileSync(file, "short");
    await expect(inside(folder, fill)).rejects.toThrow(/64 hexadecimal digits/);
  });
});
