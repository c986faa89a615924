import type { Aspect } from "#entities/vocabulary.js";
import type { InLanguages } from "#src/i18n/scale-points.js";

/** An option as the bank holds it; becomes an option of a survey in one language. */
export interface BankOption {
  readonly id: string;
  readonly label: InLanguages;
  /** Not counted in n: not bought, not sure. */
  readonly outsideN?: true;
  /** The aspect that choosing this tag stands for. */
  readonly aspect?: Aspect;
}

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
