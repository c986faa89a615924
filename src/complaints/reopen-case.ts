import type { ComplaintCase, Group, Member } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert, sayLine, sendAlert } from "./case-alert.js";
import { endCheck } from "./case-check.js";
import { changeCase, keepCaseMessage, withoutWords } from "./case-record.js";
import { OPEN_STATES } from "./case-states.js";
import { applySteps } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { openCase } from "./open-case.js";
import { mayReopen } from "./settled-case.js";

/** Somebody's word that a settled case is not solved. */
export interface NotSolved {
  readonly actor: Pick<Member, "id">;
  readonly member: Member;
  readonly at: number;
  /** Unique and the same in every run: a message key or an event id. */
  readonly cause: string;
  /** Their words, kept with the case; absent for a button. */
  readonly message?: { readonly key: string; readonly text: string };
  readonly reason: string;
}

/** What became of it: the case open again, or a new one that follows it after the 72 hours. */
export interface Reopened {
  readonly kind: "reopened" | "linked";
  readonly row: ComplaintCase;
}

/** Reopens a settled case within 72 hours of its resolution; later opens a new case linked to it. */
export async function reopenCase(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  word: NotSolved,
): Promise<Reopened> {
  const { at } = word;
  if (!mayReopen(row, at)) return openLinked(tx, group, row, word);
  const { patch, entries } = applySteps(row, ["reopen"], { group, at, note: word.reason });
  const next = await changeCase(tx, row, {
    patch: { ...patch, lastReportAt: Math.max(row.lastReportAt, at) },
    entries,
    actorId: word.actor.id,
    at,
    audited: true,
  });
  if (word.message !== undefined) {
    const { key: id, text } = word.message;
    const memberId = word.member.id;
    await keepCaseMessage(tx, { id, caseId: row.id, memberId, part: "follow_up", text, at });
  }
  await endCheck(tx, row.id, at);
  await sayLine(tx, group, next, {
    subject: `reopened:${String(next.reopened)}`,
    at,
    page: "assignee",
    compose: ({ staff }) => staff.reopened(next.number, next.affected),
  });
  if (next.severity === "P1") {
    await sendAlert(tx, group, next, { at, again: `reopened:${String(next.reopened)}:p1` });
  }
  await refreshAlert(tx, group, next, at);
  await refreshTimer(tx, group, next, at);
  return { kind: "reopened", row: next };
}

async function openLinked(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  word: NotSolved,
): Promise<Reopened> {
  const pending = await tx.cases.first({ parentId: row.id, state: OPEN_STATES });
  if (pending !== null) return { kind: "linked", row: pending };
  const linked = await openCase(tx, {
    group,
    member: word.member,
    key: word.message?.key ?? `again:${row.id}:${encodeURIComponent(word.cause)}`,
    text: word.message?.text ?? "",
    at: word.at,
    severity: row.severity,
    aspects: row.aspects,
    score: row.score,
    verdict: withoutWords(row.verdict),
    parentId: row.id,
  });
  await sayLine(tx, group, linked, {
    subject: "linked",
    at: word.at,
    compose: ({ staff }) => staff.linked(linked.number, row.number),
  });
  return { kind: "linked", row: linked };
}
