import type { SurveyRun } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";

/** What one transaction has learnt about the open runs of one group. */
export interface GroupMemory {
  /** Newest first. */
  readonly runs: readonly SurveyRun[];
  /** When somebody last asked for 收到扣1 in a message of this transaction; null when nobody did. */
  askedForOneAt: number | null;
  /** When staff last did, as the store tells; undefined until it was looked up. */
  storedAskAt: number | null | undefined;
  /** Platform message id of each card that was sent, by run id; undefined until it was looked up. */
  cards: ReadonlyMap<string, string> | undefined;
}

const memories = new WeakMap<Transaction, Map<string, GroupMemory>>();

/**
 * The open runs of a group and what was learnt about them. One statement per group and transaction,
 * however many messages pass.
 */
export async function groupMemory(tx: Transaction, groupId: string): Promise<GroupMemory> {
  const known = memoriesOf(tx).get(groupId);
  if (known !== undefined) return known;
  await rememberOpenRuns(tx, [groupId]);
  return memoriesOf(tx).get(groupId) ?? memoryOf([]);
}

/** Learns the open runs of many groups with one statement. */
export async function rememberOpenRuns(
  tx: Transaction,
  groupIds: readonly string[],
): Promise<void> {
  const groups = memoriesOf(tx);
  const missing = groupIds.filter((id) => !groups.has(id));
  if (missing.length === 0) return;
  const runs = await tx.runs.find(
    { groupId: missing, state: "open" },
    { order: { openedAt: "desc", id: "asc" } },
  );
  for (const id of missing) groups.set(id, memoryOf(runs.filter((run) => run.groupId === id)));
}

function memoriesOf(tx: Transaction): Map<string, GroupMemory> {
  let groups = memories.get(tx);
  if (groups === undefined) {
    groups = new Map();
    memories.set(tx, groups);
  }
  return groups;
}

function memoryOf(runs: readonly SurveyRun[]): GroupMemory {
  return { runs, askedForOneAt: null, storedAskAt: undefined, cards: undefined };
}

/** Must be called by whoever opens or closes a run of this group. */
export function forgetOpenRuns(tx: Transaction, groupId: string): void {
  memories.get(tx)?.delete(groupId);
}
