import type { Verdict } from "../detection/verdict.js";

/**
 * True when the small model cannot tell: its score is within `band` of the threshold, on either side.
 * What a safety or legal rule decided, what settles a trouble and what joins another's complaint is
 * not in doubt, and neither is a line that nobody has to look at (score 0).
 */
export function isUncertain(
  verdict: Pick<Verdict, "score" | "p1Rule" | "resolvedThanks" | "meToo">,
  threshold: number,
  band: number,
): boolean {
  if (verdict.p1Rule !== null || verdict.resolvedThanks || verdict.meToo) return false;
  return verdict.score > 0 && Math.abs(verdict.score - threshold) <= band;
}
