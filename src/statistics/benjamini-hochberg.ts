/** False discovery rate that digests accept (F20). */
export const DIGEST_FALSE_DISCOVERY_RATE = 0.1;

/**
 * Benjamini–Hochberg adjusted p values (F20) in the order of the input: at least as large as p,
 * at most 1, in the same order as p.
 */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  for (const p of ps) {
    if (!(p >= 0 && p <= 1)) throw new RangeError("A p value lies between 0 and 1.");
  }
  const descending = ps.map((p, index) => ({ p, index })).sort((x, y) => y.p - x.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let smallest = 1;
  for (const [place, { p, index }] of descending.entries()) {
    smallest = Math.min(smallest, p * (ps.length / (ps.length - place)));
    adjusted[index] = smallest;
  }
  return adjusted;
}

/** A test together with the verdict it gets among all tests of one digest. */
export interface JudgedTest<T> {
  readonly test: T;
  readonly adjustedP: number;
  /** True when the adjusted p is at most q: only then may a digest call it a change. */
  readonly moreThanChance: boolean;
}

/**
 * Judges all tests of one digest together, in their order, so that looking at many numbers does
 * not make chance look like news.
 */
export function moreThanChance<T extends { readonly p: number }>(
  tests: readonly T[],
  q: number = DIGEST_FALSE_DISCOVERY_RATE,
): readonly JudgedTest<T>[] {
  const adjusted = benjaminiHochberg(tests.map((test) => test.p));
  return tests.map((test, index) => {
    const adjustedP = adjusted[index] ?? 1;
    return { test, adjustedP, moreThanChance: adjustedP <= q };
  });
}
