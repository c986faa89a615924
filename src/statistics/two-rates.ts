import { binomialCdf, binomialPmf, binomialUpperTail } from "./discrete-tails.js";
import { criticalZ, DEFAULT_LEVEL, type Estimate, requireCount } from "./estimate.js";
import { hybridDifference } from "./two-proportions.js";

/** `events` that happened over an `exposure` > 0, such as complaints over orders. */
export interface Rate {
  readonly events: number;
  readonly exposure: number;
}

/** Two rates with their difference (after − before) and a two-sided p value. */
export interface RateComparison {
  readonly before: Estimate;
  readonly after: Estimate;
  /** Difference per unit of exposure; its n counts the events of both sides. */
  readonly difference: Estimate;
  readonly p: number;
  readonly test: "conditional_binomial_mid_p";
}

/**
 * Rate per unit of exposure with the score interval of a Poisson count; the estimate's n is the
 * number of events. Null when the exposure is 0.
 */
export function rateEstimate(
  { events, exposure }: Rate,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  requireCount("events", events);
  if (!(exposure >= 0 && Number.isFinite(exposure))) {
    throw new RangeError("exposure must be at least 0.");
  }
  if (exposure === 0) return null;
  const z = criticalZ(level);
  const centre = events + (z * z) / 2;
  const half = z * Math.sqrt(events + (z * z) / 4);
  return {
    value: events / exposure,
    low: events === 0 ? 0 : (centre - half) / exposure,
    high: (centre + half) / exposure,
    n: events,
  };
}

/**
 * Compares two event rates with exposure. The p value is the mid-p of the exact conditional
 * test: given all events, those after are binomial with the share of exposure after.
 * Null when either exposure is 0.
 */
export function compareRates(
  before: Rate,
  after: Rate,
  level: number = DEFAULT_LEVEL,
): RateComparison | null {
  const first = rateEstimate(before, level);
  const second = rateEstimate(after, level);
  if (first === null || second === null) return null;
  const total = before.events + after.events;
  const share = after.exposure / (before.exposure + after.exposure);
  const here = binomialPmf(after.events, total, share) / 2;
  const lower = binomialCdf(after.events, total, share) - here;
  const upper = binomialUpperTail(after.events, total, share) - here;
  return {
    before: first,
    after: second,
    difference: hybridDifference(first, second),
    p: Math.min(1, 2 * Math.max(0, Math.min(lower, upper))),
    test: "conditional_binomial_mid_p",
  };
}
