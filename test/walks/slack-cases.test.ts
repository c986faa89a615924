import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ComplaintCase } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { MINUTE } from "#src/shared/clock.js";
import { SlackHands } from "../support/slack/slack-hands.js";
import { SlackProduct } from "../support/slack/slack-product.js";
import type { KeptMessage } from "../support/slack/slack-workspace.js";

const MORNING = Date.parse("2026-11-20T10:00:00+08:00");
const { buttons } = complaintTexts.zh.alert;
const { staff } = complaintTexts.zh;

let product: SlackProduct;
let hands: SlackHands;
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
  for (const who of ["chen", "li"]) await hands.says("staff", who, "早");
  await hands.says("group", "wang", "鸡蛋一板少了两个");
});
afterEach(() => product.close());

const alert = (): Promise<KeptMessage> => hands.found("staff", /少了两个/);

async function onlyCase(): Promise<ComplaintCase> {
  const [row, ...others] = await product.store.read((tx) => tx.cases.find({}));
  expect(others).toEqual([]);
  if (row === undefined) throw new Error("there is no case");
  return row;
}

/** Presses a button of the alert as it is shown now. */
async function press(who: string, label: string): Promise<readonly string[]> {
  return hands.presses("staff", who, await alert(), label);
}

async function shown(): Promise<readonly string[]> {
  return hands.labelsOf(await alert());
}

/** What wang was told, to them alone. */
function toldWang(): readonly string[] {
  return product.workspace
    .callsOf("chat.postEphemeral")
    .filter(({ fields }) => fields["user"] === product.user("wang"))
    .map(({ fields }) => fields["text"] ?? "");
}

/** What was posted to the members' channel, also in its threads. */
function saidToGroup(): string {
  return product.workspace
    .callsOf("chat.postMessage")
    .filter(({ fields }) => fields["channel"] === product.channel("group"))
    .map(({ fields }) => fields["text"] ?? "")
    .join("\n");
}

describe("the alert of a case", () => {
  it("has the buttons of its state, one card from the first word to the last", async () => {
    const first = await shown();
    expect(first.slice(0, 3)).toEqual([buttons.confirm, buttons.dismiss, buttons.take]);
    await press("chen", buttons.confirm);
    const confirmed = await shown();
    expect(confirmed.slice(0, 3)).toEqual([buttons.take, buttons.reply, buttons.dismiss]);
    expect(confirmed.slice(3)).toContain(complaintTexts.zh.alert.assignTo("li"));
    await press("chen", complaintTexts.zh.alert.assignTo("li"));
    // Somebody works on it: it can be resolved, and is given to nobody else with one tap.
    expect(await shown()).toEqual([buttons.resolve, buttons.reply, buttons.dismiss]);
    await press("li", buttons.reply);
    const given = { field: "words", words: "实在抱歉，马上补两个", viewId: "V1" };
    expect(await hands.sends("li", hands.window(), given)).toEqual({ response_action: "clear" });
    expect(saidToGroup()).toContain("马上补两个");
    expect(await shown()).toEqual([buttons.resolve, buttons.reply]);
    await press("li", buttons.resolve);
    await hands.sends("li", hands.window(), { ...given, words: "已补两个鸡蛋", viewId: "V2" });
    expect(toldWang().join("\n")).toContain("已补两个鸡蛋");
    expect(await shown()).toEqual([]);
    expect((await onlyCase()).assigneeId).not.toBeNull();
    const cards = (await product.history("staff")).filter(({ text }) => text.includes("少了两个"));
    expect(cards).toHaveLength(1);
  });

  it("asks in the window for the words that a resolution needs before anybody was answered", async () => {
    await press("chen", buttons.take);
    expect(await shown()).toContain(buttons.resolve);
    await press("chen", buttons.resolve);
    const given = { field: "words", words: "", viewId: "V1" };
    const { number } = await onlyCase();
    expect(await hands.sends("chen", hands.window(), given)).toEqual({
      response_action: "errors",
      errors: { words: staff.needsWords(number) },
    });
    expect((await onlyCase()).state).toBe("confirmed");
    await hands.sends("chen", hands.window(), { ...given, words: "已退款" });
    expect(await onlyCase()).toMatchObject({ resolution: "已退款" });
    expect(toldWang().join("\n")).toContain("已退款");
  });

  it("loses its buttons when it is dismissed", async () => {
    await press("chen", buttons.dismiss);
    expect(await shown()).toEqual([]);
  });

  it("refuses an empty reply in the window, and a stranger's altogether", async () => {
    await press("chen", buttons.take);
    await press("chen", buttons.reply);
    const view = hands.window();
    const given = { field: "words", words: " ", viewId: "V1" };
    expect(await hands.sends("chen", view, given)).toMatchObject({ response_action: "errors" });
    // Whoever sends a staff window from the members' channel is none of the staff.
    const frame = JSON.parse(view.private_metadata) as Record<string, unknown>;
    const elsewhere = JSON.stringify({ ...frame, c: product.channel("group"), a: undefined });
    const forged = { ...view, private_metadata: elsewhere };
    await hands.sends("wang", forged, { ...given, words: "没事了", viewId: "V2" });
    expect(saidToGroup()).not.toContain("没事了");
    expect(toldWang()).toContain(staff.notFound);
  });
});

describe("two operators at once", () => {
  /** Both press on the card as it is shown now, before anything is worked off. */
  async function together(one: string, other: string): Promise<readonly string[]> {
    const card = await alert();
    const before = product.workspace.answers.length;
    await hands.press("staff", "chen", card, one);
    await hands.press("staff", "li", card, other);
    await product.settle();
    return product.workspace.answers.slice(before).map((answer) => String(answer["text"]));
  }

  it.each([
    ["take it both", buttons.take, buttons.take],
    ["confirm and dismiss", buttons.confirm, buttons.dismiss],
    ["dismiss and take", buttons.dismiss, buttons.take],
    ["confirm and confirm", buttons.confirm, buttons.confirm],
  ])("%s: the first counts, the second is told by whom", async (_what, one, other) => {
    const [mine = "", theirs = ""] = await together(one, other);
    const row = await onlyCase();
    const time = /\d{2}:\d{2}/.exec(theirs)?.[0];
    expect(time).toBeDefined();
    expect(theirs).toContain("chen");
    expect(theirs).toContain(complaintTexts.zh.states[row.state]);
    expect(mine).not.toBe(theirs);
    expect(row.state).toBe(one === buttons.dismiss ? "dismissed" : "confirmed");
    const assignee = await product.store.read(async (tx) =>
      row.assigneeId === null ? null : tx.directory.memberById(row.assigneeId),
    );
    expect(assignee?.name ?? null).toBe(one === buttons.take ? "chen" : null);
  });

  it("resolve it in two windows: it is resolved once and told once", async () => {
    await press("chen", buttons.take);
    await press("chen", buttons.resolve);
    const mine = hands.window();
    await press("li", buttons.resolve);
    const theirs = hands.window();
    await hands.sends("chen", mine, { field: "words", words: "已退款", viewId: "V1" });
    product.clock.advance(MINUTE);
    await hands.sends("li", theirs, { field: "words", words: "已补发", viewId: "V2" });
    expect(await onlyCase()).toMatchObject({ resolution: "已退款" });
    expect(toldWang().filter((text) => /已退款|已补发/.test(text))).toHaveLength(1);
    expect(String(product.workspace.answers.at(-1)?.["text"])).toContain("chen");
  });
});
