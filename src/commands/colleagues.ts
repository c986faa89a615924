import type { Group, Member } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { foldWidth, trimMarks } from "./text-scan.js";

/** Who of the staff a name stands for. */
export type FoundColleague =
  | { readonly kind: "one"; readonly member: Member }
  | { readonly kind: "several"; readonly names: readonly string[] }
  | { readonly kind: "none"; readonly names: readonly string[] };

const MOST_NAMES = 8;

function plain(name: string): string {
  const clean = trimMarks(foldWidth(name));
  return clean.startsWith("@") ? clean.slice(1) : clean;
}

/** The staff of a group and its staff room, longest there first. */
async function staffOf(tx: Transaction, group: Group): Promise<readonly Member[]> {
  const rooms = group.staffGroupId === null ? [group.id] : [group.id, group.staffGroupId];
  const rows = await tx.directory.memberships.find(
    { groupId: rooms, leftAt: null, role: ["staff", "leader"] },
    { order: { joinedAt: "asc", id: "asc" } },
  );
  const members: Member[] = [];
  for (const id of new Set(rows.map((row) => row.memberId))) {
    const member = await tx.directory.memberById(id);
    if (member !== null && member.erasedAt === null) members.push(member);
  }
  return members;
}

/** Finds a colleague by name: the same name, else the only one whose name holds it. */
export async function findColleague(
  tx: Transaction,
  group: Group,
  name: string,
): Promise<FoundColleague> {
  const staff = await staffOf(tx, group);
  const names = staff.map((member) => member.name).slice(0, MOST_NAMES);
  const wanted = plain(name);
  if (wanted === "") return { kind: "none", names };
  const same = staff.filter((member) => plain(member.name) === wanted);
  const found =
    same.length > 0 ? same : staff.filter((member) => plain(member.name).includes(wanted));
  const [only] = found;
  if (only === undefined) return { kind: "none", names };
  if (found.length === 1) return { kind: "one", member: only };
  return { kind: "several", names: found.map((member) => member.name) };
}
