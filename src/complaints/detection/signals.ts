import type { Aspect, Severity } from "#entities/vocabulary.js";
import type { Span } from "./cue-scan.js";
import type { PhraseKind } from "./lexicon.js";
import type { RuleHit, RuleReading } from "./rule-reading.js";

/** The word rules summed up. */
export interface RuleSummary {
  /** Sum over aspects, each further aspect at half of the one before; about 0 to 6. */
  readonly strength: number;
  /** Strongest first. */
  readonly aspects: readonly Aspect[];
  readonly severity: Severity;
  readonly resolved: boolean;
  /** Asks where something is, what it costs, or whether a trouble is one. */
  readonly asks: boolean;
}

/** Praise that turns sour, and marks of anger, next to a trouble that is said in words. */
const MOCK_WEIGHT = 0.7;
const ANGER_WEIGHT = 0.4;
const COLD_WEIGHT = 0.3;

/** The places where a kind of helping phrase stands. */
export function spansOf(reading: RuleReading, kind: PhraseKind): readonly Span[] {
  return reading.phrases.get(kind) ?? [];
}

function byAspect(hits: readonly RuleHit[]): [aspect: Aspect, weight: number][] {
  const best = new Map<Aspect, number>();
  for (const hit of hits) {
    const known = best.get(hit.aspect);
    if (known === undefined) best.set(hit.aspect, hit.weight);
    else best.set(hit.aspect, Math.max(known, hit.weight) + 0.2);
  }
  return [...best].sort((a, b) => b[1] - a[1]);
}

/** Sums up a reading. `sore` = the same member complained a moment ago. */
export function summarise(reading: RuleReading, sore: boolean): RuleSummary {
  const ranked = byAspect(reading.hits);
  let strength = 0;
  let share = 1;
  for (const [, weight] of ranked) {
    strength += weight * share;
    share /= 2;
  }
  if (ranked.length > 0 || sore) strength += toneOf(reading);
  const aspects = ranked.map(([aspect]) => aspect);
  const specific = aspects.filter((aspect) => aspect !== "other");
  return {
    strength,
    aspects: specific.length > 0 ? specific : aspects,
    severity: reading.hits.some((hit) => hit.severity === "P2") ? "P2" : "P3",
    resolved: isResolved(reading),
    asks: reading.asked > 0 || spansOf(reading, "queries").length > 0,
  };
}

function toneOf(reading: RuleReading): number {
  let tone = 0;
  if (spansOf(reading, "mock").length > 0) tone += MOCK_WEIGHT;
  if (spansOf(reading, "angerMarks").length > 0) tone += ANGER_WEIGHT;
  if (spansOf(reading, "coldMarks").length > 0) tone += COLD_WEIGHT;
  return tone;
}

/** Put right, and no trouble is named behind it. */
function isResolved(reading: RuleReading): boolean {
  return spansOf(reading, "resolved").some(
    (span) => !reading.hits.some((hit) => hit.end > span.start),
  );
}
