import type { ComplaintCase, Group, Member } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { isOverdue, openTimers } from "#src/complaints/case-deadlines.js";
import { BOT } from "#src/complaints/case-record.js";
import type { CaseOutcome, CaseRequest } from "#src/complaints/case-service.js";
import { type CaseMove, OPEN_STATES, planMove } from "#src/complaints/case-states.js";
import { caseService } from "#src/complaints/complaints.js";
import type {
  CaseAction,
  CaseActionOutcome,
  CaseDetail,
  CaseSummary,
} from "#src/console/contract/care.js";
import type { Page } from "#src/console/contract/common.js";
import type { CaseFilter } from "#src/console/contract/console-port.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";

const EXCERPT = 140;
/** Overdue is computed, not stored: so many open cases are looked at at a time. */
const LOOK = 200;
const MOVES = ["confirm", "dismiss", "take", "note", "reply", "resolve", "reopen"] as const;

/** Cases for the console, the newest first. Throws `invalid-input` for a cursor that is none. */
export async function listForConsole(
  tx: Transaction,
  filter: CaseFilter,
  now: number,
): Promise<Page<CaseSummary>> {
  const groups = await customersGroups(tx, filter.groupId);
  const found: ComplaintCase[] = [];
  let below = numberOf(filter.before);
  // One more than is shown tells whether there is a next page.
  while (found.length <= filter.limit) {
    const rows = await tx.cases.find(
      {
        groupId: [...groups.keys()],
        ...stateOf(filter),
        ...(below === null ? {} : { number: { below } }),
      },
      { order: { number: "desc" }, limit: LOOK },
    );
    found.push(...rows.filter((row) => filter.state !== "overdue" || late(row, groups, now)));
    below = rows.at(-1)?.number ?? 0;
    if (rows.length < LOOK) break;
  }
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const more = found.length > filter.limit && last !== undefined;
  return {
    items: await summariesOf(tx, shown, groups, now),
    next: more ? String(last.number) : null,
  };
}

async function customersGroups(
  tx: Transaction,
  id: string | undefined,
): Promise<ReadonlyMap<string, Group>> {
  const groups = await tx.directory.groups.find({
    purpose: "customers",
    ...(id === undefined ? {} : { id }),
  });
  return new Map(groups.map((group) => [group.id, group]));
}

function stateOf({ state }: CaseFilter) {
  if (state === "all") return {};
  if (state === "closed")
    return {
      state: ["resolved", "told", "closed", "dismissed"] satisfies ComplaintCase["state"][],
    };
  return { state: OPEN_STATES };
}

function numberOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new AppError("invalid-input", "This is no cursor of a page.", {
      field: "before",
      expected: "the value of next of the page before",
    });
  }
  return Number(cursor);
}

function late(row: ComplaintCase, groups: ReadonlyMap<string, Group>, now: number): boolean {
  const group = groups.get(row.groupId);
  return group !== undefined && isOverdue(row, group, now);
}

async function summariesOf(
  tx: Transaction,
  rows: readonly ComplaintCase[],
  groups: ReadonlyMap<string, Group>,
  now: number,
): Promise<readonly CaseSummary[]> {
  if (rows.length === 0) return [];
  const reports = await tx.caseMessages.find(
    { caseId: rows.map((row) => row.id), part: "report" },
    { order: { at: "desc", id: "desc" } },
  );
  // The earliest report of a case comes last, and stays.
  const words = new Map(reports.map((message) => [message.caseId, message.text]));
  const names = await namesOf(
    tx,
    rows.flatMap((row) => row.assigneeId ?? []),
  );
  return rows.flatMap((row) => {
    const group = groups.get(row.groupId);
    const assignee = row.assigneeId === null ? null : (names.get(row.assigneeId) ?? null);
    const excerpt = words.get(row.id) ?? "";
    return group === undefined ? [] : [summaryOf({ row, group, assignee, excerpt }, now)];
  });
}

async function namesOf(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const members = wanted.length === 0 ? [] : await tx.directory.members.find({ id: wanted });
  return new Map(members.map((member) => [member.id, member.name]));
}

interface Summarised {
  readonly row: ComplaintCase;
  readonly group: Group;
  readonly assignee: string | null;
  readonly excerpt: string;
}

function summaryOf({ row, group, assignee, excerpt }: Summarised, now: number): CaseSummary {
  const dues = openTimers(row, group)
    .filter((timer) => timer.kind !== "close")
    .map((timer) => timer.dueAt);
  return {
    id: row.id,
    number: row.number,
    groupId: group.id,
    groupName: group.name,
    state: row.state,
    severity: row.severity,
    aspects: [...row.aspects],
    openedAt: row.openedAt,
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    overdue: isOverdue(row, group, now),
    people: row.affected,
    assignee,
    excerpt: [...excerpt].slice(0, EXCERPT).join(""),
  };
}

/** One case for the console. Throws `not-found`. */
export async function caseForConsole(
  tx: Transaction,
  id: string,
  now: number,
): Promise<CaseDetail> {
  const actor = { id: "console", name: "" };
  const shown = await caseService.show(tx, { caseId: id, actor, at: now, authorised: true });
  if (shown === null) throw new AppError("not-found", "There is no such case.");
  const { case: row, group, messages, entries, assignee } = shown;
  const people = [...messages.map((one) => one.memberId), ...entries.map((one) => one.actorId)];
  const names = await namesOf(tx, people);
  const report = messages.find((message) => message.part === "report");
  return {
    ...summaryOf(
      { row, group, assignee: assignee?.name ?? null, excerpt: report?.text ?? "" },
      now,
    ),
    version: row.version,
    messages: messages.map((message) => ({
      id: message.id,
      at: message.at,
      member: names.get(message.memberId) ?? "",
      text: message.text,
      evidence: message === report ? evidenceIn(row, message.text) : [],
    })),
    history: entries.map((entry) => ({
      at: entry.at,
      kind: entry.act,
      by: entry.actorId === BOT ? null : (names.get(entry.actorId) ?? ""),
      note: entry.note ?? "",
    })),
    actions: MOVES.filter((move) => isPossible(row, move)),
  };
}

/** The words that weighed in the verdict; none of a text that was taken back or changed since. */
function evidenceIn(
  row: ComplaintCase,
  text: string | null,
): CaseDetail["messages"][number]["evidence"] {
  if (text === null) return [];
  return row.verdict.evidence
    .filter(({ text: words, start, end }) => words !== "" && end > start && end <= text.length)
    .map(({ text: words, start, end, source, weight }) => ({
      text: words,
      start,
      end,
      source,
      weight,
    }));
}

function isPossible(row: ComplaintCase, move: (typeof MOVES)[number]): boolean {
  const facts = {
    assigned: row.assigneeId !== null,
    answered: row.firstReplyAt !== null,
    withWords: true,
  };
  return planMove(row.state, move, facts) !== null;
}

/** Who acts, and how they are answered. */
export interface ConsoleOperator {
  readonly member: Member;
  readonly language: Language;
  readonly now: number;
}

/**
 * Does what an operator asks, in the transaction of the caller. Whoever comes second is told what
 * changed; both deeds are in the audit. Throws `not-found`, and `invalid-input` for missing words.
 */
export async function actOnCase(
  tx: Transaction,
  id: string,
  action: CaseAction,
  { member, language, now }: ConsoleOperator,
): Promise<CaseActionOutcome> {
  const request: CaseRequest & { readonly actor: Member } = {
    caseId: id,
    actor: member,
    at: now,
    authorised: true,
    ...(action.version === undefined ? {} : { version: action.version }),
  };
  const outcome = await perform(tx, action, request);
  if (outcome.kind === "not-found") throw new AppError("not-found", "There is no such case.");
  if (outcome.kind !== "done") {
    await tx.record({
      at: now,
      actorId: member.id,
      act: `case.${action.action}.refused`,
      subject: `case:${outcome.case.id}`,
      detail: { number: outcome.case.number, state: outcome.case.state },
    });
  }
  const group = await tx.directory.groupById(outcome.case.groupId);
  const move: CaseMove = action.action;
  return {
    done: outcome.kind === "done",
    message: caseService.words(move, outcome, {
      language,
      timeZone: group?.timeZone ?? "UTC",
      assignee: member.name,
    }),
    case: await caseForConsole(tx, outcome.case.id, now),
  };
}

function perform(
  tx: Transaction,
  { action, text = "" }: CaseAction,
  request: CaseRequest & { readonly actor: Member },
): Promise<CaseOutcome> {
  const words = text.trim();
  switch (action) {
    case "confirm":
      return caseService.confirm(tx, request);
    case "dismiss":
      return caseService.dismiss(tx, { ...request, reason: words });
    case "take":
      return caseService.take(tx, request);
    case "note":
      return caseService.note(tx, { ...request, text: needed(words) });
    case "reply":
      return caseService.reply(tx, { ...request, text: needed(words) });
    case "resolve":
      return caseService.resolve(tx, { ...request, text: words });
    case "reopen":
      return caseService.reopen(tx, { ...request, reason: words });
  }
}

function needed(words: string): string {
  if (words !== "") return words;
  throw new AppError("invalid-input", "This needs some words.", {
    field: "text",
    expected: "1 to 2000 characters",
  });
}
