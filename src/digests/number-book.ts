import type { TracedNumber } from "#entities/types.js";
import type { Estimate } from "#src/statistics/estimate.js";

const DECIMALS = 1_000_000;

/** First and last local day that a number speaks of, both included. */
export interface NumberDays {
  readonly from: string;
  readonly to: string;
}

type Parts = Partial<
  Pick<TracedNumber, "numerator" | "denominator" | "n" | "value" | "low" | "high">
>;

/** Collects every number of a document with what it was made from, in the order of the text. */
export class NumberBook {
  readonly #numbers: TracedNumber[] = [];
  readonly #days: NumberDays;

  constructor(days: NumberDays) {
    this.#days = days;
  }

  get numbers(): readonly TracedNumber[] {
    return this.#numbers;
  }

  /** Any number; values are kept to six decimals so that no rounding noise is told. */
  add(id: string, formula: string, parts: Parts, days: NumberDays = this.#days): void {
    this.#numbers.push({
      id,
      formula,
      numerator: tidy(parts.numerator),
      denominator: tidy(parts.denominator),
      n: tidy(parts.n),
      value: tidy(parts.value),
      low: tidy(parts.low),
      high: tidy(parts.high),
      from: days.from,
      to: days.to,
      suppressed: false,
    });
  }

  /** How many there were of something. */
  count(id: string, value: number, days: NumberDays = this.#days): void {
    this.add(id, "count", { numerator: value, n: value, value }, days);
  }

  /** A share of whole counts with its interval. */
  share(id: string, formula: string, estimate: Estimate, days: NumberDays = this.#days): void {
    const { value, low, high, n } = estimate;
    const numerator = Math.round(value * n);
    this.add(id, formula, { numerator, denominator: n, n, value, low, high }, days);
  }

  /** A score with its interval, such as NPS in points. */
  estimate(id: string, formula: string, estimate: Estimate, days: NumberDays = this.#days): void {
    const { value, low, high, n } = estimate;
    this.add(id, formula, { denominator: n, n, value, low, high }, days);
  }

  /** A number that exists and is not told. */
  suppressed(id: string, formula: string, days: NumberDays = this.#days): void {
    this.add(id, formula, {}, days);
    const last = this.#numbers.pop();
    if (last !== undefined) this.#numbers.push({ ...last, suppressed: true });
  }
}

function tidy(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  const rounded = Math.round(value * DECIMALS) / DECIMALS;
  return rounded === 0 ? 0 : rounded;
}
