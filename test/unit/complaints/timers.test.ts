import { describe, expect, test } from "vitest";
import { caseService } from "#src/complaints/complaints.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  孩子吃了拉肚子: { severity: "P1", aspects: ["safety"], rule: "stomach" },
};

describe("a candidate that nobody decides", () => {
  test("is brought to mind once, after half an hour of open time", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", clockAt("2026-11-20 20:50"));
    await shop.passTo(clockAt("2026-11-21 09:19"));
    expect(await shop.inRoom()).toHaveLength(1);
    await shop.passTo(clockAt("2026-11-23 12:00"));
    const lines = await shop.inRoom();
    expect(lines).toHaveLength(2);
    expect(lines[1]?.text).toContain("还没有人判断：确认还是忽略？");
    expect(lines[1]?.row.createdAt).toBe(clockAt("2026-11-21 09:20"));
    expect((await shop.only()).state).toBe("candidate");
  });

  test("and is a P1 is confirmed after five minutes: paged again, sober advice in the group", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.person("店长");
    await shop.say("王芳", "孩子吃了拉肚子", TEN);
    await shop.passTo(TEN + 5 * MINUTE);
    const row = await shop.only();
    expect(row).toMatchObject({
      state: "confirmed",
      confirmedAt: TEN + 5 * MINUTE,
      botAcknowledgedAt: TEN + 5 * MINUTE,
      firstReplyAt: null,
    });
    expect((await shop.inGroup())[0]?.text).toContain("请先停止食用");
    const labels = await shop.store.read((tx) => tx.labels.find({}));
    expect(labels).toEqual([]);
    const pages = (await shop.inRoom()).filter((one) => (one.message.mentions ?? []).length > 0);
    expect(pages).toHaveLength(3);
  });

  test("and turns into a P1 is confirmed five minutes after it did", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "孩子吃了拉肚子", TEN + 10 * MINUTE);
    await shop.passTo(TEN + 15 * MINUTE);
    expect(await shop.only()).toMatchObject({
      state: "confirmed",
      confirmedAt: TEN + 15 * MINUTE,
    });
  });

  test("and is a P1 that staff answered by quoting is confirmed without the bot speaking", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const report = await shop.say("王芳", "孩子吃了拉肚子", TEN);
    await shop.say("店长", "马上给您打电话", TEN + MINUTE, { quotes: report });
    await shop.passTo(TEN + 5 * MINUTE);
    expect((await shop.only()).state).toBe("acknowledged");
    expect(await shop.inGroup()).toEqual([]);
  });

  test("pages of a P1 go on until somebody takes it", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.person("店长");
    await shop.say("王芳", "孩子吃了拉肚子", TEN);
    await shop.passTo(TEN + 12 * MINUTE);
    const early = (await shop.inRoom()).length;
    expect((await shop.inRoom()).at(-1)?.text).toContain("已等10分钟，还没有人接手");
    await shop.act("店长", "case.take", (await shop.only()).id, TEN + 12 * MINUTE);
    await shop.passTo(TEN + 2 * HOUR);
    expect((await shop.inRoom()).length).toBe(early);
  });
});

describe("the deadlines of a confirmed case", () => {
  test("are announced at 80 % and at 100 %, once each, until a person answers", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN);
    await shop.passTo(TEN + 24 * MINUTE);
    expect((await shop.only()).escalation).toBe(1);
    expect((await shop.inRoom()).at(-1)).toMatchObject({ text: "#1 距首次回复时限还有6分钟。" });
    await shop.passTo(TEN + HOUR);
    expect((await shop.only()).escalation).toBe(2);
    const lines = await shop.inRoom();
    expect(lines.at(-1)?.text).toBe("#1 已超过首次回复时限。");
    expect(lines).toHaveLength(3);
    const acts = (await shop.entries((await shop.only()).id)).map((entry) => entry.act);
    expect(acts.filter((act) => act === "escalate")).toHaveLength(2);
  });

  test("an answer in time silences the first clock and starts the next one", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const boss = await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    const reply = (at: number) =>
      shop.write((tx) => caseService.reply(tx, { caseNumber: 1, actor: boss, at, text: "在补" }));
    await reply(TEN + 10 * MINUTE);
    await shop.passTo(clockAt("2026-11-20 14:00"));
    expect(await shop.inRoom()).toHaveLength(1);
    await reply(clockAt("2026-11-20 14:00"));
    expect((await shop.only()).updateDueAt).toBe(clockAt("2026-11-20 18:00"));
    await shop.passTo(clockAt("2026-11-20 18:00"));
    expect((await shop.inRoom()).map((one) => one.text).slice(1)).toEqual([
      "#1 距下一次答复时限还有48分钟。",
      "#1 已超过下一次答复时限。",
    ]);
  });

  test("call the person in charge by name", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店员小陈", "case.take", (await shop.only()).id, TEN);
    await shop.passTo(TEN + 24 * MINUTE);
    expect((await shop.inRoom()).at(-1)?.message.mentions).toEqual([
      { platform: "simulated", memberId: "店员小陈" },
    ]);
  });

  test("after an outage each clock speaks once, with its last word", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN);
    await shop.write(async (tx) => {
      const [schedule] = await tx.schedules.due(TEN + 3 * HOUR, 5);
      await tx.schedules.fire(schedule!, null, TEN + 3 * HOUR);
      const [firing] = await tx.schedules.firings.find({ state: "due" });
      await shop.complaints.firings["case.timer"](tx, firing!);
    });
    expect((await shop.inRoom()).map((one) => one.text).slice(1)).toEqual([
      "#1 已超过首次回复时限。",
    ]);
    expect((await shop.only()).escalation).toBe(2);
  });
});

describe("the end of a case", () => {
  test("the customer is told, and 72 quiet hours later the case closes by itself", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { caseCheck: "off" } });
    const boss = await shop.person("店长");
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.write((tx) =>
      caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TEN, text: "已补发2个" }),
    );
    await shop.passTo(TEN + 3 * DAY - 1);
    expect((await shop.only()).state).toBe("told");
    await shop.passTo(TEN + 3 * DAY);
    expect(await shop.only()).toMatchObject({ state: "closed", closedAt: TEN + 3 * DAY });
    const last = (await shop.entries((await shop.only()).id)).at(-1);
    expect(last).toMatchObject({ act: "close", actorId: "bot", note: "72h" });
  });
});
