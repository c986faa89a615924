import { expect } from "@playwright/test";
import { demo, test } from "./support/visit.js";
import { openWire } from "./support/wire.js";

test("after a broken connection the stream goes on, and no line is there twice", async ({
  visit,
}) => {
  const wire = await openWire(demo());
  const [page, other] = [await visit(), await visit()];
  for (const [each, address] of [
    [page, wire.address],
    [other, demo()],
  ] as const) {
    await each.goto(`${address}/chat`);
    await each.locator("[role=log] article").first().waitFor();
  }
  const [before, during, after] = ["断线前的一句", "断线时的一句", "重连后的一句"];
  const say = async (text: string): Promise<void> => {
    await other.getByRole("textbox", { name: "消息" }).fill(text);
    await other.keyboard.press("Enter");
    await expect(other.getByRole("log").getByText(text)).toHaveCount(1);
  };
  await say(before);
  await expect(page.getByRole("log").getByText(before)).toHaveCount(1);

  wire.cut();
  await say(during);
  await expect(page.getByText("连接断开了")).toBeVisible();
  await expect(page.getByRole("log").getByText(during)).toHaveCount(0);
  wire.mend();
  await expect(page.getByRole("log").getByText(during)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByText("连接断开了")).toHaveCount(0);

  await say(after);
  await expect(page.getByRole("log").getByText(after)).toHaveCount(1);
  for (const text of [before, during]) {
    await expect(page.getByRole("log").getByText(text)).toHaveCount(1);
  }
  await wire.close();
});

test("the address keeps the filter of the overview and of the complaints", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/overview`);
  await page.getByText("7 天", { exact: true }).click();
  await expect(page).toHaveURL(/range=week/);
  await page.goto(`${demo()}/cases`);
  await page.getByText("已了", { exact: true }).click();
  await expect(page).toHaveURL(/state=closed/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "已了" })).toBeChecked();
});

test("older lines come while one scrolls up, and the line one reads stays", async ({ visit }) => {
  const page = await visit();
  await page.goto(`${demo()}/chat`);
  const lines = page.locator("[role=log] article");
  await lines.first().waitFor();
  const count = await lines.count();
  await expect
    .poll(async () => {
      await page.getByRole("log").evaluate((box) => Reflect.set(box, "scrollTop", 0));
      return lines.count();
    })
    .toBeGreaterThan(count);
  await expect
    .poll(() => page.getByRole("log").evaluate((box) => Number(Reflect.get(box, "scrollTop"))))
    .toBeGreaterThan(0);
});
