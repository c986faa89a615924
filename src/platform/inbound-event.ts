import type { Role } from "#entities/vocabulary.js";
import {
  type ConversationRef,
  conversationKey,
  type MemberRef,
  type MessageRef,
} from "./conversation.js";

/** Who did it, as the platform shows them. */
export interface Author extends MemberRef {
  /** Display name at this moment; may change and is never an identity. */
  readonly name: string;
  /** The role that the platform itself states (a workspace admin, a transcript's column), if it states one. */
  readonly role?: Role;
}

/** What every event carries. */
interface Arrived {
  /** The platform's id of this event: the same on every redelivery. */
  readonly eventId: string;
  /** When it happened by the platform's clock, epoch ms. */
  readonly at: number;
  readonly conversation: ConversationRef;
  readonly author: Author;
}

/** The message that was quoted or answered, as far as the platform tells. */
export interface Quote {
  readonly messageId?: string;
  readonly author?: MemberRef;
  /** True when the quoted message is one of the bot's own. */
  readonly ofBot?: boolean;
  readonly text?: string;
}

/** Handle of the platform for a private or direct answer to this event; short-lived. */
interface Answerable {
  readonly replyHandle?: string;
}

export interface MessageEvent extends Arrived {
  readonly kind: "message";
  readonly text: string;
  readonly message: MessageRef;
  readonly repliesTo?: Quote;
  readonly mentionsBot: boolean;
  /** True in a conversation of this member and the bot alone. */
  readonly isDirect: boolean;
  /** Something besides text came along (a photo is often the evidence of a complaint). */
  readonly hasMedia?: boolean;
}

export interface EditedEvent extends Arrived {
  readonly kind: "edited";
  readonly text: string;
  readonly message: MessageRef;
  /** When the message itself was said, epoch ms, where the platform tells. */
  readonly saidAt?: number;
  /** Whether it stands in a conversation of this member and the bot alone, where the platform tells. */
  readonly isDirect?: boolean;
}

export interface RecalledEvent extends Arrived {
  readonly kind: "recalled";
  readonly message: MessageRef;
}

export interface ReactionEvent extends Arrived {
  readonly kind: "reaction";
  readonly message: MessageRef;
  readonly reaction: string;
  readonly change: "added" | "removed";
}

export interface CommandEvent extends Arrived, Answerable {
  readonly kind: "command";
  /** Everything after the command word, for example `report 7d`. */
  readonly text: string;
  readonly isDirect: boolean;
}

export interface ActionEvent extends Arrived, Answerable {
  readonly kind: "action";
  /** The action as it was given to the button, for example `vote`. */
  readonly action: string;
  readonly value: string;
  readonly message?: MessageRef;
}

export interface FormEvent extends Arrived, Answerable {
  readonly kind: "form";
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface MembershipEvent extends Arrived {
  readonly kind: "membership";
  readonly change: "joined" | "left";
  /** Whether it was the bot itself that was added or removed. */
  readonly who: "member" | "bot";
  /** The conversation's name where the platform tells it. */
  readonly conversationName?: string;
}

export interface RenamedEvent extends Arrived {
  readonly kind: "renamed";
  readonly subject: "conversation" | "member";
  readonly name: string;
}

/** Everything that an adapter may tell the core. */
export type InboundEvent =
  | MessageEvent
  | EditedEvent
  | RecalledEvent
  | ReactionEvent
  | CommandEvent
  | ActionEvent
  | FormEvent
  | MembershipEvent
  | RenamedEvent;

export type InboundKind = InboundEvent["kind"];

/**
 * The second fence against one message that arrives as several events: conversation, message and
 * kind of change. Null for events without a message.
 */
export function fenceKeyOf(event: InboundEvent): string | null {
  const fence = messageFence(event);
  return fence === null ? null : `${conversationKey(event.conversation)}/${fence}`;
}

function messageFence(event: InboundEvent): string | null {
  switch (event.kind) {
    case "message":
    case "recalled":
      return `${event.kind}:${event.message.messageId}`;
    case "edited":
    case "reaction":
    case "command":
    case "action":
    case "form":
    case "membership":
    case "renamed":
      return null;
  }
}
