import { z } from "zod";
import type { ConversationRef, MemberRef, MessageRef } from "#src/platform/conversation.js";
import type { FileOrder, OutboundMessage } from "#src/platform/outbound-message.js";
import type { SendOptions } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Picture } from "#src/shared/picture.js";
import { RecentMap } from "#src/shared/recent-map.js";
import type { Installation } from "./installation.js";
import { type RenderedMessage, renderMessage, type ShownPicture } from "./render-message.js";
import type { ResponseUrls } from "./response-url.js";
import type { SlackClient } from "./slack-client.js";
import { slackCode } from "./slack-errors.js";
import { conversationIdOf, isDirectChannel, SLACK, slackPlace, userOf } from "./slack-ids.js";

/** Type of the metadata by which a message is found again. */
const METADATA_TYPE = "huiyin_message";
/** Ids of notes that only one person sees: they can be neither changed nor found. */
const NOTE_PREFIX = "note:";
const HISTORY_PAGE = 200;
const MOST_THREADS = 10;
const REMEMBERED = 10_000;

const posted = z.object({ ts: z.string(), channel: z.string().nullish() });
const opened = z.object({ channel: z.object({ id: z.string() }) });
const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      reply_users: z.array(z.string()).nullish(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .nullish(),
    }),
  ),
});
type Listed = z.infer<typeof history>["messages"];

/** Refusals after which somebody who cannot be reached in the channel is written to directly. */
const NOT_THERE: ReadonlySet<string> = new Set([
  "user_not_in_channel",
  "not_in_channel",
  "channel_not_found",
  "is_archived",
]);

/** Refusals of a layout: nothing was posted, and the same words without charts may pass. */
const BLOCKS_REFUSED: ReadonlySet<string> = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
]);

interface Speech {
  readonly installation: Installation;
  readonly channel: string;
  readonly thread: string | null;
  readonly rendered: RenderedMessage;
  readonly options: SendOptions;
}

export interface SpeechParts {
  readonly client: SlackClient;
  readonly responses: ResponseUrls;
  /** The installation of a workspace. Raises `unauthorized` when there is none. */
  readonly installationOf: (team: string) => Promise<Installation>;
}

/** Says, changes and finds messages. */
export class SlackSpeech {
  readonly #client: SlackClient;
  readonly #parts: SpeechParts;
  /** The thread that a message stands in: Slack wants its first message, not the answer. */
  readonly #threads = new RecentMap<string>(REMEMBERED);
  readonly #directs = new RecentMap<string>(REMEMBERED);

  constructor(parts: SpeechParts) {
    this.#parts = parts;
    this.#client = parts.client;
  }

  /** A message was heard in a thread; answers to it go there. */
  rememberThread(conversationId: string, messageId: string, thread: string): void {
    this.#threads.set(`${conversationId}/${messageId}`, thread);
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    const { team, channel } = slackPlace(to.conversationId);
    const installation = await this.#parts.installationOf(team);
    const { kind, onlyFor } = options;
    const { file, ...words } = message;
    if (file !== undefined) return this.#sendFile(to, { file, words }, options);
    const speech: Speech = {
      installation,
      channel,
      thread: this.#threadOf(to, message),
      // A layout that Slack would refuse must not cost an upload.
      rendered: renderMessage(message, { kind }),
      options,
    };
    if (onlyFor !== undefined) return this.#tell(speech, onlyFor);
    const charted = await this.#charted(speech, message);
    if (charted !== null) return charted;
    const picture = await this.#picture(installation, options);
    if (picture === null) return this.#post(speech);
    return this.#post({ ...speech, rendered: renderMessage(message, { kind, picture }) });
  }

  /**
   * Uploads a file to the conversation with its one reader and tells them where they asked. Where Slack
   * does not let the bot upload, the words go instead, with what is missing in front.
   */
  async #sendFile(
    to: ConversationRef,
    { file, words }: { readonly file: FileOrder; readonly words: OutboundMessage },
    options: SendOptions,
  ): Promise<MessageRef> {
    const { team, channel } = slackPlace(to.conversationId);
    const installation = await this.#parts.installationOf(team);
    const { onlyFor, signal, key } = options;
    const direct =
      onlyFor === undefined || isDirectChannel(channel) ? to : await this.openDirect(onlyFor);
    const { name, content } = file;
    const upload = { name, bytes: new TextEncoder().encode(content) };
    const place = slackPlace(direct.conversationId);
    try {
      await this.#client.upload(installation, { ...upload, channel: place.channel }, signal);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.code !== "forbidden") throw error;
      return this.send(to, { ...words, text: `${file.refused}\n${words.text}` }, options);
    }
    const kept = { conversation: direct, messageId: `${NOTE_PREFIX}${key}` };
    // The file is there: a note that gets lost must not bring it a second time.
    return direct === to ? kept : this.send(to, { text: file.sent }, options).catch(() => kept);
  }

  /** Posts it with charts that Slack draws; null when there are none, or when Slack knows no such block. */
  async #charted(speech: Speech, message: OutboundMessage): Promise<MessageRef | null> {
    const { charts = [], kind } = speech.options;
    if (charts.length === 0) return null;
    try {
      return await this.#post({ ...speech, rendered: renderMessage(message, { kind, charts }) });
    } catch (error) {
      if (BLOCKS_REFUSED.has(slackCode(error) ?? "")) return null;
      throw error;
    }
  }

  async edit(target: MessageRef, message: OutboundMessage): Promise<void> {
    const { team, channel } = slackPlace(target.conversation.conversationId);
    if (target.messageId.startsWith(NOTE_PREFIX))
      throw new PlatformError("gone", "A note that only one person saw cannot be changed.");
    const installation = await this.#parts.installationOf(team);
    const { text, blocks } = renderMessage(message);
    await this.#client.call(installation, {
      method: "chat.update",
      // Without blocks the old ones would stay.
      arguments: { channel, ts: target.messageId, text, blocks: blocks ?? [] },
      effect: "read",
      channel,
    });
  }

  /** The message that was posted with this key, in the channel or in one of its threads; or null. */
  async find(where: ConversationRef, key: string): Promise<MessageRef | null> {
    const { team, channel } = slackPlace(where.conversationId);
    const installation = await this.#parts.installationOf(team);
    const latest = await this.#listed(installation, channel, null);
    const threads = latest
      .filter(({ reply_users: users }) => users?.includes(installation.botUserId) === true)
      .slice(0, MOST_THREADS);
    let found = withKey(latest, key);
    for (const { ts } of threads)
      found ??= withKey(await this.#listed(installation, channel, ts), key);
    return found === null ? null : { conversation: where, messageId: found };
  }

  async openDirect(member: MemberRef): Promise<ConversationRef> {
    const [team = ""] = member.memberId.split("/");
    const known = this.#directs.get(member.memberId);
    if (known !== undefined) return { platform: SLACK, conversationId: known };
    const installation = await this.#parts.installationOf(team);
    const answer = await this.#client.call(installation, {
      method: "conversations.open",
      arguments: { users: userOf(member.memberId) },
      effect: "read",
    });
    const conversationId = conversationIdOf(team, opened.parse(answer).channel.id);
    this.#directs.set(member.memberId, conversationId);
    return { platform: SLACK, conversationId };
  }

  async #listed(
    installation: Installation,
    channel: string,
    thread: string | null,
  ): Promise<Listed> {
    const answer = await this.#client.call(installation, {
      method: thread === null ? "conversations.history" : "conversations.replies",
      arguments: {
        channel,
        limit: HISTORY_PAGE,
        include_all_metadata: true,
        ...(thread === null ? {} : { ts: thread }),
      },
      effect: "read",
      channel,
    });
    return history.parse(answer).messages;
  }

  /** Where the message goes: a thread of the conversation, or the one of what it answers. */
  #threadOf(to: ConversationRef, { quote }: OutboundMessage): string | null {
    if (to.threadId !== undefined) return to.threadId;
    if (quote === undefined || quote.conversation.conversationId !== to.conversationId) return null;
    if (quote.messageId.startsWith(NOTE_PREFIX)) return null;
    return this.#threads.get(`${to.conversationId}/${quote.messageId}`) ?? quote.messageId;
  }

  /** The uploaded picture; null when there is none, or when Slack takes none: the words are enough. */
  async #picture(
    installation: Installation,
    { picture, signal }: SendOptions,
  ): Promise<ShownPicture | null> {
    if (picture === undefined) return null;
    try {
      return await this.#upload(installation, picture, signal);
    } catch (error) {
      const refused =
        error instanceof PlatformError && ["forbidden", "rejected"].includes(error.code);
      if (refused) return null;
      throw error;
    }
  }

  async #upload(
    installation: Installation,
    { bytes, alt }: Picture,
    signal: AbortSignal | undefined,
  ): Promise<ShownPicture> {
    const file = { bytes, alt, name: "huiyin.png" };
    return { fileId: await this.#client.upload(installation, file, signal), alt };
  }

  async #post(speech: Speech): Promise<MessageRef> {
    const { installation, channel, thread, rendered, options } = speech;
    const answer = await this.#client.call(installation, {
      method: "chat.postMessage",
      arguments: {
        channel,
        ...shown(rendered),
        ...(thread === null ? {} : { thread_ts: thread }),
        metadata: { event_type: METADATA_TYPE, event_payload: { key: options.key } },
      },
      effect: "write",
      channel,
      signal: options.signal,
    });
    const { ts, channel: actual } = posted.parse(answer);
    const conversationId = conversationIdOf(installation.team, actual ?? channel);
    return { conversation: { platform: SLACK, conversationId }, messageId: ts };
  }

  /**
   * Says it to one person: as the answer to what they did where that is still possible, else as a note
   * in the channel, else in their own conversation with the bot.
   */
  async #tell(speech: Speech, member: MemberRef): Promise<MessageRef> {
    const { installation, channel, rendered, options } = speech;
    const conversationId = conversationIdOf(installation.team, channel);
    const conversation = { platform: SLACK, conversationId };
    const { replyHandle, signal } = options;
    if (replyHandle !== undefined)
      if (await this.#parts.responses.answer(replyHandle, shown(rendered), signal))
        return { conversation, messageId: `${NOTE_PREFIX}${options.key}` };
    if (isDirectChannel(channel)) return this.#post(speech);
    try {
      await this.#note(speech, member);
      return { conversation, messageId: `${NOTE_PREFIX}${options.key}` };
    } catch (error) {
      if (!NOT_THERE.has(slackCode(error) ?? "")) throw error;
    }
    const direct = await this.openDirect(member);
    const place = slackPlace(direct.conversationId);
    return this.#post({ ...speech, channel: place.channel, thread: null });
  }

  async #note(
    { installation, channel, rendered, options }: Speech,
    member: MemberRef,
  ): Promise<void> {
    await this.#client.call(installation, {
      method: "chat.postEphemeral",
      arguments: { channel, user: userOf(member.memberId), ...shown(rendered) },
      effect: "write",
      channel,
      signal: options.signal,
    });
  }
}

/** The words of a message as arguments: nothing in them formats, and no link grows a preview. */
function shown({ text, blocks }: RenderedMessage): Readonly<Record<string, unknown>> {
  return {
    text,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    ...(blocks === undefined ? {} : { blocks }),
  };
}

function withKey(messages: Listed, key: string): string | null {
  const found = messages.find(
    ({ metadata }) =>
      metadata?.event_type === METADATA_TYPE && metadata.event_payload["key"] === key,
  );
  return found?.ts ?? null;
}
