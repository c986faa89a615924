import { readFileSync } from "node:fs";
import * as z from "zod";
import { ASPECTS, LANGUAGES } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import { normaliseText } from "./normalised-text.js";

const LONGEST_WORD = 40;
const MOST_WORDS = 1_000;

/** What is wrong with a word of a list; null when nothing is. */
function wordFault(word: unknown): string | null {
  if (typeof word !== "string") return "must be a text";
  return word === "" || word.length > LONGEST_WORD
    ? `must have 1 to ${String(LONGEST_WORD)} characters`
    : null;
}

function cueFault(word: unknown): string | null {
  const fault = wordFault(word);
  if (fault !== null || typeof word !== "string") return fault;
  const parts = word.split("…");
  if (parts.some((part) => part.trim() === "")) return "must have words on both sides of …";
  return parts.length > 3 ? "may have at most two gaps …" : null;
}

function valueFault(value: unknown): string | null {
  return typeof value === "number" && value >= -3 && value <= 3 ? null : "must be from -3 to 3";
}

type Fault = {
  readonly path: (string | number)[];
  readonly input: unknown;
  readonly message: string;
};

/**
 * A part of the file whose thousands of words are checked in one go: a schema for each of them made
 * the start a tenth of a second longer.
 */
function checkedWhole<Value>(faultIn: (value: unknown) => Fault | null) {
  return z.custom<Value>().check(({ value, issues }) => {
    const fault = faultIn(value);
    if (fault !== null) issues.push({ code: "custom", continue: false, ...fault });
  });
}

function listOf(faultOf: (word: unknown) => string | null, atLeast: number) {
  return checkedWhole<string[]>((list) => {
    const isList = Array.isArray(list) && list.length >= atLeast && list.length <= MOST_WORDS;
    if (!isList) {
      const message = `must be a list of ${String(atLeast)} to ${String(MOST_WORDS)} texts`;
      return { path: [], input: list, message };
    }
    for (const [index, word] of (list as readonly unknown[]).entries()) {
      const message = faultOf(word);
      if (message !== null) return { path: [index], input: word, message };
    }
    return null;
  });
}

const words = listOf(wordFault, 0);

const cue = z.string().refine((text) => cueFault(text) === null, {
  error: ({ input }) => cueFault(input) ?? "is not valid",
});

const polarity = checkedWhole<Record<string, number>>((values) => {
  if (typeof values !== "object" || values === null || Array.isArray(values))
    return { path: [], input: values, message: "must be words with their values" };
  for (const [word, value] of Object.entries(values)) {
    const message = wordFault(word) ?? valueFault(value);
    if (message !== null) return { path: [word], input: value, message };
  }
  return null;
});

const effect = {
  aspect: z.enum(ASPECTS),
  /** Log-odds that the words add, 0.1 to 4. 0 marks a false friend: words that hide shorter cues. */
  weight: z.number().min(0).max(4),
  /** P2 for public anger, leaving, fraud, or trouble that goes on. */
  severity: z.enum(["P2", "P3"]).optional(),
  /** At least one of these must stand within 16 characters. */
  needs: words.optional(),
  /** None of these may stand within 16 characters. */
  not: words.optional(),
  /** False: a negator before it changes nothing. */
  negatable: z.boolean().optional(),
  /** True: says trouble even as a question (怎么还没到？). */
  asserts: z.boolean().optional(),
};

const cues = listOf(cueFault, 1);
const groupSchema = z.strictObject({ ...effect, cues });
/** `cue`: plain words; `…` stands for at most ten characters of a clause, a final `*` for any ending. */
const entrySchema = z.strictObject({ cue, ...effect });

const safetySchema = z.strictObject({
  /** Short name of the rule, for staff. */
  rule: z.string().min(1).max(40),
  cues,
  /** Each cue only counts when one of these follows within ten characters of the clause. */
  followedBy: words.optional(),
  /** At least one of these must stand near: within 24 characters, in English 48. */
  needs: words.optional(),
  /** And at least one of these, so that two things have to be said ("没标" and "花生" and "吃了"). */
  also: words.optional(),
  /** None of these may stand near. */
  not: words.optional(),
});

const phrasesSchema = z.strictObject({
  falseFriends: words,
  negators: words,
  closeNegators: words,
  negationStops: words,
  afterNegators: words,
  hypothetical: words,
  thirdPlace: words,
  questions: words,
  queries: words,
  resolved: words,
  concessions: words,
  intensifiers: words,
  hedges: words,
  meToo: words,
  /** Joins only with a trouble in the same clause, or with nothing behind it ("我家也", "same"). */
  meTooWeak: words,
  /** Behind a joiner: praise and "mine is fine" join nothing. */
  meTooNot: words,
  mock: words,
  angerMarks: words,
  coldMarks: words,
  shop: words,
  goods: words,
});

const lexiconSchema = z.strictObject({
  language: z.enum(LANGUAGES),
  complaints: z.array(groupSchema).max(1_000),
  safety: z.array(safetySchema).max(500),
  phrases: phrasesSchema,
  /** Words that tell what a message is about when no complaint words do. */
  topics: z.partialRecord(z.enum(ASPECTS), words),
  /** Liking (positive) and disliking (negative) words, -3 to 3. */
  polarity,
});

/** Words that speak for one aspect of a complaint. */
export type LexiconEntry = Readonly<z.infer<typeof entrySchema>>;
/** Words of harm or law: they decide alone. */
export type SafetyGroup = Readonly<z.infer<typeof safetySchema>>;
/** The names of the lists of helping phrases. */
export type PhraseKind = keyof z.infer<typeof phrasesSchema>;
/** All words of one language. */
export type Lexicon = z.infer<typeof lexiconSchema>;

function explain(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return "is not valid";
  const path = issue.path.map(String);
  let at: unknown = value;
  for (const step of issue.path) at = at instanceof Object ? Reflect.get(at, step) : undefined;
  const owner: unknown = path[0] === undefined ? undefined : entryAt(value, issue.path);
  const name = owner === undefined ? "" : ` (cue ${JSON.stringify(owner)})`;
  const given = at === undefined ? "" : `, given ${JSON.stringify(at)?.slice(0, 60) ?? ""}`;
  return `${path.join(".") || "the file"}${name}: ${issue.message}${given}`;
}

function entryAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  let named: unknown;
  for (const step of path) {
    at = at instanceof Object ? Reflect.get(at, step) : undefined;
    if (at instanceof Object && "cue" in at) named = at.cue;
  }
  return named;
}

function check<T>(schema: z.ZodType<T>, value: unknown, origin: string): T {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  throw new AppError(
    "invalid-config",
    `The word list ${origin} cannot be used: ${explain(outcome.error, value)}.`,
    { field: origin, remedy: "Correct this entry and start again." },
  );
}

/**
 * Reads a list of one language from already parsed JSON.
 * @throws AppError `invalid-config` that names the file, the entry and what is wrong.
 */
export function parseLexicon(value: unknown, origin: string): Lexicon {
  return check(lexiconSchema, value, origin);
}

/**
 * Reads the extra words of a group (an array of entries) from already parsed JSON.
 * @throws AppError `invalid-config` that names the entry and what is wrong.
 */
export function parseExtraWords(value: unknown, origin: string): readonly LexiconEntry[] {
  const entries = check(z.array(entrySchema).max(500), value, origin);
  for (const entry of entries) {
    if (normaliseText(entry.cue).length === 0)
      throw new AppError("invalid-config", `The word list ${origin} has an empty cue.`);
  }
  return entries;
}

/**
 * Loads a list from a JSON file.
 * @throws AppError `invalid-config` when the file cannot be read, is not JSON or breaks the format.
 */
export function loadLexicon(file: string | URL): Lexicon {
  const origin = String(file);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid-config", `The word list ${origin} cannot be read: ${reason}`, {
      field: origin,
      cause,
    });
  }
  return parseLexicon(value, origin);
}
