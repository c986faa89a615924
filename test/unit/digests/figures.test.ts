import { describe, expect, test } from "vitest";
import {
  caseFigures,
  complainers,
  deadlineAt,
  isOpenAt,
  waitingAt,
} from "#src/digests/case-figures.js";
import {
  dailyWindow,
  shiftLocalDays,
  weeklyWindow,
  withEarlierWeeks,
} from "#src/digests/digest-window.js";
import { customerFeedback, shopFeedback } from "#src/digests/feedback-figures.js";
import { findGroup, nearestGroups } from "#src/digests/nearest-groups.js";
import { offlineTimes } from "#src/digests/offline-time.js";
import { reasonFigures } from "#src/digests/reason-figures.js";
import { replySpecificity } from "#src/digests/reply-specificity.js";
import { withoutPersonal } from "#src/digests/without-personal.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import type { AnswerRow, CaseRow, DigestRows, RunRow } from "#src/store/digest-rows.js";
import { local, ZONE } from "./support/shop.js";

const T = local("2026-11-17 10:00");

function caseRow(patch: Partial<CaseRow>): CaseRow {
  return {
    id: "case",
    number: 1,
    state: "confirmed",
    severity: "P3",
    aspect: "quality",
    affected: 1,
    assigneeId: null,
    openedAt: T,
    lastReportAt: T,
    confirmedAt: T,
    firstReplyAt: null,
    resolvedAt: null,
    closedAt: null,
    acknowledgeDueAt: T + 30 * MINUTE,
    updateDueAt: null,
    resolveDueAt: T + 48 * HOUR,
    reopened: 0,
    ...patch,
  };
}

function run(patch: Partial<RunRow>): RunRow {
  return {
    id: "run",
    kind: "csat",
    openedAt: T,
    closedAt: T + 24 * HOUR,
    eligible: 8,
    survey: 1,
    private: false,
    questions: [],
    ...patch,
  };
}

function answer(member: number, hours: number, patch: Partial<AnswerRow> = {}): AnswerRow {
  return {
    runId: "run",
    questionId: "q1",
    memberId: `member-${member}`,
    numeric: 5,
    rating: true,
    apart: null,
    tags: [],
    outsideN: false,
    words: 0,
    firstAnsweredAt: T + hours * HOUR,
    answeredAt: T + hours * HOUR,
    ...patch,
  };
}

describe("windows", () => {
  test("a daily one starts where the last one ended, else at the local day or the group's first moment", () => {
    const due = local("2026-11-17 20:00");
    const createdAt = local("2026-10-01 09:00");
    expect(dailyWindow(due, ZONE, { lastEnd: null, createdAt }).from).toBe(
      local("2026-11-17 00:00"),
    );
    expect(dailyWindow(due, ZONE, { lastEnd: null, createdAt: T }).from).toBe(T);
    const lastEnd = local("2026-11-15 20:00");
    expect(dailyWindow(due, ZONE, { lastEnd, createdAt })).toEqual({ from: lastEnd, to: due });
    const longAgo = local("2026-09-01 20:00");
    expect(dailyWindow(due, ZONE, { lastEnd: longAgo, createdAt }).from).toBe(
      local("2026-11-10 20:00"),
    );
    expect(dailyWindow(due, ZONE, { lastEnd: null, createdAt: due }).from).toBe(due - 1);
  });

  test("local days keep their clock time over a change of clocks", () => {
    const berlin = "Europe/Berlin";
    const monday = shiftLocalDays(Date.UTC(2026, 9, 26, 19), 0, berlin);
    expect(shiftLocalDays(monday, -7, berlin)).toBe(Date.UTC(2026, 9, 19, 18));
    expect(weeklyWindow(monday, berlin)).toEqual({ from: Date.UTC(2026, 9, 19, 18), to: monday });
  });

  test("are compared with the same weekdays of four weeks, or of longer shifts for longer windows", () => {
    const day = { from: local("2026-11-16 20:00"), to: local("2026-11-17 20:00") };
    const { earlier } = withEarlierWeeks(day, ZONE);
    expect(earlier.map(({ to }) => to)).toEqual([
      local("2026-10-20 20:00"),
      local("2026-10-27 20:00"),
      local("2026-11-03 20:00"),
      local("2026-11-10 20:00"),
    ]);
    const tenDays = { from: local("2026-11-08 00:00"), to: local("2026-11-18 00:00") };
    const longer = withEarlierWeeks(tenDays, ZONE).earlier;
    expect(longer.at(-1)).toEqual({
      from: local("2026-10-25 00:00"),
      to: local("2026-11-04 00:00"),
    });
  });
});

describe("times offline", () => {
  const window = { from: T, to: T + 10 * HOUR };
  const always = [{ startedAt: T - HOUR, lastBeatAt: T + 11 * HOUR }];
  const offline = (
    spans: DigestRows["spans"],
    stretch: typeof window,
    outages: DigestRows["outages"] = [],
  ) => offlineTimes({ spans, outages }, stretch);

  test("are the gaps between lives of the service, longer than five minutes", () => {
    expect(
      offline(
        [
          { startedAt: T - HOUR, lastBeatAt: T + 2 * HOUR },
          { startedAt: T + 2 * HOUR + 4 * MINUTE, lastBeatAt: T + 5 * HOUR },
          { startedAt: T + 7 * HOUR, lastBeatAt: T + 10 * HOUR - MINUTE },
        ],
        window,
      ),
    ).toEqual([{ from: T + 5 * HOUR, to: T + 7 * HOUR }]);
  });

  test("begin with the window when the last life ended before it, and end with it", () => {
    const before = { startedAt: T - 9 * HOUR, lastBeatAt: T - HOUR };
    expect(offline([before], window)).toEqual([window]);
    expect(offline([before, { startedAt: T + HOUR, lastBeatAt: T + 3 * HOUR }], window)).toEqual([
      { from: T, to: T + HOUR },
      { from: T + 3 * HOUR, to: T + 10 * HOUR },
    ]);
  });

  test("side by side lives leave no gap; time before the first life and unknown time are none", () => {
    expect(
      offline(
        [
          { startedAt: T - HOUR, lastBeatAt: T + 10 * HOUR },
          { startedAt: T, lastBeatAt: T + HOUR },
        ],
        window,
      ),
    ).toEqual([]);
    expect(offline([{ startedAt: T + 4 * HOUR, lastBeatAt: T + 10 * HOUR }], window)).toEqual([]);
    expect(offline([], window)).toEqual([]);
  });

  test("are the outages of the group's platform too, as far as they lie in the window", () => {
    const outages = [
      { startedAt: T - HOUR, endedAt: T + HOUR },
      { startedAt: T + 2 * HOUR, endedAt: T + 2 * HOUR + 3 * MINUTE },
      { startedAt: T + 9 * HOUR, endedAt: null },
    ];
    expect(offline(always, window, outages)).toEqual([
      { from: T, to: T + HOUR },
      { from: T + 9 * HOUR, to: T + 10 * HOUR },
    ]);
  });

  test("count time once in which both the service and the platform were away", () => {
    const spans = [{ startedAt: T - HOUR, lastBeatAt: T + 4 * HOUR }];
    const outages = [{ startedAt: T + 3 * HOUR, endedAt: T + 6 * HOUR }];
    expect(offline(spans, window, outages)).toEqual([{ from: T + 3 * HOUR, to: T + 10 * HOUR }]);
  });
});

describe("complaints of a window", () => {
  const window = { from: T, to: T + 10 * HOUR };

  test("unanswered cases stay in sight and hold back the median", () => {
    const figures = caseFigures(
      [
        caseRow({ id: "a", firstReplyAt: T + 10 * MINUTE }),
        caseRow({ id: "b" }),
        caseRow({ id: "c" }),
        caseRow({ id: "d", state: "dismissed" }),
        caseRow({ id: "e", state: "candidate", confirmedAt: null }),
      ],
      window,
    );
    expect(figures).toMatchObject({
      opened: 4,
      unconfirmed: 1,
      confirmed: 3,
      dismissed: 1,
      unanswered: 3,
      openNow: 4,
      firstReply: { n: 1, median: null },
      onTime: { hits: 1, n: 3 },
    });
  });

  test("what happens after the window does not count in it", () => {
    const later = caseRow({
      state: "closed",
      firstReplyAt: T + 11 * HOUR,
      resolvedAt: T + 12 * HOUR,
      closedAt: T + 84 * HOUR,
    });
    expect(isOpenAt(later, window.to)).toBe(true);
    expect(deadlineAt(later, window.to)).toBe(T + 30 * MINUTE);
    expect(caseFigures([later], window)).toMatchObject({
      resolved: 0,
      unanswered: 1,
      openNow: 1,
      overdueNow: 1,
    });
    expect(isOpenAt(later, T + 13 * HOUR)).toBe(false);
  });

  test("once answered, the next update and the resolution are what is due", () => {
    const answered = caseRow({ firstReplyAt: T + MINUTE, updateDueAt: T + 4 * HOUR });
    expect(deadlineAt(answered, T + 2 * HOUR)).toBe(T + 4 * HOUR);
  });

  test("danger comes first, then the most overdue", () => {
    const order = waitingAt(
      [
        caseRow({ id: "a", number: 1, acknowledgeDueAt: T + 5 * HOUR }),
        caseRow({ id: "b", number: 2, acknowledgeDueAt: T + 1 * HOUR }),
        caseRow({ id: "c", number: 3, severity: "P1", acknowledgeDueAt: T + 9 * HOUR }),
      ],
      window.to,
    );
    expect(order.map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  test("members are counted once each, and once per matter", () => {
    const cases = [
      caseRow({ id: "a", aspect: "delivery" }),
      caseRow({ id: "b", aspect: "price" }),
      caseRow({ id: "c", aspect: "price", state: "dismissed" }),
    ];
    const joined = (
      caseId: string,
      memberId: string,
      at = T,
    ): Parameters<typeof complainers>[1][number] => ({
      caseId,
      memberId,
      joinedAt: at,
    });
    expect(
      complainers(
        cases,
        [
          joined("a", "m1"),
          joined("a", "m2"),
          joined("b", "m1"),
          joined("c", "m3"),
          joined("a", "m4", T - 1),
        ],
        window,
      ),
    ).toEqual({ members: 2, byAspect: { delivery: 2, price: 1 } });
  });
});

describe("反馈程度 (F25)", () => {
  test("of customers is the page's example: three parts and an index over all who could answer", () => {
    const answers = [
      answer(1, 0.5, { words: 8 }),
      answer(2, 1),
      answer(3, 3),
      answer(3, 3, { questionId: "why", rating: false, numeric: null, tags: ["pack"] }),
      answer(5, 12),
      answer(9, 1, { questionId: "staff:q1", rating: false, apart: "staff" }),
    ];
    const degree = customerFeedback([run({})], answers, { from: T, to: T + 48 * HOUR });
    // 0.9439 + 0.4454 + 0.5303 + 0.125 over eight members (the page's reaction is no answer here).
    expect(degree?.index).toBeCloseTo(25.56, 1);
    expect(degree).toMatchObject({ eligible: 8, answered: 4, coverage: 0.5 });
    expect(degree?.depth).toBeCloseTo((1 + 0.5 + 0.75 + 0.5) / 4, 6);
  });

  test("counts closed questions only, and is not measured without any", () => {
    expect(
      customerFeedback([run({ closedAt: null })], [answer(1, 1)], { from: T, to: T + 9 * HOUR }),
    ).toBeNull();
  });

  test("of the shop asks whether, how specifically and how soon it answered", () => {
    const words = (caseId: string, part: string, text: string) => ({ caseId, part, text, at: T });
    const degree = shopFeedback(
      [
        caseRow({ id: "a", firstReplyAt: T + 30 * MINUTE }),
        caseRow({ id: "b" }),
        caseRow({ id: "c", openedAt: T + 9.9 * HOUR, acknowledgeDueAt: T + 10.4 * HOUR }),
      ],
      [words("a", "report", "鸡蛋少了五个"), words("a", "reply", "少的五个鸡蛋下午补发")],
      { from: T, to: T + 10 * HOUR },
    );
    // One answered just in time (½) and fully specific, one not at all; the third is not due yet.
    expect(degree).toMatchObject({
      cases: 2,
      answered: 1,
      acknowledged: 0.5,
      specificity: 1,
      speed: 0.5,
    });
    expect(degree?.index).toBeCloseTo(25, 6);
    expect(shopFeedback([], [], { from: T, to: T + HOUR })).toBeNull();
  });

  test.each([
    ["已反馈", "草莓压坏了", 0],
    ["亲，收到", "草莓压坏了", 0],
    ["草莓的事情很抱歉", "草莓压坏了", 0.5],
    ["今晚8点前退款", "草莓压坏了", 0.5],
    ["压坏的草莓今晚退款", "草莓压坏了", 1],
    ["Sorry to hear that", "Two strawberries were crushed", 0],
    ["We refund the strawberries today", "Two strawberries were crushed", 1],
  ] as const)("%s in answer to %s is %d specific", (reply, report, value) => {
    expect(replySpecificity(reply, report)).toBe(value);
  });
});

describe("reasons for low ratings", () => {
  const question = {
    id: "why",
    kind: "multi",
    text: "",
    touchpoint: "product",
    options: [
      { id: "a", label: "包装", aspect: "packaging" },
      { id: "b", label: "太甜" },
      { id: "c", label: "不清楚", outsideN: true },
    ],
  } as const;
  const given = (count: number, tags: readonly string[], first = 0): readonly AnswerRow[] =>
    Array.from({ length: count }, (_, index) =>
      answer(first + index, 1, { questionId: "why", rating: false, numeric: null, tags }),
    );
  const runs = [run({ questions: [question] })];

  test("count people, leave out what stands outside, and are not ranked below a hundred", () => {
    expect(
      reasonFigures(runs, [...given(12, ["a", "b"]), ...given(5, ["a", "c"], 50)], "seed"),
    ).toEqual({
      givers: 17,
      reasons: [
        { aspect: "packaging", label: "包装", count: 17, firstShare: null },
        { aspect: null, label: "太甜", count: 12, firstShare: null },
      ],
    });
  });

  test("say from a hundred on how surely the first is first, the same every time", () => {
    const answers = [...given(60, ["a"]), ...given(50, ["b"], 100)];
    const { reasons } = reasonFigures(runs, answers, "seed");
    expect(reasons[0]?.firstShare).toBeGreaterThan(0.7);
    expect(reasons[0]?.firstShare).toBeLessThan(0.95);
    expect(reasonFigures(runs, answers, "seed")).toEqual(reasonFigures(runs, answers, "seed"));
  });
});

describe("names of groups", () => {
  const groups = ["阳光里3群", "阳光里5群", "花园小区", "Sunshine"].map((name, index) => ({
    name,
    externalId: `room-${index}`,
  }));

  test("nearest first, something to choose from in any case", () => {
    expect(nearestGroups("阳光3群", groups)[0]).toBe("阳光里3群");
    expect(nearestGroups("sunshin", groups)[0]).toBe("Sunshine");
    expect(nearestGroups("花园", groups)[0]).toBe("花园小区");
    expect(nearestGroups("qqqqqqqqqqqqqqq", groups)).toHaveLength(3);
    expect(nearestGroups("x", [])).toEqual([]);
  });

  test("are found by name in any case, or by the platform's id, and never guessed among equals", () => {
    expect(findGroup("SUNSHINE", groups)?.externalId).toBe("room-3");
    expect(findGroup("room-1", groups)?.name).toBe("阳光里5群");
    const twins = [...groups, { name: "花园小区", externalId: "room-9" }];
    expect(findGroup("花园小区", twins)).toBeNull();
    expect(findGroup("room-9", twins)?.externalId).toBe("room-9");
  });
});

describe("words without personal data", () => {
  test.each([
    ["电话 139 1234 5678 打不通", "电话 … 打不通"],
    ["单号20261120998877没到", "单号…没到"],
    ["@小李 怎么回事", "… 怎么回事"],
    ["写信到 li.lei@example.com", "写信到 …"],
    ["2026-11-20 送来 3 斤，19.9 元", "2026-11-20 送来 3 斤，19.9 元"],
    ["第一行\n第二行：", "第一行 第二行"],
  ])("%j becomes %j", (words, clean) => {
    expect(withoutPersonal(words)).toBe(clean);
  });

  test("cuts by characters, never through one", () => {
    expect(withoutPersonal("🍓".repeat(50), 10)).toBe(`${"🍓".repeat(9)}…`);
  });
});
