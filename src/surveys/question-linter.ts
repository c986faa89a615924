import type { Language, QuestionKind, Touchpoint } from "#entities/vocabulary.js";
import { CES_STATEMENT } from "#src/i18n/scale-points.js";
import { finding, type LintFinding, type QuestionFlaw } from "./linter-finding.js";
import { DONT_KNOW, OPTION_POLARITY, WORDED_FLAWS, type WordedFlaw } from "./linter-patterns.js";
import { foldReply } from "./reply/normalise-reply.js";

/** An option as far as the linter needs to know it. */
export interface LintOption {
  readonly label: string;
  readonly outsideN?: boolean;
}

/** A question to be checked. */
export interface LintQuestion {
  readonly text: string;
  readonly language: Language;
  readonly kind: QuestionKind;
  /** Listed answers and those outside n; the points of a scale need not be given. */
  readonly options?: readonly LintOption[];
}

const MAX_CHARACTERS = 2_000;
const MAX_HAN = 30;
const MAX_WORDS = 20;

/**
 * Checks the wording of one question (S23): two things in one, leading, unbalanced options, too
 * long, agree–disagree, two negatives, jargon, no way to say "don't know", a reward for good
 * ratings, and recall of long periods. An empty list means nothing was found.
 */
export function lintQuestion(question: LintQuestion): readonly LintFinding[] {
  const text = foldReply(question.text.slice(0, MAX_CHARACTERS));
  return [
    ...wordedFindings(text, question),
    ...lengthFindings(text, question.language),
    ...pairFindings(text, question.language),
    ...negationFindings(text, question.language),
    ...optionFindings(question),
  ];
}

function wordedFindings(text: string, question: LintQuestion): readonly LintFinding[] {
  const flaws = WORDED_FLAWS[question.language];
  const found: LintFinding[] = [];
  for (const code of Object.keys(flaws) as WordedFlaw[]) {
    const words = flaws[code].exec(text)?.[0];
    if (words === undefined || (code === "agree-disagree" && isEffortStatement(text, question))) {
      continue;
    }
    found.push(finding(code, { words }));
  }
  return found;
}

/** CES 2.0 asks for agreement by design; only its own statement is excused. */
function isEffortStatement(text: string, { kind, language }: LintQuestion): boolean {
  return kind === "ces" && text.includes(foldReply(CES_STATEMENT[language]));
}

function lengthFindings(text: string, language: Language): readonly LintFinding[] {
  const length =
    language === "zh"
      ? (text.match(/\p{Script=Han}/gu) ?? []).length
      : text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return length > (language === "zh" ? MAX_HAN : MAX_WORDS) ? [finding("too-long")] : [];
}

const JOINED: Readonly<Record<Language, RegExp>> = {
  zh: /[\p{Script=Han}a-z]{1,8}(?:和|以及|及|与|跟|、|并且|同时|还有|而且|又)[\p{Script=Han}a-z]{1,8}/u,
  en: /[a-z']{1,30},? (?:and|as well as|or|plus|along with) [a-z']{1,30}(?: [a-z']{1,30})?/,
};

/** Joints that do not ask two things: comparisons, people, set phrases, and the two ends of one scale. */
const ONE_THING: Readonly<Record<Language, RegExp>> = {
  zh: /(?:和|与|跟)[^,。?]{0,10}(?:相比|比较起来|一样|一致|相符|相同|不同|差别|比起来|差多少|比)|[您你我](?:们)?(?:和|与|跟)(?:家人|孩子|邻居|朋友|家里人?)|(?:好|早|快|多|高)还是(?:差|晚|慢|少|低)|及(?:时|格)|以及时|涉及|参与|与其|给与|并不|又快又|来得及|普及/,
  en: /(?:satisfied|good|better|likely|early) or (?:dissatisfied|bad|worse|unlikely|late)|(?:you and|and you|family and|friends and|friends or|once or twice|more or less|yes or no|and why|one or two)/,
};

function pairFindings(text: string, language: Language): readonly LintFinding[] {
  const plain = stripAsides(text).replace(new RegExp(ONE_THING[language].source, "gu"), " ");
  const words = JOINED[language].exec(plain)?.[0];
  return words === undefined ? [] : [finding("double-barrelled", { words })];
}

/** Without words in brackets: 「（可多选）」 and lists of examples ask nothing. */
function stripAsides(text: string): string {
  let out = "";
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")" && depth > 0) depth -= 1;
    else if (depth === 0) out += character;
  }
  return out;
}

const IDIOMS_ZH =
  /不错|差不多|不过|不但|不仅|不同|不管|不妨|要不要|没关系|无论|不限|不知不觉|未来|别人|别的|分别|特别|无糖|无籽|无骨|有没有/g;
const CHOICE_ZH = /([\p{Script=Han}])不\1/gu;
const NEGATORS: Readonly<Record<Language, RegExp>> = {
  zh: /不|没有?|无|未|别|非(?!常)|拒绝|禁止/g,
  en: /\b(?:not|no|never|none|nobody|nothing|without|cannot|hardly|unsatisfied|unhappy|unlikely|dissatisfied|disagree|dislike)\b|n't\b/g,
};

function negationFindings(text: string, language: Language): readonly LintFinding[] {
  const plain =
    language === "zh"
      ? stripAsides(text).replace(IDIOMS_ZH, " ").replace(CHOICE_ZH, " ")
      : stripAsides(text).replace(
          /\b(?:satisfied or dissatisfied|likely or unlikely|or not)\b/g,
          " ",
        );
  const negators = plain.match(NEGATORS[language]) ?? [];
  return negators.length >= 2 ? [finding("double-negative", { words: negators.join(" … ") })] : [];
}

/** Kinds whose answer needs the thing to have been bought or known. */
const NEEDS_DONT_KNOW: ReadonlySet<QuestionKind> = new Set([
  "csat",
  "gap",
  "yesno",
  "choice",
  "multi",
]);

function optionFindings(question: LintQuestion): readonly LintFinding[] {
  const { kind, language } = question;
  const options = question.options ?? [];
  const found: LintFinding[] = [];
  if (isUnbalanced(options, language)) found.push(finding("unbalanced"));
  const wayOut = options.some(
    (option) => option.outsideN === true || DONT_KNOW[language].test(foldReply(option.label)),
  );
  if (NEEDS_DONT_KNOW.has(kind) && !wayOut) found.push(finding("missing-dont-know"));
  return found;
}

/** A list of judgements with more on one side; lists of things (fruit, weekdays) are no judgements. */
function isUnbalanced(options: readonly LintOption[], language: Language): boolean {
  const counts = { positive: 0, negative: 0, neutral: 0, none: 0 };
  for (const option of options) {
    if (option.outsideN === true) counts.neutral += 1;
    else counts[polarityOf(foldReply(option.label), language)] += 1;
  }
  const judged = counts.positive + counts.negative;
  return judged >= 3 && judged > counts.none && counts.positive !== counts.negative;
}

function polarityOf(
  label: string,
  language: Language,
): "neutral" | "negative" | "positive" | "none" {
  const { neutral, negative, positive } = OPTION_POLARITY[language];
  if (neutral.test(label)) return "neutral";
  if (negative.test(label)) return "negative";
  return positive.test(label) ? "positive" : "none";
}

/** A question of a survey to be checked. */
export interface LintSurveyQuestion extends LintQuestion {
  readonly touchpoint?: Touchpoint;
  /** True for a question that only some are asked after their score. */
  readonly followUp?: boolean;
}

const MAX_QUESTIONS = 3;
const RATING_KINDS: ReadonlySet<QuestionKind> = new Set(["csat", "nps", "ces", "gap", "yesno"]);

/**
 * Checks a survey as a whole (S5): at most three questions, a rating among them, the overall rating
 * first, at most one why in words; then each question, with its position. The tags after a low
 * score need no "don't know": nobody has to choose one.
 */
export function lintSurvey(questions: readonly LintSurveyQuestion[]): readonly LintFinding[] {
  return [
    ...shapeFindings(questions),
    ...questions.flatMap((question, index) =>
      lintQuestion(question)
        .filter(({ code }) => !(question.followUp === true && code === "missing-dont-know"))
        .map((found) => ({ ...found, question: index })),
    ),
  ];
}

function shapeFindings(questions: readonly LintSurveyQuestion[]): readonly LintFinding[] {
  const found: LintFinding[] = [];
  const ratings = questions.filter(
    ({ kind, followUp }) => followUp !== true && RATING_KINDS.has(kind),
  );
  if (questions.length > MAX_QUESTIONS) found.push(finding("too-many-questions"));
  if (ratings.length === 0) found.push(finding("no-rating"));
  const overall = questions.findIndex(
    ({ touchpoint, kind, followUp }) =>
      touchpoint === "overall" && followUp !== true && RATING_KINDS.has(kind),
  );
  if (overall > 0) found.push(finding("overall-not-first", { question: overall }));
  if (questions.filter(({ kind }) => kind === "text").length > 1) found.push(finding("two-whys"));
  return found;
}

/** True when a finding must be mended before the survey may be posted. */
export function blocksPosting(findings: readonly LintFinding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

/** Codes that a question alone can have, for lists and help pages. */
export const QUESTION_FLAWS: readonly QuestionFlaw[] = [
  "double-barrelled",
  "leading",
  "unbalanced",
  "too-long",
  "agree-disagree",
  "double-negative",
  "jargon",
  "missing-dont-know",
  "incentive",
  "lottery",
  "recall",
];
