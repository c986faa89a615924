/** A reply made uniform: `shown` keeps the member's words, `folded` is what the grammar matches. */
export interface NormalisedReply {
  /** Without entities, markup and invisible characters; comments are cut from it. */
  readonly shown: string;
  /** Same length as `shown`: half width, lower-case ASCII, simplified characters of the grammar. */
  readonly folded: string;
}

const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/gi;
const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
const BREAK = /<br ?\/?>/gi;
const IMAGE = /<img [^<>]{0,400}>/gi;
const IMAGE_FACE = /\[([^[\]\s]{1,12})\]/;
const SINGLE_IN_BRACKETS = /\[(10|[a-z0-9])\]/gi;
const HALF_SIGN = /(\d)½/g;

/** Undoes what the chat clients put on the wire: entities, `<br/>`, and faces sent as `<img>`. */
export function cleanWire(text: string): string {
  let clean = text.includes("&") ? text.replace(ENTITY, decodeEntity) : text;
  if (clean.includes("<")) {
    clean = clean.replace(BREAK, "\n").replace(IMAGE, (tag) => {
      const face = IMAGE_FACE.exec(tag);
      return face === null ? "" : `[${face[1] ?? ""}]`;
    });
  }
  return clean;
}

function decodeEntity(whole: string, name: string): string {
  const named = NAMED_ENTITIES[name.toLowerCase()];
  if (named !== undefined) return named;
  const hex = name[1] === "x" || name[1] === "X";
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  const usable = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return usable ? String.fromCodePoint(code) : whole;
}

/** Runs of digits or letters that Unicode draws inside a circle, a bracket or with a full stop. */
const DRAWN_RUNS: readonly (readonly [first: number, last: number, start: number])[] = [
  [0x2460, 0x2469, 1],
  [0x2474, 0x247d, 1],
  [0x2488, 0x2491, 1],
  [0x24f5, 0x24fe, 1],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x3220, 0x3229, 1],
  [0x3280, 0x3289, 1],
];
const LETTER_RUNS: readonly number[] = [0x24b6, 0x24d0, 0x1f130, 0x1f150, 0x1f170];

function drawnForm(code: number): string | null {
  for (const [first, last, start] of DRAWN_RUNS) {
    if (code >= first && code <= last) return String(code - first + start);
  }
  for (const first of LETTER_RUNS) {
    if (code >= first && code < first + 26) return String.fromCharCode(0x41 + code - first);
  }
  if (code === 0x24ea || code === 0x24ff) return "0";
  return code === 0x1f51f ? "10" : null;
}

type CodeRun = readonly [first: number, last: number];

/** Zero-width and direction marks, the keycap's frame, controls that are no blanks. */
const INVISIBLE: readonly CodeRun[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x7f],
  [0xad, 0xad],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0x20e3, 0x20e3],
  [0xfe0e, 0xfe0e],
  [0xfeff, 0xfeff],
];
const WIDE_SPACES: readonly CodeRun[] = [
  [0x09, 0x09],
  [0xa0, 0xa0],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

function isIn(code: number, runs: readonly CodeRun[]): boolean {
  return runs.some(([first, last]) => code >= first && code <= last);
}

function isPlainCharacter(code: number): boolean {
  return (code > 0x20 && code < 0x7f) || (code >= 0x4e00 && code <= 0x9fff);
}

/**
 * Makes a reply uniform before it is matched: circled digits, keycaps and 🔟 become digits, all
 * kinds of space become one kind, invisible characters go, Slack's `*5*` and `` `5` `` lose their
 * marks. Accepts any string, lone surrogates included; takes time in proportion to its length.
 */
export function normaliseReply(text: string): NormalisedReply {
  const shown = trimBlank(unmark(expandCharacters(cleanWire(text)))).replace(
    SINGLE_IN_BRACKETS,
    "$1",
  );
  return { shown, folded: foldReply(shown) };
}

function expandCharacters(text: string): string {
  let out = "";
  let afterAscii = false;
  for (const character of text.replace(HALF_SIGN, "$1.5")) {
    const code = character.codePointAt(0) ?? 0;
    // A variation selector after a digit or a letter only asks for the coloured drawing.
    if (code === 0xfe0f && afterAscii) continue;
    const next = expandCharacter(character, code);
    out += next;
    if (next !== "") afterAscii = (next.codePointAt(0) ?? 0) < 0x80;
  }
  return out.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll(":star:", "⭐");
}

function expandCharacter(character: string, code: number): string {
  if (isPlainCharacter(code)) return character;
  if (isIn(code, INVISIBLE)) return "";
  if (isIn(code, WIDE_SPACES)) return " ";
  if (code === 0x2028 || code === 0x2029) return "\n";
  return drawnForm(code) ?? character;
}

const MARKS = new Set(["*", "`", "_"]);

/** Takes Slack's emphasis marks off words that are wrapped in them; `~5~` (struck out) stays. */
function unmark(text: string): string {
  if (!text.includes("*") && !text.includes("`") && !text.includes("_")) return text;
  return text
    .split("\n")
    .map((line) => line.split(" ").map(unwrapMarks).join(" "))
    .join("\n");
}

function unwrapMarks(word: string): string {
  let from = 0;
  let to = word.length;
  while (to - from > 2 && MARKS.has(word[from] ?? "") && word[from] === word[to - 1]) {
    from += 1;
    to -= 1;
  }
  return word.slice(from, to);
}

const TRADITIONAL =
  "滿满點点顆颗個个還还錯错給给評评選选對对沒没會会參参號号樓楼塊块兩两這这總总體体覺觉應应該该為为請请記记謝谢馬马湊凑將将實实絕绝過过極极級级質质價价預预較较無无進进購购買买來来時时間间鐘钟歲岁嗎吗單单處处應应決决辦办員员團团長长陸陆貳贰參叁";

const FOLDS: ReadonlyMap<string, string> = buildFolds();

function buildFolds(): Map<string, string> {
  const folds = new Map<string, string>([
    ["’", "'"],
    ["‘", "'"],
    ["“", '"'],
    ["”", '"'],
    ["【", "("],
    ["】", ")"],
    ["〔", "("],
    ["〕", ")"],
    ["～", "~"],
    ["〜", "~"],
    ["﹣", "-"],
    ["−", "-"],
  ]);
  for (let i = 0; i + 1 < TRADITIONAL.length; i += 2) {
    const from = TRADITIONAL[i] ?? "";
    // 參 is both 参 (to take part) and 叁 (three); the verb is the common one.
    if (!folds.has(from)) folds.set(from, TRADITIONAL[i + 1] ?? "");
  }
  return folds;
}

/** Folds width, case and script one code unit to one, so that positions match the input's. */
export function foldReply(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x41 && code <= 0x5a) out += String.fromCharCode(code + 32);
    else if (code < 0x80) out += text[i];
    else if (code >= 0xff01 && code <= 0xff5e) out += foldWide(code - 0xfee0);
    else out += FOLDS.get(text[i] ?? "") ?? text[i];
  }
  return out;
}

function foldWide(code: number): string {
  return String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 32 : code);
}

/** Cuts blanks and line ends from both sides without a regular expression. */
export function trimBlank(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** True for a space of any width, a tab or a line end. */
export function isBlank(character: string | undefined): boolean {
  return character !== undefined && BLANKS.has(character);
}

const BLANKS = new Set([..." \n\t\r\u00a0\u2005\u3000"]);
