import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createDatabase, postgresMissing } from "./postgres.js";

/** A fresh, empty database, in the form that `openStore` takes. */
export type FreshDatabase =
  | { readonly dialect: "sqlite"; readonly file: string }
  | { readonly dialect: "postgres"; readonly url: string };

/** One of the two database kinds that the product promises to treat alike. */
export interface StoreKind {
  readonly dialect: FreshDatabase["dialect"];
  /** Makes an empty database; close what you open on it, it goes away after the suite. */
  readonly fresh: () => Promise<FreshDatabase>;
}

type Suite = (store: StoreKind) => void;

function describeSqlite(name: string, suite: Suite): void {
  describe(`${name} on SQLite`, () => {
    const folders: string[] = [];
    afterAll(() => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });
    const fresh = async (): Promise<FreshDatabase> => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "huiyin-sqlite-"));
      folders.push(folder);
      return { dialect: "sqlite", file: path.join(folder, "huiyin.db") };
    };
    suite({ dialect: "sqlite", fresh });
  });
}

function describePostgres(name: string, suite: Suite): void {
  const missing = postgresMissing();
  const fresh = async (): Promise<FreshDatabase> => ({
    dialect: "postgres",
    url: await createDatabase(),
  });
  if (missing === undefined) {
    describe(`${name} on PostgreSQL`, () => {
      suite({ dialect: "postgres", fresh });
    });
    return;
  }
  process.stderr.write(`SKIPPED: ${name} on PostgreSQL: ${missing}\n`);
  // The machine that judges a change must not call half of the promise a pass.
  const inCi = Boolean(process.env["CI"]);
  describe(`${name} on PostgreSQL (SKIPPED: ${missing})`, () => {
    test.runIf(inCi)("a PostgreSQL server is available in CI", () => {
      expect.fail(`no PostgreSQL: ${missing}`);
    });
    describe.skip("all tests", () => {
      suite({ dialect: "postgres", fresh });
    });
  });
}

/** Declares the suite twice, on SQLite and on PostgreSQL; both must hold. */
export function describeStores(name: string, suite: Suite): void {
  describeSqlite(name, suite);
  describePostgres(name, suite);
}
