import { cutComment } from "./cut-comment.js";
import { type NormalisedReply } from "./normalise-reply.js";
import { OCCASIONS, PARTICLES, SELF_WORDS, SOFT_ADVERBS } from "./reply-lexicon.js";
import { noVote, type Reading, type ReadingContext } from "./reply-parse.js";
import { type Gap, matchAt, skipGap, wordAt } from "./scanner.js";

/** Scales whose points have names that a reply may use instead of a number. */
export type LabelledKind = "csat" | "ces" | "gap";

interface LabelRule {
  readonly value: number;
  readonly pattern: RegExp;
  /** Words of ordinary small talk: they count only in a direct answer. */
  readonly directOnly?: true;
  /** Counted, but marked as of low confidence. */
  readonly low?: true;
}

const STRONG =
  "(?:非常非常|非常|很|特别|超级|超|十二分|十分|极其|极度|极|相当|太|无比|贼|巨|老|可|好|真的很|真的非常|真心|万分|百分百|百分之百|100%|完全|绝对)";

/** Tried in order; each pattern is anchored where it is tried and ends at the label. */
const CSAT_RULES: readonly LabelRule[] = [
  { value: 1, pattern: /一点(?:儿)?[都也]不满意|(?:完全|根本|压根儿?)就?不满意/y },
  { value: 1, pattern: new RegExp(`${STRONG}的?不满意`, "y") },
  {
    value: 1,
    pattern: /(?:非常|很|特别|超级|超|极其|极|相当|太|贼|巨|好)(?:差劲?|糟糕|糟)|差评|极差/y,
  },
  { value: 1, pattern: /(?:非常|很|特别|超级|相当|太)(?:失望|不好)|差劲|垃圾/y, directOnly: true },
  {
    value: 2,
    pattern:
      /不(?:太|怎么|完全|是很|是太|是特别|是非常|是十分|大|够|算|算太|很|咋|咋地|十分|特别|那么)?满意|不满(?![意足])|没(?:那么|有那么|有很|有特别|多)满意/y,
  },
  { value: 2, pattern: /(?:有点|有些|有点儿|略|略微|稍微|比较|挺|蛮)不(?:太)?满意/y },
  {
    value: 2,
    pattern: /(?:比较|有点|有些|挺|偏)差|不太好|不怎么样|不好|不咋地|不咋样|差/y,
    directOnly: true,
  },
  {
    value: 3,
    pattern:
      /一般般|一般(?!满意)|还行|还可以|马马虎虎|凑合|凑活|还凑合|将就|中规中矩|过得去|说得过去|还成|普普通通|不好不坏|不好也不坏|中评|还好/y,
  },
  { value: 3, pattern: /普通|中等|就那样|就那么回事|勉强|可以|还阔以|正常/y, directOnly: true },
  {
    value: 4,
    pattern: /(?:比较|挺|蛮|还算|基本|基本上|还|较|算|还比较|大体|大致|总体|还挺|还蛮)?满意/y,
  },
  {
    value: 4,
    pattern: /(?:还|挺|蛮|真)?不错|(?:挺|蛮|比较|还挺|还蛮)(?:好|可以|棒)/y,
    directOnly: true,
  },
  { value: 5, pattern: new RegExp(`${STRONG}的?满意|满意极了|满意得很|满意至极`, "y") },
  { value: 5, pattern: /(?:非常非常|非常|特别|超级|极其)好|(?:五星)?好评/y },
  { value: 5, pattern: /很好/y, low: true },
  {
    value: 5,
    pattern: /(?:很|非常|太|超|超级|特别)(?:棒|赞|完美)|完美|太好了|好极了|无可挑剔|巴适(?:得板)?/y,
    directOnly: true,
  },
  {
    value: 1,
    pattern:
      /(?:very|extremely|completely|totally|really) (?:dissatisfied|unsatisfied|unhappy)(?![a-z])/y,
  },
  {
    value: 1,
    pattern: /(?:terrible|awful|horrible|very (?:bad|poor))(?![a-z])/y,
    directOnly: true,
  },
  {
    value: 2,
    pattern:
      /(?:(?:somewhat|a bit|a little|rather|slightly|quite) )?(?:dissatisfied|unsatisfied)(?![a-z])|not (?:(?:very|so|really|too|quite|that) )?satisfied(?![a-z])/y,
  },
  {
    value: 2,
    pattern: /(?:bad|poor|not (?:great|good|so good|very good)|unhappy)(?![a-z])/y,
    directOnly: true,
  },
  {
    value: 3,
    pattern: /(?:neutral|so[- ]so|average|neither satisfied nor dissatisfied)(?![a-z])/y,
  },
  {
    value: 3,
    pattern: /(?:okay|ok|fine|meh|alright|all right)(?: i guess)?(?![a-z])/y,
    directOnly: true,
  },
  {
    value: 5,
    pattern: /(?:very|extremely|completely|totally|really|super|fully) satisfied(?![a-z])/y,
  },
  { value: 4, pattern: /(?:(?:somewhat|quite|fairly|pretty|mostly|rather) )?satisfied(?![a-z])/y },
  { value: 4, pattern: /(?:(?:pretty|quite) )?(?:good|nice|happy)(?![a-z])/y, directOnly: true },
  {
    value: 5,
    pattern:
      /(?:excellent|perfect|great|amazing|awesome|very (?:good|happy)|love it|loved it)(?![a-z])/y,
    directOnly: true,
  },
];

const AGREE = "(?:同意|赞同|认同)";

const CES_RULES: readonly LabelRule[] = [
  { value: 4, pattern: /(?:既不|不)同意(?:也|又)不反对|中立|说不上|说不清|不好说|一般般?|无所谓/y },
  { value: 3, pattern: new RegExp(`(?:有点儿?|有些|比较|稍微|略|略微)不(?:太)?${AGREE}`, "y") },
  { value: 3, pattern: new RegExp(`不(?:太|怎么|完全|是很|大|完全|是太|够)${AGREE}`, "y") },
  {
    value: 1,
    pattern: new RegExp(
      `(?:完全|非常|十分|很|特别|极其|绝对|强烈|坚决|根本|压根|极|一点都|一点也)不${AGREE}`,
      "y",
    ),
  },
  { value: 2, pattern: new RegExp(`不${AGREE}`, "y") },
  {
    value: 7,
    pattern: new RegExp(
      `(?:完全|非常|十分|很|特别|极其|绝对|强烈|百分百|100%|举双手|双手|超级|超)${AGREE}`,
      "y",
    ),
  },
  {
    value: 5,
    pattern: new RegExp(`(?:有点儿?|有些|比较|稍微|略|略微|还算|部分|基本|基本上)${AGREE}`, "y"),
  },
  { value: 6, pattern: new RegExp(AGREE, "y") },
  { value: 1, pattern: /(?:strongly|completely|totally|fully|absolutely) disagree(?![a-z])/y },
  {
    value: 3,
    pattern: /(?:somewhat|slightly|partly|kind of|kinda|a bit|a little) disagree(?![a-z])/y,
  },
  { value: 2, pattern: /(?:disagree|don'?t agree|do not agree)(?![a-z])/y },
  {
    value: 4,
    pattern: /(?:neither agree nor disagree|neither|neutral|not sure either way)(?![a-z])/y,
  },
  {
    value: 7,
    pattern:
      /(?:(?:strongly|completely|totally|fully|absolutely|100%) agree|agree (?:strongly|completely|totally|fully|100%))(?![a-z])/y,
  },
  { value: 5, pattern: /(?:somewhat|slightly|partly|kind of|kinda|a bit|mostly) agree(?![a-z])/y },
  { value: 6, pattern: /agreed?(?![a-z])/y },
];

const THAN =
  "(?:我)?(?:们)?(?:的)?(?:预期|预想|想象|期望|期待|想|以为|预计|原来想)(?:的|中|中的|中的要|的要)?";
const MUCH = "(?:一?点儿?|一些|很多|不少|多了|得多|太多了|些|许多)?";

const GAP_RULES: readonly LabelRule[] = [
  { value: -1, pattern: new RegExp(`比${THAN}(?:还|更|要|还要)?(?:差|糟|烂|坏)${MUCH}`, "y") },
  {
    value: -1,
    pattern: new RegExp(
      `(?:不如|低于|没达到|未达到?|达不到|没有达到|不符合|没有|没|赶不上)${THAN}(?:好|那么好)?`,
      "y",
    ),
  },
  { value: -1, pattern: /更差|变差了?|差一些|更糟/y },
  { value: 1, pattern: new RegExp(`比${THAN}(?:还|更|要|还要)?(?:好|强|棒)${MUCH}`, "y") },
  {
    value: 1,
    pattern: new RegExp(`(?:远?超出|高于|大大超出|远超|超过|好于|优于)(?:了)?${THAN}`, "y"),
  },
  { value: 1, pattern: /更好|超预期|出乎意料的好/y },
  { value: 1, pattern: /惊喜/y, directOnly: true },
  {
    value: 0,
    pattern: new RegExp(
      `(?:和|跟|与|同)${THAN}(?:的)?(?:一样|差不多|一致|没差别|没区别|没两样)`,
      "y",
    ),
  },
  {
    value: 0,
    pattern: new RegExp(`(?:基本|基本上|正好|刚好|差不多)?(?:符合|达到|如)${THAN}`, "y"),
  },
  { value: 0, pattern: /差不多|一样|没区别|没差别|如期|持平|预期之中|意料之中/y, low: true },
  {
    value: -1,
    pattern:
      /(?:(?:much|a bit|a little|slightly|far) )?worse(?: than (?:i )?expected| than i thought)?(?![a-z])|(?:well )?below (?:my )?expectations?(?![a-z])|not as good as (?:i )?expected(?![a-z])/y,
  },
  {
    value: 1,
    pattern:
      /(?:(?:much|a bit|a little|slightly|far|way) )?better(?: than (?:i )?expected| than i thought)?(?![a-z])|(?:well )?above (?:my )?expectations?(?![a-z])|exceed(?:s|ed) (?:my )?expectations?(?![a-z])/y,
  },
  {
    value: 0,
    pattern:
      /(?:(?:just|about|pretty much|exactly) )?as (?:i )?expected(?![a-z])|(?:(?:about|just|pretty much) )?(?:the )?same(?: as (?:i )?expected)?(?![a-z])|(?:met|meets) (?:my )?expectations?(?![a-z])|as good as (?:i )?expected(?![a-z])/y,
  },
];

const RULES: Readonly<Record<LabelledKind, readonly LabelRule[]>> = {
  csat: CSAT_RULES,
  ces: CES_RULES,
  gap: GAP_RULES,
};

/** A label found in a text. */
export interface LabelMatch {
  readonly value: number;
  readonly low: boolean;
  /** Where the label and its particles end. */
  readonly end: number;
  readonly gap: Gap;
}

interface LabelMode {
  readonly direct: boolean;
  /** Only a text that is nothing but the label counts. */
  readonly wholeText: boolean;
}

const FILLER_TABLES = [SELF_WORDS, OCCASIONS, SOFT_ADVERBS];
const ENGLISH_FILLER =
  /(?:i'?m|i am|we'?re|we are|i was|overall|i|it was|it'?s|was|well|honestly)[, ]{1,2}/y;

/** Reads a label of the scale from a folded text, with words of speaking before it, or null. */
export function readLabel(text: string, kind: LabelledKind, mode: LabelMode): LabelMatch | null {
  let at = skipGap(text, 0).end;
  for (let fillers = 0; fillers < 6; fillers += 1) {
    const found = readRepeated(text, at, kind, mode.direct);
    if (found !== null && (!mode.wholeText || found.end === text.length)) return found;
    const next = skipFiller(text, at);
    if (next === at) return null;
    at = next;
  }
  return null;
}

function skipFiller(text: string, at: number): number {
  const english = matchAt(text, at, ENGLISH_FILLER);
  if (english !== null) return at + english.length;
  let longest = 0;
  for (const table of FILLER_TABLES) {
    longest = Math.max(longest, wordAt(text, at, table)?.length ?? 0);
  }
  return longest === 0 ? at : skipGap(text, at + longest).end;
}

/** One label, or the same one several times (还行还行). */
function readRepeated(
  text: string,
  at: number,
  kind: LabelledKind,
  direct: boolean,
): LabelMatch | null {
  let match = readOne(text, at, kind, direct);
  for (let count = 0; match !== null && match.end < text.length && count < 4; count += 1) {
    const again = readOne(text, match.end, kind, direct);
    if (again?.value !== match.value) break;
    match = again;
  }
  return match;
}

function readOne(text: string, at: number, kind: LabelledKind, direct: boolean): LabelMatch | null {
  let best: { readonly rule: LabelRule; readonly length: number } | null = null;
  for (const rule of RULES[kind]) {
    if (rule.directOnly === true && !direct) continue;
    const length = matchAt(text, at, rule.pattern)?.length ?? 0;
    if (length > (best?.length ?? 0)) best = { rule, length };
  }
  if (best === null) return null;
  return {
    value: best.rule.value,
    low: best.rule.low === true,
    ...skipSoftEnd(text, at + best.length),
  };
}

function skipSoftEnd(text: string, at: number): { readonly end: number; readonly gap: Gap } {
  let end = at;
  for (let count = 0; count < 4; count += 1) {
    const particle = wordAt(text, end, PARTICLES);
    if (particle === null) break;
    end += particle.length;
  }
  const gap = skipGap(text, end);
  const thanks = matchAt(text, gap.end, THANKS_ONLY);
  if (gap.gap === "none" || thanks === null) return gap;
  const after = skipGap(text, gap.end + thanks.length);
  return after.end === text.length ? after : gap;
}

/** Thanks that fill the rest of a message (满意，谢谢团长). */
const THANKS_ONLY =
  /(?:谢谢|感谢|多谢|辛苦|thanks|thank you|thx)[ ,，]?(?:团长|老板|店家|小助手|你们|您|你|大家)?(?:了|啦|哈|哦)?(?:谢谢)?/y;

/**
 * Reads a reply that names a point of the scale (比较满意, 完全同意, 比预期好). The label must be the
 * whole message; in a direct answer a comment may follow after punctuation or a blank.
 */
export function readLabelReply(
  reply: NormalisedReply,
  kind: LabelledKind,
  context: ReadingContext,
): Reading {
  const text = reply.folded;
  const whole = readLabel(text, kind, { direct: context.direct, wholeText: true });
  if (whole !== null) {
    if (!context.direct && !context.withinLabelWindow) return noVote("label-late");
    return labelVote(whole, "");
  }
  if (!context.direct) return noVote("not-a-reply");
  const part = readLabel(text, kind, { direct: true, wholeText: false });
  if (part === null || part.gap === "none") return noVote("not-a-reply");
  if (hasTurn(text.slice(part.end))) return noVote("contradiction");
  return labelVote(part, cutComment(reply.shown, part.end));
}

/** Another label later in the text makes it two answers. */
function hasTurn(rest: string): boolean {
  return /满意|同意|预期|satisfied|agree|expect/.test(rest);
}

function labelVote(match: LabelMatch, comment: string): Reading {
  return {
    ok: true,
    value: match.value,
    ...(comment === "" ? {} : { comment }),
    confidence: match.low ? "low" : "sure",
    revision: false,
  };
}
