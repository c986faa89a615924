import { noVote, type Reading } from "./reply-parse.js";
import type { Scale } from "./scale.js";
import { matchAt } from "./scanner.js";

const UP = /(?:👍[\u{1f3fb}-\u{1f3ff}]?|\[强\]|\[thumbsup\]|\[赞\]|:\+1:|:thumbsup:)/uy;
const DOWN = /(?:👎[\u{1f3fb}-\u{1f3ff}]?|\[弱\]|\[thumbsdown\]|:-1:|:thumbsdown:)/uy;

/**
 * Reads a direct answer that is nothing but thumbs: up is the best point of a satisfaction scale and
 * yes, down the worst and no. On other scales a thumb names no point. Null for any other text.
 */
export function readThumbs(text: string, scale: Scale): Reading | null {
  let at = skipMarks(text, 0);
  let up = 0;
  let down = 0;
  while (at < text.length) {
    const good = matchAt(text, at, UP);
    const bad = matchAt(text, at, DOWN);
    if (good === null && bad === null) return null;
    if (good === null) down += 1;
    else up += 1;
    at = skipMarks(text, at + (good ?? bad ?? "").length);
  }
  if (up + down === 0) return null;
  return up > 0 && down > 0 ? noVote("two-values") : thumbValue(scale, up > 0);
}

/** Blanks and exclamation marks between the thumbs. */
function skipMarks(text: string, at: number): number {
  let end = at;
  while (end < text.length && " !。.~,，\n".includes(text[end] ?? "")) end += 1;
  return end;
}

function thumbValue(scale: Scale, up: boolean): Reading {
  if (scale.kind === "csat") return thumb(up ? 5 : 1);
  if (scale.kind === "yesno") return thumb(up ? "yes" : "no");
  return noVote("emoji");
}

function thumb(value: number | string): Reading {
  return { ok: true, value, confidence: "sure", revision: false };
}
