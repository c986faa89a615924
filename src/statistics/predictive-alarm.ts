import { negativeBinomialUpperTail } from "./discrete-tails.js";
import { requireCount } from "./estimate.js";
import type { Rate } from "./two-rates.js";

/** Chance below which a burst is reported (§3.8). */
export const ALARM_CHANCE = 0.005;

/** Jeffreys' prior for a Poisson rate. */
const PRIOR_EVENTS = 0.5;

/** What today looks like against the baseline. */
export interface BurstTest {
  /** Chance of at least today's events if nothing has changed. */
  readonly chance: number;
  /** Events that the baseline leads one to expect today. */
  readonly expected: number;
  readonly alarm: boolean;
}

/**
 * Gamma–Poisson predictive test (F14): a baseline of c events over exposure m, today x events
 * over exposure t: P(NB(c + ½, m/(m + t)) ≥ x). Count distinct members, not messages; the
 * exposure is orders, or days where orders are unknown. Null when either exposure is 0.
 */
export function burstTest(
  baseline: Rate,
  today: Rate,
  alarmChance: number = ALARM_CHANCE,
): BurstTest | null {
  requireCount("events", baseline.events);
  requireCount("events", today.events);
  if (!(baseline.exposure >= 0 && today.exposure >= 0)) {
    throw new RangeError("exposure must be at least 0.");
  }
  if (baseline.exposure === 0 || today.exposure === 0) return null;
  const size = baseline.events + PRIOR_EVENTS;
  const prob = baseline.exposure / (baseline.exposure + today.exposure);
  const chance = negativeBinomialUpperTail(today.events, { size, prob });
  const expected = (baseline.events / baseline.exposure) * today.exposure;
  return { chance, expected, alarm: chance < alarmChance };
}
