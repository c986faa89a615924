import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { seededRandom } from "#src/statistics/seeded-random.js";
import { SlackProduct } from "../../support/slack/slack-product.js";
import { changedEvent, type Json, messageEvent, type Said } from "./slack-payloads.js";

const BEFORE = "草莓收到了，谢谢";
const AFTER = "草莓下面一层都烂了，要退款";

let product: SlackProduct;
beforeEach(async () => {
  product = await SlackProduct.open();
});
afterEach(() => product.close());

/** One message of wang, and the event by which it is changed a little later. */
function saying(age = 0): { readonly post: Json; readonly edit: Json; readonly said: Said } {
  const [seconds = "0", digits = "0"] = product.stamp().split(".");
  const at = Number(seconds) - Math.floor(age / 1_000);
  const said: Said = {
    user: product.user("wang"),
    text: BEFORE,
    ts: `${String(at)}.${digits}`,
    channel: product.channel("group"),
  };
  const edit = changedEvent(said, { text: AFTER, editedTs: `${seconds}.900000` });
  return { post: messageEvent(said), edit, said };
}

async function linesOf(said: Said): Promise<readonly (string | null)[]> {
  return product.store.read(async (tx) => {
    const rows = await tx.messages.rows.find({});
    const conversationId = conversationIdOf(product.workspace.team, said.channel ?? "");
    const conversation = { platform: "slack", conversationId };
    const id = tx.messages.idOf({ conversation, messageId: said.ts });
    return rows.filter((row) => row.id === id).map(({ text }) => text);
  });
}

async function expectOneCase(said: Said): Promise<void> {
  const cases = await product.store.read((tx) => tx.cases.find({}));
  expect(cases).toHaveLength(1);
  expect(await linesOf(said)).toEqual([AFTER]);
  const alerts = await product.history("staff");
  expect(alerts).toHaveLength(1);
  expect(alerts[0]?.text).toContain(AFTER);
}

describe("an edit that overtakes its post", () => {
  it("is the message itself: its words are judged, and the late post changes nothing", async () => {
    const { post, edit, said } = saying();
    await product.event(edit, "Ev-edit");
    await product.settle();
    await expectOneCase(said);
    await product.event(post, "Ev-post");
    await product.settle();
    await expectOneCase(said);
  });

  it("is so too when both wait to be read together", async () => {
    const { post, edit, said } = saying();
    await product.event(edit, "Ev-edit");
    await product.event(post, "Ev-post");
    await product.settle();
    await expectOneCase(said);
  });

  it("is a vote where it is one, and the late post does not take the vote back", async () => {
    const at = product.clock.now();
    const conversationId = conversationIdOf(product.workspace.team, product.channel("group"));
    await product.store.write(async (tx) => {
      const place = { platform: "slack", conversationId };
      const group = await product.app.rooms.directory.ensureGroup(tx, { place, at });
      const run = { runId: "r", kind: "csat", opensAt: at - HOUR, closesAt: at + HOUR } as const;
      await product.app.rooms.surveys.openFromTranscript(tx, { group, ...run });
    });
    const { said } = saying();
    const vote = { ...said, text: "2" };
    const editedTs = product.stamp();
    await product.event(changedEvent(vote, { text: "4", editedTs }), "Ev-edit");
    await product.settle();
    await product.event(messageEvent(vote), "Ev-post");
    await product.settle();
    const votes = await product.store.read((tx) => tx.responses.rows.find({ rating: true }));
    expect(votes.map(({ numeric }) => numeric)).toEqual([4]);
  });

  it("opens nothing when the message is older than what is judged, from before the bot came", async () => {
    const { edit } = saying(31 * MINUTE);
    await product.event(edit, "Ev-edit");
    await product.settle();
    expect(await product.store.read((tx) => tx.cases.count({}))).toBe(0);
  });
});

describe("one message as many events", () => {
  // Each delivery three times, a post under eleven ids, an edit under two, in any order.
  it.each([1, 2, 3, 4, 5])("counts once however it comes (order %i)", async (seed) => {
    const { post, edit, said } = saying();
    const ids = Array.from({ length: 11 }, (_, index) => `Ev-post-${String(index)}`);
    const deliveries = [
      ...ids.map((id) => ({ id, event: post })),
      ...["Ev-edit-a", "Ev-edit-b"].map((id) => ({ id, event: edit })),
    ].flatMap((delivery) => [delivery, delivery, delivery]);
    const random = seededRandom(seed);
    const shuffled = deliveries
      .map((delivery) => ({ delivery, place: random() }))
      .toSorted((a, b) => a.place - b.place);
    for (const [index, { delivery }] of shuffled.entries()) {
      expect((await product.event(delivery.event, delivery.id)).status).toBe(200);
      // What came so far is read now and then, so that the rest meets a judged message.
      if (index % 7 === 0) await product.settle();
    }
    await product.settle();
    await expectOneCase(said);
  });
});
