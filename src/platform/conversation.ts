/** Name of a chat platform as its adapter states it, for example "simulated". The core compares it, never interprets it. */
export type PlatformName = string;

/** A place where people talk: a group, a staff room or a direct conversation. */
export interface ConversationRef {
  readonly platform: PlatformName;
  /** The platform's own id of the conversation. */
  readonly conversationId: string;
  /** A thread inside the conversation, where the platform has threads. */
  readonly threadId?: string;
}

/** One person on one platform. */
export interface MemberRef {
  readonly platform: PlatformName;
  readonly memberId: string;
}

/** One message in a conversation. */
export interface MessageRef {
  readonly conversation: ConversationRef;
  readonly messageId: string;
}

/**
 * The conversation as one line of text: lane of the queues, key of look-ups. Threads are left out:
 * a thread belongs to the order of its conversation.
 */
export function conversationKey(ref: ConversationRef): string {
  return `${encoded(ref.platform)}/${encoded(ref.conversationId)}`;
}

/** What `encodeURIComponent` leaves as it is; ids are nearly always of this kind. */
const PLAIN = /^[\w.!~*'()-]*$/;

function encoded(id: string): string {
  return PLAIN.test(id) ? id : encodeURIComponent(id);
}

/** Reads {@link conversationKey} back. Throws `TypeError` when the text is no such key. */
export function conversationFromKey(key: string): ConversationRef {
  const [platform, conversationId, ...rest] = key.split("/");
  if (platform === undefined || conversationId === undefined || rest.length > 0) {
    throw new TypeError("not a conversation key");
  }
  return {
    platform: decodeURIComponent(platform),
    conversationId: decodeURIComponent(conversationId),
  };
}

/** The message as one line of text, unique over all platforms. */
export function messageKey(ref: MessageRef): string {
  return `${conversationKey(ref.conversation)}/${encoded(ref.messageId)}`;
}
