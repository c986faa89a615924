import type { Language } from "#entities/vocabulary.js";
import { isHan, isWordCode, type NormalisedText } from "./normalised-text.js";

/** The part of a text that the model reads, in UTF-16 units. */
export const MODEL_READS = 4_000;
/** Longest run of one unit that still tells something (哈哈哈哈 reads as 哈哈哈). */
const LONGEST_RUN = 3;
const EDGE = 1;
const NUMBER = 48;
const WORD_GAP = 2;

/** The hashed features of one text; valid until the next call. */
export interface Features {
  /** Index of each feature below the table's size; repeats stay. */
  readonly indices: Uint32Array;
  /** Span of each feature in the normalised text. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
}

const MOST = (MODEL_READS + 2) * 8;
const indices = new Uint32Array(MOST);
const starts = new Int32Array(MOST);
const ends = new Int32Array(MOST);
const units = new Uint16Array(MODEL_READS + 2);
const places = new Int32Array(MODEL_READS + 2);
let count = 0;

/** Folds digits to 0, shortens runs, puts an edge mark at both ends; returns the number of units. */
function readUnits(text: NormalisedText): number {
  const most = Math.min(text.length, MODEL_READS);
  units[0] = EDGE;
  places[0] = 0;
  let size = 1;
  let run = 0;
  for (let at = 0; at < most; at += 1) {
    let code = text.codes[at] ?? 0;
    if (code >= 48 && code <= 57) code = NUMBER;
    run = code === units[size - 1] ? run + 1 : 1;
    if (run > LONGEST_RUN) continue;
    units[size] = code;
    places[size] = at;
    size += 1;
  }
  units[size] = EDGE;
  places[size] = most;
  return size + 1;
}

function mix(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function put(hash: number, mask: number, first: number, last: number): void {
  if (count >= MOST) return;
  indices[count] = mix(hash, 0x5bd1) & mask;
  starts[count] = places[first] ?? 0;
  ends[count] = (places[last] ?? 0) + (units[last] === EDGE ? 0 : 1);
  count += 1;
}

/** Which runs are features: of `least` to `most` units, told apart from others by `seed`. */
interface Runs {
  readonly seed: number;
  readonly least: number;
  readonly most: number;
}
const HAN_RUNS: Runs = { seed: 0x7a68, least: 1, most: 4 };
const LETTER_RUNS: Runs = { seed: 0x63, least: 2, most: 4 };

/** The runs that begin at `from` and end before `to`. */
function putRuns({ seed, least, most }: Runs, from: number, to: number, mask: number): void {
  let hash = seed;
  const last = Math.min(to, from + most);
  for (let at = from; at < last; at += 1) {
    hash = mix(hash, units[at] ?? 0);
    if (at - from + 1 >= least) put(hash, mask, from, at);
  }
}

function readHan(size: number, mask: number): void {
  for (let at = 0; at < size; at += 1) putRuns(HAN_RUNS, at, size, mask);
}

function isPartOfWord(code: number): boolean {
  return isWordCode(code) || code === 39;
}

function isGap(code: number): boolean {
  return code === 32 || code === 10;
}

/** Where the word or mark at `from` ends; a mark is one unit long. */
function endOfWord(from: number, size: number): number {
  let at = from;
  while (at < size - 1 && isPartOfWord(units[at] ?? 0)) at += 1;
  return Math.max(at, from + 1);
}

/** Where the next word or mark begins: gaps, @names and links are passed over. */
function startOfWord(from: number, size: number): number {
  let at = from;
  while (at < size - 1) {
    if (units[at] === 64 || isLink(at, size)) {
      while (at < size - 1 && !isGap(units[at] ?? 0)) at += 1;
    } else if (isGap(units[at] ?? 0)) at += 1;
    else break;
  }
  return at;
}

function hashWord(first: number, end: number): number {
  let hash = 0x77;
  for (let unit = first; unit < end; unit += 1) hash = mix(hash, units[unit] ?? 0);
  return hash;
}

/** Words, pairs of words, and runs of 2 to 4 letters inside a word. */
function readLatin(size: number, mask: number): void {
  let previous = 0x656e;
  let previousStart = 0;
  let first = startOfWord(1, size);
  while (first < size - 1) {
    const end = endOfWord(first, size);
    const hash = hashWord(first, end);
    put(hash, mask, first, end - 1);
    put(mix(mix(previous, WORD_GAP), hash), mask, previousStart, end - 1);
    previous = hash;
    previousStart = first;
    if (!isHan(units[first] ?? 0))
      for (let unit = first - 1; unit < end; unit += 1) putRuns(LETTER_RUNS, unit, end + 1, mask);
    first = startOfWord(end, size);
  }
}

function isLink(at: number, size: number): boolean {
  // "http" and "www."
  if (at + 4 >= size) return false;
  if (units[at] === 104)
    return units[at + 1] === 116 && units[at + 2] === 116 && units[at + 3] === 112;
  return (
    units[at] === 119 && units[at + 1] === 119 && units[at + 2] === 119 && units[at + 3] === 46
  );
}

/**
 * Features of the linear model: character 1–4-grams for zh; words 1–2 and character 2–4-grams of
 * words for en; hashed into a table of `mask + 1` places (a power of two). Linear in the text, of
 * which the first 4,000 units are read.
 */
export function hashFeatures(text: NormalisedText, language: Language, mask: number): Features {
  count = 0;
  const size = readUnits(text);
  if (language === "zh") readHan(size, mask);
  else readLatin(size, mask);
  return { indices, starts, ends, count };
}
