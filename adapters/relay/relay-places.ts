import type { ConversationRef, MemberRef } from "#src/platform/conversation.js";
import { stableId } from "#src/shared/ids.js";

/** Platform of groups whose chat staff carry in and out by hand. */
export const RELAY = "relay";

const GROUP = "group/";
const STAFF = "staff/";
/** Longest name that an id holds as it is; a longer one goes by its digest. */
const LONGEST_IN_ID = 120;

/** A name as ids hold it: one spelling per look, without control characters. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function inId(name: string): string {
  const plain = plainName(name);
  return plain.length <= LONGEST_IN_ID ? plain : `#${stableId(plain)}`;
}

/** The customers' group of this name. */
export function groupPlace(name: string): ConversationRef {
  return { platform: RELAY, conversationId: GROUP + inId(name) };
}

/** What is meant for the staff of a group, beside the group itself. */
export function staffPlace({
  conversationId,
}: Pick<ConversationRef, "conversationId">): ConversationRef {
  return { platform: RELAY, conversationId: STAFF + conversationId.slice(GROUP.length) };
}

/** The group that a conversation of this platform belongs to; null for any other text. */
export function groupOf(conversationId: string): ConversationRef | null {
  if (conversationId.startsWith(GROUP)) return { platform: RELAY, conversationId };
  if (!conversationId.startsWith(STAFF)) return null;
  return { platform: RELAY, conversationId: GROUP + conversationId.slice(STAFF.length) };
}

/** A member is a display name within one group: nothing else is known of them. */
export function memberOf(group: Pick<ConversationRef, "conversationId">, name: string): MemberRef {
  return { platform: RELAY, memberId: `${group.conversationId}/${inId(name)}` };
}
