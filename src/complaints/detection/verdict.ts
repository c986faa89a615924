import type { Aspect, Language, Role, Severity } from "#entities/vocabulary.js";
import type { LexiconEntry } from "./lexicon.js";

/** Where a piece of evidence comes from; an `opinion` is another model's and quotes no words. */
export type EvidenceSource = "rule" | "safety" | "sentiment" | "model" | "context" | "opinion";

/** A stretch of the given text that speaks for a complaint. */
export interface Evidence {
  /** Exactly `given.slice(start, end)`; empty when the evidence is another member's line. */
  readonly text: string;
  /** UTF-16 offsets into the text as it was given, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly source: EvidenceSource;
  /** In log-odds: 1 makes a complaint about 2.7 times as likely; higher counts more. */
  readonly weight: number;
}

/** What each signal said before they were combined. */
export interface Signals {
  /** Strength of the word rules, 0 when no rule speaks. */
  readonly rules: number;
  /** Balance of liking and disliking words, -1 to 1. */
  readonly sentiment: number;
  /** Log-odds of the trained model for the mode, null when there is none for the language. */
  readonly model: number | null;
}

/** The judgement on one message. */
export interface Verdict {
  readonly complaint: boolean;
  /** Estimated probability of a complaint, 0 to 1. */
  readonly score: number;
  /** -1 very unhappy … 1 very happy, 0 when nothing is said. */
  readonly polarity: number;
  /** Most likely first; filled when `complaint`, and for a settled or asked-about trouble. */
  readonly aspects: readonly Aspect[];
  /** Null when no complaint. */
  readonly severity: Severity | null;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** Joins a complaint that another member has just made ("我家也是", "+1", "same here"). */
  readonly meToo: boolean;
  /** Says that a trouble has been put right (已退, 补发了, "got my refund"). */
  readonly resolvedThanks: boolean;
  /** Asks rather than complains ("到了吗", "is it here yet?"). */
  readonly query: boolean;
  /** Which safety, injury or legal rule fired; null when none. Such a rule decides alone. */
  readonly p1Rule: string | null;
  readonly language: Language;
  readonly signals: Signals;
}

/** A message to be judged. */
export interface ConsideredMessage {
  /** At most the first 100,000 UTF-16 units are read. */
  readonly text: string;
  /** A customer unless said otherwise. Staff and leader never complain. */
  readonly role?: Role | undefined;
  /** The group's language: holds for a text that does not tell by itself ("+1", "👍"). */
  readonly language?: Language | undefined;
  /** Who speaks; only compared with the keys of the context. */
  readonly memberKey?: string | undefined;
  /** Epoch ms; context older than half an hour before it is not looked at. */
  readonly at?: number | undefined;
}

/** An earlier line of the same group, oldest first. */
export interface ContextLine {
  readonly text: string;
  readonly memberKey: string;
  readonly role: Role;
  /** Epoch ms. */
  readonly at: number;
  readonly complaint: boolean;
  /** The score of its verdict, 0 to 1; taken from `complaint` when absent. */
  readonly score?: number | undefined;
  readonly aspects: readonly Aspect[];
}

/** `chat` asks for sureness before it speaks up; `reviews` weighs both kinds of error alike. */
export type DetectionMode = "chat" | "reviews";

/** How one message is to be judged. */
export interface ConsiderOptions {
  readonly mode: DetectionMode;
  /** Score from which a message is a complaint; the mode's own threshold when absent. */
  readonly threshold?: number | undefined;
  /** Words of this group. Pass the same array each time: what is built from it is kept. */
  readonly extraWords?: readonly LexiconEntry[] | undefined;
}

/** Judges messages in this process, without waiting. Never throws for any text. */
export interface Detector {
  consider(
    message: ConsideredMessage,
    context: readonly ContextLine[],
    options: ConsiderOptions,
  ): Verdict;
  /** The language of a text: zh when it has a Han character, else en. */
  language(text: string): Language;
  /** The threshold that holds when {@link ConsiderOptions.threshold} is absent. */
  threshold(mode: DetectionMode, language?: Language): number;
}
