import type { CaseMember, ComplaintCase, Group, Member } from "#entities/index.js";
import type { VerdictSnapshot } from "#entities/types.js";
import type { Aspect, CaseState, Severity } from "#entities/vocabulary.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { acknowledgeNow } from "./acknowledge.js";
import { sendAlert } from "./case-alert.js";
import { keepCaseMessage, writeEntries } from "./case-record.js";
import { acknowledgesAt } from "./case-replies.js";
import { clockOfReport } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { watchSpike } from "./spike-alarm.js";

/** How somebody came to belong to a case. */
export type JoinedBy = "report" | "me_too" | "repeat" | "reaction";

/** A report that becomes a case. */
export interface Report {
  readonly group: Group;
  readonly member: Member;
  /** Key of the message, or another key that is the same in every run. */
  readonly key: string;
  readonly text: string;
  readonly at: number;
  readonly severity: Severity;
  readonly aspects: readonly Aspect[];
  readonly score: number;
  readonly verdict: VerdictSnapshot;
  readonly hasMedia?: boolean;
  /** The finished case that this one follows. */
  readonly parentId?: string | null;
}

/** Id of the case that a report opens. */
export function caseIdOf(reportKey: string): string {
  return stableId("case", reportKey);
}

/** The row that makes a member one of the affected of a case. */
export function caseMemberRow(
  caseId: string,
  memberId: string,
  joined: { readonly by: JoinedBy; readonly at: number },
): CaseMember {
  return {
    id: stableId("case_member", caseId, memberId),
    caseId,
    memberId,
    joinedBy: joined.by,
    joinedAt: joined.at,
    toldAt: null,
    checkedAt: null,
  };
}

function newRow(report: Report, number: number): ComplaintCase {
  const { group, member, at, severity, verdict } = report;
  const aspects: readonly Aspect[] = report.aspects.length === 0 ? ["other"] : report.aspects;
  const state: CaseState = "candidate";
  return {
    id: caseIdOf(report.key),
    groupId: group.id,
    number,
    state,
    severity,
    aspects,
    aspect: aspects[0] ?? "other",
    score: report.score,
    verdict,
    reporterId: member.id,
    affected: 1,
    assigneeId: null,
    openedAt: at,
    lastReportAt: at,
    confirmedAt: null,
    firstReplyAt: null,
    botAcknowledgedAt: null,
    resolvedAt: null,
    toldAt: null,
    closedAt: null,
    ...clockOfReport(group, severity, at),
    updateDueAt: null,
    escalation: 0,
    reopened: 0,
    resolution: null,
    parentId: report.parentId ?? null,
    version: 1,
  };
}

/**
 * Opens a candidate for a report and tells staff. A report that opened a case before gives that
 * case back and says nothing twice.
 */
export async function openCase(tx: Transaction, report: Report): Promise<ComplaintCase> {
  const known = await tx.cases.first({ id: caseIdOf(report.key) });
  if (known !== null) return known;
  const { group, member, at } = report;
  const row = newRow(report, await tx.nextNumber("case"));
  await tx.cases.insert(row);
  await tx.caseMembers.insertNew([caseMemberRow(row.id, member.id, { by: "report", at })], "id");
  await keepCaseMessage(tx, {
    id: report.key,
    caseId: row.id,
    memberId: member.id,
    part: "report",
    text: report.text,
    at,
  });
  await writeEntries(tx, row, {
    entries: [{ act: "open", toState: row.state }],
    actorId: member.id,
    at,
  });
  await sendAlert(tx, group, row, { at, hasMedia: report.hasMedia ?? false });
  const opened = acknowledgesAt(group, "opened") ? await acknowledgeNow(tx, group, row, at) : row;
  await watchSpike(tx, group, row, at);
  await refreshTimer(tx, group, opened, at);
  return opened;
}
