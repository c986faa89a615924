import type { Group, RoomAlias } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { findRooms } from "./recognise-rooms.js";

/** One log-in of one account: the ids of the platform mean something inside of it. */
export interface Epoch {
  readonly platform: string;
  readonly account: string;
  readonly number: number;
  /** Ids stay the same over log-ins: then nobody has to be found again. */
  readonly stableIds: boolean;
}

/** A person in a sighting, by hashes. */
export interface SeenPerson {
  /** `member_alias.id`. */
  readonly alias: string;
  /** Null for somebody without a name. */
  readonly nameMark: string | null;
}

/** A room as it was seen, by hashes. */
export interface SeenRoom {
  /** `room_alias.id`. */
  readonly alias: string;
  readonly topic: string;
  readonly ownerMark: string | null;
  readonly people: readonly SeenPerson[];
  readonly at: number;
}

/** What became of a sighting. */
export interface SettledRoom {
  readonly row: RoomAlias;
  /** It was found again in this moment. */
  readonly found: boolean;
  /** Whether it is held, and since when. */
  readonly held: "no" | "new" | "before";
}

/** What became of sightings, and which other rooms they made doubtful. */
export interface Settlement {
  readonly rooms: readonly SettledRoom[];
  /** Our ids of rooms that were found before and are held again. */
  readonly doubted: readonly string[];
}

/** The series that held rooms are numbered by. */
const SERIES = "held-room";
/** Number of a room that was found again without staff. */
const BY_ITSELF = 0;
/** Number of a room that is seen for the first time. */
const UNNUMBERED = -1;

/**
 * Settles sightings of rooms: known by id, found again after a log-in, or held. A room that a later
 * look-alike makes doubtful is held again with it, unless staff had bound it.
 */
export async function settleRooms(
  tx: Transaction,
  epoch: Epoch,
  seen: readonly SeenRoom[],
): Promise<Settlement> {
  const stored = new Map(
    (await tx.identities.rooms.find({ id: seen.map(({ alias }) => alias) })).map((row) => [
      row.id,
      row,
    ]),
  );
  const lost = epoch.stableIds ? [] : await lostRooms(tx, epoch);
  const rows = seen.map((one) => sightedRow(epoch, stored.get(one.alias), one));
  const { found, doubted } = epoch.stableIds
    ? NOTHING_FOUND
    : await foundAmong(tx, epoch, { lost, rows });
  const rooms: SettledRoom[] = [];
  for (const row of rows) {
    const conversationId = row.conversationId ?? found.get(row.id) ?? null;
    const isFound = row.conversationId === null && conversationId !== null;
    const change = isFound ? { number: BY_ITSELF, boundAt: row.lastSeenAt } : {};
    const next = await numbered(tx, { ...row, conversationId, ...change });
    await keep(tx, next);
    if (isFound) await noteFound(tx, epoch, next);
    const isNew = stored.get(row.id)?.number !== next.number;
    const held = conversationId !== null ? "no" : isNew ? "new" : "before";
    rooms.push({ row: next, found: isFound, held });
  }
  return { rooms, doubted };
}

const NOTHING_FOUND: Found = { found: new Map(), doubted: [] };

/** The row of a sighting before it is settled: what is not seen this time is kept from before. */
function sightedRow(epoch: Epoch, known: RoomAlias | undefined, seen: SeenRoom): RoomAlias {
  const marks = [...new Set(seen.people.flatMap(({ nameMark }) => nameMark ?? []))].sort();
  const { platform, account, number } = epoch;
  // An id of an earlier epoch says nothing in this one.
  const valid = known !== undefined && (epoch.stableIds || known.epoch === number);
  const before: RoomAlias = valid
    ? known
    : {
        ...{ id: seen.alias, platform, account, epoch: number, number: UNNUMBERED },
        ...{ conversationId: null, boundAt: null, heard: 0, firstSeenAt: seen.at },
        ...{ topic: "", ownerMark: null, memberMarks: [], lastSeenAt: seen.at },
      };
  return {
    ...before,
    epoch: number,
    topic: seen.topic === "" ? before.topic : seen.topic,
    ownerMark: seen.ownerMark ?? before.ownerMark,
    memberMarks: marks.length === 0 ? before.memberMarks : marks,
    lastSeenAt: seen.at,
  };
}

/** A held room gets the number by which staff name it. */
async function numbered(tx: Transaction, row: RoomAlias): Promise<RoomAlias> {
  if (row.number > 0 || row.conversationId !== null)
    return { ...row, number: Math.max(BY_ITSELF, row.number) };
  return { ...row, number: await tx.nextNumber(SERIES) };
}

async function keep(tx: Transaction, row: RoomAlias): Promise<void> {
  const { id: _id, ...patch } = row;
  if ((await tx.identities.rooms.update({ id: row.id }, patch)) === 0)
    await tx.identities.rooms.insert(row);
}

/** Rooms of earlier epochs that nobody has taken over yet. Staff rooms are never found without staff. */
async function lostRooms(tx: Transaction, epoch: Epoch): Promise<readonly RoomAlias[]> {
  const { platform, account, number } = epoch;
  const rows = await tx.identities.rooms.find({
    platform,
    account,
    epoch: { below: number },
    conversationId: { not: null },
  });
  const groups = await groupsOf(tx, platform, rows);
  return rows.filter(({ conversationId }) => groups.get(conversationId ?? "")?.purpose !== "staff");
}

async function groupsOf(
  tx: Transaction,
  platform: string,
  rows: readonly RoomAlias[],
): Promise<ReadonlyMap<string, Group>> {
  const externalId = rows.flatMap(({ conversationId }) => conversationId ?? []);
  if (externalId.length === 0) return new Map();
  const groups = await tx.directory.groups.find({ platform, externalId });
  return new Map(groups.map((group) => [group.externalId, group]));
}

interface Found {
  readonly found: ReadonlyMap<string, string>;
  readonly doubted: readonly string[];
}

/**
 * Which of the rooms are which lost ones, all rooms of this epoch competing. A room that was found by
 * itself competes for its own place again, so that a second one like it is noticed.
 */
async function foundAmong(
  tx: Transaction,
  epoch: Epoch,
  { lost, rows }: { readonly lost: readonly RoomAlias[]; readonly rows: RoomAlias[] },
): Promise<Found> {
  const { platform, account, number } = epoch;
  const present = new Map(
    (await tx.identities.rooms.find({ platform, account, epoch: number })).map((row) => [
      row.id,
      row,
    ]),
  );
  for (const row of rows) present.set(row.id, row);
  const open = [...present.values()].filter(
    (row) => row.conversationId === null || row.number === BY_ITSELF,
  );
  const places = [...lost, ...open].flatMap((row) =>
    row.conversationId === null ? [] : [{ ...row, id: row.conversationId }],
  );
  const found = findRooms(places, open);
  const doubted: string[] = [];
  for (const row of open) {
    if (row.conversationId === null || found.get(row.id) === row.conversationId) continue;
    doubted.push(row.conversationId);
    const held = await doubt(tx, row);
    const mine = rows.findIndex(({ id }) => id === row.id);
    if (mine >= 0) rows[mine] = held;
  }
  return { found, doubted };
}

/** Another room is as good: which of the two it is, staff say. */
async function doubt(tx: Transaction, row: RoomAlias): Promise<RoomAlias> {
  const held = await numbered(tx, { ...row, conversationId: null, boundAt: null });
  await keep(tx, held);
  await tx.record({
    at: row.lastSeenAt,
    actorId: row.platform,
    act: "room.doubted",
    subject: `room:${row.conversationId ?? row.id}`,
    detail: { epoch: row.epoch },
  });
  return held;
}

async function noteFound(tx: Transaction, epoch: Epoch, row: RoomAlias): Promise<void> {
  const { conversationId } = row;
  if (conversationId === null) return;
  await dropOldAliases(tx, row.id, conversationId);
  await tx.record({
    at: row.lastSeenAt,
    actorId: epoch.platform,
    act: "room.found",
    subject: `room:${conversationId}`,
    detail: { epoch: epoch.number, names: row.memberMarks.length },
  });
}

/** A room has one id in the present log-in; the earlier ones lead nowhere any more. */
export async function dropOldAliases(
  tx: Transaction,
  keptAlias: string,
  conversationId: string,
): Promise<void> {
  for (const { id } of await tx.identities.rooms.find({ conversationId }))
    if (id !== keptAlias) await tx.identities.rooms.remove({ id });
}

/** The row id of a room or person under an id of the platform, which is given by its keyed hash. */
export function aliasId(epoch: Pick<Epoch, "platform" | "account">, mark: string): string {
  return stableId("alias", epoch.platform, epoch.account, mark);
}
