import type { ModelScores } from "./classifier.js";
import type { Talk } from "./talk.js";
import type { DetectionMode } from "./verdict.js";

/** What the combination of the signals is made from. */
export interface StackInput {
  /** Log-odds of the trained model, null without one. */
  readonly model: ModelScores | null;
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
  /** Praise that turns sour; marks of anger. */
  readonly mock: boolean;
  readonly anger: boolean;
  /** Words that join others ("我家也是", "mine too"). */
  readonly joins: boolean;
  /** Length of the normalised text. */
  readonly length: number;
  readonly talk: Talk;
}

/**
 * A small network: the features go straight to the sum, and through hidden units with tanh. Without
 * hidden units it is a logistic regression.
 */
export interface Network {
  readonly bias: number;
  /** One weight for each of {@link stackFeatures}. */
  readonly direct: readonly number[];
  readonly hidden: readonly HiddenUnit[];
}

/** A unit of a {@link Network}. */
export interface HiddenUnit {
  readonly bias: number;
  readonly weights: readonly number[];
  /** What the unit adds to the sum. */
  readonly out: number;
}

/** Networks for the talk of a shop's group. */
export interface GroupNetworks {
  /** For a line by itself. */
  readonly line: Network;
  /** For a line with others before it. */
  readonly talk: Network;
  /** The chance that a line by itself is from such a group at all. */
  readonly gate: Network;
}

/** A fitted combination and the score from which it speaks up. */
export interface Stack {
  /** For texts of all kinds. */
  readonly network: Network;
  /** In chats: decides in a group's talk, and in part where a line stands by itself. */
  readonly group?: GroupNetworks | undefined;
  readonly threshold: number;
}

/** One combination per mode. */
export type Stacks = Readonly<Record<DetectionMode, Stack>>;

/** Number of features of a combination. */
export const STACK_SIZE = 26;

/** A strength that one clear cue reaches alone. */
const CLEAR = 2.2;
const SHORT = 12;

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** The features of a combination. */
export function stackFeatures(input: StackInput): number[] {
  const { talk } = input;
  const general = clamp(input.model?.general ?? 0, 8);
  const rules = Math.min(input.rules, 6);
  const short = flag(input.length < SHORT);
  return [
    clamp(input.model?.domain ?? 0, 8),
    general,
    clamp(input.model?.group ?? 0, 8),
    clamp(input.model?.reviews ?? 0, 8),
    rules,
    rules > 0 ? clamp(general, 4) : 0,
    flag(rules > 0),
    Math.max(0, -input.sentiment),
    Math.max(0, input.sentiment),
    flag(input.asks),
    flag(input.question),
    flag(input.waived),
    flag(input.resolved),
    flag(input.shop),
    flag(input.goods),
    input.goods && rules > 0 ? 1 : 0,
    Math.max(0, rules - CLEAR),
    Math.log2(1 + Math.min(input.length, 1_000)) - 4,
    flag(input.mock),
    flag(input.anger),
    talk.others,
    talk.own,
    talk.unrest,
    input.joins ? talk.others : 0,
    talk.own * short,
    talk.staffBefore ? Math.max(talk.own, talk.others) : 0,
  ];
}

/** Set by hand: the word rules alone decide when there is no trained model. */
export const RULES_ONLY: Stack = {
  network: {
    bias: -2.4,
    direct: [
      0, 0, 0, 0, 1.35, 0, 0, 0.4, -0.5, -0.6, 0, -0.3, -1.5, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0,
    ],
    hidden: [],
  },
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
  return input.rules >= PLAIN && (input.model?.general ?? 0) > SURE_CHAT;
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

/** In a group's talk its own network decides; for a line by itself the log-odds are pooled by the gate. */
function stackScore({ network, group }: Stack, input: StackInput): number {
  const features = stackFeatures(input);
  if (group === undefined) return logistic(networkOdds(network, features));
  if (input.talk.going) return logistic(networkOdds(group.talk, features));
  const share = logistic(networkOdds(group.gate, features));
  const line = networkOdds(group.line, features);
  return logistic(share * line + (1 - share) * networkOdds(network, features));
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

function dot(weights: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < features.length; at += 1) sum += (weights[at] ?? 0) * (features[at] ?? 0);
  return sum;
}

/** The log-odds that a network gives. */
function networkOdds(network: Network, features: readonly number[]): number {
  let sum = network.bias + dot(network.direct, features);
  for (const { bias, weights, out } of network.hidden)
    sum += out * Math.tanh(bias + dot(weights, features));
  return sum;
}
