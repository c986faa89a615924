import type { Aspect } from "#entities/vocabulary.js";
import type { Span } from "./cue-scan.js";
import { isHan, type NormalisedText } from "./normalised-text.js";
import type { RuleBook } from "./rule-book.js";
import type { RuleReading } from "./rule-reading.js";
import { spansOf } from "./signals.js";
import { clauseBehind, hasPhrase } from "./surroundings.js";
import type { ConsideredMessage, ContextLine } from "./verdict.js";

const HALF_HOUR = 30 * 60_000;
/** How many lines back a joiner may point. */
const LINES_BACK = 12;
const FULL_REACH = { lines: LINES_BACK, within: HALF_HOUR } as const;
/** A bare "+1" or "一样" points only at what was said just before. */
const BARE_REACH = { lines: 4, within: 10 * 60_000 } as const;
const LONGEST_BARE = 12;

/** The complaint of another member that a message joins. */
export interface Joined {
  readonly line: ContextLine;
}

function isRecent(line: ContextLine, message: ConsideredMessage, within: number): boolean {
  return message.at === undefined || (line.at <= message.at && message.at - line.at <= within);
}

/** A text with what the word lists say about it. */
export interface ReadText {
  readonly text: NormalisedText;
  readonly reading: RuleReading;
  readonly book: RuleBook;
}

/** How far behind a joiner "mine is fine" is looked for, and a trouble in its clause. */
const BEHIND = { zh: 12, en: 36 } as const;
/** What may follow a weak joiner that stands for itself: "我家也有", "我也中招". */
const BARE_ENDS = new Set([
  "",
  "有",
  "有了",
  "是",
  "遇到",
  "遇到了",
  "碰到",
  "碰到了",
  "中招",
  "中招了",
]);
const LONGEST_ALONE = 7;
/** Liking of this sum and no trouble: "我家也是！好吃得停不下来". */
const PLEASED = 1.5;

function languageAt(text: string, { end }: Span) {
  return isHan(text.charCodeAt(end - 1)) || isHan(text.charCodeAt(end - 2)) ? "zh" : "en";
}

/** True when a joiner is there that joins: not praise, not an order, and a weak one with a trouble. */
function saysMeToo({ text, reading, book }: ReadText): boolean {
  const strong = spansOf(reading, "meToo");
  const weak = spansOf(reading, "meTooWeak");
  if (strong.length === 0 && weak.length === 0) return false;
  const words = text.text();
  const calm = reading.hits.length === 0;
  if (calm && reading.polar.reduce((sum, { value }) => sum + value, 0) >= PLEASED) return false;
  const fine = (span: Span) => {
    const language = languageAt(words, span);
    const behind = words.slice(span.end, span.end + BEHIND[language]);
    return calm && hasPhrase(behind, book.phrases[language].meTooNot);
  };
  if (strong.some((span) => !fine(span))) return true;
  return weak.some((span) => !fine(span) && hasTrouble(words, span, reading));
}

/** True when a trouble is named in the clause of a weak joiner, or nothing at all stands behind it. */
function hasTrouble(words: string, span: Span, reading: RuleReading): boolean {
  const language = languageAt(words, span);
  const behind = clauseBehind(words, span.end, language, BEHIND[language]);
  const end = span.end + behind.length;
  if (reading.hits.some((hit) => hit.end > span.end - 2 && hit.start < end)) return true;
  return words.length <= LONGEST_ALONE && BARE_ENDS.has(behind.trim());
}

/** True when a staff line asks for an acknowledgement or a vote, so that "1" and "+1" answer it. */
function asksForHands(line: ContextLine): boolean {
  if (line.role === "customer") return false;
  const text = line.text.slice(0, 200);
  return ["扣1", "扣 1", "回1", "+1", "接龙", "报名", "要的", "react", "reply 1"].some((words) =>
    text.includes(words),
  );
}

/**
 * The complaint that "我家也是", "+1" or "same here" joins: the latest one of another member within
 * half an hour and twelve lines; a bare "+1" looks at ten minutes and four lines and not past a
 * staff line that asks for hands. Null when the message is no such line or nothing fits.
 */
export function findJoined(
  message: ConsideredMessage,
  read: ReadText,
  context: readonly ContextLine[],
): Joined | null {
  if (context.length === 0 || !saysMeToo(read)) return null;
  const { lines, within } = read.text.length <= LONGEST_BARE ? BARE_REACH : FULL_REACH;
  let looked = 0;
  for (let at = context.length - 1; at >= 0 && looked < lines; at -= 1) {
    const line = context[at];
    if (line === undefined || !isRecent(line, message, within) || asksForHands(line)) return null;
    if (line.complaint && line.memberKey !== message.memberKey) return { line };
    // What staff say in between does not push the complaint out of reach.
    if (line.role === "customer") looked += 1;
  }
  return null;
}

/** The aspects of the same member's own complaint of the last half hour; empty when none. */
export function ownEarlier(
  message: ConsideredMessage,
  context: readonly ContextLine[],
): readonly Aspect[] {
  if (message.memberKey === undefined) return [];
  for (let at = context.length - 1; at >= 0 && at >= context.length - LINES_BACK; at -= 1) {
    const line = context[at];
    if (line === undefined || !isRecent(line, message, HALF_HOUR)) return [];
    if (line.complaint && line.memberKey === message.memberKey) return line.aspects;
  }
  return [];
}

/** Members who complained about `aspect` in the last hour, the speaker counted. */
export function membersAffected(
  message: ConsideredMessage,
  context: readonly ContextLine[],
  aspect: Aspect | undefined,
): number {
  const members = new Set([message.memberKey ?? ""]);
  for (const line of context) {
    if (!line.complaint || !isRecent(line, message, 2 * HALF_HOUR)) continue;
    if (aspect !== undefined && line.aspects.includes(aspect)) members.add(line.memberKey);
  }
  return members.size;
}
