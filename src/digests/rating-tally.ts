import type { NetCounts } from "#src/statistics/net-score.js";
import { countNps, type NpsCounts } from "#src/statistics/nps.js";
import type { Proportion } from "#src/statistics/wilson-interval.js";
import type { AnswerRow } from "#src/store/digest-rows.js";

/** Rating kinds that are summed over surveys, because a value means the same in each of them. */
export const POOLED_KINDS = ["csat", "nps", "ces", "gap"] as const;
export type PooledKind = (typeof POOLED_KINDS)[number];

/** Answers of one kind in one stretch of time, as counts per value. Holds nobody's id. */
export interface RatingTally {
  readonly n: number;
  /** Distinct people behind them. */
  readonly people: number;
  /** Count per value, keyed by the value as text. */
  readonly counts: Readonly<Record<string, number>>;
}

const SCALES: Readonly<Record<PooledKind, readonly [number, number]>> = {
  csat: [1, 5],
  nps: [0, 10],
  ces: [1, 7],
  gap: [-1, 1],
};

/** True for a value that the scale of its kind holds, whole or half. */
export function isOnScale(kind: PooledKind, value: number): boolean {
  const [low, high] = SCALES[kind];
  return value >= low && value <= high && Number.isInteger(value * 2);
}

/** True for a kind whose answers are summed over surveys. */
export function isPooledKind(kind: string): kind is PooledKind {
  return POOLED_KINDS.some((pooled) => pooled === kind);
}

/** Counts answers of one kind; answers without a usable value are left out. */
export function tallyOf(kind: PooledKind, answers: readonly AnswerRow[]): RatingTally {
  const usable = answers.filter(({ numeric }) => numeric !== null && isOnScale(kind, numeric));
  const counts = new Map<number, number>();
  for (const { numeric } of usable) {
    if (numeric !== null) counts.set(numeric, (counts.get(numeric) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return {
    n: usable.length,
    people: new Set(usable.map((answer) => answer.memberId)).size,
    counts: Object.fromEntries(sorted.map(([value, count]) => [`v${value}`, count])),
  };
}

/** The sum of tallies of separate stretches; people are counted once per stretch. */
export function sumTallies(tallies: readonly RatingTally[]): RatingTally {
  const counts = new Map<string, number>();
  for (const tally of tallies) {
    for (const [value, count] of Object.entries(tally.counts)) {
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
  return {
    n: tallies.reduce((sum, tally) => sum + tally.n, 0),
    people: tallies.reduce((sum, tally) => sum + tally.people, 0),
    counts: Object.fromEntries(counts),
  };
}

/** The values of a tally one by one, lowest first. */
export function valuesOf(tally: RatingTally): readonly number[] {
  return Object.entries(tally.counts)
    .map(([value, count]) => ({ value: Number(value.slice(1)), count }))
    .sort((a, b) => a.value - b.value)
    .flatMap(({ value, count }) => new Array<number>(count).fill(value));
}

/** Answers at or above a value, of all. */
export function atLeast(tally: RatingTally, value: number): Proportion {
  return { hits: valuesOf(tally).filter((one) => one >= value).length, n: tally.n };
}

/** Promoters, passives and detractors of a tally of 0–10. */
export function npsCountsOf(tally: RatingTally): NpsCounts {
  return countNps(valuesOf(tally));
}

/** Better, as expected and worse of a tally of -1, 0, 1. */
export function netCountsOf(tally: RatingTally): NetCounts {
  const values = valuesOf(tally);
  return {
    plus: values.filter((value) => value > 0).length,
    neutral: values.filter((value) => value === 0).length,
    minus: values.filter((value) => value < 0).length,
  };
}

/** The least value that counts as good in a headline share: satisfied, and found it easy. */
export const GOOD_FROM: Readonly<Record<"csat" | "ces", number>> = { csat: 4, ces: 5 };

/** The cell of one answer in the partition that is published about its kind. */
export function publicCell(kind: PooledKind, value: number): string {
  switch (kind) {
    case "csat":
      return value >= GOOD_FROM.csat ? "satisfied" : "not_satisfied";
    case "ces":
      return value >= GOOD_FROM.ces ? "easy" : "not_easy";
    case "nps":
      if (value >= 9) return "promoter";
      return value >= 7 ? "passive" : "detractor";
    case "gap":
      if (value > 0) return "better";
      return value < 0 ? "worse" : "as";
  }
}
