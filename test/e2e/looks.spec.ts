import { expect } from "@playwright/test";
import { cutTextsOf, demo, test, violationsOf } from "./support/visit.js";

const PAGES = [
  { name: "chat", path: "/chat", ready: "[role=log] article" },
  { name: "overview", path: "/overview", ready: "[role=img] svg" },
  { name: "complaints", path: "/cases?state=all", ready: "li button[class]" },
  { name: "settings", path: "/settings", ready: "#health dl" },
] as const;

for (const { name, path, ready } of PAGES) {
  for (const scheme of ["light", "dark"] as const) {
    for (const language of ["zh", "en"] as const) {
      test(`${name}, ${scheme}, ${language}: nothing that WCAG 2.2 AA forbids, nothing cut on a phone`, async ({
        visit,
      }) => {
        const page = await visit({ scheme, language });
        await page.goto(demo() + path);
        await page.locator(ready).first().waitFor();
        if (name === "complaints") {
          await page.keyboard.press("j");
          await page.locator("article h2").waitFor();
        }
        expect(await violationsOf(page)).toEqual([]);

        await page.setViewportSize({ width: 390, height: 844 });
        // Sliding marks of switches need a moment to follow the new width.
        await expect.poll(() => cutTextsOf(page)).toEqual([]);
        expect(await violationsOf(page)).toEqual([]);
      });
    }
  }
}

test("the panes of the pretend group on a phone hold the same", async ({ visit }) => {
  const page = await visit({ width: 390, height: 844, language: "en" });
  await page.goto(`${demo()}/chat`);
  for (const pane of ["Who am I", "The bot"]) {
    await page.getByText(pane, { exact: true }).click();
    await page
      .locator(pane === "The bot" ? "[data-pane=feed] article" : "[data-pane=setup] ul")
      .first()
      .waitFor();
    expect(await cutTextsOf(page)).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
  }
});

test("the first scripts weigh 300 kB at most, and the chart comes only with the overview", async ({
  visit,
}) => {
  const page = await visit();
  let bytes = 0;
  const names: string[] = [];
  page.on("response", (answer) => {
    if (!answer.url().endsWith(".js")) return;
    names.push(answer.url());
    bytes += Number(answer.headers()["content-length"] ?? 0);
  });
  const sizes = page.context().newCDPSession(page);
  const session = await sizes;
  await session.send("Network.enable");
  let encoded = 0;
  const scripts = new Set<string>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) encoded += encodedDataLength;
  });
  await page.goto(`${demo()}/chat`);
  await page.locator("[role=log] article").first().waitFor();
  expect(names.some((name) => name.includes("trend-chart"))).toBe(false);
  expect(encoded).toBeGreaterThan(50_000);
  expect(encoded).toBeLessThanOrEqual(300_000);
  test.info().annotations.push({ type: "bytes", description: `${encoded} (${bytes})` });
});
