import type { ComplaintCase } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { erasedMessageKey, type Forgetting, withoutName } from "./forgetting.js";

/** Takes a member's words, name and id out of the cases they reported, joined or handled. */
export async function forgetCases(tx: Transaction, forgetting: Forgetting): Promise<number> {
  const { memberId, tombstoneId, member } = forgetting;
  await forgetMessages(tx, forgetting);
  const joined = await tx.caseMembers.find({ memberId });
  for (const { id, caseId } of joined) {
    await tx.caseMembers.update(
      { id },
      { id: stableId("case_member", caseId, tombstoneId), memberId: tombstoneId },
    );
  }
  const { caseIds } = forgetting;
  const rows = caseIds.length === 0 ? [] : await tx.cases.find({ id: caseIds });
  for (const row of rows) await forgetInCase(tx, row, forgetting);
  await tx.cases.update({ assigneeId: memberId }, { assigneeId: tombstoneId });
  await tx.caseEntries.update({ act: "assign", note: member.name }, { note: null });
  await tx.caseEntries.update({ actorId: memberId }, { actorId: tombstoneId });
  return joined.length;
}

async function forgetMessages(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { memberId, tombstoneId, caseIds } = forgetting;
  for (const { id, part } of await tx.caseMessages.find({ memberId })) {
    await tx.caseMessages.update(
      { id },
      {
        id: part === "reply" ? id : erasedMessageKey(id, forgetting),
        memberId: tombstoneId,
        // What staff said to a customer is the shop's word and stays with the case.
        ...(part === "reply" ? {} : { text: null }),
      },
    );
  }
  if (caseIds.length === 0) return;
  for (const { id, text } of await tx.caseMessages.find({ caseId: caseIds, part: "reply" })) {
    const clean = text === null ? null : withoutName(text, forgetting);
    if (clean !== text) await tx.caseMessages.update({ id }, { text: clean });
  }
  for (const { id, note } of await tx.caseEntries.find({ caseId: caseIds, note: { not: null } })) {
    const clean = note === null ? null : withoutName(note, forgetting);
    if (clean !== note) await tx.caseEntries.update({ id }, { note: clean });
  }
}

/** The evidence of a verdict quotes the reporter; the outcome in staff's words may name them. */
async function forgetInCase(
  tx: Transaction,
  row: ComplaintCase,
  forgetting: Forgetting,
): Promise<void> {
  const own = row.reporterId === forgetting.memberId;
  const evidence = row.verdict.evidence.map((piece) => ({ ...piece, text: "" }));
  const { resolution } = row;
  await tx.cases.update(
    { id: row.id },
    {
      resolution: resolution === null ? null : withoutName(resolution, forgetting),
      ...(own ? { reporterId: forgetting.tombstoneId, verdict: { ...row.verdict, evidence } } : {}),
    },
  );
}
