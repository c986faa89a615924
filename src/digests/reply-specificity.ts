const LONGEST = 1_000;
/** When something happens: a clock time, a day, a span. */
const WHEN =
  /\d{1,2}\s?[点:：時时]|\d{1,3}\s?(?:分钟|小时|天)|今天|今晚|明天|后天|上午|下午|中午|马上|立刻|\b(?:today|tonight|tomorrow|within|minutes?|hours?|right away|by \d{1,2}|before \d{1,2})\b/iu;
/** What happens: something that is done for the customer. */
const WHAT =
  /退款|退钱|退货|退给|补发|补寄|补送|重发|换货|换新|赔|补偿|核实|查一下|联系|安排|送过去|\b(?:refund|resend|replace|exchange|compensat|check with|send (?:you|it|them)|deliver)/iu;
/** Letters that carry no matter of their own. */
const EMPTY_PAIRS = new Set([
  "我们",
  "你们",
  "一下",
  "这个",
  "那个",
  "已经",
  "没有",
  "怎么",
  "您好",
]);

/**
 * How specific a reply of staff is (F25): 0 for a stock phrase, 0.5 when it names the matter or says
 * what happens or when, 1 when it does both. Judged by words in common with the report.
 */
export function replySpecificity(reply: string, report: string): 0 | 0.5 | 1 {
  const words = reply.slice(0, LONGEST);
  const names = sharesMatter(words, report.slice(0, LONGEST));
  const tells = WHEN.test(words) || WHAT.test(words);
  if (names && tells) return 1;
  return names || tells ? 0.5 : 0;
}

function sharesMatter(reply: string, report: string): boolean {
  const known = new Set(pieces(report));
  return pieces(reply).some((piece) => known.has(piece));
}

/** Pairs of neighbouring Chinese characters, and longer words of other scripts. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  for (const run of text.match(/\p{Script=Han}+/gu) ?? []) {
    for (let at = 0; at + 2 <= run.length; at += 1) found.push(run.slice(at, at + 2));
  }
  for (const word of text.toLowerCase().match(/\p{Script=Latin}{5,30}/gu) ?? []) found.push(word);
  return found.filter((piece) => !EMPTY_PAIRS.has(piece));
}
