import { describe, expect, test } from "vitest";
import { countMembers, spikeBand } from "#src/complaints/spike-alarm.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  烂了: { severity: "P3", aspects: ["quality"] },
};

/** One report of each member, so far apart that each is a case of its own. */
async function reports(shop: Shop, names: readonly string[], from: number): Promise<void> {
  for (const [index, name] of names.entries()) {
    await shop.say(name, "烂了", from + index * 61 * MINUTE);
  }
}

const alarms = async (shop: Shop) =>
  (await shop.inRoom()).filter((one) => one.key.startsWith("alarm:"));

describe("a spike of complaints", () => {
  test("is told to staff once, with what is usual and how likely it is", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await reports(shop, ["a", "b", "c"], TEN);
    const [alarm, ...more] = await alarms(shop);
    expect(more).toEqual([]);
    expect(alarm?.text).toBe(
      "【突增】今天“商品质量”已有 3 人反映，按过去28天通常约 0.0 人（偶然概率 <0.1%）。",
    );
    expect(await shop.store.read((tx) => tx.alarms.find({}))).toMatchObject([
      { aspect: "quality", day: "2026-11-20", members: 3, expected: 0 },
    ]);
  });

  test("speaks again when the members double, not with each one", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await reports(shop, ["a", "b", "c", "d", "e", "f", "g"], TEN);
    expect((await alarms(shop)).map((one) => one.text)).toHaveLength(2);
    expect((await alarms(shop))[1]?.text).toContain("今天增加到 6 人");
    expect(await shop.store.read((tx) => tx.alarms.find({}))).toMatchObject([{ members: 7 }]);
  });

  test("is none where so many complain every day", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { followUpWindowMs: 0 } });
    for (let day = 28; day >= 1; day -= 1) await reports(shop, ["a", "b", "c"], TEN - day * DAY);
    await reports(shop, ["a", "b", "c", "d"], TEN);
    const today = (await alarms(shop)).filter((one) => one.row.createdAt >= TEN - HOUR);
    expect(today).toEqual([]);
  });

  test("counts members, not messages, and no dismissed case", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { followUpWindowMs: 0 } });
    await reports(shop, ["a", "a", "a", "b"], TEN);
    const last = (await shop.cases()).at(-1)!;
    const counts = () =>
      shop.store.read((tx) => countMembers(tx, shop.group, "quality", TEN + 5 * HOUR));
    expect(await counts()).toEqual({ today: 2, earlier: 0, days: 28 });
    await shop.act("店长", "case.dismiss", last.id, TEN + 5 * HOUR);
    expect(await counts()).toEqual({ today: 1, earlier: 0, days: 28 });
  });

  test("needs a baseline: on the bot's first day nothing is unusual yet", async () => {
    const shop = await openShop({ opinions: OPINIONS, since: TEN - HOUR });
    await reports(shop, ["a", "b", "c", "d"], TEN);
    expect(await alarms(shop)).toEqual([]);
  });

  test("is counted by the group's own day", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await reports(shop, ["a", "b"], clockAt("2026-11-20 22:00"));
    await reports(shop, ["c"], clockAt("2026-11-21 01:00"));
    expect(await alarms(shop)).toEqual([]);
  });

  test("is told in English to an English staff room", async () => {
    const shop = await openShop({ language: "en", opinions: OPINIONS });
    await reports(shop, ["a", "b", "c"], TEN);
    expect((await alarms(shop))[0]?.text).toContain(
      "[Spike] 3 people complained about quality today",
    );
  });

  test("has bands of 3, 6, 12 and 24 members", () => {
    expect([3, 5, 6, 11, 12, 24].map(spikeBand)).toEqual([0, 0, 1, 1, 2, 3]);
  });
});
