/** One figure of the bench, as one JSON line. */
export interface Figure {
  readonly bench: string;
  readonly value: number;
  readonly unit: string;
  /** The same work done as plainly as possible in the same run, in the same unit; null where there is none. */
  readonly floor: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly met: boolean;
}

/** The benches, in the order in which they run. */
export const BENCH_NAMES = [
  "ingest",
  "ingest-latency",
  "votes",
  "slack",
  "digest",
  "card",
  "memory",
  "cold-start",
  "page-weight",
  "live-fan-out",
] as const;
export type BenchName = (typeof BENCH_NAMES)[number];

/** Measures something; throws when it cannot be measured. */
export type Bench = () => Promise<readonly Figure[]>;

/** Rounds to four significant digits, so that lines stay readable. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The value below which the share `p` of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
