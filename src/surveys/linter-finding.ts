import type { Language } from "#entities/vocabulary.js";

/** What can be wrong with a question. */
export type QuestionFlaw =
  | "double-barrelled"
  | "leading"
  | "unbalanced"
  | "too-long"
  | "agree-disagree"
  | "double-negative"
  | "jargon"
  | "missing-dont-know"
  | "incentive"
  | "lottery"
  | "recall";

/** What can be wrong with a set of questions. */
export type SurveyFlaw = "too-many-questions" | "no-rating" | "overall-not-first" | "two-whys";

/** One finding about a question or a survey. */
export interface LintFinding {
  readonly code: QuestionFlaw | SurveyFlaw;
  /** `error` must be changed before posting; `warning` is advice. */
  readonly severity: "error" | "warning";
  /** What is wrong and what to write instead, in both languages. */
  readonly explanation: Readonly<Record<Language, string>>;
  /** The words at fault, when the finding is about some. */
  readonly words?: string;
  /** Position of the question in the survey, from 0; absent for findings about the whole. */
  readonly question?: number;
}

interface Verdict {
  readonly severity: LintFinding["severity"];
  readonly explanation: LintFinding["explanation"];
}

const VERDICTS: Readonly<Record<LintFinding["code"], Verdict>> = {
  "double-barrelled": {
    severity: "warning",
    explanation: {
      zh: "一句里问了两件事，分数不知道算在哪一件上。请拆成两题，每题只问一件，例如只问“质量”。",
      en: "This asks about two things at once, so nobody can tell which one the score is for. Split it into two questions, each about one thing.",
    },
  },
  leading: {
    severity: "warning",
    explanation: {
      zh: "问法带着期待的答案。请用中性的说法，例如“您对这次草莓的质量满意吗？”",
      en: 'The wording suggests the answer. Ask it neutrally, for example "How satisfied are you with the strawberries this time?"',
    },
  },
  unbalanced: {
    severity: "warning",
    explanation: {
      zh: "正面和负面的选项数量不一样，结果会偏。请两边各放一样多，例如：很不满意、不太满意、一般、比较满意、非常满意。",
      en: "There are not as many negative options as positive ones, which tilts the result. Offer the same number on both sides of a neutral point.",
    },
  },
  "too-long": {
    severity: "warning",
    explanation: {
      zh: "题目超过30个汉字，手机上不好读。请只留下问的事情，背景说明放到题目前面。",
      en: "The question is longer than 20 words and hard to read on a phone. Keep only what is asked; put background before the question.",
    },
  },
  "agree-disagree": {
    severity: "warning",
    explanation: {
      zh: "问“同不同意”时，人们容易顺口说同意。请直接问那件事，例如“您对新鲜度满意吗？很不满意……非常满意”。",
      en: 'People tend to agree with whatever is stated. Ask about the thing itself, for example "How satisfied are you with the freshness?" from very dissatisfied to very satisfied.',
    },
  },
  "double-negative": {
    severity: "warning",
    explanation: {
      zh: "一句里有两个否定，容易看反。请改成肯定的问法，例如“您满意吗？”",
      en: 'Two negatives are easily read the wrong way round. Ask in the positive, for example "Are you satisfied?"',
    },
  },
  jargon: {
    severity: "warning",
    explanation: {
      zh: "这是行业用语，邻居不一定懂。请换成日常的话，例如把“履约时效”写成“送货快慢”。",
      en: 'This is trade language that customers may not know. Use everyday words, for example "delivery time" instead of "fulfilment".',
    },
  },
  "missing-dont-know": {
    severity: "warning",
    explanation: {
      zh: "没买过或不清楚的人只能乱选。请加一个不计入分数的选项，例如“这次没买”或“不清楚”。",
      en: 'People who did not buy or cannot tell would have to guess. Add an option that is not counted, such as "Didn\'t buy" or "Not sure".',
    },
  },
  incentive: {
    severity: "error",
    explanation: {
      zh: "用红包、优惠券等换取指定的好评是违法的（《网络反不正当竞争暂行规定》第九条）。可以给所有作答的人同样的小额谢礼，不看分数。",
      en: "Giving money, coupons or gifts for a good rating is unlawful (China's Interim Provisions against Unfair Competition Online, article 9). You may thank everybody who answers with the same small gift, whatever they score.",
    },
  },
  lottery: {
    severity: "warning",
    explanation: {
      zh: "抽奖对作答率没有稳定的效果。要感谢的话，给每位作答的人同样的小额谢礼，不看分数。",
      en: "Prize draws have no reliable effect on response. To say thanks, give everybody who answers the same small gift, whatever they score.",
    },
  },
  recall: {
    severity: "warning",
    explanation: {
      zh: "很难回想平时或很久以前的事。请绑定到最近一次，例如“上次取货”或“这次团购”。",
      en: 'It is hard to sum up "usually" or the distant past. Tie the question to one event, such as "your last pick-up" or "this order".',
    },
  },
  "too-many-questions": {
    severity: "error",
    explanation: {
      zh: "一份小问卷最多3题，题目越多回答的人越少。请留下一道打分题，最多再加两道。",
      en: "A short survey holds at most 3 questions; more questions mean fewer answers. Keep one rating and at most two others.",
    },
  },
  "no-rating": {
    severity: "error",
    explanation: {
      zh: "没有打分题，就没有可以比较的数字。请加一道，例如“总的来说，您对这次团购满意吗？”",
      en: 'Without a rating there is no number to compare over time. Add one, for example "Overall, how satisfied are you with this order?"',
    },
  },
  "overall-not-first": {
    severity: "warning",
    explanation: {
      zh: "先问细节会影响总体的打分。请把总体那一题放到第一位。",
      en: "Details asked first colour the overall score. Put the overall question first.",
    },
  },
  "two-whys": {
    severity: "warning",
    explanation: {
      zh: "要写字的题目超过一道，很多人会放弃。请只留一道“为什么”。",
      en: "More than one question to answer in words makes people give up. Keep a single why.",
    },
  },
};

/** The finding of this code with its severity and explanation. */
export function finding(
  code: LintFinding["code"],
  at: { readonly words?: string; readonly question?: number } = {},
): LintFinding {
  return { code, ...VERDICTS[code], ...at };
}
