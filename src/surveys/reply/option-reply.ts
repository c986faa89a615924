import { cutComment } from "./cut-comment.js";
import type { NormalisedReply } from "./normalise-reply.js";
import {
  foldWeekdays,
  type ItemToken,
  type OptionList,
  optionList,
  readItem,
} from "./option-items.js";
import { type OptionRemark, optionRemarkProblem, type Picked } from "./option-remark.js";
import { INTERJECTIONS, PARTICLES, REVISIONS } from "./reply-lexicon.js";
import { type NoneReason, noVote, type Reading, type ReadingContext } from "./reply-parse.js";
import type { OptionScale } from "./scale.js";
import { isDigit, isLatin, lengthAt, matchAt, skipGap, wordAt, wordTable } from "./scanner.js";

const CHOOSING = wordTable(
  "我|俺|咱|我们|我们家|我家|俺家|选|我选|选择|我选择|选项|投|投给|投票给|我投|我投给|支持|我支持|就选|就投|只选|只投|那就|那就选|还是|还是选|我觉得|觉得|必须|肯定|果断|就|只|答案是|答案|我的答案|我的选择|我的选择是|当然|当然是|肯定是|回复|回答",
  "option|choice|answer|answer is|vote|my vote|my choice|my vote is|my choice is|i vote|i vote for|vote for|i choose|i pick|i'd pick|i'll take|i'd go with|i go with|go with|i'd say|pick|definitely|my pick is",
);
/** Wanting: fine before a letter or a label, but 要2 orders two of something. */
const WANTING = wordTable(
  "要|我要|想要|我想要|就要|只要|我只要|想选|我想选|想吃|我想吃|i want|i'd like|i would like",
);

const ALL =
  /(?:我们?)?(?:以上)?(?:全选|都有|全都有|全有|都选|都要|全要|全都要|都想要|全部|全部都要|全都选|全部选|都想吃|all of them|all of the above|everything|all)/y;
const BOTH = / ?(?:都要|都可以|都行|都选|都想要|两个都要|全要|都有|都是|都想吃|both)/y;
const LIST_JOIN = / ?(?:,|，|、|;|；|\+|&|\/|和|跟|与|及|以及|还有|加上|加|and) ?| {1,3}|\n|\. ?/y;
const ALTERNATIVE = / ?(?:或者?|还是|要么|or|vs) ?/y;
const RANGE = / ?(?:-|~|–|—{1,2}|到|至|to) ?/y;
const SUFFIX = /(?: ?选项| ?项| ?款(?!式)|,? ?please| pls| thanks?| for me)/y;
const LABEL_END =
  /(?:可以|更方便|比较方便|方便|就行|就好|就可以|最方便|最好|好一点|好点|no problem)/y;
const MAX_ITEMS = 30;

/**
 * Reads a reply to a question with listed options. Single choice takes exactly one option, multiple
 * choice one or more; a range, an alternative or an option somebody does not want is no vote.
 */
export function readOptionReply(
  reply: NormalisedReply,
  scale: OptionScale,
  context: ReadingContext,
): Reading {
  const list = optionList(scale);
  // Weekdays are folded only when that keeps every position where it was.
  const weekdays = foldWeekdays(reply.folded);
  const same = weekdays.length === reply.folded.length;
  const text = weekdays;
  const shown = same ? reply.shown : weekdays;
  const start = skipGap(text, 0);
  const all = scale.kind === "multi" ? readAll(text, start.end, scale) : null;
  if (all !== null) return all;
  const head = skipHead(text, start.end);
  const picked = readItems(text, head.end, list);
  if ("reason" in picked) return noVote(picked.reason);
  return finish({ text, shown, picked, list, scale, context, head });
}

function readAll(text: string, at: number, scale: OptionScale): Reading | null {
  const match = matchAt(text, at, ALL);
  if (match === null || skipEnd(text, at + match.length).end < text.length) return null;
  const exclusive = /^(?:都不|以上都不|没有|无|不清楚|不知道|none|not sure)/;
  const value = scale.options
    .filter((option) => !exclusive.test(option.label.toLowerCase()))
    .map((option) => option.id);
  return { ok: true, value, confidence: "sure", revision: false };
}

interface Head {
  readonly end: number;
  readonly empty: boolean;
  readonly wanting: boolean;
  readonly revision: boolean;
}

function skipHead(text: string, at: number): Head {
  let end = at;
  let words = 0;
  let wanting = false;
  let revision = false;
  for (; words < 6; words += 1) {
    const wish = wordAt(text, end, WANTING);
    const change = wordAt(text, end, REVISIONS);
    const plain = wordAt(text, end, CHOOSING) ?? wordAt(text, end, INTERJECTIONS);
    const word = longest([wish, change, plain]);
    if (word === null) break;
    wanting ||= word === wish;
    revision ||= word === change;
    end = skipGap(text, end + word.length).end;
  }
  return { end, empty: words === 0, wanting, revision };
}

function longest(words: readonly (string | null)[]): string | null {
  let best: string | null = null;
  for (const word of words) if (word !== null && word.length > (best?.length ?? 0)) best = word;
  return best;
}

function readItems(
  text: string,
  at: number,
  list: OptionList,
): Picked | { readonly reason: NoneReason } {
  const items: ItemToken[] = [];
  let end = at;
  let next = readItem(text, at, list);
  if (next === null) return { reason: "not-a-reply" };
  while (next !== null && items.length < MAX_ITEMS) {
    items.push(next);
    end = skipOwnLabel(text, next, list);
    if (end < 0) return { reason: "contradiction" };
    const turn = readTurn(text, end, list);
    if (turn !== null) return { reason: turn };
    const join = matchAt(text, end, LIST_JOIN)?.length ?? 0;
    if (join === 0 && next.form !== "label" && end === next.end) break;
    next = readItem(text, end + join, list);
  }
  return { items, end };
}

/** Takes 「A草莓」 and 「草莓A」 as one choice; 「A蓝莓」, id and label at odds, gives −1. */
function skipOwnLabel(text: string, item: ItemToken, list: OptionList): number {
  if (item.ids.length !== 1) return item.end;
  if (item.form === "label") return skipOwnId(text, item, list);
  const gap = matchAt(text, item.end, / ?[.、:：,，)）(（=-]? ?/y)?.length ?? 0;
  const option = list.byLabel.find((candidate) => text.startsWith(candidate.label, item.end + gap));
  if (option === undefined) return item.end;
  if (item.ids[0] !== option.id) return -1;
  const end = item.end + gap + option.label.length;
  return end + (matchAt(text, end, /[)）]/y)?.length ?? 0);
}

function skipOwnId(text: string, item: ItemToken, list: OptionList): number {
  const own = list.options.find((option) => option.id === item.ids[0]);
  const after = item.end + (own?.key.length ?? 0);
  const glued = own !== undefined && !list.numeric && text.startsWith(own.key, item.end);
  return glued && !isLatin(text[after]) && !isDigit(text[after]) ? after : item.end;
}

function readTurn(text: string, at: number, list: OptionList): NoneReason | null {
  const other = matchAt(text, at, ALTERNATIVE);
  if (other !== null && readItem(text, at + other.length, list) !== null) return "two-values";
  const range = matchAt(text, at, RANGE);
  return range !== null && readItem(text, at + range.length, list) !== null ? "range" : null;
}

interface Finding {
  readonly text: string;
  readonly shown: string;
  readonly picked: Picked;
  readonly list: OptionList;
  readonly scale: OptionScale;
  readonly context: ReadingContext;
  readonly head: Head;
}

function finish(finding: Finding): Reading {
  const { text, shown, picked, scale, head } = finding;
  const ids = picked.items.flatMap((item) => item.ids);
  const distinct = [...new Set(ids)];
  if (scale.kind === "choice" && distinct.length > 1) return noVote("two-values");
  const problem = idProblem(finding, ids);
  if (problem !== null) return noVote(problem);
  const tail = skipPickEnd(text, picked, distinct.length);
  const remark = tail.end < text.length ? optionRemarkProblem({ ...finding, ...tail }) : null;
  if (remark !== null) return noVote(remark);
  const comment = tail.end < text.length ? cutComment(shown, tail.end) : "";
  return {
    ok: true,
    value: scale.kind === "choice" ? (distinct[0] ?? "") : inListOrder(distinct, scale),
    ...(comment === "" ? {} : { comment }),
    confidence: "sure",
    revision: head.revision,
  };
}

function inListOrder(ids: readonly string[], scale: OptionScale): readonly string[] {
  return scale.options.map((option) => option.id).filter((id) => ids.includes(id));
}

function idProblem(finding: Finding, ids: readonly string[]): NoneReason | null {
  const { text, picked, head, list } = finding;
  const [first] = picked.items;
  const named = picked.items.some((item) => item.form === "label");
  if (ids.length > new Set(ids).size && !named) return "slang";
  if (first === undefined || first.form === "label") return null;
  if (list.numeric && head.wanting && first.form !== "ordinal") return "quantity";
  // 两 counts things; nobody picks option 两.
  if (first.form === "hanzi" && text[first.end - 1] === "两") return "quantity";
  return isReceiptOne(finding, ids) ? "acknowledgement" : null;
}

/** A bare 1 after somebody asked for 收到扣1. */
function isReceiptOne({ text, picked, context, head }: Finding, ids: readonly string[]): boolean {
  if (!context.askedForOne || context.direct || !head.empty) return false;
  return ids.length === 1 && ids[0] === "1" && skipGap(text, picked.end).end === text.length;
}

type Tail = Pick<OptionRemark, "end" | "gap">;

function skipPickEnd(text: string, picked: Picked, count: number): Tail {
  let end = picked.end;
  if (count > 1) end += lengthAt(text, end, BOTH);
  end += lengthAt(text, end, SUFFIX);
  if (picked.items.at(-1)?.form === "label") end += lengthAt(text, end, LABEL_END);
  return skipEnd(text, end);
}

function skipEnd(text: string, at: number): Tail {
  let end = at;
  for (let count = 0; count < 4; count += 1) {
    const particle = wordAt(text, end, PARTICLES);
    if (particle === null || (particle === "的" && /[\u4e00-\u9fff]/.test(text[end + 1] ?? "")))
      break;
    end += particle.length;
  }
  return skipGap(text, end);
}
