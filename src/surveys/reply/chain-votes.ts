import { cutComment } from "./cut-comment.js";
import { foldReply, type NormalisedReply } from "./normalise-reply.js";
import type { JielongEntry } from "./parse-jielong.js";
import type { ChainVote, NoneReason, Reading } from "./reply-parse.js";

/** Reads one reply that is known to answer the question. */
export type EntryReader = (reply: NormalisedReply) => Reading;

const MAX_NAME_PARTS = 5;
const MAX_ENTRY = 600;
/** Reasons that only say "these words are a name"; any other ends the search for a vote. */
const NAME_LIKE: ReadonlySet<NoneReason> = new Set(["not-a-reply", "quantity", "out-of-scale"]);

/**
 * Reads the vote of one list entry 「301 王姐 5分 很新鲜」: the name is the shortest beginning after
 * which the rest is a vote by the same grammar as a message. An entry that is unclear has no value.
 */
export function readEntry(entry: JielongEntry, read: EntryReader): ChainVote {
  const text = entry.text.slice(0, MAX_ENTRY);
  const cuts = nameCuts(text);
  for (const [index, cut] of cuts.entries()) {
    const name = trimName(text.slice(0, cut));
    const rest = text.slice(cut);
    const reading = readRest(rest, read);
    if (reading.ok) return vote(entry.n, name, reading);
    if (!NAME_LIKE.has(reading.reason)) break;
    if (index > 0 && startsWithCount(rest)) break;
  }
  const whole = readRest(text, read);
  if (whole.ok && whole.comment === undefined) return vote(entry.n, "", whole);
  return { n: entry.n, name: trimName(text.slice(0, cuts[0] ?? text.length)), value: null };
}

function readRest(text: string, read: EntryReader): Reading {
  return read({ shown: text, folded: foldReply(text) });
}

function vote(n: number, name: string, reading: Extract<Reading, { ok: true }>): ChainVote {
  return {
    n,
    name,
    value: reading.value,
    ...(reading.comment === undefined ? {} : { comment: reading.comment }),
  };
}

/** Places where a name may end: after blanks and colons, and before a digit or letter glued to it. */
function nameCuts(text: string): readonly number[] {
  const cuts: number[] = [];
  for (let i = 1; i < text.length && cuts.length < MAX_NAME_PARTS; i += 1) {
    const before = text[i - 1] ?? "";
    const here = text[i] ?? "";
    if (isSeparator(here)) continue;
    if (isSeparator(before) || isGlued(text, i)) cuts.push(i);
  }
  return cuts;
}

function isSeparator(character: string): boolean {
  return /[\s:：,，、\-—|/]/.test(character);
}

const GLUED_HANZI = /^[一二两三四五六七八九十](?:分|颗?星)/;

/** 邻居4 5分: the number glued to the name belongs to it, because a marked score follows. */
const NUMBERED_NAME = /^\d{1,4}[ :：]{1,2}[\d一二三四五](?:\.5)?(?:分|颗?星)/;

/** 王姐5分, 李叔A, 小陈五星: a vote right after at least two characters of a name. */
function isGlued(text: string, at: number): boolean {
  const before = text[at - 1] ?? "";
  const here = text[at] ?? "";
  if (!/[\u4e00-\u9fff]/.test(before) || NUMBERED_NAME.test(text.slice(at, at + 12))) return false;
  if (/[0-9a-zA-Z★⭐０-９Ａ-Ｚａ-ｚ]/.test(here)) return true;
  return (
    at >= 2 &&
    GLUED_HANZI.test(text.slice(at, at + 3)) &&
    /[\u4e00-\u9fff]/.test(text[at - 2] ?? "")
  );
}

/** 「501 3盒」: a number with something counted cannot be a name, so the entry holds an order. */
function startsWithCount(rest: string): boolean {
  return /^\d{1,3} ?[^\d\s]/.test(rest) && !/^\d{1,3} ?(?:分|星|栋|号|幢|单元|室|楼|-)/.test(rest);
}

function trimName(text: string): string {
  return cutComment(text, 0).replace(/[:：,，、\-—|/]$/, "");
}
