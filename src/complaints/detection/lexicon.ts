import { readFileSync } from "node:fs";
import * as z from "zod";
import { ASPECTS, LANGUAGES } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import { normaliseText } from "./normalised-text.js";

const words = z.array(z.string().min(1).max(40)).max(1_000);

const cue = z
  .string()
  .min(1)
  .max(40)
  .refine((text) => text.split("…").every((part) => part.trim() !== ""), {
    error: "must have words on both sides of …",
  })
  .refine((text) => text.split("…").length <= 3, { error: "may have at most two gaps …" });

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

const cues = z.array(cue).min(1).max(1_000);
const groupSchema = z.strictObject({ ...effect, cues });
/** `cue`: plain words; `…` stands for at most ten characters of a clause, a final `*` for any ending. */
const entrySchema = z.strictObject({ cue, ...effect });

const safetySchema = z.strictObject({
  /** Short name of the rule, for staff. */
  rule: z.string().min(1).max(40),
  cues,
  needs: words.optional(),
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
  polarity: z.record(z.string().min(1).max(40), z.number().min(-3).max(3)),
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
