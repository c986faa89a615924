import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { StoringInbox } from "#src/inbox/inbox.js";
import { isAppError } from "#src/shared/app-error.js";
import { manualClock } from "#src/shared/clock.js";
import { loadSqliteDriver, type SqliteHandle } from "#src/store/driver.js";
import { openStore, type Store } from "#src/store/store.js";
import { createDatabase, postgresMissing } from "../../support/postgres.js";
import { withClient } from "../../support/postgres-admin.js";
import { describeStores, type FreshDatabase } from "../../support/stores.js";
import { NOON, said } from "../inbox/inbox-scene.js";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function opened(place: FreshDatabase): Promise<Store> {
  const store = await openStore(place);
  closers.push(() => store.close());
  return store;
}

/** A SQLite store in a file, and a handle as another program would have it. */
async function fileStore(): Promise<{ readonly store: Store; readonly other: SqliteHandle }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-faults-"));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "huiyin.sqlite");
  const store = await opened({ dialect: "sqlite", file });
  const Driver = loadSqliteDriver();
  const other = new Driver(file, { timeout: 0 });
  closers.push(() => other.close());
  return { store, other };
}

function write(store: Store, subject: string, padding = 0): Promise<void> {
  const detail = { padding: "x".repeat(padding) };
  return store.write((tx) =>
    tx.record({ at: NOON, actorId: "test", act: "noted", subject, detail }),
  );
}

/** What another program finds on the disk. */
function onDisk(other: SqliteHandle): readonly string[] {
  const rows = other.prepare(`SELECT "subject" FROM "audit_entry" ORDER BY "seq"`).all();
  return rows.map((row) => (row as { subject: string }).subject);
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "no failure";
  } catch (error) {
    return isAppError(error) ? error.code : error;
  }
}

describe("SQLite", () => {
  it("is recent enough to be safe with a write-ahead log (3.51.3)", async () => {
    const { store } = await fileStore();
    const [row] = await store.read((tx) =>
      tx.query<{ version: string }>(`SELECT sqlite_version() AS "version"`, []),
    );
    const [major = 0, minor = 0, patch = 0] = (row?.version ?? "").split(".").map(Number);
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
  });

  it("on a full disk refuses with its own code, keeps what it had, and goes on when there is room", async () => {
    const { store, other } = await fileStore();
    await write(store, "before");
    const pages = (count: number) =>
      store.write((tx) => tx.query(`PRAGMA max_page_count = ${String(count)}`, []));
    await pages(1);
    // One row that alone needs new pages, several times over.
    for (let tries = 0; tries < 3; tries += 1)
      expect(await codeOf(write(store, "too much", 400_000))).toBe("store-full");
    expect(await store.read((tx) => tx.audit.count({}))).toBe(1);
    await pages(1_000_000);
    await write(store, "after", 400_000);
    await write(store, "and on");
    expect(onDisk(other)).toEqual(["before", "after", "and on"]);
  });

  it("comes out of a transaction that the database itself took back", async () => {
    const { store, other } = await fileStore();
    // What a read error or a full disk does: the transaction is gone before anybody rolls it back.
    const failed = store.write(async (tx) => {
      await tx.record({ at: NOON, actorId: "test", act: "noted", subject: "gone" });
      await tx.query("ROLLBACK", []);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await store.read((tx) => tx.audit.count({}))).toBe(0);
    await write(store, "kept");
    expect(onDisk(other)).toEqual(["kept"]);
  });

  it("locked by another program is busy for a moment only, acknowledges nothing and loses nothing", async () => {
    const { store, other } = await fileStore();
    const inbox = new StoringInbox({ store, clock: manualClock(NOON) });
    other.exec("BEGIN IMMEDIATE");
    expect(await codeOf(write(store, "now"))).toBe("store-busy");
    expect(await codeOf(inbox.accept(said("e1")))).toBe("store-busy");
    expect(await store.read((tx) => tx.inboxEvents.count({}))).toBe(0);
    other.exec("ROLLBACK");
    expect(await inbox.accept(said("e1"))).toBe("accepted");
    await write(store, "now");
    expect(onDisk(other)).toEqual(["now"]);
  });

  it("in a place that cannot be is refused with our own error", async () => {
    const file = "/dev/null/nowhere/huiyin.sqlite";
    const refused: unknown = await openStore({ dialect: "sqlite", file }).catch(
      (error: unknown) => error,
    );
    expect(isAppError(refused)).toBe(true);
  });

  it("writes files that only its own user can read", async () => {
    const before = process.umask(0o077);
    closers.push(() => process.umask(before));
    const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-modes-"));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, "huiyin.sqlite");
    const store = await opened({ dialect: "sqlite", file });
    await write(store, "x");
    const copy = path.join(folder, "copy.sqlite");
    await store.backup(copy);
    for (const one of [file, `${file}-wal`, copy]) expect(statSync(one).mode & 0o777).toBe(0o600);
  });
});

describeStores("a store written by a newer version", (kind) => {
  it("is refused, naming what it does not know", async () => {
    const place = await kind.fresh();
    const store = await opened(place);
    const name = "Later1999999999999";
    await store.write((tx) =>
      tx.query(`INSERT INTO "migrations" ("timestamp", "name") VALUES (?, ?)`, [
        1_999_999_999_999,
        name,
      ]),
    );
    const again: unknown = await openStore(place).catch((error: unknown) => error);
    expect(again).toMatchObject({ code: "invalid-config" });
    expect(String(again)).toContain(name);
  });
});

describeStores("every error of a store", (kind) => {
  it("keeps members' words out of its message, its facts and its cause", async () => {
    const store = await opened(await kind.fresh());
    const words = "秘密的话";
    const failures = [
      () => store.write((tx) => tx.query(`SELECT '${words}' FROM "nowhere" WHERE 1 = ?`, [words])),
      () =>
        store.write((tx) =>
          tx.query(`INSERT INTO "counter" ("id", "value") VALUES (?, NULL)`, [words]),
        ),
    ];
    for (const failure of failures) {
      const error: unknown = await failure().catch((caught: unknown) => caught);
      expect(isAppError(error, "internal")).toBe(true);
      const { message, detail, cause, stack } = error as Error & { detail: unknown };
      expect(JSON.stringify([message, detail, String(cause), stack])).not.toContain(words);
    }
  });
});

const missing = postgresMissing();
if (missing !== undefined) process.stderr.write(`SKIPPED: faults of PostgreSQL: ${missing}\n`);

describe.runIf(missing === undefined)("PostgreSQL", () => {
  it("that ends all our connections is used again at once", async () => {
    const url = await createDatabase();
    const store = await opened({ dialect: "postgres", url });
    await Promise.all([write(store, "1"), write(store, "2"), write(store, "3")]);
    const ended = await withClient(url, (client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'huiyin'`,
      ),
    );
    expect(ended.rowCount).toBeGreaterThan(0);
    const later: unknown[] = [];
    for (let tries = 0; tries < 12; tries += 1) later.push(await codeOf(write(store, "later")));
    expect(later.filter((code) => code !== "no failure" && code !== "store-unavailable")).toEqual(
      [],
    );
    expect(later.at(-1)).toBe("no failure");
    expect(await store.read((tx) => tx.audit.count({ subject: "later" }))).toBe(
      later.filter((code) => code === "no failure").length,
    );
  });

  it("that ends a connection in mid-transaction keeps nothing of it", async () => {
    const store = await opened({ dialect: "postgres", url: await createDatabase() });
    const cut = store.write(async (tx) => {
      await tx.record({ at: NOON, actorId: "test", act: "noted", subject: "half" });
      await tx.query("SELECT pg_terminate_backend(pg_backend_pid())", []);
    });
    expect(await codeOf(cut)).toBe("store-unavailable");
    await write(store, "whole");
    const rows = await store.read((tx) => tx.audit.find({}));
    expect(rows.map((row) => row.subject)).toEqual(["whole"]);
  });

  it("that does not let us in is a fault of the configuration", async () => {
    const url = new URL(await createDatabase());
    url.pathname = "/there_is_no_such_database";
    expect(await codeOf(openStore({ dialect: "postgres", url: url.href }))).toBe("invalid-config");
    url.port = "1";
    expect(await codeOf(openStore({ dialect: "postgres", url: url.href }))).toBe(
      "store-unavailable",
    );
  });
});
