import type { Group } from "#entities/index.js";
import { handledGroups } from "#src/complaints/case-queries.js";
import { nearestGroups } from "#src/digests/nearest-groups.js";
import type { Transaction } from "#src/store/transaction.js";
import { type Asker, isAlone } from "./answer.js";
import { foldWidth, trimBlanks } from "./text-scan.js";

/** True when the asker may give staff commands here: staff or leader of the group, in a staff room, or in private staff of any group. */
export async function isStaff(tx: Transaction, asker: Asker): Promise<boolean> {
  const { group, membership, member } = asker.place;
  if (group.purpose === "staff" || membership.role !== "customer") return true;
  return isAlone(asker) && (await handledGroups(tx, member.id)).length > 0;
}

function byAge(a: Group, b: Group): number {
  return a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1);
}

/** The customers' groups that a staff command can be about, in a steady order. */
export async function groupsInReach(tx: Transaction, asker: Asker): Promise<readonly Group[]> {
  const { group, member } = asker.place;
  if (group.purpose === "staff" && !isAlone(asker)) {
    const bound = await tx.directory.groups.find({
      staffGroupId: group.id,
      purpose: "customers",
      leftAt: null,
    });
    return bound.sort(byAge);
  }
  const handled = (await handledGroups(tx, member.id)).filter((one) => one.leftAt === null);
  if (isAlone(asker) || handled.some((one) => one.id === group.id)) return handled;
  return [group, ...handled];
}

/** The customers' group in which the command was said; null in staff rooms and in private. */
export function groupHere(asker: Asker): Group | null {
  const { group } = asker.place;
  return group.purpose === "customers" && !isAlone(asker) ? group : null;
}

/** What a name stands for. */
export type NamedGroup =
  | { readonly kind: "found"; readonly group: Group }
  | { readonly kind: "unknown"; readonly near: readonly string[] }
  | { readonly kind: "several"; readonly names: readonly string[] };

function plain(name: string): string {
  return trimBlanks(foldWidth(name)).replaceAll(" ", "");
}

/** The group of a name among those in reach: the same name, else the only one that holds it. */
export function groupNamed(name: string, groups: readonly Group[]): NamedGroup {
  const wanted = plain(name);
  const same = groups.filter((one) => plain(one.name) === wanted || one.externalId === name);
  const found = same.length > 0 ? same : groups.filter((one) => plain(one.name).includes(wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return { kind: "found", group: only };
  if (found.length > 1) return { kind: "several", names: found.map((one) => one.name) };
  return { kind: "unknown", near: nearestGroups(name, groups) };
}
