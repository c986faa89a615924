import type { Language } from "#entities/vocabulary.js";
import type { Classifier, ModelScores } from "./classifier.js";
import { findJoined, type Joined, ownEarlier } from "./joining.js";
import type { NormalisedText } from "./normalised-text.js";
import type { RuleBook } from "./rule-book.js";
import { type RuleReading, readByRules } from "./rule-reading.js";
import { languageOfText, sentimentOf } from "./sentiment.js";
import { type RuleSummary, spansOf, summarise } from "./signals.js";
import type { StackInput } from "./stack.js";
import { endsAsQuestion, readTalk, type Talk } from "./talk.js";
import type { ConsideredMessage, ContextLine } from "./verdict.js";

/** All signals on one message, before they are combined. */
export interface Judged {
  readonly text: NormalisedText;
  readonly given: string;
  readonly reading: RuleReading;
  readonly summary: RuleSummary;
  readonly sentiment: number;
  readonly language: Language;
  /** Log-odds of the trained model, null without one. */
  readonly model: ModelScores | null;
  readonly talk: Talk;
  readonly joined: Joined | null;
}

/** Gathers the signals on a message. `text` is its normalised text. */
export function gatherSignals(
  message: ConsideredMessage,
  context: readonly ContextLine[],
  text: NormalisedText,
  judges: {
    readonly book: RuleBook;
    readonly classifier: (language: Language) => Classifier | null;
  },
): Judged {
  const reading = readByRules(judges.book, text);
  const language = languageOfText(text, message.language);
  const sore = ownEarlier(message, context).length > 0;
  return {
    text,
    given: message.text,
    reading,
    summary: summarise(reading, sore),
    sentiment: sentimentOf(text, reading),
    language,
    model: judges.classifier(language)?.score(text) ?? null,
    talk: readTalk(message, context),
    joined: findJoined(message, { text, reading, book: judges.book }, context),
  };
}

/** The part of the signals that the combination weighs. */
export function stackInputOf(judged: Judged): StackInput {
  const { reading, summary } = judged;
  return {
    model: judged.model,
    rules: summary.strength,
    sentiment: judged.sentiment,
    asks: summary.asks,
    question: endsAsQuestion(judged.text),
    waived: reading.waived > 0,
    resolved: summary.resolved,
    shop: spansOf(reading, "shop").length > 0,
    goods: spansOf(reading, "goods").length > 0,
    mock: spansOf(reading, "mock").length > 0,
    anger: spansOf(reading, "angerMarks").length > 0,
    joins: spansOf(reading, "meToo").length > 0 || spansOf(reading, "meTooWeak").length > 0,
    length: judged.text.length,
    talk: judged.talk,
  };
}
