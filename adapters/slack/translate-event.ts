import type { z } from "zod";
import type { Author, InboundEvent, MessageEvent, Quote } from "#src/platform/inbound-event.js";
import { AppError } from "#src/shared/app-error.js";
import {
  channelPayload,
  type EventEnvelope,
  homePayload,
  type MessagePayload,
  membershipPayload,
  messagePayload,
  reactionPayload,
  renamePayload,
  type SaidPayload,
} from "./inbound-payload.js";
import {
  conversationIdOf,
  instantOfStamp,
  isDirectChannel,
  memberIdOf,
  SLACK,
} from "./slack-ids.js";
import { mentionsUser, plainText } from "./slack-text.js";
import { isForeign } from "./tenant-border.js";

/** Who listens: the workspace, the bot in it, and what is known of its people. */
export interface Listening {
  readonly team: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly botName: string;
  /** Display name and stated role of a user as far as they are known by now; empty name when not. */
  readonly person: (user: string) => Pick<Author, "name" | "role">;
}

/** What a payload of the Events API means to us. */
export type Heard =
  | { readonly kind: "event"; readonly event: InboundEvent }
  /** Somebody opened the bot's home page. */
  | { readonly kind: "home"; readonly user: string }
  /** The app was removed from the workspace, or its tokens were withdrawn. */
  | { readonly kind: "revoked" }
  | { readonly kind: "nothing" };

type Arrived = Pick<InboundEvent, "eventId" | "at" | "conversation" | "author">;

const NOTHING: Heard = { kind: "nothing" };
/** Kinds of message that somebody wrote; all others are notes of Slack itself. */
const WRITTEN: ReadonlySet<string> = new Set(["file_share", "thread_broadcast", "me_message"]);

/** Reads a part of a payload. Throws `invalid-input` naming the field, so that it is not acknowledged. */
export function readPayload<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.infer<Shape> {
  const read = shape.safeParse(raw);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AppError("invalid-input", "Slack sent something malformed.", {
    field: issue === undefined ? "payload" : issue.path.join("."),
  });
}

/** Translates an event of Slack. Throws `invalid-input` when a known kind is malformed. */
export function translateEvent(envelope: EventEnvelope, who: Listening): Heard {
  const { event } = envelope;
  switch (event.type) {
    case "message":
      return translateMessage(envelope, readPayload(messagePayload, event), who);
    case "reaction_added":
    case "reaction_removed":
      return translateReaction(envelope, who);
    case "member_joined_channel":
    case "member_left_channel":
      return translateMembership(envelope, who);
    case "channel_left":
    case "group_left":
    case "channel_archive":
    case "group_archive":
    case "channel_deleted":
    case "group_deleted":
      return ofBot(envelope, who, "left");
    case "channel_unarchive":
    case "group_unarchive":
      return ofBot(envelope, who, "joined");
    case "channel_rename":
    case "group_rename":
      return translateRename(envelope, who);
    case "app_home_opened": {
      const { user, tab } = readPayload(homePayload, event);
      return tab === "messages" ? NOTHING : { kind: "home", user };
    }
    case "app_uninstalled":
    case "tokens_revoked":
      return { kind: "revoked" };
    default:
      return NOTHING;
  }
}

/** Author of an event as far as they are known by now. */
export function authorOf(who: Listening, user: string, handle?: string): Author {
  const { name, role } = who.person(user);
  return {
    platform: SLACK,
    memberId: memberIdOf(who.team, user),
    name: name === "" ? (handle ?? "") : name,
    ...(role === undefined ? {} : { role }),
  };
}

interface Where {
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly user: string;
  readonly stamp: string;
  readonly eventId: string;
}

function arrived(who: Listening, { channel, thread, user, stamp, eventId }: Where): Arrived {
  return {
    eventId,
    at: instantOfStamp(stamp),
    conversation: {
      platform: SLACK,
      conversationId: conversationIdOf(who.team, channel),
      ...(thread === undefined ? {} : { threadId: thread }),
    },
    author: authorOf(who, user),
  };
}

/** The bot itself, another bot, or Slack: none of them is a customer. */
function isMachine(
  { user, bot_id: botId }: Pick<SaidPayload, "user" | "bot_id">,
  who: Listening,
): boolean {
  if (botId !== undefined && botId !== "") return true;
  return user === who.botUserId || user === "USLACKBOT";
}

function translateMessage(envelope: EventEnvelope, payload: MessagePayload, who: Listening): Heard {
  switch (payload.subtype) {
    case "message_changed":
      return translateChange(payload, who);
    case "message_deleted":
      return translateDeletion(payload, payload.deleted_ts, who);
    default: {
      const written = payload.subtype === undefined || WRITTEN.has(payload.subtype);
      const { user } = payload;
      if (!written || user === undefined || isMachine(payload, who)) return NOTHING;
      return { kind: "event", event: messageEvent(envelope, { ...payload, user }, who) };
    }
  }
}

function messageEvent(
  envelope: EventEnvelope,
  payload: MessagePayload & { readonly user: string },
  who: Listening,
): MessageEvent {
  const { channel, ts, user, files } = payload;
  const raw = payload.text ?? "";
  const thread = threadOf(payload);
  const base = arrived(who, { channel, thread, user, stamp: ts, eventId: envelope.event_id });
  const { platform, conversationId } = base.conversation;
  const quote = quoteOf(payload, who);
  return {
    ...base,
    author: isForeign(payload.user_team, who.team)
      ? { ...base.author, role: "customer" }
      : base.author,
    kind: "message",
    text: textOf(raw, who),
    message: { conversation: { platform, conversationId }, messageId: ts },
    ...(quote === null ? {} : { repliesTo: quote }),
    mentionsBot: mentionsUser(raw, who.botUserId),
    isDirect: payload.channel_type === "im",
    ...(files === undefined || files.length === 0 ? {} : { hasMedia: true }),
  };
}

/** The thread that a message answers in; the first message of a thread carries its own stamp. */
function threadOf({ ts, thread_ts: thread }: SaidPayload): string | undefined {
  return thread === undefined || thread === ts ? undefined : thread;
}

function quoteOf(payload: SaidPayload, who: Listening): Quote | null {
  const thread = threadOf(payload);
  if (thread === undefined) return null;
  const parent = payload.parent_user_id;
  if (parent === undefined || parent === "") return { messageId: thread };
  const author = { platform: SLACK, memberId: memberIdOf(who.team, parent) };
  if (parent !== who.botUserId) return { messageId: thread, author };
  return { messageId: thread, author, ofBot: true };
}

function textOf(raw: string, who: Listening): string {
  const { botName, botUserId } = who;
  return plainText(raw, { botName, botUserId, nameOf: (user) => who.person(user).name });
}

function translateChange(payload: MessagePayload, who: Listening): Heard {
  const { message, previous_message: before, channel } = payload;
  if (message === undefined)
    throw new AppError("invalid-input", "Slack sent something malformed.", { field: "message" });
  // What is left of a deleted message that others have answered.
  if (message.subtype === "tombstone") return translateDeletion(payload, message.ts, who);
  const { user, edited, ts } = message;
  if (user === undefined || isMachine(message, who)) return NOTHING;
  // A link preview, a pin or an answer in the thread changes the message, but nobody's words.
  if (edited === undefined || before?.text === message.text) return NOTHING;
  const key = conversationIdOf(who.team, channel);
  const base = arrived(who, {
    channel,
    thread: threadOf(message),
    user,
    stamp: edited.ts,
    eventId: `edited:${key}/${ts}/${edited.ts}`,
  });
  const { platform, conversationId } = base.conversation;
  const event: InboundEvent = {
    ...base,
    kind: "edited",
    text: textOf(message.text ?? "", who),
    message: { conversation: { platform, conversationId }, messageId: ts },
    saidAt: instantOfStamp(ts),
    isDirect: isDirectChannel(channel),
  };
  return { kind: "event", event };
}

function translateDeletion(
  payload: MessagePayload,
  deleted: string | undefined,
  who: Listening,
): Heard {
  const before = payload.previous_message;
  const user = before?.user;
  if (deleted === undefined)
    throw new AppError("invalid-input", "Slack sent something malformed.", { field: "deleted_ts" });
  if (user === undefined || isMachine({ user, bot_id: before?.bot_id }, who)) return NOTHING;
  const key = conversationIdOf(who.team, payload.channel);
  const base = arrived(who, {
    channel: payload.channel,
    user,
    stamp: payload.event_ts ?? payload.ts,
    eventId: `deleted:${key}/${deleted}`,
  });
  const event: InboundEvent = {
    ...base,
    kind: "recalled",
    message: { conversation: base.conversation, messageId: deleted },
  };
  return { kind: "event", event };
}

function translateReaction({ event }: EventEnvelope, who: Listening): Heard {
  const { user, reaction, item, event_ts: stamp } = readPayload(reactionPayload, event);
  const { channel, ts } = item;
  if (item.type !== "message" || user === who.botUserId) return NOTHING;
  if (channel === undefined || ts === undefined) return NOTHING;
  const change = event.type === "reaction_added" ? "added" : "removed";
  const key = conversationIdOf(who.team, channel);
  // The same change may come with several event ids: what it says is its identity.
  const eventId = `reaction:${key}/${ts}/${user}/${change}/${reaction.slice(0, 80)}/${stamp}`;
  const base = arrived(who, { channel, user, stamp, eventId });
  const message = { conversation: base.conversation, messageId: ts };
  return { kind: "event", event: { ...base, kind: "reaction", message, reaction, change } };
}

function translateMembership(envelope: EventEnvelope, who: Listening): Heard {
  const { event, event_id: eventId } = envelope;
  const { user, channel, event_ts: stamp } = readPayload(membershipPayload, event);
  const base = arrived(who, { channel, user, stamp: stampOf(envelope, stamp), eventId });
  const change = event.type === "member_joined_channel" ? "joined" : "left";
  const bot = user === who.botUserId;
  return {
    kind: "event",
    event: { ...base, kind: "membership", change, who: bot ? "bot" : "member" },
  };
}

function ofBot(envelope: EventEnvelope, who: Listening, change: "joined" | "left"): Heard {
  const { channel, event_ts: stamp } = readPayload(channelPayload, envelope.event);
  const base = arrived(who, {
    channel,
    user: who.botUserId,
    stamp: stampOf(envelope, stamp),
    eventId: envelope.event_id,
  });
  return { kind: "event", event: { ...base, kind: "membership", change, who: "bot" } };
}

function translateRename(envelope: EventEnvelope, who: Listening): Heard {
  const { channel, event_ts: stamp } = readPayload(renamePayload, envelope.event);
  const base = arrived(who, {
    channel: channel.id,
    user: who.botUserId,
    stamp: stampOf(envelope, stamp),
    eventId: envelope.event_id,
  });
  const { name } = channel;
  return { kind: "event", event: { ...base, kind: "renamed", subject: "conversation", name } };
}

/** When an event without a stamp of its own happened: by the envelope, in whole seconds. */
function stampOf({ event_time: time }: EventEnvelope, stamp: string | undefined): string {
  return stamp ?? `${String(time ?? 0)}.000000`;
}
