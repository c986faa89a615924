import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { surveyTexts } from "#src/i18n/surveys.js";
import { HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { SlackHands } from "../support/slack/slack-hands.js";
import { SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";
import { pressPayload } from "../unit/slack/slack-payloads.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
const { zh } = surveyTexts;

let product: SlackProduct;
let hands: SlackHands;
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
  hands = new SlackHands(product);
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

/** Somebody taps a number on the card. */
async function taps(number: number, score = 5): Promise<void> {
  const answer = await product.driver.send(
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
  expect(answer.status).toBe(200);
}

async function passes(ms: number): Promise<void> {
  product.clock.advance(ms);
  vi.setSystemTime(product.clock.now());
  await product.settle();
}

/** The words of the changes that the card has seen. */
function edits(): readonly string[] {
  return product.workspace.callsOf("chat.update").map(({ fields }) => fields["text"] ?? "");
}

describe("the open card of a survey", () => {
  it("says how many have answered: nothing under five, then rounded, never what", async () => {
    for (let number = 1; number <= 4; number += 1) await taps(number, 1);
    await product.settle();
    await passes(21 * SECOND);
    expect(edits()).toEqual([]);
    await taps(5, 1);
    await product.settle();
    // Not at once: whoever watches must not see who it was.
    expect(edits()).toEqual([]);
    await passes(21 * SECOND);
    expect(edits()).toHaveLength(1);
    const shown = await hands.found("group", /小问卷/);
    expect(shown.text).toContain(zh.answeredSoFar(5));
    expect(hands.labelsOf(shown)).toEqual(hands.labelsOf(card));
    expect(shown.text.replace(`${zh.answeredSoFar(5)}\n`, "")).toBe(card.text);
    // A sixth is still about five: the card stays as it is. Nor does a changed answer move it.
    await taps(6, 2);
    await taps(1, 3);
    await product.settle();
    await passes(21 * SECOND);
    expect(edits()).toHaveLength(1);
  });

  it("changes at most once in twenty seconds, and says last that it is closed", async () => {
    for (let number = 1; number <= 40; number += 1) {
      await taps(number);
      await passes(2 * SECOND);
    }
    const counted = edits();
    expect(counted.length).toBeGreaterThan(2);
    const times = product.workspace.callsOf("chat.update").map(({ at }) => at);
    for (const [index, at] of times.entries())
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(20 * SECOND);
    expect(new Set(counted).size).toBe(counted.length);
    await passes(2 * HOUR);
    const last = await hands.found("group", /小问卷/);
    expect(last.text).toContain(zh.closedCard);
    expect(hands.labelsOf(last)).toEqual([]);
    expect(edits().at(-1)).toContain(zh.closedCard);
    const closed = edits().length;
    await passes(10 * MINUTE);
    expect(edits()).toHaveLength(closed);
  });

  it("shows only the newest number when Slack takes no changes for a while", async () => {
    for (let number = 1; number <= 5; number += 1) await taps(number);
    const busy = { kind: "answer", status: 429, body: {}, retryAfter: "45" } as const;
    product.workspace.fail(busy, "chat.update");
    const { outboxWorker, firingWorker, inboxWorker, inbox, scheduler } = product.app;
    /** One step of everything, without waiting for what rests. */
    const step = async (ms: number): Promise<void> => {
      product.clock.advance(ms);
      vi.setSystemTime(product.clock.now());
      await scheduler.tick(product.clock.now());
      await inbox.settled();
      for (let round = 0; round < 12; round += 1) {
        await inboxWorker.step();
        await firingWorker.step();
        await outboxWorker.step();
      }
    };
    await step(0);
    await step(21 * SECOND);
    for (let number = 6; number <= 10; number += 1) await taps(number);
    await step(SECOND);
    await step(21 * SECOND);
    await passes(2 * MINUTE);
    const shown = await hands.found("group", /小问卷/);
    expect(shown.text).toContain(zh.answeredSoFar(10));
    const taken = edits();
    expect(taken.filter((text) => text.includes(zh.answeredSoFar(10)))).toHaveLength(1);
  });
});

describe("two thousand who answer at once", () => {
  const VOTERS = 2_000;

  it("change the card a few times, not two thousand times", async () => {
    for (let from = 0; from < VOTERS; from += 200) {
      await Promise.all(Array.from({ length: 200 }, (_, index) => taps(from + index + 1)));
      await product.app.inbox.settled();
      for (let round = 0; round < 4; round += 1) await product.app.inboxWorker.step();
    }
    const votes = await product.store.read((tx) => tx.responses.rows.count({ rating: true }));
    expect(votes).toBe(VOTERS);
    await product.store.write(async (tx) => {
      // What each of them is told is another test's business.
      await tx.outbox.rows.update({ kind: "reply" }, { state: "dropped", reason: "of-this-test" });
    });
    await passes(21 * SECOND);
    const shown = await hands.found("group", /小问卷/);
    expect(shown.text).toContain(zh.answeredSoFar(2_000));
    expect(edits().length).toBeLessThanOrEqual(2);
  }, 120_000);
});
