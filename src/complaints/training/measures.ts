/** A judged example: what it is and how sure the judge was. */
export interface Scored {
  readonly label: 0 | 1;
  readonly score: number;
}

/** Figures at one threshold, shares 0 to 1; `falseAlarms` per 1,000 lines. */
export interface Figures {
  readonly rows: number;
  readonly complaints: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falseAlarms: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly averagePrecision: number;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function harmonic(precision: number, recall: number): number {
  return ratio(2 * precision * recall, precision + recall);
}

/** Mean precision over the complaints, ranked by score; equal scores count as one step. */
export function averagePrecision(rows: readonly Scored[]): number {
  const ranked = [...rows].sort((a, b) => b.score - a.score);
  const all = ranked.filter((row) => row.label === 1).length;
  let hits = 0;
  let sum = 0;
  let at = 0;
  while (at < ranked.length) {
    let next = at;
    let added = 0;
    while (next < ranked.length && ranked[next]?.score === ranked[at]?.score) {
      added += ranked[next]?.label ?? 0;
      next += 1;
    }
    hits += added;
    sum += added * (hits / next);
    at = next;
  }
  return ratio(sum, all);
}

/** Figures of a judge that says complaint from `threshold` on. */
export function measure(rows: readonly Scored[], threshold: number): Figures {
  let truePositive = 0;
  let falsePositive = 0;
  let falseNegative = 0;
  for (const { label, score } of rows) {
    const said = score >= threshold;
    if (said && label === 1) truePositive += 1;
    else if (said) falsePositive += 1;
    else if (label === 1) falseNegative += 1;
  }
  const trueNegative = rows.length - truePositive - falsePositive - falseNegative;
  const precision = ratio(truePositive, truePositive + falsePositive);
  const recall = ratio(truePositive, truePositive + falseNegative);
  const f1 = harmonic(precision, recall);
  const other = harmonic(
    ratio(trueNegative, trueNegative + falseNegative),
    ratio(trueNegative, trueNegative + falsePositive),
  );
  return {
    rows: rows.length,
    complaints: truePositive + falseNegative,
    precision,
    recall,
    f1,
    falseAlarms: ratio(1_000 * falsePositive, rows.length),
    accuracy: ratio(truePositive + trueNegative, rows.length),
    macroF1: (f1 + other) / 2,
    averagePrecision: averagePrecision(rows),
  };
}

/** The lowest threshold that lets through at most `mostFalse` alarms per 1,000 rows without complaint. */
export function quietThreshold(rows: readonly Scored[], mostFalse: number): number {
  const scores = rows
    .filter((row) => row.label === 0)
    .map((row) => row.score)
    .sort((a, b) => b - a);
  const allowed = Math.floor((scores.length * mostFalse) / 1_000);
  const first = scores[allowed] ?? 0;
  const next = scores.slice(0, allowed).findLast((score) => score > first) ?? 1;
  return (first + next) / 2;
}
