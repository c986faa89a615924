import { readNumber } from "./numerals.js";
import type { NoneReason } from "./reply-parse.js";
import type { ScoreKind, ScoreRange } from "./scale.js";
import { isLatin, matchAt } from "./scanner.js";

/** A score read from a text: the value and how plainly it was marked as one. */
export interface ScoreToken {
  readonly value: number;
  readonly end: number;
  /** How the score was written: 5分, 5星 or ★★★, 4/5, 满分, a number with no unit. */
  readonly unit: "point" | "star" | "fraction" | "full" | "bare";
  readonly form: "digits" | "hanzi" | "word";
}

/** What reading a score came to: a score, a number that is none (with the reason), or nothing there. */
export type ScoreReading = ScoreToken | { readonly reason: NoneReason } | null;

/** What a scored question accepts. */
export interface ScoreScale {
  readonly kind: ScoreKind;
  readonly range: ScoreRange;
}

const FULL = /(?:满分好评|满分|满星|full marks|full score|top marks|perfect score)/y;
const STARS = /(?:[★⭐🌟]\ufe0f?){1,20}/uy;
const HOLLOW = /(?:☆\ufe0f?){1,20}/uy;
const POINT_UNIT = / ?(?:分儿?|points?(?![a-z])|pts?(?![a-z])|marks?(?![a-z]))/y;
const STAR_UNIT =
  / ?(?:颗 ?星|个 ?星|颗 ?[⭐🌟★]\ufe0f?|个 ?[⭐🌟★]\ufe0f?|星|[⭐🌟★]\ufe0f?|-?stars?(?![a-z]))/uy;
const MORE_STARS = /(?:[★⭐🌟]\ufe0f?){1,20}/uy;
const OUT_OF = / ?(?:\/|out of(?: a)?|of) ?(?=\d|five|ten|seven)/y;
const RANGE_JOIN = / ?(?:-|~|–|—{1,2}|到|至|或者?|or|to|\/) ?/y;
const CLOCK = / ?: ?\d/y;
const FORBIDDEN_NEXT = /[a-z%°²$€¥£#&*=_+'"]/;
const FORBIDDEN_BEFORE = new Set([..."-+~.#$¥￥€£*x/第约近超\\=&%_"]);

/** Reads the score that starts at `at` of a folded text. */
export function readScore(text: string, at: number, scale: ScoreScale): ScoreReading {
  const full = matchAt(text, at, FULL);
  if (full !== null) return readFull(text, at + full.length, scale);
  const stars = readStars(text, at, scale);
  if (stars !== null) return stars;
  const number = readNumber(text, at);
  if (number === null) return null;
  if (FORBIDDEN_BEFORE.has(text[at - 1] ?? "")) return { reason: "quantity" };
  if (number.approximate) return { reason: "range" };
  if (hasLeadingZero(text, at)) return { reason: "slang" };
  const unit = readUnit(text, number.end, scale);
  const half = readHalf(text, unit.end, unit.kind !== "bare");
  const value = number.value + (half > unit.end ? 0.5 : 0);
  const token: ScoreToken = { value, end: half, unit: unit.kind, form: number.form };
  return checkNeighbours(text, token, scale);
}

/** 007 and 0000 are codes, 0.5 is a number. */
function hasLeadingZero(text: string, at: number): boolean {
  return text[at] === "0" && /\d/.test(text[at + 1] ?? "");
}

function readFull(text: string, end: number, scale: ScoreScale): ScoreReading {
  const number = readNumber(text, matchAt(text, end, / /y) === null ? end : end + 1);
  if (number !== null && number.value !== scale.range.max) return { reason: "out-of-scale" };
  return { value: scale.range.max, end, unit: "full", form: "hanzi" };
}

function readStars(text: string, at: number, scale: ScoreScale): ScoreReading {
  const filled = matchAt(text, at, STARS);
  if (filled === null) return null;
  const count = countStars(filled);
  const hollow = matchAt(text, at + filled.length, HOLLOW) ?? "";
  const total = count + countStars(hollow);
  const end = at + filled.length + hollow.length;
  if (scale.kind !== "csat" || count > scale.range.max) return { reason: "out-of-scale" };
  if (hollow !== "" && total !== scale.range.max) return { reason: "out-of-scale" };
  return { value: count, end, unit: "star", form: "digits" };
}

function countStars(row: string): number {
  let count = 0;
  for (const character of row) if (character !== "\ufe0f") count += 1;
  return count;
}

interface Unit {
  readonly kind: ScoreToken["unit"];
  readonly end: number;
}

function readUnit(text: string, at: number, scale: ScoreScale): Unit {
  const point = matchAt(text, at, POINT_UNIT);
  if (point !== null) return { kind: "point", end: at + point.length };
  const star = scale.kind === "csat" ? matchAt(text, at, STAR_UNIT) : null;
  if (star !== null) {
    const end = at + star.length;
    return { kind: "star", end: end + (matchAt(text, end, MORE_STARS)?.length ?? 0) };
  }
  return { kind: "bare", end: at };
}

const HALF_WORD = /半/y;
const HALF_ENGLISH = / and a half/y;

function readHalf(text: string, at: number, hasUnit: boolean): number {
  const english = matchAt(text, at, HALF_ENGLISH);
  if (english !== null) return at + english.length;
  const half = hasUnit ? matchAt(text, at, HALF_WORD) : null;
  return at + (half?.length ?? 0);
}

/** Refuses what only looks like a score (4-5, 3:30, 5pm) and takes a "/5" or "out of 5" along. */
function checkNeighbours(text: string, token: ScoreToken, scale: ScoreScale): ScoreReading {
  const outOf = matchAt(text, token.end, OUT_OF);
  if (outOf !== null) return readFraction(text, token, scale, token.end + outOf.length);
  if (matchAt(text, token.end, CLOCK) !== null) return { reason: "time" };
  const join = matchAt(text, token.end, RANGE_JOIN);
  if (join !== null && readNumber(text, token.end + join.length) !== null) {
    return { reason: "range" };
  }
  const next = text[token.end] ?? "";
  if (token.unit === "bare" && FORBIDDEN_NEXT.test(next)) return { reason: "quantity" };
  return inRange(token, scale);
}

function readFraction(
  text: string,
  token: ScoreToken,
  scale: ScoreScale,
  at: number,
): ScoreReading {
  const whole = readNumber(text, at);
  if (whole === null || whole.value !== scale.range.max) return { reason: "out-of-scale" };
  const unit = matchAt(text, whole.end, POINT_UNIT) ?? matchAt(text, whole.end, STAR_UNIT) ?? "";
  const end = whole.end + unit.length;
  if (text[end] === "/" || isLatin(text[end])) return { reason: "time" };
  return inRange({ ...token, end, unit: "fraction" }, scale);
}

function inRange(token: ScoreToken, scale: ScoreScale): ScoreReading {
  const { min, max, halves } = scale.range;
  if (token.value < min || token.value > max) return { reason: "out-of-scale" };
  if (Number.isInteger(token.value)) return token;
  if (!halves || !Number.isInteger(token.value * 2)) return { reason: "half" };
  return token;
}

const MAX_FIRST = /(?:如果|要是|假如)?(?:满分|总分|总共|最高分|最高)(?:是|为|按)?[ ,:]?/y;
const BY = /按照?|以/y;
const MAX_LAST = / ?(?:分制|星制|分满分|满分|分为满分|分总分|分里面|分里|制|分是满分)/y;
const MAX_AFTER = / ?分?(?:的话|里面|里|制)?[ ,，、。]{0,2}/y;

/**
 * Reads a stated maximum (满分5分…, 5分制…, 总分5 …) that stands before the score. Returns the
 * position after it, `out-of-scale` when the maximum is not this scale's, or null.
 */
export function readMaximum(
  text: string,
  at: number,
  scale: ScoreScale,
): { readonly end: number } | { readonly reason: NoneReason } | null {
  const first = matchAt(text, at, MAX_FIRST);
  const number = readNumber(text, at + (first ?? matchAt(text, at, BY) ?? "").length);
  if (number === null) return null;
  const last = first === null ? matchAt(text, number.end, MAX_LAST) : "";
  if (last === null) return null;
  const end = number.end + last.length;
  if (number.value !== scale.range.max) return { reason: "out-of-scale" };
  return { end: end + (matchAt(text, end, MAX_AFTER)?.length ?? 0) };
}
