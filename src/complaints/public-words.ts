/** What a text for the whole group may not say, taken out. */
export interface PublicWords {
  readonly text: string;
  /** Something personal was taken out. */
  readonly hidden: boolean;
}

const MASK = "…";
/** Names shorter than this are left alone: they are in too many words. */
const SHORTEST_NAME = 2;
const LONGEST_TEXT = 2_000;

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}/gu;
const MENTION = /[@＠][^\s@＠，。,.!！?？:：;；]{1,32}/gu;
/** Letters and digits in one piece, such as an order number. */
const CODE = /[A-Za-z]{0,6}\d[A-Za-z\d]{4,40}/gu;
/** Digits with blanks or hyphens between, such as a telephone number. */
const SPACED_DIGITS = /\+?\d[\d\- ]{5,24}\d/gu;
const DAY = /^20\d{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?!\d)/u;

function digitsIn(text: string): number {
  let count = 0;
  for (const char of text) if (char >= "0" && char <= "9") count += 1;
  return count;
}

/** A day, perhaps with the hour behind it ("2026-11-21 18:00"), is no telephone number. */
function maskSpaced(found: string): string {
  const day = DAY.exec(found)?.[0];
  if (day !== undefined && digitsIn(found.slice(day.length)) <= 2) return found;
  return digitsIn(found) >= 7 ? MASK : found;
}

function maskCode(found: string): string {
  return digitsIn(found) >= 6 ? MASK : found;
}

/**
 * The words of staff as they may stand in front of the group: without the given names, without
 * mentions, telephone numbers, order numbers and mail addresses. Amounts, clock times and days stay.
 * At most 2,000 UTF-16 units.
 */
export function publicWords(words: string, names: readonly string[]): PublicWords {
  const given = words.slice(0, LONGEST_TEXT);
  let text = given
    .replace(EMAIL, MASK)
    .replace(MENTION, MASK)
    .replace(CODE, maskCode)
    .replace(SPACED_DIGITS, maskSpaced);
  for (const name of names) {
    if (name.trim().length >= SHORTEST_NAME) text = text.replaceAll(name.trim(), MASK);
  }
  return { text, hidden: text !== given };
}
