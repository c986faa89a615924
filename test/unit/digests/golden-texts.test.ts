import { describe, expect, test } from "vitest";
import type { GroupSettings } from "#entities/types.js";
import { createDigests } from "#src/digests/digests.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { testStore } from "../../support/store.js";
import { answers, firing, GROUP_ID, local, Shop, said } from "./support/shop.js";
import { writeThreeWeeks } from "./support/three-weeks.js";

const digests = createDigests({ readModel: digestReadModel });
const AUTOMATIC: GroupSettings = { publicDigest: "automatic" };

async function storeWith(write: (tx: Transaction) => Promise<unknown>): Promise<Store> {
  const store = await testStore();
  await store.write(write);
  return store;
}

async function daily(store: Store, at: string): Promise<void> {
  await store.write((tx) => digests.firings["digest.daily"](tx, firing("digest.daily", local(at))));
}

async function weekly(store: Store, at: string): Promise<void> {
  await store.write((tx) =>
    digests.firings["digest.weekly"](tx, firing("digest.weekly", local(at))),
  );
}

async function report(
  store: Store,
  audience: "staff" | "public",
  language: "zh" | "en",
): Promise<string> {
  return store.read(async (tx) => {
    const group = await tx.directory.groupById(GROUP_ID);
    if (group === null) throw new Error("the group is missing");
    const document = await digests.buildReport(tx, {
      group,
      from: "2026-11-09",
      to: "2026-11-22",
      audience,
      language,
      generatedAt: local("2026-11-23 09:00"),
    });
    return digests.renderReport(document, "text");
  });
}

describe.each(["zh", "en"] as const)("what people read (%s)", (language) => {
  const three = (tx: Transaction): Promise<unknown> =>
    writeThreeWeeks(tx, { language, settings: AUTOMATIC });

  test("the daily digest of a bad Friday, and why the group hears nothing", async () => {
    const store = await storeWith(three);
    await daily(store, "2026-11-20 20:00");
    const room = (await said(store, "room")).join("\n\n");
    await expect(room).toMatchFileSnapshot(`./golden/daily-staff.${language}.txt`);
    expect(await said(store, "sunshine")).toEqual([]);
  });

  test("the weekly digests for staff and for the group", async () => {
    const store = await storeWith(three);
    await weekly(store, "2026-11-23 20:00");
    await expect((await said(store, "room")).join("\n\n")).toMatchFileSnapshot(
      `./golden/weekly-staff.${language}.txt`,
    );
    await expect((await said(store, "sunshine")).join("\n\n")).toMatchFileSnapshot(
      `./golden/weekly-public.${language}.txt`,
    );
  });

  test("reports of two weeks for both audiences", async () => {
    const store = await storeWith(three);
    await expect(await report(store, "staff", language)).toMatchFileSnapshot(
      `./golden/report-staff.${language}.txt`,
    );
    await expect(await report(store, "public", language)).toMatchFileSnapshot(
      `./golden/report-public.${language}.txt`,
    );
  });

  test("a day on which people only talked is one line", async () => {
    const store = await storeWith(async (tx) => {
      const shop = new Shop(tx);
      await shop.open({ language, settings: AUTOMATIC });
      await shop.talk(12, local("2026-11-17 10:00"), 5);
    });
    await daily(store, "2026-11-17 20:00");
    await expect((await said(store, "room")).join("\n\n")).toMatchFileSnapshot(
      `./golden/quiet-staff.${language}.txt`,
    );
    expect(await said(store, "sunshine")).toEqual([]);
  });

  test("few answers: counts for staff, words or nothing for the group", async () => {
    const store = await storeWith(async (tx) => {
      const shop = new Shop(tx);
      await shop.open({ language, settings: AUTOMATIC });
      const openedAt = local("2026-11-17 10:00");
      const closedAt = local("2026-11-17 18:00");
      const of = { openedAt, closedAt };
      await shop.run({ name: "a", ...of, answers: answers({ count: 4, good: 3, at: openedAt }) });
      await shop.run({
        name: "b",
        kind: "ces",
        ...of,
        answers: answers({ count: 7, good: 5, at: openedAt, high: 6, low: 3 }),
      });
      await shop.run({
        name: "c",
        kind: "gap",
        ...of,
        answers: answers({ count: 12, good: 9, at: openedAt, high: 1, low: -1 }),
      });
    });
    await daily(store, "2026-11-17 20:00");
    await expect((await said(store, "room")).join("\n\n")).toMatchFileSnapshot(
      `./golden/few-staff.${language}.txt`,
    );
    await expect((await said(store, "sunshine")).join("\n\n")).toMatchFileSnapshot(
      `./golden/few-public.${language}.txt`,
    );
  });

  test("a summary that waits, with its commands for chats without buttons", async () => {
    const store = await storeWith((tx) => writeThreeWeeks(tx, { language }));
    await weekly(store, "2026-11-23 20:00");
    const message = await store.read(async (tx) => {
      const [first] = await tx.outbox.rows.find(
        { lane: "simulated/room" },
        { order: { seq: "asc" } },
      );
      return JSON.parse(first?.message ?? "{}") as { textWithoutButtons: string };
    });
    await expect(message.textWithoutButtons).toMatchFileSnapshot(
      `./golden/approval.${language}.txt`,
    );
  });
});
