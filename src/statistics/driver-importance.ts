import { entry, type Matrix, subsetRSquared, symmetricEigen } from "./linear-algebra.js";

/** More drivers than this are refused: LMG fits 2^p models. */
export const MOST_DRIVERS = 8;

const SMALLEST_EIGENVALUE = 1e-10;

/** Shares of R² per driver, in the order of the input; they sum to `rSquared`. */
export interface DriverShares {
  readonly rSquared: number;
  readonly shares: readonly number[];
}

/**
 * LMG (Shapley) shares of R² (F22): each driver's gain in R² averaged over all orders of entry.
 * Takes the correlations among the drivers and with the outcome. Null for no drivers.
 */
export function lmgShares(
  correlations: Matrix,
  withOutcome: readonly number[],
): DriverShares | null {
  const count = requireDrivers(correlations, withOutcome);
  if (count === 0) return null;
  const fits = Array.from({ length: 2 ** count }, (_, mask) =>
    subsetRSquared(correlations, withOutcome, members(mask, count)),
  );
  const shares = withOutcome.map((_, driver) =>
    fits.reduce((sum, fit, mask) => {
      if ((mask >> driver) % 2 === 1) return sum;
      const gain = (fits[mask + 2 ** driver] ?? fit) - fit;
      return sum + gain * orderShare(members(mask, count).length, count);
    }, 0),
  );
  return { rSquared: fits.at(-1) ?? 0, shares };
}

function members(mask: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => (mask >> i) % 2 === 1);
}

/** Share of all orders in which exactly a given set of `size` drivers precedes a given one. */
function orderShare(size: number, count: number): number {
  return (factorial(size) * factorial(count - size - 1)) / factorial(count);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/**
 * Johnson's relative weights (F22): Λ = R^½, β* = Λ⁻¹r, share_j = Σ_k Λ_jk²·β*_k². Directions
 * that the drivers do not span are left out. Null for no drivers.
 */
export function relativeWeights(
  correlations: Matrix,
  withOutcome: readonly number[],
): DriverShares | null {
  const count = requireDrivers(correlations, withOutcome);
  if (count === 0) return null;
  const { values, vectors } = symmetricEigen(correlations);
  const root = (power: number): Matrix =>
    withOutcome.map((_, i) =>
      withOutcome.map((__, j) =>
        values.reduce((sum, value, k) => {
          if (value < SMALLEST_EIGENVALUE) return sum;
          return sum + entry(vectors, i, k) * value ** power * entry(vectors, j, k);
        }, 0),
      ),
    );
  const lambda = root(0.5);
  const beta = root(-0.5).map((row) => dot(row, withOutcome));
  const shares = lambda.map((row) => row.reduce((s, l, k) => s + l * l * (beta[k] ?? 0) ** 2, 0));
  return { rSquared: shares.reduce((sum, share) => sum + share, 0), shares };
}

/**
 * Standardised regression coefficients, R⁻¹r, by the same decomposition. They do not divide R²
 * among correlated drivers; use them for direction only. Null for no drivers.
 */
export function standardizedCoefficients(
  correlations: Matrix,
  withOutcome: readonly number[],
): readonly number[] | null {
  const count = requireDrivers(correlations, withOutcome);
  if (count === 0) return null;
  const { values, vectors } = symmetricEigen(correlations);
  const turned = values.map((value, k) =>
    value < SMALLEST_EIGENVALUE
      ? 0
      : withOutcome.reduce((sum, r, i) => sum + entry(vectors, i, k) * r, 0) / value,
  );
  return withOutcome.map((_, i) => dot(vectors[i] ?? [], turned));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function requireDrivers(correlations: Matrix, withOutcome: readonly number[]): number {
  const count = withOutcome.length;
  if (correlations.length !== count || correlations.some((row) => row.length !== count)) {
    throw new RangeError("The correlations must be square and match the outcome's.");
  }
  if (count > MOST_DRIVERS) throw new RangeError(`At most ${MOST_DRIVERS} drivers.`);
  return count;
}
