import { isBlank } from "./normalise-reply.js";

const EDGE = new Set([...'，,。.、；;：:-—–…~()（）【】"“”「」']);
const CLOSERS: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["）", "（"],
  ["】", "【"],
  ["」", "「"],
  ["”", "“"],
]);

/** The member's words from `at` on, without the punctuation that set them apart from the vote. */
export function cutComment(shown: string, at: number): string {
  let from = at;
  let to = shown.length;
  while (from < to && isEdge(shown[from])) from += 1;
  while (to > from && (isBlank(shown[to - 1]) || isUnopened(shown, from, to - 1))) to -= 1;
  return shown.slice(from, to);
}

function isEdge(character: string | undefined): boolean {
  return isBlank(character) || EDGE.has(character ?? "");
}

/** A closing bracket whose opening one was cut off with the vote. */
function isUnopened(text: string, from: number, at: number): boolean {
  const opener = CLOSERS.get(text[at] ?? "");
  return opener !== undefined && text.lastIndexOf(opener, at - 1) < from;
}
