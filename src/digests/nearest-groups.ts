import { levenshtein } from "#src/shared/levenshtein.js";

const LONGEST_NAME = 64;
const MOST_NAMES = 3;

/** A group as far as its name goes. */
export interface NamedGroup {
  readonly name: string;
  readonly externalId: string;
}

/**
 * The group with exactly this name or platform id; null when there is none. Of several with one
 * name the platform id has to be given.
 */
export function findGroup<Group extends NamedGroup>(
  name: string,
  groups: readonly Group[],
): Group | null {
  const wanted = folded(name);
  const byId = groups.find((group) => group.externalId === name);
  if (byId !== undefined) return byId;
  const named = groups.filter((group) => folded(group.name) === wanted);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/**
 * Up to three names most like the one that was asked for, nearest first. Names that are far off come
 * only when none is near, so that there is always something to choose from.
 */
export function nearestGroups(name: string, groups: readonly NamedGroup[]): readonly string[] {
  const wanted = folded(name);
  const allowed = Math.max(2, Math.floor([...wanted].length / 2));
  const named = groups
    .flatMap(({ name: own, externalId }) => [
      { shown: own, distance: distanceTo(wanted, folded(own)) },
      { shown: externalId, distance: distanceTo(wanted, folded(externalId)) },
    ])
    .filter(({ shown }) => shown !== "")
    .sort((a, b) => a.distance - b.distance || (a.shown < b.shown ? -1 : 1));
  const near = named.filter(({ distance }) => distance <= allowed);
  const chosen = near.length > 0 ? near : named;
  return [...new Set(chosen.map(({ shown }) => shown))].slice(0, MOST_NAMES);
}

function folded(name: string): string {
  return name.slice(0, LONGEST_NAME).normalize("NFKC").trim().toLowerCase();
}

/** Edits from one to the other; a name that holds the other is near however long it is. */
function distanceTo(wanted: string, name: string): number {
  if (wanted !== "" && (name.includes(wanted) || wanted.includes(name)) && name !== "") {
    return name === wanted ? 0 : 1;
  }
  return levenshtein([...wanted], [...name]);
}
