import { createHash } from "node:crypto";
import type { Language } from "#entities/vocabulary.js";
import { wecomTexts } from "#src/i18n/wecom.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type {
  AdapterHealth,
  ConversationInfo,
  PlatformAdapter,
  SendOptions,
} from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";
import { type Logger, safeError } from "#src/shared/logger.js";
import type { Picture } from "#src/shared/picture.js";
import { RecentMap } from "#src/shared/recent-map.js";
import type { Secret } from "#src/shared/secret.js";
import { byteLength, bytePieces } from "./byte-pieces.js";
import { plainMarkdown } from "./plain-markdown.js";
import { PostBudget } from "./post-budget.js";
import { postToWebhook, type WebhookMessage } from "./webhook.js";
import { WEBHOOK_LIMITS } from "./webhook-limits.js";

/** How many messages that were said in part are remembered. */
const MOST_BEGUN = 200;

/** A webhook says things and hears nothing. */
export const WECOM_CAPABILITIES: Capabilities = {
  buttons: false,
  edit: false,
  threads: false,
  onlyForOne: false,
  commands: false,
  direct: false,
  reactions: false,
  recall: false,
  pictures: true,
  quoteIds: false,
  lookup: false,
  stableIds: true,
  maxTextLength: 4_000,
  // Counted from the store, so that a restart forgets nothing; the parts of a message are counted here.
  pacing: { gapPerConversationMs: 0, perMinute: WEBHOOK_LIMITS.postsPerMinute },
};

export interface WecomOptions {
  /** Name of each group with the address of its webhook. */
  readonly webhooks: ReadonlyMap<string, Secret>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly language: Language;
  /** Says under alerts and digests where to act, since nobody can answer in these groups. */
  readonly foot: string;
  readonly capabilities?: Partial<Capabilities>;
}

/**
 * Internal WeCom groups by their webhooks: the official way to post to them, and nothing else. A
 * conversation is the name that the configuration gives a webhook; its address stays in here.
 */
export class WecomAdapter implements PlatformAdapter {
  readonly platform = "wecom";
  readonly capabilities: Capabilities;
  readonly #options: WecomOptions;
  readonly #budgets = new Map<string, PostBudget>();
  /** What is left to say of a message whose first parts are in the group for certain, by its key. */
  readonly #left = new RecentMap<readonly WebhookMessage[]>(MOST_BEGUN);
  /** What is wrong with a webhook, by its name. */
  readonly #troubles = new Map<string, string>();
  #running = false;

  constructor(options: WecomOptions) {
    this.#options = options;
    this.capabilities = { ...WECOM_CAPABILITIES, ...options.capabilities };
  }

  async start(): Promise<void> {
    // A webhook tells nothing: there is nothing to listen to.
    this.#running = true;
  }

  async stop(): Promise<void> {
    this.#running = false;
  }

  /**
   * Posts the text, in several parts where it is long, then the picture. A part that is in the group
   * is not posted again when a later one failed and the message is tried again.
   */
  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    this.#refuseWhatCannotBe(message, options);
    const name = to.conversationId;
    const address = this.#addressOf(name);
    const parts = this.#left.get(options.key) ?? this.#partsOf(message, options);
    const picture = this.#fitting(options.picture);
    const budget = this.#budgetOf(name);
    budget.require(parts.length + (picture === null ? 0 : 1));
    try {
      for (const [index, part] of parts.entries()) {
        await budget.count(() => postToWebhook(address, part, options.signal));
        this.#keepRest(options.key, parts.slice(index + 1));
      }
      this.#troubles.delete(name);
    } catch (error) {
      this.#note(name, error);
      throw error;
    }
    if (picture !== null)
      await budget
        .count(() => postToWebhook(address, picture, options.signal))
        .catch((error: unknown) => this.#withoutPicture(error));
    // A webhook names no message; nothing can be done with one afterwards anyway.
    return { conversation: to, messageId: options.key };
  }

  async edit(): Promise<never> {
    throw notSupported("change what it has said");
  }

  async find(): Promise<never> {
    throw notSupported("look for what it has said");
  }

  async openDirect(): Promise<never> {
    throw notSupported("write to one person");
  }

  async describe({ conversationId }: ConversationRef): Promise<ConversationInfo> {
    return { name: conversationId, isDirect: false };
  }

  health(): AdapterHealth {
    if (!this.#running) return { state: "stopped", detail: "The WeCom webhooks are not in use." };
    const [trouble] = this.#troubles.values();
    return trouble === undefined
      ? { state: "ok", detail: "" }
      : { state: "degraded", detail: trouble };
  }

  routes(): readonly [] {
    return [];
  }

  #refuseWhatCannotBe(message: OutboundMessage, { onlyFor, picture }: SendOptions): void {
    if (onlyFor !== undefined) throw notSupported("speak to one person alone");
    if (message.choices !== undefined) throw notSupported("show buttons");
    if (picture !== undefined && !this.capabilities.pictures) throw notSupported("show pictures");
  }

  #addressOf(name: string): Secret {
    const address = this.#options.webhooks.get(name);
    if (address !== undefined) return address;
    throw new PlatformError(
      "gone",
      "There is no webhook of this name any more. Add it to HUIYIN_WECOM_WEBHOOKS again, or take the room out of HUIYIN_STAFF_ROOMS.",
    );
  }

  #budgetOf(name: string): PostBudget {
    const budget = this.#budgets.get(name) ?? new PostBudget(this.#options.clock);
    this.#budgets.set(name, budget);
    return budget;
  }

  /** Texts stay texts as long as they fit, because every client shows those; long ones take fewer parts as markdown. */
  #partsOf(
    { text, mentions = [] }: OutboundMessage,
    { kind, again }: SendOptions,
  ): readonly WebhookMessage[] {
    const { language, foot } = this.#options;
    const whole = [
      ...(again === true ? [wecomTexts[language].again] : []),
      text,
      ...(kind === "alert" || kind === "digest" ? ["", foot] : []),
    ].join("\n");
    if (mentions.length > 0 || byteLength(whole) <= WEBHOOK_LIMITS.textBytes)
      return bytePieces(whole, WEBHOOK_LIMITS.textBytes).map((content, index) => ({
        msgtype: "text",
        text: {
          content,
          ...(index > 0 || mentions.length === 0
            ? {}
            : { mentioned_list: mentions.map(({ memberId }) => memberId) }),
        },
      }));
    return bytePieces(plainMarkdown(whole), WEBHOOK_LIMITS.markdownBytes).map((content) => ({
      msgtype: "markdown",
      markdown: { content },
    }));
  }

  /** The picture as it is posted; null where there is none, or one that no webhook takes. */
  #fitting(picture: Picture | undefined): WebhookMessage | null {
    if (picture === undefined) return null;
    const bytes = Buffer.from(picture.bytes);
    if (bytes.length > WEBHOOK_LIMITS.imageBytes) {
      this.#options.logger.warn(
        { bytes: bytes.length },
        "a picture is larger than WeCom takes, the text goes alone",
      );
      return null;
    }
    // The checksum is of the bytes themselves: the platform's own check of the upload, no safeguard of ours.
    const md5 = createHash("md5").update(bytes).digest("hex");
    return { msgtype: "image", image: { base64: bytes.toString("base64"), md5 } };
  }

  #keepRest(key: string, rest: readonly WebhookMessage[]): void {
    this.#left.delete(key);
    if (rest.length > 0) this.#left.set(key, rest);
  }

  #note(name: string, error: unknown): void {
    if (!(error instanceof PlatformError)) return;
    if (error.code === "rate-limited" || error.code === "rejected") return;
    this.#troubles.set(name, `${name}: ${error.message}`);
  }

  /** The text is in the group and enough without its picture. */
  #withoutPicture(error: unknown): void {
    const reason = error instanceof PlatformError ? error.code : safeError(error).type;
    this.#options.logger.warn({ reason }, "a picture did not reach WeCom, its text did");
  }
}

function notSupported(what: string): PlatformError {
  return new PlatformError("not-supported", `A WeCom webhook cannot ${what}.`);
}
