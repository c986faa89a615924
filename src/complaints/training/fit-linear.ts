import type { Language } from "#entities/vocabulary.js";
import { hashFeatures } from "../detection/hashed-features.js";
import { normaliseText } from "../detection/normalised-text.js";
import { seededRandom, shuffle } from "./random.js";

/** One text to learn from. */
export interface Lesson {
  /** Its number among the packed texts. */
  readonly number: number;
  readonly label: 0 | 1;
  /** How much it counts; 1 = once. */
  readonly weight: number;
  /** Log-odds known beforehand. */
  readonly offset: number;
}

/** Settings of one table. Same settings and lessons give the same weights. */
export interface FitOptions {
  readonly epochs: number;
  readonly rate: number;
  /** Pull of each used weight towards zero, per step. */
  readonly decay: number;
  readonly seed: number;
}

/** Float weights of one output. */
export interface Weights {
  readonly weights: Float32Array;
  readonly bias: number;
}

const LONGEST = 400;

/** The hashed features of many texts; `offsets` tell where those of a text begin. */
export interface Packed {
  readonly indices: Uint32Array;
  readonly offsets: Uint32Array;
  readonly size: number;
}

/** Hashes all texts once into a table of 2^`bits` places. */
export function packTexts(texts: readonly string[], language: Language, bits: number): Packed {
  const size = 2 ** bits;
  const offsets = new Uint32Array(texts.length + 1);
  let indices = new Uint32Array(1 << 20);
  let used = 0;
  texts.forEach((text, number) => {
    const features = hashFeatures(normaliseText(text.slice(0, LONGEST)), language, size - 1);
    if (used + features.count > indices.length) {
      const grown = new Uint32Array((used + features.count) * 2);
      grown.set(indices);
      indices = grown;
    }
    indices.set(features.indices.subarray(0, features.count), used);
    used += features.count;
    offsets[number + 1] = used;
  });
  return { indices, offsets, size };
}

/** Features of fewer than this many lessons stay at zero: they hold names, not ways of speaking. */
const RAREST = 2;

function frequent({ indices, offsets, size }: Packed, lessons: readonly Lesson[]): Uint8Array {
  const seen = new Uint8Array(size);
  for (const { number } of lessons) {
    const to = offsets[number + 1] ?? 0;
    for (let at = offsets[number] ?? 0; at < to; at += 1) {
      const index = indices[at] ?? 0;
      if ((seen[index] ?? 0) < RAREST) seen[index] = (seen[index] ?? 0) + 1;
    }
  }
  return seen;
}

interface Learner {
  readonly packed: Packed;
  readonly seen: Uint8Array;
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly options: FitOptions;
  bias: number;
  biasSquares: number;
}

const FIRST_SQUARE = 1e-3;

function sumOf({ packed, weights }: Learner, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += weights[packed.indices[at] ?? 0] ?? 0;
  return sum;
}

/** One step on one lesson. */
function learn(learner: Learner, { number, label, weight, offset }: Lesson): void {
  const { packed, options } = learner;
  const from = packed.offsets[number] ?? 0;
  const to = packed.offsets[number + 1] ?? 0;
  const norm = 1 / Math.sqrt(Math.max(1, to - from));
  const sum = offset + learner.bias + norm * sumOf(learner, from, to);
  const error = (1 / (1 + Math.exp(-sum)) - label) * weight;
  learner.biasSquares += error * error;
  learner.bias -= (options.rate * error) / Math.sqrt(learner.biasSquares);
  for (let at = from; at < to; at += 1) move(learner, packed.indices[at] ?? 0, error * norm);
}

function move({ seen, weights, squares, options }: Learner, index: number, slope: number): void {
  if ((seen[index] ?? 0) < RAREST) return;
  const weight = weights[index] ?? 0;
  const step = slope + options.decay * weight;
  const total = (squares[index] ?? 0) + step * step;
  squares[index] = total;
  weights[index] = weight - (options.rate * step) / Math.sqrt(total);
}

/**
 * Logistic regression by AdaGrad over hashed features, lessons weighted, order shuffled by a seeded
 * source.
 */
export function fitWeights(
  packed: Packed,
  lessons: readonly Lesson[],
  options: FitOptions,
): Weights {
  const learner: Learner = {
    packed,
    seen: frequent(packed, lessons),
    weights: new Float32Array(packed.size),
    squares: new Float32Array(packed.size).fill(FIRST_SQUARE),
    options,
    bias: 0,
    biasSquares: FIRST_SQUARE,
  };
  const random = seededRandom(options.seed);
  const order = Uint32Array.from(lessons, (_, number) => number);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const number of order) {
      const lesson = lessons[number];
      if (lesson !== undefined) learn(learner, lesson);
    }
  }
  return { weights: learner.weights, bias: learner.bias };
}

/** Log-odds of a packed text. */
export function scorePacked({ indices, offsets }: Packed, number: number, fitted: Weights): number {
  const from = offsets[number] ?? 0;
  const to = offsets[number + 1] ?? 0;
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += fitted.weights[indices[at] ?? 0] ?? 0;
  return fitted.bias + sum / Math.sqrt(Math.max(1, to - from));
}
