import { DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { cliffsDelta, mannWhitney } from "./mann-whitney.js";
import { mcNemarTest, type PairedCounts, pairedDifference } from "./mcnemar.js";
import { type NpsCounts, npsDifference } from "./nps.js";
import { compareProportions } from "./two-proportions.js";
import type { Proportion } from "./wilson-interval.js";

/** From this share of people asked both times, the paired test is the one to use (§3.7). */
export const SMALLEST_PAIRED_SHARE = 0.6;

/** The word a report may use for a before/after difference (§3.7). */
export type Verdict = "improved" | "worse" | "no_visible_change" | "little_change";

/** Which way is better, and the smallest change worth acting on, in the unit of the difference. */
export interface VerdictRule {
  readonly better: "higher" | "lower";
  readonly smallestUseful: number;
}

/**
 * The verdict on a difference after − before: "improved" or "worse" when the whole interval lies
 * on that side of 0; else "little_change" when it excludes the smallest useful change in both
 * directions, and "no_visible_change" when it does not.
 */
export function verdictOn(
  { low, high }: Pick<Estimate, "low" | "high">,
  { better, smallestUseful }: VerdictRule,
): Verdict {
  if (!(smallestUseful > 0)) throw new RangeError("The smallest useful change is above 0.");
  if (low > 0) return better === "higher" ? "improved" : "worse";
  if (high < 0) return better === "higher" ? "worse" : "improved";
  return low > -smallestUseful && high < smallestUseful ? "little_change" : "no_visible_change";
}

/** The numbers of both windows, by the kind of measure. */
export type BeforeAfterData =
  | { readonly kind: "share"; readonly before: Proportion; readonly after: Proportion }
  | ({ readonly kind: "paired_share" } & PairedCounts)
  | { readonly kind: "nps"; readonly before: NpsCounts; readonly after: NpsCounts }
  | {
      readonly kind: "rating";
      readonly before: readonly number[];
      readonly after: readonly number[];
    };

/** Difference, interval, p and word; a single group without a control is an association. */
export interface BeforeAfterResult {
  /**
   * after − before: shares in −1…1, NPS in points, ratings as Cliff's delta
   * P(after higher) − P(before higher).
   */
  readonly difference: Estimate;
  readonly p: number;
  readonly test: "pooled_z" | "fisher_exact" | "mcnemar_mid_p" | "nps_z" | "mann_whitney";
  readonly verdict: Verdict;
}

/** Before/after evaluation by §3.7. Null when either window has no answers. */
export function judgeBeforeAfter(
  data: BeforeAfterData,
  rule: VerdictRule,
  level: number = DEFAULT_LEVEL,
): BeforeAfterResult | null {
  const tested = testDifference(data, level);
  return tested === null ? null : { ...tested, verdict: verdictOn(tested.difference, rule) };
}

function testDifference(
  data: BeforeAfterData,
  level: number,
): Omit<BeforeAfterResult, "verdict"> | null {
  switch (data.kind) {
    case "share": {
      const result = compareProportions(data.before, data.after, level);
      return result && { difference: result.difference, p: result.p, test: result.test };
    }
    case "paired_share": {
      const difference = pairedDifference(data, level);
      // Pairs of which none changed leave McNemar's test without data: no evidence, p = 1.
      const p = mcNemarTest(data.gained, data.lost)?.midP ?? 1;
      return difference && { difference, p, test: "mcnemar_mid_p" };
    }
    case "nps": {
      const result = npsDifference(data.before, data.after, level);
      return result && { ...result, test: "nps_z" };
    }
    case "rating": {
      const difference = cliffsDelta(data.before, data.after, level);
      const test = mannWhitney(data.before, data.after);
      return difference && test && { difference, p: test.p, test: "mann_whitney" };
    }
  }
}

/** Whether before/after shares are to be compared paired (F13) or unpaired (F12). */
export function pairedOrNot(
  askedBothTimes: number,
  askedAtAll: number,
): "paired_share" | "share" | null {
  if (askedAtAll === 0) return null;
  return askedBothTimes / askedAtAll >= SMALLEST_PAIRED_SHARE ? "paired_share" : "share";
}

/** What was planned before the first look. Instants in epoch ms. */
export interface EvaluationPlan {
  readonly end: number;
  readonly targetN: number;
}

/** Whether the result may be looked at. */
export type EvaluationState =
  | { readonly kind: "locked"; readonly until: number }
  | { readonly kind: "ready"; readonly targetReached: boolean };

/**
 * Keeps a before/after result locked until its planned end (F21): looking every day for 14 days
 * finds a change in 17 % of the cases where there is none. Reaching n early unlocks nothing.
 */
export function evaluationState(plan: EvaluationPlan, now: number, n: number): EvaluationState {
  if (now < plan.end) return { kind: "locked", until: plan.end };
  return { kind: "ready", targetReached: n >= plan.targetN };
}
