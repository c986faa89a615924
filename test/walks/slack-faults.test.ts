import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { SlackProduct } from "../support/slack/slack-product.js";
import type { Fault } from "../support/slack/slack-workspace.js";

let product: SlackProduct;
beforeEach(async () => {
  product = await SlackProduct.open();
});
afterEach(() => product.close());

const EACH = 8;
const CHANNELS = ["group", "staff"] as const;

/** Everything that Slack's side can do to a post, in turn. */
const FAULTS: readonly Fault[] = [
  { kind: "answer", status: 429, body: {}, retryAfter: "3" },
  { kind: "lost-answer" },
  { kind: "reset" },
  { kind: "half-answer" },
  { kind: "answer", status: 503, body: {} },
  { kind: "answer", status: 200, body: { ok: false, error: "internal_error" } },
];

async function say(channel: string, number: number): Promise<void> {
  const conversationId = conversationIdOf(product.workspace.team, product.channel(channel));
  await product.store.write(async (tx) => {
    await tx.outbox.say({
      key: `fault:${channel}:${String(number)}`,
      kind: "notice",
      to: { platform: "slack", conversationId },
      message: { text: `第${String(number)}条` },
      at: product.clock.now(),
      groupId: null,
    });
  });
}

it("whatever happens to posts, each is there once, in order, and no channel hears two in a second", async () => {
  for (const fault of FAULTS) product.workspace.fail(fault, "chat.postMessage");
  for (let number = 1; number <= EACH; number += 1)
    for (const channel of CHANNELS) await say(channel, number);
  await product.settle();
  const wanted = Array.from({ length: EACH }, (_, index) => `第${String(index + 1)}条`);
  for (const channel of CHANNELS) {
    const posts = await product.history(channel);
    expect(posts.map(({ text }) => text)).toEqual(wanted);
    const times = product.workspace
      .callsOf("chat.postMessage")
      .filter(({ fields }) => fields["channel"] === product.channel(channel))
      .map(({ at }) => at);
    for (const [index, at] of times.entries())
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
  }
  expect(await product.store.read((tx) => tx.outbox.rows.count({ state: "parked" }))).toBe(0);
}, 120_000);

it("a withdrawn token parks what is to be said and is named, until it works again", async () => {
  const revoked = { ok: false, error: "token_revoked" };
  product.workspace.fail({ kind: "answer", status: 200, body: revoked }, "chat.postMessage");
  await say("staff", 1);
  await product.settle();
  expect(product.adapter.health()).toMatchObject({ state: "degraded" });
  expect(product.adapter.health().detail).toContain("Connect Slack again");
  await say("staff", 2);
  await product.settle();
  expect(product.adapter.health()).toEqual({ state: "ok", detail: "" });
  expect((await product.history("staff")).map(({ text }) => text)).toEqual(["第2条"]);
});
