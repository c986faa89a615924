import type { ComplaintCase, Group } from "#entities/index.js";
import type { OpeningHours } from "#entities/types.js";
import type { Severity } from "#entities/vocabulary.js";
import {
  addBusinessTime,
  type BusinessHours,
  type BusinessPeriod,
  businessTimeBetween,
} from "#src/scheduling/business-hours.js";
import { TimeInputError } from "#src/scheduling/time-input-error.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";

/** What of a group its deadlines depend on. */
export type Clockwork = Pick<Group, "settings" | "timeZone">;

/** The kinds of timers; a case has at most one open timer of each kind. */
export type TimerKind = "triage" | "acknowledge" | "update" | "resolve" | "close";

/** A timer that runs. */
export interface OpenTimer {
  readonly kind: TimerKind;
  readonly dueAt: number;
}

/** A moment at which a timer makes something happen. */
export interface TimerPoint extends OpenTimer {
  /** `warn` at 80 % of the time, `due` at 100 %, `repeat` after it (P1 that nobody has taken). */
  readonly stage: "warn" | "due" | "repeat";
  readonly at: number;
}

/** How long staff have to decide whether a candidate of P2 or P3 is a complaint, in open time. */
export const TRIAGE_MS = 30 * MINUTE;
/** Quiet time after the resolution until a case closes; within it "not solved" reopens the case. */
export const CLOSE_AFTER_MS = 72 * HOUR;
/** A P1 that nobody took is paged again after so many acknowledgement targets past the deadline. */
const PAGE_AGAIN = [1, 3, 6] as const;
const WARN_SHARE = 0.8;
const FARTHEST_MS = 400 * DAY;

/** The opening hours of a severity as the calculation of open time takes them. */
export function businessHoursOf(group: Clockwork, severity: Severity): BusinessHours {
  const hours: OpeningHours = settingsOf(group).hours[severity];
  if (hours.always === true) return { kind: "always" };
  const periods: BusinessPeriod[] = Object.entries(hours.week ?? {}).flatMap(([day, spans]) =>
    spans.map(([from, to]) => ({ weekday: Number(day), from, to })),
  );
  return { kind: "weekly", zone: group.timeZone, periods, holidays: hours.holidays ?? [] };
}

/** Hours that cannot be used must not lose a complaint: then the clock runs day and night. */
function tolerant(compute: () => number, otherwise: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof TimeInputError) return otherwise();
    throw error;
  }
}

/** The deadline `targetMs` of open time after `start`, by the group's hours of this severity. */
export function deadline(
  group: Clockwork,
  severity: Severity,
  start: number,
  targetMs: number,
): number {
  return tolerant(
    () => addBusinessTime(start, targetMs, businessHoursOf(group, severity)),
    () => start + targetMs,
  );
}

/** The first instant at which no more than a fifth of the target's open time is left. */
function warningAt(group: Clockwork, severity: Severity, targetMs: number, dueAt: number): number {
  const left = Math.round(targetMs * (1 - WARN_SHARE));
  const hours = businessHoursOf(group, severity);
  const search = (): number => {
    let near = dueAt;
    let far = targetMs;
    while (far < FARTHEST_MS && businessTimeBetween(dueAt - far, dueAt, hours) <= left) far *= 2;
    let early = dueAt - far;
    while (near - early > 1) {
      const middle = Math.floor((near + early) / 2);
      if (businessTimeBetween(middle, dueAt, hours) <= left) near = middle;
      else early = middle;
    }
    return near;
  };
  return tolerant(search, () => dueAt - left);
}

type Clocked = Pick<
  ComplaintCase,
  | "state"
  | "severity"
  | "openedAt"
  | "lastReportAt"
  | "acknowledgeDueAt"
  | "updateDueAt"
  | "resolveDueAt"
  | "resolvedAt"
  | "toldAt"
  | "assigneeId"
>;

function timer(kind: TimerKind, dueAt: number | null): OpenTimer[] {
  return dueAt === null ? [] : [{ kind, dueAt }];
}

/** The timers that run for a case in its present state, at most one of each kind. */
export function openTimers(row: Clocked, group: Clockwork): readonly OpenTimer[] {
  switch (row.state) {
    case "candidate":
      // The clock of a P1 runs from the report: danger does not wait for a decision.
      return row.severity === "P1"
        ? timer("triage", row.acknowledgeDueAt)
        : timer("triage", deadline(group, row.severity, row.openedAt, TRIAGE_MS));
    case "confirmed":
      return [...timer("acknowledge", row.acknowledgeDueAt), ...timer("resolve", row.resolveDueAt)];
    case "acknowledged":
    case "in_progress":
    case "reopened":
      return [...timer("update", row.updateDueAt), ...timer("resolve", row.resolveDueAt)];
    case "resolved":
    case "told":
      return timer("close", quietSince(row) + CLOSE_AFTER_MS);
    case "closed":
    case "dismissed":
      return [];
  }
}

function quietSince(row: Clocked): number {
  return Math.max(row.resolvedAt ?? 0, row.toldAt ?? 0, row.lastReportAt);
}

/** The moments of all open timers of a case, soonest first. */
export function timerPoints(row: Clocked, group: Clockwork): readonly TimerPoint[] {
  return openTimers(row, group)
    .flatMap((open) => pointsOf(open, row, group))
    .sort((a, b) => a.at - b.at || a.kind.localeCompare(b.kind));
}

function pointsOf(open: OpenTimer, row: Clocked, group: Clockwork): TimerPoint[] {
  const due: TimerPoint = { ...open, stage: "due", at: open.dueAt };
  if (open.kind === "triage" || open.kind === "close") return [due];
  const target = targetOf(open.kind, row.severity, group);
  const warn: TimerPoint = {
    ...open,
    stage: "warn",
    at: warningAt(group, row.severity, target, open.dueAt),
  };
  const unattended =
    open.kind === "acknowledge" && row.severity === "P1" && row.assigneeId === null;
  const again = unattended ? PAGE_AGAIN : [];
  const pages = again.map(
    (times): TimerPoint => ({ ...open, stage: "repeat", at: open.dueAt + times * target }),
  );
  return [warn, due, ...pages];
}

function targetOf(
  kind: "acknowledge" | "update" | "resolve",
  severity: Severity,
  group: Clockwork,
): number {
  const targets = settingsOf(group).targets[severity];
  switch (kind) {
    case "acknowledge":
      return targets.acknowledgeMs;
    case "update":
      return targets.updateMs;
    case "resolve":
      return targets.resolveMs;
  }
}

/** True when a deadline of the shop has passed. */
export function isOverdue(row: Clocked, group: Clockwork, now: number): boolean {
  return openTimers(row, group).some((open) => open.kind !== "close" && open.dueAt <= now);
}

/** The deadlines that start to run when a case is confirmed. */
export function deadlinesFrom(
  group: Clockwork,
  severity: Severity,
  start: number,
): Pick<ComplaintCase, "acknowledgeDueAt" | "resolveDueAt"> & {
  readonly acknowledgeDueAt: number;
  readonly resolveDueAt: number;
} {
  const targets = settingsOf(group).targets[severity];
  return {
    acknowledgeDueAt: deadline(group, severity, start, targets.acknowledgeMs),
    resolveDueAt: deadline(group, severity, start, targets.resolveMs),
  };
}
