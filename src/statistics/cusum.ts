import { poissonPmf } from "./discrete-tails.js";
import { requireCount } from "./estimate.js";

/** Settings of a Poisson CUSUM: reference value k and threshold h. */
export interface CusumSettings {
  readonly k: number;
  readonly h: number;
}

/** The sum after each day, and the days (from 0) on which it alarmed. */
export interface CusumRun {
  readonly sums: readonly number[];
  readonly alarms: readonly number[];
}

/** Reference value k = (λ1 − λ0)/ln(λ1/λ0) for 0 < λ0 < λ1 events a day (F15). */
export function cusumReference(usual: number, raised: number): number {
  if (!(usual > 0 && raised > usual)) throw new RangeError("cusumReference needs 0 < λ0 < λ1.");
  return (raised - usual) / Math.log(raised / usual);
}

/** One day of the CUSUM: the sum max(0, S + x − k), and whether it reaches h. */
export function cusumStep(
  sum: number,
  count: number,
  { k, h }: CusumSettings,
): { readonly sum: number; readonly alarm: boolean } {
  requireCount("count", count);
  const next = Math.max(0, sum + count - k);
  return { sum: next, alarm: next >= h };
}

/**
 * Poisson CUSUM over daily counts of distinct members (F15): S ← max(0, S + x − k), alarm when
 * S ≥ h, then S starts again at 0. The reported sums are those before the restart.
 */
export function runCusum(counts: readonly number[], settings: CusumSettings): CusumRun {
  const sums: number[] = [];
  const alarms: number[] = [];
  let carried = 0;
  for (const [day, count] of counts.entries()) {
    const { sum, alarm } = cusumStep(carried, count, settings);
    sums.push(sum);
    if (alarm) alarms.push(day);
    carried = alarm ? 0 : sum;
  }
  return { sums, alarms };
}

/** Steps of the grid on which the sum is followed when run lengths are computed. */
const GRID = 160;

/**
 * Mean number of days until the CUSUM alarms when `usual` events a day are expected (Brook and
 * Evans' Markov chain on a grid of 160 steps; within a few per cent).
 */
export function cusumRunLength({ k, h }: CusumSettings, usual: number): number {
  if (!(k > 0 && h > 0)) throw new RangeError("A CUSUM needs k > 0 and h > 0.");
  const width = h / GRID;
  const rows = Array.from({ length: GRID }, (_, state) => {
    const row = new Array<number>(GRID + 1).fill(0);
    for (let count = 0; state * width + count - k < h; count += 1) {
      const target = Math.max(0, Math.round(state + (count - k) / width));
      if (target < GRID) row[target] = (row[target] ?? 0) - poissonPmf(count, usual);
    }
    row[state] = (row[state] ?? 0) + 1;
    row[GRID] = 1;
    return row;
  });
  return firstUnknown(rows);
}

/** First unknown of a linear system whose rows end with the right-hand side. */
function firstUnknown(rows: readonly number[][]): number {
  const rightHandSide = rows.length;
  for (const [step, pivotRow] of [...rows.entries()].toReversed()) {
    const pivot = pivotRow[step] ?? 1;
    for (const row of rows.slice(0, step)) {
      const factor = (row[step] ?? 0) / pivot;
      if (factor === 0) continue;
      for (let column = 0; column < step; column += 1) subtract(row, pivotRow, column, factor);
      subtract(row, pivotRow, rightHandSide, factor);
    }
  }
  return (rows[0]?.[rightHandSide] ?? 0) / (rows[0]?.[0] ?? 1);
}

function subtract(
  row: number[],
  pivotRow: readonly number[],
  column: number,
  factor: number,
): void {
  row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
}

const THRESHOLD_STEP = 0.5;
const LARGEST_THRESHOLD = 60;

/**
 * CUSUM settings that notice a rise from `usual` to `raised` events a day and, while nothing
 * changes, alarm falsely no more often than once in `daysBetweenFalseAlarms` days on average:
 * k by F15 and the smallest h in steps of one half.
 */
export function designCusum(
  usual: number,
  raised: number,
  daysBetweenFalseAlarms: number = 180,
): CusumSettings {
  const k = cusumReference(usual, raised);
  let h = THRESHOLD_STEP;
  while (h < LARGEST_THRESHOLD && cusumRunLength({ k, h }, usual) < daysBetweenFalseAlarms) {
    h += THRESHOLD_STEP;
  }
  return { k, h };
}
