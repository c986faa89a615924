import { SCHEDULE_WORDS, type ScheduleToken } from "./schedule-lexicon.js";

/** A piece read from the text, and how many characters it took. */
interface Piece {
  readonly tokens: readonly ScheduleToken[];
  readonly length: number;
}

const LONGEST_WORD = Math.max(...[...SCHEDULE_WORDS.keys()].map((word) => word.length));
const HAN_DIGITS = "零一二三四五六七八九";
/** Index is the weekday of cron: Sunday 0. */
const HAN_WEEKDAYS = "日一二三四五六";
/** A Chinese digit before one of these counts or tells the time; it is no weekday. */
const AFTER_A_COUNT = "点时分半刻月号个小";
const CLOCK = /^(\d{1,2})[:.h](\d{2})(?!\d)/;
const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th)(?![a-z])/;
const DIGITS = /^\d{1,2}(?!\d)/;
/** `周5`, `周1、3、5`, `周1-5`; not the 1 of `周19:00`. */
const DIGIT_WEEKDAYS = /^[1-7](?:[-~到至,、][1-7])*(?![\d:.点时])/;

function isLetter(character: string | undefined): boolean {
  return character !== undefined && character >= "a" && character <= "z";
}

function readDigits(rest: string): Piece | null {
  const clock = CLOCK.exec(rest);
  if (clock !== null) {
    const token = { kind: "clock", hour: Number(clock[1]), minute: Number(clock[2]) } as const;
    return { tokens: [token], length: clock[0].length };
  }
  const ordinal = ORDINAL.exec(rest);
  if (ordinal !== null) {
    return {
      tokens: [{ kind: "ordinal", value: Number(ordinal[1]) }],
      length: ordinal[0].length,
    };
  }
  const digits = DIGITS.exec(rest);
  if (digits === null) return null;
  return { tokens: [{ kind: "number", value: Number(digits[0]) }], length: digits[0].length };
}

function hanDigit(character: string | undefined): number {
  if (character === "两") return 2;
  if (character === "〇") return 0;
  return character === undefined ? -1 : HAN_DIGITS.indexOf(character);
}

/** Chinese numerals from 零 to 九十九, also 零五. */
function readHanNumber(rest: string): Piece | null {
  const first = hanDigit(rest[0]);
  if (rest[0] === "十" || (first > 0 && rest[1] === "十")) {
    const tens = rest[0] === "十" ? 1 : first;
    const used = rest[0] === "十" ? 1 : 2;
    const ones = hanDigit(rest[used]);
    const value = tens * 10 + Math.max(ones, 0);
    return { tokens: [{ kind: "number", value }], length: used + (ones > 0 ? 1 : 0) };
  }
  if (first < 0) return null;
  const afterZero = first === 0 ? hanDigit(rest[1]) : -1;
  return afterZero > 0
    ? { tokens: [{ kind: "number", value: afterZero }], length: 2 }
    : { tokens: [{ kind: "number", value: first }], length: 1 };
}

/** The rest of `周一三五` after its first weekday: bare digits that go on naming weekdays. */
function readHanWeekday(rest: string): Piece | null {
  const character = rest[0] === "天" ? "日" : (rest[0] ?? "");
  const weekday = character === "" ? -1 : HAN_WEEKDAYS.indexOf(character);
  const next = rest[1];
  if (weekday < 0 || (next !== undefined && AFTER_A_COUNT.includes(next))) return null;
  if (character === "二" && next === "十") return null;
  return { tokens: [{ kind: "weekday", weekday }], length: 1 };
}

function readWord(rest: string): Piece | null {
  for (let length = Math.min(LONGEST_WORD, rest.length); length > 0; length -= 1) {
    const tokens = SCHEDULE_WORDS.get(rest.slice(0, length));
    const cutsWord = isLetter(rest[length - 1]) && isLetter(rest[length]);
    if (tokens !== undefined && !cutsWord) return { tokens, length };
  }
  return null;
}

function readDigitWeekdays(list: string): readonly ScheduleToken[] {
  return [...list].map((character): ScheduleToken => {
    if (character >= "1" && character <= "7") {
      return { kind: "weekday", weekday: Number(character) % 7 };
    }
    return { kind: character === "," || character === "、" ? "and" : "range" };
  });
}

/** What follows `周`, `星期` or `礼拜`; without a weekday it is the word for week. */
function readWeekPrefix(rest: string, prefix: number): Piece {
  const digits = DIGIT_WEEKDAYS.exec(rest.slice(prefix));
  if (digits !== null) {
    return { tokens: readDigitWeekdays(digits[0]), length: prefix + digits[0].length };
  }
  const character = rest[prefix] === "天" ? "日" : (rest[prefix] ?? "");
  const weekday = character === "" ? -1 : HAN_WEEKDAYS.indexOf(character);
  return weekday < 0
    ? { tokens: [{ kind: "week" }], length: prefix }
    : { tokens: [{ kind: "weekday", weekday }], length: prefix + 1 };
}

function readOrdinal(rest: string): Piece | null {
  const number = readDigits(rest.slice(1)) ?? readHanNumber(rest.slice(1));
  const token = number?.tokens[0];
  if (number === null || token?.kind !== "number") return null;
  return { tokens: [{ kind: "ordinal", value: token.value }], length: number.length + 1 };
}

/** True when the last words were weekdays, so that bare Chinese digits may go on with them. */
function isAmongWeekdays(tokens: readonly ScheduleToken[]): boolean {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  if (last?.kind === "weekday") return true;
  return (last?.kind === "and" || last?.kind === "range") && before?.kind === "weekday";
}

function readPiece(rest: string, tokens: readonly ScheduleToken[]): Piece | null {
  const weekday = isAmongWeekdays(tokens) ? readHanWeekday(rest) : null;
  if (weekday !== null) return weekday;
  const word = readWord(rest);
  const kind = word?.tokens[0]?.kind;
  if (kind === "weekPrefix") return readWeekPrefix(rest, word?.length ?? 1);
  if (kind === "ordinalPrefix") return readOrdinal(rest);
  return word ?? readDigits(rest) ?? readHanNumber(rest);
}

/** The words of a cleaned schedule text in order, fillers left out; `null` at an unknown word. */
export function tokenizeSchedule(text: string): readonly ScheduleToken[] | null {
  const tokens: ScheduleToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    const piece = readPiece(text.slice(at), tokens);
    if (piece === null) return null;
    tokens.push(...piece.tokens.filter((token) => token.kind !== "filler"));
    at += piece.length;
  }
  return tokens;
}
