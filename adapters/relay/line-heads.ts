import type { SaidTime } from "./pasted-line.js";
import { isSystemLine } from "./system-lines.js";
import { type DateOrder, readTime } from "./time-words.js";

/** The forms in which chat programs write who said something. */
export const FORMS = [
  "bracket",
  "dash",
  "time-name",
  "name-time",
  "time-below",
  "colon",
  "known-name",
  "block",
] as const;
export type Form = (typeof FORMS)[number];

/** The beginning of a message: who, when as far as it stands there, and what stands behind it. */
export interface Head {
  /** Null for what the chat program says itself. */
  readonly name: string | null;
  readonly said: SaidTime | null;
  /** Words in the same line; null when the line holds the head alone. */
  readonly words: string | null;
}

/** What the forms need to know besides the line. */
export interface HeadContext {
  readonly order: DateOrder;
  /** Display names that are known in the group already. */
  readonly names: ReadonlySet<string>;
}

const LONGEST_NAME = 48;
const LONGEST_TIME = 44;
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Words before a colon that are no name. */
const LABEL =
  /^(?:地址|备注|电话|手机|微信|时间|日期|地点|注意|温馨提示|提示|通知|公告|价格|单价|规格|数量|总价|合计|合共|产地|品名|名称|例|例如|比如|示例|格式|链接|网址|内容|主题|回复|答|问|注|ps|p\.s|note|notes|address|phone|tel|time|date|price|total|size|reply|re|fw|fwd|https?|ftp|mailto)$/i;
const LIST_ENTRY = /^ {0,4}\d{1,3} {0,2}[.)、．）]/;

function clean(line: string): string {
  return line.replaceAll(MARKS, "").replaceAll("\u00a0", " ").trimEnd();
}

/** True for what may be a display name: short, and no sentence. */
export function isName(text: string): boolean {
  const name = text.trim();
  return (
    name !== "" &&
    name.length <= LONGEST_NAME &&
    !/[。！？，,；;!?\n]/.test(name) &&
    !/^[[<「『【(（#]/.test(name) &&
    !/^\d{1,2}$/.test(name) &&
    !LIST_ENTRY.test(`${name} `) &&
    !LABEL.test(name)
  );
}

/** Name and words around the first colon, or null. */
function splitColon(text: string): { readonly name: string; readonly words: string } | null {
  const at = text.slice(0, LONGEST_NAME + 1).search(/[:：]/);
  if (at <= 0) return null;
  const name = text.slice(0, at).trim();
  const words = text.slice(at + 1);
  if (!isName(name) || words.startsWith("//") || (/\d$/.test(name) && /^\d{2}(?!\d)/.test(words)))
    return null;
  return { name, words: words.trim() };
}

/** What follows the time of an export: a name with words, or a line of the program. */
function afterTime(rest: string, said: SaidTime): Head {
  const colon = rest.search(/: |[:：]/);
  if (colon > 0 && colon <= LONGEST_NAME * 2 && !isSystemLine(rest)) {
    const words = rest.slice(colon + 1).trim();
    return { name: rest.slice(0, colon).trim(), said, words };
  }
  return { name: null, said, words: rest.trim() };
}

type ReadHead = (line: string, next: string, context: HeadContext) => Head | null;

/** `[20/11/2026, 19:03:12] Name: words` */
const bracket: ReadHead = (line, _, { order }) => {
  const match = /^\[([^\]]{4,44})\] {0,2}/.exec(line);
  const said = match === null ? null : readTime(match[1] ?? "", order);
  if (match === null || said?.clock === undefined) return null;
  return afterTime(line.slice(match[0].length), said);
};

/** `2026/11/20, 19:03 - Name: words` */
const dash: ReadHead = (line, _, { order }) => {
  const at = line.slice(0, LONGEST_TIME).indexOf(" - ");
  const said = at < 8 ? null : readTime(line.slice(0, at), order);
  if (said?.clock === undefined || said.day === undefined) return null;
  return afterTime(line.slice(at + 3), said);
};

/** `2026-11-20 19:03:12 Name`, the words in the lines below; an account in brackets is dropped. */
const timeName: ReadHead = (line, _, { order }) => {
  const match =
    /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日? {1,3}\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)? {1,3}/i.exec(
      line,
    );
  const said = match === null ? null : readTime(match[0], order);
  if (match === null || said?.clock === undefined) return null;
  const rest = line.slice(match[0].length);
  const split = splitColon(rest);
  if (split !== null)
    return { name: split.name, said, words: split.words === "" ? null : split.words };
  const name = rest.replace(/[(（<][\w.@+-]{4,40}[)）>]$/, "").trim();
  return isName(name) ? { name, said, words: null } : null;
};

/** `Name 2026/11/20 19:03` */
const nameTime: ReadHead = (line, _, { order }) => {
  const text = line.trim();
  for (let at = text.indexOf(" "); at > 0 && at <= LONGEST_NAME; at = text.indexOf(" ", at + 1)) {
    const tail = text.slice(at + 1);
    if (tail.length > LONGEST_TIME) continue;
    const said = readTime(tail, order);
    const name = text.slice(0, at).replace(/[:：]$/, "");
    if (said?.clock !== undefined && isName(name) && readTime(name, order) === null)
      return { name: name.trim(), said, words: null };
  }
  return null;
};

/** A name with a line below it that is its time. */
const timeBelow: ReadHead = (line, next, { order }) => {
  const text = line.trim();
  const said = readTime(next.trim(), order);
  if (said?.clock === undefined || !isName(text) || readTime(text, order) !== null) return null;
  return splitColon(text) === null ? { name: text, said, words: null } : null;
};

/** `Name: words`, or `Name:` with the words below. */
const colon: ReadHead = (line) => {
  const split = LIST_ENTRY.test(line) ? null : splitColon(line.trim());
  if (split === null) return null;
  return { name: split.name, said: null, words: split.words === "" ? null : split.words };
};

/** A line that is the name of somebody who is known. */
const knownName: ReadHead = (line, _, { names }) =>
  names.has(line.trim()) ? { name: line.trim(), said: null, words: null } : null;

/** The first line of a paragraph, the words below it. */
const block: ReadHead = (line, next) =>
  isName(line) && next.trim() !== "" ? { name: line.trim(), said: null, words: null } : null;

const READERS: Readonly<Record<Form, ReadHead>> = {
  bracket,
  dash,
  "time-name": timeName,
  "name-time": nameTime,
  "time-below": timeBelow,
  colon,
  "known-name": knownName,
  block,
};

/** Reads a line as the beginning of a message in one form; null when it is none. Pure. */
export function readHead(
  form: Form,
  lines: readonly string[],
  at: number,
  context: HeadContext,
): Head | null {
  const line = clean(lines[at] ?? "");
  if (line.trim() === "") return null;
  if (form === "block" && (lines[at - 1] ?? "").trim() !== "") return null;
  return READERS[form](line, clean(lines[at + 1] ?? ""), context);
}
