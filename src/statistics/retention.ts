import { DEFAULT_LEVEL, type Estimate, requireCount } from "./estimate.js";
import { wilsonInterval } from "./wilson-interval.js";

/** Following rounds in which a buyer counts as having come back (F16). */
const ROUNDS_TO_COME_BACK = 2;

/** Head counts of a window: members who joined inside it count at its end but not at its start. */
export interface RetentionCounts {
  readonly activeAtStart: number;
  readonly activeAtEnd: number;
  readonly joinedInWindow: number;
}

/**
 * Retention (active at end − joined in the window)/active at start (F16) with Wilson interval.
 * Null when nobody was active at the start.
 */
export function retentionRate(
  { activeAtStart, activeAtEnd, joinedInWindow }: RetentionCounts,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  requireCount("activeAtEnd", activeAtEnd);
  requireCount("joinedInWindow", joinedInWindow);
  return wilsonInterval(activeAtEnd - joinedInWindow, activeAtStart, level);
}

/**
 * Reorder rate of a group-buy round (F16): its buyers who buy again in one of the next two
 * rounds, with Wilson interval. Null while those two rounds have not both taken place, and for a
 * round without buyers. `rounds` are in order of time and hold the ids of their buyers.
 */
export function roundReorderRate(
  rounds: readonly ReadonlySet<string>[],
  round: number,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  const buyers = rounds[round];
  const later = rounds.slice(round + 1, round + 1 + ROUNDS_TO_COME_BACK);
  if (buyers === undefined || later.length < ROUNDS_TO_COME_BACK) return null;
  const cameBack = [...buyers].filter((buyer) => later.some((next) => next.has(buyer)));
  return wilsonInterval(cameBack.length, buyers.size, level);
}
