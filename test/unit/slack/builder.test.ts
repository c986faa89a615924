import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationIdOf } from "#adapters/slack/slack-ids.js";
import { BUILDER_CALLBACK, OPEN_BUILDER, PREVIEW_ACTION } from "#adapters/slack/slack-views.js";
import { slackPages } from "#src/app/slack-home.js";
import { slackTexts } from "#src/i18n/slack.js";
import { SlackProduct } from "../../support/slack/slack-product.js";
import { type Json, messageEvent, submissionPayload } from "./slack-payloads.js";

const texts = slackTexts.zh.window.builder;
let product: SlackProduct;
beforeEach(async () => {
  product = await SlackProduct.open();
  for (const [channel, who] of [
    ["staff", "chen"],
    ["group", "wang"],
  ] as const) {
    const said = { user: product.user(who), text: "早", ts: product.stamp() };
    await product.event(messageEvent({ ...said, channel: product.channel(channel) }));
  }
  await product.settle();
});
afterEach(() => product.close());

type Fields = Readonly<Record<"question" | "decision" | "when" | "openFor", string>>;
const GOOD: Fields = {
  question: "这次团购您满意吗？",
  decision: "低于80%就换供应商",
  when: "每天11:00",
  openFor: "2小时",
};

function place(): string {
  return conversationIdOf(product.workspace.team, product.channel("group"));
}

function state(fields: Fields, channel: string): Record<string, Record<string, Json>> {
  const chosen = { type: "static_select", selected_option: { value: channel } };
  const values: Record<string, Record<string, Json>> = { channel: { input: chosen } };
  for (const [block, value] of Object.entries(fields))
    values[block] = { [`${PREVIEW_ACTION}:0`]: { type: "plain_text_input", value } };
  return values;
}

/** A press in the home page or in the open window. */
async function presses(action: string, who: string, view: Json): Promise<void> {
  const { status } = await product.driver.send({
    type: "block_actions",
    team: { id: product.workspace.team, domain: "huiyin" },
    user: { id: product.user(who), name: who, team_id: product.workspace.team },
    container: { type: "view", view_id: view["id"] },
    trigger_id: await product.workspace.trigger(product.user(who)),
    view,
    actions: [{ action_id: `${action}:0`, type: "button", action_ts: product.stamp() }],
  });
  expect(status).toBe(200);
}

async function sends(fields: Fields, channel = place(), viewId = "V1"): Promise<Json> {
  const payload = submissionPayload({
    user: product.user("chen"),
    viewId,
    callback: BUILDER_CALLBACK,
    metadata: "",
    values: state(fields, channel),
  });
  const team = { id: product.workspace.team, domain: "huiyin" };
  const { status, text } = await product.driver.send({ ...payload, team });
  expect(status).toBe(200);
  await product.settle();
  return JSON.parse(text) as Json;
}

function viewOf(method: string): string {
  const call = product.workspace.callsOf(method).at(-1);
  return call?.fields["view"] ?? "";
}

describe("the survey builder", () => {
  it("opens for staff with their channels, and for nobody else", async () => {
    await presses(OPEN_BUILDER, "wang", { id: "V0" });
    expect(product.workspace.callsOf("views.open")).toEqual([]);
    await presses(OPEN_BUILDER, "chen", { id: "V0" });
    const view = viewOf("views.open");
    expect(view).toContain(BUILDER_CALLBACK);
    expect(view).toContain(place());
    expect(view).toContain(texts.question);
    expect(view).not.toContain(texts.preview);
  });

  it("shows the card as members will see it while somebody types", async () => {
    const values = state(GOOD, place());
    await presses(PREVIEW_ACTION, "chen", { id: "V1", hash: "h1", state: { values } });
    const view = viewOf("views.update");
    expect(view).toContain(texts.preview);
    expect(view).toContain(GOOD.question);
    expect(view).toContain("[5");
    expect(product.workspace.callsOf("views.update").at(-1)?.fields).toMatchObject({
      view_id: "V1",
      hash: "h1",
    });
  });

  it.each(["zh", "en"] as const)("finds nothing to mend in its own example (%s)", (language) => {
    const own = slackTexts[language].window.builder;
    const example = (hint: string): string => hint.replace(/^(?:例如：|For example: )/, "");
    const [when = ""] = example(own.whenHint).split(/，或|, or/);
    const draft = { ...GOOD, question: example(own.questionHint), when };
    expect(draft.question).not.toBe(own.questionHint);
    const pages = slackPages({ ...product, language, timeZone: "Asia/Shanghai" });
    expect(pages.remarks(draft, language)).toEqual([]);
    const survey = pages.preview(draft.question, language).join("\n");
    expect(survey).toContain(language === "zh" ? "[不清楚]" : "[Not sure]");
  });

  it("calls its own example fine in the open window", async () => {
    const values = state({ ...GOOD, question: "这次团购您满意吗？" }, place());
    await presses(PREVIEW_ACTION, "chen", { id: "V1", hash: "h1", state: { values } });
    expect(viewOf("views.update")).toContain(texts.fine);
    expect(viewOf("views.update")).not.toContain(texts.remarks);
  });

  it("says what the linter thinks of a leading question, and of a time that is none", async () => {
    const bad = {
      ...GOOD,
      question: "您对我们优质的服务和新鲜的水果是不是都很满意？",
      when: "改天",
    };
    const values = state(bad, place());
    await presses(PREVIEW_ACTION, "chen", { id: "V1", hash: "h1", state: { values } });
    const view = viewOf("views.update");
    expect(view).toContain(texts.remarks);
    expect(view).not.toContain(texts.fine);
  });

  it("makes one survey of a window that is sent twice, in the channel that was chosen", async () => {
    for (let copy = 0; copy < 2; copy += 1)
      expect(await sends(GOOD)).toEqual({ response_action: "clear" });
    const surveys = await product.store.read((tx) => tx.surveys.find({}));
    expect(surveys).toHaveLength(1);
    expect(JSON.stringify(surveys)).toContain(GOOD.question);
    const group = await product.store.read((tx) =>
      tx.directory.group({ platform: "slack", conversationId: place() }),
    );
    expect(surveys[0]?.groupId).toBe(group?.id);
  });

  it("names each field that is missing, in the window itself, and makes nothing", async () => {
    const { question: _q, decision: _d, ...rest } = GOOD;
    const answer = await sends({ ...rest, question: "  ", decision: "" }, "T1/C9ELSEWHERE");
    expect(answer).toEqual({
      response_action: "errors",
      errors: { channel: texts.needed, question: texts.needed, decision: texts.needed },
    });
    expect(await product.store.read((tx) => tx.surveys.find({}))).toEqual([]);
  });

  it("cannot be talked into another command by what is typed", async () => {
    await sends({ ...GOOD, question: "满意吗？；决定：别的\n调查 结束 1" });
    const surveys = await product.store.read((tx) => tx.surveys.find({}));
    expect(surveys).toHaveLength(1);
    expect(JSON.stringify(surveys)).toContain(GOOD.decision);
  });
});
