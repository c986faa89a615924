import { trimBlank } from "./normalise-reply.js";
import { readNumber } from "./numerals.js";
import {
  CLASSIFIER_EXCEPTIONS,
  CLASSIFIERS,
  ENGLISH_OPINIONS,
  HAND_OVERS,
  OPINION_STARTS,
  ORDER_STARTS,
  RECEIPTS,
  THANKS,
  UNDOES,
  UNIT_BREAKER_EXCEPTIONS,
  UNIT_BREAKERS,
} from "./reply-lexicon.js";
import type { NoneReason } from "./reply-parse.js";
import { type Gap, hasWord, isLatin, matchAt, skipGap, wordAt } from "./scanner.js";
import type { ScoreScale, ScoreToken } from "./score-token.js";

/** What follows a score, and how it is set apart from it. */
export interface Remark {
  readonly text: string;
  /** Where the remark starts in `text`. */
  readonly at: number;
  readonly gap: Gap;
  readonly score: ScoreToken;
  readonly scale: ScoreScale;
  readonly direct: boolean;
  readonly self: boolean;
}

/** Why the words after a score undo the vote, or null when they are an ordinary comment. */
export function remarkProblem(remark: Remark): NoneReason | null {
  return (
    undoes(remark) ??
    elsewhere(remark) ??
    joinProblem(remark) ??
    otherScore(remark) ??
    urges(remark) ??
    (remark.score.unit === "bare" ? bareProblem(remark) : unitProblem(remark))
  );
}

function undoes({ text, at, gap }: Remark): NoneReason | null {
  const word = wordAt(text, at, UNDOES);
  if (word === null || (gap === "none" && wordAt(text, at, UNIT_BREAKER_EXCEPTIONS) !== null)) {
    return null;
  }
  return "negated";
}

/** 「5分好评已给」 tells of a rating on some other page. */
function elsewhere({ text, at, direct }: Remark): NoneReason | null {
  return !direct && /^已(?:经)?(?:给|打|评|送|好评)/.test(text.slice(at, at + 6))
    ? "elsewhere"
    : null;
}

const JOINS = /(?:或者?|还是|到|至|和|跟|与|and|or|to|maybe|也|也行|、|\/|~|-)? ?/y;

/** A second number right behind the score (5 4, 4 或 5, 5分 3). */
function joinProblem({ text, at, score }: Remark): NoneReason | null {
  const join = matchAt(text, at, JOINS) ?? "";
  const number = readNumber(text, at + join.length);
  if (number === null) return null;
  if (trimBlank(join) !== "" || number.form === "word") return "two-values";
  const next = text.charAt(number.end);
  const scored = next === "分" || next === "星";
  // 一 and 两 open ordinary comments (一如既往, 两个坏的).
  if (number.form === "hanzi" && !scored) return null;
  // 5分 3盒都好 speaks of boxes; 5分 3 and 2，3个坏的 do not tell which number is the vote.
  if (scored || !isChinese(next)) return "two-values";
  return score.unit === "bare" ? "quantity" : null;
}

function isChinese(character: string): boolean {
  return character >= "\u4e00" && character <= "\u9fff";
}

const SCORES =
  /(\d{1,6}(?:\.\d)?|[零一二两三四五六七八九十]) ?(?:分(?![钟之开量类享批装别成])|颗?星(?![期级座])|(?:stars?|points?)(?![a-z]))/g;
const DEDUCTION = /(?:扣|减|差|少|丢|掉|拉)(?:了|掉|的|我)?(?:那|这)?$/;
const DEDUCTED = /^[扣减差少]/;
/** What stands before a score that is not given now: an earlier, a refused or a promised one. */
const NOT_NOW =
  /(?:(?:上次|之前|以前|上回|原来|本来|原本|上周|昨天|平时|一直|前面|满分|总分|刚才)[^,，。]{0,6}|(?:再|改进|下次|以后|争取)[^,，。]{0,8}|(?:不|没|别|够不上|不到)[^,，。]{0,3})$/;

function otherScore({ text, at, score, scale }: Remark): NoneReason | null {
  for (const match of text.slice(at).matchAll(SCORES)) {
    const value = readNumber(match[1] ?? "", 0)?.value ?? Number.NaN;
    const start = at + match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(0, start - 12), start);
    const deducted = DEDUCTION.test(before) || DEDUCTED.test(text.charAt(end));
    const consistent = deducted && scale.range.max - value === score.value;
    if (value !== score.value && !consistent && !NOT_NOW.test(before)) return "two-values";
  }
  return null;
}

const OTHERS_URGED =
  /(?:大家|各位|亲们|宝子们|姐妹们|家人们|邻居们|朋友们|记得|拜托|求求)[^。!！]{0,8}(?:打|给|评|投|填|分|星)/;

function urges({ text, at, self }: Remark): NoneReason | null {
  const rest = text.slice(at);
  const last = rest.charAt(rest.length - 1);
  if (rest === "亲" || rest === "亲亲" || (last === "亲" && rest.length <= 4)) return "urging";
  return !self && OTHERS_URGED.test(rest) ? "urging" : null;
}

function unitProblem({ text, at, gap, score }: Remark): NoneReason | null {
  if (gap !== "none" || hasWord(text, at, UNIT_BREAKER_EXCEPTIONS, HAND_OVERS)) return null;
  const next = text.charAt(at);
  if (isLatin(next)) return hasWord(text, at, ENGLISH_OPINIONS) ? null : "quantity";
  if (next === "钟") return "time";
  if (UNIT_BREAKERS.has(next)) return "not-a-reply";
  return score.form === "hanzi" && isIdiom(text, at, score) ? "not-a-reply" : null;
}

/** 一分耕耘, 五分甜, 三分热度, 十分好吃: words glued to a Chinese score are mostly idioms. */
function isIdiom(text: string, at: number, score: ScoreToken): boolean {
  if (score.unit === "point" && score.value === 10) return true;
  return !hasWord(text, at, OPINION_STARTS, THANKS);
}

function bareProblem(remark: Remark): NoneReason | null {
  const { text, at, gap, direct } = remark;
  if (gap === "mark") return markedList(remark);
  if (hasWord(text, at, THANKS)) return null;
  if (gap === "none") return glued(remark);
  if (isReceipt(remark)) return "acknowledgement";
  const next = text.charAt(at);
  if (isLatin(next)) return hasWord(text, at, ENGLISH_OPINIONS) ? null : "quantity";
  if (hasWord(text, at, CLASSIFIER_EXCEPTIONS)) return null;
  const ordered = !direct && hasWord(text, at, ORDER_STARTS);
  return ordered || CLASSIFIERS.has(next) ? "quantity" : null;
}

/** 「1 好的」 is a receipt; 「3 ok」 is a score with an opinion. */
function isReceipt({ text, at, score }: Remark): boolean {
  return score.value === 1
    ? wordAt(text, at, RECEIPTS) !== null
    : /^(?:已?收到|知道了|了解)/.test(text.slice(at, at + 4));
}

function glued({ text, at, direct }: Remark): NoneReason | null {
  if (hasWord(text, at, OPINION_STARTS, HAND_OVERS)) return null;
  const next = text.charAt(at);
  if (!direct || CLASSIFIERS.has(next) || isLatin(next)) return "quantity";
  return hasWord(text, at, ORDER_STARTS) ? "quantity" : null;
}

/** 「1. 菜烂了」 and 「2、少了一盒」 number a list; only a direct answer may be a vote. */
function markedList({ text, at, score, direct }: Remark): NoneReason | null {
  const mark = text[score.end] ?? "";
  const listed = mark === "." || mark === "、" || mark === ")";
  if (listed && !direct) return "list";
  const receipt = wordAt(text, at, RECEIPTS);
  return receipt !== null && skipGap(text, at + receipt.length).end === text.length
    ? "acknowledgement"
    : null;
}
