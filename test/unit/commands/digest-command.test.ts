import { describe, expect, it } from "vitest";
import type { ScheduleFiring } from "#entities/index.js";
import { CHEN, HOUR, NOON, openShop, type Shop, ZHEN } from "./support.js";

/** A summary for the group that waits: seven neighbours rated, the day is over. */
async function withWaiting(): Promise<{ readonly shop: Shop; readonly reference: string }> {
  const shop = await openShop();
  await shop.ask("调查 新建 今天的草莓您满意吗；决定：换不换；开放：3小时", CHEN);
  for (const name of ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]) {
    await shop.meet({ by: name, in: ZHEN.in });
  }
  await shop.ask("调查 发 1", CHEN);
  for (const [index, name] of ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"].entries()) {
    const event = shop.event(index < 6 ? "5" : "2", { by: name, in: ZHEN.in, at: NOON + HOUR });
    await shop.store.write(async (tx) => {
      const place = await shop.directory.place(tx, event);
      if (place !== null) await shop.surveys.considerReply(tx, place, event);
    });
  }
  await shop.ask("调查 截止 1", { ...CHEN, at: NOON + 2 * HOUR });
  await shop.store.write(async (tx) => {
    const [group] = await tx.directory.groups.find({ purpose: "customers" });
    const firing: ScheduleFiring = {
      id: "f1",
      scheduleId: "s1",
      kind: "digest.daily",
      ownerId: group?.id ?? "",
      groupId: group?.id ?? null,
      dueAt: NOON + 8 * HOUR,
      firedAt: NOON + 8 * HOUR,
      outcome: "on_time",
      payload: {},
      state: "due",
      attempts: 0,
      notBefore: 0,
      reason: null,
    };
    await shop.digests.firings["digest.daily"](tx, firing);
  });
  const digest = await shop.read((tx) => tx.digests.first({ audience: "public" }));
  expect(digest?.state).toBe("waiting");
  return { shop, reference: digest?.id.slice(0, 6) ?? "" };
}

const EVENING = { ...CHEN, at: NOON + 8.2 * HOUR };

describe("digest", () => {
  it("shows what waits with the very words that decide about it", async () => {
    const { shop, reference } = await withWaiting();
    const text = await shop.ask("小结", EVENING);
    expect(text).toContain("等待批准的小结 1 份");
    expect(text).toContain(`“小结 批准 ${reference}”`);
    const preview = await shop.read((tx) => tx.outbox.rows.find({ kind: "digest" }));
    const shown = preview.map(({ message }) => message ?? "").join("\n");
    expect(shown).toContain(`小结 批准 ${reference}`);
  });

  it("posts it to the group on approval by text, once", async () => {
    const { shop, reference } = await withWaiting();
    expect(await shop.ask(`小结 批准 ${reference}`, EVENING)).toBe("好的，已经发到群里。");
    expect((await shop.read((tx) => tx.digests.first({ audience: "public" })))?.state).toBe(
      "posted",
    );
    expect(await shop.ask(`小结 批准 ${reference}`, EVENING)).toContain("没有找到");
    expect(await shop.ask("小结", EVENING)).toBe("没有等待批准的小结。");
  });

  it("needs no reference while one waits, and keeps it back when told so", async () => {
    const { shop } = await withWaiting();
    expect(await shop.ask("小结 不发", EVENING)).toBe("好的，这次不发。");
    expect((await shop.read((tx) => tx.digests.first({ audience: "public" })))?.state).toBe(
      "withheld",
    );
  });

  it("is decided in private too by staff of the room, by nobody else", async () => {
    const { shop, reference } = await withWaiting();
    expect(await shop.ask(`@小助手 小结 批准 ${reference}`, ZHEN)).toContain("只有店员能看");
    await shop.group("河畔团购群", { staff: "河畔店员群" });
    const other = { by: "王店长", in: "河畔店员群", at: EVENING.at };
    expect(await shop.ask(`小结 批准 ${reference}`, other)).toContain("没有找到");
    expect(await shop.ask(`小结 批准 ${reference}`, { ...EVENING, in: "direct" })).toBe(
      "好的，已经发到群里。",
    );
  });
});
