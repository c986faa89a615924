import type { Aspect, Language, QuestionKind } from "#entities/vocabulary.js";

/** A text in each language of the product. */
export type InLanguages = Readonly<Record<Language, string>>;

/** An option as the bank holds it; becomes an option of a survey in one language. */
export interface BankOption {
  readonly id: string;
  readonly label: InLanguages;
  /** Not counted in n: not bought, not sure. */
  readonly outsideN?: true;
  /** The aspect that choosing this tag stands for. */
  readonly aspect?: Aspect;
}

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

/** CES 2.0 (F6): the wording is fixed, 1 = fully disagree … 7 = fully agree, so 7 means easy. */
export const CES_STATEMENT: InLanguages = {
  zh: "店家让我很容易解决了这个问题",
  en: "The shop made it easy for me to handle my issue",
};

/** What went wrong, in the customer's words: the tags of the why after a low score. */
export const ASPECT_TAGS: Readonly<Record<Aspect, InLanguages>> = {
  quality: { zh: "质量不好", en: "Poor quality" },
  shortage: { zh: "少发漏发", en: "Items missing" },
  wrong_item: { zh: "发错了", en: "Wrong item" },
  delivery: { zh: "送晚了", en: "Late delivery" },
  packaging: { zh: "包装破损", en: "Damaged packaging" },
  price: { zh: "价格偏高", en: "Price too high" },
  service: { zh: "服务态度", en: "Poor service" },
  refund: { zh: "退款慢", en: "Slow refund" },
  pickup: { zh: "自提不方便", en: "Inconvenient pick-up" },
  stock: { zh: "缺货砍单", en: "Out of stock" },
  safety: { zh: "担心食品安全", en: "Food safety" },
  trust: { zh: "与介绍不符", en: "Not as described" },
  other: { zh: "其他", en: "Something else" },
};

/** For members whom the question does not concern; never counted in n. */
export const NOT_BOUGHT: BankOption = {
  id: "not-bought",
  label: { zh: "这次没买", en: "Didn't buy this time" },
  outsideN: true,
};
/** For members who cannot tell; never counted in n. */
export const NOT_SURE: BankOption = {
  id: "not-sure",
  label: { zh: "不清楚", en: "Not sure" },
  outsideN: true,
};
/** For members who took home delivery or have not been to the pick-up point. */
export const NOT_PICKED_UP: BankOption = {
  id: "not-picked-up",
  label: { zh: "没去自提", en: "Didn't pick up" },
  outsideN: true,
};
/** For members whose order is still on its way. */
export const NOT_ARRIVED: BankOption = {
  id: "not-arrived",
  label: { zh: "还没收到", en: "Not arrived yet" },
  outsideN: true,
};
/** For members who asked for no help. */
export const NO_ISSUE: BankOption = {
  id: "no-issue",
  label: { zh: "没找过售后", en: "Didn't need help" },
  outsideN: true,
};
