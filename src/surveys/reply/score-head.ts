import { readEnglishOpening } from "./english-score.js";
import {
  BEGGING,
  COPULAS,
  FIRM_ADVERBS,
  HEDGES,
  INTERJECTIONS,
  OCCASIONS,
  PLEA_VERBS,
  RECEIPTS,
  REVISIONS,
  SCORE_NOUNS,
  SELF_WORDS,
  SOFT_ADVERBS,
  TOPIC_WORDS,
  TYPING_WORDS,
  UNIT_VERBS,
  VERBS,
  VOCATIVES,
} from "./reply-lexicon.js";
import { skipGap, type WordTable, wordAt } from "./scanner.js";
import { readScore, type ScoreScale } from "./score-token.js";

type Role =
  | "self"
  | "firm"
  | "soft"
  | "hedge"
  | "occasion"
  | "noun"
  | "verb"
  | "unit-verb"
  | "copula"
  | "revision"
  | "interjection"
  | "vocative"
  | "receipt"
  | "phrase"
  | "topic";

/** What stood before a score. */
export interface ScoreHead {
  readonly end: number;
  readonly self: boolean;
  readonly hedged: boolean;
  readonly revision: boolean;
  /** True when a number without 分 or 星 may follow. */
  readonly bareAllowed: boolean;
  /** True when only adverbs of conviction stood before: 当然二 is not 当然2. */
  readonly adverbOnly: boolean;
  /** True for a verb without a subject, as in 给个5分: a plea when the score is the highest. */
  readonly plea: boolean;
  /** True for a typing word alone, as in 打1: a receipt when the number is 1. */
  readonly typing: boolean;
  /** True when nothing at all stood before the score. */
  readonly empty: boolean;
}

const TABLES: readonly (readonly [WordTable, Role])[] = [
  [SELF_WORDS, "self"],
  [REVISIONS, "revision"],
  [VERBS, "verb"],
  [SCORE_NOUNS, "noun"],
  [OCCASIONS, "occasion"],
  [FIRM_ADVERBS, "firm"],
  [HEDGES, "hedge"],
  [SOFT_ADVERBS, "soft"],
  [UNIT_VERBS, "unit-verb"],
  [COPULAS, "copula"],
  [VOCATIVES, "vocative"],
  [RECEIPTS, "receipt"],
  [INTERJECTIONS, "interjection"],
];

const MAX_HEAD_WORDS = 10;

interface HeadWord {
  readonly end: number;
  readonly role: Role;
  readonly word: string;
}

/** Reads the words that may stand before a score; unknown words end it. */
export function readScoreHead(text: string, at: number, pollText: string): ScoreHead {
  const roles = new Set<Role>();
  const words: HeadWord[] = [];
  let end = skipGap(text, at).end;
  let marked = false;
  for (let count = 0; count < MAX_HEAD_WORDS; count += 1) {
    const next = readHeadWord(text, end, pollText);
    if (next === null || (next.role === "copula" && words.length === 0)) break;
    roles.add(next.role);
    words.push(next);
    const gap = skipGap(text, next.end);
    marked = gap.gap === "mark";
    end = gap.end;
  }
  return {
    end,
    self: roles.has("self") || roles.has("phrase"),
    hedged: roles.has("hedge"),
    revision: roles.has("revision"),
    bareAllowed: allowsBare(roles, marked),
    adverbOnly: roles.size > 0 && [...roles].every((role) => role === "firm"),
    plea: !roles.has("self") && isOnly(words, PLEA_VERBS),
    typing: isOnly(words, TYPING_WORDS),
    empty: words.length === 0,
  };
}

function readHeadWord(text: string, at: number, pollText: string): HeadWord | null {
  const english = readEnglishOpening(text, at);
  if (english !== null) return { ...english, word: "" };
  if (wordAt(text, at, BEGGING) !== null) return null;
  let best: HeadWord | null = null;
  for (const [table, role] of TABLES) {
    const word = wordAt(text, at, table);
    if (word !== null && at + word.length > (best?.end ?? 0)) {
      best = { end: at + word.length, role, word };
    }
  }
  if (best !== null) return best;
  const topic = wordAt(text, at, TOPIC_WORDS);
  if (topic === null || !pollText.includes(topic)) return null;
  return { end: at + topic.length, role: "topic", word: topic };
}

const BARE_NEUTRAL: readonly Role[] = ["firm", "interjection"];
const BARE_MAKERS: readonly Role[] = ["verb", "noun", "revision", "phrase"];

function allowsBare(roles: ReadonlySet<Role>, marked: boolean): boolean {
  if (roles.has("receipt") || roles.has("vocative") || roles.has("unit-verb")) return false;
  if (BARE_MAKERS.some((role) => roles.has(role))) return true;
  if (roles.has("self") || roles.has("topic")) return marked;
  return [...roles].every((role) => BARE_NEUTRAL.includes(role));
}

function isOnly(words: readonly HeadWord[], table: WordTable): boolean {
  const [first] = words;
  return words.length === 1 && first !== undefined && wordAt(first.word, 0, table) === first.word;
}

const FROM_WORDS = /(?:从|由|把|刚才的?|之前的?|前面的?|上面的?|原来的?)?/y;
const BECOMES = / ?(?:改成|改为|改到|改|换成|变成|调整为|调成|->|→|=>) ?/y;
const NOT_BUT = /(?:我是|我)?不是/y;
const BUT_IS = /(?:,|，|。| )?(?:而是|应该是|是) ?/y;

/**
 * Reads the replaced score of a correction that names both (从5改成4, 5分改4分, 不是5是4) and
 * returns the position of the new one, or null.
 */
export function skipReplacedScore(text: string, at: number, scale: ScoreScale): number | null {
  const denied = stickyEnd(text, at, NOT_BUT);
  const from = denied ?? stickyEnd(text, at, FROM_WORDS) ?? at;
  const old = readScore(text, from, scale);
  if (old === null || "reason" in old) return null;
  return stickyEnd(text, old.end, denied === null ? BECOMES : BUT_IS);
}

function stickyEnd(text: string, at: number, pattern: RegExp): number | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text)?.[0];
  return match === undefined ? null : at + match.length;
}
