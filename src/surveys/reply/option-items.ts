import { foldReply } from "./normalise-reply.js";
import { readNumber } from "./numerals.js";
import type { OptionScale } from "./scale.js";
import { isDigit, isLatin, lengthAt, matchAt } from "./scanner.js";

/** One listed option in folded form. */
export interface FoldedOption {
  readonly id: string;
  readonly key: string;
  readonly label: string;
}

/** The options of a question prepared for matching. */
export interface OptionList {
  readonly options: readonly FoldedOption[];
  /** Longest label first, so that 草莓酱 is not read as 草莓. */
  readonly byLabel: readonly FoldedOption[];
  readonly numeric: boolean;
}

/** Prepares the options; 星期二 and 礼拜二 match a label 周二. */
export function optionList(scale: OptionScale): OptionList {
  const options = scale.options.map((option) => ({
    id: option.id,
    key: foldReply(option.id),
    label: foldWeekdays(foldReply(option.label)),
  }));
  return {
    options,
    byLabel: [...options].sort((a, b) => b.label.length - a.label.length),
    numeric: options.every((option) => /^\d{1,2}$/.test(option.key)),
  };
}

const WEEKDAY = /(?:星期|礼拜)(?=[一二三四五六日天])/g;

/** Writes every weekday as 周N. */
export function foldWeekdays(text: string): string {
  return text.replace(WEEKDAY, "周");
}

/** What stands at one place of a list of choices. */
export interface ItemToken {
  /** Option ids named there: one, or several for a run such as AC or 13. */
  readonly ids: readonly string[];
  readonly end: number;
  readonly form: "letter" | "digits" | "hanzi" | "ordinal" | "label";
}

/** Reads one choice at `at`: an id, a run of ids, an ordinal (第2个, numbered lists only) or a label. */
export function readItem(text: string, at: number, list: OptionList): ItemToken | null {
  const item = list.numeric ? readNumbered(text, at, list) : readLettered(text, at, list);
  if (item === null) return readLabelItem(text, at, list);
  const label = readLabelItem(text, at, list);
  // A label may start with what looks like an id (A4纸).
  return label !== null && label.end > item.end ? label : item;
}

function readLabelItem(text: string, at: number, list: OptionList): ItemToken | null {
  const option = list.byLabel.find((candidate) => startsWithLabel(text, at, candidate.label));
  if (option === undefined) return null;
  return { ids: [option.id], end: at + option.label.length, form: "label" };
}

function startsWithLabel(text: string, at: number, label: string): boolean {
  if (!text.startsWith(label, at)) return false;
  const end = at + label.length;
  return (
    !(isLatin(text[end - 1]) && isLatin(text[end])) &&
    !(isDigit(text[end - 1]) && isDigit(text[end]))
  );
}

const ORDINAL = /第 ?/y;
const ORDINAL_END = / ?(?:个|项|条|款|种|选项)?/y;

function readNumbered(text: string, at: number, list: OptionList): ItemToken | null {
  if (!isCleanStart(text, at)) return null;
  const ordinal = lengthAt(text, at, ORDINAL);
  const number = readNumber(text, at + ordinal);
  if (number === null || number.form === "word") return null;
  const end = number.end + (ordinal === 0 ? 0 : lengthAt(text, number.end, ORDINAL_END));
  if (isLatin(text[end])) return null;
  const whole = list.options.find((option) => Number(option.key) === number.value);
  if (whole !== undefined) {
    return { ids: [whole.id], end, form: ordinal > 0 ? "ordinal" : number.form };
  }
  const run = ordinal === 0 ? splitDigits(text.slice(at, number.end), list) : null;
  return run === null ? null : { ids: run, end, form: "digits" };
}

function isCleanStart(text: string, at: number): boolean {
  const before = text[at - 1];
  if (before === "+") return at > 1;
  return before === undefined || !/[-¥$€£#~\d]/.test(before);
}

/** 13 and 1.3 name options 1 and 3 when both exist and differ. */
function splitDigits(digits: string, list: OptionList): readonly string[] | null {
  const ids: string[] = [];
  for (const character of digits) {
    if (character === ".") continue;
    const option = list.options.find((candidate) => candidate.key === character);
    if (option === undefined || ids.includes(option.id)) return null;
    ids.push(option.id);
  }
  return ids.length > 1 ? ids : null;
}

const LETTER_RUN = /[a-z]{1,26}/y;
/** Words that are spelled with option letters only; in lower case they are words. */
const SPELLED_WORDS = new Set(
  "bad cab dab dad add fab fad bed bee cafe face fade fed bead deaf beef feed be abc babe cafe egg bag bug age edge head hide high hi he ha aha had has".split(
    " ",
  ),
);

function readLettered(text: string, at: number, list: OptionList): ItemToken | null {
  if (isLatin(text[at - 1]) || isDigit(text[at - 1])) return null;
  const run = matchAt(text, at, LETTER_RUN);
  if (run === null) return readLongKey(text, at, list);
  const end = at + run.length;
  if (isDigit(text[end]) || text[end] === "'") return null;
  const ids: string[] = [];
  for (const letter of run) {
    const option = list.options.find((candidate) => candidate.key === letter);
    if (option === undefined || ids.includes(option.id)) return readLongKey(text, at, list);
    ids.push(option.id);
  }
  if (run !== "abc" && SPELLED_WORDS.has(run)) return null;
  return { ids, end, form: "letter" };
}

/** Ids that are neither one letter nor a number (a1, 甲). */
function readLongKey(text: string, at: number, list: OptionList): ItemToken | null {
  const option = list.options.find(
    (candidate) => !/^[a-z]$/.test(candidate.key) && startsWithLabel(text, at, candidate.key),
  );
  return option === undefined
    ? null
    : { ids: [option.id], end: at + option.key.length, form: "letter" };
}
