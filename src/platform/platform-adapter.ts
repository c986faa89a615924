import type { MessageKind } from "#entities/vocabulary.js";
import type { Picture } from "#src/shared/picture.js";
import type { Capabilities } from "./capabilities.js";
import type { ConversationRef, MemberRef, MessageRef, PlatformName } from "./conversation.js";
import type { InboundEvent } from "./inbound-event.js";
import type { Chart, OutboundMessage } from "./outbound-message.js";

/** Where an adapter hands in what it heard. */
export interface Inbox {
  /**
   * Stores the event once. Acknowledge to the platform only after this resolves; when it rejects,
   * do not acknowledge, so that the platform sends it again.
   */
  accept(event: InboundEvent): Promise<"accepted" | "duplicate">;
}

export interface SendOptions {
  /** Unique key of this message; a platform with `lookup` can find the message by it. */
  readonly key: string;
  readonly kind: MessageKind;
  /** Show it to this member alone (needs `onlyForOne`). */
  readonly onlyFor?: MemberRef;
  /** An earlier try may have arrived, and the platform could not be asked: people should see that it is a repetition. */
  readonly again?: boolean;
  /** The handle of the event that is answered, where the platform gave one. */
  readonly replyHandle?: string;
  /** Shown with the text, in the same place. Only where `pictures` is among the capabilities. */
  readonly picture?: Picture;
  /** The same as charts, for a platform that draws them itself: it shows them in the picture's place. */
  readonly charts?: readonly Chart[];
  readonly signal?: AbortSignal;
}

export interface ConversationInfo {
  readonly name: string;
  readonly isDirect: boolean;
}

export interface AdapterHealth {
  readonly state: "stopped" | "ok" | "degraded";
  /** What is wrong and what to do, in words; empty when all is well. */
  readonly detail: string;
  /**
   * When the session last gave a sign of life, epoch ms: an event, a heartbeat. Only from platforms
   * that give one at least every few minutes while all is well; a session silent for ten is taken for dead.
   */
  readonly aliveAt?: number;
}

/** An HTTP route that the platform calls, mounted on the product's own port. */
export interface AdapterRoute {
  readonly path: string;
  handle(request: Request): Promise<Response>;
}

/** One chat platform. It translates and transports; it decides nothing and remembers nothing of the product. */
export interface PlatformAdapter {
  readonly platform: PlatformName;
  readonly capabilities: Capabilities;
  /** What this room has, where a room may have less than its platform; absent: all rooms are alike. */
  capabilitiesIn?(conversation: ConversationRef): Capabilities;
  /** Begins to listen; each event goes to `inbox.accept`. Starting twice is harmless. */
  start(inbox: Inbox): Promise<void>;
  /** Stops listening and waits for what is in hand. Stopping twice is harmless. */
  stop(): Promise<void>;
  /** Says it. Raises `PlatformError`; `ambiguous` when the platform may or may not have taken it. */
  send(to: ConversationRef, message: OutboundMessage, options: SendOptions): Promise<MessageRef>;
  /** Raises `not-supported` without touching the network when `capabilities.edit` is false. */
  edit(target: MessageRef, message: OutboundMessage): Promise<void>;
  /** The message that was sent with this key, or null. Raises `not-supported` without `lookup`. */
  find(where: ConversationRef, key: string): Promise<MessageRef | null>;
  /**
   * The conversation with this member alone. Raises `not-supported` without `direct`, and where there is
   * none with this member.
   */
  openDirect(member: MemberRef): Promise<ConversationRef>;
  describe(conversation: ConversationRef): Promise<ConversationInfo>;
  health(): AdapterHealth;
  /** Routes for the product's HTTP port; empty when the platform does not call us. */
  routes(): readonly AdapterRoute[];
}

/** What can be done in this room: the room's own capabilities where it has some, else the platform's. */
export function capabilitiesOf(
  adapter: Pick<PlatformAdapter, "capabilities" | "capabilitiesIn">,
  conversation: ConversationRef,
): Capabilities {
  return adapter.capabilitiesIn?.(conversation) ?? adapter.capabilities;
}
