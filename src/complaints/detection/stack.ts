import type { DetectionMode } from "./verdict.js";

/** What the combination of the signals is made from. */
export interface StackInput {
  /** Log-odds of the trained model, null without one. */
  readonly model: number | null;
  readonly rules: number;
  readonly sentiment: number;
  readonly asks: boolean;
  readonly waived: boolean;
  readonly resolved: boolean;
  readonly shop: boolean;
  /** Length of the normalised text. */
  readonly length: number;
}

/** Weights of a logistic combination, in the order of {@link stackFeatures}, and its threshold. */
export interface Stack {
  readonly weights: readonly number[];
  readonly threshold: number;
}

/** One combination per mode. */
export type Stacks = Readonly<Record<DetectionMode, Stack>>;

/** Number of features of a combination. */
export const STACK_SIZE = 11;

/** The features of a combination; the first is the constant 1. */
export function stackFeatures(input: StackInput): number[] {
  const model = Math.max(-8, Math.min(8, input.model ?? 0));
  const rules = Math.min(input.rules, 6);
  return [
    1,
    model,
    rules,
    rules > 0 ? Math.max(-4, Math.min(4, model)) : 0,
    Math.max(0, -input.sentiment),
    Math.max(0, input.sentiment),
    input.asks ? 1 : 0,
    input.waived ? 1 : 0,
    input.resolved ? 1 : 0,
    input.shop ? 1 : 0,
    Math.log2(1 + Math.min(input.length, 1_000)) - 4,
  ];
}

/** Set by hand: the word rules alone decide when there is no trained model. */
export const RULES_ONLY: Stack = {
  weights: [-2.4, 0, 1.35, 0, 0.4, -0.5, -0.6, -0.3, -1.5, 0.2, 0],
  threshold: 0.5,
};

/** Probability of a complaint, 0 to 1. */
export function stackScore(stack: Stack, input: StackInput): number {
  const features = stackFeatures(input);
  let sum = 0;
  for (let at = 0; at < features.length; at += 1)
    sum += (stack.weights[at] ?? 0) * (features[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
