import type { ComplaintCase, Group } from "#entities/index.js";
import type { VerdictSnapshot } from "#entities/types.js";
import type { Aspect, Severity } from "#entities/vocabulary.js";
import type { Transaction } from "#src/store/transaction.js";
import { aspectWords, refreshAlert, sayLine, sendAlert } from "./case-alert.js";
import { changeCase, type EntryDraft, keepCaseMessage } from "./case-record.js";
import { graver, isGraver } from "./case-states.js";
import { raised } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { caseMemberRow, type JoinedBy } from "./open-case.js";
import { watchSpike } from "./spike-alarm.js";

/** Somebody who joins a case, or a member of it who adds something. */
export interface Joining {
  readonly memberId: string;
  readonly by: JoinedBy;
  readonly at: number;
  /** Absent for a reaction and for new words of a message that the case already has. */
  readonly message?: { readonly key: string; readonly text: string };
  /** What the message added; absent when it was no complaint by itself. */
  readonly heard?: {
    readonly severity: Severity | null;
    readonly aspects: readonly Aspect[];
    readonly score: number;
    readonly verdict: VerdictSnapshot;
  };
}

/** From so many distinct members on an ordinary case is P2. */
export const MANY_MEMBERS = 3;
const MOST_ASPECTS = 4;
const LONGEST_LINE = 200;
/** Staff hear of these numbers of members, not of each one. */
const MILESTONES: ReadonlySet<number> = new Set([3, 10, 25, 50, 100, 200, 400]);

/** True when staff are told of this many distinct members; of a P1 already from the second on. */
export function isMilestone(members: number, severity: Severity): boolean {
  return MILESTONES.has(members) || (severity === "P1" && (members === 2 || members === 5));
}

function unionOf(known: readonly Aspect[], added: readonly Aspect[]): readonly Aspect[] {
  const all = [...new Set([...known, ...added])];
  const named = all.filter((aspect) => aspect !== "other");
  return (named.length > 0 ? named : all).slice(0, MOST_ASPECTS);
}

/**
 * Adds a member or a further message to an open case: counts distinct members, adds aspects, lets the
 * severity rise (never fall), tells staff at milestones and when it got graver.
 */
export async function joinCase(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  joining: Joining,
): Promise<ComplaintCase> {
  const isNew = await addMember(tx, row, joining);
  if (!isNew && joining.by === "reaction") return row;
  const severity = severityWith(row, joining, isNew);
  const rises = isGraver(severity, row.severity);
  const next = await changeCase(tx, row, {
    patch: {
      ...joinedPatch(row, joining, isNew),
      ...raised(row, severity, { group, at: joining.at }),
    },
    entries: entriesOf(row, joining, { isNew, severity }),
    actorId: joining.memberId,
    at: joining.at,
  });
  await tellWhatChanged(tx, group, { before: row, after: next }, joining);
  if (isNew) await watchSpike(tx, group, next, joining.at);
  if (rises) await refreshTimer(tx, group, next, joining.at);
  return next;
}

/** Counts the member and keeps the message; false when the member was counted before. */
async function addMember(
  tx: Transaction,
  row: ComplaintCase,
  { memberId, by, at, message }: Joining,
): Promise<boolean> {
  const member = caseMemberRow(row.id, memberId, { by, at });
  const added = await tx.caseMembers.insertNew([member], "id");
  const isNew = added.has(member.id);
  if (message !== undefined) {
    const { key: id, text } = message;
    const part = isNew ? "me_too" : "follow_up";
    await keepCaseMessage(tx, { id, caseId: row.id, memberId, part, text, at });
  }
  return isNew;
}

function joinedPatch(
  row: ComplaintCase,
  { at, message, heard }: Joining,
  isNew: boolean,
): Partial<ComplaintCase> {
  const aspects = unionOf(row.aspects, heard?.aspects ?? []);
  const becomesP1 = heard?.severity === "P1" && row.severity !== "P1";
  return {
    affected: row.affected + (isNew ? 1 : 0),
    aspects,
    aspect: aspects[0] ?? row.aspect,
    score: Math.max(row.score, heard?.score ?? 0),
    ...(message === undefined ? {} : { lastReportAt: Math.max(row.lastReportAt, at) }),
    ...(becomesP1 ? { verdict: heard.verdict } : {}),
  };
}

function entriesOf(
  row: ComplaintCase,
  { by, message }: Joining,
  { isNew, severity }: { readonly isNew: boolean; readonly severity: Severity },
): readonly EntryDraft[] {
  const act = message === undefined ? "edit" : "follow_up";
  const entry: EntryDraft = isNew ? { act: "join", note: by } : { act };
  if (severity === row.severity) return [entry];
  return [entry, { act: "severity", note: `${row.severity}>${severity}` }];
}

function severityWith(row: ComplaintCase, { heard }: Joining, isNew: boolean): Severity {
  const affected = row.affected + (isNew ? 1 : 0);
  const many = affected >= MANY_MEMBERS ? "P2" : "P3";
  return graver(graver(row.severity, heard?.severity ?? "P3"), many);
}

/** One line of somebody's words: no line breaks, not too long. */
function oneLine(text: string): string {
  const flat = text.slice(0, LONGEST_LINE * 2).replaceAll("\n", " ");
  const characters = [...flat];
  return characters.length > LONGEST_LINE ? `${characters.slice(0, LONGEST_LINE).join("")}…` : flat;
}

interface Changed {
  readonly before: ComplaintCase;
  readonly after: ComplaintCase;
}

async function tellWhatChanged(
  tx: Transaction,
  group: Group,
  { before, after }: Changed,
  { at, message }: Joining,
): Promise<void> {
  const rises = isGraver(after.severity, before.severity);
  const grows = after.affected > before.affected;
  const milestone = grows && isMilestone(after.affected, after.severity);
  if (!rises && !milestone) return;
  if (rises && after.severity === "P1") await sendAlert(tx, group, after, { at, again: "p1" });
  if (milestone) await sayMembers(tx, group, after, at);
  else await sayGraver(tx, group, after, { at, words: oneLine(message?.text ?? "") });
  await refreshAlert(tx, group, after, at);
}

async function sayMembers(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<void> {
  await sayLine(tx, group, row, {
    subject: `affected:${String(row.affected)}`,
    at,
    compose: (texts) => texts.staff.affected(row.number, row.affected, aspectWords(row, texts)),
  });
}

async function sayGraver(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  { at, words }: { readonly at: number; readonly words: string },
): Promise<void> {
  await sayLine(tx, group, row, {
    subject: `severity:${row.severity}`,
    at,
    page: row.severity === "P1" ? "all" : "assignee",
    compose: ({ staff }) => staff.severity(row.number, row.severity, words),
  });
}
