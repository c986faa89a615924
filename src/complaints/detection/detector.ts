import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import type { Classifier } from "./classifier.js";
import { findJoined, type Joined, membersAffected, ownEarlier } from "./joining.js";
import { type Lexicon, type LexiconEntry, loadLexicon } from "./lexicon.js";
import { type NormalisedText, normaliseText } from "./normalised-text.js";
import { compileRuleBook, type RuleBook } from "./rule-book.js";
import { type RuleReading, readByRules } from "./rule-reading.js";
import { languageOfText, sentimentOf } from "./sentiment.js";
import { type RuleSummary, spansOf, summarise } from "./signals.js";
import { RULES_ONLY, type Stack, type Stacks, stackScore } from "./stack.js";
import { shapeOf } from "./text-shape.js";
import type {
  ConsideredMessage,
  ContextLine,
  DetectionMode,
  Detector,
  Evidence,
  Verdict,
} from "./verdict.js";

/** What a detector is built from; each part that is left out is the shipped one. */
export interface DetectorOptions {
  /** An operator's own word lists. */
  readonly lexicons?: Partial<Readonly<Record<Language, Lexicon>>> | undefined;
  /** Trained judges with their combination; null = word rules only. */
  readonly models?: Partial<Readonly<Record<Language, TrainedModel | null>>> | undefined;
}

/** A trained judge of one language with the combination that was fitted for it. */
export interface TrainedModel {
  readonly classifier: Classifier;
  readonly stacks: Stacks;
}

/** Score of a message that a safety or legal rule decides. */
const SAFETY_SCORE = 0.98;
/** Score of a message that joins a complaint. */
const JOINED_SCORE = 0.85;
/** Upper bounds of the score in a chat for what is settled, or only asked. */
const RESOLVED_CAP = 0.3;
const ASKED_CAP = 0.4;
/** This many members with the same trouble within the hour make it P2. */
const MANY = 3;
const MOST_EVIDENCE = 8;

interface Judged {
  readonly text: NormalisedText;
  readonly given: string;
  readonly reading: RuleReading;
  readonly summary: RuleSummary;
  readonly sentiment: number;
  readonly language: Language;
  readonly model: number | null;
  readonly joined: Joined | null;
}

/**
 * Builds the judge of messages. Reads the shipped word lists and models unless others are given.
 * @throws AppError `invalid-config` when a list or a model file is broken.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  const lexicons = {
    zh: options.lexicons?.zh ?? loadLexicon(new URL("./lexicon-zh.json", import.meta.url)),
    en: options.lexicons?.en ?? loadLexicon(new URL("./lexicon-en.json", import.meta.url)),
  };
  const models: Readonly<Record<Language, TrainedModel | null>> = {
    zh: options.models?.zh ?? null,
    en: options.models?.en ?? null,
  };
  const book = compileRuleBook(lexicons);
  const groupBooks = new WeakMap<readonly LexiconEntry[], RuleBook>();

  function bookFor(extra: readonly LexiconEntry[] | undefined): RuleBook {
    if (extra === undefined || extra.length === 0) return book;
    const kept = groupBooks.get(extra);
    if (kept !== undefined) return kept;
    const made = compileRuleBook(lexicons, extra);
    groupBooks.set(extra, made);
    return made;
  }

  function judge(
    message: ConsideredMessage,
    context: readonly ContextLine[],
    text: NormalisedText,
    rules: RuleBook,
  ): Judged {
    const reading = readByRules(rules, text);
    const language = message.language ?? languageOfText(text);
    const sore = ownEarlier(message, context).length > 0;
    return {
      text,
      given: message.text,
      reading,
      summary: summarise(reading, sore),
      sentiment: sentimentOf(text, reading),
      language,
      model: models[language]?.classifier.score(text) ?? null,
      joined: findJoined(message, reading, text.length, context),
    };
  }

  return {
    consider(message, context, considered) {
      const text = normaliseText(message.text);
      const language = message.language ?? languageOfText(text);
      if (message.role === "staff" || message.role === "leader") return quiet(language);
      if (shapeOf(text) !== "prose") {
        const joined = joinedVote(message, context, text, bookFor(considered.extraWords));
        if (joined === null) return quiet(language);
      }
      const judged = judge(message, context, text, bookFor(considered.extraWords));
      const stack = stackOf(models[language], considered.mode);
      return conclude(judged, message, context, {
        score: scoreOf(judged, stack, considered.mode),
        threshold: considered.threshold ?? stack.threshold,
        classifier: models[language]?.classifier ?? null,
      });
    },
    language: (text) => languageOfText(normaliseText(text)),
    threshold: (mode) => stackOf(models.zh, mode).threshold,
  };
}

function stackOf(model: TrainedModel | null, mode: DetectionMode): Stack {
  return model === null ? RULES_ONLY : model.stacks[mode];
}

/** "+1" has the shape of a vote, yet joins a complaint when one was just made. */
function joinedVote(
  message: ConsideredMessage,
  context: readonly ContextLine[],
  text: NormalisedText,
  book: RuleBook,
): Joined | null {
  if (context.length === 0 || text.length > 4) return null;
  return findJoined(message, readByRules(book, text), text.length, context);
}

/** The verdict on what nobody has to look at. */
function quiet(language: Language): Verdict {
  return {
    complaint: false,
    score: 0,
    polarity: 0,
    aspects: [],
    severity: null,
    evidence: [],
    meToo: false,
    resolvedThanks: false,
    query: false,
    p1Rule: null,
    language,
    signals: { rules: 0, sentiment: 0, model: null },
  };
}

function scoreOf(judged: Judged, stack: Stack, mode: DetectionMode): number {
  const { reading, summary } = judged;
  if (reading.safety !== null) return SAFETY_SCORE;
  let score = stackScore(stack, {
    model: judged.model,
    rules: summary.strength,
    sentiment: judged.sentiment,
    asks: summary.asks,
    waived: reading.waived > 0,
    resolved: summary.resolved,
    shop: spansOf(reading, "shop").length > 0,
    length: judged.text.length,
  });
  if (mode === "chat") {
    if (summary.resolved) score = Math.min(score, RESOLVED_CAP);
    if (summary.asks && reading.hits.length === 0) score = Math.min(score, ASKED_CAP);
  }
  if (judged.joined !== null && !summary.resolved) score = Math.max(score, JOINED_SCORE);
  return score;
}

interface Decision {
  readonly score: number;
  readonly threshold: number;
  readonly classifier: Classifier | null;
}

function conclude(
  judged: Judged,
  message: ConsideredMessage,
  context: readonly ContextLine[],
  decision: Decision,
): Verdict {
  const { reading, summary } = judged;
  const p1 = reading.safety;
  const complaint = p1 !== null || decision.score >= decision.threshold;
  const aspects = aspectsOf(judged, complaint);
  return {
    complaint,
    score: round(decision.score),
    polarity: round(polarityOf(judged, complaint)),
    aspects,
    severity: complaint ? severityOf(judged, message, context, aspects[0]) : null,
    evidence: complaint ? evidenceOf(judged, decision.classifier) : ruleEvidence(judged),
    meToo: judged.joined !== null,
    resolvedThanks: summary.resolved && p1 === null,
    query: summary.asks && !complaint,
    p1Rule: p1?.rule ?? null,
    language: judged.language,
    signals: {
      rules: round(summary.strength),
      sentiment: round(judged.sentiment),
      model: judged.model === null ? null : round(judged.model),
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function aspectsOf(judged: Judged, complaint: boolean): readonly Aspect[] {
  const { reading, summary, joined } = judged;
  const named: Aspect[] = reading.safety === null ? [] : ["safety"];
  named.push(...summary.aspects);
  if (joined !== null && summary.aspects.length === 0) named.push(...joined.line.aspects);
  const specific = named.some((aspect) => aspect !== "other");
  if (complaint && !specific && joined === null) named.unshift(...reading.topics.slice(0, 2));
  if (complaint && named.length === 0) named.push("other");
  return [...new Set(named)];
}

function severityOf(
  judged: Judged,
  message: ConsideredMessage,
  context: readonly ContextLine[],
  aspect: Aspect | undefined,
): Severity {
  if (judged.reading.safety !== null) return "P1";
  if (judged.summary.severity === "P2") return "P2";
  return membersAffected(message, context, aspect) >= MANY ? "P2" : "P3";
}

function polarityOf(judged: Judged, complaint: boolean): number {
  const { sentiment, summary } = judged;
  if (complaint) return Math.max(-1, Math.min(sentiment, -0.3) - 0.08 * summary.strength);
  if (summary.resolved) return Math.max(0, sentiment);
  return sentiment;
}

function cut(judged: Judged, start: number, end: number) {
  const from = judged.text.startOf(start);
  const to = judged.text.endOf(end);
  return { text: judged.given.slice(from, to), start: from, end: to };
}

function ruleEvidence(judged: Judged): Evidence[] {
  const { reading } = judged;
  const evidence: Evidence[] = reading.hits.map((hit) => ({
    ...cut(judged, hit.start, hit.end),
    source: "rule",
    weight: round(hit.weight),
  }));
  return evidence.sort((a, b) => b.weight - a.weight).slice(0, MOST_EVIDENCE);
}

function evidenceOf(judged: Judged, classifier: Classifier | null): readonly Evidence[] {
  const { reading, joined } = judged;
  const evidence = ruleEvidence(judged);
  if (joined !== null)
    evidence.unshift(
      ...spansOf(reading, "meToo")
        .slice(0, 1)
        .map((span) => joinEvidence(judged, span)),
    );
  if (reading.safety !== null) {
    const { start, end } = reading.safety;
    evidence.unshift({ ...cut(judged, start, end), source: "safety", weight: 4 });
  }
  if (evidence.length === 0) {
    for (const { start, end, value } of reading.polar.slice(0, 3))
      if (value < 0)
        evidence.push({
          ...cut(judged, start, end),
          source: "sentiment",
          weight: round(-value / 2),
        });
    for (const { start, end, weight } of classifier?.explain(judged.text, 3) ?? [])
      evidence.push({ ...cut(judged, start, end), source: "model", weight: round(weight) });
  }
  return evidence.slice(0, MOST_EVIDENCE);
}

function joinEvidence(
  judged: Judged,
  span: { readonly start: number; readonly end: number },
): Evidence {
  return { ...cut(judged, span.start, span.end), source: "context", weight: 2 };
}
