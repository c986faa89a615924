import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { surveyTexts } from "#src/i18n/surveys.js";
import { HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { SlackHands } from "../support/slack/slack-hands.js";
import { SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";
import { pressPayload } from "../unit/slack/slack-payloads.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");

let product: SlackProduct;
let card: KeptMessage;
let question: string;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: MORNING });
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  vi.setSystemTime(MORNING);
  product = await SlackProduct.open();
  const hands = new SlackHands(product);
  const group = await hands.group();
  const at = product.clock.now();
  await product.store.write((tx) =>
    product.app.rooms.surveys.openFromTranscript(tx, {
      ...{ group, runId: "r", kind: "csat" as const },
      ...{ opensAt: at, closesAt: at + 2 * HOUR },
    }),
  );
  await product.settle();
  card = await hands.found("group", /小问卷/);
  const run = await product.store.read((tx) => tx.runs.first({ id: "r" }));
  question = run?.questions[0]?.id ?? "";
});
afterEach(() => product.close());

async function taps(number: number, score = 5): Promise<void> {
  const { status } = await product.driver.send(
    pressPayload({
      user: `U0NEIGHBOUR${String(number)}`,
      actionId: `vote:${String(score - 1)}`,
      value: `r|${question}|${String(score)}`,
      actionTs: product.stamp(),
      messageTs: card.ts,
      channel: product.channel("group"),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl(`n${String(number)}`),
    }),
  );
  expect(status).toBe(200);
}

async function heard(): Promise<void> {
  await product.app.inbox.settled();
  while ((await product.app.inboxWorker.step()).handled > 0);
}

/** Says everything that may be said now; how many turns that took. */
async function spoken(): Promise<number> {
  // The stamps of a thousand presses in one second reach into the next.
  product.clock.advance(SECOND);
  let turns = 0;
  for (;;) {
    const { handled } = await product.app.outboxWorker.step();
    if (handled === 0) return turns;
    turns += handled;
  }
}

function thanked(): readonly string[] {
  return product.workspace.callsOf("respond").map(({ fields }) => fields["name"] ?? "");
}

describe("the thanks for a press", () => {
  it("of two thousand people cost no call of a counted method, and few turns of the channel", async () => {
    const voters = 2_000;
    for (let from = 0; from < voters; from += 200)
      await Promise.all(Array.from({ length: 200 }, (_, index) => taps(from + index + 1)));
    await heard();
    const before = product.workspace.calls.length;
    const turns = await spoken();
    expect(new Set(thanked()).size).toBe(voters);
    expect(thanked()).toHaveLength(voters);
    const counted = product.workspace.calls
      .slice(before)
      .filter(({ method }) => method !== "respond");
    expect(counted).toEqual([]);
    expect(turns).toBeLessThanOrEqual(voters / 32 + 2);
    // What is said to the channel afterwards does not wait behind them for long.
    process.stderr.write(`2,000 thanks: ${String(turns)} turns, none of them a counted call\n`);
  }, 180_000);

  it("goes on as a note when the press can be answered no more, and holds up nobody else", async () => {
    product.workspace.fail({ kind: "answer", status: 404, body: {} }, "respond");
    for (let number = 1; number <= 5; number += 1) await taps(number);
    await heard();
    await spoken();
    expect(new Set(thanked()).size).toBe(5);
    const notes = product.workspace.callsOf("chat.postEphemeral");
    expect(notes).toHaveLength(1);
    expect(product.workspace.answers).toHaveLength(4);
  });

  it("keeps the order of what one person is told", async () => {
    for (const score of [1, 4, 5]) await taps(7, score);
    await heard();
    await spoken();
    const texts = product.workspace.answers.map((answer) => String(answer["text"]));
    expect(texts).toHaveLength(3);
    expect(texts.at(-1)).toContain("5");
    expect(texts.at(-1)).toContain(surveyTexts.zh.thanks.changed);
  });

  it("is not said any more when it would come twenty minutes late", async () => {
    for (let number = 1; number <= 3; number += 1) await taps(number);
    await heard();
    product.clock.advance(21 * MINUTE);
    await spoken();
    expect(thanked()).toEqual([]);
    expect(await product.store.read((tx) => tx.responses.rows.count({ rating: true }))).toBe(3);
  });
});
