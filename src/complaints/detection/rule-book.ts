import { ASPECTS, type Aspect, type Language } from "#entities/vocabulary.js";
import { buildCueAutomaton, type CueAutomaton } from "./cue-automaton.js";
import type { Lexicon, LexiconEntry, PhraseKind, SafetyGroup } from "./lexicon.js";
import { isHan, normaliseText } from "./normalised-text.js";

/** What a found cue stands for. */
export type Cue =
  | { readonly kind: "complaint"; readonly entry: CompiledEntry }
  | { readonly kind: "safety"; readonly entry: CompiledSafety }
  | { readonly kind: "part"; readonly gap: GapRule; readonly index: number }
  | { readonly kind: "polarity"; readonly value: number; readonly language: Language }
  | { readonly kind: "topic"; readonly aspect: Aspect }
  | { readonly kind: "phrase"; readonly phrase: PhraseKind; readonly language: Language };

/** A cue with gaps: its parts in order, each within ten characters of the one before. */
export interface GapRule {
  readonly number: number;
  readonly parts: number;
  readonly made: Cue;
}

interface Compiled {
  readonly language: Language;
  /** Normalised. */
  readonly needs: readonly string[];
  readonly not: readonly string[];
}
type Effect = Pick<LexiconEntry, "aspect" | "weight" | "severity">;

/** A complaint entry made ready for matching. */
export interface CompiledEntry extends Compiled {
  readonly source: Effect;
  readonly negatable: boolean;
  readonly asserts: boolean;
}
/** A safety entry made ready for matching. */
export interface CompiledSafety extends Compiled {
  readonly rule: string;
  /** Normalised; a second list of which one must stand near. */
  readonly also: readonly string[];
}

/** Normalised helping phrases of a language, for looking at the words around a cue. */
export type PhraseLists = Readonly<
  Record<
    | "negators"
    | "closeNegators"
    | "negationStops"
    | "afterNegators"
    | "hypothetical"
    | "thirdPlace"
    | "questions"
    | "intensifiers"
    | "hedges"
    | "meTooNot",
    readonly string[]
  >
>;

/** All lists compiled into one automaton. */
export interface RuleBook {
  readonly automaton: CueAutomaton;
  /** What each text of the automaton stands for; mostly one thing. */
  readonly cues: readonly (readonly Cue[])[];
  /** True per cue: it must begin (bit 1) or end (bit 2) at a word's edge. */
  readonly edges: Uint8Array;
  readonly gaps: number;
  readonly phrases: Readonly<Record<Language, PhraseLists>>;
}

/** Ends of cues: 1 = must not continue a word on the left, 2 = on the right. */
const EDGE_LEFT = 1;
const EDGE_RIGHT = 2;

/** The phrase kinds that the automaton has to find; the rest are looked up beside a cue. */
const SCANNED: readonly PhraseKind[] = [
  "falseFriends",
  "queries",
  "resolved",
  "meToo",
  "meTooWeak",
  "mock",
  "angerMarks",
  "coldMarks",
  "shop",
  "goods",
];

const NEGATED_ZH = /^(?:没|不|未|无|别|还没|还不|一直没|根本不)/u;
const NEGATED_EN =
  /^(?:not?\b|never\b|nobody|isn't|wasn't|didn't|doesn't|don't|won't|hasn't|can't)/u;

/** The normalised form of a phrase as the automaton meets it in a text. */
export function normalisePhrase(phrase: string): string {
  return normaliseText(phrase).text();
}

class Draft {
  readonly texts: string[] = [];
  readonly cues: Cue[][] = [];
  readonly edges: number[] = [];
  gaps = 0;
  readonly #numbers = new Map<string, number>();

  add(phrase: string, cue: Cue): void {
    const parts = phrase.split("…");
    if (parts.length === 1) {
      this.put(phrase, cue);
      return;
    }
    const gap: GapRule = { number: this.gaps, parts: parts.length, made: cue };
    this.gaps += 1;
    parts.forEach((part, index) => {
      this.put(part, { kind: "part", gap, index });
    });
  }

  private put(phrase: string, cue: Cue): void {
    const open = phrase.endsWith("*");
    const text = normalisePhrase(open ? phrase.slice(0, -1) : phrase);
    const trimmed = text.endsWith(" ") ? text.slice(0, -1) : text;
    if (trimmed === "") return;
    const left = isLatinAt(trimmed, 0) ? EDGE_LEFT : 0;
    const right = !open && isLatinAt(trimmed, trimmed.length - 1) ? EDGE_RIGHT : 0;
    const edge = left | right;
    const known = this.#numbers.get(`${edge}${trimmed}`);
    if (known !== undefined) {
      this.cues[known]?.push(cue);
      return;
    }
    this.#numbers.set(`${edge}${trimmed}`, this.texts.length);
    this.texts.push(trimmed);
    this.cues.push([cue]);
    this.edges.push(edge);
  }
}

function isLatinAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
}

function languageOf(entry: LexiconEntry): Language {
  for (let at = 0; at < entry.cue.length; at += 1) if (isHan(entry.cue.charCodeAt(at))) return "zh";
  return "en";
}

function addEntry(draft: Draft, entry: LexiconEntry, language: Language): void {
  if (entry.weight === 0) {
    draft.add(entry.cue, { kind: "phrase", phrase: "falseFriends", language });
    return;
  }
  const negated = (language === "zh" ? NEGATED_ZH : NEGATED_EN).test(normalisePhrase(entry.cue));
  const compiled: CompiledEntry = {
    source: entry,
    language,
    needs: (entry.needs ?? []).map(normalisePhrase),
    not: (entry.not ?? []).map(normalisePhrase),
    negatable: entry.negatable ?? !negated,
    asserts: entry.asserts ?? false,
  };
  draft.add(entry.cue, { kind: "complaint", entry: compiled });
}

function addSafety(draft: Draft, group: SafetyGroup, language: Language): void {
  const entry: CompiledSafety = {
    rule: group.rule,
    language,
    needs: (group.needs ?? []).map(normalisePhrase),
    also: (group.also ?? []).map(normalisePhrase),
    not: (group.not ?? []).map(normalisePhrase),
  };
  const made: Cue = { kind: "safety", entry };
  for (const cue of group.cues) {
    if (group.followedBy === undefined) draft.add(cue, made);
    else for (const word of group.followedBy) draft.add(`${cue}…${word}`, made);
  }
}

function addTopics(draft: Draft, { topics }: Lexicon): void {
  for (const aspect of ASPECTS)
    for (const word of topics[aspect] ?? []) draft.add(word, { kind: "topic", aspect });
}

function addLexicon(draft: Draft, lexicon: Lexicon): void {
  const { language } = lexicon;
  for (const { cues, ...effect } of lexicon.complaints)
    for (const cue of cues) addEntry(draft, { cue, ...effect }, language);
  for (const group of lexicon.safety) addSafety(draft, group, language);
  addTopics(draft, lexicon);
  for (const phrase of SCANNED)
    for (const text of lexicon.phrases[phrase])
      draft.add(text, { kind: "phrase", phrase, language });
  for (const [word, value] of Object.entries(lexicon.polarity))
    draft.add(word, { kind: "polarity", value, language });
}

function phraseLists(lexicon: Lexicon): PhraseLists {
  const list = (kind: PhraseKind) => lexicon.phrases[kind].map(normalisePhrase);
  return {
    negators: list("negators"),
    closeNegators: list("closeNegators"),
    negationStops: list("negationStops"),
    afterNegators: list("afterNegators"),
    hypothetical: list("hypothetical"),
    thirdPlace: list("thirdPlace"),
    questions: list("questions"),
    intensifiers: list("intensifiers"),
    hedges: list("hedges"),
    meTooNot: list("meTooNot"),
  };
}

/** Compiles the lists of both languages and the words of a group. Takes some milliseconds. */
export function compileRuleBook(
  lexicons: Readonly<Record<Language, Lexicon>>,
  extraWords: readonly LexiconEntry[] = [],
): RuleBook {
  const draft = new Draft();
  addLexicon(draft, lexicons.zh);
  addLexicon(draft, lexicons.en);
  for (const entry of extraWords) addEntry(draft, entry, languageOf(entry));
  return {
    automaton: buildCueAutomaton(draft.texts),
    cues: draft.cues,
    edges: Uint8Array.from(draft.edges),
    gaps: draft.gaps,
    phrases: { zh: phraseLists(lexicons.zh), en: phraseLists(lexicons.en) },
  };
}
