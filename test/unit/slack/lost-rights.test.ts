import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { slackTexts } from "#src/i18n/slack.js";
import { MINUTE } from "#src/shared/clock.js";
import { SlackProduct } from "../../support/slack/slack-product.js";
import { commandPayload, type Json, messageEvent } from "./slack-payloads.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
let product: SlackProduct;
// Bolt reads the machine's clock for the age of a request.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: MORNING });
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  vi.setSystemTime(MORNING);
  product = await SlackProduct.open();
});
afterEach(() => product.close());

async function says(channel: string, who: string, text: string): Promise<void> {
  const said = { user: product.user(who), text, ts: product.stamp() };
  await product.event(messageEvent({ ...said, channel: product.channel(channel) }));
  await product.settle();
}

/** The answer to a command, which its asker alone reads. */
async function asks(channel: string, who: string, text: string): Promise<string> {
  const { status } = await product.driver.send(
    commandPayload({
      user: product.user(who),
      text,
      trigger: product.stamp(),
      channel: product.channel(channel),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl(who),
    }),
  );
  expect(status).toBe(200);
  await product.settle();
  return String(product.workspace.answers.at(-1)?.["text"]);
}

function passes(ms: number): void {
  product.clock.advance(ms);
  vi.setSystemTime(product.clock.now());
}

/** Asked next, Slack says of chen, who administers the workspace, that they do so no more. */
function dismissed(): void {
  const user = { id: product.user("chen"), name: "chen", real_name: "chen", is_admin: false };
  product.workspace.fail({ kind: "answer", status: 200, body: { ok: true, user } }, "users.info");
}

async function roles(who: string): Promise<readonly string[]> {
  return product.store.read(async (tx) => {
    const memberId = `${product.workspace.team}/${product.user(who)}`;
    const member = await tx.directory.member({ platform: "slack", memberId });
    const rows = await tx.directory.memberships.find({ memberId: member?.id ?? "" });
    return rows.map(({ role }) => role).toSorted();
  });
}

/** What the home page shows when somebody opens it. */
async function home(who: string): Promise<string> {
  const opened: Json = {
    type: "app_home_opened",
    user: product.user(who),
    channel: "D0DIRECT1",
    tab: "home",
    event_ts: product.stamp(),
  };
  const before = product.workspace.callsOf("views.publish").length;
  await product.event(opened);
  for (let round = 0; round < 200; round += 1) {
    const calls = product.workspace.callsOf("views.publish");
    if (calls.length > before) return calls.at(-1)?.fields["view"] ?? "";
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the home page was not shown");
}

describe("an administrator who is none any more", () => {
  it("is refused at the next check, at most ten minutes later, in every channel", async () => {
    await says("group", "chen", "早上好");
    expect(await asks("group", "chen", "report today")).not.toContain("店员");
    const asked = product.workspace.callsOf("users.info").length;
    passes(9 * MINUTE);
    expect(await asks("group", "chen", "report today")).not.toContain("店员");
    // Nobody is asked for at every command.
    expect(product.workspace.callsOf("users.info")).toHaveLength(asked);
    dismissed();
    passes(2 * MINUTE);
    expect(await asks("group", "chen", "report today")).toContain("店员");
    expect(await roles("chen")).toEqual(["customer"]);
  });

  it("does not become staff again by talking, and does when Slack says so", async () => {
    await asks("group", "chen", "report today");
    dismissed();
    passes(11 * MINUTE);
    await asks("group", "chen", "report today");
    await says("group", "chen", "大家好");
    expect(await roles("chen")).toEqual(["customer"]);
    passes(11 * MINUTE);
    expect(await asks("group", "chen", "report today")).not.toContain("店员");
    expect(await roles("chen")).toEqual(["staff"]);
    dismissed();
    passes(11 * MINUTE);
    expect(await asks("group", "chen", "report today")).toContain("店员");
  });

  it("stays what the staff room makes them", async () => {
    await says("staff", "chen", "早");
    await asks("group", "chen", "report today");
    expect(await roles("chen")).toEqual(["staff", "staff"]);
    dismissed();
    passes(11 * MINUTE);
    expect(await asks("staff", "chen", "report today")).not.toContain("店员");
    expect(await roles("chen")).toEqual(["customer", "staff"]);
  });

  it("sees the page of a member when they open the home page, before they do anything else", async () => {
    await says("group", "chen", "早上好");
    await asks("group", "chen", "report today");
    expect(await home("chen")).toContain(slackTexts.zh.home.newSurvey);
    dismissed();
    passes(11 * MINUTE);
    const page = await home("chen");
    expect(page).not.toContain(slackTexts.zh.home.newSurvey);
    expect(page).toContain("/huiyin");
  });

  it("keeps what is known when Slack does not answer, and asks again", async () => {
    await asks("group", "chen", "report today");
    const body = { ok: false, error: "internal_error" };
    product.workspace.fail({ kind: "answer", status: 200, body }, "users.info");
    passes(11 * MINUTE);
    expect(await asks("group", "chen", "report today")).not.toContain("店员");
    dismissed();
    passes(6 * MINUTE);
    expect(await asks("group", "chen", "report today")).toContain("店员");
  });
});
