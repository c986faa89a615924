import type { Aspect, QuestionKind, Touchpoint } from "#entities/vocabulary.js";
import { CES_STATEMENT, type InLanguages } from "#src/i18n/scale-points.js";
import {
  type BankOption,
  NO_ISSUE,
  NOT_ARRIVED,
  NOT_BOUGHT,
  NOT_PICKED_UP,
  NOT_SURE,
} from "./question-bank-labels.js";

/** What a question measures: overall satisfaction, the goods, or the service around them (S24). */
export type BankArea = "satisfaction" | "product" | "service";

/** A ready question in both languages. */
export interface BankQuestion {
  /** Stable; surveys and results refer to it. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly touchpoint: Touchpoint;
  readonly area: BankArea;
  readonly text: InLanguages;
  /** Listed answers, and those outside n; the points of a scale are in POINT_LABELS. */
  readonly options: readonly BankOption[];
  /** Tags of the "what needs to be better" asked after a low score; absent where no score can be low. */
  readonly whyTags?: readonly Aspect[];
}

function option(id: string, zh: string, en: string, aspect?: Aspect): BankOption {
  return { id, label: { zh, en }, ...(aspect === undefined ? {} : { aspect }) };
}

const OTHER = option("other", "其他", "Something else", "other");

const OVERALL: readonly BankQuestion[] = [
  {
    id: "overall-satisfaction",
    kind: "csat",
    touchpoint: "overall",
    area: "satisfaction",
    text: {
      zh: "总的来说，您对这次团购满意吗？",
      en: "Overall, how satisfied are you with this order?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["quality", "shortage", "delivery", "packaging", "price", "service", "other"],
  },
  {
    id: "overall-recommendation",
    kind: "nps",
    touchpoint: "overall",
    area: "satisfaction",
    text: {
      zh: "您有多大可能把我们推荐给邻居？",
      en: "How likely are you to recommend us to a neighbour?",
    },
    options: [NOT_SURE],
    whyTags: ["quality", "delivery", "price", "service", "pickup", "trust", "other"],
  },
  {
    id: "overall-expectation",
    kind: "gap",
    touchpoint: "overall",
    area: "satisfaction",
    text: {
      zh: "这次团购比您下单时预期的好还是差？",
      en: "Compared with what you expected when ordering, how was this order?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["quality", "shortage", "delivery", "packaging", "price", "trust", "other"],
  },
  {
    id: "overall-buy-again",
    kind: "yesno",
    touchpoint: "overall",
    area: "satisfaction",
    text: { zh: "这次买的东西，您还会再买吗？", en: "Would you buy this again?" },
    options: [NOT_BOUGHT, NOT_SURE],
  },
  {
    id: "overall-improve-first",
    kind: "choice",
    touchpoint: "overall",
    area: "satisfaction",
    text: { zh: "您希望我们先改进哪一项？", en: "Which one thing should we improve first?" },
    options: [
      option("quality", "商品质量", "Product quality", "quality"),
      option("delivery", "送货时间", "Delivery time", "delivery"),
      option("pickup", "自提安排", "Pick-up arrangements", "pickup"),
      option("packaging", "商品包装", "Packaging", "packaging"),
      option("service", "售后服务", "After-sales service", "service"),
      OTHER,
      NOT_SURE,
    ],
  },
  {
    id: "overall-why",
    kind: "text",
    touchpoint: "overall",
    area: "satisfaction",
    text: {
      zh: "您打这个分，主要是因为什么？",
      en: "What is the main reason for your score?",
    },
    options: [],
  },
];

const SELECTION: readonly BankQuestion[] = [
  {
    id: "selection-range",
    kind: "csat",
    touchpoint: "selection",
    area: "product",
    text: {
      zh: "您对这周可选的商品种类满意吗？",
      en: "How satisfied are you with this week's choice of products?",
    },
    options: [NOT_SURE],
    whyTags: ["stock", "price", "quality", "other"],
  },
  {
    id: "selection-price",
    kind: "csat",
    touchpoint: "selection",
    area: "product",
    text: {
      zh: "您对这次商品的价格满意吗？",
      en: "How satisfied are you with the prices this time?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["price", "quality", "shortage", "trust", "other"],
  },
  {
    id: "selection-next",
    kind: "multi",
    touchpoint: "selection",
    area: "product",
    text: {
      zh: "下周您想团哪几类？（可多选）",
      en: "What would you like to order next week? (pick any)",
    },
    options: [
      option("fruit", "水果", "Fruit"),
      option("vegetables", "蔬菜", "Vegetables"),
      option("meat-eggs", "肉禽蛋", "Meat and eggs"),
      option("seafood", "海鲜水产", "Seafood"),
      option("staples", "米面粮油", "Rice, flour and oil"),
      option("snacks", "零食烘焙", "Snacks and baked goods"),
      option("household", "日用品", "Household goods"),
      NOT_SURE,
    ],
  },
];

const ORDERING: readonly BankQuestion[] = [
  {
    id: "ordering-experience",
    kind: "csat",
    touchpoint: "ordering",
    area: "service",
    text: {
      zh: "您对这次下单的过程满意吗？",
      en: "How satisfied are you with how ordering went this time?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["service", "stock", "price", "trust", "other"],
  },
  {
    id: "ordering-information",
    kind: "csat",
    touchpoint: "ordering",
    area: "service",
    text: {
      zh: "您对这次团购的商品介绍满意吗？",
      en: "How satisfied are you with the product information this time?",
    },
    options: [NOT_BOUGHT, NOT_SURE],
    whyTags: ["trust", "price", "service", "other"],
  },
];

const DELIVERY: readonly BankQuestion[] = [
  {
    id: "delivery-time",
    kind: "csat",
    touchpoint: "delivery",
    area: "service",
    text: {
      zh: "您对这次送达的时间满意吗？",
      en: "How satisfied are you with when this order arrived?",
    },
    options: [NOT_ARRIVED, NOT_BOUGHT],
    whyTags: ["delivery", "pickup", "service", "other"],
  },
  {
    id: "delivery-on-time",
    kind: "yesno",
    touchpoint: "delivery",
    area: "service",
    text: {
      zh: "这次的货按说好的时间到了吗？",
      en: "Did this order arrive at the promised time?",
    },
    options: [NOT_ARRIVED, NOT_BOUGHT],
  },
  {
    id: "delivery-packaging",
    kind: "csat",
    touchpoint: "delivery",
    area: "product",
    text: {
      zh: "您对这次的商品包装满意吗？",
      en: "How satisfied are you with the packaging of this order?",
    },
    options: [NOT_ARRIVED, NOT_BOUGHT],
    whyTags: ["packaging", "quality", "shortage", "other"],
  },
];

const PICKUP: readonly BankQuestion[] = [
  {
    id: "pickup-experience",
    kind: "csat",
    touchpoint: "pickup",
    area: "service",
    text: {
      zh: "您对上次自提的体验满意吗？",
      en: "How satisfied are you with your last pick-up?",
    },
    options: [NOT_PICKED_UP],
    whyTags: ["pickup", "wrong_item", "shortage", "service", "other"],
  },
  {
    id: "pickup-waiting",
    kind: "choice",
    touchpoint: "pickup",
    area: "service",
    text: { zh: "上次自提，您等了多久？", en: "How long did you wait at your last pick-up?" },
    options: [
      option("none", "没有等", "No wait"),
      option("under-5", "5分钟以内", "Under 5 minutes"),
      option("5-to-15", "5到15分钟", "5 to 15 minutes"),
      option("over-15", "15分钟以上", "Over 15 minutes"),
      NOT_PICKED_UP,
    ],
  },
  {
    id: "pickup-slot",
    kind: "choice",
    touchpoint: "pickup",
    area: "service",
    text: { zh: "您哪个时段自提最方便？", en: "Which pick-up time suits you best?" },
    options: [
      option("morning", "上午", "Morning"),
      option("afternoon", "下午", "Afternoon"),
      option("evening", "18点到20点", "6 to 8 pm"),
      option("late", "20点以后", "After 8 pm"),
      option("weekend", "周末", "Weekend"),
      NOT_SURE,
    ],
  },
];

const PRODUCT: readonly BankQuestion[] = [
  {
    id: "product-quality",
    kind: "csat",
    touchpoint: "product",
    area: "product",
    text: {
      zh: "您对这次商品的质量满意吗？",
      en: "How satisfied are you with the quality of this order?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["quality", "packaging", "shortage", "wrong_item", "safety", "trust", "other"],
  },
  {
    id: "product-freshness",
    kind: "csat",
    touchpoint: "product",
    area: "product",
    text: {
      zh: "您对这次生鲜的新鲜度满意吗？",
      en: "How satisfied are you with the freshness of this order?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["quality", "packaging", "delivery", "safety", "other"],
  },
  {
    id: "product-portion",
    kind: "csat",
    touchpoint: "product",
    area: "product",
    text: {
      zh: "您对这次商品的分量满意吗？",
      en: "How satisfied are you with the amount you received?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["shortage", "price", "trust", "other"],
  },
  {
    id: "product-expectation",
    kind: "gap",
    touchpoint: "product",
    area: "product",
    text: {
      zh: "这次商品的质量比您预期的好还是差？",
      en: "Compared with what you expected, how was the quality this time?",
    },
    options: [NOT_BOUGHT],
    whyTags: ["quality", "packaging", "shortage", "wrong_item", "trust", "other"],
  },
];

const AFTER_SALES: readonly BankQuestion[] = [
  {
    id: "after-sales-effort",
    kind: "ces",
    touchpoint: "after_sales",
    area: "service",
    text: { zh: CES_STATEMENT.zh, en: CES_STATEMENT.en },
    options: [NO_ISSUE],
    whyTags: ["service", "refund", "delivery", "other"],
  },
  {
    id: "after-sales-handling",
    kind: "csat",
    touchpoint: "after_sales",
    area: "service",
    text: {
      zh: "您对这次问题的处理结果满意吗？",
      en: "How satisfied are you with how your issue was resolved?",
    },
    options: [NO_ISSUE],
    whyTags: ["refund", "service", "trust", "other"],
  },
  {
    id: "after-sales-solved",
    kind: "yesno",
    touchpoint: "after_sales",
    area: "service",
    text: { zh: "您上次反映的问题解决了吗？", en: "Has the issue you reported been solved?" },
    options: [NO_ISSUE],
  },
  {
    id: "after-sales-speed",
    kind: "csat",
    touchpoint: "after_sales",
    area: "service",
    text: {
      zh: "您对上次问题的处理速度满意吗？",
      en: "How satisfied are you with how quickly we handled your issue?",
    },
    options: [NO_ISSUE],
    whyTags: ["service", "refund", "delivery", "other"],
  },
  {
    id: "service-attitude",
    kind: "csat",
    touchpoint: "after_sales",
    area: "service",
    text: {
      zh: "您对这次店员的服务满意吗？",
      en: "How satisfied are you with the service from our staff this time?",
    },
    options: [NO_ISSUE, NOT_SURE],
    whyTags: ["service", "refund", "trust", "other"],
  },
];

/** All ready questions, in the order of the purchase, the overall ones first. */
export const QUESTION_BANK: readonly BankQuestion[] = [
  ...OVERALL,
  ...SELECTION,
  ...ORDERING,
  ...DELIVERY,
  ...PICKUP,
  ...PRODUCT,
  ...AFTER_SALES,
];
