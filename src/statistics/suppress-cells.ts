import { requireCount } from "./estimate.js";

/** Fewest people behind any number that others see; callers may ask for more, never for less. */
export const SMALLEST_CELL = 5;

/** Fewest distinct authors of a theme before a reworded quote may be shown to staff (§3.4). */
export const FEWEST_AUTHORS_TO_QUOTE = 8;

/** The effective floor: the asked-for k, never under 5. */
export function cellFloor(k: number = SMALLEST_CELL): number {
  if (!Number.isSafeInteger(k)) throw new RangeError("k must be a whole number.");
  return Math.max(SMALLEST_CELL, k);
}

/** A partition as it may be shown: null in place of each hidden cell and of a hidden total. */
export interface SuppressedCells<T> {
  readonly total: number | null;
  readonly cells: readonly (T | null)[];
}

/**
 * Decides which cells of one partition (each person in exactly one cell) may be shown (§3.4).
 *
 * - Fewer than k people in all: nothing, not even the total.
 * - Every cell of 1…k − 1 is hidden, and with them every cell of the smallest size of k or more:
 *   all of that size, because picking one of several equals would tell which it protects.
 * - A cell of 0 is shown, since nobody stands behind it; only when no cell reaches k are the
 *   zeros hidden too, or five cells of one person each would follow from the total.
 *
 * What this promises: the hidden cells taken together hold at least k people, and a reader with
 * the total, the shown cells and this very rule cannot tell the count of any hidden cell. Where
 * something is shown, not even which hidden cells are the small ones: they always include one
 * under and one of at least k people, and which is which does not depend on their place.
 */
export function suppressCells<T extends { readonly n: number }>(
  cells: readonly T[],
  { k = SMALLEST_CELL }: { readonly k?: number } = {},
): SuppressedCells<T> {
  const floor = cellFloor(k);
  for (const cell of cells) requireCount("n", cell.n);
  const total = cells.reduce((sum, cell) => sum + cell.n, 0);
  const hidden = cells.map(() => null);
  if (total < floor) return { total: null, cells: hidden };
  if (!cells.some((cell) => isSmall(cell.n, floor))) return { total, cells: [...cells] };
  const protector = Math.min(...cells.map((cell) => (cell.n >= floor ? cell.n : Infinity)));
  if (protector === Infinity) return { total, cells: hidden };
  return {
    total,
    cells: cells.map((cell) => (isSmall(cell.n, floor) || cell.n === protector ? null : cell)),
  };
}

/** True for a count that must not be told: 1…floor − 1. */
export function isSmall(n: number, floor: number): boolean {
  return n > 0 && n < floor;
}

/** True when all who answered gave the same answer, so that the number tells each one's. */
export function isUnanimous(counts: readonly number[]): boolean {
  return counts.filter((count) => count > 0).length === 1;
}
