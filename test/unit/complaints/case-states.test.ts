import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CASE_STATES, type CaseState } from "#entities/vocabulary.js";
import {
  type CaseMove,
  isOpen,
  movesFrom,
  planMove,
  stateAfter,
} from "#src/complaints/case-states.js";

const MOVES: readonly CaseMove[] = [
  "confirm",
  "dismiss",
  "take",
  "assign",
  "note",
  "reply",
  "resolve",
  "close",
  "reopen",
];

function statesOn(state: CaseState, steps: readonly Parameters<typeof stateAfter>[1][]) {
  const reached: (CaseState | null)[] = [];
  let at: CaseState | null = state;
  for (const step of steps) {
    at = at === null ? null : stateAfter(at, step);
    reached.push(at);
  }
  return reached;
}

describe("the moves of a case", () => {
  test("every plan consists of allowed steps only", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CASE_STATES),
        fc.constantFrom(...MOVES),
        fc.record({ assigned: fc.boolean(), answered: fc.boolean(), withWords: fc.boolean() }),
        (state, move, facts) => {
          const steps = planMove(state, move, facts);
          if (steps !== null) expect(statesOn(state, steps)).not.toContain(null);
        },
      ),
    );
  });

  test("nothing is resolved that was not acknowledged before", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(...MOVES),
            fc.record({ assigned: fc.boolean(), answered: fc.boolean(), withWords: fc.boolean() }),
          ),
          { maxLength: 30 },
        ),
        (moves) => {
          let state: CaseState = "candidate";
          let acknowledged = false;
          for (const [move, facts] of moves) {
            for (const step of planMove(state, move, facts) ?? []) {
              if (step === "acknowledge") acknowledged = true;
              if (step === "reopen") acknowledged = false;
              if (step === "resolve") expect(acknowledged).toBe(true);
              state = stateAfter(state, step) ?? state;
            }
          }
        },
      ),
    );
  });

  test("a reply confirms and acknowledges a candidate in one go", () => {
    expect(planMove("candidate", "reply")).toEqual(["confirm", "acknowledge"]);
  });

  test("a resolution without words is refused while nobody has answered", () => {
    expect(planMove("confirmed", "resolve")).toBeNull();
    expect(planMove("confirmed", "resolve", { withWords: true })).toEqual([
      "acknowledge",
      "resolve",
    ]);
    expect(planMove("acknowledged", "resolve")).toEqual(["resolve"]);
  });

  test("a reopened case has to be answered again", () => {
    const resolvable = CASE_STATES.filter((state) => stateAfter(state, "resolve") !== null);
    expect(resolvable).toEqual(["acknowledged", "in_progress"]);
    expect(planMove("reopened", "resolve")).toBeNull();
  });

  test("a dismissal can be taken back, an answered case no longer dismissed", () => {
    expect(planMove("dismissed", "confirm")).toEqual(["confirm"]);
    expect(planMove("acknowledged", "dismiss")).toBeNull();
    expect(planMove("told", "dismiss")).toBeNull();
  });

  test("whatever happens, an open case can be brought to its end", () => {
    for (const state of CASE_STATES.filter(isOpen)) {
      expect(planMove(state, "resolve", { withWords: true })).not.toBeNull();
    }
    expect(movesFrom("told")).toEqual(["reopen", "close"]);
  });
});
