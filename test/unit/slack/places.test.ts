import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { SlackProduct } from "../../support/slack/slack-product.js";
import {
  changedEvent,
  commandPayload,
  deletedEvent,
  messageEvent,
  pressPayload,
} from "./slack-payloads.js";

let product: SlackProduct;
beforeEach(async () => {
  product = await SlackProduct.open();
});
afterEach(() => product.close());

const facts = (text: string, channel = "group") => ({
  user: product.user("wang"),
  text,
  ts: product.stamp(),
  channel: product.channel(channel),
});

async function say(number: number): Promise<void> {
  const conversationId = conversationIdOf(product.workspace.team, product.channel("group"));
  await product.store.write(async (tx) => {
    await tx.outbox.say({
      key: `place:${String(number)}`,
      kind: "notice",
      to: { platform: "slack", conversationId },
      message: { text: `第${String(number)}条` },
      at: product.clock.now(),
      groupId: null,
    });
  });
  await product.settle();
}

async function rows() {
  return product.store.read((tx) => tx.outbox.rows.find({}, { order: { seq: "asc" } }));
}

const casesOf = () => product.store.read((tx) => tx.cases.find({}));

describe("a channel that takes no more posts", () => {
  it.each(["is_archived", "not_in_channel", "channel_not_found"])(
    "is not posted to again and again (%s), and what was to be said is not lost from sight",
    async (error) => {
      product.workspace.fail(
        { kind: "answer", status: 200, body: { ok: false, error } },
        "chat.postMessage",
      );
      await say(1);
      expect(product.workspace.callsOf("chat.postMessage")).toHaveLength(1);
      expect((await rows()).map(({ state }) => state)).not.toContain("due");
      expect((await rows())[0]?.reason).not.toBeNull();
      await say(2);
      expect((await product.history("group")).map(({ text }) => text)).toContain("第2条");
    },
  );

  it("is left when it is archived or the bot is removed, and met again when it is invited back", async () => {
    await product.event(messageEvent(facts("早")));
    await product.settle();
    const channel = product.channel("group");
    const group = () =>
      product.store.read((tx) =>
        tx.directory.group({
          platform: "slack",
          conversationId: conversationIdOf(product.workspace.team, channel),
        }),
      );
    for (const type of ["channel_archive", "channel_left"]) {
      await product.event({ type, channel, event_ts: product.stamp() });
      await product.settle();
      expect((await group())?.leftAt).not.toBeNull();
      const joined = { type: "member_joined_channel", user: product.workspace.botUserId, channel };
      await product.event({ ...joined, event_ts: product.stamp() });
      await product.settle();
      expect((await group())?.leftAt).toBeNull();
    }
  });

  it("answers a command with the invitation that is missing", async () => {
    const answer = await product.driver.send(
      commandPayload({
        user: product.user("wang"),
        text: "report",
        channel: product.channel("other"),
        team: product.workspace.team,
      }),
    );
    expect(answer.text).toContain("/invite @Huiyin");
  });
});

describe("a message that is gone or changed", () => {
  it("that comes eleven times and is edited into a complaint in between is one case with one alert", async () => {
    const draft = facts("早上好");
    const change = changedEvent(draft, { text: "草莓下面一层都烂了", editedTs: product.stamp() });
    await product.event(messageEvent(draft));
    for (let copy = 0; copy < 5; copy += 1) await product.event(messageEvent(draft));
    for (let copy = 0; copy < 3; copy += 1) await product.event(change);
    for (let copy = 0; copy < 5; copy += 1) await product.event(messageEvent(draft));
    await product.settle();
    expect(await casesOf()).toHaveLength(1);
    expect(await product.history("staff")).toHaveLength(1);
  });

  it("deleted by its author is no evidence any more, and its words are forgotten", async () => {
    const said = facts("草莓下面一层都烂了");
    await product.event(messageEvent(said));
    await product.settle();
    expect(await casesOf()).toHaveLength(1);
    await product.event(deletedEvent(said, product.stamp()));
    await product.settle();
    expect(JSON.stringify(await product.history("staff"))).not.toContain("烂了");
  });

  it("that was to be changed and is deleted is let go", async () => {
    await say(1);
    const error = { ok: false, error: "message_not_found" };
    product.workspace.fail({ kind: "answer", status: 200, body: error }, "chat.update");
    const at = product.clock.now();
    await product.store.write(async (tx) => {
      const message = { text: "新" };
      await tx.outbox.edit({ key: "place:1:edit", editsKey: "place:1", message, at });
    });
    await product.settle();
    expect(product.workspace.callsOf("chat.update")).toHaveLength(1);
    expect((await rows()).map(({ state }) => state)).not.toContain("due");
  });
});

it("a window that Slack opens no more is said to whoever pressed, and nothing is lost", async () => {
  await product.event(messageEvent(facts("早")));
  await product.settle();
  const body = { ok: false, error: "expired_trigger_id" };
  product.workspace.fail({ kind: "answer", status: 200, body }, "views.open");
  const { status } = await product.driver.send(
    pressPayload({
      user: product.user("wang"),
      actionId: "case.resolve:0",
      value: "case",
      actionTs: product.stamp(),
      messageTs: product.stamp(),
      channel: product.channel("group"),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl("wang"),
    }),
  );
  expect(status).toBe(200);
  expect(String(product.workspace.answers.at(-1)?.["text"])).toContain("再按一次");
});
