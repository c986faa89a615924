import { describe, expect, test } from "vitest";
import { digestQueries } from "#src/store/digest-queries.js";
import { testStore } from "../../support/store.js";

interface PlanRow {
  readonly detail: string;
}

async function planOf(sql: string): Promise<readonly string[]> {
  const store = await testStore();
  const values = [...sql.matchAll(/\?/g)].map(() => 1);
  const rows = await store.read((tx) => tx.query<PlanRow>(`EXPLAIN QUERY PLAN ${sql}`, values));
  await store.close();
  return rows.map((row) => row.detail);
}

describe("statements of the digest read model", () => {
  test.each(Object.entries(digestQueries))("%s finds its rows by an index", async (_name, sql) => {
    const plan = await planOf(sql);
    expect(plan.length).toBeGreaterThan(0);
    expect(plan.filter((line) => line.startsWith("SCAN"))).toEqual([]);
  });

  test("messages of a window are found by group and time", async () => {
    expect((await planOf(digestQueries.messages)).join("\n")).toContain(
      "ix_message_group_time (groupId=? AND sentAt>? AND sentAt<?)",
    );
  });

  test("open cases are found by group and state, resolved ones by group and time", async () => {
    expect((await planOf(digestQueries.casesOpen)).join("\n")).toContain(
      "ix_complaint_case_group_state (groupId=? AND state=?)",
    );
    expect((await planOf(digestQueries.casesResolved)).join("\n")).toContain(
      "ix_complaint_case_resolved (groupId=? AND resolvedAt>? AND resolvedAt<?)",
    );
  });
});
