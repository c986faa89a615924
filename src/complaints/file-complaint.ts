import { complaintTexts } from "#src/i18n/complaints.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert } from "./case-alert.js";
import { changeCase, snapshotOf } from "./case-record.js";
import { applySteps } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import type { ConsiderDeps } from "./consider-message.js";
import { extraWordsOf } from "./extra-words.js";
import { caseIdOf, openCase } from "./open-case.js";

/**
 * Registers what a member says is a complaint. The verdict only names aspects and severity: whether it
 * is one, the member has said, so the clocks start at once. Returns the case's number and a receipt in
 * the group's language. The same event gives the same case.
 */
export async function fileComplaint(
  deps: ConsiderDeps,
  tx: Transaction,
  place: Place,
  complaint: { readonly text: string; readonly eventId: string; readonly at: number },
): Promise<{ readonly number: number; readonly text: string }> {
  const { text, eventId, at } = complaint;
  const { group, member } = place;
  const key = `filed:${encodeURIComponent(eventId)}`;
  const { customer } = complaintTexts[group.language];
  const known = await tx.cases.first({ id: caseIdOf(key) });
  if (known !== null) return { number: known.number, text: customer.filed(known.number) };
  const verdict = deps.detector.consider({ text, role: "customer", memberKey: member.id, at }, [], {
    mode: "chat",
    threshold: 0,
    extraWords: extraWordsOf(place),
  });
  const row = await openCase(tx, {
    group,
    member,
    key,
    text,
    at,
    severity: verdict.severity ?? "P3",
    aspects: verdict.aspects,
    score: 1,
    verdict: snapshotOf(verdict),
  });
  const { patch, entries } = applySteps(row, ["confirm"], { group, at, note: "filed" });
  const next = await changeCase(tx, row, {
    patch,
    entries,
    actorId: member.id,
    at,
    audited: true,
  });
  await refreshAlert(tx, group, next, at);
  await refreshTimer(tx, group, next, at);
  return { number: row.number, text: customer.filed(row.number) };
}
