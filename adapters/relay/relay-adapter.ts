import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MemberRef, MessageRef } from "#src/platform/conversation.js";
import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type {
  AdapterHealth,
  ConversationInfo,
  Inbox,
  PlatformAdapter,
  SendOptions,
} from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { DAY } from "#src/shared/clock.js";
import { directPlace, isPlace, nameIn, RELAY } from "./relay-places.js";
import type { Tray } from "./tray.js";

/** How far back a pasted line may lie, ms: older ones belong to digests that were read long ago. */
export const OLDEST_PASTED_MS = 31 * DAY;

export const RELAY_CAPABILITIES: Capabilities = {
  buttons: false,
  edit: false,
  threads: false,
  onlyForOne: false,
  commands: false,
  // Staff say it to the person in private, by hand as well.
  direct: true,
  reactions: false,
  recall: false,
  quoteIds: false,
  pictures: true,
  lookup: true,
  stableIds: true,
  // Chat programs cut long texts; one screen is read, two are not.
  maxTextLength: 1_500,
  pacing: { gapPerConversationMs: 0 },
  historyMs: OLDEST_PASTED_MS,
};

export interface RelayAdapterOptions {
  readonly tray: Tray;
  readonly capabilities?: Partial<Capabilities>;
}

/**
 * The adapter of groups without a bot account: staff paste what was said, which it hands in, and
 * carry out what lies in the tray. No network, no account, no risk for either.
 */
export class RelayAdapter implements PlatformAdapter {
  readonly platform = RELAY;
  readonly capabilities: Capabilities;
  readonly #tray: Tray;
  #inbox: Inbox | null = null;
  #inHand: Promise<unknown> = Promise.resolve();

  constructor({ tray, capabilities = {} }: RelayAdapterOptions) {
    this.#tray = tray;
    this.capabilities = { ...RELAY_CAPABILITIES, ...capabilities };
  }

  async start(inbox: Inbox): Promise<void> {
    this.#inbox ??= inbox;
  }

  async stop(): Promise<void> {
    this.#inbox = null;
    await this.#inHand.catch(() => undefined);
  }

  /**
   * Hands events in, in their order; resolves when all of them are stored. Raises `unreachable`
   * while nobody listens.
   */
  hear(events: readonly InboundEvent[]): Promise<readonly ("accepted" | "duplicate")[]> {
    const inbox = this.#inbox;
    if (inbox === null) return Promise.reject(new PlatformError("unreachable", "Nobody listens."));
    const heard = Promise.all(events.map((event) => inbox.accept(event)));
    this.#inHand = heard;
    return heard;
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    if (!isPlace(to.conversationId)) throw new PlatformError("gone", "There is no such group.");
    if (options.onlyFor !== undefined) throw notSupported("a message for one person in a group");
    if (message.choices !== undefined) throw notSupported("buttons");
    if (options.picture !== undefined && !this.capabilities.pictures)
      throw notSupported("a picture");
    const { key, kind, picture = null } = options;
    const text = called(message);
    const messageId = await this.#tray.put({ key, to, kind, text, picture });
    return { conversation: to, messageId };
  }

  edit(): Promise<void> {
    return Promise.reject(notSupported("an edit"));
  }

  async find(where: ConversationRef, key: string): Promise<MessageRef | null> {
    if (!this.capabilities.lookup) throw notSupported("a key to look up");
    const messageId = await this.#tray.find(where, key);
    return messageId === null ? null : { conversation: where, messageId };
  }

  async openDirect(member: MemberRef): Promise<ConversationRef> {
    if (!this.capabilities.direct) throw notSupported("a direct message");
    return directPlace(member);
  }

  async describe({ conversationId }: ConversationRef): Promise<ConversationInfo> {
    return { name: conversationId.slice(conversationId.indexOf("/") + 1), isDirect: false };
  }

  health(): AdapterHealth {
    return this.#inbox === null
      ? { state: "stopped", detail: "not started" }
      : { state: "ok", detail: "" };
  }

  routes(): readonly [] {
    return [];
  }
}

/** Nobody's phone rings by this: staff see whom to call when they carry it out. */
function called({ text, mentions = [] }: OutboundMessage): string {
  const names = mentions.map(({ memberId }) => `@${nameIn(memberId)}`);
  return names.length === 0 ? text : `${names.join(" ")}\n${text}`;
}

function notSupported(what: string): PlatformError {
  return new PlatformError("not-supported", `Staff cannot carry ${what}.`);
}
