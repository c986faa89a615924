import { AppError } from "#src/shared/app-error.js";

/** One sentence in both languages of the product. */
export interface Wording {
  readonly zh: string;
  readonly en: string;
}

/** What was wrong with a time, date, zone, schedule or opening hour that somebody wrote. */
export interface TimeInputProblem {
  /** The part at fault, e.g. `minute`, `zone`, `to`. */
  readonly field: string;
  /** Why it was refused and what to write instead, one or two sentences. */
  readonly wording: Wording;
  /** The accepted forms, short and the same in both languages. */
  readonly expected: string;
}

/**
 * An {@link AppError} with code `invalid-input` whose message carries both languages; `wording`
 * has them apart for a reader whose language is known.
 */
export class TimeInputError extends AppError {
  readonly wording: Wording;

  constructor(problem: TimeInputProblem) {
    super("invalid-input", `${problem.wording.en} ${problem.wording.zh}`, {
      field: problem.field,
      expected: problem.expected,
    });
    this.name = "TimeInputError";
    this.wording = problem.wording;
  }
}

/**
 * Prepares words that somebody typed for matching: full-width forms become ASCII, letters lower
 * case, each run of white space one blank, none at the ends. Longer than `cap` characters: `null`.
 */
export function cleanInput(text: string, cap: number): string | null {
  if (text.length > cap) return null;
  return text.normalize("NFKC").toLowerCase().split(/\s/).filter(Boolean).join(" ");
}
