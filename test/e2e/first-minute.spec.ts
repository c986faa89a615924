import { expect, type Page } from "@playwright/test";
import { demo, test } from "./support/visit.js";

const COMPLAINT = "昨天订的草莓到现在还没送到，客服一直不回，太离谱了";

async function enterChat(page: Page, room: string): Promise<void> {
  await page.goto(`${demo()}/chat`);
  await page.locator("[data-pane=setup]").getByText(room, { exact: true }).click();
  await page.locator("[role=log] article").first().waitFor();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "消息" }).fill(text);
  await page.keyboard.press("Enter");
}

test.describe.configure({ mode: "serial" });

test("a complaint is judged with its words marked, and becomes a case", async ({ visit }) => {
  const page = await visit();
  await enterChat(page, "阳光里3群");
  await say(page, COMPLAINT);
  const log = page.getByRole("log");
  // Once as said; the bot's answer may quote it.
  await expect(log.getByText(COMPLAINT).first()).toBeVisible();
  const card = page.locator("[data-pane=feed] article").filter({ hasText: COMPLAINT });
  await expect(card.first()).toContainText("投诉");
  await expect(card.first().locator("mark").first()).toBeVisible();
  await card
    .first()
    .getByRole("link", { name: /打开投诉 #\d+/ })
    .click();
  await expect(page.getByRole("region", { name: "投诉详情" })).toContainText(COMPLAINT);
  await page.goBack();
  await expect(page.locator("[data-pane=feed] ol li").first()).toContainText("完成");
});

test("in the WeChat look one votes by a number", async ({ visit }) => {
  const page = await visit();
  await enterChat(page, "阳光里3群");
  await say(page, "4");
  const card = page.locator("[data-pane=feed] article").filter({ hasText: "收到评分" });
  await expect(card.first()).toContainText("打了 4");
  await expect(card.first()).toContainText(/\d+ \/ \d+ 人已答/);
});

test("in the Slack look one votes by a button", async ({ visit }) => {
  const page = await visit();
  await enterChat(page, "riverside-pantry");
  const survey = page
    .locator("[role=log] article")
    .filter({ hasText: "Overall, how satisfied" })
    .last();
  await survey.getByRole("button", { name: /^5/ }).click();
  const card = page.locator("[data-pane=feed] article").filter({ hasText: "收到评分" });
  await expect(card.first()).toContainText("打了 5");
});

test("20:00 brings the digest with its picture, which opens large", async ({ visit }) => {
  const page = await visit();
  await enterChat(page, "阳光里3群");
  await page.locator("[data-pane=setup]").getByRole("button", { name: "快进到 20:00" }).click();
  const picture = page.locator("[role=log] article img").last();
  await expect(picture).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(() => picture.evaluate((image) => Number(Reflect.get(image, "naturalWidth"))))
    .toBeGreaterThan(400);
  expect((await picture.getAttribute("alt")) ?? "").not.toBe("");
  await page.locator("[role=log] article button:has(img)").last().click();
  await expect(page.getByRole("dialog").locator("img")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the overview shows the same day, and ticks the last box", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/overview?range=today`);
  await expect(page.getByRole("region", { name: "满意度", exact: true })).toContainText("%");
  await page.goto(`${demo()}/chat`);
  await expect(page.getByRole("region", { name: "第一分钟" })).toContainText("4 / 4");
});

test("a case that is solved is told to the customers", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/cases?state=all`);
  await page.locator("li button").filter({ hasText: COMPLAINT }).first().click();
  const detail = page.getByRole("region", { name: "投诉详情" });
  const confirm = detail.getByRole("button", { name: "确认是投诉" });
  await expect(detail.getByRole("button").first()).toBeEnabled();
  // Nobody may have looked at it yet; after some time the bot confirms by itself.
  if ((await confirm.count()) > 0) {
    await confirm.click();
    await expect(confirm).toHaveCount(0);
  }
  await detail.getByRole("button", { name: "我来处理" }).click();
  await expect(detail).toContainText("店主 负责");
  await detail.getByRole("button", { name: "处理好了" }).click();
  await detail.getByLabel("怎么处理的").fill("已补发一盒草莓，明早到");
  await detail.getByRole("button", { name: "处理好了" }).last().click();
  await expect(detail).toContainText(/已解决|已告知顾客/);
  await page.goto(`${demo()}/chat`);
  const said = page.locator("[role=log] article").filter({ hasText: "已补发一盒草莓" });
  const direct = page.getByRole("button", { name: /和回音私聊/ });
  if ((await said.count()) === 0) await direct.click();
  await expect(said.first()).toBeVisible();
});
