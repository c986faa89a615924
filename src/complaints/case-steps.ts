import type { ComplaintCase, Group } from "#entities/index.js";
import type { CaseState, Severity } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { deadline, deadlinesFrom } from "./case-deadlines.js";
import type { EntryDraft } from "./case-record.js";
import { type CaseStep, graver, stateAfter } from "./case-states.js";

/** What the steps of one moment need to know. */
export interface StepFacts {
  readonly group: Pick<Group, "settings" | "timeZone">;
  readonly at: number;
  /** Reason or words, kept with the last step. */
  readonly note?: string | null;
  readonly assigneeId?: string;
  readonly resolution?: string | null;
}

/** A row after some steps, as what changes, with the timeline. */
export interface Stepped {
  readonly patch: Partial<ComplaintCase>;
  readonly entries: readonly EntryDraft[];
}

/**
 * Takes a case through steps that its state allows and computes state, instants and deadlines.
 * Throws `internal` for a step that is not allowed: the caller plans moves before.
 */
export function applySteps(
  row: ComplaintCase,
  steps: readonly CaseStep[],
  facts: StepFacts,
): Stepped {
  const entries: EntryDraft[] = [];
  let patch: Partial<ComplaintCase> = {};
  let state: CaseState = row.state;
  steps.forEach((step, index) => {
    const next = stateAfter(state, step);
    if (next === null) throw new AppError("internal", `A case in ${state} cannot ${step}.`);
    patch = { ...patch, ...patchOf({ ...row, ...patch }, step, facts), state: next };
    const last = index === steps.length - 1;
    const note = last ? (facts.note ?? null) : null;
    entries.push({ act: step, fromState: state, toState: next, note });
    state = next;
  });
  return { patch, entries };
}

function patchOf(row: ComplaintCase, step: CaseStep, facts: StepFacts): Partial<ComplaintCase> {
  const { at } = facts;
  switch (step) {
    case "confirm":
      return confirmed(row, facts);
    case "acknowledge":
    case "reply":
      return {
        firstReplyAt: row.firstReplyAt ?? at,
        updateDueAt: updateDue(row, facts),
        escalation: 0,
      };
    case "assign":
      return facts.assigneeId === undefined ? {} : { assigneeId: facts.assigneeId };
    case "resolve":
      return { resolvedAt: at, resolution: facts.resolution ?? null, escalation: 0 };
    case "tell":
      return { toldAt: at };
    case "close":
      return { closedAt: at };
    case "reopen":
      return reopened(row, facts);
    case "dismiss":
      return { confirmedAt: null, acknowledgeDueAt: null, resolveDueAt: null };
    case "start":
    case "note":
    case "escalate":
      return {};
  }
}

function confirmed(row: ComplaintCase, { group, at }: StepFacts): Partial<ComplaintCase> {
  const fresh = deadlinesFrom(group, row.severity, at);
  return {
    confirmedAt: row.confirmedAt ?? at,
    // A P1 has its deadlines from the report on.
    acknowledgeDueAt: row.acknowledgeDueAt ?? fresh.acknowledgeDueAt,
    resolveDueAt: row.resolveDueAt ?? fresh.resolveDueAt,
    closedAt: null,
  };
}

function updateDue(row: ComplaintCase, { group, at }: StepFacts): number {
  return deadline(group, row.severity, at, settingsOf(group).targets[row.severity].updateMs);
}

/** A new resolution clock; somebody has to answer within the first-reply time again. */
function reopened(row: ComplaintCase, { group, at }: StepFacts): Partial<ComplaintCase> {
  const fresh = deadlinesFrom(group, row.severity, at);
  return {
    reopened: row.reopened + 1,
    resolvedAt: null,
    toldAt: null,
    closedAt: null,
    resolveDueAt: fresh.resolveDueAt,
    updateDueAt: fresh.acknowledgeDueAt,
    escalation: 0,
  };
}

/** The deadlines of a P1 run from its report, before anybody has confirmed it. */
export function clockOfReport(
  group: StepFacts["group"],
  severity: Severity,
  at: number,
): Pick<ComplaintCase, "acknowledgeDueAt" | "resolveDueAt"> {
  if (severity !== "P1") return { acknowledgeDueAt: null, resolveDueAt: null };
  return deadlinesFrom(group, severity, at);
}

function sooner(old: number | null, due: number): number {
  return Math.min(old ?? due, due);
}

/**
 * What a graver report changes: the severity rises and deadlines that run are tightened, never
 * loosened. Nothing when the severity does not rise.
 */
export function raised(
  row: ComplaintCase,
  severity: Severity,
  facts: Pick<StepFacts, "group" | "at">,
): Partial<ComplaintCase> {
  const next = graver(row.severity, severity);
  if (next === row.severity) return {};
  const { group, at } = facts;
  const running = row.confirmedAt !== null || next === "P1";
  if (!running) return { severity: next };
  const fresh = deadlinesFrom(group, next, at);
  return {
    severity: next,
    resolveDueAt: sooner(row.resolveDueAt, fresh.resolveDueAt),
    ...(row.firstReplyAt === null
      ? { acknowledgeDueAt: sooner(row.acknowledgeDueAt, fresh.acknowledgeDueAt) }
      : { updateDueAt: sooner(row.updateDueAt, updateDue({ ...row, severity: next }, facts)) }),
  };
}
