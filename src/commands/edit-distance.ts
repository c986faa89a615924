/** The rows of the table that the next one is computed from. */
interface Rows {
  readonly before: readonly number[];
  readonly row: readonly number[];
}

function cost(
  a: string,
  b: string,
  { before, row }: Rows,
  place: readonly [number, number],
): {
  readonly substituted: number;
  readonly swapped: number;
} {
  const [i, j] = place;
  const same = a[i - 1] === b[j - 1] ? 0 : 1;
  const neighbours = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return {
    substituted: (row[j - 1] ?? 0) + same,
    swapped: neighbours ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
  };
}

/**
 * Levenshtein distance that counts a swap of neighbours as one step (optimal string alignment), in
 * UTF-16 units; never more than `limit` + 1, which stands for anything farther.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let rows: Rows = { before: [], row: Array.from({ length: b.length + 1 }, (_, index) => index) };
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const { substituted, swapped } = cost(a, b, rows, [i, j]);
      const inserted = (next[j - 1] ?? 0) + 1;
      const removed = (rows.row[j] ?? 0) + 1;
      next.push(Math.min(substituted, swapped, inserted, removed));
    }
    rows = { before: rows.row, row: next };
  }
  return Math.min(limit + 1, rows.row[b.length] ?? limit + 1);
}
