import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { SurveyRun } from "#entities/index.js";
import { slackTexts } from "#src/i18n/slack.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { tagOption } from "#src/surveys/question-bank.js";
import { SlackHands } from "../support/slack/slack-hands.js";
import { buttonsOf, SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
const { zh } = surveyTexts;

let product: SlackProduct;
let hands: SlackHands;
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
  hands = new SlackHands(product);
  await hands.says("staff", "chen", "早");
  for (const who of ["wang", "li"]) await hands.says("group", who, "早上好");
});
afterEach(() => product.close());

async function passes(ms: number): Promise<void> {
  product.clock.advance(ms);
  vi.setSystemTime(product.clock.now());
  await product.settle();
}

/** Opens a survey for two hours and gives its card. */
async function opens(kind: "text" | "csat"): Promise<KeptMessage> {
  const group = await hands.group();
  const at = product.clock.now();
  await product.store.write(async (tx) => {
    const { surveys } = product.app.rooms;
    const run = await surveys.openFromTranscript(tx, {
      ...{ group, runId: "r", kind },
      ...{ opensAt: at, closesAt: at + 2 * HOUR },
    });
    if (kind === "text") return;
    // With the why that a drafted survey has after a low score.
    const why = tagOption("quality", "zh");
    const asked = { ...WHY, options: [why, tagOption("price", "zh")] };
    await tx.runs.update({ id: run.id }, { questions: [...run.questions, asked] });
  });
  await product.settle();
  return hands.found("group", /小问卷/);
}

const WHY = {
  id: "why",
  kind: "multi",
  text: "哪些地方最需要改进？",
  touchpoint: "overall",
  askedWhen: { atMost: 3 },
} as const;

const answers = async () => product.store.read((tx) => tx.responses.rows.find({}));
const words = async () => (await answers()).map(({ value }) => JSON.parse(value) as unknown);
const onlyRun = async (): Promise<SurveyRun | null> =>
  product.store.read((tx) => tx.runs.first({}));

/** A note that only one person saw, as it was answered to their press. */
function noteWith(label: string): KeptMessage {
  const note = product.workspace.answers
    .map((answer) => ({ ts: product.stamp(), text: "", blocks: answer["blocks"] }) as KeptMessage)
    .findLast((one) => buttonsOf(one).length > 0 && hands.labelsOf(one).includes(label));
  if (note === undefined) throw new Error(`no note has the button ${label}`);
  return note;
}

describe("an answer in own words", () => {
  it("goes from the button over the window to the survey, is thanked for, and can be changed", async () => {
    const card = await opens("text");
    expect(hands.labelsOf(card)).toEqual([zh.writeWords]);
    expect(card.text).toContain(zh.openTextPress);
    expect(await hands.presses("group", "wang", card, zh.writeWords)).toEqual([]);
    const view = hands.window();
    const [question] = (await onlyRun())?.questions ?? [];
    expect(JSON.stringify(view.blocks)).toContain(question?.text);
    const given = { field: "value", words: "送货再早一点", viewId: "V1" };
    expect(await hands.sends("wang", view, given)).toEqual({ response_action: "clear" });
    expect(await words()).toEqual(["送货再早一点"]);
    const notes = (): readonly string[] =>
      product.workspace.answers.map((answer) => String(answer["text"]));
    expect(notes()).toContain(zh.thanks.recorded);
    // Sent again by Slack, the same window changes nothing and says nothing.
    await hands.sends("wang", view, given);
    expect(await answers()).toHaveLength(1);
    expect(notes().filter((text) => text === zh.thanks.recorded)).toHaveLength(1);
    // Opened again, it shows what was written; what is sent now counts.
    await hands.presses("group", "wang", card, zh.writeWords);
    expect(JSON.stringify(hands.window().blocks)).toContain("送货再早一点");
    await hands.sends("wang", hands.window(), { ...given, words: "包装少一点", viewId: "V2" });
    expect(await words()).toEqual(["包装少一点"]);
    expect(notes()).toContain(zh.thanks.changed);
    // Nobody in the channel reads any of it.
    expect(JSON.stringify(await product.history("group"))).not.toMatch(/送货再早|包装少/);
  });

  it("that is empty is refused in the window itself", async () => {
    const card = await opens("text");
    await hands.presses("group", "wang", card, zh.writeWords);
    const given = { field: "value", words: "  ", viewId: "V1" };
    const { empty } = slackTexts.zh.window.answer;
    expect(await hands.sends("wang", hands.window(), given)).toEqual({
      response_action: "errors",
      errors: { value: empty },
    });
    expect(await answers()).toEqual([]);
  });

  it("that comes after closing is refused in the window, and the closed card opens none", async () => {
    const card = await opens("text");
    await hands.presses("group", "wang", card, zh.writeWords);
    const view = hands.window();
    await passes(2 * HOUR + MINUTE);
    const given = { field: "value", words: "送货再早一点", viewId: "V1" };
    expect(await hands.sends("wang", view, given)).toEqual({
      response_action: "errors",
      errors: { value: zh.closedReply },
    });
    expect(await answers()).toEqual([]);
    const opened = product.workspace.callsOf("views.open").length;
    // The card of an old window of Slack's may still show the button.
    expect(await hands.presses("group", "wang", card, zh.writeWords)).toEqual([zh.closedReply]);
    expect(product.workspace.callsOf("views.open")).toHaveLength(opened);
    expect(hands.labelsOf(await hands.found("group", /小问卷/))).toEqual([]);
  });

  it("says why beside a low score, from the note that follows the press", async () => {
    const card = await opens("csat");
    await hands.presses("group", "wang", card, "2");
    await hands.presses("group", "wang", noteWith(zh.writeWords), zh.writeWords);
    const given = { field: "value", words: "叶子都黄了", viewId: "V1" };
    await hands.sends("wang", hands.window(), given);
    const [row] = await answers();
    expect(row).toMatchObject({ numeric: 2, comment: "叶子都黄了" });
    expect(String(product.workspace.answers.at(-1)?.["text"])).toBe(zh.thanks.recorded);
    const run = await onlyRun();
    expect(row?.runId).toBe(run?.id);
    // It is there when they look again, and an answer without a score has no place.
    await hands.presses("group", "wang", noteWith(zh.writeWords), zh.writeWords);
    expect(JSON.stringify(hands.window().blocks)).toContain("叶子都黄了");
  });
});
