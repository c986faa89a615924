import { beforeAll, describe, expect, test } from "vitest";
import type { Language } from "#entities/vocabulary.js";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import { MINUTE } from "#src/shared/clock.js";
import { clockAt, openShop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
let detector: Detector;

beforeAll(() => {
  detector = createDetector();
});

describe("with the shipped detector", () => {
  test.each<[Language, string]>([
    ["zh", "孩子吃了拉肚子"],
    ["en", "My kid got diarrhea after eating this"],
  ])("harm to a child is a P1 page with the words that decided (%s)", async (language, text) => {
    const shop = await openShop({ language, detector });
    await shop.say("王芳", text, TEN);
    const row = await shop.only();
    expect(row.severity).toBe("P1");
    expect(row.verdict.rule).not.toBeNull();
    expect((await shop.inRoom())[0]?.text).toContain(language === "zh" ? "拉肚子" : "diarrhea");
    expect(await shop.inGroup()).toEqual([]);
  });

  test.each<[Language, string, string]>([
    ["zh", "少发了两个鸡蛋，怎么回事", "我家也是，少了一个"],
    ["en", "There are two eggs missing in my order", "same here"],
  ])("a neighbour who says “me too” joins the case (%s)", async (language, first, second) => {
    const shop = await openShop({ language, detector });
    await shop.say("王芳", first, TEN);
    await shop.say("李雷", second, TEN + MINUTE);
    await shop.say("韩梅", "+1", TEN + 2 * MINUTE);
    expect(await shop.only()).toMatchObject({ affected: 3, severity: "P2", aspect: "shortage" });
  });

  test("small talk, thanks and questions open nothing", async () => {
    const shop = await openShop({ detector });
    const texts = ["大家早上好", "今天的草莓真甜，谢谢老板", "几点可以取货？", "+1", "收到"];
    for (const [index, text] of texts.entries()) await shop.say("王芳", text, TEN + index * MINUTE);
    expect(await shop.cases()).toEqual([]);
    expect(await shop.said()).toEqual([]);
  });

  test("a group may add words of its own", async () => {
    const plain = await openShop({ detector });
    await plain.say("王芳", "这批果子全是哑巴果", TEN);
    const taught = await openShop({
      detector,
      settings: { extraWords: [{ word: "哑巴果", aspect: "quality" }] },
    });
    await taught.say("王芳", "这批果子全是哑巴果", TEN);
    expect(await plain.cases()).toEqual([]);
    expect(await taught.only()).toMatchObject({ aspect: "quality" });
  });
});
