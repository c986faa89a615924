import type { Group, Member, Membership } from "#entities/index.js";
import type { Language, Role } from "#entities/vocabulary.js";
import type { ConversationRef, MemberRef } from "#src/platform/conversation.js";
import type { Author, InboundEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { DirectoryIds } from "./directory-ids.js";
import { lateStaffRoom, type StaffRoomChoice, staffRoomFor } from "./staff-room-choice.js";

/** What a group is like when the bot first hears of it. */
export interface GroupDefaults extends StaffRoomChoice {
  readonly language: Language;
  readonly timeZone: string;
}

export interface DirectoryDeps {
  readonly ids: DirectoryIds;
  readonly defaults: GroupDefaults;
  /** Called once when a group begins to be served: schedules of its digests, notice to its members. */
  readonly onNewGroup: (tx: Transaction, group: Group, at: number) => Promise<void>;
}

/** Remembers who and where. */
export interface DirectoryService {
  /**
   * The place of an event: group and member are kept when they are new, names and roles when they
   * changed. Null when nothing of this person may be read (opted out) or a direct message comes from
   * somebody who is in no group.
   */
  place(tx: Transaction, event: InboundEvent): Promise<Place | null>;
  /** Keeps a group ahead of its first event, or changes its name, language or zone. */
  ensureGroup(tx: Transaction, request: GroupRequest): Promise<Group>;
  /** Takes the role of staff away from somebody in every customers' group; in staff rooms it stays. */
  withdrawStaff(tx: Transaction, member: MemberRef): Promise<void>;
  /** Sets a member's role in a group. */
  setRole(
    tx: Transaction,
    place: { readonly groupId: string; readonly memberId: string },
    role: Role,
  ): Promise<void>;
}

export interface GroupRequest {
  readonly place: ConversationRef;
  readonly at: number;
  readonly name?: string;
  readonly purpose?: "customers" | "staff";
  readonly language?: Language;
  readonly timeZone?: string;
  readonly staffRoom?: ConversationRef;
}

/** Creates the {@link DirectoryService}. */
export function createDirectoryService(deps: DirectoryDeps): DirectoryService {
  return {
    place: (tx, event) => placeOf(deps, tx, event),
    ensureGroup: (tx, request) => ensureGroup(deps, tx, request),
    withdrawStaff,
    setRole: async (tx, { groupId, memberId }, role) => {
      const membership = await tx.directory.membership(groupId, memberId);
      if (membership !== null && membership.role !== role) {
        await tx.directory.changeMembership(membership, { role });
      }
    },
  };
}

async function withdrawStaff(tx: Transaction, ref: MemberRef): Promise<void> {
  const member = await tx.directory.member(ref);
  if (member === null) return;
  const places = await tx.directory.memberships.find({ memberId: member.id, role: "staff" });
  for (const place of places) {
    const group = await tx.directory.groupById(place.groupId);
    const known = await tx.directory.membership(place.groupId, member.id);
    if (group?.purpose === "customers" && known?.role === "staff")
      await tx.directory.changeMembership(known, { role: "customer" });
  }
}

async function placeOf(
  deps: DirectoryDeps,
  tx: Transaction,
  event: InboundEvent,
): Promise<Place | null> {
  const member = await rememberMember(deps, tx, event.author, event.at);
  if (member.optedOutAt !== null || member.erasedAt !== null) {
    if (!asksForHimself(event)) return null;
  }
  if (await isAlone(tx, event)) {
    // So that an erasure finds it; of somebody who opted out nothing new is kept.
    if (member.optedOutAt === null) await tx.directory.noteContact(event.conversation, member.id);
    return directPlace(tx, member);
  }
  const group = await ensureGroup(deps, tx, { place: event.conversation, at: event.at });
  const who = { group, member, event };
  const membership =
    member.optedOutAt === null
      ? await rememberMembership(deps, tx, who)
      : await knownMembership(deps, tx, who);
  return { group, member, membership, direct: false };
}

/** True for what is said or done where nobody else is: what follows something, in a place that is no group. */
async function isAlone(tx: Transaction, event: InboundEvent): Promise<boolean> {
  if ("isDirect" in event && event.isDirect !== undefined) return event.isDirect;
  return isAnswer(event) && (await tx.directory.group(event.conversation)) === null;
}

/** True for what follows something said before: in a conversation that is no group, to one person alone. */
function isAnswer({ kind }: InboundEvent): boolean {
  return kind !== "message" && kind !== "command" && kind !== "membership";
}

/** Somebody who opted out may still speak to the bot about that, in private or by command. */
function asksForHimself(event: InboundEvent): boolean {
  if (event.kind === "message") return event.isDirect || event.mentionsBot;
  return event.kind === "command" || (event.kind === "action" && event.action === "command");
}

async function directPlace(tx: Transaction, member: Member): Promise<Place | null> {
  const rows = await tx.directory.memberships.find(
    { memberId: member.id, leftAt: null },
    { order: { joinedAt: "desc" } },
  );
  for (const membership of rows) {
    const group = await tx.directory.groupById(membership.groupId);
    if (group !== null && group.leftAt === null) return { group, member, membership, direct: true };
  }
  return null;
}

async function rememberMember(
  deps: DirectoryDeps,
  tx: Transaction,
  author: Author,
  at: number,
): Promise<Member> {
  const id = deps.ids.member(author);
  const known = await tx.directory.member(author);
  // Erased a moment ago in this same transaction: the row is a tombstone now, and they are new.
  if (known === null || known.id !== id) {
    return tx.directory.addMember({
      id,
      platform: author.platform,
      externalId: author.memberId,
      name: author.name,
      createdAt: at,
      mutedAt: null,
      optedOutAt: null,
      erasedAt: null,
    });
  }
  if (
    known.name === author.name ||
    author.name === "" ||
    known.erasedAt !== null ||
    known.optedOutAt !== null
  )
    return known;
  return tx.directory.changeMember(known, { name: author.name });
}

interface Who {
  readonly group: Group;
  readonly member: Member;
  readonly event: InboundEvent;
}

async function rememberMembership(
  deps: DirectoryDeps,
  tx: Transaction,
  who: Who,
): Promise<Membership> {
  const { group, member, event } = who;
  const found = await tx.directory.membership(group.id, member.id);
  // Erased a moment ago in this same transaction: the place belongs to a tombstone now.
  const known = found?.memberId === member.id ? found : null;
  const stated = event.author.role ?? (group.purpose === "staff" ? "staff" : undefined);
  if (known === null) {
    return tx.directory.addMembership({
      id: deps.ids.membership(group.id, member.id),
      groupId: group.id,
      memberId: member.id,
      role: stated ?? "customer",
      joinedAt: event.at,
      leftAt: null,
    });
  }
  const patch: { role?: Role; leftAt?: number | null } = {};
  if (stated !== undefined && stated !== known.role) patch.role = stated;
  if (known.leftAt !== null && event.kind !== "membership") patch.leftAt = null;
  return Object.keys(patch).length === 0 ? known : tx.directory.changeMembership(known, patch);
}

/** The place of somebody of whom nothing new is kept: as it was known, else for this moment only. */
async function knownMembership(
  deps: DirectoryDeps,
  tx: Transaction,
  { group, member, event }: Who,
): Promise<Membership> {
  return (
    (await tx.directory.membership(group.id, member.id)) ?? {
      id: deps.ids.membership(group.id, member.id),
      groupId: group.id,
      memberId: member.id,
      role: event.author.role ?? (group.purpose === "staff" ? "staff" : "customer"),
      joinedAt: event.at,
      leftAt: null,
    }
  );
}

async function ensureGroup(
  deps: DirectoryDeps,
  tx: Transaction,
  request: GroupRequest,
): Promise<Group> {
  const known = await tx.directory.group(request.place);
  if (known !== null) return changeKnown(deps, tx, known, request);
  const { place, name = place.conversationId } = request;
  const room = staffRoomFor(deps.defaults, { place, name });
  const group = await tx.directory.addGroup(newGroup(deps, request, room));
  if (room !== undefined && group.purpose !== "staff") {
    await ensureStaffRoom(deps, tx, room, request.at);
  }
  await deps.onNewGroup(tx, group, request.at);
  return group;
}

/** A group as it begins: what was asked for, else the defaults, bound to the staff room of its platform. */
function newGroup(
  { ids, defaults }: DirectoryDeps,
  request: GroupRequest,
  room: ConversationRef | undefined,
): Group {
  const { place, at, name, language, timeZone } = request;
  const id = ids.group(place);
  const isStaffRoom = defaults.staffRooms.some((one) => ids.group(one) === id);
  const purpose = request.purpose ?? (isStaffRoom ? "staff" : "customers");
  const bound = request.staffRoom ?? room;
  return {
    id,
    platform: place.platform,
    externalId: place.conversationId,
    name: name ?? place.conversationId,
    purpose,
    language: language ?? defaults.language,
    timeZone: timeZone ?? defaults.timeZone,
    staffGroupId: purpose === "staff" || bound === undefined ? null : ids.group(bound),
    settings: {},
    createdAt: at,
    leftAt: null,
  };
}

/** Alerts must have somewhere to go before anybody has said a word in the staff room. */
async function ensureStaffRoom(
  deps: DirectoryDeps,
  tx: Transaction,
  place: ConversationRef,
  at: number,
): Promise<void> {
  if ((await tx.directory.group(place)) !== null) return;
  await ensureGroup(deps, tx, { place, at, purpose: "staff" });
}

async function changeKnown(
  deps: DirectoryDeps,
  tx: Transaction,
  known: Group,
  request: GroupRequest,
): Promise<Group> {
  const { place, name = known.name } = request;
  const late =
    (request.purpose ?? known.purpose) === "staff"
      ? undefined
      : lateStaffRoom(deps.defaults, known, { place, name });
  const room = request.staffRoom ?? late;
  const wanted = {
    name: request.name,
    purpose: request.purpose,
    language: request.language,
    timeZone: request.timeZone,
    staffGroupId: room === undefined ? undefined : deps.ids.group(room),
  };
  const changed = Object.entries(wanted).filter(
    ([key, value]) => value !== undefined && known[key as keyof typeof wanted] !== value,
  );
  if (changed.length === 0) return known;
  if (late !== undefined) await ensureStaffRoom(deps, tx, late, request.at);
  return tx.directory.changeGroup(known, Object.fromEntries(changed));
}
