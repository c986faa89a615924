import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language, QuestionKind } from "#entities/vocabulary.js";
import { finding } from "#src/surveys/linter-finding.js";
import {
  blocksPosting,
  lintQuestion,
  lintSurvey,
  QUESTION_FLAWS,
} from "#src/surveys/question-linter.js";

const OUT = { label: "不清楚", outsideN: true };

function codes(text: string, language: Language = "zh", kind: QuestionKind = "csat"): string[] {
  return lintQuestion({ text, language, kind, options: [OUT] }).map(({ code }) => code);
}

describe("lintQuestion finds", () => {
  test.each<[text: string, language: Language, code: string]>([
    ["您对商品的质量和价格满意吗？", "zh", "double-barrelled"],
    ["您对送货速度以及服务态度满意吗？", "zh", "double-barrelled"],
    ["包装、口感您满意吗？", "zh", "double-barrelled"],
    ["How satisfied are you with the price and the quality?", "en", "double-barrelled"],
    ["Was the delivery fast and friendly?", "en", "double-barrelled"],
    ["难道您不满意这次的草莓吗？", "zh", "leading"],
    ["您一定很喜欢这次的车厘子，打几分？", "zh", "leading"],
    ["我们优质的草莓您给几分？", "zh", "leading"],
    ["这次的草莓很好吃吧？", "zh", "leading"],
    ["大家都说好吃，您觉得呢？", "zh", "leading"],
    ["How much did you enjoy our strawberries?", "en", "leading"],
    ["Don't you think the price is fair?", "en", "leading"],
    ["How satisfied are you with our excellent service?", "en", "leading"],
    [
      "为了让下周的团购办得更好，请您认真回想这次收到的草莓，然后告诉我们您对它的新鲜度满意吗？",
      "zh",
      "too-long",
    ],
    [
      "Thinking back to all of the strawberries that you received from us in this order, how satisfied are you with their freshness today?",
      "en",
      "too-long",
    ],
    ["您是否同意草莓很新鲜？", "zh", "agree-disagree"],
    ["草莓很新鲜，您同意吗？", "zh", "agree-disagree"],
    ["To what extent do you agree that the fruit was fresh?", "en", "agree-disagree"],
    ["您没有不满意的地方吗？", "zh", "double-negative"],
    ["您不会不推荐我们吧？", "zh", "double-negative"],
    ["Would you not say it was never late?", "en", "double-negative"],
    ["您对履约时效满意吗？", "zh", "jargon"],
    ["您给我们的NPS打几分？", "zh", "jargon"],
    ["How satisfied are you with our last-mile fulfilment?", "en", "jargon"],
    ["五星好评送券！您对这次团购满意吗？", "zh", "incentive"],
    ["打5分返2元，您满意吗？", "zh", "incentive"],
    ["送红包，请给好评", "zh", "incentive"],
    ["Get a coupon for a 5-star rating: how was it?", "en", "incentive"],
    ["Leave a good review and win a free melon", "en", "incentive"],
    ["作答抽奖！您对这次团购满意吗？", "zh", "lottery"],
    ["Answer for a chance to win: how was your order?", "en", "lottery"],
    ["您平时对送货满意吗？", "zh", "recall"],
    ["过去三个月您对送货满意吗？", "zh", "recall"],
    ["How satisfied are you usually with delivery?", "en", "recall"],
  ])("%s (%s): %s", (text, language, code) => {
    expect(codes(text, language)).toContain(code);
  });

  test("a list with more points on one side", () => {
    const lint = (language: Language, labels: readonly string[]): string[] =>
      lintQuestion({
        text: language === "zh" ? "这次怎么样？" : "How was it?",
        language,
        kind: "choice",
        options: [...labels.map((label) => ({ label })), OUT],
      }).map(({ code }) => code);
    expect(lint("zh", ["非常满意", "很满意", "满意", "不满意"])).toEqual(["unbalanced"]);
    expect(lint("en", ["Excellent", "Very good", "Good", "Poor"])).toEqual(["unbalanced"]);
    expect(lint("zh", ["很不满意", "不太满意", "一般", "比较满意", "非常满意"])).toEqual([]);
    expect(lint("en", ["Poor", "Bad", "Neutral", "Good", "Great"])).toEqual([]);
    expect(lint("zh", ["草莓", "蓝莓", "车厘子"])).toEqual([]);
  });

  test("a rating that nobody can decline, unless the kind does not need it", () => {
    const bare = (kind: QuestionKind): string[] =>
      lintQuestion({ text: "您对这次团购满意吗？", language: "zh", kind }).map(({ code }) => code);
    expect(bare("csat")).toEqual(["missing-dont-know"]);
    expect(bare("yesno")).toEqual(["missing-dont-know"]);
    expect(bare("nps")).toEqual([]);
    expect(bare("text")).toEqual([]);
  });

  test("the words at fault", () => {
    const [found] = lintQuestion({
      text: "您平时对送货满意吗？",
      language: "zh",
      kind: "csat",
      options: [OUT],
    });
    expect(found).toMatchObject({ code: "recall", words: "平时" });
  });
});

describe("lintQuestion leaves alone", () => {
  test.each<[text: string, language: Language, kind: QuestionKind]>([
    ["和您下单前的预期相比，这次怎么样？", "zh", "gap"],
    ["商品和介绍一致吗？", "zh", "yesno"],
    ["您和家人还会再买吗？", "zh", "yesno"],
    ["送货及时吗？", "zh", "yesno"],
    ["您愿不愿意不要袋子？", "zh", "yesno"],
    ["下周您想团哪几类？（水果、蔬菜和鸡蛋等）", "zh", "multi"],
    ["这次比预期的好还是差？", "zh", "gap"],
    ["这次的草莓新鲜吗？", "zh", "yesno"],
    ["店家让我很容易解决了这个问题", "zh", "ces"],
    ["Were you satisfied or dissatisfied with this order?", "en", "csat"],
    ["How satisfied are you with your last pick-up?", "en", "csat"],
    ["The shop made it easy for me to handle my issue", "en", "ces"],
    ["您对送货打几分？5分是非常满意", "zh", "csat"],
    ["作答的邻居都有一份小谢礼，您对这次团购满意吗？", "zh", "csat"],
  ])("%s", (text, language, kind) => {
    expect(codes(text, language, kind)).toEqual([]);
  });

  test("agreement is excused only for the fixed effort statement", () => {
    const own = "您同意“店家让我很容易解决了这个问题”吗？您是否同意这句";
    expect(codes(own, "zh", "ces")).not.toContain("agree-disagree");
    expect(codes("您是否同意客服很热心？", "zh", "ces")).toContain("agree-disagree");
  });
});

describe("severity", () => {
  test("a reward for good ratings blocks posting, advice does not", () => {
    const bought = lintQuestion({
      text: "五星好评送券",
      language: "zh",
      kind: "csat",
      options: [OUT],
    });
    const advice = lintQuestion({
      text: "您平时满意吗？",
      language: "zh",
      kind: "csat",
      options: [OUT],
    });
    expect(blocksPosting(bought)).toBe(true);
    expect(blocksPosting(advice)).toBe(false);
    expect(advice).not.toEqual([]);
  });

  test("every finding explains itself in both languages", () => {
    for (const code of [...QUESTION_FLAWS, "no-rating", "overall-not-first"] as const) {
      const { explanation } = finding(code);
      expect(explanation.zh).toMatch(/\p{Script=Han}.*[。”？]$/u);
      expect(explanation.en).toMatch(/[a-z].*[.?"]$/);
    }
  });
});

describe("lintSurvey", () => {
  const rating = {
    text: "您对这次团购满意吗？",
    language: "zh",
    kind: "csat",
    options: [OUT],
  } as const;
  const why = { text: "主要是因为什么？", language: "zh", kind: "text", followUp: true } as const;

  test("passes one rating and one why", () => {
    expect(lintSurvey([rating, why])).toEqual([]);
  });

  test("refuses more than three questions and a survey without a rating", () => {
    expect(lintSurvey([rating, rating, rating, why]).map(({ code }) => code)).toEqual([
      "too-many-questions",
    ]);
    expect(lintSurvey([why]).map(({ code }) => code)).toEqual(["no-rating"]);
    expect(blocksPosting(lintSurvey([]))).toBe(true);
  });

  test("wants the overall rating first and a single why in words", () => {
    const overall = { ...rating, touchpoint: "overall" } as const;
    const detail = { ...rating, touchpoint: "product" } as const;
    expect(lintSurvey([overall, detail])).toEqual([]);
    expect(lintSurvey([detail, overall])).toMatchObject([
      { code: "overall-not-first", question: 1 },
    ]);
    expect(lintSurvey([rating, why, why]).map(({ code }) => code)).toEqual(["two-whys"]);
  });

  test("says which question a finding is about", () => {
    expect(lintSurvey([rating, { ...rating, text: "您平时满意吗？" }])).toMatchObject([
      { code: "recall", question: 1 },
    ]);
  });

  test("tags after a low score need no way out", () => {
    const tags = {
      text: "哪里要改进？",
      language: "zh",
      kind: "multi",
      options: [{ label: "送晚了" }],
    } as const;
    expect(lintSurvey([rating, { ...tags, followUp: true }])).toEqual([]);
    expect(lintSurvey([rating, tags])).toMatchObject([{ code: "missing-dont-know" }]);
  });
});

test("any text gets a verdict", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })),
      fc.constantFrom<Language>("zh", "en"),
      (text, language) => {
        expect(Array.isArray(lintQuestion({ text, language, kind: "csat" }))).toBe(true);
      },
    ),
  );
  for (const piece of ["和", "不", "a and ", "送", "(", "好评送", "is "]) {
    expect(
      lintQuestion({ text: piece.repeat(50_000), language: "zh", kind: "text" }),
    ).toBeDefined();
    expect(
      lintQuestion({ text: piece.repeat(50_000), language: "en", kind: "text" }),
    ).toBeDefined();
  }
});
