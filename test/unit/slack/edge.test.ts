import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  SIGNING_SECRET,
  type SlackDriver,
  signatureOf,
  wireOf,
} from "../../support/slack/slack-driver.js";
import { SlackProduct } from "../../support/slack/slack-product.js";
import {
  commandPayload,
  envelope,
  messageEvent,
  pressPayload,
  shortcutPayload,
  stamp,
  submissionPayload,
} from "./slack-payloads.js";

let product: SlackProduct;
let driver: SlackDriver;
beforeEach(async () => {
  product = await SlackProduct.open();
  driver = product.driver;
});
afterEach(() => product.close());

function said(text = "草莓烂了"): ReturnType<typeof envelope> {
  const facts = {
    user: product.user("wang"),
    text,
    ts: stamp(1),
    channel: product.channel("group"),
  };
  return envelope("Ev-1", messageEvent(facts), product.workspace.team);
}

async function heard(): Promise<number> {
  const rows = await product.store.read((tx) => tx.inboxEvents.find({}));
  // What is asked of Slack on the side (names) comes besides.
  return rows.filter((row) => row.kind !== "renamed").length;
}

const now = (): number => Math.floor(Date.now() / 1_000);

describe("a request that is not Slack's", () => {
  it("is refused in every variant, and nothing of it is kept", async () => {
    const { body, type } = wireOf(said());
    const at = String(now());
    const good = signatureOf(body, at);
    const old = String(now() - 301);
    const ahead = String(now() + 301);
    const variants: readonly (readonly [string, Record<string, string>, string?])[] = [
      ["no signature", { "x-slack-request-timestamp": at }],
      ["an empty one", { "x-slack-request-timestamp": at, "x-slack-signature": "" }],
      ["the version alone", { "x-slack-request-timestamp": at, "x-slack-signature": "v0=" }],
      ["upper case", { "x-slack-request-timestamp": at, "x-slack-signature": good.toUpperCase() }],
      [
        "another version",
        { "x-slack-request-timestamp": at, "x-slack-signature": good.replace("v0", "v1") },
      ],
      [
        "the empty key",
        { "x-slack-request-timestamp": at, "x-slack-signature": signatureOf(body, at, "") },
      ],
      ["two joined", { "x-slack-request-timestamp": at, "x-slack-signature": `${good}, ${good}` }],
      ["no time", { "x-slack-signature": good }],
      [
        "no number",
        { "x-slack-request-timestamp": "abc", "x-slack-signature": signatureOf(body, "abc") },
      ],
      [
        "1e99",
        { "x-slack-request-timestamp": "1e99", "x-slack-signature": signatureOf(body, "1e99") },
      ],
      [
        "Infinity",
        {
          "x-slack-request-timestamp": "Infinity",
          "x-slack-signature": signatureOf(body, "Infinity"),
        },
      ],
      [
        "too old",
        { "x-slack-request-timestamp": old, "x-slack-signature": signatureOf(body, old) },
      ],
      [
        "of the future",
        { "x-slack-request-timestamp": ahead, "x-slack-signature": signatureOf(body, ahead) },
      ],
      [
        "a byte changed",
        { "x-slack-request-timestamp": at, "x-slack-signature": good },
        `${body} `,
      ],
    ];
    for (const [name, headers, sent] of variants) {
      const { status } = await driver.raw(sent ?? body, { "content-type": type, ...headers });
      expect([name, status]).toEqual([name, 401]);
    }
    // Slack's check of the certificate is answered without a signature, and whatever comes with it is dropped.
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const smuggled = `ssl_check=1&payload=${encodeURIComponent(body)}`;
    expect(await driver.raw("ssl_check=1", form)).toEqual({ status: 200, text: "" });
    expect(await driver.raw(smuggled, form)).toEqual({ status: 200, text: "" });
    const packed = gzipSync(body);
    const zipped = await driver.raw(packed, {
      "content-type": type,
      "content-encoding": "gzip",
      "x-slack-request-timestamp": at,
      "x-slack-signature": good,
    });
    expect(zipped.status).not.toBe(200);
    expect(await heard()).toBe(0);
  });

  it("is let in with Slack's question whether the address is ours, and answered with its own word", async () => {
    const question = { type: "url_verification", token: "legacy", challenge: "3eZbrw1aBm2rZgRN" };
    const { status, text } = await driver.send(question);
    expect(status).toBe(200);
    expect(text).toContain(question.challenge);
    expect((await driver.send(question, { secret: "x".repeat(32) })).status).toBe(401);
  });

  it("keeps one event of a hundred copies of the same bytes", async () => {
    const payload = said();
    const at = String(now());
    const copies = Array.from({ length: 100 }, () => driver.send(payload, { stamp: at }));
    for (const { status } of await Promise.all(copies)) expect(status).toBe(200);
    expect(await heard()).toBe(1);
  });

  it("is refused when it is too large, no JSON, of another path, or before Slack is listened to", async () => {
    const large = "x".repeat(5_000_000);
    const at = String(now());
    const headers = { "content-type": "application/json", "x-slack-request-timestamp": at };
    const signed = (body: string): Record<string, string> => ({
      ...headers,
      "x-slack-signature": signatureOf(body, at),
    });
    expect((await driver.raw(large, signed(large))).status).toBe(413);
    expect((await driver.raw("{", signed("{"))).status).toBe(400);
    const wrongType = wireOf(said()).body;
    const answer = await driver.raw(wrongType, {
      ...signed(wrongType),
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(answer.status).toBe(400);
    expect((await fetch(`${driver.url}/slack/elsewhere`)).status).toBe(404);
    expect((await fetch(`${driver.url}/slack/install`)).status).toBe(404);
    await product.adapter.stop();
    expect((await driver.send(said())).status).toBe(503);
    expect(await heard()).toBe(0);
  });
});

describe("a signed request whose JSON is no object", () => {
  it.each(["null", "[]", "[null]", "7", '"text"', "true", " null "])(
    "is answered 400 over both ways of sending, and nothing is thrown: %s",
    async (json) => {
      const thrown: unknown[] = [];
      const note = (reason: unknown): void => void thrown.push(reason);
      process.on("unhandledRejection", note);
      const bodies = [
        ["application/json", json],
        ["application/x-www-form-urlencoded", `payload=${encodeURIComponent(json)}`],
      ] as const;
      for (const [type, body] of bodies) {
        const at = String(now());
        const headers = { "content-type": type, "x-slack-request-timestamp": at };
        const signed = { ...headers, "x-slack-signature": signatureOf(body, at) };
        const forged = { ...headers, "x-slack-signature": signatureOf(body, at, "x".repeat(32)) };
        expect((await driver.raw(body, signed)).status).toBe(400);
        expect((await driver.raw(body, forged)).status).toBe(401);
      }
      expect((await driver.send(said())).status).toBe(200);
      process.off("unhandledRejection", note);
      expect(thrown).toEqual([]);
    },
  );
});

describe("a request of another workspace", () => {
  it("is acknowledged and not heard, and a command is told what to do", async () => {
    const facts = { user: "U1", text: "草莓烂了", ts: stamp(1) };
    expect((await driver.send(envelope("Ev-2", messageEvent(facts), "T9STRANGER"))).status).toBe(
      200,
    );
    const press = {
      user: "U1",
      actionId: "vote:0",
      value: "a|b|5",
      actionTs: stamp(2),
      messageTs: stamp(1),
    };
    expect((await driver.send(pressPayload({ ...press, team: "T9STRANGER" }))).status).toBe(200);
    const command = await driver.send(
      commandPayload({ user: "U1", text: "report", team: "T9STRANGER" }),
    );
    expect(command.text).toContain("重新安装");
    expect(await heard()).toBe(0);
  });

  it("is forgotten with its token when the app is removed", async () => {
    await product.event({ type: "app_uninstalled" });
    const [row] = await product.store.read((tx) => tx.installations.find({}));
    expect(row).toMatchObject({ sealedToken: null });
    expect(row?.removedAt).not.toBeNull();
    expect((await driver.send(said())).status).toBe(200);
    expect(await heard()).toBe(0);
    await expect(
      product.adapter.send(
        { platform: "slack", conversationId: `${product.workspace.team}/C1` },
        { text: "x" },
        { key: "k", kind: "reply" },
      ),
    ).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("windows", () => {
  const report = async (author: string): Promise<Readonly<Record<string, unknown>>> => ({
    ...shortcutPayload({
      user: product.user("chen"),
      author,
      text: "草莓下面一层都烂了",
      messageTs: stamp(1),
      trigger: await product.workspace.trigger(product.user("chen")),
    }),
    team: { id: product.workspace.team, domain: "huiyin" },
    channel: { id: product.channel("group"), name: "group" },
    response_url: product.workspace.responseUrl("chen"),
  });

  it("report a message as a complaint of its author, once however often the window is sent", async () => {
    await product.event(
      messageEvent({
        user: product.user("chen"),
        text: "早",
        ts: product.stamp(),
        channel: product.channel("staff"),
      }),
    );
    await product.settle();
    expect((await driver.send(await report(product.user("wang")))).status).toBe(200);
    const [call] = product.workspace.callsOf("views.open");
    const view = JSON.parse(call?.fields["view"] ?? "{}") as {
      callback_id: string;
      private_metadata: string;
    };
    const sent = {
      ...submissionPayload({
        user: product.user("chen"),
        viewId: "V1",
        callback: view.callback_id,
        metadata: view.private_metadata,
        values: { note: { input: { type: "plain_text_input", value: "电话里说要退款" } } },
      }),
      team: { id: product.workspace.team, domain: "huiyin" },
    };
    for (let copy = 0; copy < 2; copy += 1)
      expect(JSON.parse((await driver.send(sent)).text)).toEqual({ response_action: "clear" });
    await product.settle();
    const cases = await product.store.read((tx) => tx.cases.find({}));
    expect(cases).toHaveLength(1);
    const reporter = await product.store.read((tx) =>
      tx.directory.memberById(cases[0]?.reporterId ?? ""),
    );
    expect(reporter?.externalId).toBe(`${product.workspace.team}/${product.user("wang")}`);
  });

  it("are not opened on what a bot wrote, or with a trigger that is used up; the person is told", async () => {
    await driver.send(await report(product.workspace.botUserId));
    expect(product.workspace.callsOf("views.open")).toHaveLength(0);
    const once = await report(product.user("wang"));
    await driver.send(once);
    await driver.send(once);
    const told = product.workspace.answers.map((answer) => String(answer["text"]));
    expect(told[0]).toContain("机器人");
    expect(told[1]).toContain("再按一次");
  });

  it("that lost their contents are refused, and unknown ones are closed", async () => {
    const payload = (callback: string) => ({
      ...submissionPayload({ user: "U1", viewId: "V2", callback, metadata: "", values: {} }),
      team: { id: product.workspace.team, domain: "huiyin" },
    });
    expect((await driver.send(payload("form:vote"))).status).not.toBe(200);
    expect((await driver.send(payload("of-an-older-version"))).text).toContain("clear");
    expect(await heard()).toBe(0);
  });

  it("show the home page of a stranger how to use the bot, and of staff what is open", async () => {
    await product.event({
      type: "app_home_opened",
      user: product.user("li"),
      channel: "D1",
      tab: "home",
    });
    await product.event(
      messageEvent({
        user: product.user("chen"),
        text: "早",
        ts: product.stamp(),
        channel: product.channel("staff"),
      }),
    );
    await product.event(
      messageEvent({
        user: product.user("wang"),
        text: "草莓下面一层都烂了",
        ts: product.stamp(),
        channel: product.channel("group"),
      }),
    );
    await product.settle();
    await product.event({
      type: "app_home_opened",
      user: product.user("chen"),
      channel: "D2",
      tab: "home",
    });
    await product.adapter.stop();
    const pages = product.workspace
      .callsOf("views.publish")
      .map(({ fields }) => fields["view"] ?? "");
    expect(pages).toHaveLength(2);
    expect(pages[0]).toContain("我的数据");
    expect(pages[1]).toContain("#1 P");
  });
});

it("an empty answer is asked for again, in the window itself", async () => {
  const payload = {
    ...submissionPayload({
      user: "U1",
      viewId: "V3",
      callback: "form:vote",
      metadata: JSON.stringify({ c: product.channel("group"), f: { run: "r", question: "q" } }),
      values: { value: { input: { type: "plain_text_input", value: "  " } } },
    }),
    team: { id: product.workspace.team, domain: "huiyin" },
  };
  expect((await driver.send(payload)).text).toContain("errors");
  expect(SIGNING_SECRET.length).toBeGreaterThan(15);
});
