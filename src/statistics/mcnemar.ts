import { binomialCdf, binomialPmf } from "./discrete-tails.js";
import {
  boundedEstimate,
  criticalZ,
  DEFAULT_LEVEL,
  type Estimate,
  requireCount,
} from "./estimate.js";

/** Exact and mid-p value of McNemar's test, both two-sided. */
export interface McNemarTest {
  readonly exactP: number;
  /** The value to use (F13): the exact one keeps well under its stated error rate. */
  readonly midP: number;
}

/**
 * McNemar's test (F13) for the same people asked twice: `gained` said no and then yes, `lost`
 * said yes and then no. Null when nobody changed.
 */
export function mcNemarTest(gained: number, lost: number): McNemarTest | null {
  requireCount("gained", gained);
  requireCount("lost", lost);
  const changed = gained + lost;
  if (changed === 0) return null;
  const fewer = Math.min(gained, lost);
  const doubled = 2 * binomialCdf(fewer, changed, 0.5);
  return {
    exactP: Math.min(1, doubled),
    midP: Math.min(1, doubled - binomialPmf(fewer, changed, 0.5)),
  };
}

/** The same people asked twice: who went from no to yes, from yes to no, and all of them. */
export interface PairedCounts {
  readonly gained: number;
  readonly lost: number;
  readonly pairs: number;
}

/**
 * Change of the share of yes among the same people, (gained − lost)/pairs in −1…1, with the
 * adjusted Wald interval of Bonett and Price (2012). Null when there are no pairs.
 */
export function pairedDifference(
  { gained, lost, pairs }: PairedCounts,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  requireCount("gained", gained);
  requireCount("lost", lost);
  requireCount("pairs", pairs);
  if (gained + lost > pairs) throw new RangeError("gained + lost must not exceed pairs.");
  if (pairs === 0) return null;
  const size = pairs + 2;
  const up = (gained + 1) / size;
  const down = (lost + 1) / size;
  const half = criticalZ(level) * Math.sqrt((up + down - (up - down) ** 2) / size);
  const estimate = {
    value: (gained - lost) / pairs,
    low: up - down - half,
    high: up - down + half,
    n: pairs,
  };
  return boundedEstimate(estimate, -1, 1);
}
