/** By what a room is known again when its id has changed: hashes of names, never the names. */
export interface RoomFeatures {
  readonly id: string;
  readonly topic: string;
  readonly ownerMark: string | null;
  readonly memberMarks: readonly string[];
}

/** Share of the names of both rooms that they have in common (Jaccard), at least. */
const SMALLEST_OVERLAP = 0.6;
/** Where one of them does not say whose it is, the members must say more. */
const SMALLEST_OVERLAP_WITHOUT_OWNER = 0.8;
/** Names that a handful of people share by chance are no evidence. */
const FEWEST_SHARED = 3;
/** A winner leads by so much, or there is none. */
const CLEAR_LEAD = 0.2;

/** How alike two rooms are, 0.6 to 1; null when they are not taken for the same. */
export function likeness(lost: RoomFeatures, seen: RoomFeatures): number | null {
  if (lost.topic === "" || lost.topic !== seen.topic) return null;
  const ownersKnown = lost.ownerMark !== null && seen.ownerMark !== null;
  if (ownersKnown && lost.ownerMark !== seen.ownerMark) return null;
  const before = new Set(lost.memberMarks);
  const now = new Set(seen.memberMarks);
  let shared = 0;
  for (const mark of now) if (before.has(mark)) shared += 1;
  if (shared < FEWEST_SHARED) return null;
  const overlap = shared / (before.size + now.size - shared);
  return overlap >= (ownersKnown ? SMALLEST_OVERLAP : SMALLEST_OVERLAP_WITHOUT_OWNER)
    ? overlap
    : null;
}

interface Match {
  readonly lost: string;
  readonly seen: string;
  readonly score: number;
}

/**
 * Which rooms were found again: seen room → lost room. Topic equal, owner equal, names mostly the same,
 * and one clear winner from both sides; two that are nearly as good find nobody. Pure, and independent
 * of the order of its input.
 */
export function findRooms(
  lost: readonly RoomFeatures[],
  seen: readonly RoomFeatures[],
): ReadonlyMap<string, string> {
  const matches: Match[] = [];
  for (const old of lost)
    for (const now of seen) {
      const score = likeness(old, now);
      if (score !== null) matches.push({ lost: old.id, seen: now.id, score });
    }
  const found = new Map<string, string>();
  for (const match of matches) {
    const rival = matches.some(
      (other) =>
        other !== match &&
        (other.lost === match.lost || other.seen === match.seen) &&
        other.score > match.score - CLEAR_LEAD,
    );
    if (!rival) found.set(match.seen, match.lost);
  }
  return found;
}

/** Somebody in a room under a name, by hash. */
export interface NamedPerson {
  readonly person: string;
  readonly nameMark: string;
}

/** The people of one room: whom we knew there, and who is there now under ids of the present log-in. */
export interface RoomPeople {
  readonly known: readonly NamedPerson[];
  readonly present: readonly NamedPerson[];
}

/**
 * Who is who after a log-in: present id → person. Only a name that one person had in the room and one
 * has now says anything; whoever is claimed by two, or would be two, is nobody. Pure.
 */
export function findPeople(rooms: readonly RoomPeople[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { known, present } of rooms) {
    const before = byName(known);
    for (const [mark, ids] of byName(present)) {
      const people = before.get(mark);
      const [id] = ids;
      const [person] = people ?? [];
      if (id === undefined || person === undefined) continue;
      if (ids.size === 1 && people?.size === 1) pairs.set(`${id}\n${person}`, [id, person]);
    }
  }
  const all = [...pairs.values()];
  const claims = countBy(all.flat());
  return new Map(all.filter((pair) => pair.every((one) => claims.get(one) === 1)));
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function byName(people: readonly NamedPerson[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { person, nameMark } of people) {
    const bearers = names.get(nameMark) ?? new Set();
    names.set(nameMark, bearers.add(person));
  }
  return names;
}
