import type { FollowUpRule, OptionSnapshot, QuestionSnapshot } from "#entities/types.js";
import type { Aspect, Language, QuestionKind, Touchpoint } from "#entities/vocabulary.js";
import type { InLanguages } from "#src/i18n/scale-points.js";
import { AppError } from "#src/shared/app-error.js";
import { ASPECT_TAGS, type BankOption } from "./question-bank-labels.js";
import { type BankArea, type BankQuestion, QUESTION_BANK } from "./question-bank-questions.js";

/** Which questions of the bank are wanted; an absent part means any. */
export interface BankFilter {
  readonly touchpoint?: Touchpoint;
  readonly area?: BankArea;
  readonly kind?: QuestionKind;
}

/** The questions of the bank that fit, in the order of the purchase. */
export function findBankQuestions(filter: BankFilter = {}): readonly BankQuestion[] {
  return QUESTION_BANK.filter(
    (question) =>
      (filter.touchpoint === undefined || question.touchpoint === filter.touchpoint) &&
      (filter.area === undefined || question.area === filter.area) &&
      (filter.kind === undefined || question.kind === filter.kind),
  );
}

/** The question with this id; `not-found` with the known ids otherwise. */
export function bankQuestion(id: string): BankQuestion {
  const found = QUESTION_BANK.find((question) => question.id === id);
  if (found !== undefined) return found;
  throw new AppError("not-found", `The question bank holds no question "${id.slice(0, 60)}".`, {
    field: "question",
    expected: QUESTION_BANK.map((question) => question.id).join(", "),
  });
}

const WHY_TEXT: InLanguages = {
  zh: "哪些地方最需要改进？（可多选）",
  en: "What needs to be better? (pick any)",
};

/** Scores from here down bring the why: the middle point and below; NPS detractors. */
const LOW_SCORES: Partial<Readonly<Record<QuestionKind, number>>> = {
  csat: 3,
  nps: 6,
  ces: 4,
  gap: -1,
};

/**
 * The question as a survey asks it in one language, followed by its "what needs to be better" with
 * aspect tags for those who score low. At most two questions: one rating and one why (S5).
 */
export function bankSurvey(
  question: BankQuestion,
  language: Language,
): readonly QuestionSnapshot[] {
  const first = snapshot(question, language);
  const low = LOW_SCORES[question.kind];
  if (question.whyTags === undefined || low === undefined) return [first];
  return [first, whyQuestion(question, language, { atMost: low })];
}

function snapshot(question: BankQuestion, language: Language): QuestionSnapshot {
  return {
    id: question.id,
    kind: question.kind,
    text: question.text[language],
    touchpoint: question.touchpoint,
    options: question.options.map((option) => optionSnapshot(option, language)),
  };
}

function optionSnapshot(option: BankOption, language: Language): OptionSnapshot {
  return {
    id: option.id,
    label: option.label[language],
    ...(option.outsideN === undefined ? {} : { outsideN: true }),
    ...(option.aspect === undefined ? {} : { aspect: option.aspect }),
  };
}

function whyQuestion(
  question: BankQuestion,
  language: Language,
  askedWhen: FollowUpRule,
): QuestionSnapshot {
  return {
    id: `${question.id}-why`,
    kind: "multi",
    text: WHY_TEXT[language],
    touchpoint: question.touchpoint,
    options: (question.whyTags ?? []).map((aspect) => tagOption(aspect, language)),
    askedWhen,
  };
}

/** The tag of an aspect as an option of a why question; its id is the aspect's code. */
export function tagOption(aspect: Aspect, language: Language): OptionSnapshot {
  return { id: aspect, label: ASPECT_TAGS[aspect][language], aspect };
}
