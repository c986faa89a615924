import { beforeAll, describe, expect, test } from "vitest";
import type { Language } from "#entities/vocabulary.js";
import { caseService } from "#src/complaints/complaints.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { clockAt, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
const TOLD = TEN + HOUR;
const ME = JSON.stringify(["simulated", "韩冰"]);
let detector: Detector;

beforeAll(() => {
  detector = createDetector();
});

/** A shop that resolved what this member reported. */
async function settled(report: string, language: Language = "zh"): Promise<Shop> {
  const shop = await openShop({ language, detector });
  const boss = await shop.person("店长");
  await shop.say("韩冰", report, TEN);
  await shop.write((tx) =>
    caseService.resolve(tx, { caseNumber: 1, actor: boss, at: TOLD, text: "已处理 / done" }),
  );
  expect((await shop.only()).state).toBe("told");
  return shop;
}

const questions = async (shop: Shop) =>
  (await shop.inGroup()).filter((one) => one.key.startsWith("still:"));

describe("the reason of a rating about a settled trouble", () => {
  test.each<[Language, string, string, string]>([
    [
      "zh",
      "我订的是生抽，给我发错成米醋了",
      "3，拿错东西了",
      "您打分时提到了发错货的问题，这件事我们处理过了。请问现在还没有解决吗？",
    ],
    [
      "en",
      "I was given the wrong bag, this is not what I ordered",
      "3, wrong bag",
      "You mentioned the wrong item with your rating. We thought it was dealt with: is it still not solved?",
    ],
  ])(
    "is kept with the case, and the member alone is asked (%s)",
    async (language, report, reason, question) => {
      const shop = await settled(report, language);
      await shop.say("韩冰", reason, TEN + 8 * HOUR, { vote: true });
      const row = await shop.only();
      expect(row).toMatchObject({ state: "told", reopened: 0 });
      const kept = await shop.store.read((tx) =>
        tx.caseMessages.find({ caseId: row.id, part: "answer" }),
      );
      expect(kept.map((one) => one.text)).toEqual([reason]);
      expect((await shop.entries(row.id)).at(-1)).toMatchObject({
        act: "follow_up",
        note: "rating",
      });
      const asked = await questions(shop);
      expect(asked).toMatchObject([{ text: question, onlyFor: ME }]);
      expect(asked[0]?.message.choices?.map((choice) => choice.action)).toEqual([
        "case.solved",
        "case.unsolved",
      ]);
    },
  );

  test("is asked about once per resolution, and “not solved” reopens then", async () => {
    const shop = await settled("五斤的土豆只有四斤，缺斤少两");
    await shop.say("韩冰", "4 少了一斤", TEN + 8 * HOUR, { vote: true });
    await shop.say("韩冰", "3 少了一斤", TEN + DAY, { vote: true });
    expect(await questions(shop)).toHaveLength(1);
    await shop.act("韩冰", "case.unsolved", (await shop.only()).id, TEN + DAY + MINUTE);
    expect(await shop.only()).toMatchObject({ state: "reopened", reopened: 1 });
  });

  test.each([
    ["zh", "我订的是生抽，给我发错成米醋了", "2，又拿错东西了"],
    ["zh", "说好当天退款，退款还没到账", "1，退款到现在还没到账"],
    ["en", "My refund has not arrived", "1, still no refund"],
    ["en", "The milk bottle was leaking all over the bag", "2, bag was leaking milk again"],
  ] as const)(
    "reopens when it says that it goes on or came back (%s: %s → %s)",
    async (language, report, reason) => {
      const shop = await settled(report, language);
      await shop.say("韩冰", reason, TEN + 8 * HOUR, { vote: true });
      expect(await shop.only()).toMatchObject({ state: "reopened" });
      expect(await questions(shop)).toEqual([]);
    },
  );

  test("about a settled P1 leaves it settled, so that surveys go on", async () => {
    const shop = await settled("罐头里吃出一块玻璃碎片");
    expect((await shop.only()).severity).toBe("P1");
    await shop.say("韩冰", "3，罐头里吃出玻璃", TEN + 8 * HOUR, { vote: true });
    expect((await shop.only()).state).toBe("told");
  });

  test("that tells of harm is a case of its own, never a note on an ordinary one", async () => {
    const shop = await settled("鸡蛋烂了三个");
    await shop.say("韩冰", "1，孩子吃了烂鸡蛋拉肚子", TEN + 8 * HOUR, { vote: true });
    expect(await shop.cases()).toMatchObject([
      { state: "told", severity: "P3" },
      { state: "candidate", severity: "P1" },
    ]);
  });
});

describe("what the reporter says in the chat after a case was settled", () => {
  test.each([
    ["zh", "桃子底下三个都烂了", "换的桃子还是烂的，你们看看", 2 * DAY],
    ["zh", "桃子底下三个都烂了", "又烂了两个，第二次了", 2 * DAY],
    ["en", "Three eggs were cracked", "eggs cracked again, third time", 2 * DAY],
    ["en", "My order never came, where is my refund", "Still no refund for my order", 2 * DAY],
    ["zh", "桃子底下三个都烂了", "桃子烂了一半，怎么吃", 3 * HOUR],
  ] as const)("%s: “%s” → “%s” reopens it", async (language, report, words, later) => {
    const shop = await settled(report, language);
    await shop.say("韩冰", words, TOLD + later);
    expect(await shop.only()).toMatchObject({ state: "reopened", reopened: 1 });
  });

  test.each([
    ["zh", "草莓酱那盒草莓都烂了", "今天居然十点五十就到了，我怀疑我的表坏了"],
    ["zh", "桃子底下三个都烂了", "桃子炖了银耳，炖烂了，就是要烂才好喝"],
    ["zh", "桃子底下三个都烂了", "草莓烂了两个"],
    ["zh", "昨天送晚了三个小时", "投诉！为什么这么快就送到了，我连骂人的词都没想好"],
    [
      "en",
      "My box arrived late yesterday",
      "A potato arrived late today. I did not know they could.",
    ],
    ["en", "My box arrived late yesterday", "Two eggs are missing from my order"],
  ] as const)("%s: “%s” → “%s” three days later does not", async (language, report, words) => {
    const shop = await settled(report, language);
    await shop.say("韩冰", words, TOLD + 3 * DAY - HOUR);
    const [first, ...more] = await shop.cases();
    expect(first).toMatchObject({ reopened: 0 });
    expect(more.length).toBeLessThanOrEqual(1);
    expect(more.every((row) => row.state === "candidate")).toBe(true);
  });

  test("about the same thing again, later, is a candidate that names the earlier case", async () => {
    const shop = await settled("桃子底下三个都烂了");
    await shop.say("韩冰", "草莓烂了两个", TOLD + 2 * DAY);
    const [first, second] = await shop.cases();
    expect(second).toMatchObject({ state: "candidate", parentId: first?.id });
  });
});
