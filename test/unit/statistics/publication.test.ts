import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CountedAnswer,
  decidePublication,
  type PublicationDecision,
  type PublicationRequest,
  type PublishedNumber,
} from "#src/statistics/decide-publication.js";
import { must } from "./support.js";

const K = 5;
let people = 0;

/** `count` answers of new people at `at`. */
function answers(at: number, cell: string, count: number): CountedAnswer[] {
  return Array.from({ length: count }, () => {
    people += 1;
    return { answerer: `p${people}`, at, cell };
  });
}

function obstacle(decision: PublicationDecision): string {
  return decision.kind === "words" ? decision.obstacle : decision.kind;
}

/** Posts `windows` one after the other and returns the decisions. */
function postAll(
  windows: readonly (readonly [number, number])[],
  given: readonly CountedAnswer[],
  more: Pick<PublicationRequest, "sensitive" | "k"> = {},
): PublicationDecision[] {
  const history: PublishedNumber[] = [];
  return windows.map(([from, to]) => {
    const decision = decidePublication({
      history,
      candidate: { from, to },
      answers: given,
      ...more,
    });
    if (decision.kind === "number") history.push(decision.record);
    return decision;
  });
}

describe("first public number", () => {
  const given = [...answers(1, "satisfied", 119), ...answers(2, "not", 29)];

  it("is rounded, and its exact counts go to the record alone", () => {
    expect(postAll([[0, 10]], given)).toEqual([
      {
        kind: "number",
        about: 150,
        percentages: { satisfied: 80, not: 20 },
        record: { from: 0, to: 10, counts: { satisfied: 119, not: 29 } },
      },
    ]);
  });

  it("counts from the first instant and up to, but without, the last", () => {
    const [decision] = postAll([[1, 2]], given);
    expect(decision).toMatchObject({ record: { counts: { satisfied: 119 } } });
  });

  it("is nothing below five people, however many answers they gave", () => {
    expect(postAll([[0, 10]], answers(1, "satisfied", 4))).toEqual([
      { kind: "nothing", answerers: 4 },
    ]);
    const often = answers(1, "satisfied", 4).flatMap((one) => [one, one, one]);
    expect(postAll([[0, 10]], often)).toEqual([{ kind: "nothing", answerers: 4 }]);
    expect(postAll([[20, 30]], given)).toEqual([{ kind: "nothing", answerers: 0 }]);
  });

  it("is words when a cell is small, with the majority if there is one", () => {
    const few = [...answers(1, "satisfied", 12), ...answers(1, "not", 4)];
    expect(postAll([[0, 10]], few)).toEqual([
      { kind: "words", obstacle: "small_cell", majority: "satisfied" },
    ]);
    const even = [...answers(1, "satisfied", 4), ...answers(1, "not", 4)];
    expect(postAll([[0, 10]], even)).toEqual([
      { kind: "words", obstacle: "small_cell", majority: null },
    ]);
  });

  it("counts people and not answers in a cell", () => {
    const one = must(answers(1, "not", 1)[0]);
    const mixed = [...answers(1, "satisfied", 9), one, one, one, one, one];
    expect(postAll([[0, 10]], mixed).map(obstacle)).toEqual(["small_cell"]);
  });

  it("is words when all say the same to a sensitive question, and a number otherwise", () => {
    const all = answers(1, "yes", 30);
    expect(postAll([[0, 10]], all, { sensitive: true }).map(obstacle)).toEqual(["unanimous"]);
    expect(postAll([[0, 10]], all)).toMatchObject([{ percentages: { yes: 100 } }]);
  });

  it("follows a higher k", () => {
    const some = [...answers(1, "satisfied", 12), ...answers(1, "not", 7)];
    expect(postAll([[0, 10]], some).map(obstacle)).toEqual(["number"]);
    expect(postAll([[0, 10]], some, { k: 8 }).map(obstacle)).toEqual(["small_cell"]);
    expect(postAll([[0, 10]], answers(1, "x", 4), { k: 1 }).map(obstacle)).toEqual(["nothing"]);
  });

  it("refuses a window that ends before it begins", () => {
    expect(() => postAll([[3, 3]], [])).toThrow(RangeError);
    const history = [{ from: 2, to: 1, counts: {} }];
    expect(() =>
      decidePublication({ history, candidate: { from: 0, to: 1 }, answers: [] }),
    ).toThrow(RangeError);
  });
});

describe("memory over time", () => {
  const week = (w: number, satisfied: number, not: number): CountedAnswer[] => [
    ...answers(7 * w, "satisfied", satisfied),
    ...answers(7 * w + 3, "not", not),
  ];

  it("never holds up a shop that posts week by week", () => {
    const given = [0, 1, 2, 3].flatMap((w) => week(w, 20, 6));
    const weeks = [0, 1, 2, 3].map((w) => [7 * w, 7 * w + 7] as const);
    expect(postAll(weeks, given).map(obstacle)).toEqual(Array(4).fill("number"));
  });

  it("posts a longer window when what it adds is safe by itself", () => {
    const given = [...week(0, 20, 6), ...week(1, 9, 5)];
    const posted = postAll(
      [
        [0, 7],
        [0, 14],
      ],
      given,
    );
    expect(posted.map(obstacle)).toEqual(["number", "number"]);
  });

  it("does not post a longer window that would tell what fewer than five said", () => {
    const given = [...week(0, 20, 6), ...week(1, 9, 1)];
    const posted = postAll(
      [
        [0, 7],
        [0, 14],
      ],
      given,
    );
    expect(posted.map(obstacle)).toEqual(["number", "small_difference"]);
  });

  it("wants five new people since the last post", () => {
    const given = [...week(0, 20, 6), ...answers(8, "satisfied", 4)];
    expect(
      postAll(
        [
          [0, 7],
          [0, 14],
        ],
        given,
      ).map(obstacle),
    ).toEqual(["number", "too_few_new_answerers"]);
    const fifth = [...given, ...answers(9, "satisfied", 1)];
    expect(
      postAll(
        [
          [0, 7],
          [0, 14],
        ],
        fifth,
      ).map(obstacle),
    ).toEqual(["number", "number"]);
    expect(
      postAll(
        [
          [0, 7],
          [0, 7],
        ],
        given,
      ).map(obstacle),
    ).toEqual(["number", "too_few_new_answerers"]);
  });

  it("does not post rolling windows whose ends could be told apart", () => {
    const given = [
      ...answers(0, "satisfied", 2),
      ...answers(3, "satisfied", 20),
      ...answers(8, "satisfied", 9),
    ];
    expect(
      postAll(
        [
          [0, 7],
          [2, 9],
        ],
        given,
      ).map(obstacle),
    ).toEqual(["number", "small_difference"]);
  });

  it("sees a small piece that only three posts together would tell", () => {
    const given = [
      ...answers(0, "satisfied", 9),
      ...answers(5, "satisfied", 3),
      ...answers(10, "satisfied", 9),
    ];
    expect(
      postAll(
        [
          [0, 6],
          [0, 11],
          [5, 11],
        ],
        given,
      ).map(obstacle),
    ).toEqual(["number", "number", "too_few_new_answerers"]);
    const more = [...given, ...answers(12, "satisfied", 9)];
    expect(
      postAll(
        [
          [0, 6],
          [0, 11],
          [5, 13],
        ],
        more,
      ).map(obstacle),
    ).toEqual(["number", "number", "small_difference"]);
  });

  it("keeps a unanimous addition to a sensitive question untold", () => {
    const given = [...week(0, 20, 6), ...week(1, 9, 0)];
    expect(
      postAll(
        [
          [0, 7],
          [0, 14],
        ],
        given,
        { sensitive: true },
      ).map(obstacle),
    ).toEqual(["number", "small_difference"]);
  });

  it("posts nothing over an earlier number whose answers were changed since", () => {
    const before = week(0, 20, 6);
    const history = postAll([[0, 7]], before).flatMap((d) =>
      d.kind === "number" ? [d.record] : [],
    );
    const changed = before.map((one, i) => (i === 0 ? { ...one, cell: "not" } : one));
    const now = [...changed, ...week(1, 9, 6), ...week(2, 9, 6)];
    const decide = (from: number, to: number, given: readonly CountedAnswer[]) =>
      obstacle(decidePublication({ history, candidate: { from, to }, answers: given }));
    expect(decide(0, 14, now)).toBe("earlier_answers_changed");
    expect(decide(7, 14, now)).toBe("number");
    expect(decide(0, 14, [...before, ...week(1, 9, 6)])).toBe("number");
    const removed = [...before.slice(1), ...week(1, 9, 6)];
    expect(decide(0, 14, removed)).toBe("earlier_answers_changed");
    const emptied = [...before.filter((one) => one.cell !== "not"), ...week(1, 9, 6)];
    expect(decide(0, 14, emptied)).toBe("earlier_answers_changed");
  });

  it("looks at changed answers also behind a post that only touches another post", () => {
    const before = [...week(0, 20, 6), ...week(1, 20, 6), ...week(2, 20, 6)];
    const history = postAll(
      [
        [0, 14],
        [7, 21],
      ],
      before,
    ).flatMap((d) => (d.kind === "number" ? [d.record] : []));
    expect(history).toHaveLength(2);
    const changed = before.map((one) => (one.at === 0 ? { ...one, cell: "not" } : one));
    const candidate = { from: 14, to: 28 };
    const now = [...changed, ...week(3, 9, 6)];
    expect(obstacle(decidePublication({ history, candidate, answers: now }))).toBe(
      "earlier_answers_changed",
    );
  });
});

const SLOTS = 12;

interface Step {
  readonly kind: "post" | "change" | "remove" | "add";
  readonly a: number;
  readonly b: number;
  readonly cell: string;
}

const cells = fc.constantFrom("satisfied", "not");

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom("post", "post", "post", "post", "change", "remove", "add"),
    a: fc.nat({ max: SLOTS - 1 }),
    b: fc.nat({ max: SLOTS - 1 }),
    cell: cells,
  }),
  { minLength: 3, maxLength: 12 },
);

const postsOnly = fc.array(
  fc.record<Step>({
    kind: fc.constant("post"),
    a: fc.nat({ max: SLOTS - 1 }),
    b: fc.nat({ max: SLOTS - 1 }),
    cell: cells,
  }),
  { minLength: 3, maxLength: 12 },
);

/** Batches of answers, mostly of none or of enough people, sometimes of too few. */
const batches = fc.array(
  fc.record({
    at: fc.nat({ max: SLOTS - 1 }),
    cell: cells,
    count: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 5, max: 12 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
    ),
  }),
  { minLength: 1, maxLength: 16 },
);

/** Plays a history out and returns all numbers that were posted. */
function play(
  first: readonly CountedAnswer[],
  script: readonly Step[],
  sensitive: boolean,
): PublishedNumber[] {
  let given = [...first];
  const posted: PublishedNumber[] = [];
  for (const { kind, a, b, cell } of script) {
    const victim = given.length === 0 ? 0 : (a * SLOTS + b) % given.length;
    if (kind === "change") given = given.map((x, i) => (i === victim ? { ...x, at: b, cell } : x));
    if (kind === "remove") given = given.filter((_, i) => i !== victim);
    if (kind === "add") given = [...given, ...answers(a, cell, 1 + (b % 7))];
    if (kind !== "post") continue;
    const candidate = { from: Math.min(a, b), to: Math.max(a, b) + 1 };
    const decision = decidePublication({ history: posted, candidate, answers: given, sensitive });
    if (decision.kind === "number") posted.push(decision.record);
  }
  return posted;
}

/**
 * What a reader with exact counts works out: every sum and difference of posts that equals the
 * counts of some set of time slots (or of no slot at all), as counts per cell.
 */
function workedOut(posts: readonly PublishedNumber[]): { slots: number; counts: number[] }[] {
  const found: { slots: number; counts: number[] }[] = [];
  for (let code = 1; code < 3 ** posts.length; code += 1) {
    const signs = posts.map((_, i) => (Math.floor(code / 3 ** i) % 3) - 1);
    const slots = Array.from({ length: SLOTS }, (_, slot) =>
      posts.reduce<number>(
        (sum, { from, to }, i) => sum + (slot >= from && slot < to ? must(signs[i]) : 0),
        0,
      ),
    );
    if (!slots.every((times) => times === 0 || times === 1)) continue;
    const counts = ["satisfied", "not"].map((cell) =>
      posts.reduce((sum, post, i) => sum + must(signs[i]) * (post.counts[cell] ?? 0), 0),
    );
    found.push({ slots: slots.filter((times) => times === 1).length, counts });
  }
  return found;
}

function start(given: readonly { at: number; cell: string; count: number }[]): CountedAnswer[] {
  return given.flatMap(({ at, cell, count }) => answers(at, cell, count));
}

describe("subtraction of posts", () => {
  it("tells no cell of one to four people, by no pair and no larger set of posts", () => {
    let overlapping = 0;
    fc.assert(
      fc.property(batches, postsOnly, (given, script) => {
        const posted = play(start(given), script, false);
        overlapping += countOverlaps(posted);
        for (const { counts } of workedOut(posted.slice(0, 6))) {
          for (const n of counts) expect(n === 0 || n >= K).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
    expect(overlapping).toBeGreaterThan(20);
  });

  it("tells neither that nor who changed an answer when answers come, change and go in between", () => {
    let overlapping = 0;
    fc.assert(
      fc.property(batches, steps, (given, script) => {
        const posted = play(start(given), script, false);
        overlapping += countOverlaps(posted);
        for (const { slots, counts } of workedOut(posted.slice(0, 6))) {
          for (const n of counts) expect(slots === 0 ? n === 0 : n === 0 || n >= K).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
    expect(overlapping).toBeGreaterThan(5);
  });

  it("tells of no group that all of it gave the same answer to a sensitive question", () => {
    let told = 0;
    fc.assert(
      fc.property(batches, postsOnly, (given, script) => {
        const posted = play(start(given), script, true);
        for (const { counts } of workedOut(posted.slice(0, 6))) {
          const [satisfied = 0, not = 0] = counts;
          expect(satisfied > 0).toBe(not > 0);
          told += 1;
        }
      }),
      { numRuns: 600 },
    );
    expect(told).toBeGreaterThan(20);
  });
});

function countOverlaps(posts: readonly PublishedNumber[]): number {
  return posts.flatMap((x, i) => posts.slice(i + 1).filter((y) => x.from < y.to && y.from < x.to))
    .length;
}
