import type { ComplaintCase } from "#entities/index.js";
import type { CaseState } from "#entities/vocabulary.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** "Not solved" is possible for this long; before it a resolution proves nothing. */
const REOPEN_WINDOW_MS = 72 * HOUR;

/** The columns of a case that the figures are made from. */
export type CountedCase = Pick<
  ComplaintCase,
  | "state"
  | "openedAt"
  | "firstReplyAt"
  | "botAcknowledgedAt"
  | "acknowledgeDueAt"
  | "resolveDueAt"
  | "resolvedAt"
  | "reopened"
  | "escalation"
>;

/** A time until something happened, over cases of which some still wait. */
export interface WaitingTime {
  /** All cases: those where it happened and those that still wait. */
  readonly n: number;
  readonly happened: number;
  readonly waiting: number;
  /**
   * Median and 90th percentile, ms, by Kaplan and Meier, so that cases that still wait count with
   * the time they have waited. Null while too many wait to tell.
   */
  readonly median: number | null;
  readonly p90: number | null;
}

/** `hits` out of `n`. */
export interface Share {
  readonly hits: number;
  readonly n: number;
}

/** Open cases by how long ago they were reported. */
export interface BacklogAge {
  readonly open: number;
  readonly underOneDay: number;
  readonly oneToThreeDays: number;
  readonly threeToSevenDays: number;
  readonly overSevenDays: number;
  /** Age of the oldest, ms; null without open cases. */
  readonly oldest: number | null;
}

/** The figures of §4.4 over a set of cases. Dismissed cases and undecided candidates are left out. */
export interface CaseKpis {
  readonly cases: number;
  /** Report until the first reply of a person. */
  readonly firstReply: WaitingTime;
  /** Report until the bot's acknowledgement, apart, over the cases that have one. */
  readonly botAcknowledged: number;
  /** First replies in time, out of the cases whose deadline has passed; never answered ones are late. */
  readonly repliedInTime: Share;
  /** Report until (the last) resolution. */
  readonly resolution: WaitingTime;
  readonly resolvedInTime: Share;
  /** Cases reopened at least once, out of those resolved at least 72 h ago or reopened already. */
  readonly reopened: Share;
  /** Cases whose staff had to be reminded of a deadline that still runs. */
  readonly escalated: Share;
  readonly backlog: BacklogAge;
}

/** Time between two instants: calendar time unless open time of the shop is wanted. */
export type Elapsed = (from: number, to: number) => number;

const OPEN: ReadonlySet<CaseState> = new Set([
  "candidate",
  "confirmed",
  "acknowledged",
  "in_progress",
  "reopened",
]);

/**
 * Smallest time by which the share `q` of all cases has it happened, by the product-limit estimate of
 * Kaplan and Meier (1958) over happened and still waiting times; null when it is not reached.
 */
export function waitingQuantile(
  happened: readonly number[],
  waiting: readonly number[],
  q: number,
): number | null {
  if (!(q > 0 && q <= 1)) throw new RangeError("A quantile lies above 0 and at most at 1.");
  const times = [...happened].sort((a, b) => a - b);
  const censored = [...waiting].sort((a, b) => a - b);
  let surviving = 1;
  let atRisk = times.length + censored.length;
  let gone = 0;
  for (const time of times) {
    // Who has waited less long than this says nothing about what happens now.
    while (gone < censored.length && (censored[gone] ?? 0) < time) {
      gone += 1;
      atRisk -= 1;
    }
    surviving *= 1 - 1 / atRisk;
    atRisk -= 1;
    if (surviving <= 1 - q + 1e-12) return time;
  }
  return null;
}

function waitingTime(happened: readonly number[], waiting: readonly number[]): WaitingTime {
  return {
    n: happened.length + waiting.length,
    happened: happened.length,
    waiting: waiting.length,
    median: waitingQuantile(happened, waiting, 0.5),
    p90: waitingQuantile(happened, waiting, 0.9),
  };
}

function inTime(
  rows: readonly CountedCase[],
  now: number,
  pick: (row: CountedCase) => { readonly dueAt: number | null; readonly doneAt: number | null },
): Share {
  let hits = 0;
  let n = 0;
  for (const row of rows) {
    const { dueAt, doneAt } = pick(row);
    if (dueAt === null || dueAt > now) continue;
    n += 1;
    if (doneAt !== null && doneAt <= dueAt) hits += 1;
  }
  return { hits, n };
}

function until(
  rows: readonly CountedCase[],
  now: number,
  pick: (row: CountedCase) => number | null,
  elapsed: Elapsed,
): WaitingTime {
  const happened: number[] = [];
  const waiting: number[] = [];
  for (const row of rows) {
    const doneAt = pick(row);
    if (doneAt === null) waiting.push(elapsed(row.openedAt, Math.max(now, row.openedAt)));
    else happened.push(elapsed(row.openedAt, Math.max(doneAt, row.openedAt)));
  }
  return waitingTime(happened, waiting);
}

/** How old the open cases are at `now`; candidates wait as well, so they count here. */
export function backlogAge(cases: readonly CountedCase[], now: number): BacklogAge {
  const ages = cases
    .filter((row) => OPEN.has(row.state))
    .map((row) => Math.max(0, now - row.openedAt));
  const between = (from: number, to: number): number =>
    ages.filter((age) => age >= from && age < to).length;
  return {
    open: ages.length,
    underOneDay: between(0, DAY),
    oneToThreeDays: between(DAY, 3 * DAY),
    threeToSevenDays: between(3 * DAY, 7 * DAY),
    overSevenDays: between(7 * DAY, Number.POSITIVE_INFINITY),
    oldest: ages.length === 0 ? null : Math.max(...ages),
  };
}

/**
 * The complaint figures at `now` (epoch ms). A case begins when the customer said it, not when staff
 * confirmed it. Nothing is dropped for want of a reply: such cases count as waiting.
 */
export function caseKpis(
  cases: readonly CountedCase[],
  now: number,
  elapsed: Elapsed = (from, to) => to - from,
): CaseKpis {
  const rows = cases.filter((row) => row.state !== "dismissed" && row.state !== "candidate");
  const settled = rows.filter(
    (row) =>
      row.reopened > 0 || (row.resolvedAt !== null && row.resolvedAt <= now - REOPEN_WINDOW_MS),
  );
  return {
    cases: rows.length,
    firstReply: until(rows, now, (row) => row.firstReplyAt, elapsed),
    botAcknowledged: rows.filter((row) => row.botAcknowledgedAt !== null).length,
    repliedInTime: inTime(rows, now, (row) => ({
      dueAt: row.acknowledgeDueAt,
      doneAt: row.firstReplyAt,
    })),
    resolution: until(rows, now, (row) => row.resolvedAt, elapsed),
    resolvedInTime: inTime(rows, now, (row) => ({
      dueAt: row.resolveDueAt,
      doneAt: row.resolvedAt,
    })),
    reopened: { hits: settled.filter((row) => row.reopened > 0).length, n: settled.length },
    escalated: { hits: rows.filter((row) => row.escalation > 0).length, n: rows.length },
    backlog: backlogAge(cases, now),
  };
}
