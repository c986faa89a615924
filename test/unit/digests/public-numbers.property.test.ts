import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decidePublic,
  type Publication,
  shownText,
  type UnitAnswer,
} from "#src/digests/public-numbers.js";
import type { PublishedRow } from "#src/store/digest-rows.js";

const DAY = 86_400_000;
const DAYS = 15;
const K = 5;

/** A question that closed on a day: how many of how many were satisfied. */
interface Run {
  readonly day: number;
  readonly satisfied: number;
  readonly not: number;
}

/** Something the shop does: posts a window, or anybody asks for a report of one. */
interface Step {
  readonly purpose: "post" | "view";
  readonly from: number;
  readonly days: number;
}

const runArbitrary: fc.Arbitrary<Run> = fc.record({
  day: fc.integer({ min: 0, max: DAYS - 1 }),
  satisfied: fc.oneof(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 0, max: 7 })),
  not: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 7 }),
    fc.integer({ min: 5, max: 20 }),
    fc.integer({ min: 5, max: 20 }),
  ),
});

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  purpose: fc.constantFrom("post", "post", "view"),
  from: fc.integer({ min: 0, max: DAYS - 1 }),
  days: fc.constantFrom(1, 1, 2, 3, 7),
});

function answersOf(runs: readonly Run[]): readonly UnitAnswer[] {
  return runs.flatMap(({ day, satisfied, not }, index) =>
    Array.from({ length: satisfied + not }, (_, place) => ({
      answerer: `member-${(place * 7 + index) % 60}`,
      at: day * DAY + DAY / 2,
      cell: place < satisfied ? "satisfied" : "not_satisfied",
      unit: `run-${index}`,
    })),
  );
}

interface Told {
  readonly runs: ReadonlySet<number>;
  readonly publication: Extract<Publication, { kind: "number" }>;
}

/** What a reader gets to see over time: numbers only; posts are remembered, reports are not. */
function tell(runs: readonly Run[], steps: readonly Step[]): readonly Told[] {
  const answers = answersOf(runs);
  const published: PublishedRow[] = [];
  return steps.flatMap(({ purpose, from, days }): readonly Told[] => {
    const window = { from: from * DAY, to: (from + days) * DAY };
    const publication = decidePublic({
      metric: "digest:csat",
      answers,
      window,
      published: [...published],
      since: 0,
      k: K,
      sensitive: true,
      purpose,
    });
    if (publication.kind !== "number") return [];
    if (purpose === "post" && !publication.repeated) {
      published.push({
        metric: publication.metric,
        shown: shownText(publication),
        windowStart: window.from,
        windowEnd: window.to,
      });
    }
    const inside = runs.flatMap((run, index) =>
      run.day >= from && run.day < from + days && run.satisfied + run.not > 0 ? [index] : [],
    );
    return [{ runs: new Set(inside), publication }];
  });
}

/** Up to three of the numbers, the second and third added or taken away. */
function combinations(count: number): readonly (readonly [number, number, number])[] {
  const places = Array.from({ length: count }, (_, index) => index);
  return places.flatMap((i) =>
    places.flatMap((j) => places.filter((k) => j >= i && k >= j).map((k) => [i, j, k] as const)),
  );
}

const SIGNS = [-1, 0, 1].flatMap((b) => [-1, 0, 1].map((c) => [b, c] as const));

/** Sums and differences of up to three numbers that leave whole questions, each once or not at all. */
function derivable(told: readonly Told[], runs: number): readonly ReadonlySet<number>[] {
  const weights = told.map((one) =>
    Array.from({ length: runs }, (_, index) => (one.runs.has(index) ? 1 : 0)),
  );
  return combinations(told.length).flatMap(([i, j, k]) =>
    SIGNS.flatMap(([b, c]) => {
      const sum = Array.from(
        { length: runs },
        (_, run) =>
          (weights[i]?.[run] ?? 0) + b * (weights[j]?.[run] ?? 0) + c * (weights[k]?.[run] ?? 0),
      );
      const usable = [1, -1].some((one) => sum.every((w) => w === 0 || w === one));
      const set = new Set(sum.flatMap((w, run) => (w === 0 ? [] : [run])));
      return usable && set.size > 0 ? [set] : [];
    }),
  );
}

/** A cell of one to four people that follows from these questions together, or null. */
function smallCell(runs: readonly Run[], set: ReadonlySet<number>): string | null {
  const inside = runs.filter((_, index) => set.has(index));
  const satisfied = inside.reduce((sum, run) => sum + run.satisfied, 0);
  const not = inside.reduce((sum, run) => sum + run.not, 0);
  const small = [satisfied, not].some((n) => n > 0 && n < K);
  return small ? JSON.stringify({ satisfied, not, runs: [...set] }) : null;
}

/** Questions that were closed one after the other, and the posts and reports about them. */
const historyArbitrary = fc.tuple(
  fc.array(runArbitrary, { minLength: 1, maxLength: 8 }),
  fc.array(stepArbitrary, { minLength: 1, maxLength: 6 }),
);

describe("numbers told to a group over time", () => {
  test("never allow a cell of one to four people to be worked out, by posts and reports together", () => {
    fc.assert(
      fc.property(historyArbitrary, ([runs, steps]) => {
        const leaks = derivable(tell(runs, steps), runs.length).flatMap(
          (set) => smallCell(runs, set) ?? [],
        );
        expect(leaks).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("are told at all: the rule does not hold by silence", () => {
    // The same histories each time: how many numbers chance brings would differ from run to run.
    const histories = fc.sample(historyArbitrary, { numRuns: 3_000, seed: 20_261_121 });
    const numbers = histories.reduce((sum, [runs, steps]) => sum + tell(runs, steps).length, 0);
    expect(numbers).toBeGreaterThan(1_500);
  });

  test("are rounded, and never below five people", () => {
    fc.assert(
      fc.property(fc.array(runArbitrary, { minLength: 1, maxLength: 4 }), (runs) => {
        for (const { publication } of tell(runs, [{ purpose: "post", from: 0, days: DAYS }])) {
          expect(publication.people).toBeGreaterThanOrEqual(K);
          expect(publication.about % 5).toBe(0);
          for (const percent of Object.values(publication.percentages)) {
            expect(percent % 5).toBe(0);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a public number", () => {
  const window = { from: 0, to: 7 * DAY };
  const base = { metric: "digest:csat", window, since: 0, k: K, sensitive: true } as const;
  const decide = (
    runs: readonly Run[],
    purpose: "post" | "view" = "post",
    published: readonly PublishedRow[] = [],
  ): Publication => decidePublic({ ...base, answers: answersOf(runs), purpose, published });

  test("of several small questions may be told together where none may be told alone", () => {
    const small: readonly Run[] = [
      { day: 1, satisfied: 12, not: 3 },
      { day: 3, satisfied: 12, not: 3 },
    ];
    expect(decide(small)).toMatchObject({
      kind: "number",
      counts: { satisfied: 24, not_satisfied: 6 },
    });
    expect(decide(small, "view")).toEqual({ kind: "words", majority: "satisfied" });
  });

  test("is not told where the result of one question would show a small rest", () => {
    expect(
      decide([
        { day: 1, satisfied: 20, not: 10 },
        { day: 3, satisfied: 20, not: 2 },
      ]),
    ).toEqual({ kind: "words", majority: "satisfied" });
  });

  test("is words when all agree, and nothing below five people", () => {
    expect(decide([{ day: 1, satisfied: 20, not: 0 }])).toEqual({
      kind: "words",
      majority: "satisfied",
    });
    expect(decide([{ day: 1, satisfied: 2, not: 2 }])).toEqual({ kind: "nothing" });
  });

  test("of a week may repeat what its days have told", () => {
    const runs: readonly Run[] = [
      { day: 1, satisfied: 20, not: 10 },
      { day: 3, satisfied: 15, not: 9 },
    ];
    const day = (from: number): PublishedRow => {
      const posted = decidePublic({
        ...base,
        answers: answersOf(runs),
        window: { from: from * DAY, to: (from + 1) * DAY },
        published: [],
        purpose: "post",
      });
      if (posted.kind !== "number") throw new Error("the day was not told");
      return {
        metric: posted.metric,
        shown: shownText(posted),
        windowStart: posted.window.from,
        windowEnd: posted.window.to,
      };
    };
    expect(decide(runs, "post", [day(1), day(3)])).toMatchObject({
      kind: "number",
      repeated: true,
      counts: { satisfied: 35, not_satisfied: 19 },
    });
    const changed = runs.map((run) => ({ ...run, not: run.not - 1 }));
    expect(decide(changed, "post", [day(1), day(3)])).toMatchObject({ kind: "words" });
  });
});
