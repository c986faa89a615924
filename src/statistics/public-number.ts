const STEP = 5;
const ALL = 100;

/**
 * A share 0…1 as a percentage for the public: to the nearest 5, and 0 or 100 only when it is
 * exactly that, so that "100 %" never hides a single dissenter.
 */
export function publicPercentage(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError("A share lies between 0 and 1.");
  if (share === 0 || share === 1) return share * ALL;
  const nearest = Math.round((share * ALL) / STEP) * STEP;
  return Math.min(ALL - STEP, Math.max(STEP, nearest));
}

/**
 * A count for the public, to be printed after "about": to the nearest 5 below 20, 10 below 100,
 * 50 below 1,000, else 100. Null below 5, where no number is told.
 */
export function aboutCount(n: number): number | null {
  if (!(n >= STEP)) return null;
  const step = stepFor(n);
  return Math.round(n / step) * step;
}

function stepFor(n: number): number {
  if (n < 20) return STEP;
  if (n < 100) return 10;
  return n < 1_000 ? 50 : 100;
}
