import type { MemberAlias, RoomName } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import type { DirectoryIds } from "./directory-ids.js";
import { findPeople, type NamedPerson } from "./recognise-rooms.js";
import type { Epoch, SeenPerson } from "./seen-rooms.js";

/** A bound room with the people who are in it. */
export interface PeopledRoom {
  readonly conversationId: string;
  readonly people: readonly SeenPerson[];
  /** The room was found again in this moment: whom we knew there and do not find has left for us. */
  readonly found: boolean;
  readonly at: number;
}

/**
 * Who of the people in these rooms is known: `member_alias.id` → our id of the person. After a log-in
 * that changed every id, people are found again by a name that is unique in the room before and now.
 * Staff and leaders never are: a name can be taken by anybody, and theirs would open the staff's doors.
 */
export async function settlePeople(
  tx: Transaction,
  epoch: Epoch,
  rooms: readonly PeopledRoom[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rooms.flatMap(({ people }) => people.map(({ alias }) => alias)))];
  const resolved = new Map<string, string>();
  for (const row of await validAliases(tx, epoch, ids)) resolved.set(row.id, row.personId);
  if (epoch.stableIds) return resolved;
  for (const [alias, personId] of await foundAmong(tx, epoch, { rooms, resolved })) {
    const at = Math.max(...rooms.map((room) => room.at));
    await claim(tx, epoch, { alias, personId, at });
    resolved.set(alias, personId);
  }
  for (const room of rooms) await settleRoom(tx, epoch, room, resolved);
  return resolved;
}

async function validAliases(
  tx: Transaction,
  epoch: Epoch,
  ids: readonly string[],
): Promise<readonly MemberAlias[]> {
  if (ids.length === 0) return [];
  const rows = await tx.identities.people.find({ id: ids });
  return rows.filter((row) => epoch.stableIds || row.epoch === epoch.number);
}

async function foundAmong(
  tx: Transaction,
  epoch: Epoch,
  known: {
    readonly rooms: readonly PeopledRoom[];
    readonly resolved: ReadonlyMap<string, string>;
  },
): Promise<readonly (readonly [string, string])[]> {
  const { rooms, resolved } = known;
  const compared = [];
  for (const { conversationId, people } of rooms) {
    const names = await tx.identities.names.find({ conversationId });
    compared.push({
      known: names.map(({ personId, nameMark }) => ({ person: personId, nameMark })),
      present: people.flatMap(({ alias, nameMark }): NamedPerson[] =>
        nameMark === null ? [] : [{ person: alias, nameMark }],
      ),
    });
  }
  // All names count for what is unique; only then it is seen who may be found by it.
  const pairs = [...findPeople(compared)].filter(([alias]) => !resolved.has(alias));
  const met = await metPeople(
    tx,
    epoch,
    pairs.map(([, person]) => person),
  );
  const free: (readonly [string, string])[] = [];
  for (const pair of pairs)
    if (!met.has(pair[1]) && !(await isInCharge(tx, epoch, pair[1]))) free.push(pair);
  return free;
}

async function metPeople(
  tx: Transaction,
  { platform, account, number }: Epoch,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  return tx.identities.people.distinct("personId", {
    platform,
    account,
    epoch: number,
    personId: people,
  });
}

async function isInCharge(
  tx: Transaction,
  { platform }: Epoch,
  personId: string,
): Promise<boolean> {
  const member = await tx.directory.member({ platform, memberId: personId });
  if (member === null) return false;
  const role = ["staff", "leader"] as const;
  return (await tx.directory.memberships.first({ memberId: member.id, role })) !== null;
}

/** The person goes under this id from now on, and under no other. */
async function claim(
  tx: Transaction,
  epoch: Epoch,
  one: { readonly alias: string; readonly personId: string; readonly at: number },
): Promise<void> {
  const { alias, personId, at } = one;
  const { platform, account, number } = epoch;
  await tx.identities.people.remove({ platform, account, personId });
  await tx.identities.people.remove({ id: alias });
  await tx.identities.people.insert({
    id: alias,
    platform,
    account,
    epoch: number,
    personId,
    firstSeenAt: at,
    lastSeenAt: at,
  });
}

/** Names as they are now, and who of a room that was just found is there no more. */
async function settleRoom(
  tx: Transaction,
  epoch: Epoch,
  room: PeopledRoom,
  resolved: ReadonlyMap<string, string>,
): Promise<void> {
  const { conversationId, people, found, at } = room;
  const here = new Set<string>();
  for (const { alias, nameMark } of people) {
    const personId = resolved.get(alias);
    if (personId === undefined) continue;
    here.add(personId);
    if (nameMark !== null) await noteName(tx, epoch, { conversationId, personId, nameMark });
  }
  if (!found || people.length === 0) return;
  const gone: string[] = [];
  const names = await tx.identities.names.find({ conversationId });
  for (const { personId } of names) if (!here.has(personId)) gone.push(personId);
  await leave(tx, epoch, { conversationId, gone, at });
  await tx.record({
    at,
    actorId: epoch.platform,
    act: "room.people_found",
    subject: `room:${conversationId}`,
    detail: { epoch: epoch.number, found: here.size, apart: gone.length },
  });
}

/** Who was not found again cannot be spoken to or asked; who comes back later joins again. */
async function leave(
  tx: Transaction,
  { platform }: Epoch,
  room: { readonly conversationId: string; readonly gone: readonly string[]; readonly at: number },
): Promise<void> {
  const { conversationId, gone, at } = room;
  const group = await tx.directory.group({ platform, conversationId });
  if (group === null) return;
  for (const memberId of gone) {
    const member = await tx.directory.member({ platform, memberId });
    const place = member === null ? null : await tx.directory.membership(group.id, member.id);
    if (place !== null && place.leftAt === null)
      await tx.directory.changeMembership(place, { leftAt: at });
  }
}

async function noteName(
  tx: Transaction,
  epoch: Epoch,
  name: Pick<RoomName, "conversationId" | "personId" | "nameMark">,
): Promise<void> {
  const row: RoomName = {
    id: stableId("room-name", name.conversationId, name.personId),
    ...name,
    epoch: epoch.number,
  };
  await tx.identities.names.upsert([row], { key: ["id"], columns: ["nameMark", "epoch"] });
}

/** Somebody who says something in a bound room. */
export interface Speaker {
  readonly conversationId: string;
  readonly alias: string;
  readonly nameMark: string | null;
  readonly at: number;
}

/** Our id of a speaker when nothing about them has to be written; else null. */
export async function knownSpeaker(
  tx: Transaction,
  epoch: Epoch,
  { conversationId, alias, nameMark }: Speaker,
): Promise<string | null> {
  const [row] = await validAliases(tx, epoch, [alias]);
  if (row === undefined || row.epoch !== epoch.number) return null;
  if (nameMark === null) return row.personId;
  const id = stableId("room-name", conversationId, row.personId);
  const name = await tx.identities.names.first({ id, nameMark, epoch: epoch.number });
  return name === null ? null : row.personId;
}

/** How new people are made. */
export interface PeopleParts {
  readonly ids: Pick<DirectoryIds, "member">;
  readonly newId: () => string;
}

/**
 * Our id of a speaker: known by their id in this log-in, or somebody new. Of somebody new who may be a
 * person that had opted out nothing is read, until they say themselves that they want to take part.
 */
export async function settleSpeaker(
  tx: Transaction,
  epoch: Epoch,
  speaker: Speaker,
  parts: PeopleParts,
): Promise<string> {
  const { conversationId, alias, nameMark, at } = speaker;
  const [known] = await validAliases(tx, epoch, [alias]);
  const personId = known?.personId ?? parts.newId();
  if (known === undefined) {
    if (!epoch.stableIds && nameMark !== null && (await mayHaveOptedOut(tx, epoch, speaker)))
      await beginOptedOut(tx, epoch, { personId, at }, parts);
    await claim(tx, epoch, { alias, personId, at });
  } else {
    await tx.identities.people.update({ id: alias }, { epoch: epoch.number, lastSeenAt: at });
  }
  if (nameMark !== null) await noteName(tx, epoch, { conversationId, personId, nameMark });
  return personId;
}

/** Whether one of those who had this name here, and were not found, had opted out. */
async function mayHaveOptedOut(
  tx: Transaction,
  epoch: Epoch,
  { conversationId, nameMark }: Speaker,
): Promise<boolean> {
  if (nameMark === null) return false;
  const names = await tx.identities.names.find({ conversationId, nameMark });
  const met = await metPeople(
    tx,
    epoch,
    names.map(({ personId }) => personId),
  );
  for (const { personId } of names) {
    if (met.has(personId)) continue;
    const member = await tx.directory.member({ platform: epoch.platform, memberId: personId });
    if (member !== null && member.optedOutAt !== null) return true;
  }
  return false;
}

async function beginOptedOut(
  tx: Transaction,
  { platform }: Epoch,
  { personId, at }: { readonly personId: string; readonly at: number },
  { ids }: PeopleParts,
): Promise<void> {
  await tx.directory.addMember({
    id: ids.member({ platform, memberId: personId }),
    platform,
    externalId: personId,
    name: "",
    createdAt: at,
    mutedAt: null,
    optedOutAt: at,
    erasedAt: null,
  });
}
