import { CLASSIFIERS, RECEIPTS } from "./reply-lexicon.js";
import type { NoneReason } from "./reply-parse.js";
import { skipGap, wordAt } from "./scanner.js";

/**
 * Words that ask. A message that asks is never a vote, because 5分？ and 5最高吗 ask about the scale.
 * 怎么 alone also opens a complaint (怎么这么慢), so it counts only before a verb of answering.
 */
const QUESTION =
  /[?？]|吗|么(?:[~!。.]|$)|(?<![没有])呢(?:[~!。.]|$)|几[分星点个号]|多少|哪[个种一里家]|什么时候|什么意思|要什么|是什么|(?<!没)有没有|是不是|能不能|可不可以|行不行|好不好|要不要|会不会|[怎咋]么?(?:打|评|投|选|填|回|算|参|弄|才|样(?:打|评|投|选|填|算))|怎么样$|还是.{0,6}[好甜]$|(?:^|[^a-z])(?:what|which|how|when|where|who|is it|does|should i)(?![a-z])/;

/** True when a folded reply asks something. */
export function asksQuestion(text: string): boolean {
  return QUESTION.test(text);
}

const HOW = /^(?:怎么|如何|咋)/;

const NUMBER = "(?:\\d{1,6}(?:\\.\\d{1,2})?|[零一二两三四五六七八九十]{1,3})";

/** Number slang: 555 cries, 666 praises, 88 says bye. */
const SLANG = /^(?:5{3,}|6{2,}|2333*|88+|886|520|521|1314|5201314|9{2,}|1{2,}|\[666\])[~!。.]*$/;

/** True when a folded reply is nothing but number slang. */
export function isNumberSlang(text: string): boolean {
  return SLANG.test(text);
}

/** Tried in order on a reply that no grammar took, to say why in a word. */
const REASONS: readonly (readonly [NoneReason, RegExp])[] = [
  ["command", /^[/!]/],
  ["link", /https?:\/\/|www\./],
  ["slang", SLANG],
  [
    "acknowledgement",
    /^(?:[扣回] ?1|\+1|1 ?收到|收到|已收到|好的|好滴|好哒|ok|okay|知道了|了解|thx|thanks|谢谢)/,
  ],
  [
    "time",
    new RegExp(
      `${NUMBER} ?(?:点|分钟|小时|天|号(?!楼)|月|年|周|秒|pm|am|min|hour|day)|\\d ?: ?\\d|o'clock`,
    ),
  ],
  ["price", new RegExp(`[¥￥$€£] ?\\d|${NUMBER} ?(?:元|块|毛|角|折|钱|一斤|包邮|k$)`)],
  [
    "address",
    new RegExp(
      `${NUMBER} ?(?:号楼|栋|幢|楼|单元|室|层|弄)|第 ?${NUMBER} ?[个位名条]|^(?:room|no\\.?) ?\\d|floor`,
    ),
  ],
  ["range", new RegExp(`${NUMBER} ?(?:-|~|到|至|或者?|or) ?${NUMBER}`)],
  ["out-of-scale", /负(?:\d|分)|-\d/],
  [
    "other-person",
    /^(?:我)?(?:她|他|他们|她们|人家|老公|老婆|我妈|我爸|妈妈|婆婆|孩子|邻居|朋友|隔壁|有人|别人|楼上|对方)/,
  ],
  ["urging", /大家|各位|^亲|亲(?:们)?$|记得|麻烦|拜托|请|求|[给帮]我|帮忙|^快/],
  ["negated", /不想?给|不值|别想|没有|嫌多|不打|不给|扣 ?\d|都没|不到|不配/],
  ["past", /^(?:上次|之前|以前|昨天|上周|原来|本来)/],
  ["elsewhere", /已(?:给|打|评|好评)|给过了|打过了|评过了/],
];

/** The most telling reason why a folded reply that matched nothing is no vote. */
export function explainNone(text: string): NoneReason {
  if (skipGap(text, 0).end === text.length) {
    return /[\p{Extended_Pictographic}[]/u.test(text) ? "emoji" : "empty";
  }
  if (HOW.test(text)) return "question";
  const receipt = wordAt(text, 0, RECEIPTS);
  if (receipt !== null && skipGap(text, receipt.length).end === text.length) {
    return "acknowledgement";
  }
  for (const [reason, pattern] of REASONS) if (pattern.test(text)) return reason;
  return ORDERS.test(text) || countsThings(text) ? "quantity" : "not-a-reply";
}

/** 团2, 再来2, x5, 5*2. */
const ORDERS = /[要来团拼加买拿订x*] ?\d|\d ?[x*]/;
const FIRST_NUMBER = new RegExp(`${NUMBER} ?(.)`);

function countsThings(text: string): boolean {
  return CLASSIFIERS.has(FIRST_NUMBER.exec(text)?.[1] ?? "");
}
