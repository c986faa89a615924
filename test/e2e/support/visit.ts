import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, test as base, expect, type Page } from "@playwright/test";
import { SIGNED_IN } from "./global-setup.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export type Language = "zh" | "en";
export type Scheme = "light" | "dark";

/** How a page is looked at. */
export interface Look {
  readonly language?: Language;
  readonly scheme?: Scheme;
  readonly width?: number;
  readonly height?: number;
  readonly signedIn?: boolean;
}

/** Address of the demo under test. */
export const demo = (): string => process.env["HUIYIN_E2E_DEMO"] ?? "";
/** Address of the service under test. */
export const service = (): string => process.env["HUIYIN_E2E_SERVICE"] ?? "";
/** The one-time link of the demo, used already. */
export const usedLink = (): string => process.env["HUIYIN_E2E_LINK"] ?? "";

async function openPage(browser: Browser, look: Look): Promise<Page> {
  const { language = "zh", scheme = "light", width = 1360, height = 900, signedIn = true } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    reducedMotion: "reduce",
    ...(signedIn ? { storageState: SIGNED_IN } : {}),
  });
  await context.addInitScript(
    `localStorage.setItem("huiyin.language", ${JSON.stringify(language)});
     localStorage.setItem("huiyin.scheme", ${JSON.stringify(scheme)});`,
  );
  return context.newPage();
}

/** Tests with `visit`: a page of its own, on which nothing may be written to the console as an error. */
export const test = base.extend<{ visit: (look?: Look) => Promise<Page> }>({
  visit: async ({ browser }, use) => {
    const pages: Page[] = [];
    const faults: string[] = [];
    await use(async (look = {}) => {
      const page = await openPage(browser, look);
      pages.push(page);
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (message) => {
        const isAnswer = message.text().startsWith("Failed to load resource");
        // A refused request is told on the page; the browser's own note of it is no fault.
        if (message.type() === "error" && !isAnswer) faults.push(message.text());
      });
      return page;
    });
    for (const page of pages) await page.context().close();
    expect(faults, "faults in the browser's console").toEqual([]);
  },
});

/** Looks at the page with axe; returns what breaks WCAG 2.2 A and AA, one line each. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe
    .run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => id + ": " + node.target.join(" ") + " " + node.failureSummary)))`);
}

/** Texts that are cut off, and what sticks out at the side. Ellipses after whole lines are meant. */
export async function cutTextsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push("the page is " + wide + " px too wide");
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const isUnseen = box.width < 2 || style.visibility === "hidden" || style.clipPath !== "none";
      if (isUnseen || (element.textContent ?? "").trim() === "") continue;
      const isMeant = style.webkitLineClamp !== "none" && style.webkitLineClamp !== "";
      const hides = ["hidden", "clip"].includes(style.overflowX);
      if (hides && !isMeant && element.scrollWidth > element.clientWidth + 1)
        found.push("cut: " + element.className + " " + element.textContent.slice(0, 60));
    }
    return found;
  })()`);
}
