import { ASPECTS } from "#entities/vocabulary.js";
import type { Classifier, ComplaintDetails, Contribution, ModelScores } from "./classifier.js";
import type { Span } from "./cue-scan.js";
import { hashFeatures } from "./hashed-features.js";
import { DETAILS, TABLES, type TableName, type TrainedWeights } from "./model-file.js";
import { isWordCode, type NormalisedText } from "./normalised-text.js";

const APOSTROPHE = 39;
/** The group's table stands upon this share of what the general one says. */
export const GENERAL_SHARE = 0.25;

const WIDTH = TABLES.length;

/** Log-odds of each table: the mean weight of the features times the root of their number, plus the bias. */
export function scoreLinear(
  { language, tables }: TrainedWeights,
  text: NormalisedText,
): ModelScores {
  const { weights, scales, biases } = tables;
  const { indices, count } = hashFeatures(text, language, weights.length / WIDTH - 1);
  let general = 0;
  let group = 0;
  let reviews = 0;
  let domain = 0;
  for (let at = 0; at < count; at += 1) {
    const place = (indices[at] ?? 0) * WIDTH;
    general += weights[place] ?? 0;
    group += weights[place + 1] ?? 0;
    reviews += weights[place + 2] ?? 0;
    domain += weights[place + 3] ?? 0;
  }
  const share = 1 / Math.sqrt(Math.max(1, count));
  general = general * share * (scales[0] ?? 0) + (biases[0] ?? 0);
  return {
    general,
    group: group * share * (scales[1] ?? 0) + (biases[1] ?? 0) + GENERAL_SHARE * general,
    reviews: reviews * share * (scales[2] ?? 0) + (biases[2] ?? 0),
    domain: domain * share * (scales[3] ?? 0) + (biases[3] ?? 0),
  };
}

/** The chances of the aspects and of harm. */
function detailsLinear(
  { language, details }: TrainedWeights,
  text: NormalisedText,
): ComplaintDetails {
  const { weights, scales, biases } = details;
  const width = DETAILS.length;
  const { indices, count } = hashFeatures(text, language, weights.length / width - 1);
  const share = 1 / Math.sqrt(Math.max(1, count));
  const chances = DETAILS.map((_, output) => {
    let sum = 0;
    for (let at = 0; at < count; at += 1) sum += weights[(indices[at] ?? 0) * width + output] ?? 0;
    const odds = sum * share * (scales[output] ?? 0) + (biases[output] ?? 0);
    return 1 / (1 + Math.exp(-odds));
  });
  const aspects = ASPECTS.map((aspect, output) => ({ aspect, chance: chances[output] ?? 0 }));
  return {
    aspects: aspects.sort((one, other) => other.chance - one.chance),
    harm: chances[DETAILS.indexOf("harm")] ?? 0,
  };
}

/** Letters, digits and the apostrophe inside a word. */
function isInWord({ codes }: NormalisedText, at: number): boolean {
  const code = codes[at] ?? 0;
  return isWordCode(code) || (code === APOSTROPHE && isWordCode(codes[at - 1] ?? 0));
}

/** The whole words that a run of letters lies in, without the gaps at its ends; Han runs stay as they are. */
function wholeWords(text: NormalisedText, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && isGap(text.codes[from] ?? 0)) from += 1;
  while (to > from && isGap(text.codes[to - 1] ?? 0)) to -= 1;
  return { start: wordStart(text, from), end: to > from ? wordEnd(text, to) : to };
}

/** The first place of the word that has a letter at `at`; `at` itself where there is none. */
function wordStart(text: NormalisedText, at: number): number {
  let start = at;
  if (isInWord(text, at)) while (start > 0 && isInWord(text, start - 1)) start -= 1;
  return start;
}

/** The place behind the word that ends before `at`; `at` itself where there is none. */
function wordEnd(text: NormalisedText, at: number): number {
  let end = at;
  if (isInWord(text, at - 1)) while (end < text.length && isInWord(text, end)) end += 1;
  return end;
}

function isGap(code: number): boolean {
  return code === 32 || code === 10;
}

/**
 * The strongest stretches for a complaint that do not overlap, strongest first. A run of letters is
 * shown as the whole word it was found in.
 */
export function explainLinear(
  { language, tables }: TrainedWeights,
  text: NormalisedText,
  most: number,
  table: TableName,
): readonly Contribution[] {
  const { weights, scales } = tables;
  const mask = weights.length / WIDTH - 1;
  const { indices, starts, ends, count } = hashFeatures(text, language, mask);
  const column = TABLES.indexOf(table);
  const share = (scales[column] ?? 0) / Math.sqrt(Math.max(1, count));
  const found: Contribution[] = [];
  for (let at = 0; at < count; at += 1) {
    const weight = (weights[(indices[at] ?? 0) * WIDTH + column] ?? 0) * share;
    if (weight <= 0.02) continue;
    const { start, end } = wholeWords(text, starts[at] ?? 0, ends[at] ?? 0);
    if (end - start >= 2) found.push({ start, end, weight });
  }
  found.sort((a, b) => b.weight - a.weight || a.start - b.start);
  const kept: Contribution[] = [];
  for (const one of found) {
    if (kept.length >= most) break;
    if (kept.every((other) => one.end <= other.start || one.start >= other.end)) kept.push(one);
  }
  return kept;
}

/** Makes a {@link Classifier} of trained weights. */
export function linearClassifier(model: TrainedWeights): Classifier {
  return {
    score: (text) => scoreLinear(model, text),
    details: (text) => detailsLinear(model, text),
    explain: (text, most, mode) =>
      explainLinear(model, text, most, mode === "reviews" ? "reviews" : "general"),
  };
}
