import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { QuestionSnapshot } from "#entities/types.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { aboutCount } from "#src/statistics/public-number.js";
import { publicMetrics } from "#src/surveys/publish-result.js";
import { groupResult } from "#src/surveys/result-message.js";
import { type TallyAnswer, tally } from "#src/surveys/tally.js";
import { csatQuestion } from "./survey-scene.js";

const OPTIONS = [
  { id: "A", label: "草莓" },
  { id: "B", label: "蓝莓" },
  { id: "C", label: "樱桃" },
  { id: "D", label: "香蕉" },
];

function question(kind: QuestionKind, extra: Partial<QuestionSnapshot> = {}): QuestionSnapshot {
  return csatQuestion({ kind, options: [], ...extra });
}

function answers(...values: readonly unknown[]): readonly TallyAnswer[] {
  return values.map((value, index) => ({
    memberId: `m${index}`,
    value: JSON.stringify(value),
    answeredAt: 1_000 + index,
  }));
}

function many(count: number, value: unknown): readonly unknown[] {
  return Array.from({ length: count }, () => value);
}

describe("a tally", () => {
  test("gives satisfaction with its Wilson interval, halves included", () => {
    const result = tally(csatQuestion(), answers(...many(7, 5), 4.5, ...many(2, 2)));
    expect(result).toMatchObject({ n: 10, counts: { "5": 7, "4.5": 1, "2": 2 } });
    if (result.figures.kind !== "csat") throw new Error("csat");
    expect(result.figures.csat?.satisfied.value).toBeCloseTo(0.8);
    expect(result.figures.csat?.satisfied.low).toBeCloseTo(0.4902, 4);
    expect(result.figures.csat?.satisfied.high).toBeCloseTo(0.9433, 4);
  });

  test("leaves options outside n out of every measure", () => {
    const result = tally(csatQuestion(), answers(5, 5, "na", "na", 1));
    expect(result).toMatchObject({ n: 3, answerers: 5, outside: [{ label: "没买", count: 2 }] });
    if (result.figures.kind !== "csat") throw new Error("csat");
    expect(result.figures.csat?.satisfied.value).toBeCloseTo(2 / 3);
  });

  test("gives NPS, effort, gap, yes or no and choices", () => {
    const nps = tally(question("nps"), answers(...many(5, 10), ...many(3, 7), ...many(2, 0)));
    expect(nps.figures).toMatchObject({ counts: { promoters: 5, passives: 3, detractors: 2 } });
    const ces = tally(question("ces"), answers(7, 6, 5, 1));
    expect(ces.figures).toMatchObject({ ces: { mean: 4.75, easy: { value: 0.75 } } });
    const gap = tally(question("gap"), answers(1, 1, 0, -1));
    expect(gap.figures).toMatchObject({
      counts: { better: 2, same: 1, worse: 1 },
      net: { value: 0.25 },
    });
    const yes = tally(question("yesno"), answers("yes", "no", "yes"));
    expect(yes.figures).toMatchObject({ yesCount: 2 });
    const multi = tally(question("multi", { options: OPTIONS }), answers(["A", "B"], ["B"]));
    expect(multi).toMatchObject({ n: 2, counts: { A: 1, B: 2 } });
    expect(multi.figures).toMatchObject({ options: [{ count: 1 }, { count: 2 }, {}, {}] });
  });

  test("of nobody has no numbers and does not fail", () => {
    for (const kind of ["csat", "nps", "ces", "gap", "yesno", "choice", "multi", "text"] as const) {
      const result = tally(question(kind, { options: OPTIONS }), []);
      expect(result.n).toBe(0);
      expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
    }
  });

  test("counts the last answer per member, whatever order the answers come in", () => {
    const answer = fc.record({
      memberId: fc.constantFrom("a", "b", "c", "d"),
      value: fc.constantFrom("1", "2", "3", "4", "5", '"na"'),
      answeredAt: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(
        fc
          .array(answer, { maxLength: 20 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
          ),
        ([list, shuffled]) => {
          const result = tally(csatQuestion(), list);
          expect(tally(csatQuestion(), shuffled)).toEqual(result);
          expect(result.answerers).toBe(new Set(list.map((one) => one.memberId)).size);
          expect(result.replaced).toBe(list.length - result.answerers);
        },
      ),
    );
  });
});

const WINDOW = { from: 0, to: 10_000 };

function post(given: QuestionSnapshot, list: readonly TallyAnswer[], eligible = 100): string {
  const metrics = publicMetrics({ question: given, answers: list, window: WINDOW, k: 5 });
  const counted = tally(given, list);
  const about = counted.n < 5 ? null : aboutCount(counted.n);
  return groupResult({
    question: given,
    language: "zh",
    tally: counted,
    metrics,
    about,
    eligible,
    k: 5,
  }).text;
}

describe("what the group is told", () => {
  test("rare options are told only together, and never a group of fewer than five", () => {
    const list = answers(...many(20, "A"), ...many(8, "B"), ...many(3, "C"), ...many(2, "D"));
    const text = post(question("choice", { options: OPTIONS, text: "下次团什么？" }), list);
    expect(text).toBe(
      "【问卷结果】下次团什么？\n约 30 位作答，约占能作答成员的 35%，谢谢！\n" +
        "草莓 约 60%\n其余选项合计 约 40%\n" +
        "想私下补充，私信我就行。不想被问，私信我「免打扰」。",
    );
  });

  test("no NPS below thirty answers", () => {
    const given = question("nps", { text: "愿意推荐我们吗？" });
    const few = answers(...many(12, 10), ...many(6, 7), ...many(5, 3));
    expect(post(given, few)).toContain(
      "回答的人里多数很愿意推荐。作答还不到 30 位，先不算净推荐值。",
    );
    const enough = answers(...many(20, 10), ...many(6, 7), ...many(6, 3));
    expect(post(given, enough)).toContain(
      "回答的人里约 65% 很愿意推荐，约 20% 不太愿意；净推荐值约 45（人数有限，大致在 10 到 70 之间）。",
    );
  });

  test("of several choices each that five chose and five did not", () => {
    const given = question("multi", { options: OPTIONS, text: "主要是哪方面？" });
    const list = answers(...many(10, ["A"]), ...many(6, ["A", "B"]), ...many(3, ["B", "C"]));
    const text = post(given, list);
    expect(text).not.toContain("草莓");
    expect(text).toContain("蓝莓 约 45%\n其余选项选的人少，不单独公布。");
    expect(text).not.toContain("樱桃");
  });

  test("as three shares for the gap, and in words where opinions are spread", () => {
    const given = question("gap", { text: "和预期比怎么样？" });
    expect(post(given, answers(...many(10, 1), ...many(6, 0), ...many(5, -1)))).toContain(
      "回答的人里，约 50% 觉得比预期好，约 30% 一样，约 25% 觉得比预期差。",
    );
    expect(post(given, answers(...many(4, 1), ...many(4, 0), ...many(4, -1)))).toContain(
      "大家的看法比较分散。有的选项选的人少，为保护大家不公布数字。",
    );
  });

  test("never tells of a cell of one to four people", () => {
    const kinds = fc.constantFrom("csat", "choice", "gap", "yesno", "multi" as const);
    fc.assert(
      fc.property(kinds, fc.array(fc.nat(3), { maxLength: 40 }), (kind, picks) => {
        const values: Record<string, readonly unknown[]> = {
          csat: [1, 3, 4, 5],
          choice: ["A", "B", "C", "D"],
          gap: [-1, 0, 1, 1],
          yesno: ["yes", "no", "yes", "yes"],
          multi: [["A"], ["A", "B"], ["C"], ["B", "D"]],
        };
        const given = question(kind, { options: OPTIONS });
        const list = answers(...picks.map((pick) => values[kind]?.[pick]));
        const metrics = publicMetrics({ question: given, answers: list, window: WINDOW, k: 5 });
        for (const { decision } of metrics) {
          if (decision.kind !== "number") continue;
          for (const count of Object.values(decision.record.counts)) {
            expect(count === 0 || count >= 5).toBe(true);
          }
        }
        if (list.length < 5) expect(post(given, list)).not.toMatch(/%/);
      }),
    );
  });
});
