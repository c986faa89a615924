/** A dense matrix as rows. */
export type Matrix = readonly (readonly number[])[];

/** Eigenvalues of a symmetric matrix and, column by column, the vectors that belong to them. */
export interface SymmetricEigen {
  readonly values: readonly number[];
  /** `vectors[row][k]` is the row-th part of the unit vector of `values[k]`. */
  readonly vectors: Matrix;
}

const LARGEST_SWEEP_COUNT = 60;
const CONVERGED = 1e-22;
const PIVOT_LIMIT = 1e-10;

/** The entry at (row, column); RangeError outside the matrix. */
export function entry(matrix: Matrix, row: number, column: number): number {
  const value = matrix[row]?.[column];
  if (value === undefined) throw new RangeError("A matrix entry is missing.");
  return value;
}

/** Eigenvalues and vectors of a small symmetric matrix by Jacobi rotations. */
export function symmetricEigen(matrix: Matrix): SymmetricEigen {
  const size = matrix.length;
  const work = matrix.map((row) => [...row]);
  const vectors = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < LARGEST_SWEEP_COUNT && offDiagonal(work) > CONVERGED; sweep += 1) {
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotate(work, vectors, p, q);
    }
  }
  return { values: work.map((_, i) => entry(work, i, i)), vectors };
}

function offDiagonal(matrix: Matrix): number {
  let sum = 0;
  for (let i = 0; i < matrix.length; i += 1) {
    for (let j = 0; j < i; j += 1) sum += entry(matrix, i, j) ** 2;
  }
  return sum;
}

function rotate(work: number[][], vectors: number[][], p: number, q: number): void {
  const pivot = entry(work, p, q);
  if (pivot === 0) return;
  const theta = (entry(work, q, q) - entry(work, p, p)) / (2 * pivot);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of work) mixPair(row, { p, q, cosine, sine });
  const rowP = [...(work[p] ?? [])];
  const rowQ = [...(work[q] ?? [])];
  work[p] = rowP.map((value, j) => cosine * value - sine * (rowQ[j] ?? 0));
  work[q] = rowQ.map((value, j) => sine * (rowP[j] ?? 0) + cosine * value);
  for (const row of vectors) mixPair(row, { p, q, cosine, sine });
}

function mixPair(
  row: number[],
  { p, q, cosine, sine }: { p: number; q: number; cosine: number; sine: number },
): void {
  const atP = row[p] ?? 0;
  const atQ = row[q] ?? 0;
  row[p] = cosine * atP - sine * atQ;
  row[q] = sine * atP + cosine * atQ;
}

/**
 * R² of a regression on the drivers named by `chosen`, from their correlations with each other
 * and with the outcome. A driver that the others determine adds nothing.
 */
export function subsetRSquared(
  correlations: Matrix,
  withOutcome: readonly number[],
  chosen: readonly number[],
): number {
  const rows = chosen.map((i) => [
    ...chosen.map((j) => entry(correlations, i, j)),
    withOutcome[i] ?? 0,
  ]);
  let explained = 0;
  for (let step = 0; step < rows.length; step += 1) {
    const pivotRow = rows[step] ?? [];
    const pivot = pivotRow[step] ?? 0;
    if (pivot <= PIVOT_LIMIT) continue;
    const rest = pivotRow[chosen.length] ?? 0;
    explained += (rest * rest) / pivot;
    for (const row of rows.slice(step + 1)) {
      const factor = (row[step] ?? 0) / pivot;
      for (let j = step; j <= chosen.length; j += 1) {
        row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0);
      }
    }
  }
  return explained;
}
