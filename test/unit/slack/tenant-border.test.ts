import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formCallback, frameText } from "#adapters/slack/translate-interaction.js";
import { buttonsOf, SlackProduct } from "../../support/slack/slack-product.js";
import type { KeptMessage } from "../../support/slack/slack-workspace.js";
import {
  commandPayload,
  envelope,
  type Json,
  messageEvent,
  pressPayload,
  shortcutPayload,
  stamp,
  submissionPayload,
} from "./slack-payloads.js";

const STRANGE = "T9STRANGER";
let product: SlackProduct;
beforeEach(async () => {
  product = await SlackProduct.open();
});
afterEach(() => product.close());

function said(who: string, text: string, channel: string): Json {
  const facts = { user: who, text, ts: product.stamp(), channel: product.channel(channel) };
  return messageEvent(facts);
}

async function refusals(): Promise<readonly string[]> {
  const rows = await product.store.read((tx) => tx.audit.find({ act: "slack.refused" }));
  return rows.map(({ subject }) => subject);
}

async function heard(): Promise<number> {
  const rows = await product.store.read((tx) => tx.inboxEvents.find({}));
  return rows.filter(({ kind }) => kind !== "renamed").length;
}

/** The case's card in the staff channel, after wang complained. */
async function alert(): Promise<KeptMessage> {
  await product.event(said(product.user("chen"), "早", "staff"));
  await product.event(said(product.user("wang"), "草莓下面一层都烂了", "group"));
  await product.settle();
  const [card] = await product.history("staff");
  if (card === undefined) throw new Error("there is no card");
  return card;
}

/** Somebody of another workspace, as Slack names them in presses, windows and shortcuts. */
const guest = { id: "U0GUEST01", username: "guest", name: "guest", team_id: STRANGE };

function pressOf(card: KeptMessage, index: number): Json {
  const button = buttonsOf(card)[index];
  return {
    ...pressPayload({
      user: guest.id,
      actionId: String(button?.["action_id"]),
      value: String(button?.["value"]),
      actionTs: product.stamp(),
      messageTs: card.ts,
      channel: product.channel("staff"),
      team: product.workspace.team,
      responseUrl: product.workspace.responseUrl("guest"),
    }),
    user: guest,
  };
}

describe("what comes from a workspace that is not connected", () => {
  it("is acknowledged, changes nothing, and stands in the audit once an hour", async () => {
    const press = {
      user: "U1",
      actionId: "vote:0",
      value: "a|b|5",
      actionTs: stamp(2),
      messageTs: stamp(1),
      team: STRANGE,
    };
    const window = {
      user: "U1",
      viewId: "V1",
      callback: formCallback("vote"),
      metadata: frameText({ channel: "C1", fixed: { run: "r", question: "q" } }),
      values: {},
    };
    const shortcut = { user: "U1", author: "U2", text: "烂了", messageTs: stamp(1) };
    const payloads = [
      envelope("Ev-1", said("U1", "草莓烂了", "group"), STRANGE),
      // Its own workspace is ours by name, but the app is not authorised there.
      {
        ...envelope("Ev-2", said("U1", "草莓烂了", "group"), product.workspace.team),
        authorizations: [{ team_id: STRANGE }],
      },
      pressPayload(press),
      commandPayload({ user: "U1", text: "report", team: STRANGE }),
      { ...submissionPayload(window), team: { id: STRANGE, domain: "x" } },
      { ...shortcutPayload(shortcut), team: { id: STRANGE, domain: "x" } },
    ];
    for (const payload of payloads) expect((await product.driver.send(payload)).status).toBe(200);
    expect(await heard()).toBe(0);
    expect(product.workspace.callsOf("views.open")).toEqual([]);
    expect(await refusals()).toEqual([STRANGE]);
  });
});

describe("somebody of another workspace in a shared channel", () => {
  it("cannot decide about a case by its button, is told so, and is audited", async () => {
    const card = await alert();
    const before = await product.store.read((tx) => tx.cases.find({}));
    for (const [index] of buttonsOf(card).entries())
      expect((await product.driver.send(pressOf(card, index))).status).toBe(200);
    await product.settle();
    await product.adapter.stop();
    expect(await product.store.read((tx) => tx.cases.find({}))).toEqual(before);
    expect(await refusals()).toEqual([STRANGE]);
    expect(product.workspace.answers.map(({ text }) => String(text))).toContainEqual(
      expect.stringContaining("另一个工作区"),
    );
  });

  it("cannot report a message or send a window that asks for a right", async () => {
    const card = await alert();
    const shortcut = {
      ...shortcutPayload({
        user: guest.id,
        author: product.user("wang"),
        text: "x",
        messageTs: card.ts,
      }),
      user: guest,
      team: { id: product.workspace.team, domain: "huiyin" },
    };
    expect((await product.driver.send(shortcut)).status).toBe(200);
    expect(product.workspace.callsOf("views.open")).toEqual([]);
    const events = await heard();
    const window = {
      ...submissionPayload({
        user: guest.id,
        viewId: "V9",
        callback: formCallback("resolve"),
        metadata: frameText({ channel: product.channel("staff"), fixed: { case: "1" } }),
        values: {},
      }),
      user: guest,
      team: { id: product.workspace.team, domain: "huiyin" },
    };
    expect(JSON.parse((await product.driver.send(window)).text)).toEqual({
      response_action: "clear",
    });
    expect(await heard()).toBe(events);
  });

  it("is a customer even where staff write, and an administrator elsewhere is none here", async () => {
    await alert();
    const user = {
      id: guest.id,
      name: "guest",
      real_name: "guest",
      team_id: STRANGE,
      is_admin: true,
    };
    product.workspace.fail({ kind: "answer", status: 200, body: { ok: true, user } }, "users.info");
    await product.event({ ...said(guest.id, "处理 1", "staff"), user_team: STRANGE });
    await product.settle();
    await product.event({ ...said(guest.id, "早", "staff"), user_team: STRANGE });
    await product.settle();
    const memberId = `${product.workspace.team}/${guest.id}`;
    const roles = await product.store.read(async (tx) => {
      const member = await tx.directory.member({ platform: "slack", memberId });
      return tx.directory.memberships.find({ memberId: member?.id ?? "" });
    });
    expect(roles.map(({ role }) => role)).toEqual(["customer"]);
    const [row] = await product.store.read((tx) => tx.cases.find({}));
    expect(row?.assigneeId).toBeNull();
  });

  it("may complain and vote like every member of the channel", async () => {
    await alert();
    const events = await heard();
    const vote = {
      ...pressPayload({
        user: guest.id,
        actionId: "vote:4",
        value: "run|q|5",
        actionTs: product.stamp(),
        messageTs: stamp(1),
        channel: product.channel("group"),
        team: product.workspace.team,
      }),
      user: guest,
    };
    expect((await product.driver.send(vote)).status).toBe(200);
    await product.event({ ...said(guest.id, "鸡蛋少了两个", "group"), user_team: STRANGE });
    await product.settle();
    expect(await heard()).toBe(events + 2);
    expect(await refusals()).toEqual([]);
  });
});
