import { describe, expect, test } from "vitest";
import type { Aspect } from "#entities/vocabulary.js";
import { type Comparable, judgeChanges, usually, verdictOf } from "#src/digests/judge-changes.js";
import type { RatingTally } from "#src/digests/rating-tally.js";

function csat(good: number, n: number): RatingTally {
  return { n, people: n, counts: { v2: n - good, v5: good } };
}

function comparable(patch: Partial<Comparable>): Comparable {
  return {
    ratings: [],
    complaints: { now: { members: 0, byAspect: {} }, before: { members: 0, byAspect: {} } },
    days: 1,
    earlierDays: 4,
    improvements: [],
    ...patch,
  };
}

/** p = 0.03 or so by itself. */
const BETTER = { kind: "csat", now: csat(46, 50), before: csat(150, 200) } as const;

describe("changes of a digest", () => {
  test("one clear difference is a change; among many looked at, it may be chance (F20)", () => {
    const alone = judgeChanges(comparable({ ratings: [BETTER] })).get("csat");
    expect(alone?.p).toBeGreaterThan(0.005);
    expect(alone?.p).toBeLessThan(0.05);
    expect(alone?.direction).toBe("up");
    const quiet: readonly Aspect[] = [
      "quality",
      "shortage",
      "wrong_item",
      "delivery",
      "packaging",
      "price",
      "service",
      "refund",
      "pickup",
      "stock",
      "trust",
      "safety",
    ];
    const among = judgeChanges(
      comparable({
        ratings: [BETTER],
        complaints: {
          now: { members: 12, byAspect: Object.fromEntries(quiet.map((aspect) => [aspect, 1])) },
          before: { members: 48, byAspect: Object.fromEntries(quiet.map((aspect) => [aspect, 4])) },
        },
      }),
    );
    expect(among.size).toBe(14);
    expect(among.get("csat")?.p).toBe(alone?.p);
    expect(among.get("csat")?.direction).toBeNull();
  });

  test("fewer than ten answers on a side, or thirty for NPS, are not compared", () => {
    const few = { kind: "csat", now: csat(9, 9), before: csat(0, 200) } as const;
    const nps = {
      kind: "nps",
      now: { n: 29, people: 29, counts: { v10: 29 } },
      before: { n: 200, people: 200, counts: { v0: 200 } },
    } as const;
    expect(judgeChanges(comparable({ ratings: [few, nps] })).size).toBe(0);
  });

  test("complaints are compared by days, and not with a group's first days", () => {
    const complaints = {
      now: { members: 9, byAspect: { delivery: 9 } },
      before: { members: 4, byAspect: { delivery: 4 } },
    };
    expect(judgeChanges(comparable({ complaints })).get("complaints.delivery")?.direction).toBe(
      "up",
    );
    expect(judgeChanges(comparable({ complaints, earlierDays: 1 })).size).toBe(0);
    expect(usually(4, { days: 1, earlierDays: 4 })).toBe(1);
    expect(usually(4, { days: 1, earlierDays: 2 })).toBeNull();
  });

  test("a verdict on an improvement needs the test, or an interval too narrow to matter", () => {
    const judged = (before: RatingTally, after: RatingTally): string | undefined => {
      const change = judgeChanges(
        comparable({
          improvements: [
            {
              number: 1,
              text: "",
              aspect: null,
              at: 0,
              isNew: false,
              judged: { before, after, complainersBefore: 0, complainersAfter: 0 },
            },
          ],
        }),
      ).get("improvement.1");
      return change === undefined ? undefined : verdictOf(change);
    };
    expect(judged(csat(52, 80), csat(71, 86))).toBe("improved");
    expect(judged(csat(71, 86), csat(52, 80))).toBe("worse");
    expect(judged(csat(14, 20), csat(15, 20))).toBe("no_visible_change");
    expect(judged(csat(800, 1000), csat(805, 1000))).toBe("little_change");
    expect(judged(csat(5, 9), csat(15, 20))).toBeUndefined();
  });
});
