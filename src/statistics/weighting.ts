import { clamp, DEFAULT_LEVEL, type Estimate, requireCount, requirePart } from "./estimate.js";
import { type Proportion, wilsonFromShare, wilsonInterval } from "./wilson-interval.js";

/** Fewest answers that may speak for a stratum (F10). */
export const SMALLEST_STRATUM = 5;

const SMALLEST_WEIGHT = 0.3;
const LARGEST_WEIGHT = 3;

/** Kish's effective sample size and design effect (F11). */
export interface KishEffect {
  readonly effectiveN: number;
  readonly designEffect: number;
}

/** Effective n of weighted answers, (Σw)²/Σw² (F11). Null when no weight is above 0. */
export function kishEffectiveN(weights: readonly number[]): KishEffect | null {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    requireWeight(weight);
    sum += weight;
    squares += weight * weight;
  }
  if (!(squares > 0)) return null;
  const effectiveN = (sum * sum) / squares;
  return { effectiveN, designEffect: weights.length / effectiveN };
}

/** Weights after trimming, and how many were changed: the number must be said beside the score. */
export interface TrimmedWeights {
  readonly weights: readonly number[];
  readonly trimmed: number;
}

/** Trims weights to 0.3–3 times their mean, once (F11). */
export function trimWeights(weights: readonly number[]): TrimmedWeights {
  for (const weight of weights) requireWeight(weight);
  const average = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  const kept = weights.map((weight) =>
    clamp(weight, SMALLEST_WEIGHT * average, LARGEST_WEIGHT * average),
  );
  return { weights: kept, trimmed: kept.filter((weight, i) => weight !== weights[i]).length };
}

/** A part of the group: how many people it has, how many answered, how many said yes. */
export interface Stratum extends Proportion {
  readonly name: string;
  readonly population: number;
}

/** A merged stratum as it was used. */
export interface UsedStratum extends Proportion {
  readonly names: readonly string[];
  readonly population: number;
  /** Weight of one answer, mean 1 over all answers. */
  readonly weight: number;
}

/** Raw and post-stratified share side by side; one is never shown without the other. */
export interface PostStratified {
  readonly raw: Estimate;
  /** Weighted share; its n is Kish's effective n. */
  readonly weighted: Estimate;
  readonly designEffect: number;
  readonly strata: readonly UsedStratum[];
}

/**
 * Post-stratified share Σ(N_h/N)·p_h (F10) with a Wilson interval at Kish's effective n (F11).
 * A stratum with fewer than 5 answers is first merged with the one that has the next fewest,
 * until each has 5. Null when fewer than 5 answered altogether or the population is 0.
 */
export function postStratify(
  strata: readonly Stratum[],
  level: number = DEFAULT_LEVEL,
): PostStratified | null {
  for (const stratum of strata) {
    requirePart("hits", stratum.hits, stratum.n);
    requireCount("population", stratum.population);
  }
  const n = total(strata, (stratum) => stratum.n);
  const population = total(strata, (stratum) => stratum.population);
  if (n < SMALLEST_STRATUM || population === 0) return null;
  const used = mergeSmall(strata).map((stratum) => ({
    ...stratum,
    weight: (stratum.population / population) * (n / stratum.n),
  }));
  const kish = kishEffectiveN(used.flatMap((s) => new Array<number>(s.n).fill(s.weight)));
  const raw = wilsonInterval(
    total(strata, (stratum) => stratum.hits),
    n,
    level,
  );
  if (kish === null || raw === null) return null;
  const share = total(used, (s) => (s.population / population) * (s.hits / s.n));
  const weighted = wilsonFromShare(clamp(share, 0, 1), kish.effectiveN, level);
  if (weighted === null) return null;
  return { raw, weighted, designEffect: kish.designEffect, strata: used };
}

type MergedStratum = Omit<UsedStratum, "weight">;

function mergeSmall(strata: readonly Stratum[]): readonly MergedStratum[] {
  const merged: MergedStratum[] = strata.map(({ name, ...counts }) => ({
    ...counts,
    names: [name],
  }));
  for (;;) {
    merged.sort((a, b) => a.n - b.n);
    const [first, second, ...rest] = merged;
    if (first === undefined || second === undefined || first.n >= SMALLEST_STRATUM) return merged;
    merged.splice(0, merged.length, join(first, second), ...rest);
  }
}

function join(a: MergedStratum, b: MergedStratum): MergedStratum {
  return {
    names: [...a.names, ...b.names],
    population: a.population + b.population,
    n: a.n + b.n,
    hits: a.hits + b.hits,
  };
}

function total<T>(items: readonly T[], pick: (item: T) => number): number {
  return items.reduce((sum, item) => sum + pick(item), 0);
}

function requireWeight(weight: number): void {
  if (!(weight >= 0 && Number.isFinite(weight))) {
    throw new RangeError("A weight is a number of at least 0.");
  }
}
