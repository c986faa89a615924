import type { InboundEvent } from "#src/platform/inbound-event.js";
import type { Transaction } from "#src/store/transaction.js";
import { groupMemory, rememberOpenRuns } from "./open-runs.js";

/**
 * Loads with one statement the answers that a batch of events may change: those of its authors to
 * the open runs of its groups. Groups without an open run cost their one look-up.
 */
export async function prefetchVotes(
  tx: Transaction,
  events: readonly InboundEvent[],
): Promise<void> {
  const runIds = new Set<string>();
  const memberIds = new Set<string>();
  const groups = await Promise.all(events.map((event) => tx.directory.group(event.conversation)));
  await rememberOpenRuns(tx, [...new Set(groups.flatMap((group) => group?.id ?? []))]);
  for (const event of events) {
    if (event.kind !== "message" && event.kind !== "action" && event.kind !== "form") continue;
    const group = await tx.directory.group(event.conversation);
    if (group === null) continue;
    const { runs } = await groupMemory(tx, group.id);
    if (runs.length === 0) continue;
    for (const run of runs) runIds.add(run.id);
    const member = await tx.directory.member(event.author);
    if (member !== null) memberIds.add(member.id);
  }
  await tx.responses.prefetch([...runIds], [...memberIds]);
}
