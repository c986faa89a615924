import type { QuestionSnapshot } from "#entities/types.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { type Ces, customerEffort } from "#src/statistics/ces.js";
import { type Csat, csat } from "#src/statistics/csat.js";
import type { Estimate } from "#src/statistics/estimate.js";
import { expectationGap } from "#src/statistics/expectation-gap.js";
import type { NetScore } from "#src/statistics/net-score.js";
import { countNps, type Nps, type NpsCounts, netPromoterScore } from "#src/statistics/nps.js";
import { wilsonInterval } from "#src/statistics/wilson-interval.js";
import { type AnswerValue, isOutsideN, readValue } from "./answer-value.js";

/** One answer as it goes into a tally. */
export interface TallyAnswer {
  readonly memberId: string;
  /** JSON text, as it is kept. */
  readonly value: string;
  readonly answeredAt: number;
  /** How many answers of this member it replaced. */
  readonly replaced?: number;
}

/** How often one option was chosen, with its share of n (F2); null while nobody answered. */
export interface OptionCount {
  readonly id: string;
  readonly label: string;
  readonly count: number;
  readonly share: Estimate | null;
}

/** The measures of a question by its kind; null inside where nobody answered. */
export type Figures =
  | { readonly kind: "csat"; readonly csat: Csat | null }
  | { readonly kind: "nps"; readonly counts: NpsCounts; readonly nps: Nps | null }
  | { readonly kind: "ces"; readonly ces: Ces | null }
  | { readonly kind: "yesno"; readonly yes: Estimate | null; readonly yesCount: number }
  | { readonly kind: "gap"; readonly counts: GapCounts; readonly net: NetScore | null }
  | { readonly kind: "choice" | "multi"; readonly options: readonly OptionCount[] }
  | { readonly kind: "text" };

export interface GapCounts {
  readonly better: number;
  readonly same: number;
  readonly worse: number;
}

/** What the answers to one question come to. */
export interface Tally {
  readonly kind: QuestionKind;
  /** Members whose answer counts. */
  readonly n: number;
  /** Members who answered at all, with those outside n. */
  readonly answerers: number;
  /** Answers outside n ("没买") by option. */
  readonly outside: readonly { readonly label: string; readonly count: number }[];
  /** Answers per point or option, by the value as text; a set counts once per option. */
  readonly counts: Readonly<Record<string, number>>;
  readonly figures: Figures;
  /** Answers that were replaced by a later one of the same member. */
  readonly replaced: number;
}

/**
 * Counts the answers to one question: the last per member by time, whatever order they come in;
 * options outside n are counted apart and touch no measure. Pure.
 */
export function tally(question: QuestionSnapshot, answers: readonly TallyAnswer[]): Tally {
  const last = lastPerMember(answers);
  const values = [...last.values()].map((answer) => readValue(answer.value));
  const counted = values.filter((value) => !isOutsideN(question, value));
  const outside = question.options
    .filter((option) => option.outsideN === true)
    .map(({ id, label }) => ({ label, count: values.filter((value) => value === id).length }))
    .filter(({ count }) => count > 0);
  const kept = [...last.values()].reduce((sum, answer) => sum + (answer.replaced ?? 0), 0);
  return {
    kind: question.kind,
    n: counted.length,
    answerers: last.size,
    outside,
    counts: countValues(counted),
    figures: figuresOf(question, counted),
    replaced: answers.length - last.size + kept,
  };
}

function lastPerMember(answers: readonly TallyAnswer[]): ReadonlyMap<string, TallyAnswer> {
  const last = new Map<string, TallyAnswer>();
  for (const answer of answers) {
    const known = last.get(answer.memberId);
    if (known === undefined || isLater(answer, known)) last.set(answer.memberId, answer);
  }
  return last;
}

/** Two answers of the same instant are ordered by their text, so that no order of arrival matters. */
function isLater(answer: TallyAnswer, known: TallyAnswer): boolean {
  if (answer.answeredAt !== known.answeredAt) return answer.answeredAt > known.answeredAt;
  return answer.value > known.value;
}

function countValues(values: readonly AnswerValue[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  const add = (key: string): Map<string, number> => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const value of values) {
    if (typeof value === "number" || typeof value === "string") add(String(value));
    else for (const id of value) add(id);
  }
  return Object.fromEntries(counts);
}

function figuresOf(question: QuestionSnapshot, values: readonly unknown[]): Figures {
  const numbers = values.filter((value) => typeof value === "number");
  const count = (wanted: unknown): number => values.filter((value) => value === wanted).length;
  switch (question.kind) {
    case "csat":
      return { kind: "csat", csat: csat(numbers) };
    case "nps": {
      const counts = countNps(numbers);
      return { kind: "nps", counts, nps: netPromoterScore(counts) };
    }
    case "ces":
      return { kind: "ces", ces: customerEffort(numbers) };
    case "yesno": {
      const yesCount = count("yes");
      return { kind: "yesno", yesCount, yes: wilsonInterval(yesCount, values.length) };
    }
    case "gap": {
      const counts = { better: count(1), same: count(0), worse: count(-1) };
      return { kind: "gap", counts, net: expectationGap(counts) };
    }
    case "choice":
    case "multi":
      return { kind: question.kind, options: optionCounts(question, values) };
    case "text":
      return { kind: "text" };
  }
}

function optionCounts(
  question: QuestionSnapshot,
  values: readonly unknown[],
): readonly OptionCount[] {
  return question.options
    .filter((option) => option.outsideN !== true)
    .map(({ id, label }) => {
      const count = values.filter((value) =>
        Array.isArray(value) ? value.includes(id) : value === id,
      ).length;
      return { id, label, count, share: wilsonInterval(count, values.length) };
    });
}
