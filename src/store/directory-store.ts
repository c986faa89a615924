import { Contact, Group, Member, Membership } from "#entities/index.js";
import type { Role } from "#entities/vocabulary.js";
import {
  type ConversationRef,
  conversationKey,
  type MemberRef,
} from "#src/platform/conversation.js";
import { stableId } from "#src/shared/ids.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Groups, members and who is in which group, remembered for the length of one transaction. */
export class DirectoryStore {
  readonly groups: Table<Group>;
  readonly members: Table<Member>;
  readonly memberships: Table<Membership>;
  readonly contacts: Table<Contact>;
  readonly #groupsByPlace = new Map<string, Group>();
  readonly #membersByPerson = new Map<string, Member>();
  readonly #memberships = new Map<string, Membership>();

  constructor(session: Session) {
    this.groups = new Table(session, Group);
    this.members = new Table(session, Member);
    this.memberships = new Table(session, Membership);
    this.contacts = new Table(session, Contact);
  }

  /** Loads everything that these places and people need with three statements. */
  async prefetch(places: readonly ConversationRef[], people: readonly MemberRef[]): Promise<void> {
    const groupIds = [...new Set(places.map(groupId))].filter((id) => !this.#groupsByPlace.has(id));
    const memberIds = [...new Set(people.map(memberId))].filter(
      (id) => !this.#membersByPerson.has(id),
    );
    if (groupIds.length > 0) {
      for (const group of await this.groups.find({ id: groupIds }))
        this.#groupsByPlace.set(group.id, group);
    }
    if (memberIds.length > 0) {
      for (const member of await this.members.find({ id: memberIds }))
        this.#membersByPerson.set(member.id, member);
      const known = [...this.#groupsByPlace.keys()];
      if (known.length > 0) {
        const rows = await this.memberships.find({ groupId: known, memberId: memberIds });
        for (const row of rows) this.#memberships.set(row.id, row);
      }
    }
  }

  /** The group of a conversation, or null when the bot does not serve it. */
  group(place: ConversationRef): Promise<Group | null> {
    return this.groupById(groupId(place));
  }

  async groupById(id: string): Promise<Group | null> {
    const known = this.#groupsByPlace.get(id);
    if (known !== undefined) return known;
    const found = await this.groups.first({ id });
    if (found !== null) this.#groupsByPlace.set(id, found);
    return found;
  }

  member(person: MemberRef): Promise<Member | null> {
    return this.memberById(memberId(person));
  }

  async memberById(id: string): Promise<Member | null> {
    const known = this.#membersByPerson.get(id);
    if (known !== undefined) return known;
    const found = await this.members.first({ id });
    if (found !== null) this.#membersByPerson.set(id, found);
    return found;
  }

  async membership(group: string, member: string): Promise<Membership | null> {
    const id = membershipId(group, member);
    const known = this.#memberships.get(id);
    if (known !== undefined) return known;
    const found = await this.memberships.first({ id });
    if (found !== null) this.#memberships.set(id, found);
    return found;
  }

  /** Keeps a new group; a group that exists stays as it is. Returns the row that holds. */
  async addGroup(group: Group): Promise<Group> {
    const written = await this.groups.insertNew([group], "id");
    if (written.has(group.id)) this.#groupsByPlace.set(group.id, group);
    return (await this.groupById(group.id)) ?? group;
  }

  async changeGroup(group: Group, patch: Partial<Group>): Promise<Group> {
    await this.groups.update({ id: group.id }, patch);
    const next = { ...group, ...patch };
    this.#groupsByPlace.set(group.id, next);
    return next;
  }

  async addMember(member: Member): Promise<Member> {
    const written = await this.members.insertNew([member], "id");
    if (written.has(member.id)) this.#membersByPerson.set(member.id, member);
    return (await this.memberById(member.id)) ?? member;
  }

  async changeMember(member: Member, patch: Partial<Member>): Promise<Member> {
    await this.members.update({ id: member.id }, patch);
    const next = { ...member, ...patch };
    this.#membersByPerson.set(member.id, next);
    return next;
  }

  async addMembership(row: Membership): Promise<Membership> {
    const written = await this.memberships.insertNew([row], "id");
    if (written.has(row.id)) this.#memberships.set(row.id, row);
    return (await this.membership(row.groupId, row.memberId)) ?? row;
  }

  async changeMembership(row: Membership, patch: Partial<Membership>): Promise<Membership> {
    await this.memberships.update({ id: row.id }, patch);
    const next = { ...row, ...patch };
    this.#memberships.set(row.id, next);
    return next;
  }

  /** Remembers by which conversation a member is reached alone; one statement where it is known. */
  async noteContact(place: ConversationRef, member: string): Promise<void> {
    const row: Contact = { id: conversationKey(place), memberId: member, erasedAt: null };
    const known = await this.contacts.first({ id: row.id });
    if (known?.memberId === member) return;
    await this.contacts.upsert([row], { key: ["id"], columns: ["memberId", "erasedAt"] });
  }

  /** Members present in a group with one of the roles. */
  async present(group: string, roles: readonly Role[]): Promise<Membership[]> {
    return this.memberships.find(
      { groupId: group, leftAt: null, role: roles },
      { order: { id: "asc" } },
    );
  }
}

/** Of one kind. */
const MOST_REMEMBERED = 20_000;

/** Remembers ids that were computed before: they are asked for several times with every event. */
class IdMemory {
  readonly #kind: string;
  readonly #ids = new Map<string, Map<string, string>>();
  #size = 0;

  constructor(kind: string) {
    this.#kind = kind;
  }

  of(first: string, second: string): string {
    return this.#ids.get(first)?.get(second) ?? this.#add(first, second);
  }

  #add(first: string, second: string): string {
    if (this.#size >= MOST_REMEMBERED) {
      this.#ids.clear();
      this.#size = 0;
    }
    let known = this.#ids.get(first);
    if (known === undefined) {
      known = new Map();
      this.#ids.set(first, known);
    }
    const id = stableId(this.#kind, first, second);
    known.set(second, id);
    this.#size += 1;
    return id;
  }
}

const groupMemory = new IdMemory("group");
const memberMemory = new IdMemory("member");
const membershipMemory = new IdMemory("membership");

/** Id of the group of a conversation: the same for every process and every run. */
export function groupId(place: ConversationRef): string {
  return groupMemory.of(place.platform, place.conversationId);
}

/** Id of a person on a platform. */
export function memberId(person: MemberRef): string {
  return memberMemory.of(person.platform, person.memberId);
}

/** Id of a person's place in a group, from our own ids. */
export function membershipId(group: string, member: string): string {
  return membershipMemory.of(group, member);
}
