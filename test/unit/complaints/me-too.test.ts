import { beforeAll, describe, expect, test } from "vitest";
import { createDetector } from "#src/complaints/detection/detector.js";
import type { Detector } from "#src/complaints/detection/verdict.js";
import { MINUTE } from "#src/shared/clock.js";
import { clockAt, openShop, type Shop } from "./support/shop.js";

const TEN = clockAt("2026-11-20 10:00");
let detector: Detector;

beforeAll(() => {
  detector = createDetector();
});

async function after(first: string, second: string): Promise<Shop> {
  const language = /[a-z]{3}/u.test(first) ? "en" : "zh";
  const shop = await openShop({ language, detector });
  await shop.say("安安妈", first, TEN);
  await shop.say("橙子", second, TEN + MINUTE);
  return shop;
}

const CAKE = "刚拿的米糕有股馊味，掰开里面拉丝了";
const PEACH = "桃子这箱底下三个都烂了";
const MILK = "三瓶牛奶打开一瓶已经发酸变质了";
const ENGLISH = "Both bottles of milk arrived warm and one has gone off";

describe("right after somebody's case, a neighbour joins it", () => {
  test.each([
    [CAKE, "我家的也馊了！以为是我鼻子有问题"],
    [CAKE, "同，发黏，筷子一拉老长的丝"],
    [CAKE, "我这盒也有味，退钱退钱"],
    [CAKE, "+1"],
    [CAKE, "same here，酸的，不是酒酿那种酸"],
    [CAKE, "我这盒也是"],
    [CAKE, "我那份也馊了"],
    [CAKE, "我妈家也是这样，已经扔了"],
    [CAKE, "我也中招了"],
    [PEACH, "我家也有一个烂的"],
    [PEACH, "我这箱也烂了两个"],
    [PEACH, "我家也是"],
    [PEACH, "我也要退"],
    [PEACH, "我的桃子也坏了"],
    [MILK, "我家牛奶也是温乎的，瓶子上一点水汽都没有"],
    [MILK, "我家的也变质了"],
    [MILK, "一样的问题"],
    [ENGLISH, "Same here, milk at room temperature."],
    [ENGLISH, "Mine too."],
    [ENGLISH, "mine has gone off as well"],
    [ENGLISH, "ours had gone off"],
    [ENGLISH, "same problem here"],
  ])("“%s” ← “%s”", async (first, second) => {
    const shop = await after(first, second);
    expect(await shop.only()).toMatchObject({ affected: 2 });
  });
});

describe("right after somebody's case, these join nothing and open nothing", () => {
  test.each([
    [CAKE, "我也要两盒"],
    [CAKE, "我也买了"],
    [CAKE, "我也来一份"],
    [CAKE, "我也在楼下"],
    [CAKE, "我家也是！好吃得停不下来"],
    [CAKE, "我这盒也好好的"],
    [CAKE, "我的酒酿也没事"],
    [CAKE, "我也想要那个桂花酒酿"],
    [PEACH, "我家也是！全好的"],
    [PEACH, "我这箱也没坏的"],
    [PEACH, "我的也全好，juicy"],
    [PEACH, "我家的也活蹦乱跳，是不是那一箱的氧气袋漏了"],
    [PEACH, "袋子一模一样我没看名字，我这就送过去"],
    [PEACH, "我也去拿快递，谁要带"],
    [PEACH, "我家孩子也放学了"],
    [PEACH, "跟平时一样放门卫就行"],
    [PEACH, "同，周末有空一起爬山"],
    [MILK, "我也喝了，没问题"],
    [MILK, "牛奶也来两瓶"],
    [ENGLISH, "Same early slot if Tom can bear me."],
    [ENGLISH, "mine is perfectly cold"],
    [ENGLISH, "same order as ever, please"],
    [ENGLISH, "Mine are fine"],
    [ENGLISH, "I also want two boxes"],
  ])("“%s” ↚ “%s”", async (first, second) => {
    const shop = await after(first, second);
    expect(await shop.only()).toMatchObject({ affected: 1 });
  });
});
