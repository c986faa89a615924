import {
  boundedEstimate,
  criticalZ,
  DEFAULT_LEVEL,
  type Estimate,
  requirePart,
} from "./estimate.js";

/** `hits` out of `n` answers, as whole numbers with 0 ≤ hits ≤ n. */
export interface Proportion {
  readonly hits: number;
  readonly n: number;
}

/** Share hits/n with its Wilson interval (F2), all between 0 and 1. Null when n = 0. */
export function wilsonInterval(
  hits: number,
  n: number,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  requirePart("hits", hits, n);
  return n === 0 ? null : wilsonFromShare(hits / n, n, level);
}

/**
 * Wilson interval (F2) around a share that was not counted but computed, such as a weighted one;
 * `n` is then Kish's effective n and may be fractional. Null when n = 0.
 */
export function wilsonFromShare(
  share: number,
  n: number,
  level: number = DEFAULT_LEVEL,
): Estimate | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError("A share lies between 0 and 1.");
  if (!(n >= 0 && Number.isFinite(n))) throw new RangeError("n must be at least 0.");
  if (n === 0) return null;
  const z = criticalZ(level);
  const shrink = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // At 0 and 1 the limit is the share itself; rounding noise would put it beside.
  const low = share === 0 ? 0 : centre - half;
  const high = share === 1 ? 1 : centre + half;
  return boundedEstimate({ value: share, low, high, n }, 0, 1);
}
