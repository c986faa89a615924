import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { forgetMember } from "#src/directory/forget-member.js";
import { openStore, type Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { describeStores } from "../../support/stores.js";

const KEY = randomBytes(32);
const ROWS = 12;

const verified = (store: Store) => store.read((tx) => tx.verifyAudit());

async function deed(tx: Transaction, index: number): Promise<void> {
  await tx.record({
    at: 1_000 + index,
    actorId: index % 3 === 0 ? "somebody" : `staff-${String(index)}`,
    act: "case.confirm",
    subject: `case:${String(index)}`,
    detail: { from: "candidate", number: index },
  });
}

describeStores("the chain of the audit", (kind) => {
  async function written(): Promise<Store> {
    const store = await openStore(await kind.fresh(), { auditKey: KEY });
    for (let index = 0; index < ROWS; index += 2) {
      await store.write(async (tx) => {
        await deed(tx, index);
        await deed(tx, index + 1);
      });
    }
    return store;
  }

  it("holds over transactions, also over those that were rolled back between", async () => {
    const store = await written();
    await expect(
      store.write(async (tx) => {
        await deed(tx, 99);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    await store.write((tx) => deed(tx, 100));
    expect(await verified(store)).toEqual({ entries: ROWS + 1, erased: 0, fault: null });
    await store.close();
  });

  it("is written by several at once without a gap", async () => {
    const store = await openStore(await kind.fresh(), { auditKey: KEY });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.write((tx) => deed(tx, index))),
    );
    expect(await verified(store)).toEqual({ entries: 20, erased: 0, fault: null });
    await store.close();
  });

  it("shows an edit, a swap, a cut in the middle, a cut at the end and a row from elsewhere", async () => {
    const place = 5;
    const found = { place, kind: "changed" };
    const faults: readonly [string, (tx: Transaction) => Promise<unknown>, object][] = [
      ["actor", (tx) => tx.audit.update({ place }, { actorId: "another" }), found],
      ["act", (tx) => tx.audit.update({ place }, { act: "case.dismiss" }), found],
      ["fact", (tx) => tx.audit.update({ place }, { detail: { number: 7 } }), found],
      ["time", (tx) => tx.audit.update({ place }, { at: 1 }), found],
      ["deleted", (tx) => tx.audit.remove({ place }), { kind: "missing", place }],
      ["first", (tx) => tx.audit.remove({ place: 1 }), { kind: "missing", place: 1 }],
      ["swapped", (tx) => swap(tx, place, place + 1), found],
      ["cut", (tx) => tx.audit.remove({ place: { above: 9 } }), { kind: "cut", place: 9 }],
      ["all", (tx) => tx.audit.remove({}), { kind: "cut", place: 0 }],
      ["emptied", (tx) => tx.audit.update({ place }, { salt: null, actorId: "x" }), EMPTIED],
      ["added", addOutside, { kind: "added", place: ROWS + 1 }],
    ];
    for (const [name, tamper, expected] of faults) {
      const store = await written();
      await store.write(tamper);
      const report = await verified(store);
      const { kind: what, place: where } = expected as { kind: string; place: number };
      expect([name, report?.fault]).toEqual([name, { kind: what, place: where }]);
      await store.close();
    }
  });

  it("survives the erasure of whoever did something, and of nobody else", async () => {
    const store = await openStore(await kind.fresh(), { auditKey: KEY });
    await store.write(async (tx) => {
      await tx.directory.addMember({
        id: "somebody",
        platform: "simulated",
        externalId: "p1",
        name: "小王",
        createdAt: 1,
        mutedAt: null,
        optedOutAt: null,
        erasedAt: null,
      });
      for (let index = 0; index < ROWS; index += 1) await deed(tx, index);
    });
    await store.write((tx) =>
      forgetMember(tx, { memberId: "somebody", tombstoneId: "gone", at: 5_000 }),
    );
    expect(await verified(store)).toEqual({ entries: ROWS + 1, erased: 4, fault: null });
    expect(await store.read((tx) => tx.audit.count({ actorId: "somebody" }))).toBe(0);
    await store.write((tx) => tx.audit.update({ place: 2 }, { salt: null, act: "case.dismiss" }));
    expect((await verified(store))?.fault).toEqual({ kind: "emptied", place: ROWS + 1 });
    await store.close();
  });

  it("cannot be checked without its key, and does not hold under another", async () => {
    const location = await kind.fresh();
    const store = await openStore(location, { auditKey: KEY });
    await store.write((tx) => deed(tx, 1));
    const other = await openStore(location, { auditKey: randomBytes(32) });
    expect((await verified(other))?.fault).toEqual({ kind: "changed", place: 1 });
    const without = await openStore(location);
    expect(await verified(without)).toBeNull();
    await Promise.all([store.close(), other.close(), without.close()]);
  });

  it("shows any change of any row", async () => {
    const store = await written();
    const rows = await store.read((tx) => tx.audit.find({}, { order: { place: "asc" } }));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: rows.length - 1 }),
        fc.constantFrom("actorId", "act", "subject", "commitment", "mac"),
        fc.string({ minLength: 1, maxLength: 8 }),
        async (index, column, value) => {
          const row = rows[index];
          const place = row?.place ?? 0;
          fc.pre(row?.[column] !== value && !value.includes("\0"));
          await store.write((tx) => tx.audit.update({ place }, { [column]: value }));
          const broken = (await verified(store))?.fault;
          await store.write((tx) => tx.audit.update({ place }, { [column]: row?.[column] ?? "" }));
          expect(broken?.kind).toBe("changed");
        },
      ),
      { numRuns: 40 },
    );
    expect((await verified(store))?.fault).toBeNull();
    await store.close();
  });
});

const EMPTIED = { kind: "emptied", place: ROWS };

async function swap(tx: Transaction, one: number, other: number): Promise<void> {
  await tx.audit.update({ place: one }, { place: -1 });
  await tx.audit.update({ place: other }, { place: one });
  await tx.audit.update({ place: -1 }, { place: other });
}

async function addOutside(tx: Transaction): Promise<void> {
  const beside = { place: null, salt: null, commitment: null, mac: null };
  await tx.audit.insert({
    seq: 0,
    at: 9_999,
    actorId: "intruder",
    act: "case.resolve",
    subject: "case:1",
    detail: {},
    ...beside,
  });
}
