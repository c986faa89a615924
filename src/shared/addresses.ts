import type { Group, Member } from "#entities/index.js";

/** The conversation of a group as the port names it. */
export function conversationOf(group: Pick<Group, "platform" | "externalId">): {
  readonly platform: string;
  readonly conversationId: string;
} {
  return { platform: group.platform, conversationId: group.externalId };
}

/** A member as the port names them. */
export function personOf(member: Pick<Member, "platform" | "externalId">): {
  readonly platform: string;
  readonly memberId: string;
} {
  return { platform: member.platform, memberId: member.externalId };
}
