import type { ComplaintCase, Group, Member } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { acknowledgeNow } from "./acknowledge.js";
import { refreshAlert } from "./case-alert.js";
import { scheduleCheck } from "./case-check.js";
import { BOT, keepCaseMessage, tryChangeCase } from "./case-record.js";
import { overtakenBy, refuse } from "./case-refusals.js";
import { acknowledgesAt, sayToCustomer, tellResolution } from "./case-replies.js";
import type { CaseOutcome, CaseRequest } from "./case-request.js";
import { type CaseMove, type CaseStep, planMove } from "./case-states.js";
import { applySteps, type StepFacts } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { reopenCase } from "./reopen-case.js";
import { dismissReasonOf, labelVerdict, unlabelVerdict } from "./verdict-labels.js";

export type { CaseOutcome, CaseRequest } from "./case-request.js";

/** Longest words of staff that are taken, UTF-16 units. */
export const LONGEST_WORDS = 2_000;

interface Operation {
  readonly move: CaseMove;
  readonly note?: string | null;
  readonly words?: string;
  readonly assignee?: Member;
}

interface Work {
  readonly group: Group;
  readonly row: ComplaintCase;
}

/** Finds the case of a request that this actor may handle; null otherwise. */
export async function caseFor(tx: Transaction, request: CaseRequest): Promise<Work | null> {
  const { caseId, caseNumber } = request;
  if (caseId === undefined && caseNumber === undefined) return null;
  const row = await tx.cases.first(
    caseId === undefined ? { number: caseNumber ?? 0 } : { id: caseId },
  );
  const group = row === null ? null : await tx.directory.groupById(row.groupId);
  if (row === null || group === null) return null;
  const allowed = request.authorised === true || (await tx.staff.includes(group, request.actor.id));
  return allowed ? { group, row } : null;
}

/** The steps of a move on the case as it is; null when it cannot be made or somebody was faster. */
function stepsFor(
  row: ComplaintCase,
  request: CaseRequest,
  { move, words = "", assignee }: Operation,
): readonly CaseStep[] | null {
  const stale = request.version !== undefined && request.version !== row.version;
  if (stale && move !== "note") return null;
  return planMove(row.state, move, {
    assigned: row.assigneeId !== null || assignee !== undefined,
    answered: row.firstReplyAt !== null,
    withWords: words !== "",
  });
}

function stepFacts(
  { group }: Work,
  { at }: CaseRequest,
  { move, note, words, assignee }: Operation,
): StepFacts {
  const resolution = move === "resolve" && words !== undefined && words !== "" ? words : null;
  return {
    group,
    at,
    note: note ?? resolution,
    resolution,
    ...(assignee === undefined ? {} : { assigneeId: assignee.id }),
  };
}

/** Plans, changes by compare-and-set, then does what follows from the steps. */
async function operate(
  tx: Transaction,
  request: CaseRequest,
  operation: Operation,
): Promise<CaseOutcome> {
  const work = await caseFor(tx, request);
  if (work === null) return { kind: "not-found" };
  const { group, row } = work;
  const { at, actor } = request;
  const colleague = await overtakenBy(tx, row, request, operation.move);
  if (colleague !== null) return colleague;
  const steps = stepsFor(row, request, operation);
  if (steps === null) return refuse(tx, row, request, operation.move);
  const next = await tryChangeCase(tx, row, {
    ...applySteps(row, steps, stepFacts(work, request, operation)),
    actorId: actor.id,
    at,
    audited: true,
  });
  if (next === null) {
    const now = (await tx.cases.first({ id: row.id })) ?? row;
    return refuse(tx, now, request, operation.move);
  }
  const done = await followUp(tx, { group, row: next }, { request, operation, steps });
  await refreshAlert(tx, group, done.row, at);
  await refreshTimer(tx, group, done.row, at);
  return { kind: "done", case: done.row, ...(done.hidden ? { hidden: true } : {}) };
}

interface Done {
  readonly request: CaseRequest;
  readonly operation: Operation;
  readonly steps: readonly CaseStep[];
}

async function followUp(
  tx: Transaction,
  { group, row }: Work,
  { request, operation, steps }: Done,
): Promise<{ readonly row: ComplaintCase; readonly hidden: boolean }> {
  const { at, actor } = request;
  if (steps.includes("confirm")) {
    await labelVerdict(tx, row, { complaint: true, operatorId: actor.id, at });
    // Words of staff that follow in the same move are the better acknowledgement.
    const speaks = acknowledgesAt(group, "confirmed") && !steps.includes("acknowledge");
    if (speaks) return { row: await acknowledgeNow(tx, group, row, at), hidden: false };
  }
  if (operation.move === "dismiss") await labelDismissal(tx, row, request, operation);
  if (operation.move === "reply")
    return replyTo(tx, { group, row }, request, operation.words ?? "");
  if (operation.move === "resolve") return tell(tx, { group, row }, at);
  return { row, hidden: false };
}

async function labelDismissal(
  tx: Transaction,
  row: ComplaintCase,
  { actor, at }: CaseRequest,
  { note }: Operation,
): Promise<void> {
  // A duplicate is a complaint all the same: it says nothing about the verdict.
  if (dismissReasonOf(note ?? "") === "duplicate") await unlabelVerdict(tx, row);
  else await labelVerdict(tx, row, { complaint: false, operatorId: actor.id, at });
}

async function replyTo(
  tx: Transaction,
  { group, row }: Work,
  { actor, at }: CaseRequest,
  text: string,
): Promise<{ readonly row: ComplaintCase; readonly hidden: boolean }> {
  const key = `case-reply:${row.id}:${String(row.version)}`;
  const { hidden } = await sayToCustomer(tx, group, row, { text, at, key });
  const id = `said:${key}`;
  await keepCaseMessage(tx, { id, caseId: row.id, memberId: actor.id, part: "reply", text, at });
  return { row, hidden };
}

/** Tells everybody concerned; the case is "told" in the same moment. */
async function tell(
  tx: Transaction,
  { group, row }: Work,
  at: number,
): Promise<{ readonly row: ComplaintCase; readonly hidden: boolean }> {
  const { hidden } = await tellResolution(tx, group, row, at);
  const { patch, entries } = applySteps(row, ["tell"], { group, at });
  const told = await tryChangeCase(tx, row, { patch, entries, actorId: BOT, at, audited: true });
  if (told === null) return { row, hidden };
  await scheduleCheck(tx, group, told, at);
  return { row: told, hidden };
}

function trimmed(words: string): string {
  return words.trim().slice(0, LONGEST_WORDS);
}

/** Says that it is a complaint: the clocks start and the group may hear that it was seen. */
export function confirmCase(tx: Transaction, request: CaseRequest): Promise<CaseOutcome> {
  return operate(tx, request, { move: "confirm" });
}

/** Says that it is no complaint, with the reason in a word or in words; the verdict learns from it. */
export function dismissCase(
  tx: Transaction,
  request: CaseRequest & { readonly reason?: string },
): Promise<CaseOutcome> {
  const reason = trimmed(request.reason ?? "");
  return operate(tx, request, { move: "dismiss", note: reason === "" ? "not_complaint" : reason });
}

/** Gives the case to the actor. */
export async function takeCase(
  tx: Transaction,
  request: CaseRequest & { readonly actor: Member },
): Promise<CaseOutcome> {
  return operate(tx, request, { move: "take", assignee: request.actor });
}

/** Gives the case to a colleague, who has to be staff of the group or its staff room. */
export async function assignCase(
  tx: Transaction,
  request: CaseRequest & { readonly assignee: Member },
): Promise<CaseOutcome> {
  const work = await caseFor(tx, request);
  if (work === null || !(await tx.staff.includes(work.group, request.assignee.id)))
    return { kind: "not-found" };
  const { assignee } = request;
  return operate(tx, request, { move: "assign", assignee, note: assignee.name });
}

/** Keeps a note of staff with the case; nobody else reads it. */
export function noteCase(
  tx: Transaction,
  request: CaseRequest & { readonly text: string },
): Promise<CaseOutcome> {
  return operate(tx, request, { move: "note", note: trimmed(request.text) });
}

/** Says the words to the customer, in the group without personal data; counts as acknowledgement. */
export function replyToCase(
  tx: Transaction,
  request: CaseRequest & { readonly text: string },
): Promise<CaseOutcome> {
  return operate(tx, request, { move: "reply", words: trimmed(request.text) });
}

/** Says what was done; the customers concerned are told. Words are needed before any reply was given. */
export function resolveCase(
  tx: Transaction,
  request: CaseRequest & { readonly text?: string },
): Promise<CaseOutcome> {
  return operate(tx, request, { move: "resolve", words: trimmed(request.text ?? "") });
}

/** Opens a settled case again; after 72 hours a new case that is linked to it. */
export async function reopenByStaff(
  tx: Transaction,
  request: CaseRequest & { readonly reason?: string },
): Promise<CaseOutcome> {
  const work = await caseFor(tx, request);
  if (work === null) return { kind: "not-found" };
  const { group, row } = work;
  if (planMove(row.state, "reopen") === null) return refuse(tx, row, request, "reopen");
  const reporter = await tx.directory.memberById(row.reporterId);
  if (reporter === null) return { kind: "not-found" };
  const { row: next } = await reopenCase(tx, group, row, {
    actor: request.actor,
    member: reporter,
    at: request.at,
    cause: `${request.actor.id}:${String(request.at)}`,
    reason: trimmed(request.reason ?? "") || "staff",
  });
  return { kind: "done", case: next };
}
