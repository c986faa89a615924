import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOUR } from "#src/shared/clock.js";
import { GROUP, STAFF, WechatProduct } from "../support/wechat/wechat-product.js";

const NEIGHBOURS = Array.from({ length: 12 }, (_, index) => `n${String(index + 1)}`);
const RULE = "- - - - - - - - - - - - - - -";
const NEW_SURVEY = "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；开放：2小时";

let product: WechatProduct;
beforeEach(async () => {
  product = await WechatProduct.open({
    members: ["wang", "li", ...NEIGHBOURS],
    strangers: NEIGHBOURS,
  });
  await product.bind();
});
afterEach(() => product.close());

/** Staff post a survey now; what the group reads of it. */
async function posted(words = NEW_SURVEY): Promise<string> {
  for (const who of ["wang", "li", ...NEIGHBOURS]) product.blurts(GROUP, who, "早上好");
  await product.says(STAFF, "chen", words);
  const before = product.seen(GROUP).length;
  await product.says(STAFF, "chen", "调查 发 1 force");
  const card = product.seen(GROUP)[before];
  if (card === undefined) throw new Error(product.seen(STAFF).join("\n--\n"));
  return card;
}

async function ratings(): Promise<readonly (number | null)[]> {
  const rows = await product.store.read((tx) => tx.responses.rows.find({ rating: true }));
  return rows.map(({ numeric }) => numeric).toSorted((a, b) => (a ?? 0) - (b ?? 0));
}

describe("through WeChat", () => {
  it("a message becomes one alert in the staff room, with evidence and what to type, and nothing in the group", async () => {
    await product.says(GROUP, "wang", "草莓下面一层都烂了[Sob]");
    expect(product.found(STAFF, /烂了/)).toMatch(/王阿姨：草莓下面一层都烂了\[流泪\]/);
    expect(product.found(STAFF, /烂了/)).toContain("处理 1 确认");
    expect(product.seen(STAFF).filter((text) => text.includes("烂了"))).toHaveLength(1);
    expect(product.seen(GROUP)).toEqual([]);
  });

  it("a survey is posted with numbers, answered, quoted, corrected, taken back, closed, and its result told", async () => {
    const card = await posted();
    expect(card).toMatch(/1 很不满意[\s\S]*5 非常满意[\s\S]*引用本条回复/);
    await product.says(GROUP, "wang", "5");
    await product.says(GROUP, "wang", `「小助手：${card}」\n${RULE}\n4`);
    const mistaken = await product.says(GROUP, "li", "1分");
    for (const who of NEIGHBOURS) await product.says(GROUP, who, "5分");
    await product.says(GROUP, "n1", "@小助手\u20053，送得太晚了");
    await product.says(GROUP, "n2", "「李叔：1分」\n- - - - - - - - - - - - - - -\n2");
    await product.recalls(GROUP, "li", mistaken);
    expect(await ratings()).toEqual([3, 4, ...Array.from({ length: 11 }, () => 5)]);
    // Nobody is answered for a vote.
    expect(product.seen(GROUP)).toEqual([card]);
    await product.says(STAFF, "chen", "调查 结束 1");
    expect(product.found(GROUP, /问卷结果/)).toMatch(/约 ?15 ?位/);
    expect(product.found(STAFF, /n=13/)).toContain("92.3%");
    for (const text of product.seen(GROUP)) expect(text).not.toMatch(/王阿姨|李叔|住户/);
  });

  it("a list that matches the question counts each neighbour, the newest list as a whole", async () => {
    await posted();
    const list = (entries: readonly string[]): string =>
      ["#接龙", "这次团购您满意吗？", "", ...entries].join("\n");
    await product.says(GROUP, "n1", list(["1. 住户n1 5分"]));
    const entries = ["1. 住户n1 5分", "2. 住户n2 4", "3. 住户n3 3，小了点"];
    await product.says(GROUP, "n3", list(entries));
    expect(await ratings()).toEqual([3, 4, 5]);
    expect(product.seen(GROUP)).toHaveLength(1);
  });

  it("the digest comes at eight as text and picture, to the group after approval, once, without names", async () => {
    await product.says(GROUP, "wang", "草莓下面一层都烂了");
    await posted();
    for (const who of NEIGHBOURS) await product.says(GROUP, who, "5分");
    await product.passes(10 * HOUR);
    const staff = product.seen(STAFF);
    const detail = staff.findIndex((text) => text.includes("日报】"));
    expect(staff[detail]).toContain("商品质量");
    expect(staff.slice(detail).find((text) => text === "[图片]")).toBeDefined();
    const order = /小结 \S+|日报 \S+|发布 \S+/.exec(product.found(STAFF, /您看过再发/));
    expect(product.seen(GROUP).filter((text) => text.includes("小结】"))).toEqual([]);
    for (let time = 0; time < 2; time += 1) await product.says(STAFF, "chen", order?.[0] ?? "");
    const posts = product.seen(GROUP).filter((text) => text.includes("小结"));
    expect(posts).toHaveLength(1);
    expect(posts[0]).not.toMatch(/王阿姨|草莓下面/);
  });

  it("a command works by its words in the staff room, alone with the bot, and not for a customer", async () => {
    await product.says(GROUP, "wang", "早");
    await product.says(STAFF, "chen", "报告 今天");
    product.found(STAFF, /报告】[\s\S]*1位顾客发言/);
    await product.says(null, "chen", "帮助");
    product.found("chen", /报告/);
    await product.says(GROUP, "wang", "@小助手 报告 今天");
    expect(product.seen(GROUP)).toEqual([expect.stringContaining("只有店员能看")]);
    expect(product.seen(GROUP)[0]).not.toMatch(/王阿姨|满意率/);
  });

  it("staff resolve a case, the member is told alone, says that it is not solved, and it is reopened", async () => {
    await product.says(GROUP, "wang", "鸡蛋一板少了两个");
    await product.says(STAFF, "chen", "处理 1 确认");
    expect(product.found(GROUP, /少件/)).not.toContain("王阿姨");
    await product.says(STAFF, "chen", "处理 1 解决 少的两个已退款");
    expect(product.found("wang", /已退款/)).toContain("没解决");
    await product.says(null, "wang", "没解决");
    const [found] = await product.store.read((tx) => tx.cases.find({}));
    expect(found).toMatchObject({ state: "reopened", reopened: 1 });
  });

  it("nothing personal is said to somebody who is no contact of the account", async () => {
    await product.says(GROUP, "n1", "鸡蛋一板少了两个");
    await product.says(STAFF, "chen", "处理 1 确认");
    await product.says(STAFF, "chen", "处理 1 解决 少的两个已退款");
    expect(product.seen("n1")).toEqual([]);
    const parked = await product.store.read((tx) => tx.outbox.rows.count({ state: "parked" }));
    expect(parked).toBe(0);
  });

  it("a complaint that is recalled loses its words everywhere", async () => {
    const id = await product.says(GROUP, "wang", "鸡蛋一板少了两个，什么垃圾店");
    product.found(STAFF, /垃圾店/);
    await product.recalls(GROUP, "wang", id);
    await product.says(STAFF, "chen", "处理 1");
    expect(product.seen(STAFF).at(-1)).not.toContain("垃圾店");
    await product.passes(10 * HOUR);
    expect(product.found(STAFF, /日报】/)).not.toContain("垃圾店");
  });
});
