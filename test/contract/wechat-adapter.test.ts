import { afterEach } from "vitest";
import { WechatAdapter } from "#adapters/wechat/wechat-adapter.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { SendOptions } from "#src/platform/platform-adapter.js";
import { stableId } from "#src/shared/ids.js";
import { type Injected, MessageType } from "../support/wechat/test-puppet.js";
import { GROUP, KeepingInbox, MORNING, WechatScene } from "../support/wechat/wechat-scene.js";
import {
  type AdapterHarness,
  describeAdapterContract,
  type ExpectedFailure,
  type PayloadFixture,
  type Shown,
} from "./platform-adapter.contract.js";

/** What the puppet tells: a message, or a change of a room. */
type Payload =
  | { readonly message: Omit<Injected, "room"> & { readonly room?: string | null } }
  | { readonly event: "room-join" | "room-leave" | "room-topic"; readonly facts: object };

const scenes: WechatScene[] = [];
afterEach(async () => {
  await Promise.all(scenes.splice(0).map((scene) => scene.close()));
});

/** Speaks also before it was started, as the contract asks of platforms without a log-in. */
class LoggedInAdapter extends WechatAdapter {
  /** How many messages each send became. */
  readonly sizes: number[] = [];
  sentSoFar: () => number = () => 0;

  override async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    if (this.health().state === "stopped") await this.start(new KeepingInbox());
    const before = this.sentSoFar();
    const sent = await super.send(to, message, options);
    this.sizes.push(this.sentSoFar() - before);
    return sent;
  }
}

const WORDS: Readonly<Record<ExpectedFailure["code"], string>> = {
  "rate-limited": "操作过于频繁，请稍后再试",
  unreachable: "14 UNAVAILABLE: No connection established",
  ambiguous: "socket hang up",
  unauthorized: "16 UNAUTHENTICATED: invalid token",
  gone: "no payload found for id @@1",
  forbidden: "你还不是他的好友，请先发送好友验证",
  rejected: "content too long",
  "not-supported": "Wechaty Puppet Unsupported API Error",
};

async function make(capabilities: Partial<Capabilities> = {}): Promise<AdapterHarness> {
  const scene = new WechatScene({ capabilities }, LoggedInAdapter);
  scenes.push(scene);
  const { puppet, identities, adapter } = scene;
  // The topic is told by an event of its own, which has its own fixture.
  puppet.group(GROUP, "", ["bot", "wang", "li"], "li");
  identities.meet("wang");
  const speaking = adapter as LoggedInAdapter;
  speaking.sentSoFar = () => puppet.sent.length;
  return {
    adapter,
    deliver: async (given) => {
      if (adapter.health().state === "stopped") return "refused";
      const before = adapter.counts;
      emit(scene, given as Payload);
      await adapter.settled();
      const { unreadable, lost } = adapter.counts;
      return unreadable + lost > before.unreadable + before.lost ? "refused" : "acknowledged";
    },
    calls: () => puppet.sent.length,
    shown: () => shownBy(scene, speaking.sizes),
    fail: ({ code }) => puppet.failures.push(new Error(WORDS[code])),
  };
}

function emit(scene: WechatScene, payload: Payload): void {
  if ("message" in payload) scene.puppet.inject({ room: GROUP, ...payload.message });
  else scene.puppet.emit(payload.event, payload.facts as never);
}

/** What people read: the pieces of a long text one below the other, as one. */
function shownBy({ puppet }: WechatScene, sizes: readonly number[]): readonly Shown[] {
  let from = 0;
  return sizes.map((size) => {
    const pieces = puppet.sent.slice(from, from + size);
    from += size;
    const mentions = pieces.flatMap((piece) => piece.mentions.map((id) => `member:${id}`));
    const text = pieces.map((piece) => piece.text).join("");
    return { text, mentions, everybodyMentioned: mentions.includes("member:notify@all") };
  });
}

const conversation = { platform: "wechat", conversationId: `room:${GROUP}` };
const author = { platform: "wechat", memberId: "member:wang", name: "王阿姨" };
const bot = { platform: "wechat", memberId: "bot", name: "" };
const at = MORNING;
const message = (id: string) => ({ conversation, messageId: id });
const said = (id: string, text: string, more: Partial<Injected> = {}): Payload => ({
  message: { id, from: "wang", text, at, ...more },
});
const line = (text: string) =>
  `line:${stableId("test", conversation.conversationId, author.memberId, text, at / 1_000)}`;
const RECALL_XML =
  '<sysmsg type="revokemsg"><revokemsg><session>x</session><msgid>11</msgid><newmsgid>77</newmsgid><replacemsg><![CDATA["王阿姨" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>';

const fixtures: readonly PayloadFixture[] = [
  {
    name: "said",
    payload: said("1", "草莓烂了 @小助手\u2005"),
    event: {
      kind: "message",
      eventId: line("草莓烂了 @小助手\u2005"),
      at,
      conversation,
      author,
      text: "草莓烂了 @小助手\u2005",
      message: message("1"),
      mentionsBot: true,
      isDirect: false,
    },
  },
  {
    name: "quoted",
    payload: said("2", "「小助手：这次团购您满意吗？」\n- - - - - - - - - - - - - - -\n4"),
    event: {
      kind: "message",
      eventId: line("「小助手：这次团购您满意吗？」\n- - - - - - - - - - - - - - -\n4"),
      at,
      conversation,
      author,
      text: "4",
      repliesTo: { ofBot: true, text: "这次团购您满意吗？" },
      message: message("2"),
      mentionsBot: false,
      isDirect: false,
    },
  },
  {
    name: "a picture",
    payload: said("3", "<msg><img/></msg>", { type: MessageType.Image }),
    event: {
      kind: "message",
      eventId: `said:${stableId("test", "3")}`,
      at,
      conversation,
      author,
      text: "",
      message: message("3"),
      mentionsBot: false,
      isDirect: false,
      hasMedia: true,
    },
  },
  {
    name: "recalled",
    payload: said("4", RECALL_XML, { type: MessageType.Recalled }),
    event: {
      kind: "recalled",
      eventId: "recalled:77",
      at,
      conversation,
      author,
      message: message("77"),
    },
  },
  {
    name: "joined",
    payload: {
      event: "room-join",
      facts: { roomId: GROUP, inviteeIdList: [undefined, "wang"], inviterId: "li", timestamp: at },
    },
    event: {
      kind: "membership",
      eventId: `joined:${stableId(conversation.conversationId, author.memberId, at)}`,
      at,
      conversation,
      author,
      change: "joined",
      who: "member",
    },
  },
  {
    name: "the bot was removed",
    payload: {
      event: "room-leave",
      facts: { roomId: GROUP, removeeIdList: ["bot"], removerId: "li", timestamp: at / 1_000 },
    },
    event: {
      kind: "membership",
      eventId: `left:${stableId(conversation.conversationId, "bot", at)}`,
      at,
      conversation,
      author: bot,
      change: "left",
      who: "bot",
    },
  },
  {
    name: "renamed",
    payload: {
      event: "room-topic",
      facts: { roomId: GROUP, newTopic: "阳光里3群", oldTopic: "", changerId: "li", timestamp: at },
    },
    event: {
      kind: "renamed",
      eventId: `topic:${stableId(conversation.conversationId, "阳光里3群", at)}`,
      at,
      conversation,
      author: bot,
      subject: "conversation",
      name: "阳光里3群",
    },
  },
  { name: "a sticker", payload: said("5", "<msg/>", { type: MessageType.Emoticon }), event: null },
  { name: "a red packet", payload: said("6", "", { type: MessageType.RedEnvelope }), event: null },
  { name: "history", payload: said("7", "早", { at: at - 180_000 }), event: null },
];

describeAdapterContract({
  name: "wechat",
  make,
  fixtures,
  own: [
    said("8", "日报", { from: "bot" }),
    said("9", "9", { from: "bot", type: MessageType.Recalled }),
  ],
  unknownKind: said("10", "", { type: 99 }),
  malformed: [
    said("11", '<sysmsg type="revokemsg"><revokemsg><msgid>1', { type: MessageType.Recalled }),
    said("12", '<sysmsg type="revokemsg"><msgid>one</msgid></sysmsg>', {
      type: MessageType.Recalled,
    }),
    said("13", "<msg><appmsg><title>5</title>"),
    said("14", "<msg><appmsg><des/></appmsg></msg>", { type: MessageType.GroupNote }),
    said("15", "5", { from: "" }),
    said("x".repeat(301), "5"),
  ],
  conversation,
  member: { platform: "wechat", memberId: "member:wang" },
  failures: [
    { code: "rate-limited", retryAfterMs: 30 * 60_000 },
    { code: "unreachable" },
    { code: "ambiguous" },
    { code: "unauthorized" },
    { code: "gone" },
    { code: "forbidden" },
    { code: "rejected" },
    { code: "not-supported" },
  ],
  dangerousText: "@所有人 @all <!channel> <@U123> *粗* <https://x.example|点我> &amp;",
  skips: {
    5: "WeChat knows no acknowledgement; what cannot be stored is tried again (test/unit/wechat)",
    7: "WeChat has neither edits nor look-ups by key; both raise not-supported (clause 8)",
    13: "a picture is a message of its own after its text, without words for it (test/unit/wechat)",
  },
  lacks: {
    edited: "a text of WeChat cannot be changed once it was sent",
    reaction: "puppets tell nothing of reactions to messages",
    command: "WeChat has no commands; their prefix stands in texts",
    action: "WeChat has no buttons; people answer with numbers",
    form: "WeChat has no forms; people answer with words",
  },
});
