const OPENING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
  ["”", "”"],
  ["「", "」"],
  ["『", "』"],
]);
const END_MARKS: ReadonlySet<string> = new Set("。.!！~～,，;；:：?？、…");

/** True for white space and for the invisible separators that chat clients put after a mention. */
export function isBlank(character: string | undefined): boolean {
  if (character === undefined) return false;
  return character.trim() === "" || character === "\u2005" || character === "\u200b";
}

function isMark(character: string | undefined): boolean {
  return character !== undefined && (END_MARKS.has(character) || isBlank(character));
}

/** The text without blanks at its ends. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/** The text without blanks and sentence marks at its ends. */
export function trimMarks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isMark(text[start])) start += 1;
  while (end > start && isMark(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/** Splits at blanks; a quoted phrase stays whole, without its quotes. */
export function splitArguments(text: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text[at])) {
      at += 1;
      continue;
    }
    const closing = OPENING.get(text[at] ?? "");
    const end = closing === undefined ? -1 : text.indexOf(closing, at + 1);
    if (end > at) {
      words.push(text.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    let stop = at;
    while (stop < text.length && !isBlank(text[stop])) stop += 1;
    words.push(text.slice(at, stop));
    at = stop;
  }
  return words;
}

/**
 * Full-width letters, digits and marks as ASCII, letters A–Z in lower case. Never changes the length,
 * so that a place in the folded text is the same place in the typed one.
 */
export function foldWidth(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const wide = code >= 0xff01 && code <= 0xff5e;
    const narrow = wide ? code - 0xfee0 : code === 0x3000 ? 0x20 : code;
    folded += String.fromCharCode(narrow >= 0x41 && narrow <= 0x5a ? narrow + 0x20 : narrow);
  }
  return folded;
}

/** True when a text holds a Chinese character. */
export function hasHan(text: string): boolean {
  return /[\u4e00-\u9fff]/.test(text);
}
