import { type DriverShares, lmgShares, MOST_DRIVERS } from "./driver-importance.js";
import { midRanks } from "./mann-whitney.js";
import { mean, median, quantile } from "./quantiles.js";
import { type Random, randomIndex } from "./seeded-random.js";

/** From this n the likeliest first driver may be named, with its bootstrap share (§3.8). */
export const SMALLEST_N_FOR_TOP_DRIVER = 100;

/** From this n the drivers may be ranked (§3.8). */
export const SMALLEST_N_FOR_RANKING = 200;

const DEFAULT_RESAMPLES = 1_000;

/** One rated aspect: its name and one rating per answerer. */
export interface DriverRatings {
  readonly name: string;
  readonly ratings: readonly number[];
}

/** Ratings of the drivers and of the whole by the same people in the same order. */
export interface KeyDriverInput {
  readonly drivers: readonly DriverRatings[];
  readonly outcome: readonly number[];
  readonly random: Random;
  readonly resamples?: number;
}

/** Share of one driver with its bootstrap interval. */
export interface KeyDriver {
  readonly name: string;
  /** LMG share of R² over Spearman correlations, 0…1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** How often this driver came first among the resamples, 0…1. */
  readonly firstShare: number;
}

/** What may be said about the drivers at this n. */
export type KeyDriverResult =
  | { readonly kind: "too_few"; readonly n: number }
  | {
      readonly kind: "probable_first" | "ranking";
      readonly n: number;
      readonly rSquared: number;
      /** Highest share first. */
      readonly drivers: readonly KeyDriver[];
      /** Drivers whose ratings never vary, so that nothing can be said about them. */
      readonly unvarying: readonly string[];
    };

/**
 * Key drivers (F22) by LMG over Spearman correlations with a bootstrap. Below 100 complete
 * answers nothing is ranked; from 100 the first is only probable; from 200 it is a ranking.
 * Null when the outcome or every driver never varies.
 */
export function keyDrivers(input: KeyDriverInput): KeyDriverResult | null {
  const { drivers, outcome, random, resamples = DEFAULT_RESAMPLES } = input;
  if (drivers.some((driver) => driver.ratings.length !== outcome.length)) {
    throw new RangeError("Each driver needs one rating per outcome.");
  }
  if (drivers.length > MOST_DRIVERS) throw new RangeError(`At most ${MOST_DRIVERS} drivers.`);
  const n = outcome.length;
  if (n < SMALLEST_N_FOR_TOP_DRIVER) return { kind: "too_few", n };
  const varying = drivers.filter((driver) => varies(driver.ratings));
  const all = Array.from({ length: n }, (_, i) => i);
  const columns = varying.map((driver) => driver.ratings);
  const shares = sharesOfRows(columns, outcome, all);
  if (shares === null) return null;
  const samples = Array.from({ length: resamples }, () =>
    sharesOfRows(columns, outcome, drawRows(n, random)),
  ).filter((sample) => sample !== null);
  return {
    kind: n < SMALLEST_N_FOR_RANKING ? "probable_first" : "ranking",
    n,
    rSquared: shares.rSquared,
    drivers: summarize(varying, shares, samples),
    unvarying: drivers.filter((driver) => !varies(driver.ratings)).map((driver) => driver.name),
  };
}

function summarize(
  drivers: readonly DriverRatings[],
  { shares }: DriverShares,
  samples: readonly DriverShares[],
): readonly KeyDriver[] {
  const firsts = samples.map((sample) => sample.shares.indexOf(Math.max(...sample.shares)));
  const summary = drivers.map(({ name }, index) => {
    const share = shares[index] ?? 0;
    const drawn = samples.map((sample) => sample.shares[index] ?? 0);
    return {
      name,
      share,
      low: Math.min(share, quantile(drawn, 0.025) ?? share),
      high: Math.max(share, quantile(drawn, 0.975) ?? share),
      firstShare: firsts.filter((first) => first === index).length / Math.max(1, firsts.length),
    };
  });
  return summary.sort((a, b) => b.share - a.share);
}

function sharesOfRows(
  columns: readonly (readonly number[])[],
  outcome: readonly number[],
  rows: readonly number[],
): DriverShares | null {
  const pick = (values: readonly number[]): readonly number[] =>
    rows.map((row) => values[row] ?? 0);
  const ranked = columns.map((column) => standardizedRanks(pick(column)));
  const rankedOutcome = standardizedRanks(pick(outcome));
  if (rankedOutcome === null) return null;
  // A resample may lose the variation of a rare rating: such a driver explains nothing in it.
  const flat = rows.map(() => 0);
  const usable = ranked.map((column) => column ?? flat);
  const correlations = usable.map((x, i) =>
    usable.map((y, j) => (i === j ? 1 : innerProduct(x, y))),
  );
  const withOutcome = usable.map((x) => innerProduct(x, rankedOutcome));
  return lmgShares(correlations, withOutcome);
}

/** Spearman's rank correlation, −1…1. Null when either side never varies or is empty. */
export function spearmanCorrelation(x: readonly number[], y: readonly number[]): number | null {
  if (x.length !== y.length) throw new RangeError("Both sides need the same length.");
  const ranksX = standardizedRanks(x);
  const ranksY = standardizedRanks(y);
  return ranksX === null || ranksY === null ? null : innerProduct(ranksX, ranksY);
}

/** Ranks moved to mean 0 and length 1, so that a correlation is an inner product. */
function standardizedRanks(values: readonly number[]): readonly number[] | null {
  const ranks = midRanks(values);
  const centre = mean(ranks);
  if (centre === null) return null;
  const centred = ranks.map((rank) => rank - centre);
  const length = Math.sqrt(innerProduct(centred, centred));
  return length > 0 ? centred.map((value) => value / length) : null;
}

function innerProduct(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
}

function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}

function drawRows(n: number, random: Random): readonly number[] {
  return Array.from({ length: n }, () => randomIndex(random, n));
}

/** A driver on the importance–performance chart, both with interval. */
export interface PlacedDriver {
  readonly name: string;
  readonly performance: { readonly value: number; readonly low: number; readonly high: number };
  readonly importance: { readonly value: number; readonly low: number; readonly high: number };
}

/** Where a driver lies; "undecided" when one of its intervals crosses a line. */
export type DriverPlace =
  | "fix_first"
  | "keep_up"
  | "low_priority"
  | "more_than_needed"
  | "undecided";

/**
 * Importance–performance places (F23) in the order of the input, with the lines at the medians.
 * An empty list gives an empty list.
 */
export function placeDrivers(drivers: readonly PlacedDriver[]): readonly DriverPlace[] {
  const performanceLine = median(drivers.map((driver) => driver.performance.value));
  const importanceLine = median(drivers.map((driver) => driver.importance.value));
  if (performanceLine === null || importanceLine === null) return [];
  return drivers.map(({ performance, importance }) => {
    const good = side(performance, performanceLine);
    const heavy = side(importance, importanceLine);
    if (good === "crosses" || heavy === "crosses") return "undecided";
    if (heavy === "above") return good === "above" ? "keep_up" : "fix_first";
    return good === "above" ? "more_than_needed" : "low_priority";
  });
}

function side(
  interval: { readonly low: number; readonly high: number },
  line: number,
): "above" | "below" | "crosses" {
  if (interval.low > line) return "above";
  return interval.high < line ? "below" : "crosses";
}
