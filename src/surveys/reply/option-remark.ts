import type { ItemToken, OptionList } from "./option-items.js";
import {
  CLASSIFIER_EXCEPTIONS,
  CLASSIFIERS,
  HAND_OVERS,
  ORDER_STARTS,
  RECEIPTS,
  THANKS,
  UNDOES,
} from "./reply-lexicon.js";
import type { NoneReason, ReadingContext } from "./reply-parse.js";
import { type Gap, hasWord, isDigit, isLatin } from "./scanner.js";

/** The choices found in a reply, and where they end. */
export interface Picked {
  readonly items: readonly ItemToken[];
  readonly end: number;
}

/** What follows the choices of a reply, and how it is set apart from them. */
export interface OptionRemark {
  readonly text: string;
  readonly picked: Picked;
  readonly list: OptionList;
  readonly context: ReadingContext;
  /** Where the remark starts. */
  readonly end: number;
  readonly gap: Gap;
}

/** Openings that turn the chosen option down (A 不要); 「D 不需要」 explains a choice of none. */
const REFUSES = /^(?:不(?:要|行|好|选|吃|想|喜欢|能|可以|会|是|对|考虑)|别|没有|没了|没货|除|无)/;

/** Letters that begin a name (A级, C位, B站) rather than answer. */
const LETTER_NOUNS = new Set([..."级位座站超罩面股轮端区栋幢楼口班型类等照证套制字柱杯市地版单货"]);

/** Why the words after a choice make it unclear, or null when they are an ordinary comment. */
export function optionRemarkProblem(remark: OptionRemark): NoneReason | null {
  const { text, end, gap } = remark;
  if (hasWord(text, end, RECEIPTS)) return "acknowledgement";
  if (hasWord(text, end, THANKS, HAND_OVERS)) return null;
  if (gap === "none") return "not-a-reply";
  if (REFUSES.test(text.slice(end, end + 4)) || hasWord(text, end, UNDOES)) return "negated";
  if (namesAnother(remark)) return "two-values";
  return formProblem(remark);
}

function formProblem(remark: OptionRemark): NoneReason | null {
  switch (remark.picked.items.at(-1)?.form) {
    case "letter":
      return letterProblem(remark);
    case "digits":
    case "hanzi":
      return numberProblem(remark);
    case "label":
      // 「草莓 坏了」 complains about an option instead of choosing it.
      return remark.context.direct ? null : "not-a-reply";
    case "ordinal":
    case undefined:
      return null;
  }
}

/** 「1. 菜烂了」 and "A) a slider" number a list; only a direct answer may be a vote. */
function isListed({ text, picked, gap, context }: OptionRemark): boolean {
  return gap === "mark" && !context.direct && /[.、):]/.test(text.charAt(picked.end));
}

function letterProblem(remark: OptionRemark): NoneReason | null {
  const { text, end, gap } = remark;
  if (gap === "mark") return isListed(remark) && isLatin(text[end]) ? "list" : null;
  const named = LETTER_NOUNS.has(text.charAt(end)) || isLatin(text[end]) || isDigit(text[end]);
  return named ? "not-a-reply" : null;
}

function numberProblem(remark: OptionRemark): NoneReason | null {
  const { text, end, gap } = remark;
  if (isListed(remark)) return "list";
  if (isDigit(text[end])) return "two-values";
  if (gap === "mark" || hasWord(text, end, CLASSIFIER_EXCEPTIONS)) return null;
  const counted = CLASSIFIERS.has(text.charAt(end)) || hasWord(text, end, ORDER_STARTS);
  return counted || isLatin(text[end]) ? "quantity" : null;
}

/** A letter of another option standing alone in the comment makes the choice unclear. */
function namesAnother({ text, end, picked, list }: OptionRemark): boolean {
  const rest = text.slice(end);
  const chosen = new Set(picked.items.flatMap((item) => item.ids));
  const english = /[a-z]{2}/.test(rest);
  for (const [word] of rest.matchAll(/[a-z]+/g)) {
    const option = list.options.find((candidate) => candidate.key === word);
    // "a" is an article once the comment is English.
    const article = word === "a" && english;
    if (option !== undefined && !chosen.has(option.id) && !article) return true;
  }
  return false;
}
