import { mean } from "./quantiles.js";

const INTENSITY = {
  none: 0,
  reaction: 0.25,
  rating: 0.5,
  rating_with_reason: 0.75,
  rating_with_text: 1,
} as const;

/** Hours after which an answer counts half, by where the question stood (F25). */
const HALF_LIFE_HOURS = { group_card: 6, private_message: 24 } as const;

/** How an eligible member reacted to one stimulus. */
export type FeedbackSignal =
  | { readonly kind: "none" }
  | {
      readonly kind: "reaction" | "rating" | "rating_with_reason" | "rating_with_text";
      readonly place: keyof typeof HALF_LIFE_HOURS;
      /** Hours from stimulus to answer, at least 0. */
      readonly hours: number;
    };

/** 反馈程度 of customers: the index and the parts that it is always shown with. */
export interface FeedbackDegree {
  /** 100·mean(intensity · timeliness) over all eligible, 0…100. Descriptive: no target. */
  readonly index: number;
  /** Share of eligible members who reacted at all. */
  readonly coverage: number;
  /** Mean intensity of those who reacted; null when nobody did. */
  readonly depth: number | null;
  /** Mean timeliness of those who reacted; null when nobody did. */
  readonly speed: number | null;
  readonly eligible: number;
}

/**
 * Feedback degree of customers (F25) over (stimulus, eligible member) pairs, with timeliness
 * 2^(−Δt/h), h = 6 h for group cards and 24 h for private ones. Null when nobody was eligible.
 */
export function feedbackDegree(signals: readonly FeedbackSignal[]): FeedbackDegree | null {
  const answered = signals.filter((signal) => signal.kind !== "none");
  const intensities = answered.map((signal) => INTENSITY[signal.kind]);
  const speeds = answered.map((signal) => decay(signal.hours, HALF_LIFE_HOURS[signal.place]));
  if (signals.length === 0) return null;
  const sum = intensities.reduce((total, intensity, i) => total + intensity * (speeds[i] ?? 0), 0);
  return {
    index: (100 * sum) / signals.length,
    coverage: answered.length / signals.length,
    depth: mean(intensities),
    speed: mean(speeds),
    eligible: signals.length,
  };
}

/** How the shop reacted to one case. */
export type ShopReaction =
  | { readonly kind: "unacknowledged" }
  | {
      readonly kind: "acknowledged";
      /** 0 stock phrase, 0.5 names the issue, 1 names the issue and what happens when. */
      readonly specificity: 0 | 0.5 | 1;
      /** Delay of the acknowledgement and the target for it, in the same unit of time. */
      readonly delay: number;
      readonly target: number;
    };

/** 反馈程度 of the shop: the index and the parts that it is always shown with. */
export interface ShopFeedbackDegree {
  /** 100·mean(acknowledged · specificity · 2^(−delay/target)) over cases, 0…100. */
  readonly index: number;
  readonly acknowledged: number;
  /** Mean specificity of the acknowledged cases; null when there are none. */
  readonly specificity: number | null;
  /** Mean of 2^(−delay/target) of the acknowledged cases; null when there are none. */
  readonly speed: number | null;
  readonly cases: number;
}

/** Feedback degree of the shop (F25). Null when there were no cases. */
export function shopFeedbackDegree(reactions: readonly ShopReaction[]): ShopFeedbackDegree | null {
  if (reactions.length === 0) return null;
  const acknowledged = reactions.filter((reaction) => reaction.kind === "acknowledged");
  const speeds = acknowledged.map((reaction) => decay(reaction.delay, reaction.target));
  const sum = acknowledged.reduce(
    (total, reaction, i) => total + reaction.specificity * (speeds[i] ?? 0),
    0,
  );
  return {
    index: (100 * sum) / reactions.length,
    acknowledged: acknowledged.length / reactions.length,
    specificity: mean(acknowledged.map((reaction) => reaction.specificity)),
    speed: mean(speeds),
    cases: reactions.length,
  };
}

function decay(elapsed: number, halfLife: number): number {
  if (!(elapsed >= 0 && halfLife > 0)) {
    throw new RangeError("A delay is at least 0 and its half-life above 0.");
  }
  return 2 ** (-elapsed / halfLife);
}
