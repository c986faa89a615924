import { isHan, isWordCode, type NormalisedText } from "./normalised-text.js";

const LIST_HEADS = ["#接龙", "#group note", "接龙"] as const;
const LINE = 10;
const HASH = 35;

/** Texts that no member writes as a complaint, whatever words they hold. */
export type TextShape = "prose" | "empty" | "command" | "list" | "vote";

/** Tells commands, 接龙 lists and pure votes ("5分", "3") from prose ("2 少了5个鸡蛋" is prose). */
export function shapeOf(text: NormalisedText): TextShape {
  const first = firstSolid(text, 0);
  if (first >= text.length) return "empty";
  const code = text.codes[first] ?? 0;
  if (code === 47 && isCommandWord(text, first + 1)) return "command";
  if (code === HASH || code === 0x63a5) {
    const head = String.fromCharCode(
      ...text.codes.subarray(first, Math.min(first + 12, text.length)),
    );
    if (LIST_HEADS.some((start) => head.startsWith(start)) && hasLine(text)) return "list";
  }
  if (numberedLines(text) >= 3) return "list";
  return isVote(text) ? "vote" : "prose";
}

function isCommandWord(text: NormalisedText, at: number): boolean {
  const code = text.codes[at] ?? 0;
  return at < text.length && ((code >= 97 && code <= 122) || isHan(code));
}

function firstSolid(text: NormalisedText, from: number): number {
  let at = from;
  while (at < text.length && ((text.codes[at] ?? 0) === 32 || (text.codes[at] ?? 0) === LINE))
    at += 1;
  return at;
}

function hasLine(text: NormalisedText): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.codes[at] === LINE) return true;
  return false;
}

/** Lines that begin with one to three digits and a mark, in 接龙 style. Stops at three. */
function numberedLines(text: NormalisedText): number {
  if (!hasLine(text)) return 0;
  let count = 0;
  let at = 0;
  while (at < text.length && count < 3) {
    if (isNumbered(text, firstSolid(text, at))) count += 1;
    while (at < text.length && text.codes[at] !== LINE) at += 1;
    at += 1;
  }
  return count;
}

function isNumbered(text: NormalisedText, from: number): boolean {
  let at = from;
  while (at < text.length && at - from < 3 && isDigit(text.codes[at] ?? 0)) at += 1;
  if (at === from) return false;
  const mark = text.codes[at] ?? 0;
  return mark === 46 || mark === 41 || mark === 44 || mark === 58;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const VOTE_UNITS = new Set([..."分星颗级打给我选投+-/.★⭐☆ "].map((unit) => unit.charCodeAt(0)));

/** A short line of digits, a single letter and scoring words only. */
function isVote(text: NormalisedText): boolean {
  if (text.length > 8) return false;
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codes[at] ?? 0;
    if (isDigit(code) || VOTE_UNITS.has(code)) continue;
    if (!isWordCode(code)) return false;
    letters += 1;
  }
  return letters <= 1;
}
