import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { POINT_LABELS } from "#src/i18n/scale-points.js";
import type { AnswerValue } from "./answer-value.js";
import type { Scale } from "./reply/scale.js";

/** One answer that a question offers, as it is shown, typed and kept. */
export interface QuestionChoice {
  /** What a member types: "4", "B"; the label itself for an option outside n. */
  readonly key: string;
  /** Its meaning in words; empty for a bare number in the middle of a scale. */
  readonly label: string;
  readonly value: number | string;
  readonly outsideN: boolean;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The answers of a question in the order they are shown; none for a question that takes words. */
export function choicesOf(
  question: QuestionSnapshot,
  language: Language,
): readonly QuestionChoice[] {
  const outside = question.options
    .filter((option) => option.outsideN === true)
    .map(({ id, label }) => ({ key: label, label, value: id, outsideN: true }));
  return [...insideChoices(question, language), ...outside];
}

function insideChoices(question: QuestionSnapshot, language: Language): readonly QuestionChoice[] {
  const points = (kind: "csat" | "gap" | "yesno"): readonly string[] =>
    POINT_LABELS[kind].map((label) => label[language]);
  switch (question.kind) {
    case "csat":
      return points("csat").map((label, index) => choice(String(index + 1), label, index + 1));
    case "nps":
      return Array.from({ length: 11 }, (_, point) => choice(String(point), "", point));
    case "ces":
      return Array.from({ length: 7 }, (_, index) => choice(String(index + 1), "", index + 1));
    case "gap":
      return points("gap").map((label, index) => choice(String(index + 1), label, index - 1));
    case "yesno":
      return ["yes", "no"].map((id, index) => {
        const label = labelOf(question, id) ?? points("yesno")[index] ?? id;
        return choice(label, "", id);
      });
    case "choice":
      return listed(question, (index) => LETTERS[index] ?? String(index + 1));
    case "multi":
      return listed(question, (index) => String(index + 1));
    case "text":
      return [];
  }
}

function choice(key: string, label: string, value: number | string): QuestionChoice {
  return { key, label, value, outsideN: false };
}

function labelOf(question: QuestionSnapshot, id: string): string | undefined {
  return question.options.find((option) => option.id === id)?.label;
}

function listed(
  question: QuestionSnapshot,
  keyAt: (index: number) => string,
): readonly QuestionChoice[] {
  return question.options
    .filter((option) => option.outsideN !== true)
    .map(({ id, label }, index) => choice(keyAt(index), label, id));
}

/** What a choice reads like on a button or in a confirmation: "4 比较满意", "A 草莓", "是". */
export function choiceLabel({ key, label }: QuestionChoice): string {
  return label === "" || label === key ? key : `${key} ${label}`;
}

/** The question as the reply grammar takes it; listed options go by the key a member types. */
export function scaleOf(question: QuestionSnapshot, language: Language): Scale {
  switch (question.kind) {
    case "choice":
    case "multi":
      return {
        kind: question.kind,
        options: choicesOf(question, language)
          .filter((option) => !option.outsideN)
          .map(({ key, label }) => ({ id: key, label })),
      };
    case "csat":
    case "nps":
    case "ces":
    case "gap":
    case "yesno":
    case "text":
      return { kind: question.kind };
  }
}

/** A value read by the grammar as the value that is kept: typed keys become option ids. */
export function valueOfKeys(
  question: QuestionSnapshot,
  language: Language,
  typed: AnswerValue,
): AnswerValue {
  if (question.kind !== "choice" && question.kind !== "multi") return typed;
  const byKey = new Map(choicesOf(question, language).map(({ key, value }) => [key, value]));
  const idOf = (key: string): string => String(byKey.get(key) ?? key);
  if (typeof typed === "number") return idOf(String(typed));
  return typeof typed === "string" ? idOf(typed) : typed.map(idOf);
}

/** An answer in words for a person: "4 比较满意", "B 蓝莓", "1 送晚了、3 少发". */
export function showValue(
  question: QuestionSnapshot,
  language: Language,
  value: AnswerValue,
): string {
  const choices = choicesOf(question, language);
  const show = (one: number | string): string => {
    const known = choices.find((option) => option.value === one);
    return known === undefined ? String(one) : choiceLabel(known);
  };
  if (typeof value === "number" || typeof value === "string") return show(value);
  return value.map(show).join(language === "zh" ? "、" : ", ");
}

/** The answer that a button carries for this question, or null when it is not one of them. */
export function valueOfButton(question: QuestionSnapshot, raw: string): number | string | null {
  const known = choicesOf(question, "en").find((option) => String(option.value) === raw);
  return known?.value ?? null;
}
