import type { Language } from "#entities/vocabulary.js";
import { englishSentiment } from "./english-sentiment.js";
import { isHan, type NormalisedText } from "./normalised-text.js";
import type { RuleReading } from "./rule-reading.js";

/** Damping of a sum of word values: the sum at which the result is about 0.7. */
const DAMPING: Readonly<Record<Language, number>> = { zh: 5, en: 15 };

/** -1 to 1, from a sum of word values (the form VADER uses: s / √(s² + a)). */
function damp(sum: number, damping: number): number {
  return sum === 0 ? 0 : sum / Math.sqrt(sum * sum + damping);
}

function hasLatinWord(text: NormalisedText): boolean {
  const most = Math.min(text.length, 2_000);
  let run = 0;
  for (let at = 0; at < most; at += 1) {
    const code = text.codes[at] ?? 0;
    run = code >= 97 && code <= 122 ? run + 1 : 0;
    if (run === 2) return true;
  }
  return false;
}

/** Balance of liking and disliking words of both languages, -1 to 1; later words do not count more. */
export function sentimentOf(text: NormalisedText, reading: RuleReading): number {
  let sum = 0;
  for (const { value } of reading.polar) sum += value;
  const own = damp(sum, DAMPING.zh);
  if (!hasLatinWord(text)) return own;
  const english = damp(englishSentiment(text.text()), DAMPING.en);
  if (own === 0) return english;
  return Math.max(-1, Math.min(1, own + english));
}

/**
 * zh when the text has a Han character, else en when it has an English word, else `otherwise`. Reads
 * the first 2,000 units.
 */
export function languageOfText(text: NormalisedText, otherwise: Language = "en"): Language {
  const most = Math.min(text.length, 2_000);
  for (let at = 0; at < most; at += 1) if (isHan(text.codes[at] ?? 0)) return "zh";
  return hasLatinWord(text) ? "en" : otherwise;
}
