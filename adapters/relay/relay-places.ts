import type { ConversationRef, MemberRef } from "#src/platform/conversation.js";
import { stableId } from "#src/shared/ids.js";

/** Platform of groups whose chat staff carry in and out by hand. */
export const RELAY = "relay";

const GROUP = "group/";
const STAFF = "staff/";
const DIRECT = "direct/";
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
  const plain = plainName(name).replaceAll("/", "／");
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

/** What is meant for one member alone: staff say it to them in private. */
export function directPlace({ memberId }: Pick<MemberRef, "memberId">): ConversationRef {
  return { platform: RELAY, conversationId: DIRECT + memberId };
}

/** Beginning of the ids of {@link directPlace} for the members of a group. */
export function directPrefix({ conversationId }: Pick<ConversationRef, "conversationId">): string {
  return `${DIRECT}${conversationId}/`;
}

/** True for a conversation that this platform has. */
export function isPlace(conversationId: string): boolean {
  return [GROUP, STAFF, DIRECT].some((kind) => conversationId.startsWith(kind));
}

/** The display name in a member's id; the id's end where it is none of a group's members. */
export function nameIn(memberId: string): string {
  const name = /^group\/[^/]{1,300}\/(.{1,300})$/.exec(memberId)?.[1];
  return name ?? memberId.slice(memberId.lastIndexOf("/") + 1);
}

/** A member is a display name within one group: nothing else is known of them. */
export function memberOf(group: Pick<ConversationRef, "conversationId">, name: string): MemberRef {
  return { platform: RELAY, memberId: `${group.conversationId}/${inId(name)}` };
}
