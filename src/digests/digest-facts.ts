import type { Aspect, QuestionKind } from "#entities/vocabulary.js";
import type { Verdict } from "#src/statistics/before-after.js";
import type { MessageCounts } from "#src/store/digest-rows.js";
import type { CaseFigures, Complainers, Waiting } from "./case-figures.js";
import type { Stretch } from "./digest-window.js";
import type { CustomerFeedback, ShopFeedback } from "./feedback-figures.js";
import type { Publication } from "./public-numbers.js";
import type { PooledKind, RatingTally } from "./rating-tally.js";

/** Who a digest is for: staff in detail, or the group itself. */
export type Audience = "staff" | "public";

/** What is composed: the two digests, or a report of any days. */
export type DigestKind = "daily" | "weekly" | "report";

/** What both audiences' facts say about where and when. */
export interface FactsFrame extends Stretch {
  readonly kind: DigestKind;
  readonly groupName: string;
  readonly timeZone: string;
  /** First and last local day, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Answers of one kind, now and in the same weekdays before. */
export interface RatingFacts {
  /** `check` is the effort question after a solved case: answers of complainers only. */
  readonly kind: PooledKind | "check";
  readonly now: RatingTally;
  readonly before: RatingTally;
  /** The earlier stretches one by one, oldest first. */
  readonly earlier: readonly RatingTally[];
}

/** One posting of a survey in the window. */
export interface RunFacts {
  readonly survey: number;
  readonly kind: QuestionKind;
  readonly open: boolean;
  readonly answered: number;
  readonly eligible: number;
}

/** A judged improvement: two weeks before it against two weeks after, looked at once. */
export interface ImprovementFacts {
  readonly number: number;
  readonly text: string;
  readonly aspect: Aspect | null;
  readonly at: number;
  /** Made in the window; else it is here because its two weeks are over. */
  readonly isNew: boolean;
  readonly judged: {
    readonly before: RatingTally;
    readonly after: RatingTally;
    readonly complainersBefore: number;
    readonly complainersAfter: number;
  } | null;
}

/** A burst of complaints that was reported in the window. */
export interface SpikeFacts {
  readonly aspect: Aspect;
  readonly members: number;
  readonly expected: number;
  readonly probability: number;
}

/** Why low ratings were given, by the reasons that were chosen. */
export interface ReasonFacts {
  readonly aspect: Aspect | null;
  readonly label: string;
  /** Distinct people who chose it. */
  readonly count: number;
  /** How often it came first among bootstrap samples, 0…1; null below 100 people. */
  readonly firstShare: number | null;
}

/** Everything a staff digest is composed from. JSON; holds no member's words, name or id. */
export interface StaffFacts extends FactsFrame {
  readonly audience: "staff";
  readonly k: number;
  /** "Now" of what waits: the window's end, or the last thing known before it. */
  readonly asOf: number;
  /** First and last local day of the earlier weeks. */
  readonly earlierFrom: string;
  readonly earlierTo: string;
  readonly days: number;
  /** Days of the earlier weeks in which the group was known. */
  readonly earlierDays: number;
  readonly messages: MessageCounts;
  readonly ratings: readonly RatingFacts[];
  readonly runs: readonly RunFacts[];
  /** Answers to questions whose values are not summed over surveys. */
  readonly otherAnswers: { readonly questions: number; readonly answers: number };
  readonly reasons: readonly ReasonFacts[];
  /** People who gave a reason at all. */
  readonly reasonGivers: number;
  readonly complaints: {
    readonly now: Complainers;
    readonly before: Complainers;
  };
  readonly cases: CaseFigures;
  readonly waiting: readonly Waiting[];
  readonly spikes: readonly SpikeFacts[];
  readonly improvements: readonly ImprovementFacts[];
  readonly feedback: {
    readonly customers: CustomerFeedback | null;
    readonly shop: ShopFeedback | null;
  };
  readonly health: {
    readonly offline: readonly Stretch[];
    readonly staffAnswers: number;
    readonly unverified: number;
    readonly outsideN: number;
    readonly missedRuns: number;
  };
  readonly waitingDigests: number;
  /** Displays of questions by reason: cards, reminders, checks of cases. */
  readonly prompts: Readonly<Record<string, number>>;
}

/** One thing that customers talked about, as the group may read it. */
export interface ThemeFacts {
  readonly aspect: Aspect;
  readonly publication: Publication;
  readonly change: "more" | "fewer" | null;
}

/**
 * Everything a public digest is composed from: only what was decided to be tellable. Nothing in it
 * can name a member or a small cell.
 */
export interface PublicFacts extends FactsFrame {
  readonly audience: "public";
  readonly k: number;
  /** Questions that closed in the window. */
  readonly closedRuns: number;
  readonly answerers: Publication;
  readonly ratings: readonly {
    readonly kind: PooledKind;
    readonly publication: Publication;
    readonly change: "better" | "worse" | null;
  }[];
  readonly themes: readonly ThemeFacts[];
  /** How far the things that customers reported are; null when there were none. */
  readonly progress: "all" | "most" | "some" | "none" | null;
  readonly improvements: readonly {
    readonly text: string;
    readonly at: number;
    readonly verdict: Verdict | null;
  }[];
  /** The day of the next weekly post; null where nothing is promised. */
  readonly nextDay: string | null;
  /** The post before promised to tell more today. */
  readonly wasPromised: boolean;
  /** Why nothing may be posted now. */
  readonly hold: "safety" | "spike" | null;
}
