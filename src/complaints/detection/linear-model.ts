import { readFileSync } from "node:fs";
import { LANGUAGES, type Language } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import type { Classifier, Contribution } from "./classifier.js";
import type { Span } from "./cue-scan.js";
import { hashFeatures } from "./hashed-features.js";
import { isWordCode, type NormalisedText } from "./normalised-text.js";

/** A linear model with weights of one byte. */
export interface LinearModel {
  readonly language: Language;
  /** Weights times 1 / `scale`, -127 to 127; the length is a power of two. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
}

const APOSTROPHE = 39;
const MAGIC = 0x484c4d31;
const HEADER = 24;
const FEWEST_BITS = 10;
const MOST_BITS = 22;

function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Log-odds: the mean weight of the features times the square root of their number, plus the bias. */
export function scoreLinear(model: LinearModel, text: NormalisedText): number {
  const { weights } = model;
  const { indices, count } = hashFeatures(text, model.language, weights.length - 1);
  if (count === 0) return model.bias;
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += weights[indices[at] ?? 0] ?? 0;
  return (sum * model.scale) / Math.sqrt(count) + model.bias;
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
  model: LinearModel,
  text: NormalisedText,
  most: number,
): readonly Contribution[] {
  const { weights } = model;
  const { indices, starts, ends, count } = hashFeatures(text, model.language, weights.length - 1);
  const share = model.scale / Math.sqrt(Math.max(1, count));
  const found: Contribution[] = [];
  for (let at = 0; at < count; at += 1) {
    const weight = (weights[indices[at] ?? 0] ?? 0) * share;
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

/** Makes a {@link Classifier} of a model. */
export function linearClassifier(model: LinearModel): Classifier {
  return {
    score: (text) => scoreLinear(model, text),
    explain: (text, most) => explainLinear(model, text, most),
  };
}

/**
 * The bytes of a model file: magic, version and language, bits, scale, bias, checksum (little
 * endian), then one signed byte per weight.
 */
export function encodeLinearModel(model: LinearModel): Uint8Array {
  const bytes = new Uint8Array(HEADER + model.weights.length);
  const weights = new Uint8Array(
    model.weights.buffer,
    model.weights.byteOffset,
    model.weights.length,
  );
  bytes.set(weights, HEADER);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint16(4, LANGUAGES.indexOf(model.language), true);
  head.setUint16(6, Math.log2(model.weights.length), true);
  head.setFloat32(8, model.scale, true);
  head.setFloat32(12, model.bias, true);
  head.setUint32(16, checksum(weights), true);
  return bytes;
}

/**
 * Reads the bytes of a model file.
 * @throws AppError `invalid-config` when the bytes are no model or are damaged.
 */
export function decodeLinearModel(bytes: Uint8Array, origin: string): LinearModel {
  const broken = (reason: string) =>
    new AppError("invalid-config", `The model file ${origin} cannot be used: ${reason}.`, {
      field: origin,
      remedy: "Install the program again, or train anew with `npm run train`.",
    });
  if (bytes.length < HEADER) throw broken("it is too short");
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.getUint32(0, true) !== MAGIC) throw broken("it is no model file");
  const language = LANGUAGES[head.getUint16(4, true)];
  const bits = head.getUint16(6, true);
  if (language === undefined || bits < FEWEST_BITS || bits > MOST_BITS)
    throw broken("its head is damaged");
  if (bytes.length !== HEADER + 2 ** bits) throw broken("its length does not fit its head");
  const weights = bytes.subarray(HEADER);
  if (checksum(weights) !== head.getUint32(16, true)) throw broken("its checksum does not fit");
  return {
    language,
    weights: new Int8Array(weights.buffer, weights.byteOffset, weights.length),
    scale: head.getFloat32(8, true),
    bias: head.getFloat32(12, true),
  };
}

/**
 * Loads a model file in one read.
 * @throws AppError `invalid-config` when the file cannot be read or is damaged.
 */
export function loadLinearModel(file: URL): LinearModel {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new AppError("invalid-config", `The model file ${file.href} cannot be read.`, {
      field: file.href,
      cause,
    });
  }
  return decodeLinearModel(bytes, file.href);
}
