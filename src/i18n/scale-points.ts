import type { Language, QuestionKind } from "#entities/vocabulary.js";

/** A text in each language of the product. */
export type InLanguages = Readonly<Record<Language, string>>;

/**
 * Names of every point of a labelled scale, lowest first. Satisfaction and expectation are balanced:
 * as many points below the middle as above it. NPS names its two ends only, as its authors do.
 */
export const POINT_LABELS: Readonly<
  Record<Extract<QuestionKind, "csat" | "ces" | "gap" | "yesno">, readonly InLanguages[]>
> = {
  csat: [
    { zh: "很不满意", en: "Very dissatisfied" },
    { zh: "不太满意", en: "Somewhat dissatisfied" },
    { zh: "一般", en: "Neutral" },
    { zh: "比较满意", en: "Somewhat satisfied" },
    { zh: "非常满意", en: "Very satisfied" },
  ],
  ces: [
    { zh: "完全不同意", en: "Strongly disagree" },
    { zh: "不同意", en: "Disagree" },
    { zh: "有点不同意", en: "Somewhat disagree" },
    { zh: "中立", en: "Neither agree nor disagree" },
    { zh: "有点同意", en: "Somewhat agree" },
    { zh: "同意", en: "Agree" },
    { zh: "完全同意", en: "Strongly agree" },
  ],
  gap: [
    { zh: "比预期差", en: "Worse than expected" },
    { zh: "和预期一样", en: "As expected" },
    { zh: "比预期好", en: "Better than expected" },
  ],
  yesno: [
    { zh: "是", en: "Yes" },
    { zh: "否", en: "No" },
  ],
};

/** Names of 0 and 10 of the recommendation scale. */
export const NPS_END_LABELS: readonly [lowest: InLanguages, highest: InLanguages] = [
  { zh: "完全不可能", en: "Not at all likely" },
  { zh: "非常可能", en: "Extremely likely" },
];

/** CES 2.0 (F6): the wording is fixed, 1 = strongly disagree … 7 = strongly agree, so 7 means easy. */
export const CES_STATEMENT: InLanguages = {
  zh: "店家让我很容易解决了这个问题",
  en: "The shop made it easy for me to handle my issue",
};

/** Kinds whose scale has two ends with a name. */
type EndedKind = "csat" | "nps" | "ces";

/** The numbers that a scale of this kind begins and ends with. */
const ENDS: Readonly<Record<EndedKind, readonly [lowest: number, highest: number]>> = {
  csat: [1, 5],
  nps: [0, 10],
  ces: [1, 7],
};

/** What the two ends of a scale mean, and the middle of a long one, as words inside a sentence. */
export function scaleDirection(
  kind: EndedKind,
  language: Language,
): readonly { readonly point: number; readonly label: string }[] {
  const [lowest, highest] = ENDS[kind];
  const names = kind === "nps" ? NPS_END_LABELS : POINT_LABELS[kind];
  const middle = kind === "ces" ? (lowest + highest) / 2 : null;
  const points: readonly (readonly [number, InLanguages | undefined])[] = [
    [lowest, names[0]],
    ...(middle === null ? [] : [[middle, names[middle - lowest]] as const]),
    [highest, names.at(-1)],
  ];
  return points.map(([point, name]) => ({ point, label: inSentence(name?.[language] ?? "") }));
}

/** A label as it is written inside a sentence: English ones begin small there. */
export function inSentence(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}
