import type { Group, Member } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { ConversationRef, MemberRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { Transaction } from "#src/store/transaction.js";

/** Whom a page names at most; more would be an @all. */
const MOST_PAGED = 10;

/** Where the staff of a group are told something. */
export interface StaffRoom {
  readonly language: Language;
  /** The bound staff room; null while there is none: then each staff member is told in private. */
  readonly room: Group | null;
  readonly staff: readonly Member[];
}

/** The conversation of a group. */
export function conversationOf(group: Pick<Group, "platform" | "externalId">): ConversationRef {
  return { platform: group.platform, conversationId: group.externalId };
}

/** How the port names a member. */
export function personOf(member: Pick<Member, "platform" | "externalId">): MemberRef {
  return { platform: member.platform, memberId: member.externalId };
}

/** The staff room of a group with the people in charge of it, longest there first. */
export async function staffRoomOf(tx: Transaction, group: Group): Promise<StaffRoom> {
  const bound =
    group.staffGroupId === null ? null : await tx.directory.groupById(group.staffGroupId);
  const room = bound === null || bound.leftAt !== null ? null : bound;
  const staff = await staffOf(tx, room === null ? [group] : [group, room]);
  return { language: room?.language ?? group.language, room, staff };
}

async function staffOf(tx: Transaction, groups: readonly Group[]): Promise<readonly Member[]> {
  const seen = new Map<string, number>();
  for (const group of groups) {
    for (const { memberId, joinedAt } of await tx.directory.present(group.id, ["staff", "leader"]))
      seen.set(memberId, Math.min(joinedAt, seen.get(memberId) ?? joinedAt));
  }
  const ids = [...seen].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
  const members: Member[] = [];
  for (const id of ids.slice(0, MOST_PAGED)) {
    const member = await tx.directory.memberById(id);
    if (member !== null && member.erasedAt === null && member.optedOutAt === null)
      members.push(member);
  }
  return members;
}

/** Something for the staff of a group. */
export interface StaffSaying {
  readonly key: string;
  readonly group: Group;
  readonly at: number;
  readonly message: OutboundMessage;
  /** Call these people by name so that their phones ring. */
  readonly page?: readonly Member[];
}

/**
 * Tells the staff of a group at once, also in quiet hours: in the staff room, or each of them in
 * private while no room is bound.
 */
export async function tellStaff(
  tx: Transaction,
  { room, staff }: StaffRoom,
  saying: StaffSaying,
): Promise<void> {
  const { key, group, at } = saying;
  if (room !== null) {
    const mentions = (saying.page ?? [])
      .filter((member) => member.platform === room.platform)
      .map(personOf);
    const message = mentions.length === 0 ? saying.message : { ...saying.message, mentions };
    const to = conversationOf(room);
    await tx.outbox.say({ key, kind: "alert", to, message, at, groupId: group.id });
    return;
  }
  for (const member of staff) {
    await tx.outbox.say({
      key: `${key}:${member.id}`,
      kind: "alert",
      to: conversationOf(group),
      message: saying.message,
      at,
      groupId: group.id,
      onlyFor: personOf(member),
    });
  }
}

/** Changes what was told in the staff room; private copies stay as they were. */
export async function changeTold(
  tx: Transaction,
  editing: {
    readonly key: string;
    readonly change: string;
    readonly message: OutboundMessage;
    readonly at: number;
  },
): Promise<void> {
  await tx.outbox.edit({
    key: `${editing.key}:${editing.change}`,
    editsKey: editing.key,
    message: editing.message,
    at: editing.at,
  });
}

/** True when a member may handle the cases of a group: staff or leader there or in its staff room. */
export async function isStaffOf(tx: Transaction, memberId: string, group: Group): Promise<boolean> {
  const groups = group.staffGroupId === null ? [group.id] : [group.id, group.staffGroupId];
  for (const id of groups) {
    const membership = await tx.directory.membership(id, memberId);
    if (membership !== null && membership.leftAt === null && membership.role !== "customer")
      return true;
  }
  return false;
}
