import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { demo, test, violationsOf } from "./support/visit.js";

test.describe.configure({ mode: "serial" });

const GROUP = "湖滨小区团购群";
const SHOTS = path.resolve(import.meta.dirname, "../../node_modules/.cache/huiyin-e2e/relay");

function tray(page: Page) {
  return page.getByRole("list", { name: "待发" });
}

async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "聊天记录" }).fill(text);
  await page.getByRole("button", { name: "先看看读得对不对" }).click();
}

test("a group is made and a complaint pasted; its alert lies in the tray", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/relay`);
  await page.getByRole("button", { name: "新建群" }).first().click();
  await page.getByRole("textbox", { name: "群名" }).fill(GROUP);
  await page.getByRole("textbox", { name: "店员在群里的名字" }).fill("店长，小陈");
  await page.getByRole("button", { name: "建群", exact: true }).click();
  await expect(page.getByText("还没粘贴过")).toBeVisible();
  await paste(
    page,
    [
      "没有名字的一句",
      "张阿姨 昨天 19:03",
      "草莓烂了一半，怎么吃啊，我要退款",
      "李叔 昨天 19:04",
      "收到",
      "店长 昨天 19:05",
      "稍等，马上看",
    ].join("\n"),
  );
  await expect(page.getByRole("row", { name: /草莓烂了一半/ })).toContainText("像投诉");
  await expect(page.getByRole("row", { name: /没有名字的一句/ })).toContainText("没有发言人的名字");
  await expect(page.getByRole("row", { name: /马上看/ })).toContainText("店员");
  await shot(page, "preview-wide-zh");
  await page.getByRole("button", { name: "确认，收下 3 条" }).click();
  await expect(page.getByText("收下了 3 条。")).toBeVisible();
  await expect(tray(page).getByText("【投诉")).toBeVisible();
});

test("the same paste brings nothing new", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/relay`);
  await paste(page, "李叔 昨天 19:04\n收到\n店长 昨天 19:05\n稍等，马上看");
  await expect(page.getByText("没有新的内容。")).toBeVisible();
  await expect(page.getByRole("row", { name: /收到/ })).toContainText("已经有了");
});

test("two groups in one paste are asked about", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/relay`);
  await paste(
    page,
    `「${GROUP}」的聊天记录\n钱婶: 鱼很新鲜\n孙伯: 不错\n「别的群」的聊天记录\n周姐: 菜不好\n吴哥: 嗯`,
  );
  const question = page.getByRole("group", { name: /哪些是这个群的/ });
  await question.getByRole("checkbox", { name: new RegExp(GROUP) }).check();
  await question.getByRole("button", { name: "按选择重新读" }).click();
  await expect(page.getByRole("row", { name: /菜不好/ })).toContainText("不是这个群的");
  await page.getByRole("button", { name: "确认，收下 2 条" }).click();
  await expect(page.getByText("收下了 2 条。")).toBeVisible();
});

test("a survey's text is copied out, and the answers are pasted in", async ({ visit }) => {
  const page = await visit();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${demo()}/relay`);
  await page.getByRole("textbox", { name: "结果用来决定什么" }).fill("下周要不要换供应商");
  await page.getByRole("button", { name: "开始，并把题目放进待发箱" }).click();
  const force = page.getByRole("button", { name: "还是要发" });
  const card = tray(page).getByRole("listitem").filter({ hasText: "调查" }).last();
  await expect(force.or(card.getByText("发到群里"))).toBeVisible();
  if (await force.isVisible()) await force.click();
  await card.getByRole("button", { name: "复制文字" }).click();
  await expect(page.getByText("复制好了")).toBeVisible();
  expect(await page.evaluate<string>("navigator.clipboard.readText()")).toContain("满意");
  await page.getByRole("textbox", { name: "聊天记录" }).fill("王姐: 5分\n赵哥: 4");
  await page.getByRole("button", { name: "先看看读得对不对" }).click();
  await expect(page.getByRole("row", { name: /王姐/ })).toContainText("回答");
  await page.getByRole("button", { name: "确认，收下 2 条" }).click();
  await expect(page.getByText("已有 2 人回答")).toBeVisible();
  await card.getByRole("button", { name: "发了" }).click();
  await expect(page.getByText(/发过的/)).toBeVisible();
});

test("a file in GB18030 is read, and says so", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/relay`);
  // 张阿姨: 酸 / 李叔: 还行, as Chinese Windows writes it.
  const bytes = Buffer.from("d5c5b0a2d2cc3a20cbe10ac0eecae53a20bbb9d0d00a", "hex");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "../../etc/群聊.txt", mimeType: "text/plain", buffer: bytes });
  await page.getByRole("button", { name: "先看看读得对不对" }).click();
  await expect(page.getByText(/GB18030/)).toBeVisible();
  await expect(page.getByRole("row", { name: /酸/ })).toContainText("张阿姨");
});

const CHAT = "没有冒号的\n张阿姨: 梨都是坏的，怎么办\n李叔: 5\n孙伯: 11:30 能到吗\n李叔: 5";

async function lookAt(page: Page, part: "paste" | "tray", name: string): Promise<void> {
  await page.goto(`${demo()}/relay?part=${part}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (part === "paste") {
    await page.locator("textarea").first().fill(CHAT);
    await page.locator("section").first().getByRole("button").first().click();
    await page.getByRole("table").scrollIntoViewIfNeeded();
  }
  await shot(page, name);
  expect(
    await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth"),
  ).toBeLessThanOrEqual(0);
}

for (const scheme of ["light", "dark"] as const) {
  for (const language of ["zh", "en"] as const) {
    test(`it fits a phone and a desk, ${language}, ${scheme}`, async ({ visit }) => {
      const page = await visit({ scheme, language });
      for (const width of [390, 1360]) {
        await page.setViewportSize({ width, height: 844 });
        for (const part of ["paste", "tray"] as const) {
          await lookAt(page, part, `${part}-${language}-${scheme}-${String(width)}`);
          expect(await violationsOf(page)).toEqual([]);
        }
      }
    });
  }
}
