import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { ask, enterRoom, write } from "./support/stage.js";
import { demo, test } from "./support/visit.js";

test.describe.configure({ mode: "serial" });

const setup = (page: Page) => page.locator("[data-pane=setup]");
const lineWith = (page: Page, text: string) =>
  page.locator("[role=log] article").filter({ hasText: text }).last();

async function choose(page: Page, text: string, action: string): Promise<void> {
  const line = lineWith(page, text);
  await line.hover();
  await line.getByRole("button", { name: /^更多操作/ }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("one takes back what one said, in the WeChat look", async ({ visit }) => {
  const page = await visit();
  await enterRoom(page, "阳光里3群");
  const text = "这句话说错了，马上撤回";
  await write(page, text);
  await lineWith(page, text).waitFor();
  await choose(page, text, "撤回");
  await expect(page.getByRole("log").getByText("你撤回了一条消息").last()).toBeVisible();
  await expect(page.getByRole("log").getByText(text)).toHaveCount(0);
});

test("one changes what one said, in the Slack look, and it is marked", async ({ visit }) => {
  const page = await visit();
  await enterRoom(page, "riverside-pantry");
  await write(page, "The plums are ok");
  await choose(page, "The plums are ok", "编辑");
  const field = page.getByRole("textbox", { name: "消息" });
  await expect(field).toHaveValue("The plums are ok");
  await write(page, "The plums are wonderful");
  const line = lineWith(page, "The plums are wonderful");
  await expect(line).toContainText("已编辑");
  await expect(page.getByRole("log").getByText("The plums are ok")).toHaveCount(0);
  await expect(field).toHaveValue("");
});

test("alone with the bot, one is told what it keeps", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/chat`);
  await setup(page)
    .getByRole("button", { name: /和回音私聊/ })
    .click();
  await write(page, "我的数据");
  await expect(lineWith(page, "我们留着的您的数据")).toContainText("所在群");
  await expect(lineWith(page, "我们留着的您的数据")).toContainText("回音");
});

test("a dismissal is taken back while the offer stands", async ({ visit }) => {
  const page = await visit();
  await enterRoom(page, "阳光里3群");
  const complaint = "这次多收了我十五块钱，付款页面和群里报价不一样，请退给我";
  await write(page, complaint);
  await lineWith(page, complaint).waitFor();
  await page.goto(`${demo()}/cases?state=all`);
  await page.locator("main li button").filter({ hasText: complaint }).first().click();
  const detail = page.getByRole("region", { name: "投诉详情" });
  const history = detail.getByRole("listitem");
  await expect(history.first()).toBeVisible();
  const entries = await history.count();
  await detail.getByRole("button", { name: "不是投诉" }).click();
  await detail.getByLabel("原因（可不填）").fill("手滑了");
  await detail.getByRole("button", { name: "不是投诉" }).last().click();
  await expect(detail).toContainText("手滑了");
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(detail.getByRole("button", { name: "处理好了" })).toBeVisible();
  await expect(history).toHaveCount(entries + 2);
});

test("a scenario starts, goes on with the clock, and stops", async ({ visit }) => {
  const page = await visit();
  await enterRoom(page, "阳光里3群");
  const row = setup(page).getByRole("listitem").filter({ hasText: "坏了一批货" });
  await row.getByRole("button", { name: "开始: 坏了一批货" }).click();
  await expect(row).toContainText(/\d+ \/ \d+/);
  const lines = page.locator("[role=log] article");
  const before = await lines.last().textContent();
  await setup(page).getByRole("button", { name: "60×" }).click();
  await expect(row).toContainText(/[3-9] \/ \d+|\d\d \/ \d+/, { timeout: 30_000 });
  await expect.poll(() => lines.last().textContent()).not.toBe(before);
  await row.getByRole("button", { name: "停下: 坏了一批货" }).click();
  await expect(row.getByRole("button", { name: "开始: 坏了一批货" })).toBeVisible();
  await setup(page).getByRole("button", { name: "1×", exact: true }).click();
});

const REPLAYED = Array.from({ length: 10 }, (_, index) =>
  JSON.stringify({
    id: `r${index}`,
    group: "江边水果团",
    at: Date.UTC(2026, 10, 20, 9, index),
    member: `member-${index % 3}`,
    name: ["小周", "老吴", "阿珍"][index % 3],
    text: index === 4 ? "葡萄全烂了，客服也不理人，我要退款" : `第 ${index + 1} 句`,
  }),
).join("\n");

test("a transcript is replayed with its progress, and then its room is there", async ({
  visit,
}) => {
  const page = await visit();
  await enterRoom(page, "阳光里3群");
  await setup(page).getByRole("button", { name: "重放聊天记录" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "开始重放" }).click();
  await expect(dialog).toContainText("先选一个文件");
  await dialog.getByLabel("或者粘贴在这里").fill(REPLAYED);
  await dialog.getByRole("button", { name: "开始重放" }).click();
  const progress = setup(page).getByRole("status").filter({ hasText: "正在重放「粘贴的记录」" });
  await expect(progress).toContainText(/\d+ \/ 10/);
  await expect(progress).toHaveCount(0, { timeout: 20_000 });
  await expect(setup(page).getByRole("button", { name: /江边水果团/ })).toBeVisible();
  await expect(setup(page).getByText("阳光里3群")).toHaveCount(0);
  await expect(page.getByRole("log").getByText("第 10 句")).toBeVisible();
  await expect(lineWith(page, "葡萄全烂了")).toContainText("老吴");
});

test("what happened is exported as lines that can be replayed", async ({ visit }) => {
  // Written by the build, which the setup of all tests makes.
  const { parseTranscriptLine } = await import("#src/app/transcript.js");
  const page = await visit();
  await page.goto(`${demo()}/chat`);
  const coming = page.waitForEvent("download");
  await setup(page).getByRole("link", { name: "导出聊天记录" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/\.jsonl$/);
  const text = readFileSync(await download.path(), "utf8");
  const lines = text.split("\n").filter((line) => line !== "");
  const kinds = lines.map((line) => parseTranscriptLine(line).kind);
  expect(kinds.filter((kind) => kind === "message")).toHaveLength(10);
  expect(kinds.at(-1)).toBe("time");
  expect(text).toContain("葡萄全烂了");
});

test("starting over asks first, and brings the neighbourhood back", async ({ visit }) => {
  test.setTimeout(120_000);
  const page = await visit();
  await page.goto(`${demo()}/chat`);
  const dialog = page.getByRole("dialog");
  const begin = setup(page).getByRole("button", { name: "从头再来" });
  await begin.click();
  await dialog.getByRole("button", { name: "取消" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(setup(page).getByRole("button", { name: /江边水果团/ })).toBeVisible();

  await begin.click();
  await dialog.getByRole("button", { name: "清掉，重新开始" }).click();
  await expect(setup(page).getByText("阳光里3群", { exact: true })).toBeVisible({
    timeout: 90_000,
  });
  await expect
    .poll(async () => (await ask<{ seeding: unknown }>(page, "/simulator")).seeding, {
      timeout: 90_000,
    })
    .toBeNull();
  await expect(setup(page).getByText("江边水果团")).toHaveCount(0);
  await expect(page.locator("[role=log] article").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "第一分钟" })).toContainText("0 / 4");
});
