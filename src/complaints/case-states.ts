import type { CaseState, Severity } from "#entities/vocabulary.js";

/** One step along the line of a case. Every step is written into the case's timeline. */
export type CaseStep =
  | "confirm"
  | "dismiss"
  | "acknowledge"
  | "start"
  | "assign"
  | "note"
  | "reply"
  | "resolve"
  | "tell"
  | "close"
  | "reopen"
  | "escalate";

/** What a person asks for; one move may be several steps. */
export type CaseMove =
  | "confirm"
  | "dismiss"
  | "take"
  | "assign"
  | "note"
  | "reply"
  | "resolve"
  | "close"
  | "reopen";

/** What a move depends on besides the state. */
export interface MoveFacts {
  /** The case has somebody who works on it, or this move names them. */
  readonly assigned?: boolean;
  /** A person has already answered the customer. */
  readonly answered?: boolean;
  /** The move carries words for the customer. */
  readonly withWords?: boolean;
}

type StepTable = Readonly<Record<CaseState, Readonly<Partial<Record<CaseStep, CaseState>>>>>;

/**
 * The allowed steps. Nothing is resolved before it was acknowledged; a case that a customer was
 * answered on is no longer dismissed; a dismissal can be taken back by confirming.
 */
const STEPS: StepTable = {
  candidate: {
    confirm: "confirmed",
    dismiss: "dismissed",
    note: "candidate",
    escalate: "candidate",
  },
  confirmed: {
    acknowledge: "acknowledged",
    dismiss: "dismissed",
    assign: "confirmed",
    note: "confirmed",
    escalate: "confirmed",
  },
  acknowledged: {
    start: "in_progress",
    assign: "acknowledged",
    reply: "acknowledged",
    note: "acknowledged",
    resolve: "resolved",
    escalate: "acknowledged",
  },
  in_progress: {
    assign: "in_progress",
    reply: "in_progress",
    note: "in_progress",
    resolve: "resolved",
    escalate: "in_progress",
  },
  resolved: { tell: "told", close: "closed", reopen: "reopened", note: "resolved" },
  told: { close: "closed", reopen: "reopened", note: "told" },
  closed: { reopen: "reopened", note: "closed" },
  dismissed: { confirm: "confirmed", note: "dismissed" },
  reopened: {
    acknowledge: "acknowledged",
    assign: "reopened",
    note: "reopened",
    escalate: "reopened",
  },
};

/** States in which the shop still owes the customer something (or has to decide whether it does). */
export const OPEN_STATES = [
  "candidate",
  "confirmed",
  "acknowledged",
  "in_progress",
  "reopened",
] as const satisfies readonly CaseState[];

/** True while the case waits for the shop. */
export function isOpen(state: CaseState): boolean {
  return OPEN_STATES.some((open) => open === state);
}

/** The state after one step, or null when the step is not allowed there. */
export function stateAfter(state: CaseState, step: CaseStep): CaseState | null {
  return STEPS[state][step] ?? null;
}

/**
 * The steps that a move takes from a state, or null when it cannot be made there. A reply or a
 * resolution with words acknowledges on its way ("one reply may do both"), and taking, assigning,
 * answering or resolving a candidate confirms it.
 */
export function planMove(
  state: CaseState,
  move: CaseMove,
  facts: MoveFacts = {},
): readonly CaseStep[] | null {
  const steps = stepsOf(state, move, facts);
  if (steps === null) return null;
  let at: CaseState | null = state;
  for (const step of steps) at = at === null ? null : stateAfter(at, step);
  return at === null ? null : steps;
}

function stepsOf(state: CaseState, move: CaseMove, facts: MoveFacts): readonly CaseStep[] | null {
  switch (move) {
    case "confirm":
      return facts.answered === true ? ["confirm", "acknowledge"] : ["confirm"];
    case "dismiss":
    case "note":
    case "close":
    case "reopen":
      return [move];
    case "take":
    case "assign":
      return assignSteps(state, facts);
    case "reply":
      return replySteps(state, facts);
    case "resolve":
      return resolveSteps(state, facts);
  }
}

function assignSteps(state: CaseState, facts: MoveFacts): readonly CaseStep[] {
  if (state === "candidate") {
    return facts.answered === true
      ? ["confirm", "acknowledge", "assign", "start"]
      : ["confirm", "assign"];
  }
  return state === "acknowledged" ? ["assign", "start"] : ["assign"];
}

function replySteps(state: CaseState, facts: MoveFacts): readonly CaseStep[] {
  if (state === "acknowledged" || state === "in_progress") return ["reply"];
  const steps: CaseStep[] = state === "candidate" ? ["confirm", "acknowledge"] : ["acknowledge"];
  if (facts.assigned === true) steps.push("start");
  return steps;
}

function resolveSteps(state: CaseState, facts: MoveFacts): readonly CaseStep[] | null {
  if (state === "acknowledged" || state === "in_progress") return ["resolve"];
  if (facts.withWords !== true) return null;
  return state === "candidate" ? ["confirm", "acknowledge", "resolve"] : ["acknowledge", "resolve"];
}

/** The moves that a person can make from a state without adding words. */
export function movesFrom(state: CaseState): readonly CaseMove[] {
  const moves: readonly CaseMove[] = ["confirm", "dismiss", "take", "resolve", "reopen", "close"];
  return moves.filter((move) => planMove(state, move) !== null);
}

const GRAVITY: Readonly<Record<Severity, number>> = { P1: 3, P2: 2, P3: 1 };

/** The graver of two severities. */
export function graver(a: Severity, b: Severity): Severity {
  return GRAVITY[a] >= GRAVITY[b] ? a : b;
}

/** True when `a` is graver than `b`. */
export function isGraver(a: Severity, b: Severity): boolean {
  return GRAVITY[a] > GRAVITY[b];
}
