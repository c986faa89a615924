import type { Language } from "#entities/vocabulary.js";
import { isHan } from "./normalised-text.js";
import type { PhraseLists } from "./rule-book.js";

const CLAUSE_ENDS = new Set(
  [...',.!?;:\n~()[]{}|/"「」【】《》'].map((mark) => mark.charCodeAt(0)),
);
const SENTENCE_ENDS = new Set([..."!?\n"].map((mark) => mark.charCodeAt(0)));
const SPACE = 32;
const STOP = 46;

/** How far one looks from a cue, in UTF-16 units. English words are longer. */
const REACH: Readonly<Record<Language, number>> = { zh: 10, en: 26 };
/** How far a negator may stand from its cue. */
const NEGATION_GAP: Readonly<Record<Language, number>> = { zh: 6, en: 16 };
const CLOSE_GAP: Readonly<Record<Language, number>> = { zh: 2, en: 6 };
const SENTENCE_REACH = 30;

function endsClause(text: string, at: number, language: Language): boolean {
  const code = text.charCodeAt(at);
  if (CLAUSE_ENDS.has(code)) return code !== STOP || !isDigit(text.charCodeAt(at + 1));
  return code === SPACE && language === "zh" && isHan(text.charCodeAt(at - 1));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The words of the same clause before `start`, at most `reach` units. */
export function clauseBefore(
  text: string,
  start: number,
  language: Language,
  reach = REACH[language],
): string {
  let from = start;
  while (from > 0 && start - from < reach && !endsClause(text, from - 1, language)) from -= 1;
  return text.slice(from, start);
}

/** The words of the same clause behind `end`, at most `reach` units. */
export function clauseBehind(
  text: string,
  end: number,
  language: Language,
  reach = REACH[language],
): string {
  let to = end;
  while (to < text.length && to - end < reach && !endsClause(text, to, language)) to += 1;
  return text.slice(end, to);
}

/** The words of the same sentence before `start`, at most 30 units. */
export function sentenceBefore(text: string, start: number): string {
  let from = start;
  while (from > 0 && start - from < SENTENCE_REACH) {
    const code = text.charCodeAt(from - 1);
    if (SENTENCE_ENDS.has(code)) break;
    if (code === STOP && !isDigit(text.charCodeAt(from))) break;
    from -= 1;
  }
  return text.slice(from, start);
}

/** The words around a span, `reach` units on either side; clauses do not matter. */
export function around(text: string, start: number, end: number, reach = 16): string {
  return text.slice(Math.max(0, start - reach), end + reach);
}

/** True when one of the phrases is in `text`; an English phrase must be whole words. */
export function hasPhrase(text: string, phrases: readonly string[]): boolean {
  for (const phrase of phrases) if (lastPlace(text, phrase) >= 0) return true;
  return false;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Where `phrase` last occurs, as whole words when it is Latin; -1 when it does not. */
function lastPlace(text: string, phrase: string): number {
  const latin = isLetter(phrase.charCodeAt(0));
  let from = text.length;
  while (from >= 0) {
    const at = text.lastIndexOf(phrase, from);
    if (at < 0) return -1;
    if (!latin) return at;
    const clean =
      !isLetter(text.charCodeAt(at - 1)) && !isLetter(text.charCodeAt(at + phrase.length));
    if (clean) return at;
    from = at - 1;
  }
  return -1;
}

function negatedWithin(
  before: string,
  negators: readonly string[],
  stops: readonly string[],
  gap: number,
): boolean {
  for (const negator of negators) {
    const at = lastPlace(before, negator);
    if (at < 0) continue;
    const between = before.slice(at + negator.length);
    if (between.length <= gap && !hasPhrase(between, stops)) return true;
  }
  return false;
}

/**
 * True when the cue at `start`–`end` is denied: a negator shortly before it in the same clause with
 * no 但/就/却 between, or "…的一个都没有" behind it.
 */
export function isNegated(
  text: string,
  span: { readonly start: number; readonly end: number },
  language: Language,
  lists: PhraseLists,
): boolean {
  const before = clauseBefore(text, span.start, language);
  const stops = lists.negationStops;
  if (negatedWithin(before, lists.negators, stops, NEGATION_GAP[language])) return true;
  if (negatedWithin(before, lists.closeNegators, stops, CLOSE_GAP[language])) return true;
  const behind = clauseBehind(text, span.end, language);
  return lists.afterNegators.some((phrase) => {
    const at = behind.indexOf(phrase);
    return at >= 0 && at <= 4;
  });
}
