import type { Language } from "#entities/vocabulary.js";
import type { TrainedModel } from "./classifier.js";
import { concludeVerdict, quietVerdict } from "./conclusion.js";
import { findJoined } from "./joining.js";
import { gatherSignals } from "./judging.js";
import { type Lexicon, type LexiconEntry, loadLexicon } from "./lexicon.js";
import { type NormalisedText, normaliseText } from "./normalised-text.js";
import { compileRuleBook, type RuleBook } from "./rule-book.js";
import { readByRules } from "./rule-reading.js";
import { languageOfText } from "./sentiment.js";
import { loadShippedModels } from "./shipped-models.js";
import { RULES_ONLY, type Stack } from "./stack.js";
import { shapeOf } from "./text-shape.js";
import type { ConsideredMessage, ContextLine, DetectionMode, Detector } from "./verdict.js";

/** What a detector is built from; each part that is left out is the shipped one. */
export interface DetectorOptions {
  /** An operator's own word lists. */
  readonly lexicons?: Partial<Readonly<Record<Language, Lexicon>>> | undefined;
  /** Trained judges with their combination; null = word rules only. */
  readonly models?: Readonly<Record<Language, TrainedModel | null>> | undefined;
}

/** The shipped word lists. */
export function loadShippedLexicons(): Readonly<Record<Language, Lexicon>> {
  return {
    zh: loadLexicon(new URL("./lexicon-zh.json", import.meta.url)),
    en: loadLexicon(new URL("./lexicon-en.json", import.meta.url)),
  };
}

/** A word bare enough to be a vote and a joiner at once. */
const LONGEST_JOINING_VOTE = 4;

/**
 * Builds the judge of messages. Reads the shipped word lists and models unless others are given.
 * @throws AppError `invalid-config` when a list or a model file is broken.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  const lexicons = { ...loadShippedLexicons(), ...options.lexicons };
  const models = options.models ?? loadShippedModels();
  const bookFor = rememberBooks(lexicons);

  return {
    consider(message, context, considered) {
      // Compiling a group's words normalises them, so it comes before the text is.
      const book = bookFor(considered.extraWords);
      const text = normaliseText(message.text);
      const language = languageOfText(text, message.language);
      if (isQuiet(message, context, text, book)) return quietVerdict(language);
      const model = models[language];
      const stack = stackOf(model, considered.mode);
      const judged = gatherSignals(message, context, text, {
        book,
        classifier: (of) => models[of]?.classifier ?? null,
      });
      return concludeVerdict(judged, message, context, {
        stack,
        mode: considered.mode,
        threshold: considered.threshold ?? stack.threshold,
        classifier: model?.classifier ?? null,
      });
    },
    language: (text) => languageOfText(normaliseText(text)),
    threshold: (mode, language = "zh") => stackOf(models[language], mode).threshold,
  };
}

/** True for what nobody has to look at: staff, commands, lists and votes. */
function isQuiet(
  message: ConsideredMessage,
  context: readonly ContextLine[],
  text: NormalisedText,
  book: RuleBook,
): boolean {
  if (message.role === "staff" || message.role === "leader") return true;
  if (shapeOf(text) === "prose") return false;
  // "+1" has the shape of a vote, yet joins a complaint when one was just made.
  if (context.length === 0 || text.length > LONGEST_JOINING_VOTE) return true;
  return findJoined(message, { text, reading: readByRules(book, text), book }, context) === null;
}

function stackOf(model: TrainedModel | null, mode: DetectionMode): Stack {
  return model === null ? RULES_ONLY : model.stacks[mode];
}

/** The compiled lists, with those of the groups kept for as long as their words are. */
function rememberBooks(
  lexicons: Readonly<Record<Language, Lexicon>>,
): (extra: readonly LexiconEntry[] | undefined) => RuleBook {
  // Compiled with the first message: a command that judges nothing need not wait for it.
  let shipped: RuleBook | undefined;
  const made = new WeakMap<readonly LexiconEntry[], RuleBook>();
  return (extra) => {
    if (extra === undefined || extra.length === 0) {
      shipped ??= compileRuleBook(lexicons);
      return shipped;
    }
    const kept = made.get(extra);
    if (kept !== undefined) return kept;
    const book = compileRuleBook(lexicons, extra);
    made.set(extra, book);
    return book;
  };
}
