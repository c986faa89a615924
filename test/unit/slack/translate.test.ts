import { describe, expect, it } from "vitest";
import { blockActions, eventEnvelope, viewSubmission } from "#adapters/slack/inbound-payload.js";
import { type Listening, readPayload, translateEvent } from "#adapters/slack/translate-event.js";
import {
  formCallback,
  frameText,
  translateCommand,
  translateForm,
  translatePress,
} from "#adapters/slack/translate-interaction.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import {
  BOT_ID,
  BOT_USER,
  changedEvent,
  commandPayload,
  DIRECT_CHANNEL,
  deletedEvent,
  envelope,
  GROUP_CHANNEL,
  type Json,
  memberEvent,
  messageEvent,
  type Press,
  pressPayload,
  reactionEvent,
  STAFF_CHANNEL,
  stamp,
  submissionPayload,
  TEAM,
} from "./slack-payloads.js";

const WHO: Listening = {
  team: TEAM,
  botUserId: BOT_USER,
  botId: BOT_ID,
  botName: "小助手",
  person: (user) =>
    user === "U1"
      ? { name: "王阿姨" }
      : user === "U9"
        ? { name: "小陈", role: "staff" }
        : { name: "" },
};

const SAID = { user: "U1", text: "草莓烂了", ts: stamp(10, 1) };

function hear(event: Json, eventId = "Ev1"): InboundEvent | string {
  const heard = translateEvent(readPayload(eventEnvelope, envelope(eventId, event)), WHO);
  return heard.kind === "event" ? heard.event : heard.kind;
}

function ofKind<Kind extends InboundEvent["kind"]>(
  kind: Kind,
  heard: InboundEvent | string,
): Extract<InboundEvent, { kind: Kind }> {
  if (typeof heard === "string" || heard.kind !== kind) throw new Error(`did not hear ${kind}`);
  return heard as Extract<InboundEvent, { kind: Kind }>;
}

describe("a message in a channel", () => {
  it("is heard with its author, place and time", () => {
    expect(hear(messageEvent(SAID))).toEqual({
      kind: "message",
      eventId: "Ev1",
      at: 1_795_140_010_000,
      conversation: { platform: "slack", conversationId: `${TEAM}/${GROUP_CHANNEL}` },
      author: { platform: "slack", memberId: `${TEAM}/U1`, name: "王阿姨" },
      text: "草莓烂了",
      message: {
        conversation: { platform: "slack", conversationId: `${TEAM}/${GROUP_CHANNEL}` },
        messageId: stamp(10, 1),
      },
      mentionsBot: false,
      isDirect: false,
    });
  });

  it("says so when it is in a thread of the bot's, and whose answer it is", () => {
    const thread = stamp(1);
    const heard = ofKind("message", hear(messageEvent({ ...SAID, thread, parent: BOT_USER })));
    expect(heard.conversation.threadId).toBe(thread);
    expect(heard.repliesTo).toEqual({
      messageId: thread,
      author: { platform: "slack", memberId: `${TEAM}/${BOT_USER}` },
      ofBot: true,
    });
    const first = ofKind("message", hear(messageEvent({ ...SAID, thread: SAID.ts })));
    expect(first.repliesTo).toBeUndefined();
  });

  it("reads references as names and knows when the bot is called", () => {
    const text = `<@${BOT_USER}> &lt;b&gt; <@U1> <@U7> <#C1|水果> <https://x.cn/a|价格> <!here> :rage: 10:30:45`;
    const heard = ofKind("message", hear(messageEvent({ ...SAID, text })));
    expect(heard.text).toBe("@小助手 <b> @王阿姨 @U7 #水果 价格 https://x.cn/a @here 😡 10:30:45");
    expect(heard.mentionsBot).toBe(true);
  });

  it("is private in the conversation with the bot, and has media with a file", () => {
    const direct = messageEvent({ ...SAID, channel: DIRECT_CHANNEL, channelType: "im" });
    expect(ofKind("message", hear(direct)).isDirect).toBe(true);
    const photo = { ...messageEvent(SAID), subtype: "file_share", files: [{ id: "F1" }] };
    expect(ofKind("message", hear(photo)).hasMedia).toBe(true);
  });

  it.each([
    ["of the bot itself", { ...messageEvent({ ...SAID, user: BOT_USER }) }],
    ["of another bot", { ...messageEvent(SAID), bot_id: "B9" }],
    ["of Slackbot", messageEvent({ ...SAID, user: "USLACKBOT" })],
    ["that Slack writes on a topic", { ...messageEvent(SAID), subtype: "channel_topic" }],
    ["that says that somebody came", { ...messageEvent(SAID), subtype: "channel_join" }],
  ])("%s is not heard", (_name, event) => {
    expect(hear(event)).toBe("nothing");
  });
});

describe("a change of a message", () => {
  it("is heard with the new words, and has one id however often it comes", () => {
    const change = changedEvent(SAID, { text: "草莓很好", editedTs: stamp(20) });
    const heard = ofKind("edited", hear(change, "Ev2"));
    expect(heard).toMatchObject({ text: "草莓很好", at: 1_795_140_020_000 });
    expect(heard.message.messageId).toBe(SAID.ts);
    expect(ofKind("edited", hear(change, "Ev3")).eventId).toBe(heard.eventId);
    const next = changedEvent(SAID, { text: "草莓很甜", editedTs: stamp(21) });
    expect(ofKind("edited", hear(next)).eventId).not.toBe(heard.eventId);
  });

  it("is not heard when only a preview was added, or when it is the bot's own", () => {
    const preview = changedEvent(SAID, { text: SAID.text, editedTs: stamp(20) });
    expect(hear(preview)).toBe("nothing");
    const own = changedEvent({ ...SAID, user: BOT_USER }, { text: "n", editedTs: stamp(20) });
    expect(hear(own)).toBe("nothing");
  });

  it("is a deletion when a tombstone is left in a thread", () => {
    const change = changedEvent(SAID, { text: "This message was deleted.", editedTs: stamp(20) });
    const message = { ...(change["message"] as Json), subtype: "tombstone", user: "USLACKBOT" };
    const heard = ofKind("recalled", hear({ ...change, message }));
    expect(heard.author.memberId).toBe(`${TEAM}/U1`);
    expect(heard.eventId).toBe(ofKind("recalled", hear(deletedEvent(SAID, stamp(30)))).eventId);
  });
});

describe("other happenings", () => {
  it("are heard: reactions, who came and went, a new name", () => {
    const facts = { user: "U1", reaction: "+1::skin-tone-2", to: SAID.ts, ts: stamp(40) };
    expect(ofKind("reaction", hear(reactionEvent("added", facts)))).toMatchObject({
      change: "added",
      reaction: "+1::skin-tone-2",
      message: { messageId: SAID.ts },
    });
    expect(hear(reactionEvent("added", { ...facts, user: BOT_USER }))).toBe("nothing");
    expect(ofKind("membership", hear(memberEvent("joined", BOT_USER, stamp(5))))).toMatchObject({
      who: "bot",
      change: "joined",
    });
    expect(ofKind("membership", hear(memberEvent("left", "U1", stamp(5))))).toMatchObject({
      who: "member",
      change: "left",
    });
    const archived = {
      type: "channel_archive",
      channel: GROUP_CHANNEL,
      user: "U1",
      event_ts: stamp(6),
    };
    expect(ofKind("membership", hear(archived))).toMatchObject({ who: "bot", change: "left" });
    const renamed = {
      type: "channel_rename",
      channel: { id: GROUP_CHANNEL, name: "阳光里3群", created: 1 },
      event_ts: stamp(7),
    };
    expect(ofKind("renamed", hear(renamed)).name).toBe("阳光里3群");
  });

  it("know when the home page is opened and when the app is removed", () => {
    const opened = { type: "app_home_opened", user: "U1", channel: "D1", tab: "home" };
    expect(hear(opened)).toBe("home");
    expect(hear({ ...opened, tab: "messages" })).toBe("nothing");
    expect(hear({ type: "app_uninstalled" })).toBe("revoked");
    expect(hear({ type: "tokens_revoked", tokens: { bot: ["U1"] } })).toBe("revoked");
    expect(hear({ type: "emoji_changed" })).toBe("nothing");
  });

  it.each([
    ["a message without a stamp", { ...messageEvent(SAID), ts: "now" }],
    ["a message without a channel", { ...messageEvent(SAID), channel: undefined }],
    [
      "a change without the message",
      { ...changedEvent(SAID, { text: "x", editedTs: stamp(2) }), message: null },
    ],
    ["a deletion of nothing", { ...deletedEvent(SAID, stamp(3)), deleted_ts: null }],
    ["a reaction of nobody", { type: "reaction_added", reaction: "x", item: { type: "message" } }],
  ])("are refused when malformed: %s", (_name, event) => {
    expect(() => hear(event)).toThrow(/malformed/);
  });
});

describe("a press", () => {
  const press: Press = {
    user: "U9",
    actionId: "case.confirm:0",
    value: "case-1",
    actionTs: stamp(50, 3),
    messageTs: stamp(45),
    channel: STAFF_CHANNEL,
  };
  const translate = (raw: Json): InboundEvent | null =>
    translatePress(readPayload(blockActions, raw), WHO);

  it("is an action with the value of its button, who pressed it and how to answer", () => {
    expect(translate(pressPayload(press))).toMatchObject({
      kind: "action",
      action: "case.confirm",
      value: "case-1",
      at: 1_795_140_050_000,
      author: { memberId: `${TEAM}/U9`, name: "小陈", role: "staff" },
      message: { messageId: stamp(45) },
      replyHandle: "https://hooks.slack.com/actions/T/1/x",
    });
  });

  it("has one id when it is sent twice, and another for another press or person", () => {
    const id = (next: Partial<Press>): string | undefined =>
      translate(pressPayload({ ...press, ...next }))?.eventId;
    expect(id({ trigger: "another" })).toBe(id({}));
    expect(id({ actionTs: stamp(50, 4) })).not.toBe(id({}));
    expect(id({ user: "U1" })).not.toBe(id({}));
  });

  it("of a note that only one person sees names no message that others could see", () => {
    expect(translate(pressPayload({ ...press, ephemeral: true }))).not.toHaveProperty("message");
  });

  it("in a view belongs to no conversation", () => {
    const { channel: _channel, container: _container, ...rest } = pressPayload(press);
    expect(translate(rest)).toBeNull();
  });
});

describe("a command and a form", () => {
  it("carry their words and where to answer", () => {
    const command = commandPayload({ user: "U9", text: "报告 7天 <@U1>" });
    expect(translateCommand(command as never, WHO, 5)).toMatchObject({
      kind: "command",
      text: "报告 7天 @王阿姨",
      at: 5,
      isDirect: false,
      replyHandle: "https://hooks.slack.com/commands/T/1/x",
    });
  });

  const submitted = (changes: Json = {}): Json => ({
    ...submissionPayload({
      user: "U1",
      viewId: "V1",
      callback: formCallback("vote"),
      metadata: frameText({ channel: GROUP_CHANNEL, fixed: { run: "r1", question: "q2" } }),
      values: { value: { input: { type: "plain_text_input", value: "太酸了" } } },
    }),
    ...changes,
  });

  it("become one event however often the modal is sent", () => {
    const form = translateForm(readPayload(viewSubmission, submitted()), WHO, 7);
    expect(form).toMatchObject({
      kind: "form",
      form: "vote",
      eventId: `view:${TEAM}/V1`,
      values: { run: "r1", question: "q2", value: "太酸了" },
      conversation: { conversationId: `${TEAM}/${GROUP_CHANNEL}` },
    });
  });

  it("cannot overwrite what the modal was about", () => {
    const payload = submissionPayload({
      user: "U1",
      viewId: "V1",
      callback: formCallback("vote"),
      metadata: frameText({ channel: GROUP_CHANNEL, fixed: { run: "r1" } }),
      values: { run: { input: { value: "another" } } },
    });
    expect(translateForm(readPayload(viewSubmission, payload), WHO, 7)).toMatchObject({
      values: { run: "r1" },
    });
  });

  it("are refused without their contents", () => {
    const view = submitted()["view"] as Json;
    for (const broken of [{ state: null }, { private_metadata: "" }, { private_metadata: "{]" }]) {
      const payload = readPayload(viewSubmission, submitted({ view: { ...view, ...broken } }));
      expect(() => translateForm(payload, WHO, 7)).toThrow(/without its contents/);
    }
  });
});
