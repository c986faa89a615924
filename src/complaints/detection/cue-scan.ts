import type { Aspect } from "#entities/vocabulary.js";
import type { PhraseKind } from "./lexicon.js";
import type { NormalisedText } from "./normalised-text.js";
import type { Cue, RuleBook } from "./rule-book.js";

/** A stretch of the normalised text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A cue that was met. */
export interface Found extends Span {
  readonly cue: Cue;
}

/** All that one pass met. */
export interface Scan {
  readonly found: Found[];
  readonly phrases: Map<PhraseKind, Span[]>;
  readonly topics: Map<Aspect, number>;
  /** Marks of the units that false friends cover; null when there are none. */
  covered: Uint8Array | null;
}

/** Occurrences of one text that are looked at closely; keeps the cost linear. */
const CLOSE_LOOKS = 8;
/** The longest gap inside a gap rule. */
const GAP = 10;

function continuesWord(codes: Uint16Array, at: number, length: number): boolean {
  if (at < 0 || at >= length) return false;
  const code = codes[at] ?? 0;
  return code >= 97 && code <= 122;
}

type PartCue = Extract<Cue, { kind: "part" }>;

/** Puts the parts of gap rules together; each part is seen once. Kept for as long as its book. */
class GapKeeper {
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #touched: number[] = [];

  constructor(gaps: number) {
    this.#starts = new Int32Array(gaps * 2).fill(-1);
    this.#ends = new Int32Array(gaps * 2).fill(-1);
  }

  /** Forgets the text before. */
  reset(): void {
    for (const slot of this.#touched) this.#ends[slot] = -1;
    this.#touched = [];
  }

  /** Where the rule began when the part at `start` completes it within a clause, else -1. */
  take({ gap, index }: PartCue, start: number, end: number, codes: Uint16Array): number {
    const slot = gap.number * 2 + index;
    const from = index === 0 ? start : this.#reached(slot - 1, start);
    if (from < 0) return -1;
    if (index === gap.parts - 1) return crossesClause(codes, from, start) ? -1 : from;
    if (this.#ends[slot] === -1) this.#touched.push(slot);
    this.#starts[slot] = from;
    this.#ends[slot] = end;
    return -1;
  }

  /** The start of a rule whose earlier part ended at most ten units before `start`, else -1. */
  #reached(slot: number, start: number): number {
    const end = this.#ends[slot] ?? -1;
    return end >= 0 && start >= end && start - end <= GAP ? (this.#starts[slot] ?? -1) : -1;
  }
}

/** How often each text was met, up to the number of close looks. Kept for as long as its book. */
class MeetCounter {
  readonly #counts: Uint8Array;
  #touched: number[] = [];

  constructor(texts: number) {
    this.#counts = new Uint8Array(texts);
  }

  reset(): void {
    for (const number of this.#touched) this.#counts[number] = 0;
    this.#touched = [];
  }

  /** True for the first occurrences of a text, which are looked at closely. */
  isEarly(number: number): boolean {
    const count = this.#counts[number] ?? 0;
    if (count >= CLOSE_LOOKS) return false;
    if (count === 0) this.#touched.push(number);
    this.#counts[number] = count + 1;
    return true;
  }
}

interface Keepers {
  readonly gaps: GapKeeper;
  readonly meets: MeetCounter;
}

const keepers = new WeakMap<RuleBook, Keepers>();

function keepersOf(book: RuleBook): Keepers {
  const kept = keepers.get(book);
  if (kept !== undefined) {
    kept.gaps.reset();
    kept.meets.reset();
    return kept;
  }
  const made = { gaps: new GapKeeper(book.gaps), meets: new MeetCounter(book.cues.length) };
  keepers.set(book, made);
  return made;
}

function isWhole(edge: number, text: NormalisedText, start: number, end: number): boolean {
  const { codes, length } = text;
  if ((edge & 1) !== 0 && continuesWord(codes, start - 1, length)) return false;
  return (edge & 2) === 0 || !continuesWord(codes, end, length);
}

/** Meets all cues of a text in one pass of the automaton. */
export function scanCues(book: RuleBook, text: NormalisedText): Scan {
  const { codes, length } = text;
  const scan: Scan = { found: [], phrases: new Map(), topics: new Map(), covered: null };
  const { gaps, meets } = keepersOf(book);
  book.automaton.scan(codes, length, (number, start, end) => {
    const edge = book.edges[number] ?? 0;
    if (edge !== 0 && !isWhole(edge, text, start, end)) return;
    const early = meets.isEarly(number);
    for (const cue of book.cues[number] ?? []) {
      if (cue.kind === "part") {
        const from = gaps.take(cue, start, end, codes);
        if (from >= 0) keep(scan, { cue: cue.gap.made, start: from, end });
      } else if (cue.kind === "phrase" && cue.phrase === "falseFriends") {
        scan.covered ??= new Uint8Array(length);
        scan.covered.fill(1, start, end);
      } else if (early) keep(scan, { cue, start, end });
    }
  });
  return scan;
}

/** Line break, exclamation, comma, semicolon and question mark; a full stop where no digit follows. */
const CLAUSE_ENDS = new Set([10, 33, 44, 59, 63]);
const STOP = 46;

function crossesClause(codes: Uint16Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = codes[at] ?? 0;
    if (CLAUSE_ENDS.has(code) || (code === STOP && !isDigit(codes[at + 1] ?? 0))) return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Occurrences that are kept at all: far more than a person writes. */
const MOST_FOUND = 2_000;

function keep(scan: Scan, found: Found): void {
  const { cue, start, end } = found;
  if (cue.kind === "topic") scan.topics.set(cue.aspect, (scan.topics.get(cue.aspect) ?? 0) + 1);
  else if (cue.kind === "phrase") {
    const spans = scan.phrases.get(cue.phrase);
    if (spans === undefined) scan.phrases.set(cue.phrase, [{ start, end }]);
    else if (spans.length < CLOSE_LOOKS) spans.push({ start, end });
  } else if (scan.found.length < MOST_FOUND || cue.kind === "safety") scan.found.push(found);
}
