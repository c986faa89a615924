import { foldReply } from "./normalise-reply.js";
import { isScoreKind, type Scale } from "./scale.js";

const MAX_COMPARED = 600;
const OVERLAP = 0.5;

/** Letters, digits and Chinese characters of a text, folded, at most 600. */
function essence(text: string): string {
  return foldReply(text.slice(0, MAX_COMPARED * 2))
    .replace(/[^\p{L}\p{N}]/gu, "")
    .slice(0, MAX_COMPARED);
}

/**
 * True when `text` (a quote, possibly cut off, or a list's heading) speaks of the posted question:
 * at least half of its neighbouring character pairs occur in `pollText`.
 */
export function speaksOf(text: string, pollText: string): boolean {
  const words = essence(text);
  const poll = essence(pollText);
  if (words.length === 0 || poll.length === 0) return false;
  if (poll.includes(words) || words.includes(poll)) return true;
  const known = pairs(poll);
  const found = [...pairs(words)];
  const shared = found.filter((pair) => known.has(pair)).length;
  return found.length > 0 && shared / Math.min(found.length, known.size) >= OVERLAP;
}

function pairs(text: string): Set<string> {
  const set = new Set<string>();
  for (let i = 0; i + 1 < text.length; i += 1) set.add(text.slice(i, i + 2));
  return set;
}

const SALE =
  /[¥￥]|\d ?(?:元|块|米)|\/ ?(?:盒|斤|箱|份|袋|件)|到货|截单|截团|开团|下单|订购|预订|规格|包邮|自提价|团购价|今日团|名额/;
const RATING =
  /满意|打分|评分|评价|几分|打几|反馈|调查|推荐|星|score|rat(?:e|ing)|survey|satisf|recommend/i;
const GAP = /预期|期望|期待|想象|expect/i;
const YES_NO = /吗|是否|有没有|参加|报名|要不要|会不会|愿意|解决|yes|no\b/i;
const VOTING = /投票|想团|想吃|选|哪|什么|vote|choose|pick|which/i;

/**
 * True when the heading of a list is that of the posted question rather than of an order. With the
 * poll's own words the two are compared; without them the heading must use words of the scale.
 */
export function topicMatches(topic: string, scale: Scale, pollText: string): boolean {
  if (topic === "") return false;
  if (pollText !== "") return speaksOf(topic, pollText);
  if (scale.kind === "choice" || scale.kind === "multi") return namesOptions(topic, scale.options);
  if (SALE.test(topic)) return false;
  if (isScoreKind(scale.kind)) return RATING.test(topic);
  return scale.kind === "gap" ? GAP.test(topic) : YES_NO.test(topic);
}

function namesOptions(topic: string, options: readonly { readonly label: string }[]): boolean {
  const named = options.filter((option) => topic.includes(option.label)).length;
  return named * 2 >= options.length || (VOTING.test(topic) && !SALE.test(topic));
}
