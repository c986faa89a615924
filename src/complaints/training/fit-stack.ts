import { STACK_SIZE, type Stack } from "../detection/stack.js";

/** The features of one example of the combination. */
export interface StackExample {
  readonly features: readonly number[];
  readonly label: 0 | 1;
  readonly weight: number;
}

const STEPS = 25;
/** Pull of the weights towards zero; the constant is free. */
const RIDGE = 1;

type Matrix = number[][];

/** Solves a regular system by Gauss and Jordan with row pivots. */
function solve(matrix: Matrix, right: readonly number[]): number[] {
  const size = matrix.length;
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let column = 0; column < size; column += 1) {
    movePivot(rows, column);
    const pivot = rows[column] ?? [];
    for (const row of rows) if (row !== pivot) eliminate(row, pivot, column);
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}

/** Swaps the row with the largest value of `column` into place. */
function movePivot(rows: Matrix, column: number): void {
  let best = column;
  for (let at = column + 1; at < rows.length; at += 1)
    if (Math.abs(rows[at]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = at;
  const kept = rows[column] ?? [];
  rows[column] = rows[best] ?? [];
  rows[best] = kept;
}

function eliminate(row: number[], pivot: readonly number[], column: number): void {
  const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
  if (factor === 0) return;
  for (let at = column; at < row.length; at += 1)
    row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
}

/** One Newton step of the weighted logistic loss. */
function newtonStep(examples: readonly StackExample[], weights: readonly number[]): number[] {
  const slope = weights.map((weight, at) => (at === 0 ? 0 : RIDGE * weight));
  const curve: Matrix = weights.map((_, at) =>
    weights.map((__, other) => (at === other ? (at === 0 ? 1e-6 : RIDGE) : 0)),
  );
  for (const { features, label, weight } of examples) {
    let sum = 0;
    for (let at = 0; at < STACK_SIZE; at += 1) sum += (weights[at] ?? 0) * (features[at] ?? 0);
    const chance = 1 / (1 + Math.exp(-sum));
    addExample(slope, curve, features, [weight * (chance - label), weight * chance * (1 - chance)]);
  }
  const step = solve(curve, slope);
  return weights.map((weight, at) => weight - Math.max(-2, Math.min(2, step[at] ?? 0)));
}

function addExample(
  slope: number[],
  curve: Matrix,
  features: readonly number[],
  [error, spread]: readonly [number, number],
): void {
  for (let at = 0; at < STACK_SIZE; at += 1) {
    const value = features[at] ?? 0;
    if (value === 0) continue;
    slope[at] = (slope[at] ?? 0) + error * value;
    const row = curve[at];
    if (row === undefined) continue;
    for (let other = 0; other < STACK_SIZE; other += 1)
      row[other] = (row[other] ?? 0) + spread * value * (features[other] ?? 0);
  }
}

/** Fits the combination by Newton's method (ridge 1); the threshold is left at 0.5. */
export function fitStack(examples: readonly StackExample[]): Stack {
  let weights: number[] = Array.from({ length: STACK_SIZE }, () => 0);
  for (let step = 0; step < STEPS; step += 1) weights = newtonStep(examples, weights);
  return { weights: weights.map((weight) => Math.round(weight * 10_000) / 10_000), threshold: 0.5 };
}
