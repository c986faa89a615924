/** A text taken apart into what it quotes and what its sender wrote. */
export interface QuotedText {
  /** Display name of whoever is quoted; null where the client gives none. */
  readonly author: string | null;
  /** The quoted words; null where only a picture, a video or a face was quoted. */
  readonly text: string | null;
  readonly reply: string;
}

const PAIRS: Readonly<Record<string, string>> = { "「": "」", "『": "』", '"': '"', "“": "”" };
const DASHES: ReadonlySet<string> = new Set(["-", "－", "—", "–", "─"]);
const BLANKS: ReadonlySet<string> = new Set([" ", "\u2005", "\u00a0", "\u3000", "\t"]);
/** Fewest dashes of the line that parts quote and reply; WeChat draws 15 or 16. */
const FEWEST_DASHES = 5;
const LONGEST_NAME = 64;
/** How WeChat writes what cannot be quoted in words. */
const MEDIA: ReadonlySet<string> = new Set([
  ..."图片 视频 动画表情 语音 文件 位置 链接 小程序 Photo Image Video Sticker Voice File".split(
    " ",
  ),
]);

function trim(text: string): string {
  let from = 0;
  let to = text.length;
  const blank = (at: number): boolean => text[at] === "\n" || BLANKS.has(text[at] ?? "");
  while (from < to && blank(from)) from += 1;
  while (to > from && blank(to - 1)) to -= 1;
  return text.slice(from, to);
}

function isRule(line: string): boolean {
  let dashes = 0;
  for (const character of line) {
    if (DASHES.has(character)) dashes += 1;
    else if (!BLANKS.has(character)) return false;
  }
  return dashes >= FEWEST_DASHES;
}

/**
 * The line that ends the outermost quote: a quote of a quote has two, and only the outer one stands
 * right behind the closing mark. A quote that the wire cut short has no closing mark; then the first.
 */
function ruleOf(lines: readonly string[], closing: string): number {
  let first = -1;
  let closed = -1;
  for (let at = 1; at < lines.length; at += 1) {
    if (!isRule(lines[at] ?? "")) continue;
    if (first < 0) first = at;
    if (trim(lines[at - 1] ?? "").endsWith(closing)) closed = at;
  }
  return closed < 0 ? first : closed;
}

function colonOf(text: string): number {
  const end = Math.min(text.length, LONGEST_NAME + 1);
  for (let at = 0; at < end; at += 1) {
    if (text[at] === "：" || text[at] === ":") return at;
    if (text[at] === "\n") return -1;
  }
  return -1;
}

/** The words of a quote; null for a picture and the like, with or without brackets around its word. */
function wordsOf(text: string): string | null {
  const bare = trim(text);
  const word = /^[[【](.{1,8})[\]】]$/.exec(bare)?.[1] ?? bare;
  return MEDIA.has(word) ? null : bare;
}

/**
 * A quote of which the wire kept nothing but its head: opened with a name and never closed. What was
 * answered is lost; the quoted words must not pass for the sender's own.
 */
function headOf(whole: string, closing: string): QuotedText | null {
  const colon = colonOf(whole);
  const cornered = closing === "」" || closing === "』";
  if (!cornered || colon < 0 || whole.includes(closing)) return null;
  return { author: trim(whole.slice(1, colon)), text: wordsOf(whole.slice(colon + 1)), reply: "" };
}

/**
 * Takes apart a quote as WeChat writes it into a text: 「Name：words」, a line of dashes, the reply.
 * Both widths of the colon, straight and curly quotes, cut quotes and quotes of quotes are read; null
 * for a text that quotes nothing. Line ends must be `\n` already.
 */
export function readQuote(text: string): QuotedText | null {
  const whole = trim(text);
  const closing = PAIRS[whole[0] ?? ""];
  if (closing === undefined) return null;
  const lines = whole.split("\n");
  const rule = ruleOf(lines, closing);
  if (rule < 0) return headOf(whole, closing);
  const head = trim(lines.slice(0, rule).join("\n"));
  const inside = head.slice(1, head.endsWith(closing) && head.length > 1 ? -1 : undefined);
  const reply = trim(lines.slice(rule + 1).join("\n"));
  const colon = colonOf(inside);
  if (colon < 0) return { author: null, text: wordsOf(inside), reply };
  return { author: trim(inside.slice(0, colon)), text: wordsOf(inside.slice(colon + 1)), reply };
}
