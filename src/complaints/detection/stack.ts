import type { DetectionMode } from "./verdict.js";

/** What the combination of the signals is made from. */
export interface StackInput {
  /** Log-odds of the trained model, null without one. */
  readonly model: number | null;
  readonly rules: number;
  readonly sentiment: number;
  readonly asks: boolean;
  /** Ends as a question (…吗, …?). */
  readonly question: boolean;
  readonly waived: boolean;
  readonly resolved: boolean;
  /** Words of buying and delivering are there. */
  readonly shop: boolean;
  /** A ware, a measure or an order is named. */
  readonly goods: boolean;
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
export const STACK_SIZE = 15;

/** A strength that one clear cue reaches alone. */
const CLEAR = 2.2;

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
    input.question ? 1 : 0,
    input.waived ? 1 : 0,
    input.resolved ? 1 : 0,
    input.shop ? 1 : 0,
    input.goods ? 1 : 0,
    input.goods && rules > 0 ? 1 : 0,
    Math.max(0, rules - CLEAR),
    Math.log2(1 + Math.min(input.length, 1_000)) - 4,
  ];
}

/** Set by hand: the word rules alone decide when there is no trained model. */
export const RULES_ONLY: Stack = {
  weights: [-2.4, 0, 1.35, 0, 0.4, -0.5, -0.6, 0, -0.3, -1.5, 0.2, 0, 0, 0, 0],
  threshold: 0.5,
};

/** Score of a message that a safety or legal rule decides. */
const SAFETY_SCORE = 0.98;
/** Upper bounds of the score in a chat for what is settled, or only asked. */
const RESOLVED_CAP = 0.3;
const ASKED_CAP = 0.4;

/** Words that plainly mean trouble in a shop's group speak up unless the model is sure of chit-chat. */
const PLAIN = 2.6;
const PLAIN_SCORE = 0.75;
const SURE_CHAT = -3;

function isPlain(input: StackInput): boolean {
  return input.rules >= PLAIN && (input.model ?? 0) > SURE_CHAT;
}

/**
 * Probability of a complaint, 0 to 1. `safety`: a safety or legal rule fired, which decides alone.
 * In chats a plain complaint has at least 0.75, a settled trouble at most 0.3, a mere question 0.4.
 */
export function combineSignals(
  stack: Stack,
  input: StackInput,
  mode: DetectionMode,
  safety: boolean,
): number {
  if (safety) return SAFETY_SCORE;
  let score = stackScore(stack, input);
  if (mode === "reviews") return score;
  if (isPlain(input)) score = Math.max(score, PLAIN_SCORE);
  if (input.resolved) score = Math.min(score, RESOLVED_CAP);
  if (input.asks && input.rules === 0) score = Math.min(score, ASKED_CAP);
  return score;
}

function stackScore(stack: Stack, input: StackInput): number {
  const features = stackFeatures(input);
  let sum = 0;
  for (let at = 0; at < features.length; at += 1)
    sum += (stack.weights[at] ?? 0) * (features[at] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}
