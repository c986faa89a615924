import { chromium, expect, type Page } from "@playwright/test";
import { type Canary, openCanary } from "./support/canary.js";
import { findBrowser } from "./support/find-browser.js";
import { SIGNED_IN } from "./support/global-setup.js";
import { payloads } from "./support/payloads.js";
import { ask, sayIn } from "./support/stage.js";
import { demo, test } from "./support/visit.js";

let canary: Canary;
test.beforeAll(async () => {
  canary = await openCanary();
});
test.afterAll(() => canary.close());

/** The newest line of a room: what a change by somebody else would show in. */
async function newest(page: Page): Promise<string> {
  const { items } = await ask<{ readonly items: readonly { readonly id: string }[] }>(
    page,
    "/simulator/rooms/sunshine-3/lines?limit=1",
  );
  return items[0]?.id ?? "";
}

test("a name that was led to this machine reaches the port and gets nothing", async () => {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ["--no-sandbox", "--host-resolver-rules=MAP evil.test 127.0.0.1"],
  });
  const page = await browser.newPage();
  canary.page("/led", "led here");
  await page.goto(`http://evil.test:${canary.port}/led`);
  await expect(page.locator("body")).toHaveText("led here");

  const evil = `http://evil.test:${new URL(demo()).port}`;
  for (const path of ["/", "/chat", "/api/v1/door", "/api/v1/simulator", "/api/openapi.json"]) {
    const answer = await page.goto(evil + path);
    expect([path, answer?.status()]).toEqual([path, 421]);
    expect(await answer?.text()).not.toMatch(/id="root"|hasPassword|rooms|openapi/);
  }
  const seen = await page.evaluate<string>(
    `fetch("/api/v1/door").then((answer) => String(answer.status))`,
  );
  expect(seen).toBe("421");
  await browser.close();
});

const FOREIGN_PAGE = (target: string): string => `<!doctype html><title>foreign</title>
<form id="form" method="post" action="${target}/api/v1/simulator/reset"><input name="x" value="y"></form>
<form id="text" method="post" enctype="text/plain" action="${target}/api/v1/simulator/lines">
<input name='{"room":"sunshine-3","memberId":"lin","text":"改' value='了"}'></form>
<img src="${target}/api/v1/simulator/reset">`;

/** What a foreign page can send without asking first. */
const QUIET_WAYS = (target: string): Readonly<Record<string, string>> => ({
  fetch: `fetch("${target}/api/v1/simulator/reset", {
    method: "POST", mode: "no-cors", credentials: "include", body: "{}" })`,
  "text that is JSON": `fetch("${target}/api/v1/simulator/lines", {
    method: "POST", mode: "no-cors", credentials: "include",
    body: JSON.stringify({ room: "sunshine-3", memberId: "lin", text: "改了" }) })`,
  beacon: `navigator.sendBeacon("${target}/api/v1/access/sign-out", "{}")`,
});
const FORMS = ["form", "text"] as const;

/** The statuses that the server answered to posts, also where the page may not see the answer. */
async function postStatuses(page: Page): Promise<() => readonly number[]> {
  const wire = await page.context().newCDPSession(page);
  const posts = new Set<string>();
  const statuses = new Map<string, number>();
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.method === "POST") posts.add(requestId);
  });
  wire.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
    statuses.set(requestId, statusCode);
  });
  await wire.send("Network.enable");
  return () => [...posts].flatMap((id) => statuses.get(id) ?? []);
}

for (const host of ["127.0.0.1", "localhost"]) {
  test(`a page of ${host} at another port changes nothing, with the cookie at hand`, async ({
    browser,
  }) => {
    // Not `visit`: a foreign page's own errors are what is wanted here.
    const context = await browser.newContext({ storageState: SIGNED_IN });
    const page = await context.newPage();
    await ask(page, "/simulator/clock", { rate: 0 });
    const before = await newest(page);
    canary.page("/foreign", FOREIGN_PAGE(demo()));
    const foreign = `http://${host}:${canary.port}/foreign`;
    const statuses = await postStatuses(page);
    await page.goto(foreign);
    for (const script of Object.values(QUIET_WAYS(demo()))) {
      await page.evaluate(`Promise.resolve(${script}).then(() => 0, () => 0)`);
    }
    await expect.poll(statuses).toEqual([403, 403, 403]);
    for (const form of FORMS) {
      await page.goto(foreign);
      const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
      await page.evaluate(`document.getElementById("${form}").submit()`);
      expect([form, (await answered).status()]).toEqual([form, 403]);
      await page.waitForURL(`${demo()}/**`);
    }
    // What asks first is not allowed, and what would be read is not given.
    await page.goto(foreign);
    for (const init of [
      `{ method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: "{}" }`,
      `{ method: "DELETE", credentials: "include" }`,
      `{ credentials: "include" }`,
    ]) {
      const outcome = await page.evaluate<string>(
        `fetch("${demo()}/api/v1/simulator/replay", ${init}).then(() => "read", () => "refused")`,
      );
      expect([init, outcome]).toEqual([init, "refused"]);
    }
    // Still signed in, in the same world, with the same last line.
    expect(await newest(page)).toBe(before);
    await context.close();
  });
}

/** Where something could show that it ran: dialogs, requests to the canary, blocked ones. */
async function watch(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  page.on("dialog", (dialog) => {
    found.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(demo())) found.push(`request ${request.url().slice(0, 200)}`);
  });
  await page.exposeFunction("tellViolation", (what: string) => void found.push(what));
  await page.addInitScript(`addEventListener("securitypolicyviolation", (event) =>
    tellViolation("policy " + event.violatedDirective + " " + event.blockedURI))`);
  return found;
}

const ROOMS = ["sunshine-3", "sunshine-staff", "riverside-pantry", "riverside-staff"] as const;

/** As the page holds it: no NUL passes the inbox. */
const shown = (text: string): string => text.replaceAll("\u0000", "");

/** What of the texts no element on the page holds as it was written. */
async function missingIn(
  page: Page,
  selector: string,
  texts: readonly string[],
): Promise<readonly string[]> {
  const held = (await page.locator(selector).allTextContents()).map(shown);
  return texts.filter((text) => !held.some((one) => one.includes(shown(text))));
}

/** All pages but the chat, each when it is drawn. */
async function visitPages(page: Page): Promise<void> {
  for (const [path, ready] of [
    ["/overview", "main section"],
    ["/overview?range=today", "main section"],
    ["/settings", "#health dl"],
    ["/cases?state=all", "main li button"],
  ] as const) {
    await page.goto(demo() + path);
    await page.locator(ready).first().waitFor();
  }
}

test("the sixty texts bite where a page takes them for markup", async ({ browser }) => {
  const all = payloads(`${canary.address}/bite`);
  expect(new Set(all).size).toBe(60);
  const page = await browser.newPage();
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  for (const [index, text] of all.entries()) {
    canary.page(`/wild/${index}`, `<!doctype html><meta charset="utf-8"><p>${text}</p>`);
    // Some of them lead the page away while it loads.
    await page.goto(`${canary.address}/wild/${index}`).catch(() => undefined);
  }
  const bitten = new Set(canary.asked.filter((path) => path.startsWith("/bite")));
  expect(bitten.size + dialogs).toBeGreaterThanOrEqual(30);
  await page.close();
});

test("said in chats, quoted and noted at a case, they are text on every page", async ({
  visit,
}) => {
  test.setTimeout(120_000);
  const page = await visit();
  const found = await watch(page);
  const all = payloads(`${canary.address}/chat`);
  await ask(page, "/simulator/clock", { rate: 0 });
  const { rooms } = await ask<{
    readonly rooms: readonly { readonly id: string; readonly memberIds: readonly string[] }[];
  }>(page, "/simulator");
  for (const [turn, room] of ROOMS.entries()) {
    const memberId = rooms.find(({ id }) => id === room)?.memberIds[0] ?? "";
    const texts = all.slice(turn * 15, turn * 15 + 15);
    for (const text of texts) {
      const quote = await sayIn(page, { room, memberId, text });
      await sayIn(page, { room, memberId, text: `↑ ${text}`, quote });
    }
    await page.goto(`${demo()}/chat?room=${room}`);
    await page.locator("[role=log] article").first().waitFor();
    const said = "[role=log] article";
    await expect.poll(() => missingIn(page, `${said} p`, texts)).toEqual([]);
    expect(await missingIn(page, `${said} button`, texts)).toEqual([]);
  }

  const member = rooms.find(({ id }) => id === "sunshine-3")?.memberIds.at(-1) ?? "";
  const complaint = `草莓全烂了，太恶心了，我要退款！${all[0]}${all[35]}`;
  await sayIn(page, { room: "sunshine-3", memberId: member, text: complaint });
  const { items } = await ask<{
    readonly items: readonly { readonly id: string; readonly excerpt: string }[];
  }>(page, "/cases?state=all&limit=50");
  const id = items.find(({ excerpt }) => excerpt.includes("草莓全烂了，太恶心了"))?.id ?? "";
  for (let from = 0; from < all.length; from += 20) {
    const text = all.slice(from, from + 20).join("\n");
    const path = `/cases/${encodeURIComponent(id)}/actions`;
    await ask(page, path, { action: "note", text });
  }
  await visitPages(page);
  await page.locator("main li button").filter({ hasText: "草莓全烂了，太恶心了" }).first().click();
  const detail = page.getByRole("region", { name: "投诉详情" });
  await expect(detail).toContainText("太恶心了");
  // A database keeps no NUL, and blanks at the ends of a note are trimmed.
  const kept = all.filter((text) => !/[\0\u00a0\u200b-\u200f\u2060\ufeff]/u.test(text));
  expect(kept.length).toBeGreaterThan(50);
  expect(await missingIn(page, "article li", [complaint, ...kept])).toEqual([]);
  expect(found).toEqual([]);
  expect(canary.asked.filter((path) => path.startsWith("/chat"))).toEqual([]);
});

test("as names of a replayed transcript's group and members, they are text on every page", async ({
  visit,
}) => {
  const page = await visit();
  const found = await watch(page);
  const names = payloads(`${canary.address}/name`).map((name) => shown(name).slice(0, 120));
  const [group = ""] = names;
  const at = Date.UTC(2026, 10, 20, 10);
  const lines = names.map((name, index) => ({
    id: `m${index}`,
    group: "wild",
    at: at + index * 60_000,
    member: `p${index}`,
    name,
    text: index % 6 === 0 ? "草莓全烂了，太恶心了，我要退款！" : "今天的菠菜真新鲜",
  }));
  const first = { kind: "group", group: "wild", at, name: group, language: "zh", look: "slack" };
  await ask(page, "/simulator/replay", {
    name: group,
    transcript: [first, ...lines].map((line) => JSON.stringify(line)).join("\n"),
    speed: 0,
  });
  await expect
    .poll(async () => (await ask<{ replay: unknown }>(page, "/simulator")).replay)
    .toBeNull();
  await page.goto(`${demo()}/chat?room=wild`);
  const setup = page.locator("[data-pane=setup]");
  await setup.getByText("还有", { exact: false }).click();
  await expect.poll(() => missingIn(page, "[data-pane=setup] li", names)).toEqual([]);
  expect(await missingIn(page, "[data-pane=chat] h2", [group])).toEqual([]);
  expect(await missingIn(page, "[role=log] article", names.slice(-30))).toEqual([]);
  await visitPages(page);
  await page.locator("main li button").first().click();
  await expect(page.getByRole("region", { name: "投诉详情" })).toContainText(group);
  expect(found).toEqual([]);
  expect(canary.asked.filter((path) => path.startsWith("/name"))).toEqual([]);
});
