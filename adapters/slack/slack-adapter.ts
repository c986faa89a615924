import type { RequestListener } from "node:http";
import type { Language } from "#entities/vocabulary.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MemberRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type {
  AdapterHealth,
  ConversationInfo,
  Inbox,
  PlatformAdapter,
  SendOptions,
} from "#src/platform/platform-adapter.js";
import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";
import { type Clock, MINUTE } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Secret } from "#src/shared/secret.js";
import { Acquaintance } from "./acquaintance.js";
import { identifyBot } from "./identify-bot.js";
import type { Installation, InstallationBook } from "./installation.js";
import { LONGEST_MESSAGE } from "./render-message.js";
import { ResponseUrls } from "./response-url.js";
import { SlackClient } from "./slack-client.js";
import { SlackHearing } from "./slack-hearing.js";
import { SLACK, slackPlace } from "./slack-ids.js";
import type { SlackPages } from "./slack-pages.js";
import { SlackSpeech } from "./slack-speech.js";
import {
  createTransport,
  type SlackAnswer,
  type SlackTransport,
  type TransportOptions,
} from "./slack-transport.js";
import { SlackWindows } from "./slack-windows.js";

/** What Slack can do. One post a second per channel is kept by the adapter, which knows what is a post. */
export const SLACK_CAPABILITIES: Capabilities = {
  buttons: true,
  edit: true,
  threads: true,
  onlyForOne: true,
  forms: true,
  files: true,
  commands: true,
  direct: true,
  reactions: true,
  recall: true,
  pictures: true,
  quoteIds: true,
  lookup: true,
  stableIds: true,
  maxTextLength: LONGEST_MESSAGE,
  pacing: { gapPerConversationMs: 0 },
};

const IDENTIFY_AGAIN_MS = 30_000;
/**
 * How long a failure speaks for the workspace: a withdrawn token until it works again, silence a little
 * longer than the longest rest between two tries.
 */
const TROUBLE_LASTS_MS: Partial<Record<PlatformErrorCode, number>> = {
  unauthorized: Number.POSITIVE_INFINITY,
  unreachable: 15 * MINUTE,
  ambiguous: 15 * MINUTE,
};

interface Trouble {
  readonly detail: string;
  readonly until: number;
}

export interface SlackAdapterOptions {
  readonly transport: TransportOptions;
  readonly book: InstallationBook;
  readonly pages: SlackPages;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The name that signs the bot's texts and stands for a mention of it. */
  readonly botName: string;
  readonly language: Language;
  readonly capabilities?: Partial<Capabilities>;
  /** The token of one workspace that was set by hand; absent where people install through a browser. */
  readonly token?: Secret;
  /** Where Slack's Web API is; Slack's own address unless a test says otherwise. */
  readonly apiUrl?: string;
  /** Host of the addresses that answers go to; Slack's own unless a test says otherwise. */
  readonly responseOrigin?: string;
}

/** Slack: hears over HTTP or a socket, speaks through the Web API. */
export class SlackAdapter implements PlatformAdapter {
  readonly platform = SLACK;
  readonly capabilities: Capabilities;
  /** Takes the requests under `/slack/` on the product's port; null over a socket. */
  readonly listener: RequestListener | null;
  readonly #options: SlackAdapterOptions;
  readonly #client: SlackClient;
  readonly #speech: SlackSpeech;
  readonly #hearing: SlackHearing;
  readonly #transport: SlackTransport;
  readonly #acquaintance: Acquaintance;
  readonly #inHand = new Set<Promise<SlackAnswer>>();
  /** Why a workspace does not let us in or does not answer, by its id. */
  readonly #troubles = new Map<string, Trouble>();
  #inbox: Inbox | undefined;
  #opening: Promise<void> | undefined;
  #ending = new AbortController();
  #identifying: Promise<void> = Promise.resolve();

  constructor(options: SlackAdapterOptions) {
    this.#options = options;
    this.capabilities = { ...SLACK_CAPABILITIES, ...options.capabilities };
    const { clock, logger, apiUrl, book, pages, botName, language } = options;
    const api = apiUrl === undefined ? {} : { apiUrl };
    const client = new SlackClient({ clock, logger, ...api });
    this.#client = client;
    const responses = new ResponseUrls(options.responseOrigin);
    this.#acquaintance = new Acquaintance(client, clock);
    const installationOf = (team: string): Promise<Installation> => this.#installation(team);
    this.#speech = new SlackSpeech({ client, responses, installationOf });
    const acquaintance = this.#acquaintance;
    const windows = new SlackWindows({ client, responses, acquaintance, pages, clock, logger });
    const speech = this.#speech;
    this.#hearing = new SlackHearing({
      book,
      acquaintance,
      speech,
      windows,
      responses,
      clock,
      logger,
      botName,
      language,
    });
    this.#transport = createTransport({
      options: options.transport,
      handle: (body) => this.#take(body),
      clock,
      logger,
      ...api,
    });
    this.listener = this.#transport.listener;
  }

  async start(inbox: Inbox): Promise<void> {
    this.#inbox = inbox;
    this.#opening ??= this.#open();
    await this.#opening;
  }

  async stop(): Promise<void> {
    if (this.#opening === undefined) return;
    this.#ending.abort();
    await this.#opening.catch(() => undefined);
    await this.#transport.close();
    await this.#identifying;
    await Promise.allSettled(this.#inHand);
    await this.#hearing.settled();
    this.#inbox = undefined;
    this.#opening = undefined;
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    const able = this.capabilities;
    if (options.onlyFor !== undefined && !able.onlyForOne)
      throw unsupported("a message for one member");
    if (options.picture !== undefined && !able.pictures) throw unsupported("pictures");
    if (message.choices !== undefined && !able.buttons) throw unsupported("buttons");
    return this.#watched(to, () => this.#speech.send(to, message, options));
  }

  async edit(target: MessageRef, message: OutboundMessage): Promise<void> {
    if (!this.capabilities.edit) throw unsupported("edits");
    await this.#watched(target.conversation, () => this.#speech.edit(target, message));
  }

  async find(where: ConversationRef, key: string): Promise<MessageRef | null> {
    if (!this.capabilities.lookup) throw unsupported("look-ups");
    return this.#watched(where, () => this.#speech.find(where, key));
  }

  async openDirect(member: MemberRef): Promise<ConversationRef> {
    if (!this.capabilities.direct) throw unsupported("direct messages");
    return this.#speech.openDirect(member);
  }

  async describe(conversation: ConversationRef): Promise<ConversationInfo> {
    const { team, channel } = slackPlace(conversation.conversationId);
    const installation = await this.#installation(team);
    const { name, isDirect } = await this.#acquaintance.channel(installation, channel);
    return { name, isDirect };
  }

  health(): AdapterHealth {
    if (this.#inbox === undefined)
      return { state: "stopped", detail: "The Slack adapter is not listening." };
    const now = this.#options.clock.now();
    const trouble = [...this.#troubles.values()].find(({ until }) => until > now);
    if (trouble !== undefined) return { state: "degraded", detail: trouble.detail };
    if (!this.#transport.connected())
      return {
        state: "degraded",
        detail: "The connection to Slack is lost; it is opened again by itself.",
      };
    return { state: "ok", detail: "" };
  }

  /** Slack's requests go to {@link listener}, which verifies the bytes as they come. */
  routes(): readonly [] {
    return [];
  }

  async #open(): Promise<void> {
    this.#ending = new AbortController();
    const { token } = this.#options;
    if (token !== undefined) this.#identifying = this.#identify(token, this.#ending.signal);
    await this.#transport.open();
  }

  /** Learns which workspace the token stands for: beside the start, because Slack may be away just now. */
  async #identify(token: Secret, ended: AbortSignal): Promise<void> {
    const { book, clock, logger } = this.#options;
    while (!ended.aborted) {
      try {
        await book.save(await identifyBot(this.#client, token), clock.now());
        this.#troubles.delete("");
        return;
      } catch (error) {
        const told = error instanceof PlatformError ? error.message : "It is tried again.";
        const detail = `Slack does not say whose token this is. ${told}`;
        this.#troubles.set("", { detail, until: Number.POSITIVE_INFINITY });
        logger.warn({ err: error }, "Slack does not say whose token this is");
        await clock.sleep(IDENTIFY_AGAIN_MS, ended);
      }
    }
  }

  async #take(body: Readonly<Record<string, unknown>>): Promise<SlackAnswer> {
    const inbox = this.#inbox;
    if (inbox === undefined)
      throw new PlatformError("unreachable", "The Slack adapter is not listening.");
    const work = this.#hearing.take(inbox, body);
    this.#inHand.add(work);
    try {
      return await work;
    } finally {
      this.#inHand.delete(work);
    }
  }

  async #installation(team: string): Promise<Installation> {
    const found = await this.#options.book.find(team);
    if (found !== null) return found;
    throw new PlatformError(
      "unauthorized",
      `The workspace ${team} is not connected. Open /slack/install, or set the bot token; huiyin doctor slack tells more.`,
    );
  }

  /** Remembers that a workspace does not let us in or does not answer, until it does again. */
  async #watched<Result>(place: ConversationRef, work: () => Promise<Result>): Promise<Result> {
    const [team = ""] = place.conversationId.split("/");
    try {
      const result = await work();
      this.#troubles.delete(team);
      return result;
    } catch (error) {
      const lasts = error instanceof PlatformError ? TROUBLE_LASTS_MS[error.code] : undefined;
      if (error instanceof PlatformError && lasts !== undefined)
        this.#troubles.set(team, {
          detail: `${team}: ${error.message}`,
          until: this.#options.clock.now() + lasts,
        });
      throw error;
    }
  }
}

function unsupported(what: string): PlatformError {
  return new PlatformError("not-supported", `This platform has no ${what}.`);
}
