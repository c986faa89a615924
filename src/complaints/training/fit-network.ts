import { type Network, STACK_SIZE } from "../detection/stack.js";
import { seededRandom, shuffle } from "./random.js";

/** The features of one example of the combination. */
export interface StackExample {
  readonly features: readonly number[];
  readonly label: 0 | 1;
  readonly weight: number;
}

/** Settings of one combination. Same settings and examples give the same network. */
export interface NetworkOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly rate: number;
  /** Pull of all weights towards zero. */
  readonly decay: number;
  /** One network is fitted for each; their mean is the combination. */
  readonly seeds: readonly number[];
}

const BATCH = 128;
const SIZE = STACK_SIZE;

interface Scaled {
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  /** Row by row. */
  readonly values: Float64Array;
}

/** Weighted means and spreads of the features, and the examples brought to mean 0 and spread 1. */
function scaleFeatures(examples: readonly StackExample[]): Scaled {
  const sum = (of: (example: StackExample) => number) =>
    examples.reduce((total, example) => total + example.weight * of(example), 0);
  const weight = sum(() => 1);
  const columns = Array.from({ length: SIZE }, (_, at) => at);
  const means = columns.map((at) => sum(({ features }) => features[at] ?? 0) / weight);
  const spreads = columns.map((at) => {
    const squares = sum(({ features }) => ((features[at] ?? 0) - (means[at] ?? 0)) ** 2);
    return Math.sqrt(squares / weight) || 1;
  });
  const values = new Float64Array(examples.length * SIZE);
  examples.forEach(({ features }, row) => {
    for (let at = 0; at < SIZE; at += 1)
      values[row * SIZE + at] = ((features[at] ?? 0) - (means[at] ?? 0)) / (spreads[at] ?? 1);
  });
  return { means, spreads, values };
}

/** All parameters in one row: hidden weights, hidden biases, outs, direct weights, bias. */
interface Net {
  readonly units: number;
  readonly values: Float64Array;
  readonly biases: number;
  readonly outs: number;
  readonly direct: number;
  readonly bias: number;
}

function startNet(units: number, random: () => number): Net {
  const biases = units * SIZE;
  const outs = biases + units;
  const direct = outs + units;
  const bias = direct + SIZE;
  const values = new Float64Array(bias + 1);
  for (let at = 0; at < biases; at += 1) values[at] = (2 * random() - 1) / Math.sqrt(SIZE);
  for (let at = outs; at < direct; at += 1) values[at] = 0.3 * (2 * random() - 1);
  return { units, values, biases, outs, direct, bias };
}

/** Adds the slope of the loss of one row to `slopes`. */
function addSlope(
  net: Net,
  rows: Float64Array,
  from: number,
  example: StackExample,
  slopes: Float64Array,
) {
  const { units, values } = net;
  const made = new Float64Array(units);
  let sum = values[net.bias] ?? 0;
  for (let at = 0; at < SIZE; at += 1)
    sum += (values[net.direct + at] ?? 0) * (rows[from + at] ?? 0);
  for (let unit = 0; unit < units; unit += 1) {
    let inner = values[net.biases + unit] ?? 0;
    for (let at = 0; at < SIZE; at += 1)
      inner += (values[unit * SIZE + at] ?? 0) * (rows[from + at] ?? 0);
    made[unit] = Math.tanh(inner);
    sum += (values[net.outs + unit] ?? 0) * (made[unit] ?? 0);
  }
  const error = (1 / (1 + Math.exp(-sum)) - example.label) * example.weight;
  add(slopes, net.bias, error);
  for (let at = 0; at < SIZE; at += 1) add(slopes, net.direct + at, error * (rows[from + at] ?? 0));
  for (let unit = 0; unit < units; unit += 1) {
    const value = made[unit] ?? 0;
    add(slopes, net.outs + unit, error * value);
    const inner = error * (values[net.outs + unit] ?? 0) * (1 - value * value);
    add(slopes, net.biases + unit, inner);
    for (let at = 0; at < SIZE; at += 1)
      add(slopes, unit * SIZE + at, inner * (rows[from + at] ?? 0));
  }
}

function add(list: Float64Array, at: number, value: number): void {
  list[at] = (list[at] ?? 0) + value;
}

/** Adam with decoupled decay; the rate falls to zero. */
function fitOne(
  examples: readonly StackExample[],
  scaled: Scaled,
  options: NetworkOptions,
  seed: number,
): Net {
  const random = seededRandom(seed);
  const net = startNet(options.hidden, random);
  const size = net.values.length;
  const slopes = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const mean = examples.reduce((sum, { weight }) => sum + weight, 0) / examples.length;
  const order = Uint32Array.from(examples, (_, number) => number);
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = options.rate * (1 - epoch / options.epochs);
    for (let from = 0; from < order.length; from += BATCH) {
      slopes.fill(0);
      for (const number of order.subarray(from, from + BATCH)) {
        const example = examples[number];
        if (example !== undefined) addSlope(net, scaled.values, number * SIZE, example, slopes);
      }
      step += 1;
      const share = 1 / (BATCH * mean);
      const firstShare = 1 - 0.9 ** step;
      const secondShare = 1 - 0.999 ** step;
      for (let at = 0; at < size; at += 1) {
        const slope = (slopes[at] ?? 0) * share;
        first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
        second[at] = 0.999 * (second[at] ?? 0) + 0.001 * slope * slope;
        const move =
          (first[at] ?? 0) / firstShare / (Math.sqrt((second[at] ?? 0) / secondShare) + 1e-8);
        const pull = at === net.bias ? 0 : options.decay * (net.values[at] ?? 0);
        net.values[at] = (net.values[at] ?? 0) - rate * (move + pull);
      }
    }
  }
  return net;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Weights for features as they are, with what their means add to the bias. */
function unscale(weights: Float64Array, bias: number, { means, spreads }: Scaled, share = 1) {
  let moved = bias;
  const list = means.map((mean, at) => {
    const weight = (weights[at] ?? 0) / (spreads[at] ?? 1);
    moved -= weight * mean;
    return weight * share;
  });
  return { weights: list, bias: moved * share };
}

/** Fits the mean of one small network for each seed; without examples it says 0.5 of everything. */
export function fitNetwork(examples: readonly StackExample[], options: NetworkOptions): Network {
  if (examples.length === 0)
    return { bias: 0, direct: Array.from({ length: SIZE }, () => 0), hidden: [] };
  const scaled = scaleFeatures(examples);
  const share = 1 / options.seeds.length;
  const nets = options.seeds.map((seed) => fitOne(examples, scaled, options, seed));
  const directs = nets.map(({ values, direct, bias }) =>
    unscale(values.subarray(direct, bias), values[bias] ?? 0, scaled, share),
  );
  return {
    bias: rounded(directs.reduce((sum, { bias }) => sum + bias, 0)),
    direct: scaled.means.map((_, at) =>
      rounded(directs.reduce((sum, { weights }) => sum + (weights[at] ?? 0), 0)),
    ),
    hidden: nets.flatMap((net) =>
      Array.from({ length: net.units }, (_, unit) => {
        const own = net.values.subarray(unit * SIZE, (unit + 1) * SIZE);
        const { weights, bias } = unscale(own, net.values[net.biases + unit] ?? 0, scaled);
        const out = rounded((net.values[net.outs + unit] ?? 0) * share);
        return { bias: rounded(bias), weights: weights.map(rounded), out };
      }),
    ),
  };
}
