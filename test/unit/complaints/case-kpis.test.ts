import { describe, expect, test } from "vitest";
import { backlogAge, type CountedCase, caseKpis, waitingQuantile } from "#src/shared/case-kpis.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";

const NOW = 100 * DAY;

function row(patch: Partial<CountedCase> = {}): CountedCase {
  return {
    state: "confirmed",
    openedAt: NOW - HOUR,
    firstReplyAt: null,
    botAcknowledgedAt: null,
    acknowledgeDueAt: null,
    resolveDueAt: null,
    resolvedAt: null,
    reopened: 0,
    escalation: 0,
    ...patch,
  };
}

describe("the time until the first reply", () => {
  test("counts cases without a reply as waiting instead of dropping them", () => {
    const cases = [
      row({ firstReplyAt: NOW - 55 * MINUTE }),
      row({ firstReplyAt: NOW - 40 * MINUTE }),
      row(),
      row(),
    ];
    expect(caseKpis(cases, NOW).firstReply).toEqual({
      n: 4,
      happened: 2,
      waiting: 2,
      median: 20 * MINUTE,
      p90: null,
    });
  });

  test("is of a person: the bot's acknowledgement counts apart", () => {
    const kpis = caseKpis([row({ botAcknowledgedAt: NOW - 59 * MINUTE })], NOW);
    expect(kpis.botAcknowledged).toBe(1);
    expect(kpis.firstReply).toMatchObject({ happened: 0, waiting: 1, median: null });
  });

  test("leaves out dismissed cases and undecided candidates", () => {
    const cases = [row({ state: "dismissed" }), row({ state: "candidate" }), row()];
    expect(caseKpis(cases, NOW).cases).toBe(1);
  });

  test("may be measured in the shop's open time", () => {
    const kpis = caseKpis([row({ firstReplyAt: NOW - 30 * MINUTE })], NOW, () => 7);
    expect(kpis.firstReply.median).toBe(7);
  });
});

describe("quantiles with cases that still wait", () => {
  test("agree with Kaplan and Meier's estimate", () => {
    // Remission times of 6-MP (Freireich 1963): median 23, first quartile 13.
    const happened = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    expect(waitingQuantile(happened, waiting, 0.5)).toBe(23);
    expect(waitingQuantile(happened, waiting, 0.25)).toBe(13);
    expect(waitingQuantile(happened, waiting, 0.9)).toBeNull();
  });

  test("without waiting cases are order statistics, and of nothing unknown", () => {
    expect(waitingQuantile([5, 1, 3, 2, 4], [], 0.5)).toBe(3);
    expect(waitingQuantile([5, 1, 3, 2, 4], [], 1)).toBe(5);
    expect(waitingQuantile([], [], 0.5)).toBeNull();
  });
});

describe("deadlines kept", () => {
  test("a case that was never answered is late; one whose time still runs does not count", () => {
    const dueAt = NOW - 30 * MINUTE;
    const cases = [
      row({ acknowledgeDueAt: dueAt, firstReplyAt: dueAt }),
      row({ acknowledgeDueAt: dueAt, firstReplyAt: dueAt + 1 }),
      row({ acknowledgeDueAt: dueAt }),
      row({ acknowledgeDueAt: NOW + 1 }),
    ];
    expect(caseKpis(cases, NOW).repliedInTime).toEqual({ hits: 1, n: 3 });
  });
});

describe("reopened cases", () => {
  test("are counted once each, out of those resolved 72 hours ago", () => {
    const cases = [
      row({ state: "reopened", reopened: 2 }),
      row({ state: "closed", resolvedAt: NOW - 72 * HOUR }),
      row({ state: "told", resolvedAt: NOW - 71 * HOUR }),
    ];
    expect(caseKpis(cases, NOW).reopened).toEqual({ hits: 1, n: 2 });
  });
});

describe("the backlog", () => {
  test("has the open cases by age, candidates too", () => {
    const cases = [
      row({ state: "candidate", openedAt: NOW - HOUR }),
      row({ openedAt: NOW - 2 * DAY }),
      row({ openedAt: NOW - 8 * DAY }),
      row({ state: "closed", openedAt: NOW - 9 * DAY }),
    ];
    expect(backlogAge(cases, NOW)).toEqual({
      open: 3,
      underOneDay: 1,
      oneToThreeDays: 1,
      threeToSevenDays: 0,
      overSevenDays: 1,
      oldest: 8 * DAY,
    });
    expect(backlogAge([], NOW).oldest).toBeNull();
  });
});
