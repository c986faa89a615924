import { DEFAULT_LEVEL, type Estimate } from "./estimate.js";
import { mean } from "./quantiles.js";
import { wilsonInterval } from "./wilson-interval.js";

/** Number of points of the rating scale, which starts at 1. */
export type CsatScale = 5 | 10;

/** What a set of ratings says. The mean carries no interval: a unanimous set would claim ±0. */
export interface Csat {
  readonly scale: CsatScale;
  readonly n: number;
  /** Headline (F1): share of 4 and more on 1–5, of 8 and more on 1–10. */
  readonly satisfied: Estimate;
  /** Share of the best point alone (非常满意率). */
  readonly verySatisfied: Estimate;
  /** Share of 2 and less on 1–5, of 3 and less on 1–10. */
  readonly dissatisfied: Estimate;
  readonly mean: number;
}

const BOUNDS = {
  5: { satisfied: 4, dissatisfied: 2 },
  10: { satisfied: 8, dissatisfied: 3 },
} as const;

/**
 * Customer satisfaction from ratings on one scale (F1) with Wilson intervals. Half points are
 * allowed: 4.5 of 5 is satisfied, and 3.5 is not. Null for no ratings. RangeError for a rating
 * outside the scale or between half points.
 */
export function csat(
  ratings: readonly number[],
  scale: CsatScale = 5,
  level: number = DEFAULT_LEVEL,
): Csat | null {
  for (const rating of ratings) requireRating(rating, scale);
  const n = ratings.length;
  const share = (belongs: (rating: number) => boolean): Estimate | null =>
    wilsonInterval(ratings.filter(belongs).length, n, level);
  const bounds = BOUNDS[scale];
  const satisfied = share((rating) => rating >= bounds.satisfied);
  const verySatisfied = share((rating) => rating >= scale);
  const dissatisfied = share((rating) => rating <= bounds.dissatisfied);
  const average = mean(ratings);
  if (satisfied === null || verySatisfied === null || dissatisfied === null || average === null) {
    return null;
  }
  return { scale, n, satisfied, verySatisfied, dissatisfied, mean: average };
}

function requireRating(rating: number, scale: CsatScale): void {
  if (!(rating >= 1 && rating <= scale && Number.isInteger(rating * 2))) {
    throw new RangeError(`A rating lies between 1 and ${scale}, in steps of one half.`);
  }
}
