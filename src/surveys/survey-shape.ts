import type { QuestionSnapshot } from "#entities/types.js";
import { isRating } from "./cast-vote.js";
import { MOST_FOLLOW_UPS } from "./run-questions.js";

/** What keeps a set of questions from being a survey. */
export type ShapeProblem =
  | "no_question"
  | "no_rating"
  | "two_ratings"
  | "too_many_follow_ups"
  | "follow_up_without_score"
  | "too_few_options"
  | "too_many_options"
  | "same_option"
  | "empty_text";

const MOST_OPTIONS = 20;
const SCORED = new Set(["csat", "nps", "ces", "gap", "yesno"]);

/**
 * Checks that questions make a survey: one rating first, at most two follow-ups that a score leads
 * to, and options that can be told apart. Null when they do.
 */
export function shapeProblem(questions: readonly QuestionSnapshot[]): ShapeProblem | null {
  const [first, ...rest] = questions;
  if (first === undefined) return "no_question";
  if (!isRating(first) || first.kind === "text") return "no_rating";
  if (rest.some(isRating)) return "two_ratings";
  if (rest.length > MOST_FOLLOW_UPS) return "too_many_follow_ups";
  if (rest.length > 0 && !SCORED.has(first.kind)) return "follow_up_without_score";
  for (const question of questions) {
    const problem = questionProblem(question);
    if (problem !== null) return problem;
  }
  return null;
}

function questionProblem(question: QuestionSnapshot): ShapeProblem | null {
  const { kind, options, text } = question;
  if (text.trim() === "" || options.some(({ label }) => label.trim() === "")) return "empty_text";
  const listed = kind === "choice" || kind === "multi";
  const inside = options.filter((option) => option.outsideN !== true);
  if (listed && inside.length < 2) return "too_few_options";
  if (options.length > MOST_OPTIONS) return "too_many_options";
  const ids = new Set(options.map(({ id }) => id));
  const labels = new Set(options.map(({ label }) => label.trim()));
  return ids.size < options.length || labels.size < options.length ? "same_option" : null;
}
