/** Arithmetic mean. Null for no values. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, the
 * default of R and NumPy), 0 ≤ share ≤ 1. Null for no values.
 */
export function quantile(values: readonly number[], share: number): number | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError("A quantile share lies between 0 and 1.");
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (position - Math.floor(position));
}

/** Middle value. Null for no values. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

/** The value that the slowest tenth exceeds (90th percentile, type 7). Null for no values. */
export function ninetiethPercentile(values: readonly number[]): number | null {
  return quantile(values, 0.9);
}
