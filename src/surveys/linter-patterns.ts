import type { Language } from "#entities/vocabulary.js";
import type { QuestionFlaw } from "./linter-finding.js";

/** Flaws that words alone give away. */
export type WordedFlaw = Extract<
  QuestionFlaw,
  "leading" | "agree-disagree" | "jargon" | "incentive" | "lottery" | "recall"
>;

const GOOD_RATING_ZH =
  "(?:好评|五星|5星|五颗星|5颗星|五分|5分|满分|高分|满意票|点赞|非常满意|很满意)";
const GIFT_ZH =
  "(?:红包|优惠券|代金券|券|返现|返[0-9一二三五十]|现金|奖励|奖品|礼品|小礼物|赠品|积分|免单|立减|折扣|(?<![配派运发])送(?![货达到来上])[0-9一-龥])";

/**
 * Expressions per language and flaw, for text in lower case and half width. Gaps are bounded, so
 * that each takes time in proportion to the text.
 */
export const WORDED_FLAWS: Readonly<Record<Language, Readonly<Record<WordedFlaw, RegExp>>>> = {
  zh: {
    leading:
      /难道|[您你]一定|[您你]肯定|想必|众所周知|(?:大家|邻居们?|别人)都(?:说|觉得|认为|很?满意|喜欢)|[您你]不(?:觉得|认为)|是不是(?:很|非常|特别|超级)|[您你]?是否也|(?:这么|如此)(?:好|新鲜|优惠|便宜|实惠)|(?:优质|贴心|美味|超值|精选|精心|热情|周到|高品质|新鲜美味)的|(?:满意|好吃|新鲜|不错|喜欢|很好|对|是|值)吧[?~!]?|有多(?:喜欢|满意|好吃)|(?:请|记得|麻烦|求)[^,。?]{0,6}(?:好评|五星|5星|5分|五分|满分|高分)|给[^,。?]{0,4}(?:好评|五星|5星|满分)/,
    "agree-disagree":
      /(?:是否|是不是|同不)同意|同意吗|认同吗|赞同吗|(?:多大程度|多少程度)上?(?:同意|认同|赞同)|有多(?:同意|认同|赞同)|同意(?:以下|下面|这句|这个|上述)/,
    jargon:
      /(?:^|[^a-z])(?:nps|csat|ces|sku|sla|kpi|roi|gmv|ui|ux|o2o|b2c|c2c)(?![a-z])|履约|触点|客诉|时效|转化率?|复购率|闭环|赋能|痛点|颗粒度|品控|供应链|私域|核销率?|客单价|动销|履单|满意度指数|净推荐值|费力度/,
    incentive: new RegExp(
      `${GOOD_RATING_ZH}[^。?!]{0,12}${GIFT_ZH}|${GIFT_ZH}[^。?!]{0,10}${GOOD_RATING_ZH}`,
    ),
    lottery: /抽奖|抽[0-9一二三五十]{1,3}[位名人]|幸运(?:邻居|用户|顾客)|中奖/,
    recall:
      /平时|平常|通常|一般来说|一般情况下|往常|历来|一直以来|多久(?:买|团|来)一次|(?:过去|最近|近|这)(?:的)?(?:一|两|三|四|五|六|[1-9]|半|几)个?(?:年|月|季度)|去年|上半年|今年以来/,
  },
  en: {
    leading:
      /(?:do|does|did|are|is|was|were|would|could)n'?t (?:you|we|it|they|our|the|this)|(?:surely|obviously|of course|clearly)(?![a-z])|how much (?:do|did|have) you (?:love|loved|enjoy|enjoyed|like|liked)|how (?:great|good|delicious|fresh|amazing|excellent) (?:was|is|were|are)|(?:excellent|amazing|delicious|great|wonderful|award-winning|fantastic|friendly|superb|high-quality|lovely) (?:new )?(?:service|product|products|fruit|strawberries|food|quality|staff|team|delivery|prices?|offer|vegetables|goods)|every(?:one|body) (?:says|agrees|loves|is)|as we all know|(?:, |\b)(?:right|isn't it|aren't they|don't you)\?|please (?:give|rate|leave)[^.?!]{0,20}(?:5|five|top|full|good|positive)|you must (?:be|have)/,
    "agree-disagree":
      /do you (?:strongly )?(?:agree|disagree)|how (?:much|strongly|far) do you (?:dis)?agree|to what (?:extent|degree) do you (?:dis)?agree|agree or disagree|agree with the (?:following|statement)/,
    jargon:
      /(?:^|[^a-z])(?:nps|csat|ces|sku|skus|sla|kpi|kpis|roi|gmv|ui|ux|fulfil?lment|last[- ]mile|touch ?points?|omni-?channel|stakeholders?|onboarding|conversion|supply chain|net promoter|customer effort|basket size|churn|pain points?)(?![a-z])/,
    incentive:
      /(?:5|five)[ -]?stars?[^.?!]{0,40}(?:coupon|voucher|discount|gift|reward|cash|refund|red packet|free|\$|¥)|(?:good|positive|top|great|nice) (?:review|rating|score|feedback)s?[^.?!]{0,40}(?:coupon|voucher|discount|gift|reward|cash|refund|red packet|free|\$|¥)|(?:coupon|voucher|discount|gift|reward|cash|red packet|free [a-z]{1,20}|\$[0-9]{1,6}|¥[0-9]{1,6})[^.?!]{0,40}(?:(?:5|five)[ -]?stars?|(?:good|positive|top|great|nice) (?:review|rating|score|feedback))/,
    lottery: /prize draw|lottery|lucky draw|raffle|sweepstakes?|chance to win/,
    recall:
      /(?:^|[^a-z])(?:usually|typically|normally|generally|in general|on average|how often|in the past|over the years|last year|(?:past|last|previous) (?:few |[0-9]+ |two |three |six |twelve )?(?:weeks|months|years|year|quarter))(?![a-z])/,
  },
};

/** Words that make an option positive or negative, for judging whether a list is balanced. */
export const OPTION_POLARITY: Readonly<
  Record<Language, Readonly<Record<"neutral" | "negative" | "positive", RegExp>>>
> = {
  zh: {
    neutral:
      /^(?:一般|一般般|还行|还可以|普通|中立|中等|说不上|差不多|无所谓|不好说|不清楚|不知道|不确定|没买|这次没买|没用过|不适用|其他|和预期一样|符合预期|不好不坏|没去自提|还没收到|没找过售后)/,
    negative:
      /不(?!错)|差|糟|失望|难吃|烂|坏|低于|更差|没达到|很慢|太慢|太贵|偏贵|太少|偏少|反对|讨厌/,
    positive: /满意|好|棒|赞|喜欢|优秀|惊喜|完美|不错|超出|同意|愿意|会推荐|新鲜|快|实惠|值/,
  },
  en: {
    neutral:
      /^(?:neutral|neither|average|so-so|okay|ok|fair|not sure|don'?t know|didn'?t|not applicable|n\/a|as expected|about the same|other|something else|no opinion)/,
    negative:
      /dis(?:satisf|agree|appoint|like)|unsatisf|unhappy|unlikely|not (?:at all|very|so|good|satisf|likely)|poor|bad|worse|worst|terrible|awful|slow|never|below/,
    positive:
      /satisf|agree|happy|likely|good|great|excellent|better|best|amazing|perfect|love|like|fast|above|always|fantastic|wonderful|outstanding/,
  },
};

/** Labels that let somebody stay out of the count. */
export const DONT_KNOW: Readonly<Record<Language, RegExp>> = {
  zh: /不清楚|不知道|不确定|不适用|没买|没用|没去|没收到|没找过|没参加|没注意|不了解|说不清|其他|都不是/,
  en: /not sure|don'?t know|didn'?t|did not|not applicable|n\/a|haven'?t|no opinion|not arrived|other|something else|none of/,
};
