import type { NormalisedText } from "./normalised-text.js";
import type { Stacks } from "./stack.js";

/** A run of units of the normalised text with what it adds to the log-odds. */
export interface Contribution {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** A trained judge of one language. */
export interface Classifier {
  /** Log-odds of a complaint; 0 = undecided. Linear time, never throws. */
  score(text: NormalisedText): number;
  /** The stretches that speak most for a complaint, strongest first. */
  explain(text: NormalisedText, most: number): readonly Contribution[];
}

/** A trained judge of one language with the combination that was fitted for it. */
export interface TrainedModel {
  readonly classifier: Classifier;
  readonly stacks: Stacks;
}
