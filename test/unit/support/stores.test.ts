import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withClient } from "../../support/postgres-admin.js";
import { describeStores } from "../../support/stores.js";

describeStores("a fresh database", ({ dialect, fresh }) => {
  test("is new each time", async () => {
    const first = await fresh();
    const second = await fresh();
    expect(first).not.toEqual(second);
    expect(first.dialect).toBe(dialect);
  });

  test("is empty and can be reached", async () => {
    const database = await fresh();
    if (database.dialect === "sqlite") {
      expect(existsSync(path.dirname(database.file))).toBe(true);
      expect(existsSync(database.file)).toBe(false);
      return;
    }
    const tables = await withClient(database.url, async (client) =>
      client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"),
    );
    expect(tables.rowCount).toBe(0);
  });
});
