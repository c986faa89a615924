import type { Language } from "#entities/vocabulary.js";
import type { Classifier } from "./classifier.js";
import { findJoined, type Joined, ownEarlier } from "./joining.js";
import type { NormalisedText } from "./normalised-text.js";
import type { RuleBook } from "./rule-book.js";
import { type RuleReading, readByRules } from "./rule-reading.js";
import { languageOfText, sentimentOf } from "./sentiment.js";
import { type RuleSummary, spansOf, summarise } from "./signals.js";
import type { StackInput } from "./stack.js";
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
  readonly model: number | null;
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
    length: judged.text.length,
  };
}

const CLOSING = new Set([..." \n?~.!"].map((mark) => mark.charCodeAt(0)));
const MA = 0x5417;
const MO = 0x4e48;
const ASK = 63;

/** True when the last mark is a question mark or the last word 吗 or 么. */
function endsAsQuestion({ codes, length }: NormalisedText): boolean {
  let at = length - 1;
  while (at >= 0 && CLOSING.has(codes[at] ?? 0)) {
    if (codes[at] === ASK) return true;
    at -= 1;
  }
  return codes[at] === MA || codes[at] === MO;
}
