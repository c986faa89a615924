import type { CaseEntry, CaseMessage, ComplaintCase, Group, Member } from "#entities/index.js";
import type { Aspect, CaseState } from "#entities/vocabulary.js";
import type { Transaction } from "#src/store/transaction.js";
import { isOverdue, type OpenTimer, openTimers } from "./case-deadlines.js";
import { timelineOf } from "./case-record.js";
import { type CaseRequest, caseFor } from "./case-service.js";
import { OPEN_STATES } from "./case-states.js";

/** Which cases staff want to see. */
export interface CaseListing {
  /** `group`: all states, the newest first; the others only cases that wait for the shop. */
  readonly filter: "open" | "overdue" | "mine" | "group";
  readonly actor: Pick<Member, "id">;
  readonly at: number;
  readonly groupId?: string;
  readonly limit?: number;
  /** The caller has checked that this actor may see every group. */
  readonly authorised?: boolean;
}

/** One line of a list of cases. */
export interface ListedCase {
  readonly case: ComplaintCase;
  readonly groupName: string;
  readonly assigneeName: string | null;
  /** The next deadline, epoch ms; null when none runs. */
  readonly dueAt: number | null;
  readonly overdue: boolean;
}

/** Everything of one case for staff. */
export interface ShownCase {
  readonly case: ComplaintCase;
  readonly group: Group;
  readonly reporter: Member | null;
  readonly assignee: Member | null;
  readonly timers: readonly OpenTimer[];
  readonly messages: readonly CaseMessage[];
  readonly entries: readonly CaseEntry[];
  readonly members: readonly {
    readonly member: Member | null;
    readonly joinedBy: string;
    readonly joinedAt: number;
    readonly toldAt: number | null;
  }[];
}

/** One of a member's own cases as they may see it. */
export interface OwnCase {
  readonly number: number;
  readonly aspect: Aspect;
  readonly state: CaseState;
  readonly openedAt: number;
  /** When the next step is due, epoch ms; null when nothing is due. */
  readonly nextAt: number | null;
  readonly groupName: string;
}

const DEFAULT_LIMIT = 20;
const MOST_READ = 500;

/** The groups whose cases a member may handle, in a steady order. */
export async function handledGroups(tx: Transaction, memberId: string): Promise<readonly Group[]> {
  const staffed = await tx.directory.memberships.find({
    memberId,
    leftAt: null,
    role: ["staff", "leader"],
  });
  const ids = staffed.map((membership) => membership.groupId);
  if (ids.length === 0) return [];
  const own = await tx.directory.groups.find({ id: ids, purpose: "customers" });
  const bound = await tx.directory.groups.find({ staffGroupId: ids, purpose: "customers" });
  const groups = new Map([...own, ...bound].map((group) => [group.id, group]));
  return [...groups.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** Cases for staff: the most pressing first; `group` the newest first. */
export async function listCases(
  tx: Transaction,
  listing: CaseListing,
): Promise<readonly ListedCase[]> {
  const groups = await groupsFor(tx, listing);
  if (groups.size === 0) return [];
  const { filter, actor, at, limit = DEFAULT_LIMIT } = listing;
  const rows = await tx.cases.find(
    {
      groupId: [...groups.keys()],
      ...(filter === "group" ? {} : { state: OPEN_STATES }),
      ...(filter === "mine" ? { assigneeId: actor.id } : {}),
    },
    { order: { number: "desc" }, limit: MOST_READ },
  );
  const listed: ListedCase[] = [];
  for (const row of rows) {
    const group = groups.get(row.groupId);
    if (group !== undefined) listed.push(await listedCase(tx, group, row, at));
  }
  const wanted = filter === "overdue" ? listed.filter((one) => one.overdue) : listed;
  const ordered = filter === "group" ? wanted : [...wanted].sort(byPressure);
  return ordered.slice(0, limit);
}

async function groupsFor(
  tx: Transaction,
  { actor, groupId, authorised }: CaseListing,
): Promise<ReadonlyMap<string, Group>> {
  const groups =
    authorised === true
      ? await tx.directory.groups.find({ purpose: "customers" })
      : await handledGroups(tx, actor.id);
  return new Map(
    groups
      .filter((group) => groupId === undefined || group.id === groupId)
      .map((group) => [group.id, group]),
  );
}

async function listedCase(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<ListedCase> {
  const assignee = row.assigneeId === null ? null : await tx.directory.memberById(row.assigneeId);
  return {
    case: row,
    groupName: group.name,
    assigneeName: assignee?.name ?? null,
    dueAt: nextDue(row, group),
    overdue: isOverdue(row, group, at),
  };
}

function nextDue(row: ComplaintCase, group: Group): number | null {
  const dues = openTimers(row, group)
    .filter((timer) => timer.kind !== "close")
    .map((timer) => timer.dueAt);
  return dues.length === 0 ? null : Math.min(...dues);
}

function byPressure(a: ListedCase, b: ListedCase): number {
  const grave = a.case.severity.localeCompare(b.case.severity);
  const urgent = Number(b.case.severity === "P1") - Number(a.case.severity === "P1");
  const due = (a.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.dueAt ?? Number.MAX_SAFE_INTEGER);
  return urgent || due || grave || a.case.number - b.case.number;
}

/** One case with its words, people, clocks and timeline; null when it is not this actor's to see. */
export async function showCase(tx: Transaction, request: CaseRequest): Promise<ShownCase | null> {
  const work = await caseFor(tx, request);
  if (work === null) return null;
  const { group, row } = work;
  const joined = await tx.caseMembers.find(
    { caseId: row.id },
    { order: { joinedAt: "asc", id: "asc" } },
  );
  const members: ShownCase["members"][number][] = [];
  for (const { memberId, joinedBy, joinedAt, toldAt } of joined) {
    members.push({
      member: await tx.directory.memberById(memberId),
      joinedBy,
      joinedAt,
      toldAt,
    });
  }
  return {
    case: row,
    group,
    reporter: await tx.directory.memberById(row.reporterId),
    assignee: row.assigneeId === null ? null : await tx.directory.memberById(row.assigneeId),
    timers: openTimers(row, group),
    messages: await tx.caseMessages.find({ caseId: row.id }, { order: { at: "asc", id: "asc" } }),
    entries: await timelineOf(tx, row.id),
    members,
  };
}

/** The member's own cases, the newest first: stage and when the next step is due, nothing of others. */
export async function myCases(
  tx: Transaction,
  member: Pick<Member, "id">,
  limit = 10,
): Promise<readonly OwnCase[]> {
  const joined = await tx.caseMembers.find(
    { memberId: member.id },
    { order: { joinedAt: "desc", id: "asc" }, limit },
  );
  if (joined.length === 0) return [];
  const rows = await tx.cases.find(
    { id: joined.map((one) => one.caseId) },
    { order: { number: "desc" } },
  );
  const own: OwnCase[] = [];
  for (const row of rows) {
    const group = await tx.directory.groupById(row.groupId);
    if (group === null) continue;
    const { number, aspect, state, openedAt } = row;
    own.push({
      number,
      aspect,
      state,
      openedAt,
      nextAt: state === "candidate" ? null : nextDue(row, group),
      groupName: group.name,
    });
  }
  return own;
}
