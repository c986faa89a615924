import type { Language } from "#entities/vocabulary.js";
import { hashFeatures } from "../detection/hashed-features.js";
import type { LinearModel } from "../detection/linear-model.js";
import { normaliseText } from "../detection/normalised-text.js";
import { seededRandom, shuffle } from "./random.js";

/** A labelled text. */
export interface Example {
  readonly id: string;
  readonly text: string;
  readonly label: 0 | 1;
  /** How much it counts; 1 = once. */
  readonly weight: number;
  /** The set it comes from. */
  readonly source: string;
}

/** Settings of one training. Same settings and examples give the same bytes. */
export interface FitOptions {
  readonly language: Language;
  /** The table has 2^bits weights. */
  readonly bits: number;
  readonly epochs: number;
  readonly rate: number;
  /** Pull of each used weight towards zero, per step. */
  readonly decay: number;
  readonly seed: number;
}

const LONGEST = 400;

interface Packed {
  readonly indices: Uint32Array;
  readonly offsets: Uint32Array;
}

/** Hashes all texts once; `offsets` tell where the features of a text begin. */
function pack(examples: readonly Example[], options: FitOptions): Packed {
  const mask = 2 ** options.bits - 1;
  const offsets = new Uint32Array(examples.length + 1);
  let indices = new Uint32Array(1 << 20);
  let size = 0;
  examples.forEach((example, number) => {
    const features = hashFeatures(
      normaliseText(example.text.slice(0, LONGEST)),
      options.language,
      mask,
    );
    if (size + features.count > indices.length) {
      const grown = new Uint32Array((size + features.count) * 2);
      grown.set(indices);
      indices = grown;
    }
    indices.set(features.indices.subarray(0, features.count), size);
    size += features.count;
    offsets[number + 1] = size;
  });
  return { indices, offsets };
}

/** Features of fewer than this many texts stay at zero: they hold names, not ways of speaking. */
const RAREST = 2;

function frequent(packed: Packed, bits: number): Uint8Array {
  const seen = new Uint8Array(2 ** bits);
  for (const index of packed.indices.subarray(0, packed.offsets.at(-1) ?? 0))
    if ((seen[index] ?? 0) < RAREST) seen[index] = (seen[index] ?? 0) + 1;
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

/** One step on one example. */
function learn(learner: Learner, number: number, example: Example): void {
  const { packed, options } = learner;
  const from = packed.offsets[number] ?? 0;
  const to = packed.offsets[number + 1] ?? 0;
  const norm = 1 / Math.sqrt(Math.max(1, to - from));
  const sum = learner.bias + norm * sumOf(learner, from, to);
  const error = (1 / (1 + Math.exp(-sum)) - example.label) * example.weight;
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
 * Logistic regression by AdaGrad over hashed features, examples weighted, order shuffled by a seeded
 * source; the weights are then rounded to one byte.
 */
export function fitLinear(examples: readonly Example[], options: FitOptions): LinearModel {
  const packed = pack(examples, options);
  const size = 2 ** options.bits;
  const learner: Learner = {
    packed,
    seen: frequent(packed, options.bits),
    weights: new Float32Array(size),
    squares: new Float32Array(size).fill(FIRST_SQUARE),
    options,
    bias: 0,
    biasSquares: FIRST_SQUARE,
  };
  const random = seededRandom(options.seed);
  const order = Uint32Array.from(examples, (_, number) => number);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const number of order) {
      const example = examples[number];
      if (example !== undefined) learn(learner, number, example);
    }
  }
  return quantise(learner.weights, learner.bias, options.language);
}

/** Share of the weights that may be cut to the largest byte. */
const CUT = 0.0005;

function quantise(weights: Float32Array, bias: number, language: Language): LinearModel {
  const sizes = weights
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  const largest = sizes[Math.floor(sizes.length * (1 - CUT))] ?? 1;
  const scale = Math.fround((largest === 0 ? 1 : largest) / 127);
  const bytes = new Int8Array(weights.length);
  for (let at = 0; at < weights.length; at += 1)
    bytes[at] = Math.max(-127, Math.min(127, Math.round((weights[at] ?? 0) / scale)));
  return { language, weights: bytes, scale, bias: Math.fround(bias) };
}
