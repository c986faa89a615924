import type { Aspect, Severity } from "#entities/vocabulary.js";
import { ASPECTS } from "#entities/vocabulary.js";
import { waitingQuantile } from "#src/shared/case-kpis.js";
import { median, ninetiethPercentile } from "#src/statistics/quantiles.js";
import type { CaseMemberRow, CaseRow } from "#src/store/digest-rows.js";
import { type Stretch, within } from "./digest-window.js";

const SETTLED: ReadonlySet<string> = new Set(["resolved", "told", "closed"]);

/** Staff did not say that it was no complaint. */
export function counts(row: CaseRow): boolean {
  return row.state !== "dismissed";
}

/** Somebody of the shop agreed that it is a complaint. */
export function isConfirmed(row: CaseRow): boolean {
  return counts(row) && row.state !== "candidate";
}

/**
 * Whether the shop still owed something at an instant. Of a case that is open today only its
 * beginning is known, so that a reopened one counts as open from its first day.
 */
export function isOpenAt(row: CaseRow, at: number): boolean {
  if (!counts(row) || row.openedAt >= at) return false;
  if (!SETTLED.has(row.state)) return true;
  const settledAt = row.resolvedAt ?? row.closedAt;
  return settledAt !== null && settledAt >= at;
}

/** The deadline that a case was under at an instant, the soonest that was not yet met; or null. */
export function deadlineAt(row: CaseRow, at: number): number | null {
  if (!isOpenAt(row, at)) return null;
  const answered = row.firstReplyAt !== null && row.firstReplyAt < at;
  const running = answered
    ? [row.updateDueAt, row.resolveDueAt]
    : [row.acknowledgeDueAt, row.resolveDueAt];
  const dues = running.filter((due) => due !== null);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Something that waits for a person, with nothing of who said what. */
export interface Waiting {
  readonly number: number;
  readonly aspect: Aspect;
  readonly severity: Severity;
  readonly affected: number;
  readonly dueAt: number | null;
  readonly assigned: boolean;
  readonly candidate: boolean;
}

/** Cases open at an instant: overdue ones first, then by deadline, danger before the rest. */
export function waitingAt(rows: readonly CaseRow[], at: number): readonly Waiting[] {
  return rows
    .filter((row) => isOpenAt(row, at))
    .map((row) => ({
      number: row.number,
      aspect: row.aspect,
      severity: row.severity,
      affected: row.affected,
      dueAt: deadlineAt(row, at),
      assigned: row.assigneeId !== null,
      candidate: row.state === "candidate",
    }))
    .sort((a, b) => urgency(a) - urgency(b) || a.number - b.number);
}

function urgency({ severity, dueAt }: Waiting): number {
  return severity === "P1" ? -1 : (dueAt ?? Number.MAX_SAFE_INTEGER);
}

/** Middle and slow end of a set of durations, ms; null where too many still wait to tell. */
export interface Durations {
  /** How many came to their end. */
  readonly n: number;
  readonly median: number | null;
  /** 90th percentile. */
  readonly slow: number | null;
}

/** What a window's complaints came to. */
export interface CaseFigures {
  readonly opened: number;
  readonly unconfirmed: number;
  readonly confirmed: number;
  readonly dismissed: number;
  readonly resolved: number;
  /** Of those resolved in the window, how many came back at least once. */
  readonly reopened: number;
  readonly openNow: number;
  readonly overdueNow: number;
  /** First reply by a person, of cases opened in the window; those that still wait count as waiting. */
  readonly firstReply: Durations;
  readonly unanswered: number;
  /** Opening to resolution, of cases resolved in the window. */
  readonly resolution: Durations;
  /** First reply within its deadline, of cases whose deadline passed in the window. */
  readonly onTime: { readonly hits: number; readonly n: number };
}

function durations(values: readonly number[]): Durations {
  return { n: values.length, median: median(values), slow: ninetiethPercentile(values) };
}

function waitingTimes(happened: readonly number[], waiting: readonly number[]): Durations {
  return {
    n: happened.length,
    median: waitingQuantile(happened, waiting, 0.5),
    slow: waitingQuantile(happened, waiting, 0.9),
  };
}

/** Counts and speeds of a window (§4.4); unanswered cases stay in sight instead of dropping out. */
export function caseFigures(rows: readonly CaseRow[], window: Stretch): CaseFigures {
  const at = window.to;
  const opened = rows.filter((row) => within(row.openedAt, window));
  const real = opened.filter(counts);
  const isAnswered = (row: CaseRow): boolean => row.firstReplyAt !== null && row.firstReplyAt < at;
  const answered = real.filter(isAnswered);
  const resolved = rows.filter((row) => counts(row) && within(row.resolvedAt, window));
  const judged = rows.filter((row) => isConfirmed(row) && within(row.acknowledgeDueAt, window));
  const open = rows.filter((row) => isOpenAt(row, at));
  return {
    opened: real.length,
    unconfirmed: real.filter((row) => row.state === "candidate").length,
    confirmed: rows.filter((row) => isConfirmed(row) && within(row.confirmedAt, window)).length,
    dismissed: opened.length - real.length,
    resolved: resolved.length,
    reopened: resolved.filter((row) => row.reopened > 0).length,
    openNow: open.length,
    overdueNow: open.filter((row) => (deadlineAt(row, at) ?? at) < at).length,
    firstReply: waitingTimes(
      answered.map((row) => (row.firstReplyAt ?? 0) - row.openedAt),
      real.filter((row) => !isAnswered(row)).map((row) => at - row.openedAt),
    ),
    unanswered: real.filter((row) => isOpenAt(row, at) && !isAnswered(row)).length,
    resolution: durations(resolved.map((row) => (row.resolvedAt ?? 0) - row.openedAt)),
    onTime: {
      hits: judged.filter(
        (row) => row.firstReplyAt !== null && row.firstReplyAt <= (row.acknowledgeDueAt ?? 0),
      ).length,
      n: judged.length,
    },
  };
}

/** Distinct members who complained in a stretch, in all and by aspect. */
export interface Complainers {
  readonly members: number;
  readonly byAspect: Readonly<Partial<Record<Aspect, number>>>;
}

/** Counts distinct members, not messages; a member with two matters counts once in each. */
export function complainers(
  cases: readonly CaseRow[],
  members: readonly CaseMemberRow[],
  stretch: Stretch,
): Complainers {
  const aspectOf = new Map(cases.filter(counts).map((row) => [row.id, row.aspect]));
  const all = new Set<string>();
  const byAspect = new Map<Aspect, Set<string>>();
  for (const { caseId, memberId, joinedAt } of members) {
    const aspect = aspectOf.get(caseId);
    if (aspect === undefined || !within(joinedAt, stretch)) continue;
    all.add(memberId);
    byAspect.set(aspect, (byAspect.get(aspect) ?? new Set<string>()).add(memberId));
  }
  return {
    members: all.size,
    byAspect: Object.fromEntries(
      ASPECTS.flatMap((aspect) => {
        const people = byAspect.get(aspect);
        return people === undefined ? [] : [[aspect, people.size] as const];
      }),
    ),
  };
}
