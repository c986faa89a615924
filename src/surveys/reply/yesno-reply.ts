import { cutComment } from "./cut-comment.js";
import type { NormalisedReply } from "./normalise-reply.js";
import { PARTICLES, THANKS } from "./reply-lexicon.js";
import { noVote, type Reading, type ReadingContext } from "./reply-parse.js";
import {
  type Gap,
  matchAt,
  skipGap,
  strongerGap,
  type WordTable,
  wordAt,
  wordTable,
} from "./scanner.js";

const HEAD = wordTable(
  "我|俺|我们|我们家|我家|嗯|嗯嗯|恩|哦|啊|哈哈|肯定|肯定是|一定|必须|当然|well|oh|hmm",
);

const YES = wordTable(
  "要|要的|能|能的|都要|都有|都参加|都去|必须的|肯定|肯定的|当然|是|是的|是滴|有|有的|会|会的|对|对的|对呀|可以|可以的|行|参加|报名|我报名|来|去|需要|想|想要|愿意|同意|支持|同意的|y|yes|yep|yeah|yup|yea|ya|sure|of course|definitely|absolutely|yes please|certainly|i do|i did|i will|i am|it is|it was|it did|解决了|已解决|已经解决|已经解决了|中",
);
const NO = wordTable(
  "不要|不|不是|没有|没|不会|不对|不可以|不行|不参加|不报名|不来|不去|不需要|不用|不想|不想要|不愿意|不同意|不支持|否|没|木有|没呢|没有呢|还没呢|不了|不用了|不要了|不去了|不来了|不参加了|还没|还没有|并没有|并没|没解决|未解决|没有解决|还没解决|不是的|n|no|nope|nah|not really|not yet|no thanks|no thank you|of course not|definitely not|absolutely not|i don't|i didn't|i won't|not at all|没得|冇|不中",
);
/** Words of receipt and pictures: an answer only when the bot was quoted or mentioned. */
const DIRECT_YES = wordTable(
  "好|好的|好滴|好哒|好呀|嗯|嗯嗯|恩|ok|okay|可|没问题|√|✓|✔|✅|👍|[强]|[thumbsup]|[ok]|👌|:+1:|:thumbsup:|:white_check_mark:",
);
const DIRECT_NO = wordTable("×|✗|✘|❌|👎|[弱]|[thumbsdown]|:-1:|:thumbsdown:|:x:");

const YES_NO_VERBS = [
  "收到",
  "满意",
  "解决",
  "新鲜",
  "愿意",
  "喜欢",
  "推荐",
  "参加",
  "需要",
  "吃完",
  "到货",
  "拿到",
  "取到",
  "知道",
  "回购",
  "会买",
  "买过",
];

interface Answer {
  readonly value: "yes" | "no";
  readonly end: number;
}

/**
 * Reads a yes-or-no reply: the answer word must be the whole message, thanks apart; in a direct
 * answer a comment may follow. Receipts (好的, OK) and 👍 count only as direct answers.
 */
export function readYesNoReply(reply: NormalisedReply, context: ReadingContext): Reading {
  const text = reply.folded;
  let at = context.direct ? 0 : skipGap(text, 0).end;
  for (let words = 0; words < 3; words += 1) {
    const answer = readAnswer(text, at, context);
    const reading = answer === null ? null : finish(reply, answer, context);
    if (reading?.ok === true) return reading;
    const head = wordAt(text, at, HEAD);
    if (head === null) return reading ?? noVote("not-a-reply");
    at = skipGap(text, at + head.length).end;
  }
  return noVote("not-a-reply");
}

function readAnswer(text: string, at: number, context: ReadingContext): Answer | null {
  const no = answerLength(text, at, context.direct ? [NO, DIRECT_NO] : [NO]);
  const yes = answerLength(text, at, context.direct ? [YES, DIRECT_YES] : [YES]);
  const asked = readAskedVerb(text, at, context.pollText);
  const best = Math.max(no, yes);
  if (asked !== null && asked.end - at > best) return asked;
  return best === 0 ? null : { value: no === best ? "no" : "yes", end: at + best };
}

function answerLength(text: string, at: number, tables: readonly WordTable[]): number {
  return Math.max(...tables.map((table) => wordAt(text, at, table)?.length ?? 0));
}

const NEGATION = /(?:还没有|还没|没有|没|不太|不|未)/y;

/** 「收到了」 answers a question that asks 收到了吗, with the verb of that question. */
function readAskedVerb(text: string, at: number, pollText: string): Answer | null {
  const negation = matchAt(text, at, NEGATION) ?? "";
  const start = at + negation.length;
  const verb = YES_NO_VERBS.find((word) => text.startsWith(word, start) && pollText.includes(word));
  if (verb === undefined) return null;
  return { value: negation === "" ? "yes" : "no", end: start + verb.length };
}

function finish(reply: NormalisedReply, answer: Answer, context: ReadingContext): Reading {
  const text = reply.folded;
  const tail = skipSame(text, answer, context);
  if (tail.end === text.length) return vote(answer, "");
  const rest = text.slice(tail.end);
  const polite = wordAt(text, tail.end, THANKS) !== null;
  // 「是的，上午打的」 answers another member more often than the poll.
  const setApart = tail.gap !== "none" && context.direct;
  if (!polite && !setApart) return noVote("not-a-reply");
  const other = readAnswer(text, tail.end, context);
  if (other !== null && other.value !== answer.value && endsHere(text, other.end)) {
    return noVote("two-values");
  }
  if (/^(?:或|or |maybe|看情况|不一定)/.test(rest)) return noVote("two-values");
  return vote(answer, cutComment(reply.shown, tail.end));
}

function endsHere(text: string, at: number): boolean {
  const { end, gap } = skipGap(text, at);
  return gap !== "none" || end === text.length;
}

/** Particles and the same answer said again (要要要, 是的是的). */
function skipSame(
  text: string,
  answer: Answer,
  context: ReadingContext,
): { readonly end: number; readonly gap: Gap } {
  let end = answer.end;
  let last: Gap = "none";
  for (let count = 0; count < 6; count += 1) {
    const particle = last === "none" ? wordAt(text, end, PARTICLES) : null;
    if (particle !== null && particle !== "得了") {
      end += particle.length;
      continue;
    }
    const gap = skipGap(text, end);
    if (gap.end > end) {
      end = gap.end;
      last = strongerGap(last, gap.gap);
      continue;
    }
    const again = readAnswer(text, end, context);
    if (again === null || again.value !== answer.value) break;
    end = again.end;
    last = "none";
  }
  return { end, gap: last };
}

function vote(answer: Answer, comment: string): Reading {
  return {
    ok: true,
    value: answer.value,
    ...(comment === "" ? {} : { comment }),
    confidence: "sure",
    revision: false,
  };
}
