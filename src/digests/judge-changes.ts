import type { Aspect } from "#entities/vocabulary.js";
import { ASPECTS } from "#entities/vocabulary.js";
import { type Verdict, verdictOn } from "#src/statistics/before-after.js";
import { moreThanChance } from "#src/statistics/benjamini-hochberg.js";
import type { Estimate } from "#src/statistics/estimate.js";
import { netScoreDifference } from "#src/statistics/net-score.js";
import { npsDifference, SMALLEST_N_FOR_NPS } from "#src/statistics/nps.js";
import { compareProportions } from "#src/statistics/two-proportions.js";
import { compareRates } from "#src/statistics/two-rates.js";
import type { Complainers } from "./case-figures.js";
import type { ImprovementFacts, RatingFacts } from "./digest-facts.js";
import { atLeast, GOOD_FROM, netCountsOf, npsCountsOf, type RatingTally } from "./rating-tally.js";

/** Fewest answers on each side of a comparison. */
export const FEWEST_TO_COMPARE = 10;
/** Fewest complaining members, both sides together, that are compared at all. */
const FEWEST_COMPLAINERS = 4;
/** Fewest earlier days that give a usual level. */
const FEWEST_EARLIER_DAYS = 3;

/** The smallest change of a satisfied share worth acting on. */
const SMALLEST_USEFUL = 0.1;

/** One number compared with the same weekdays before. */
export interface Change {
  readonly id: string;
  /** now − before: shares −1…1, scores in their own unit, complaints in members per day. */
  readonly difference: Estimate;
  readonly p: number;
  /** Adjusted for all tests of the digest (F20). */
  readonly adjustedP: number;
  readonly formula: "F12" | "F5" | "F14";
  /** More than chance after F20, and the interval on the same side: only then words of change. */
  readonly direction: "up" | "down" | null;
}

/** All comparisons of one digest by id. */
export type Changes = ReadonlyMap<string, Change>;

interface Test {
  readonly id: string;
  readonly difference: Estimate;
  readonly p: number;
  readonly formula: Change["formula"];
}

/** What is compared. */
export interface Comparable {
  readonly ratings: readonly Pick<RatingFacts, "kind" | "now" | "before">[];
  readonly complaints: {
    readonly now: Complainers;
    readonly before: Complainers;
  };
  readonly days: number;
  readonly earlierDays: number;
  readonly improvements: readonly ImprovementFacts[];
}

/** Judges all comparisons of a digest together, so that many numbers make no news of chance (F20). */
export function judgeChanges(facts: Comparable): Changes {
  const tests = [
    ...facts.ratings.flatMap(ratingTest),
    ...complaintTests(facts),
    ...facts.improvements.flatMap(improvementTest),
  ];
  const judged = moreThanChance(tests).map(
    ({ test, adjustedP, moreThanChance: surely }): Change => {
      const { low, high } = test.difference;
      const side = low > 0 ? "up" : high < 0 ? "down" : null;
      return { ...test, adjustedP, direction: surely ? side : null };
    },
  );
  return new Map(judged.map((change) => [change.id, change]));
}

function ratingTest({ kind, now, before }: Comparable["ratings"][number]): readonly Test[] {
  const least = kind === "nps" ? SMALLEST_N_FOR_NPS : FEWEST_TO_COMPARE;
  if (now.n < least || before.n < least) return [];
  const result = compareKind(kind, before, now);
  return result === null ? [] : [{ id: kind, ...result }];
}

function compareKind(
  kind: RatingFacts["kind"],
  before: RatingTally,
  now: RatingTally,
): Omit<Test, "id"> | null {
  switch (kind) {
    case "csat":
    case "ces":
    case "check": {
      const good = GOOD_FROM[kind === "csat" ? "csat" : "ces"];
      const result = compareProportions(atLeast(before, good), atLeast(now, good));
      return result && { difference: result.difference, p: result.p, formula: "F12" };
    }
    case "nps": {
      const result = npsDifference(npsCountsOf(before), npsCountsOf(now));
      return result && { ...result, formula: "F5" };
    }
    case "gap": {
      const result = netScoreDifference(netCountsOf(before), netCountsOf(now));
      return result && { ...result, formula: "F5" };
    }
  }
}

function complaintTests(facts: Comparable): readonly Test[] {
  const { now, before } = facts.complaints;
  const one = (id: string, count: number, earlier: number): readonly Test[] => {
    if (facts.earlierDays < FEWEST_EARLIER_DAYS || count + earlier < FEWEST_COMPLAINERS) return [];
    const result = compareRates(
      { events: earlier, exposure: facts.earlierDays },
      { events: count, exposure: facts.days },
    );
    if (result === null) return [];
    return [{ id, difference: result.difference, p: result.p, formula: "F14" }];
  };
  const byAspect = ASPECTS.flatMap((aspect) =>
    one(complaintId(aspect), now.byAspect[aspect] ?? 0, before.byAspect[aspect] ?? 0),
  );
  return [...one("complaints", now.members, before.members), ...byAspect];
}

/** Id of the comparison of one aspect's complaints. */
export function complaintId(aspect: Aspect): string {
  return `complaints.${aspect}`;
}

/** Id of the verdict on one improvement. */
export function improvementId(number: number): string {
  return `improvement.${number}`;
}

function improvementTest({ number, judged }: ImprovementFacts): readonly Test[] {
  if (judged === null) return [];
  const { before, after } = judged;
  if (before.n < FEWEST_TO_COMPARE || after.n < FEWEST_TO_COMPARE) return [];
  const result = compareKind("csat", before, after);
  return result === null ? [] : [{ id: improvementId(number), ...result }];
}

/** How many of a thing the earlier weeks lead one to expect in the window; null when too few days. */
export function usually(
  earlier: number,
  { days, earlierDays }: Pick<Comparable, "days" | "earlierDays">,
): number | null {
  return earlierDays < FEWEST_EARLIER_DAYS ? null : (earlier / earlierDays) * days;
}

/** The word for a judged improvement (§3.7): only what passed the test among all others is a change. */
export function verdictOf({ difference, direction }: Change): Verdict {
  const verdict = verdictOn(difference, { better: "higher", smallestUseful: SMALLEST_USEFUL });
  return direction !== null || verdict === "little_change" ? verdict : "no_visible_change";
}
