import { describe, expect, test } from "vitest";
import type { Language, QuestionKind } from "#entities/vocabulary.js";
import { followUpMessage } from "#src/surveys/follow-up.js";
import { closedCard, readVoteButton, surveyCard } from "#src/surveys/survey-card.js";
import { at, csatQuestion, DAY_ONE, WHY_TAGS, ZONE } from "./survey-scene.js";

const RUN = { id: "run1", closesAt: at(DAY_ONE, "20:00") };

function card(language: Language, extra = {}, reminder = false) {
  const group = { language, timeZone: ZONE };
  return surveyCard({ run: RUN, question: csatQuestion(extra), group, reminder });
}

const EN = {
  text: "How satisfied are you with how fresh the strawberries were?",
  options: [{ id: "na", label: "did not buy", outsideN: true }],
};

describe("the card of a survey", () => {
  test("in Chinese, with buttons", () => {
    const { text, choices } = card("zh");
    expect(text).toBe(
      "【小问卷】这次草莓的新鲜度，您满意吗？\n" +
        "1 很不满意，5 非常满意\n" +
        "点一下按钮就行，截止前可以改，以最后一次为准。\n" +
        "截止时间 11月2日 20:00。\n" +
        "截止前不显示结果；群里只公布汇总、不点名，店家看到的也是汇总和不带名字的留言。留言里提到问题的，会有人来跟进。",
    );
    expect(choices).toEqual([
      {
        action: "vote",
        choices: [
          { label: "1 很不满意", value: "run1|q1|1" },
          { label: "2 不太满意", value: "run1|q1|2" },
          { label: "3 一般", value: "run1|q1|3" },
          { label: "4 比较满意", value: "run1|q1|4" },
          { label: "5 非常满意", value: "run1|q1|5" },
          { label: "没买", value: "run1|q1|na" },
        ],
      },
    ]);
  });

  test("in Chinese, without buttons", () => {
    expect(card("zh").textWithoutButtons).toBe(
      "【小问卷】这次草莓的新鲜度，您满意吗？\n" +
        "1 很不满意\n2 不太满意\n3 一般\n4 比较满意\n5 非常满意\n" +
        "回复数字 1–5 就行，也可以引用本条回复，比如「4」或「2，送得太晚了」。\n" +
        "不适用就回复「没买」，不算进结果。\n" +
        "在群里回复大家看得到，想私下说就私信我；截止前可以改，以最后一次为准。\n" +
        "截止时间 11月2日 20:00。\n" +
        "截止前不显示结果；群里只公布汇总、不点名，店家看到的也是汇总和不带名字的留言。留言里提到问题的，会有人来跟进。",
    );
  });

  test("in English, with and without buttons", () => {
    const { text, textWithoutButtons } = card("en", EN);
    expect(text).toBe(
      "[Quick question] How satisfied are you with how fresh the strawberries were?\n" +
        "1 = very dissatisfied, 5 = very satisfied\n" +
        "One tap is enough. You can change it until it closes; the last answer counts.\n" +
        "Closes 2 Nov, 20:00.\n" +
        "Results stay hidden until then. The group sees a summary without names; the shop also sees the comments, without names. Problems you mention are followed up.",
    );
    expect(textWithoutButtons?.split("\n").slice(1, 7)).toEqual([
      "1 Very dissatisfied",
      "2 Somewhat dissatisfied",
      "3 Neutral",
      "4 Somewhat satisfied",
      "5 Very satisfied",
      'Reply with a number from 1 to 5, or quote this, e.g. "4" or "2, came too late".',
    ]);
  });

  const kinds: readonly QuestionKind[] = [
    "csat",
    "nps",
    "ces",
    "yesno",
    "gap",
    "choice",
    "multi",
    "text",
  ];
  for (const language of ["zh", "en"] as const) {
    test(`of every kind in ${language} fits 600 characters and has no line that ends in a colon`, () => {
      for (const kind of kinds) {
        const listed = kind === "choice" || kind === "multi";
        const options = listed ? WHY_TAGS.options : EN.options;
        for (const reminder of [false, true]) {
          const given = card(language, { ...EN, kind, options }, reminder);
          for (const text of [given.text, given.textWithoutButtons ?? ""]) {
            expect(text.length).toBeLessThanOrEqual(600);
            expect(text).not.toMatch(/[:：]\n/);
            expect(text).not.toMatch(/undefined|NaN/);
          }
        }
      }
    });
  }

  test("offers each scale whole, lowest first", () => {
    const labels = (kind: QuestionKind) =>
      card("zh", { kind, options: [] }).choices?.[0]?.choices.map((choice) => choice.label);
    expect(labels("nps")).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    expect(labels("ces")).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(labels("gap")).toEqual(["1 比预期差", "2 和预期一样", "3 比预期好"]);
    expect(labels("yesno")).toEqual(["是", "否"]);
  });

  test("numbers listed options the way they are typed, and adds a way to start over", () => {
    const labels = (kind: QuestionKind) =>
      card("zh", { kind, options: WHY_TAGS.options }).choices?.[0]?.choices.map((one) => one.label);
    expect(labels("choice")).toEqual(["A 送晚了", "B 不新鲜", "C 少发"]);
    expect(labels("multi")).toEqual(["1 送晚了", "2 不新鲜", "3 少发", "清空"]);
  });

  test("turns into a closed one without buttons", () => {
    expect(closedCard(csatQuestion(), { language: "zh" })).toEqual({
      text: "【小问卷·已结束】这次草莓的新鲜度，您满意吗？\n已经截止，谢谢参与。结果请看群里的汇总。",
    });
    expect(closedCard(csatQuestion(EN), { language: "en" }).text).toContain("closed");
  });
});

describe("a vote button", () => {
  test("reads back what it carries, bars in the answer included", () => {
    expect(readVoteButton("r|q|a|b")).toEqual({ runId: "r", questionId: "q", answer: "a|b" });
    expect(readVoteButton("r|q")).toBeNull();
    expect(readVoteButton("")).toBeNull();
  });
});

describe("a follow-up in English", () => {
  test("asks for a tap where there are buttons and for numbers or words where there are none", () => {
    const tags = { ...WHY_TAGS, text: "What was it about?" };
    const message = followUpMessage({ id: "run1" }, tags, "en");
    expect(message.text).toBe(
      "Thank you, noted.\nWhat was it about?\nOne tap is enough, or just ignore this.",
    );
    expect(message.textWithoutButtons?.split("\n").at(-1)).toBe(
      "Reply with the numbers or one sentence, or just ignore this.",
    );
    expect(message.choices?.[0]).toMatchObject({ action: "follow" });
  });
});
