import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { HOUR } from "#src/shared/clock.js";
import { buttonsOf, SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";
import {
  commandPayload,
  messageEvent,
  pressPayload,
  submissionPayload,
} from "../unit/slack/slack-payloads.js";

let product: SlackProduct;
const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
// Bolt and the emulated workspace read the machine's clock: a Friday morning, outside quiet hours.
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

async function says(channel: string, who: string, text: string): Promise<string> {
  const ts = product.stamp();
  const { status } = await product.event(
    messageEvent({ user: product.user(who), text, ts, channel: product.channel(channel) }),
  );
  expect(status).toBe(200);
  await product.settle();
  return ts;
}

async function presses(
  channel: string,
  who: string,
  message: KeptMessage,
  label: string,
): Promise<void> {
  const button = buttonsOf(message).find((one) =>
    String((one["text"] as { text: string }).text).includes(label),
  );
  if (button === undefined) throw new Error(`there is no button ${label}`);
  const { status } = await product.driver.send(
    pressPayload({
      user: product.user(who),
      actionId: String(button["action_id"]),
      value: String(button["value"]),
      actionTs: product.stamp(),
      messageTs: message.ts,
      channel: product.channel(channel),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl(who),
      trigger: await product.workspace.trigger(product.user(who)),
    }),
  );
  expect(status).toBe(200);
  await product.settle();
}

async function commands(channel: string, who: string, text: string): Promise<string> {
  const answer = await product.driver.send(
    commandPayload({
      user: product.user(who),
      text,
      trigger: product.stamp(),
      channel: product.channel(channel),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl(who),
    }),
  );
  await product.settle();
  return answer.text;
}

async function found(channel: string, pattern: RegExp): Promise<KeptMessage> {
  const list = await product.history(channel);
  const message = list.findLast((one) => pattern.test(one.text));
  if (message === undefined)
    throw new Error(
      `${String(pattern)} is not among:\n${list.map((one) => one.text).join("\n--\n")}`,
    );
  return message;
}

/** Lets the product's clock run on, and Slack's with it. */
async function passes(ms: number): Promise<void> {
  product.clock.advance(ms);
  vi.setSystemTime(product.clock.now());
  await product.settle();
}

/** Twelve neighbours answer a survey that is open in the group. */
async function neighboursAnswer(): Promise<void> {
  const { app, store } = product;
  const at = product.clock.now();
  const conversationId = conversationIdOf(product.workspace.team, product.channel("group"));
  await store.write(async (tx) => {
    const place = { platform: "slack", conversationId };
    const group = await app.rooms.directory.ensureGroup(tx, { place, at });
    await app.rooms.surveys.openFromTranscript(tx, {
      group,
      runId: "r",
      kind: "csat",
      opensAt: at,
      closesAt: at + HOUR,
    });
  });
  for (const text of ["早上好", "5"])
    for (let number = 1; number <= 12; number += 1) {
      const user = `U0NEIGHBOUR${String(number)}`;
      const channel = product.channel("group");
      await product.event(messageEvent({ user, text, ts: product.stamp(), channel }));
    }
  await product.settle();
}

/** The files that were handed to Slack by the three steps of an upload. */
function uploads(): readonly string[] {
  return product.workspace
    .callsOf("files.completeUploadExternal")
    .flatMap(({ fields }) => JSON.parse(fields["files"] ?? "[]") as { readonly id: string }[])
    .map(({ id }) => id);
}

function fileIn(message: KeptMessage): unknown {
  const image = message.blocks?.find(({ type }) => type === "image");
  return (image?.["slack_file"] as { readonly id: string } | undefined)?.id;
}

describe("through Slack", () => {
  it("a message becomes one alert in the staff channel, with evidence and buttons, and nothing in the group", async () => {
    await says("group", "wang", "草莓下面一层都烂了 :rage:");
    const alert = await found("staff", /烂了/);
    expect(buttonsOf(alert).length).toBeGreaterThan(2);
    expect((await product.history("staff")).length).toBe(1);
    expect(await product.history("group")).toEqual([]);
  });

  it("a survey is opened by staff, answered by button, changed, and its result is posted", async () => {
    for (const who of ["wang", "li"]) await says("group", who, "早上好");
    await says("staff", "chen", "早");
    await commands(
      "staff",
      "chen",
      "调查 新建 这次团购您满意吗？；决定：低于80%换供应商；开放：2小时",
    );
    await commands("staff", "chen", "调查 发 1 force");
    const card = await found("group", /满意/);
    await presses("group", "wang", card, "5");
    await presses("group", "wang", card, "4");
    await presses("group", "li", card, "5");
    const votes = await product.store.read((tx) => tx.responses.rows.find({ rating: true }));
    expect(votes.map((vote) => vote.numeric ?? 0).toSorted((a, b) => a - b)).toEqual([4, 5]);
    const thanks = product.workspace.answers.map((answer) => String(answer["text"]));
    expect(thanks.some((text) => text.includes("4"))).toBe(true);
    expect(JSON.stringify(await product.history("group"))).not.toContain(product.user("wang"));
    await commands("staff", "chen", "调查 结束 1");
    await found("group", /结果|结束/);
  });

  it("a command is answered to the asker alone, and a customer is refused", async () => {
    await says("staff", "chen", "早");
    await says("group", "wang", "早");
    expect(await commands("group", "chen", "report today")).toBe("");
    await commands("group", "wang", "report today");
    const to = product.workspace.callsOf("respond").map(({ fields }) => fields["name"]);
    expect(to).toEqual(["chen", "wang"]);
    expect(await product.history("group")).toEqual([]);
    for (const answer of product.workspace.answers)
      expect(answer["response_type"]).toBe("ephemeral");
  });

  it("staff confirm a case by button and resolve it by command, the member is told alone, and disagrees", async () => {
    await says("staff", "chen", "早");
    await says("group", "wang", "鸡蛋一板少了两个");
    const alert = await found("staff", /少了两个/);
    await presses("staff", "chen", alert, "确认");
    await commands("staff", "chen", "处理 1 解决 少的两个已退款");
    const notes = product.workspace.callsOf("chat.postEphemeral");
    const told = notes.find(({ fields }) => (fields["text"] ?? "").includes("已退款"));
    expect(told?.fields["user"]).toBe(product.user("wang"));
    const [row] = await product.store.read((tx) => tx.cases.find({}));
    expect(row?.state).toMatch(/resolved|told/);
    const blocks = JSON.parse(told?.fields["blocks"] ?? "[]") as KeptMessage["blocks"];
    await presses("group", "wang", { ts: product.stamp(), text: "", blocks }, "没解决");
    const [after] = await product.store.read((tx) => tx.cases.find({}));
    expect(after?.state).toBe("reopened");
  });

  it("a case that somebody took is resolved in a window, with the words that the member is told", async () => {
    await says("staff", "chen", "早");
    await says("group", "wang", "鸡蛋一板少了两个");
    await presses("staff", "chen", await found("staff", /少了两个/), "我来处理");
    const [open] = await product.store.read((tx) => tx.cases.find({}));
    const button = { action_id: "case.resolve:0", value: open?.id, text: { text: "已解决" } };
    const blocks = [{ type: "actions", elements: [button] }];
    await presses("staff", "chen", { ts: product.stamp(), text: "", blocks }, "已解决");
    const [opened] = product.workspace.callsOf("views.open");
    const view = JSON.parse(opened?.fields["view"] ?? "{}") as Record<string, string>;
    const sent = submissionPayload({
      user: product.user("chen"),
      viewId: "V1",
      callback: view["callback_id"] ?? "",
      metadata: view["private_metadata"] ?? "",
      values: { words: { input: { type: "plain_text_input", value: "少的两个已退款" } } },
    });
    const team = { id: product.workspace.team, domain: "huiyin" };
    expect((await product.driver.send({ ...sent, team })).text).toContain("clear");
    await product.settle();
    const [row] = await product.store.read((tx) => tx.cases.find({}));
    expect(row?.resolution).toBe("少的两个已退款");
    const notes = product.workspace
      .callsOf("chat.postEphemeral")
      .map(({ fields }) => fields["text"]);
    expect(notes.some((text) => text?.includes("少的两个已退款"))).toBe(true);
  });

  it("a message that comes five times, with other ids and out of order, counts once", async () => {
    const ts = product.stamp();
    const said = messageEvent({
      user: product.user("wang"),
      text: "草莓下面一层都烂了",
      ts,
      channel: product.channel("group"),
    });
    for (const id of ["Ev-a", "Ev-a", "Ev-a", "Ev-b", "Ev-c"])
      expect((await product.event(said, id)).status).toBe(200);
    await product.settle();
    expect(await product.store.read((tx) => tx.cases.count({}))).toBe(1);
    expect((await product.history("staff")).length).toBe(1);
  });

  it("a post whose answer got lost is looked up, not posted again", async () => {
    product.workspace.fail({ kind: "lost-answer" }, "chat.postMessage");
    await says("group", "wang", "草莓下面一层都烂了");
    expect((await product.history("staff")).length).toBe(1);
    expect(product.workspace.callsOf("conversations.history").length).toBeGreaterThan(0);
    const parked = await product.store.read((tx) => tx.outbox.rows.count({ state: "parked" }));
    expect(parked).toBe(0);
  });

  it("the digest comes at eight with its picture, to staff in detail and to the channel after approval, once", async () => {
    await says("staff", "chen", "早");
    await says("group", "wang", "草莓下面一层都烂了");
    await neighboursAnswer();
    await passes(HOUR * 10 + 60_000);
    const detail = await found("staff", /日报/);
    expect(detail.text).toContain("商品质量");
    expect(uploads()).toContain(fileIn(detail));
    expect(detail.blocks?.find(({ type }) => type === "image")?.["alt_text"]).not.toBe("");
    const waiting = await found("staff", /您看过再发/);
    const early = (await product.history("group")).map(({ text }) => text);
    expect(early.filter((text) => text.includes("小结"))).toEqual([]);
    for (let press = 0; press < 2; press += 1) await presses("staff", "chen", waiting, "发到群里");
    const posts = await product.history("group");
    expect(posts.filter(({ text }) => text.includes("小结"))).toHaveLength(1);
    const post = await found("group", /小结/);
    expect(uploads()).toContain(fileIn(post));
    expect(fileIn(post)).not.toBe(fileIn(detail));
    expect(JSON.stringify(post)).not.toMatch(/王阿姨|草莓/);
    expect(new Set(uploads()).size).toBe(uploads().length);
    // The bytes themselves went to the address that Slack named, none into the message.
    expect(product.workspace.callsOf("files.getUploadURLExternal")).toHaveLength(uploads().length);
  });

  it("a digest whose picture Slack refuses is posted in words", async () => {
    await says("staff", "chen", "早");
    await says("group", "wang", "草莓下面一层都烂了");
    const body = { ok: false, error: "missing_scope", needed: "files:write" };
    product.workspace.fail({ kind: "answer", status: 200, body }, "files.getUploadURLExternal");
    await passes(HOUR * 10 + 60_000);
    const detail = await found("staff", /日报/);
    expect(fileIn(detail)).toBeUndefined();
    expect(detail.text).toContain("商品质量");
    const rows = await product.store.read((tx) => tx.outbox.rows.find({ state: "parked" }));
    expect(rows).toEqual([]);
  });
});
