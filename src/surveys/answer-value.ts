import type { QuestionSnapshot } from "#entities/types.js";
import type { QuestionKind } from "#entities/vocabulary.js";

/** An answer as it is kept: a number, an option id, a list of option ids or words. */
export type AnswerValue = number | string | readonly string[];

/** Longest words that are kept of one answer or comment, UTF-16 units. */
export const LONGEST_WORDS = 500;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const RANGES: Readonly<Partial<Record<QuestionKind, Range>>> = {
  csat: { min: 1, max: 5, step: 0.5 },
  nps: { min: 0, max: 10, step: 1 },
  ces: { min: 1, max: 7, step: 0.5 },
  gap: { min: -1, max: 1, step: 1 },
};

/**
 * The value as it may be kept for this question, or null when it is none of its answers: numbers on
 * the scale (csat and ces in halves), listed option ids, "yes"/"no", a set of option ids in the
 * order they are listed, or words cut to {@link LONGEST_WORDS}. An option outside n ("没买") is an
 * answer to any question that lists it.
 */
export function acceptedValue(question: QuestionSnapshot, value: AnswerValue): AnswerValue | null {
  if (typeof value === "string" && isOutsideN(question, value)) return value;
  switch (question.kind) {
    case "csat":
    case "nps":
    case "ces":
    case "gap":
      return typeof value === "number" && onScale(question.kind, value) ? value : null;
    case "yesno":
      return value === "yes" || value === "no" ? value : null;
    case "choice":
      return typeof value === "string" && isOption(question, value) ? value : null;
    case "multi":
      return typeof value === "number" ? null : acceptedSet(question, value);
    case "text":
      return typeof value === "string" ? acceptedWords(value) : null;
  }
}

function onScale(kind: QuestionKind, value: number): boolean {
  const range = RANGES[kind];
  if (range === undefined) return false;
  return value >= range.min && value <= range.max && Number.isInteger(value / range.step);
}

function isOption(question: QuestionSnapshot, id: string): boolean {
  return question.options.some((option) => option.id === id);
}

function acceptedSet(
  question: QuestionSnapshot,
  value: string | readonly string[],
): readonly string[] | string | null {
  const ids = typeof value === "string" ? [value] : value;
  if (ids.length === 0 || !ids.every((id) => isOption(question, id))) return null;
  const [outside] = ids.filter((id) => isOutsideN(question, id));
  if (outside !== undefined) return ids.length === 1 ? outside : null;
  return question.options.map((option) => option.id).filter((id) => ids.includes(id));
}

function acceptedWords(value: string): string | null {
  const words = value.trim();
  return words === "" ? null : cutWords(words);
}

/** Words cut to {@link LONGEST_WORDS}, never through a surrogate pair. */
export function cutWords(words: string): string {
  if (words.length <= LONGEST_WORDS) return words;
  const last = words.charCodeAt(LONGEST_WORDS - 1);
  return words.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST_WORDS - 1 : LONGEST_WORDS);
}

/** Whether a value is an option that does not count in n. */
export function isOutsideN(question: QuestionSnapshot, value: unknown): boolean {
  return question.options.some((option) => option.outsideN === true && option.id === value);
}

/** The value as JSON text, the form of the `value` column; equal answers have equal text. */
export function writeValue(value: AnswerValue): string {
  return JSON.stringify(value);
}

/** Reads {@link writeValue} back. */
export function readValue(text: string): AnswerValue {
  return JSON.parse(text) as AnswerValue;
}

/** The value as a number where the question has one: csat, nps, ces and gap; else null. */
export function numericValue(value: AnswerValue): number | null {
  return typeof value === "number" ? value : null;
}
