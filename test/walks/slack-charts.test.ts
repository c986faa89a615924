import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { digestCharts } from "#src/digests/digest-charts.js";
import { SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";
import { badFriday, cardFor } from "../unit/pictures/card-scenes.js";

let product: SlackProduct;
let model: DigestCardModel;
let text: string;
beforeEach(async () => {
  product = await SlackProduct.open();
  ({ model, text } = cardFor(await badFriday("zh"), "staff"));
});
afterEach(() => product.close());

const REFUSED = { ok: false, error: "invalid_blocks", errors: ["unsupported type"] };

/** A digest with its card and charts is said in the staff room; the message as it stands there. */
async function digest(): Promise<KeptMessage> {
  const conversationId = conversationIdOf(product.workspace.team, product.channel("staff"));
  await product.store.write((tx) =>
    tx.outbox.say({
      key: "digest:of-the-test",
      kind: "digest",
      to: { platform: "slack", conversationId },
      message: {
        text,
        picture: { maker: "digest-card", model, alt: model.alt, charts: digestCharts(model) },
      },
      at: product.clock.now(),
      groupId: null,
    }),
  );
  await product.settle();
  const posts = await product.history("staff");
  expect(posts).toHaveLength(1);
  const [post] = posts;
  if (post === undefined) throw new Error("nothing was posted");
  expect(post.text).toContain("等您处理");
  return post;
}

const kinds = ({ blocks = [] }: KeptMessage): readonly string[] => blocks.map(({ type }) => type);
const uploads = (): number => product.workspace.callsOf("files.completeUploadExternal").length;

it("a digest comes with charts that Slack draws, in the picture's place", async () => {
  const post = await digest();
  expect(kinds(post).filter((type) => type === "data_visualization")).toHaveLength(2);
  expect(kinds(post)).not.toContain("image");
  expect(uploads()).toBe(0);
});

it("where Slack takes no charts, the picture comes instead, once", async () => {
  const answer = { kind: "answer", status: 200, body: REFUSED } as const;
  product.workspace.fail(answer, "chat.postMessage");
  const post = await digest();
  expect(kinds(post)).toContain("image");
  expect(kinds(post)).not.toContain("data_visualization");
  expect(uploads()).toBe(1);
});

it("where it takes neither, the words come alone", async () => {
  product.workspace.fail({ kind: "answer", status: 200, body: REFUSED }, "chat.postMessage");
  const body = { ok: false, error: "missing_scope", needed: "files:write" };
  product.workspace.fail({ kind: "answer", status: 200, body }, "files.getUploadURLExternal");
  const post = await digest();
  expect(kinds(post)).not.toContain("image");
  expect(kinds(post)).not.toContain("data_visualization");
  const parked = await product.store.read((tx) => tx.outbox.rows.count({ state: "parked" }));
  expect(parked).toBe(0);
});

it("a lost answer of the post with charts is looked up, and nothing is posted beside it", async () => {
  product.workspace.fail({ kind: "lost-answer" }, "chat.postMessage");
  expect(kinds(await digest())).toContain("data_visualization");
});
