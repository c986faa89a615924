import type { MessageKind } from "#entities/vocabulary.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { Picture } from "#src/shared/picture.js";

/** Something that staff are to carry into a conversation by hand. */
export interface TrayEntry {
  /** Unique key of the message. */
  readonly key: string;
  readonly to: ConversationRef;
  readonly kind: MessageKind;
  readonly text: string;
  readonly picture: Picture | null;
}

/** Where outgoing messages lie until staff carry them into their chat. */
export interface Tray {
  /** Puts an entry in, once; resolves with its id. */
  put(entry: TrayEntry): Promise<string>;
  /** The id of the entry with this key, or null. */
  find(to: ConversationRef, key: string): Promise<string | null>;
}
