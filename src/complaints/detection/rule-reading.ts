import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import type { PhraseKind } from "./lexicon.js";
import type { NormalisedText } from "./normalised-text.js";
import type { CompiledEntry, CompiledSafety, Cue, RuleBook } from "./rule-book.js";
import {
  around,
  clauseBefore,
  clauseBehind,
  hasPhrase,
  isNegated,
  sentenceBefore,
} from "./surroundings.js";

/** A stretch of the normalised text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A complaint cue that holds in its surroundings. */
export interface RuleHit extends Span {
  readonly aspect: Aspect;
  readonly weight: number;
  readonly severity: Severity;
}

/** A liking or disliking word with its value after negation, -3 to 3. */
export interface PolarHit extends Span {
  readonly value: number;
}

/** Everything the word lists say about one text. */
export interface RuleReading {
  readonly hits: readonly RuleHit[];
  readonly safety: (Span & { readonly rule: string }) | null;
  readonly polar: readonly PolarHit[];
  /** Complaint words that are denied, only feared, or about another shop. */
  readonly waived: number;
  /** Complaint words inside a question. */
  readonly asked: number;
  readonly phrases: ReadonlyMap<PhraseKind, readonly Span[]>;
  /** What the text is about, by plain topic words, most often named first. */
  readonly topics: readonly Aspect[];
}

/** Occurrences of one entry that are looked at closely; keeps the cost linear. */
const CLOSE_LOOKS = 8;
const MOST_HITS = 64;
const MOST_POLAR = 200;
const GAP = 10;

interface Found extends Span {
  readonly cue: Cue;
}

interface Scan {
  readonly found: Found[];
  readonly phrases: Map<PhraseKind, Span[]>;
  readonly topics: Map<Aspect, number>;
  /** Marks of the units that false friends cover; null when there are none. */
  covered: Uint8Array | null;
}

const NOTHING: RuleReading = {
  hits: [],
  safety: null,
  polar: [],
  waived: 0,
  asked: 0,
  phrases: new Map(),
  topics: [],
};

function continuesWord(codes: Uint16Array, at: number, length: number): boolean {
  if (at < 0 || at >= length) return false;
  const code = codes[at] ?? 0;
  return code >= 97 && code <= 122;
}

/** One pass of the automaton; cues with gaps are put together, each part seen once. */
function scanCues(book: RuleBook, text: NormalisedText): Scan {
  const { codes, length } = text;
  const scan: Scan = { found: [], phrases: new Map(), topics: new Map(), covered: null };
  let gapStarts: Int32Array | null = null;
  let gapEnds: Int32Array | null = null;
  const seen = new Map<Cue, number>();
  book.automaton.scan(codes, length, (number, start, end) => {
    const edge = book.edges[number] ?? 0;
    if ((edge & 1) !== 0 && continuesWord(codes, start - 1, length)) return;
    if ((edge & 2) !== 0 && continuesWord(codes, end, length)) return;
    const cue = book.cues[number];
    if (cue === undefined) return;
    if (cue.kind !== "part") {
      keep(scan, { cue, start, end }, length, seen);
      return;
    }
    gapStarts ??= new Int32Array(book.gaps * 2).fill(-1);
    gapEnds ??= new Int32Array(book.gaps * 2).fill(-1);
    const { gap, index } = cue;
    const from =
      index === 0 ? start : reached(gapStarts, gapEnds, gap.number * 2 + index - 1, start);
    if (from < 0) return;
    if (index === gap.parts - 1) {
      if (!crossesClause(codes, from, start))
        keep(scan, { cue: gap.made, start: from, end }, length, seen);
      return;
    }
    gapStarts[gap.number * 2 + index] = from;
    gapEnds[gap.number * 2 + index] = end;
  });
  return scan;
}

/** The start of a gap rule whose earlier part ended at most ten units before `start`, else -1. */
function reached(starts: Int32Array, ends: Int32Array, slot: number, start: number): number {
  const end = ends[slot] ?? -1;
  return end >= 0 && start >= end && start - end <= GAP ? (starts[slot] ?? -1) : -1;
}

function crossesClause(codes: Uint16Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 10 || code === 33 || code === 63 || code === 44 || code === 59) return true;
  }
  return false;
}

function keep(scan: Scan, found: Found, length: number, seen: Map<Cue, number>): void {
  const { cue, start, end } = found;
  if (cue.kind === "phrase") {
    if (cue.phrase === "falseFriends") {
      scan.covered ??= new Uint8Array(length);
      scan.covered.fill(1, start, end);
      return;
    }
    const spans = scan.phrases.get(cue.phrase);
    if (spans === undefined) scan.phrases.set(cue.phrase, [{ start, end }]);
    else if (spans.length < CLOSE_LOOKS) spans.push({ start, end });
    return;
  }
  if (cue.kind === "topic") {
    scan.topics.set(cue.aspect, (scan.topics.get(cue.aspect) ?? 0) + 1);
    return;
  }
  const count = seen.get(cue) ?? 0;
  if (count >= CLOSE_LOOKS) return;
  seen.set(cue, count + 1);
  scan.found.push(found);
}

function isCovered(covered: Uint8Array | null, span: Span): boolean {
  if (covered === null) return false;
  for (let at = span.start; at < span.end; at += 1) if (covered[at] === 0) return false;
  return true;
}

function nearbyFits(
  text: string,
  entry: CompiledEntry | CompiledSafety,
  span: Span,
  reach: number,
) {
  if (entry.needs.length === 0 && entry.not.length === 0) return true;
  const near = around(text, span.start, span.end, reach);
  if (entry.needs.length > 0 && !hasPhrase(near, entry.needs)) return false;
  return !hasPhrase(near, entry.not);
}

type Reading = "holds" | "denied" | "asked" | "off";

const SCOPED: ReadonlySet<Aspect> = new Set<Aspect>([
  "quality",
  "packaging",
  "shortage",
  "wrong_item",
  "price",
  "service",
  "pickup",
  "safety",
  "trust",
  "delivery",
  "other",
]);

function read(book: RuleBook, text: string, entry: CompiledEntry, span: Span): Reading {
  const lists = book.phrases[entry.language];
  if (!nearbyFits(text, entry, span, 16)) return "off";
  if (entry.negatable && SCOPED.has(entry.source.aspect)) {
    if (isNegated(text, span, entry.language, lists)) return "denied";
  }
  const sentence = sentenceBefore(text, span.start);
  if (hasPhrase(sentence, lists.thirdPlace)) return "denied";
  if (hasPhrase(sentence, lists.hypothetical)) return "denied";
  return !entry.asserts && isAsked(text, span, entry.language, lists.questions) ? "asked" : "holds";
}

function isAsked(
  text: string,
  span: Span,
  language: Language,
  questions: readonly string[],
): boolean {
  if (hasPhrase(clauseBefore(text, span.start, language), questions)) return true;
  const behind = clauseBehind(text, span.end, language);
  if (language === "zh") return behind.startsWith("吗") || behind.startsWith("了吗");
  return behind.length < 20 && text.charAt(span.end + behind.length) === "?";
}

function weigh(book: RuleBook, text: string, entry: CompiledEntry, span: Span): number {
  const lists = book.phrases[entry.language];
  const before = clauseBefore(text, span.start, entry.language, 8);
  let weight = entry.source.weight;
  if (hasPhrase(before, lists.intensifiers)) weight += 0.3;
  if (hasPhrase(before, lists.hedges)) weight -= 0.3;
  return Math.max(0.1, weight);
}

function isSafe(book: RuleBook, text: string, entry: CompiledSafety, span: Span): boolean {
  const lists = book.phrases[entry.language];
  if (!nearbyFits(text, entry, span, 24)) return true;
  if (isNegated(text, span, entry.language, lists)) return true;
  const sentence = sentenceBefore(text, span.start);
  return hasPhrase(sentence, lists.thirdPlace) || hasPhrase(sentence, lists.hypothetical);
}

function polarValue(book: RuleBook, text: string, span: Span, value: number, language: Language) {
  const lists = book.phrases[language];
  const before = clauseBefore(text, span.start, language, 5);
  if (before === "") return value;
  const negated =
    hasPhrase(before.slice(-3), lists.closeNegators) || hasPhrase(before, lists.negators);
  const strong = hasPhrase(before, lists.intensifiers) ? 1.3 : 1;
  return (negated ? -0.7 : 1) * strong * value;
}

/** Drops hits that lie inside a longer hit. */
function widest(hits: readonly RuleHit[]): RuleHit[] {
  if (hits.length < 2) return [...hits];
  return hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.end - other.start > hit.end - hit.start &&
          other.start <= hit.start &&
          other.end >= hit.end,
      ),
  );
}

/** Reads a text by all word lists. Linear in its length. */
export function readByRules(book: RuleBook, normalised: NormalisedText): RuleReading {
  const scan = scanCues(book, normalised);
  dropCoveredPhrases(scan);
  if (scan.found.length === 0) {
    if (scan.phrases.size === 0 && scan.topics.size === 0) return NOTHING;
    return { ...NOTHING, phrases: scan.phrases, topics: mostNamed(scan.topics) };
  }
  const text = normalised.text();
  const hits: RuleHit[] = [];
  const polar: PolarHit[] = [];
  let safety: RuleReading["safety"] = null;
  let waived = 0;
  let asked = 0;
  for (const { cue, start, end } of scan.found) {
    const span = { start, end };
    if (isCovered(scan.covered, span)) continue;
    if (cue.kind === "polarity") {
      if (polar.length < MOST_POLAR)
        polar.push({ ...span, value: polarValue(book, text, span, cue.value, cue.language) });
    } else if (cue.kind === "safety") {
      if (safety === null && !isSafe(book, text, cue.entry, span))
        safety = { ...span, rule: cue.entry.rule };
    } else if (cue.kind === "complaint" && hits.length < MOST_HITS) {
      const reading = read(book, text, cue.entry, span);
      if (reading === "denied") waived += 1;
      if (reading === "asked") asked += 1;
      if (reading === "holds") hits.push(makeHit(book, text, cue.entry, span));
    }
  }
  return {
    hits: widest(hits),
    safety,
    polar,
    waived,
    asked,
    phrases: scan.phrases,
    topics: mostNamed(scan.topics),
  };
}

function dropCoveredPhrases({ covered, phrases }: Scan): void {
  if (covered === null) return;
  for (const [kind, spans] of phrases) {
    const open = spans.filter((span) => !isCovered(covered, span));
    if (open.length > 0) phrases.set(kind, open);
    else phrases.delete(kind);
  }
}

function mostNamed(topics: ReadonlyMap<Aspect, number>): Aspect[] {
  return [...topics].sort((a, b) => b[1] - a[1]).map(([aspect]) => aspect);
}

function makeHit(book: RuleBook, text: string, entry: CompiledEntry, span: Span): RuleHit {
  const { aspect, severity } = entry.source;
  return { ...span, aspect, severity: severity ?? "P3", weight: weigh(book, text, entry, span) };
}
