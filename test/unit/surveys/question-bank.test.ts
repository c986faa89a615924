import { describe, expect, test } from "vitest";
import { ASPECTS, LANGUAGES, QUESTION_KINDS, TOUCHPOINTS } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import {
  CES_STATEMENT,
  NPS_END_LABELS,
  POINT_LABELS,
  scaleDirection,
} from "#src/i18n/scale-points.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import { isAppError } from "#src/shared/app-error.js";
import { bankQuestion, bankSurvey, findBankQuestions } from "#src/surveys/question-bank.js";
import { ASPECT_TAGS } from "#src/surveys/question-bank-labels.js";
import { QUESTION_BANK } from "#src/surveys/question-bank-questions.js";
import { lintSurvey } from "#src/surveys/question-linter.js";
import { parseReply } from "#src/surveys/reply/parse-reply.js";

const EVERY = QUESTION_BANK.flatMap((question) =>
  LANGUAGES.map((language) => ({ id: question.id, language, question })),
);

describe("the question bank", () => {
  test("has a question at each touchpoint, of each kind and in each area", () => {
    expect(
      TOUCHPOINTS.filter((touchpoint) => findBankQuestions({ touchpoint }).length === 0),
    ).toEqual([]);
    expect(QUESTION_KINDS.filter((kind) => findBankQuestions({ kind }).length === 0)).toEqual([]);
    const areas = ["satisfaction", "product", "service"] as const;
    expect(areas.filter((area) => findBankQuestions({ area, kind: "csat" }).length === 0)).toEqual(
      [],
    );
  });

  test("every id is there once, and an unknown one is refused with the known ones", () => {
    expect(new Set(QUESTION_BANK.map(({ id }) => id)).size).toBe(QUESTION_BANK.length);
    expect(bankQuestion("product-quality").touchpoint).toBe("product");
    let caught: unknown;
    try {
      bankQuestion("nothing");
    } catch (error) {
      caught = error;
    }
    expect(isAppError(caught, "not-found")).toBe(true);
  });

  test.each(EVERY)("$id ($language) passes the linter", ({ question, language }) => {
    const survey = bankSurvey(question, language).map((part) => ({
      ...part,
      language,
      followUp: part.askedWhen !== undefined,
    }));
    const findings = lintSurvey(survey);
    // A question without a score is an addition to a survey, not a survey of its own.
    const alone = ["choice", "multi", "text"].includes(question.kind);
    expect(findings.filter(({ code }) => !(alone && code === "no-rating"))).toEqual([]);
  });

  test.each(EVERY)(
    "$id ($language) has words in its language and distinct options",
    ({ question, language }) => {
      const [first] = bankSurvey(question, language);
      const han = /\p{Script=Han}/u;
      expect(han.test(first?.text ?? "")).toBe(language === "zh");
      const labels = question.options.map((option) => option.label[language]);
      expect(new Set(labels).size).toBe(labels.length);
      for (const label of labels) expect(han.test(label)).toBe(language === "zh");
    },
  );

  test("options outside n stand last", () => {
    for (const { options } of QUESTION_BANK) {
      const outside = options.map((option) => Number(option.outsideN === true));
      expect(outside).toEqual(outside.toSorted((a, b) => a - b));
    }
  });

  test("a low score is followed by one why with aspect tags, other ending the list", () => {
    const [rating, why, ...more] = bankSurvey(bankQuestion("product-quality"), "zh");
    expect(more).toEqual([]);
    expect(rating?.askedWhen).toBeUndefined();
    expect(why).toMatchObject({ kind: "multi", askedWhen: { atMost: 3 } });
    expect(why?.options.at(-1)).toEqual({ id: "other", label: "其他", aspect: "other" });
    expect(bankSurvey(bankQuestion("overall-recommendation"), "en")[1]?.askedWhen).toEqual({
      atMost: 6,
    });
    expect(bankSurvey(bankQuestion("after-sales-effort"), "en")[1]?.askedWhen).toEqual({
      atMost: 4,
    });
    expect(bankSurvey(bankQuestion("overall-expectation"), "en")[1]?.askedWhen).toEqual({
      atMost: -1,
    });
    expect(bankSurvey(bankQuestion("delivery-on-time"), "en")).toHaveLength(1);
  });
});

describe("labels", () => {
  test("each point has one name in each language, balanced around the middle", () => {
    expect(POINT_LABELS.csat.map(({ zh }) => zh)).toEqual([
      "很不满意",
      "不太满意",
      "一般",
      "比较满意",
      "非常满意",
    ]);
    expect(POINT_LABELS.ces).toHaveLength(7);
    expect(POINT_LABELS.gap).toHaveLength(3);
    expect(NPS_END_LABELS).toHaveLength(2);
  });

  test("the direction on a card names the same points as the buttons and the private check", () => {
    for (const language of LANGUAGES) {
      const small = (label: string): string => label.slice(0, 1).toLowerCase() + label.slice(1);
      const ces = POINT_LABELS.ces.map((label) => small(label[language]));
      const told = scaleDirection("ces", language);
      expect(told.map(({ point }) => point)).toEqual([1, 4, 7]);
      expect(told.map(({ label }) => label)).toEqual([ces[0], ces[3], ces[6]]);
      for (const kind of ["csat", "nps", "ces"] as const) {
        const direction = surveyTexts[language].direction(kind) ?? "";
        for (const { point, label } of scaleDirection(kind, language)) {
          expect(direction).toContain(label);
          expect(direction).toContain(String(point));
        }
      }
      for (const { label } of told) {
        expect(complaintTexts[language].customer.checkScale).toContain(label);
      }
    }
  });

  test("a member who types the name of a point gets that point", () => {
    for (const language of LANGUAGES) {
      for (const [index, label] of POINT_LABELS.csat.entries()) {
        expect(parseReply(label[language], { kind: "csat" })).toMatchObject({ value: index + 1 });
      }
      for (const [index, label] of POINT_LABELS.ces.entries()) {
        expect(parseReply(label[language], { kind: "ces" })).toMatchObject({ value: index + 1 });
      }
      for (const [index, label] of POINT_LABELS.gap.entries()) {
        expect(parseReply(label[language], { kind: "gap" })).toMatchObject({ value: index - 1 });
      }
      for (const [index, label] of POINT_LABELS.yesno.entries()) {
        expect(parseReply(label[language], { kind: "yesno" })).toMatchObject({
          value: ["yes", "no"][index],
        });
      }
    }
  });

  test("the effort question is the fixed statement of CES 2.0", () => {
    expect(CES_STATEMENT.zh).toBe("店家让我很容易解决了这个问题");
    expect(bankQuestion("after-sales-effort").text).toEqual(CES_STATEMENT);
  });

  test("every aspect has a tag in each language, all different", () => {
    for (const language of LANGUAGES) {
      const tags = ASPECTS.map((aspect) => ASPECT_TAGS[aspect][language]);
      expect(new Set(tags).size).toBe(ASPECTS.length);
    }
  });
});
