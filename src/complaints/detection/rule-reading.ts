import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import { type Found, type Scan, type Span, scanCues } from "./cue-scan.js";
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

/** How far around a safety cue its company is looked for. English words are longer. */
const SAFETY_REACH: Readonly<Record<Language, number>> = { zh: 24, en: 48 };
const MOST_HITS = 64;
const MOST_POLAR = 200;

const NOTHING: RuleReading = {
  hits: [],
  safety: null,
  polar: [],
  waived: 0,
  asked: 0,
  phrases: new Map(),
  topics: [],
};

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
  // Who asks for the difference to another shop's price names that shop.
  const compares = entry.source.aspect === "price" && entry.asserts;
  if (!compares && hasPhrase(sentence, lists.thirdPlace)) return "denied";
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
  const reach = SAFETY_REACH[entry.language];
  if (!nearbyFits(text, entry, span, reach)) return true;
  if (entry.also.length > 0 && !hasPhrase(around(text, span.start, span.end, reach), entry.also))
    return true;
  if (isNegated(text, span, entry.language, lists)) return true;
  const sentence = sentenceBefore(text, span.start);
  return hasPhrase(sentence, lists.thirdPlace) || hasPhrase(sentence, lists.hypothetical);
}

type PolarCue = Extract<Cue, { kind: "polarity" }>;

function polarValue(book: RuleBook, text: string, span: Span, { value, language }: PolarCue) {
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

/** What is gathered while the found cues are read. */
interface Tally {
  readonly hits: RuleHit[];
  readonly polar: PolarHit[];
  safety: RuleReading["safety"];
  waived: number;
  asked: number;
}

function tallyComplaint(tally: Tally, book: RuleBook, text: string, found: Found): void {
  if (found.cue.kind !== "complaint" || tally.hits.length >= MOST_HITS) return;
  const reading = read(book, text, found.cue.entry, found);
  if (reading === "denied") tally.waived += 1;
  if (reading === "asked") tally.asked += 1;
  if (reading === "holds") tally.hits.push(makeHit(book, text, found.cue.entry, found));
}

function tallyCue(tally: Tally, book: RuleBook, text: string, found: Found): void {
  const { cue, start, end } = found;
  if (cue.kind === "complaint") tallyComplaint(tally, book, text, found);
  else if (cue.kind === "polarity") {
    if (tally.polar.length < MOST_POLAR)
      tally.polar.push({ start, end, value: polarValue(book, text, found, cue) });
  } else if (cue.kind === "safety" && tally.safety === null) {
    if (!isSafe(book, text, cue.entry, found)) tally.safety = { start, end, rule: cue.entry.rule };
  }
}

/** Reads a text by all word lists. Linear in its length. */
export function readByRules(book: RuleBook, normalised: NormalisedText): RuleReading {
  const scan = scanCues(book, normalised);
  dropCoveredPhrases(scan);
  const { found, covered, phrases } = scan;
  if (found.length === 0 && phrases.size === 0 && scan.topics.size === 0) return NOTHING;
  const tally: Tally = { hits: [], polar: [], safety: null, waived: 0, asked: 0 };
  const text = found.length === 0 ? "" : normalised.text();
  for (const one of found) if (!isCovered(covered, one)) tallyCue(tally, book, text, one);
  return { ...tally, hits: widest(tally.hits), phrases, topics: mostNamed(scan.topics) };
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
  const { start, end } = span;
  return { start, end, aspect, severity: severity ?? "P3", weight: weigh(book, text, entry, span) };
}
