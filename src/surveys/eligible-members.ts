import type { Member } from "#entities/index.js";
import type { CaseState } from "#entities/vocabulary.js";
import type { Transaction } from "#src/store/transaction.js";

/**
 * States of a case that keep its members from being surveyed: open until resolved. A resolved case
 * has its own check question, so the ordinary surveys may come again.
 */
const OPEN_CASE_STATES: readonly CaseState[] = [
  "candidate",
  "confirmed",
  "acknowledged",
  "in_progress",
  "reopened",
];

/** Members of all groups who are part of an open case, as reporter or as one who joined. */
async function membersWithOpenCase(tx: Transaction): Promise<ReadonlySet<string>> {
  const cases = await tx.cases.find({ state: OPEN_CASE_STATES });
  const members = new Set(cases.map((one) => one.reporterId));
  if (cases.length === 0) return members;
  const joined = await tx.caseMembers.find({ caseId: cases.map((one) => one.id) });
  for (const row of joined) members.add(row.memberId);
  return members;
}

const busyMembers = new WeakMap<Transaction, Promise<ReadonlySet<string>>>();

/**
 * Whether a member may be asked something more in private: not muted and not part of an open case.
 * Who is, is looked up once per transaction, because a flood of low scores asks it for each.
 */
export async function mayBeAsked(tx: Transaction, member: Member): Promise<boolean> {
  if (member.mutedAt !== null) return false;
  let busy = busyMembers.get(tx);
  if (busy === undefined) {
    busy = membersWithOpenCase(tx);
    busyMembers.set(tx, busy);
  }
  return !(await busy).has(member.id);
}

/** Whether a group has an open P1 case. */
export async function hasOpenP1(tx: Transaction, groupId: string): Promise<boolean> {
  return (await tx.cases.first({ groupId, severity: "P1", state: OPEN_CASE_STATES })) !== null;
}

/**
 * The customers of a group who may be asked: present, not muted, not opted out or erased, and
 * without an open case. By id, so that every run does things in the same order.
 */
export async function eligibleMembers(
  tx: Transaction,
  groupId: string,
): Promise<readonly Member[]> {
  const present = await tx.directory.present(groupId, ["customer"]);
  if (present.length === 0) return [];
  const members = await tx.directory.members.find(
    {
      id: present.map((row) => row.memberId),
      mutedAt: null,
      optedOutAt: null,
      erasedAt: null,
    },
    { order: { id: "asc" } },
  );
  const busy = await membersWithOpenCase(tx);
  return members.filter((member) => !busy.has(member.id));
}
