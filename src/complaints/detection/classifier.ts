import type { Aspect } from "#entities/vocabulary.js";
import type { NormalisedText } from "./normalised-text.js";
import type { Stacks } from "./stack.js";
import type { DetectionMode } from "./verdict.js";

/** A run of units of the normalised text with what it adds to the log-odds. */
export interface Contribution {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** What the tables of a trained judge make of one text, each in log-odds; 0 = undecided. */
export interface ModelScores {
  /** A complaint among talk and reviews of all kinds. */
  readonly general: number;
  /** A complaint in the talk of a shop's group. */
  readonly group: number;
  /** An unhappy review, when the text is one. */
  readonly reviews: number;
  /** Said in a shop's group or to its service, whatever it says. */
  readonly domain: number;
}

/** An aspect with its chance, 0 to 1, given that the text is a complaint. */
export interface AspectChance {
  readonly aspect: Aspect;
  readonly chance: number;
}

/** What a trained judge says of a text that is a complaint. */
export interface ComplaintDetails {
  /** Likeliest first. */
  readonly aspects: readonly AspectChance[];
  /** Chance of illness, injury or a danger in what was eaten, 0 to 1. */
  readonly harm: number;
}

/** A trained judge of one language. Linear time, never throws. */
export interface Classifier {
  score(text: NormalisedText): ModelScores;
  /** Details of a text that is a complaint. */
  details(text: NormalisedText): ComplaintDetails;
  /** The stretches that speak most for a complaint, strongest first. */
  explain(text: NormalisedText, most: number, mode: DetectionMode): readonly Contribution[];
}

/** A trained judge of one language with the combination that was fitted for it. */
export interface TrainedModel {
  readonly classifier: Classifier;
  readonly stacks: Stacks;
}
