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
import { directRoom, type RoomLook, type SimulatedPlatform } from "./simulated-chat.js";
import type { SimulatedPayload } from "./simulated-payload.js";
import { DIRECT_PREFIX, SIMULATED, translateInbound } from "./translate-inbound.js";

/** Everything a platform can have; each can be switched off to see how the product gets by without. */
export const SIMULATED_CAPABILITIES: Capabilities = {
  buttons: true,
  edit: true,
  threads: true,
  onlyForOne: true,
  commands: true,
  direct: true,
  reactions: true,
  recall: true,
  quoteIds: true,
  lookup: true,
  stableIds: true,
  // Drawn for rooms that somebody looks at (those with a look), not for replays.
  pictures: false,
  maxTextLength: 4_000,
  pacing: { gapPerConversationMs: 0 },
};

/** What a room with that look has, over what the adapter has: WeChat groups know numbers and direct chats only. */
const LOOKS: Readonly<Record<RoomLook, Partial<Capabilities>>> = {
  slack: { pictures: true },
  wechat: {
    buttons: false,
    edit: false,
    threads: false,
    onlyForOne: false,
    commands: false,
    reactions: false,
    quoteIds: false,
    pictures: true,
  },
};

export interface SimulatedAdapterOptions {
  readonly platform: SimulatedPlatform;
  readonly capabilities?: Partial<Capabilities>;
  /** Names the bot is spoken to by, without the @. */
  readonly botNames: readonly string[];
}

/** The adapter of the pretend chat: same port, same rules, no network. */
export class SimulatedAdapter implements PlatformAdapter {
  readonly platform = SIMULATED;
  readonly capabilities: Capabilities;
  readonly #chat: SimulatedPlatform;
  readonly #botNames: readonly string[];
  #disconnect: (() => Promise<void>) | undefined;
  readonly #inHand = new Set<Promise<void>>();
  #connecting: Promise<void> | undefined;

  constructor(options: SimulatedAdapterOptions) {
    this.#chat = options.platform;
    this.#botNames = options.botNames;
    this.capabilities = { ...SIMULATED_CAPABILITIES, ...options.capabilities };
  }

  capabilitiesIn(conversation: ConversationRef): Capabilities {
    const look = this.#chat.lookOf?.(conversation.conversationId) ?? null;
    return look === null ? this.capabilities : { ...this.capabilities, ...LOOKS[look] };
  }

  async start(inbox: Inbox): Promise<void> {
    this.#connecting ??= this.#connect(inbox);
    await this.#connecting;
  }

  async stop(): Promise<void> {
    await this.#connecting;
    await this.#disconnect?.();
    this.#disconnect = undefined;
    this.#connecting = undefined;
    await Promise.allSettled(this.#inHand);
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    const able = this.capabilitiesIn(to);
    checkOptions(options, able);
    check(message, able);
    const messageId = await this.#chat.post({
      room: to.conversationId,
      key: options.key,
      kind: options.kind,
      text: message.text,
      choices: message.choices ?? [],
      onlyFor: options.onlyFor?.memberId ?? null,
      quotes: message.quote?.messageId ?? null,
      mentions: (message.mentions ?? []).map((member) => member.memberId),
      handle: options.replyHandle ?? null,
      picture: options.picture ?? null,
    });
    return { conversation: to, messageId };
  }

  async edit(target: MessageRef, message: OutboundMessage): Promise<void> {
    const able = this.capabilitiesIn(target.conversation);
    if (!able.edit) throw unsupported("edits");
    check(message, able);
    await this.#chat.edit(
      target.conversation.conversationId,
      target.messageId,
      message.text,
      message.choices ?? [],
    );
  }

  async find(where: ConversationRef, key: string): Promise<MessageRef | null> {
    if (!this.capabilitiesIn(where).lookup) throw unsupported("look-ups");
    const messageId = await this.#chat.find(where.conversationId, key);
    return messageId === null ? null : { conversation: where, messageId };
  }

  async openDirect(member: MemberRef): Promise<ConversationRef> {
    if (!this.capabilities.direct) throw unsupported("direct messages");
    return { platform: SIMULATED, conversationId: directRoom(member.memberId) };
  }

  async describe(conversation: ConversationRef): Promise<ConversationInfo> {
    return {
      name: await this.#chat.roomName(conversation.conversationId),
      isDirect: conversation.conversationId.startsWith(DIRECT_PREFIX),
    };
  }

  health(): AdapterHealth {
    return this.#disconnect === undefined
      ? { state: "stopped", detail: "The simulated chat is not connected." }
      : { state: "ok", detail: "" };
  }

  routes(): readonly [] {
    return [];
  }

  async #connect(inbox: Inbox): Promise<void> {
    this.#disconnect = await this.#chat.connect((payload) =>
      this.#hold(this.#receive(inbox, payload)),
    );
  }

  async #receive(inbox: Inbox, payload: SimulatedPayload): Promise<void> {
    const event = translateInbound(payload, this.#botNames);
    if (event === null) return;
    const heard = this.#asHeard(event);
    if (heard !== null) await inbox.accept(heard);
  }

  /** The event as far as a room with these capabilities would tell of it. */
  #asHeard(event: InboundEvent): InboundEvent | null {
    const { recall, reactions, commands, buttons, quoteIds } = this.capabilitiesIn(
      event.conversation,
    );
    switch (event.kind) {
      case "recalled":
        return recall ? event : null;
      case "reaction":
        return reactions ? event : null;
      case "command":
        return commands ? event : null;
      case "action":
        return buttons ? event : null;
      case "message": {
        if (quoteIds || event.repliesTo === undefined) return event;
        const { messageId: _unknown, ...quote } = event.repliesTo;
        return { ...event, repliesTo: quote };
      }
      case "edited":
      case "form":
      case "membership":
      case "renamed":
        return event;
    }
  }

  async #hold(work: Promise<void>): Promise<void> {
    this.#inHand.add(work);
    try {
      await work;
    } finally {
      this.#inHand.delete(work);
    }
  }
}

function checkOptions({ onlyFor, picture }: SendOptions, able: Capabilities): void {
  if (onlyFor !== undefined && !able.onlyForOne) throw unsupported("a message for one member");
  if (picture !== undefined && !able.pictures) throw unsupported("pictures");
}

/** Refuses what the room would not take. */
function check(message: OutboundMessage, able: Capabilities): void {
  if (message.choices !== undefined && !able.buttons) throw unsupported("buttons");
  if (message.text.length > able.maxTextLength)
    throw new PlatformError("rejected", "The text is longer than this platform takes.");
}

function unsupported(what: string): PlatformError {
  return new PlatformError("not-supported", `This platform has no ${what}.`);
}
