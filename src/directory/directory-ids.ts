import type { ConversationRef, MemberRef } from "#src/platform/conversation.js";

/** How ids of groups, members and memberships are made; given by the composition root. */
export interface DirectoryIds {
  group(place: ConversationRef): string;
  member(person: MemberRef): string;
  membership(groupId: string, memberId: string): string;
}
