import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import type { Classifier } from "./classifier.js";
import { membersAffected } from "./joining.js";
import { type Judged, stackInputOf } from "./judging.js";
import { spansOf } from "./signals.js";
import { combineSignals, type Stack } from "./stack.js";
import type {
  ConsideredMessage,
  ContextLine,
  DetectionMode,
  Evidence,
  Verdict,
} from "./verdict.js";

/** Score of a message that joins a complaint. */
const JOINED_SCORE = 0.85;
/** This many members with the same trouble within the hour make it P2. */
const MANY = 3;
const MOST_EVIDENCE = 8;

/** The verdict on what nobody has to look at. */
export function quietVerdict(language: Language): Verdict {
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

function scoreOf(judged: Judged, { stack, mode }: Weighing): number {
  const { reading, summary, joined } = judged;
  const score = combineSignals(stack, stackInputOf(judged), mode, reading.safety !== null);
  return joined !== null && !summary.resolved ? Math.max(score, JOINED_SCORE) : score;
}

/** How the signals are to be weighed. */
export interface Weighing {
  readonly stack: Stack;
  readonly mode: DetectionMode;
  readonly threshold: number;
  readonly classifier: Classifier | null;
}

/** Weighs the signals on a message into a verdict. */
export function concludeVerdict(
  judged: Judged,
  message: ConsideredMessage,
  context: readonly ContextLine[],
  weighing: Weighing,
): Verdict {
  const { reading, summary } = judged;
  const p1 = reading.safety;
  const score = scoreOf(judged, weighing);
  const complaint = p1 !== null || score >= weighing.threshold;
  const aspects = aspectsOf(judged, complaint);
  return {
    complaint,
    score: round(score),
    polarity: round(polarityOf(judged, complaint)),
    aspects,
    severity: complaint ? severityOf(judged, message, context, aspects[0]) : null,
    evidence: complaint ? evidenceOf(judged, weighing.classifier) : ruleEvidence(judged),
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
      ...[...spansOf(reading, "meToo"), ...spansOf(reading, "meTooWeak")]
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
