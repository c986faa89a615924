/** A number found in a text, in digits (`4`, `4.5`), Chinese (四, 四点五, 十) or English (four). */
export interface NumberToken {
  readonly value: number;
  /** Position after the number. */
  readonly end: number;
  readonly form: "digits" | "hanzi" | "word";
  /** True for 四五 or 七八: two neighbours side by side mean "about", not a value. */
  readonly approximate: boolean;
}

const HANZI_DIGITS: ReadonlyMap<string, number> = new Map([
  ["零", 0],
  ["〇", 0],
  ["一", 1],
  ["壹", 1],
  ["二", 2],
  ["两", 2],
  ["贰", 2],
  ["三", 3],
  ["叁", 3],
  ["四", 4],
  ["肆", 4],
  ["五", 5],
  ["伍", 5],
  ["六", 6],
  ["陆", 6],
  ["七", 7],
  ["柒", 7],
  ["八", 8],
  ["捌", 8],
  ["九", 9],
  ["玖", 9],
]);
const TENS = new Set(["十", "拾"]);
const BIG_UNITS = new Set(["百", "佰", "千", "仟", "万", "亿"]);
const MAX_HANZI = 12;

const ENGLISH_NUMBERS: ReadonlyMap<string, number> = new Map(
  ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].map(
    (word, value): [string, number] => [word, value],
  ),
);
const ENGLISH_WORD = /[a-z]{3,5}(?![a-z])/y;
const DIGITS = /\d+(?:\.\d+)?/y;

/** Reads the number that starts at `at` of a folded text, or returns null. Never reads a sign. */
export function readNumber(text: string, at: number): NumberToken | null {
  DIGITS.lastIndex = at;
  const digits = DIGITS.exec(text)?.[0];
  if (digits !== undefined) {
    return { value: Number(digits), end: at + digits.length, form: "digits", approximate: false };
  }
  ENGLISH_WORD.lastIndex = at;
  const word = ENGLISH_WORD.exec(text)?.[0];
  if (word !== undefined) {
    const value = ENGLISH_NUMBERS.get(word);
    return value === undefined
      ? null
      : { value, end: at + word.length, form: "word", approximate: false };
  }
  return readHanzi(text, at);
}

function readHanzi(text: string, at: number): NumberToken | null {
  let end = at;
  while (end < text.length && end - at < MAX_HANZI && isNumeral(text[end])) end += 1;
  if (end === at) return null;
  const numeral = text.slice(at, end);
  const whole = hanziValue(numeral);
  if (whole === null) return { value: Number.NaN, end, form: "hanzi", approximate: true };
  const tenth = text[end] === "点" ? HANZI_DIGITS.get(text[end + 1] ?? "") : undefined;
  if (tenth === undefined || isNumeral(text[end + 2])) {
    return { value: whole, end, form: "hanzi", approximate: false };
  }
  return { value: whole + tenth / 10, end: end + 2, form: "hanzi", approximate: false };
}

function isNumeral(character: string | undefined): boolean {
  const c = character ?? "";
  return HANZI_DIGITS.has(c) || TENS.has(c) || BIG_UNITS.has(c);
}

/** The value of a Chinese numeral up to 99; beyond that, infinity; null when it only says "about". */
function hanziValue(numeral: string): number | null {
  const characters = [...numeral];
  if (characters.some((c) => BIG_UNITS.has(c))) return Number.POSITIVE_INFINITY;
  const tens = characters.findIndex((c) => TENS.has(c));
  if (tens < 0) return characters.length === 1 ? (HANZI_DIGITS.get(numeral) ?? null) : null;
  const ten = tens === 0 ? 1 : oneDigit(characters.slice(0, tens));
  const rest = characters.slice(tens + 1);
  const unit = rest.length === 0 ? 0 : oneDigit(rest);
  return ten === null || unit === null ? null : ten * 10 + unit;
}

function oneDigit(characters: readonly string[]): number | null {
  return characters.length === 1 ? (HANZI_DIGITS.get(characters[0] ?? "") ?? null) : null;
}
