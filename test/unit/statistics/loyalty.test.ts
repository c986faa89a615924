import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FeedbackSignal,
  feedbackDegree,
  shopFeedbackDegree,
} from "#src/statistics/feedback-degree.js";
import { retentionRate, roundReorderRate } from "#src/statistics/retention.js";
import { silentLoyal } from "#src/statistics/silent-loyal.js";
import { expectContainsItself, must } from "./support.js";

const DAY = 86_400_000;

describe("retention", () => {
  it("leaves out members who joined inside the window", () => {
    const rate = must(retentionRate({ activeAtStart: 60, activeAtEnd: 55, joinedInWindow: 10 }));
    expect(rate.value).toBeNear(0.75, 1e-12);
    expect(rate.low).toBeNear(0.6277);
    expect(rate.high).toBeNear(0.8422);
  });

  it("is null for an empty start and refuses counts that cannot be", () => {
    expect(retentionRate({ activeAtStart: 0, activeAtEnd: 3, joinedInWindow: 3 })).toBeNull();
    expect(() => retentionRate({ activeAtStart: 5, activeAtEnd: 9, joinedInWindow: 1 })).toThrow(
      RangeError,
    );
    expect(() => retentionRate({ activeAtStart: 5, activeAtEnd: 1, joinedInWindow: 2 })).toThrow(
      RangeError,
    );
  });

  it("counts buyers who come back within two rounds, once each", () => {
    const rounds = [
      new Set(["a", "b", "c", "d"]),
      new Set(["a", "x"]),
      new Set(["a", "b"]),
      new Set(["c"]),
    ];
    const rate = must(roundReorderRate(rounds, 0));
    expect(rate.value).toBeNear(0.5, 1e-12);
    expect(rate.n).toBe(4);
    expectContainsItself(rate);
    expect(must(roundReorderRate(rounds, 1)).value).toBeNear(0.5, 1e-12);
  });

  it("is null while the two next rounds are not over, and for no buyers", () => {
    const rounds = [new Set<string>(), new Set(["a"]), new Set(["a"])];
    expect(roundReorderRate(rounds, 0)).toBeNull();
    expect(roundReorderRate(rounds, 1)).toBeNull();
    expect(roundReorderRate(rounds, 7)).toBeNull();
  });
});

/** A member ordering every `gap` days, `count` times, the last time on day 0. */
function regular(gap: number, count: number) {
  return {
    orders: Array.from({ length: count }, (_, i) => -i * gap * DAY),
    lastHeard: -gap * DAY,
    formerlyAnswering: true,
  };
}

describe("silent-loyal watch", () => {
  it("lists a weekly buyer who is three intervals late, and not a monthly buyer after as long", () => {
    const now = 21 * DAY;
    expect(silentLoyal(regular(7, 12), now).kind).toBe("listed");
    expect(silentLoyal(regular(7, 6), now).kind).toBe("listed");
    expect(silentLoyal(regular(30, 12), now)).toEqual({ kind: "not_listed", reason: "not_late" });
    expect(silentLoyal(regular(30, 6), now)).toEqual({ kind: "not_listed", reason: "not_late" });
  });

  it("waits 2.5 median gaps with fewer than eight gaps", () => {
    const member = regular(10, 8);
    expect(silentLoyal(member, 25 * DAY).kind).toBe("not_listed");
    expect(silentLoyal(member, 25 * DAY + 1).kind).toBe("listed");
  });

  it("waits for the 95th percentile of the own gaps with eight or more", () => {
    const days = [0, 5, 10, 15, 20, 25, 30, 35, 61];
    const orders = days.map((day) => day * DAY);
    const member = { orders, lastHeard: 0, formerlyAnswering: true };
    const percentile = 5 + (26 - 5) * (7 * 0.95 - 6);
    expect(silentLoyal(member, (61 + percentile - 0.01) * DAY).kind).toBe("not_listed");
    expect(silentLoyal(member, (61 + percentile + 0.01) * DAY).kind).toBe("listed");
  });

  it("does not list a perfectly regular buyer for being a day late", () => {
    expect(silentLoyal(regular(7, 20), 8 * DAY).kind).toBe("not_listed");
    expect(silentLoyal(regular(7, 20), 11 * DAY)).toEqual({
      kind: "listed",
      lateness: 11 / 10.5,
    });
  });

  it("says why a member is not listed", () => {
    const now = 21 * DAY;
    const late = regular(7, 12);
    const reason = (member: Parameters<typeof silentLoyal>[0]) => {
      const verdict = silentLoyal(member, now);
      return verdict.kind === "not_listed" ? verdict.reason : verdict.kind;
    };
    expect(reason({ ...late, orders: late.orders.slice(0, 3) })).toBe("too_few_orders");
    expect(reason({ ...late, orders: [] })).toBe("too_few_orders");
    expect(reason({ ...late, formerlyAnswering: false })).toBe("never_answered");
    expect(reason({ ...late, lastHeard: null })).toBe("never_answered");
    expect(reason({ ...late, lastHeard: now - DAY })).toBe("heard_lately");
    expect(reason({ ...late, orders: [0, 0, 0, 0] })).toBe("not_late");
  });

  it("does not depend on the order of the orders", () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(days, (all) => {
        const member = { lastHeard: 0, formerlyAnswering: true };
        const orders = all.map((day) => day * DAY);
        const sorted = [...orders].sort((x, y) => x - y);
        const now = 450 * DAY;
        expect(silentLoyal({ ...member, orders }, now)).toEqual(
          silentLoyal({ ...member, orders: sorted }, now),
        );
      }),
    );
  });
});

const place = "group_card";

describe("feedback degree of customers", () => {
  const fixture: readonly FeedbackSignal[] = [
    { kind: "rating_with_text", place, hours: 0.5 },
    { kind: "rating", place, hours: 1 },
    { kind: "rating_with_reason", place, hours: 3 },
    { kind: "reaction", place, hours: 0.2 },
    { kind: "rating", place, hours: 12 },
    { kind: "none" },
    { kind: "none" },
    { kind: "none" },
  ];

  it("V22: index 28.6, coverage .625, depth .60, speed .754", () => {
    const degree = must(feedbackDegree(fixture));
    expect(degree.index).toBeNear(28.6, 0.05);
    expect(degree.coverage).toBeNear(0.625, 1e-9);
    expect(degree.depth).toBeNear(0.6, 1e-9);
    expect(degree.speed).toBeNear(0.754, 5e-4);
    expect(degree.eligible).toBe(8);
  });

  it.each([
    [0, 94.39],
    [1, 44.54],
    [2, 53.03],
    [3, 24.43],
    [4, 12.5],
    [5, 0],
  ])("V22: member %d counts as the vector says", (member, index) => {
    expect(must(feedbackDegree([must(fixture[member])])).index).toBeNear(index, 5e-3);
  });

  it("halves a private answer after 24 hours", () => {
    const late: FeedbackSignal = { kind: "rating_with_text", place: "private_message", hours: 24 };
    expect(must(feedbackDegree([late])).index).toBeNear(50, 1e-9);
  });

  it("has no depth and speed, but an index, when nobody reacts; and is null for nobody", () => {
    expect(feedbackDegree([{ kind: "none" }])).toEqual({
      index: 0,
      coverage: 0,
      depth: null,
      speed: null,
      eligible: 1,
    });
    expect(feedbackDegree([])).toBeNull();
    expect(() => feedbackDegree([{ kind: "rating", place, hours: -1 }])).toThrow(RangeError);
  });

  it("stays within 0…100 and always brings its parts", () => {
    const signal = fc.oneof(
      fc.constant<FeedbackSignal>({ kind: "none" }),
      fc.record({
        kind: fc.constantFrom("reaction", "rating", "rating_with_reason", "rating_with_text"),
        place: fc.constantFrom("group_card", "private_message"),
        hours: fc.double({ min: 0, max: 500, noNaN: true }),
      }),
    );
    fc.assert(
      fc.property(fc.array(signal, { minLength: 1, maxLength: 40 }), (signals) => {
        const degree = must(feedbackDegree(signals));
        expect(degree.index).toBeGreaterThanOrEqual(0);
        expect(degree.index).toBeLessThanOrEqual(100 * degree.coverage + 1e-9);
        expect(Object.keys(degree).sort()).toEqual([
          "coverage",
          "depth",
          "eligible",
          "index",
          "speed",
        ]);
      }),
    );
  });
});

describe("feedback degree of the shop", () => {
  it("multiplies acknowledgement, specificity and speed", () => {
    const degree = must(
      shopFeedbackDegree([
        { kind: "acknowledged", specificity: 1, delay: 0, target: 30 },
        { kind: "acknowledged", specificity: 0.5, delay: 30, target: 30 },
        { kind: "acknowledged", specificity: 0, delay: 0, target: 30 },
        { kind: "unacknowledged" },
      ]),
    );
    expect(degree.index).toBeNear((100 * (1 + 0.25)) / 4, 1e-9);
    expect(degree.acknowledged).toBeNear(0.75, 1e-9);
    expect(degree.specificity).toBeNear(0.5, 1e-9);
    expect(degree.speed).toBeNear(2.5 / 3, 1e-9);
    expect(degree.cases).toBe(4);
  });

  it("is 0 without parts when nothing was acknowledged, and null without cases", () => {
    const degree = must(shopFeedbackDegree([{ kind: "unacknowledged" }]));
    expect(degree).toEqual({ index: 0, acknowledged: 0, specificity: null, speed: null, cases: 1 });
    expect(shopFeedbackDegree([])).toBeNull();
    expect(() =>
      shopFeedbackDegree([{ kind: "acknowledged", specificity: 1, delay: 1, target: 0 }]),
    ).toThrow(RangeError);
  });
});
