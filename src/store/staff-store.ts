import type { Group, Member } from "#entities/index.js";
import type { Language, MessageKind } from "#entities/vocabulary.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { conversationOf, personOf } from "#src/shared/addresses.js";
import type { DirectoryStore } from "./directory-store.js";
import type { OutboxStore } from "./outbox-store.js";

/** Whom a page names at most; more would be an @all. */
const MOST_PAGED = 10;

/** Where the staff of a group are told something. */
export interface StaffRoom {
  readonly language: Language;
  /** The bound staff room; null while there is none: then each staff member is told in private. */
  readonly room: Group | null;
  /** The people in charge of the group, longest there first. */
  readonly staff: readonly Member[];
}

/** Something for the staff of a group. */
export interface StaffSaying {
  readonly key: string;
  readonly kind: MessageKind;
  readonly group: Group;
  readonly at: number;
  readonly message: OutboundMessage;
  /** Call these people by name so that their phones ring. */
  readonly page?: readonly Member[];
}

/** The staff of the groups: who they are, and where all features tell them things. */
export class StaffStore {
  readonly #directory: DirectoryStore;
  readonly #outbox: OutboxStore;

  constructor(directory: DirectoryStore, outbox: OutboxStore) {
    this.#directory = directory;
    this.#outbox = outbox;
  }

  /** The staff room that a group is bound to; null while there is none, or when the bot has left it. */
  async boundRoom(group: Pick<Group, "staffGroupId">): Promise<Group | null> {
    if (group.staffGroupId === null) return null;
    const room = await this.#directory.groupById(group.staffGroupId);
    return room === null || room.leftAt !== null ? null : room;
  }

  /** The staff room of a group with the people in charge of it. */
  async roomOf(group: Group): Promise<StaffRoom> {
    const room = await this.boundRoom(group);
    const staff = await this.#staffIn(room === null ? [group] : [group, room]);
    return { language: room?.language ?? group.language, room, staff };
  }

  async #staffIn(groups: readonly Group[]): Promise<readonly Member[]> {
    const seen = new Map<string, number>();
    for (const group of groups) {
      const present = await this.#directory.present(group.id, ["staff", "leader"]);
      for (const { memberId, joinedAt } of present)
        seen.set(memberId, Math.min(joinedAt, seen.get(memberId) ?? joinedAt));
    }
    const ids = [...seen].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
    const members: Member[] = [];
    for (const id of ids.slice(0, MOST_PAGED)) {
      const member = await this.#directory.memberById(id);
      if (member !== null && member.erasedAt === null && member.optedOutAt === null)
        members.push(member);
    }
    return members;
  }

  /**
   * Tells the staff of a group at once, also in quiet hours: in the staff room, or each of them in
   * private while no room is bound.
   */
  async tell({ room, staff }: StaffRoom, saying: StaffSaying): Promise<void> {
    const { key, kind, group, at, message } = saying;
    if (room !== null) {
      const mentions = (saying.page ?? [])
        .filter((member) => member.platform === room.platform)
        .map(personOf);
      await this.#outbox.say({
        key,
        kind,
        to: conversationOf(room),
        message: mentions.length === 0 ? message : { ...message, mentions },
        at,
        groupId: group.id,
      });
      return;
    }
    for (const member of staff) {
      await this.#outbox.say({
        key: `${key}:${member.id}`,
        kind,
        to: conversationOf(group),
        message,
        at,
        groupId: group.id,
        onlyFor: personOf(member),
      });
    }
  }

  /** True when a member may act for a group: staff or leader there or in its staff room. */
  async includes(group: Group, memberId: string): Promise<boolean> {
    const groups = group.staffGroupId === null ? [group.id] : [group.id, group.staffGroupId];
    for (const id of groups) {
      const membership = await this.#directory.membership(id, memberId);
      if (membership !== null && membership.leftAt === null && membership.role !== "customer")
        return true;
    }
    return false;
  }
}
