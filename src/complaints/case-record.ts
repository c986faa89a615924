import type { CaseEntry, CaseMessage, ComplaintCase } from "#entities/index.js";
import type { VerdictSnapshot } from "#entities/types.js";
import type { CaseState } from "#entities/vocabulary.js";
import { conversationFromKey, type MessageRef } from "#src/platform/conversation.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Verdict } from "./detection/verdict.js";

/** The actor of everything that no person did. */
export const BOT = "bot";

/** Longest text that a case keeps of one message, UTF-16 units. */
export const LONGEST_TEXT = 4_000;
const MOST_EVIDENCE = 8;

/** One line of a case's timeline before it has an id. */
export interface EntryDraft {
  readonly act: string;
  readonly fromState?: CaseState | null;
  readonly toState?: CaseState | null;
  readonly note?: string | null;
}

/** A change of a case: the columns, and what is to be told about it in the timeline. */
export interface CaseChange {
  readonly patch: Partial<ComplaintCase>;
  readonly entries: readonly EntryDraft[];
  readonly actorId: string;
  readonly at: number;
  /** Written into the audit too; absent for what customers do (join, recall). */
  readonly audited?: boolean;
}

/**
 * Changes a case by compare-and-set on its version, with timeline and audit. Null when somebody else
 * changed it in the same moment; then nothing was written.
 */
export async function tryChangeCase(
  tx: Transaction,
  row: ComplaintCase,
  change: CaseChange,
): Promise<ComplaintCase | null> {
  const next: ComplaintCase = { ...row, ...change.patch, version: row.version + 1 };
  const patch: Partial<ComplaintCase> = { ...change.patch, version: next.version };
  const changed = await tx.cases.update({ id: row.id, version: row.version }, patch);
  if (changed !== 1) return null;
  await writeEntries(tx, next, change);
  return next;
}

/** As {@link tryChangeCase}; throws `conflict` when the race was lost, so that the work is tried again. */
export async function changeCase(
  tx: Transaction,
  row: ComplaintCase,
  change: CaseChange,
): Promise<ComplaintCase> {
  const next = await tryChangeCase(tx, row, change);
  if (next === null) {
    throw new AppError("conflict", "The case was changed by somebody else in the same moment.");
  }
  return next;
}

/** Ids sort as things happened: the version first, then the place within one change. */
function entryId(row: ComplaintCase, index: number): string {
  return `${row.id}.${String(row.version).padStart(6, "0")}.${String(index)}`;
}

/** Writes lines of the timeline of a case as it now is; their ids follow from its version. */
export async function writeEntries(
  tx: Transaction,
  row: ComplaintCase,
  change: Omit<CaseChange, "patch">,
): Promise<void> {
  const entries = change.entries.map(
    (draft, index): CaseEntry => ({
      id: entryId(row, index),
      caseId: row.id,
      at: change.at,
      actorId: change.actorId,
      act: draft.act,
      fromState: draft.fromState ?? null,
      toState: draft.toState ?? null,
      note: draft.note ?? null,
    }),
  );
  await tx.caseEntries.insertNew(entries, "id");
  if (change.audited !== true) return;
  for (const { act, fromState, toState } of entries) {
    await tx.record({
      at: change.at,
      actorId: change.actorId,
      act: `case.${act}`,
      subject: `case:${row.id}`,
      detail: { number: row.number, from: fromState, to: toState },
    });
  }
}

/** The timeline of a case in the order in which it happened. */
export async function timelineOf(tx: Transaction, caseId: string): Promise<readonly CaseEntry[]> {
  return tx.caseEntries.find({ caseId }, { order: { id: "asc" } });
}

/** Keeps a message with a case; a message that belongs to a case already stays there. */
export async function keepCaseMessage(
  tx: Transaction,
  message: Omit<CaseMessage, "text"> & { readonly text: string },
): Promise<void> {
  await tx.caseMessages.insertNew(
    [{ ...message, text: message.text.slice(0, LONGEST_TEXT) }],
    "id",
  );
}

/** The verdict as it is kept with a case. */
export function snapshotOf(verdict: Verdict): VerdictSnapshot {
  return {
    score: verdict.score,
    polarity: verdict.polarity,
    aspects: verdict.aspects,
    severity: verdict.severity,
    evidence: verdict.evidence.slice(0, MOST_EVIDENCE),
    rule: verdict.p1Rule,
  };
}

/** The snapshot without anybody's words, after a recall or an erasure. */
export function withoutWords(snapshot: VerdictSnapshot): VerdictSnapshot {
  return {
    ...snapshot,
    evidence: snapshot.evidence.map((piece) => ({ ...piece, text: "" })),
  };
}

/** Reads the key of a message back; null for a report that was no message (a command, a button). */
export function messageRefOf(key: string): MessageRef | null {
  const cut = key.lastIndexOf("/");
  if (cut < 0 || !key.slice(0, cut).includes("/")) return null;
  return {
    conversation: conversationFromKey(key.slice(0, cut)),
    messageId: decodeURIComponent(key.slice(cut + 1)),
  };
}

/** The message that a case began with; null for one that began with a command or a button. */
export async function reportOf(tx: Transaction, caseId: string): Promise<CaseMessage | null> {
  return tx.caseMessages.first({ caseId, part: "report" }, { order: { at: "asc", id: "asc" } });
}
