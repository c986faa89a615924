import { describe, expect, test } from "vitest";
import type { Language } from "#entities/vocabulary.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, type Opinion, openShop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const OPINIONS: Readonly<Record<string, Opinion>> = {
  少了两个鸡蛋: { severity: "P3", aspects: ["shortage"] },
  我也少了一个: { severity: "P3", aspects: ["shortage"] },
  "An egg is missing": { severity: "P3", aspects: ["shortage"] },
  草莓烂了: { severity: "P3", aspects: ["quality"] },
  再不处理我就曝光: { severity: "P2", aspects: ["service"] },
  孩子吃了拉肚子: { severity: "P1", aspects: ["quality", "safety"], rule: "stomach" },
  乱七八糟: { severity: "P3", aspects: ["other"] },
  真是差劲: { severity: "P3", aspects: ["other"] },
  有消息了吗: { query: true, aspects: ["shortage"] },
  "已补发，谢谢处理": { thanks: true, aspects: ["shortage"] },
  我家的挺好: {},
};

describe("me too", () => {
  test.each<[Language, string, string]>([
    ["zh", "少了两个鸡蛋", "#1 少件：已有 3 人反映。"],
    ["en", "An egg is missing", "#1 missing items: 3 people so far."],
  ])(
    "forty “+1” make one case with forty members and few lines to staff (%s)",
    async (language, text, line) => {
      const shop = await openShop({ language, opinions: OPINIONS });
      await shop.say("邻居0", text, TEN);
      for (let index = 1; index < 40; index += 1)
        await shop.say(`邻居${String(index)}`, "+1", TEN + index * 1_000);
      await shop.say("邻居1", "+1", TEN + 50_000);
      const row = await shop.only();
      expect(row.affected).toBe(40);
      const lines = await shop.inRoom();
      const kinds = lines.map((one) => one.key.replace(row.id, "").replace(/^alarm.*/u, "alarm"));
      expect(kinds).toEqual([
        "alert:",
        "alert::affected:3",
        "alarm",
        "alert::affected:10",
        "alert::affected:25",
      ]);
      expect(lines[1]?.text).toBe(line);
      expect(await shop.inGroup()).toEqual([]);
    },
  );

  test("three distinct members make an ordinary case P2, three messages of one do not", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "少了两个鸡蛋", TEN + 1_000);
    await shop.say("王芳", "少了两个鸡蛋", TEN + 2_000);
    expect(await shop.only()).toMatchObject({ affected: 1, severity: "P3" });
    await shop.say("李雷", "+1", TEN + 3_000);
    expect(await shop.only()).toMatchObject({ affected: 2, severity: "P3" });
    await shop.say("韩梅", "+1", TEN + 4_000);
    expect(await shop.only()).toMatchObject({ affected: 3, severity: "P2" });
  });

  test("without a case to join says nothing", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.dismiss", (await shop.only()).id, TEN + 1_000);
    await shop.say("李雷", "+1", TEN + 2_000);
    expect(await shop.only()).toMatchObject({ state: "dismissed", affected: 1 });
  });

  test("by quoting the report joins that case, not the latest one", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const first = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("李雷", "草莓烂了", TEN + MINUTE);
    await shop.say("韩梅", "+1", TEN + 2 * MINUTE, { quotes: first });
    expect((await shop.cases()).map((row) => row.affected)).toEqual([2, 1]);
  });

  test("a quote that does not agree joins nothing", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const first = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("韩梅", "我家的挺好", TEN + MINUTE, { quotes: first });
    expect(await shop.only()).toMatchObject({ affected: 1 });
  });

  test("quotes without ids are known by author and words", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("李雷", "草莓烂了", TEN + MINUTE);
    await shop.say("韩梅", "+1", TEN + 2 * MINUTE, {
      repliesTo: { author: { platform: "simulated", memberId: "王芳" }, text: "少了两个鸡蛋" },
    });
    expect((await shop.cases()).map((row) => row.affected)).toEqual([2, 1]);
  });
});

describe("the same trouble of another member", () => {
  test("joins within the hour and stands alone after it", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("李雷", "我也少了一个", TEN + HOUR);
    expect(await shop.only()).toMatchObject({ affected: 2 });
    await shop.say("韩梅", "我也少了一个", TEN + 2 * HOUR + 1);
    expect((await shop.cases()).map((row) => row.affected)).toEqual([2, 1]);
  });

  test("complaints about nothing in particular are not thrown together", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "乱七八糟", TEN);
    await shop.say("李雷", "真是差劲", TEN + MINUTE);
    expect(await shop.cases()).toHaveLength(2);
  });

  test("a P1 does not drown in somebody else's ordinary case", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "草莓烂了", TEN);
    await shop.say("李雷", "孩子吃了拉肚子", TEN + MINUTE);
    expect((await shop.cases()).map((row) => row.severity)).toEqual(["P3", "P1"]);
  });
});

describe("a follow-up of the same member", () => {
  test("joins their own open case, adds aspects and lets the severity rise", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "再不处理我就曝光", TEN + 3 * HOUR);
    const row = await shop.only();
    expect(row).toMatchObject({ affected: 1, severity: "P2", aspects: ["shortage", "service"] });
    expect(row.lastReportAt).toBe(TEN + 3 * HOUR);
    expect((await shop.inRoom()).at(-1)?.text).toBe("#1 升级为 P2：再不处理我就曝光");
    await shop.say("王芳", "少了两个鸡蛋", TEN + 4 * HOUR);
    expect((await shop.only()).severity).toBe("P2");
  });

  test("that turns to harm pages staff again and starts the clock of a P1", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.person("店长");
    await shop.say("王芳", "草莓烂了", TEN);
    await shop.say("王芳", "孩子吃了拉肚子", TEN + HOUR);
    const row = await shop.only();
    expect(row).toMatchObject({ severity: "P1", acknowledgeDueAt: TEN + HOUR + 5 * MINUTE });
    const pages = (await shop.inRoom()).filter((one) => one.text.startsWith("【紧急 P1】"));
    expect(pages).toHaveLength(1);
    expect(pages[0]?.message.mentions).toHaveLength(1);
  });

  test("after the window is a case of its own", async () => {
    const shop = await openShop({ opinions: OPINIONS, settings: { followUpWindowMs: HOUR } });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "草莓烂了", TEN + HOUR + 1);
    expect(await shop.cases()).toHaveLength(2);
  });

  test("asking for news right after belongs to the case, and counts nobody twice", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "有消息了吗", TEN + 10 * MINUTE);
    await shop.say("李雷", "有消息了吗", TEN + 11 * MINUTE);
    const row = await shop.only();
    expect(row.affected).toBe(1);
    const texts = await shop.store.read((tx) => tx.caseMessages.find({ caseId: row.id }));
    expect(texts.map((one) => one.part).sort()).toEqual(["follow_up", "report"]);
  });

  test("thanks are noted and change nothing else", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("王芳", "已补发，谢谢处理", TEN + HOUR);
    const row = await shop.only();
    expect(row.state).toBe("candidate");
    expect((await shop.entries(row.id)).map((entry) => entry.act)).toEqual(["open", "thanks"]);
  });
});

describe("the answer of staff in the group", () => {
  test("that quotes the report is the first human reply and acknowledges a confirmed case", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const report = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN + MINUTE);
    await shop.say("店长", "在的，大家早", TEN + 2 * MINUTE);
    expect((await shop.only()).firstReplyAt).toBeNull();
    await shop.say("店长", "少的鸡蛋明早补", TEN + 3 * MINUTE, { quotes: report });
    expect(await shop.only()).toMatchObject({
      state: "acknowledged",
      firstReplyAt: TEN + 3 * MINUTE,
    });
  });

  test("in the thread of the report counts as well", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const report = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN + MINUTE);
    await shop.say("店长", "少的鸡蛋明早补", TEN + 3 * MINUTE, {
      conversation: { ...report.conversation, threadId: report.messageId },
    });
    expect((await shop.only()).state).toBe("acknowledged");
  });

  test("to a candidate keeps the time; confirming then acknowledges without the bot speaking", async () => {
    const shop = await openShop({ opinions: OPINIONS });
    const report = await shop.say("王芳", "少了两个鸡蛋", TEN);
    await shop.say("店长", "少的鸡蛋明早补", TEN + MINUTE, { quotes: report });
    await shop.say("店长", "有货的", TEN + 90_000, { quotes: report });
    expect(await shop.only()).toMatchObject({ state: "candidate", firstReplyAt: TEN + MINUTE });
    expect((await shop.entries((await shop.only()).id)).map((entry) => entry.act)).toEqual([
      "open",
      "reply",
    ]);
    await shop.act("店长", "case.confirm", (await shop.only()).id, TEN + 2 * MINUTE);
    expect(await shop.only()).toMatchObject({ state: "acknowledged", firstReplyAt: TEN + MINUTE });
    const spoken = (await shop.inGroup()).filter((one) => one.onlyFor === null);
    expect(spoken).toEqual([]);
  });
});
