import { cutComment } from "./cut-comment.js";
import { readLabel } from "./label-reply.js";
import type { NormalisedReply } from "./normalise-reply.js";
import { BARE_PARTICLES, HAND_OVERS, PARTICLES } from "./reply-lexicon.js";
import { type NoneReason, noVote, type Reading, type ReadingContext } from "./reply-parse.js";
import { type Gap, skipGap, strongerGap, type WordTable, wordAt } from "./scanner.js";
import { type Remark, remarkProblem } from "./score-comment.js";
import { readScoreHead, type ScoreHead, skipReplacedScore } from "./score-head.js";
import { readMaximum, readScore, type ScoreScale, type ScoreToken } from "./score-token.js";

/**
 * Reads a reply to a scored question. The whole text must be: words of giving, an optional stated
 * maximum, one score, particles, and at most a comment that does not take the score back.
 */
export function readScoreReply(
  reply: NormalisedReply,
  scale: ScoreScale,
  context: ReadingContext,
): Reading {
  const text = reply.folded;
  const opening = readOpening(text, scale, context);
  if ("reason" in opening) return noVote(opening.reason);
  const { head } = opening;
  if (isTilde(text[head.end - 1])) return noVote("range");
  const score = readScore(text, head.end, scale);
  if (score === null) return noVote("not-a-reply");
  if ("reason" in score) return noVote(score.reason);
  const problem = scoreProblem(text, score, head, context);
  if (problem !== null) return noVote(problem);
  return readTail(reply, { score, head, scale, context });
}

function isTilde(character: string | undefined): boolean {
  return character === "~" || character === ".";
}

interface Opening {
  readonly head: ScoreHead;
}

function readOpening(
  text: string,
  scale: ScoreScale,
  context: ReadingContext,
): Opening | { readonly reason: NoneReason } {
  const before = readScoreHead(text, 0, context.pollText);
  const replaced = skipReplacedScore(text, before.end, scale);
  if (replaced !== null) {
    const after = readScoreHead(text, replaced, context.pollText);
    return {
      head: {
        ...after,
        revision: true,
        bareAllowed: true,
        plea: false,
        typing: false,
        empty: false,
      },
    };
  }
  const maximum = readMaximum(text, before.end, scale);
  if (maximum === null) return { head: before };
  if ("reason" in maximum) return maximum;
  const after = readScoreHead(text, maximum.end, context.pollText);
  const score = readScore(text, after.end, scale);
  if (score === null) return { head: before };
  return { head: { ...after, bareAllowed: true, plea: false, typing: false, empty: false } };
}

function scoreProblem(
  text: string,
  score: ScoreToken,
  head: ScoreHead,
  context: ReadingContext,
): NoneReason | null {
  const bare = score.unit === "bare";
  if (bare && !head.bareAllowed && !context.direct) return "quantity";
  if (bare && score.form === "hanzi" && (head.adverbOnly || text[score.end - 1] === "两")) {
    return "quantity";
  }
  if (score.unit === "star" && score.value === 1 && isLoneStar(text) && !context.direct) {
    return "emoji";
  }
  return null;
}

/** One star alone is decoration as often as the lowest score. */
function isLoneStar(text: string): boolean {
  return /^[★⭐🌟]\ufe0f?$/u.test(text);
}

interface Found {
  readonly score: ScoreToken;
  readonly head: ScoreHead;
  readonly scale: ScoreScale;
  readonly context: ReadingContext;
}

function readTail(reply: NormalisedReply, found: Found): Reading {
  const text = reply.folded;
  const { score, head, scale, context } = found;
  const tail = skipTail(text, score);
  const repeated = skipRepeats(text, tail, found);
  const { end, gap } = repeated;
  const remark: Remark = {
    text,
    at: end,
    gap,
    score,
    scale,
    direct: context.direct,
    self: head.self || head.revision,
  };
  const problem =
    end < text.length ? (remarkProblem(remark) ?? labelConflict(remark)) : endProblem(text, found);
  if (problem !== null) return noVote(problem);
  const comment = end < text.length ? cutComment(reply.shown, end) : "";
  return {
    ok: true,
    value: score.value,
    ...(comment === "" ? {} : { comment }),
    confidence: isLow(found, gap, comment) ? "low" : "sure",
    revision: head.revision || CORRECTS.test(text.slice(end, end + 8)),
  };
}

/** 「4分，刚才打错了」 corrects as well as 「刚才打错了，4分」. */
const CORRECTS = /^(?:刚才|刚刚|前面|之前|上面)(?:打|按|点|选|写|发)?错/;

interface Tail {
  readonly end: number;
  readonly gap: Gap;
}

/** Particles, 好评 and emoji after the score; they may alternate a few times. */
function skipTail(text: string, score: ScoreToken): Tail {
  const particles: WordTable = score.unit === "bare" ? BARE_PARTICLES : PARTICLES;
  let end = score.end;
  if (score.unit !== "bare" && text.startsWith("好评", end)) end += 2;
  let gap: Gap = "none";
  for (let count = 0; count < 6; count += 1) {
    const particle = gap === "mark" ? null : wordAt(text, end, particles);
    if (particle !== null && isWholeParticle(text, end, particle)) {
      end += particle.length;
      continue;
    }
    const next = skipGap(text, end);
    if (next.end === end) break;
    end = next.end;
    gap = strongerGap(gap, next.gap);
  }
  if (gap === "none") end = skipHandOver(text, end);
  return { end, gap };
}

/** 的 before more words is a link (5分的菜), not a particle; 哈 and 了 before words may be either. */
function isWholeParticle(text: string, at: number, particle: string): boolean {
  if (particle !== "的" && particle !== "了" && particle !== "得了") return true;
  const next = text[at + particle.length];
  return next === undefined || !/[\u4e00-\u9fff]/.test(next) || "吧啊哦呀哈".includes(next);
}

function skipHandOver(text: string, at: number): number {
  const word = wordAt(text, at, HAND_OVERS);
  if (word === null) return at;
  const gap = skipGap(text, at + word.length);
  return gap.end === text.length ? gap.end : at;
}

function skipRepeats(text: string, tail: Tail, { score, scale }: Found): Tail {
  let current = tail;
  let marked = score.unit !== "bare";
  for (let count = 0; count < 4; count += 1) {
    const again = readScore(text, current.end, scale);
    if (again === null || "reason" in again || again.value !== score.value) break;
    marked ||= again.unit !== "bare";
    if (!marked) break;
    const next = skipTail(text, again);
    current = next.gap === "none" ? { ...next, gap: "none" } : next;
  }
  return current;
}

function endProblem(text: string, { score, head, scale, context }: Found): NoneReason | null {
  if (context.direct) return null;
  const { max } = scale.range;
  if (head.plea && score.value === max && score.unit !== "full") {
    return endsSoftly(text) ? "urging" : null;
  }
  if (score.unit !== "bare") return null;
  if (score.value !== 1) return null;
  const receipt = head.typing || (head.empty && context.askedForOne);
  return receipt ? "acknowledgement" : null;
}

function endsSoftly(text: string): boolean {
  return /[吧呗嘛哦呀](?:[~!。.]|$)/.test(text);
}

/** 「5分，很不满意」: the number and the words point to opposite ends, so nothing is counted. */
function labelConflict({ text, at, score, scale }: Remark): NoneReason | null {
  if (scale.kind === "nps") return null;
  const label = readLabel(text.slice(at), scale.kind, { direct: true, wholeText: true });
  if (label === null) return null;
  const middle = (scale.range.min + scale.range.max) / 2;
  return (label.value - middle) * (score.value - middle) < 0 ? "contradiction" : null;
}

/** Texts that mean other things in the same chats are counted, but marked. */
function isLow({ score, head, scale, context }: Found, gap: Gap, comment: string): boolean {
  if (head.hedged) return true;
  if (context.direct || score.unit !== "bare") return false;
  if (comment !== "") return gap !== "mark";
  if (!head.empty) return false;
  return score.value === 1 || (scale.kind !== "csat" && score.value === 6);
}
