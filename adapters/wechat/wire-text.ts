import { withChineseFaces } from "./face-names.js";

/** Longest text that is read, UTF-16 units: more than WeChat lets anybody type, less than a burden. */
const LONGEST_WIRE = 65_536;
const LONGEST_TAG = 600;

const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
const FACE = /\[([^[\]\s]{1,12})\]/;
const EMOJI_CLASS = /\bemoji([0-9a-f]{4,6})([0-9a-f]{4,6})?\b/i;

function decoded(whole: string, name: string): string {
  const named = NAMED[name.toLowerCase()];
  if (named !== undefined) return named;
  const hex = name[1] === "x" || name[1] === "X";
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  const usable = code > 0 && code <= 0x10_ffff && (code < 0xd8_00 || code > 0xdf_ff);
  return usable ? String.fromCodePoint(code) : whole;
}

/** The five entities of XML, `&nbsp;` and numeric ones as characters, once; anything else stays. */
export function decodeEntities(text: string): string {
  return text.includes("&") ? text.replace(ENTITY, decoded) : text;
}

/** What a tag of the wire says to a reader; null for one that is no such tag. */
function shownTag(tag: string): string | null {
  const lower = tag.slice(0, 12).toLowerCase();
  if (/^<br ?\/?>$/.test(lower)) return "\n";
  if (lower.startsWith("<img ")) {
    const face = FACE.exec(tag);
    return face === null ? "" : `[${face[1] ?? ""}]`;
  }
  if (lower.startsWith("<span ")) {
    const emoji = EMOJI_CLASS.exec(tag);
    if (emoji === null) return null;
    return [emoji[1], emoji[2]]
      .map((hex) => Number.parseInt(hex ?? "", 16))
      .filter((code) => code > 0 && code <= 0x10_ffff && (code < 0xd8_00 || code > 0xdf_ff))
      .map((code) => String.fromCodePoint(code))
      .join("");
  }
  return lower.startsWith("</span>") ? "" : null;
}

/** One pass over the text; what only looks like a tag stays as it is. */
function withoutTags(text: string): string {
  let shown = "";
  let from = 0;
  for (;;) {
    const open = text.indexOf("<", from);
    if (open < 0) break;
    shown += text.slice(from, open);
    const close = text.slice(open, open + LONGEST_TAG).indexOf(">");
    const tag = close < 0 ? null : shownTag(text.slice(open, open + close + 1));
    shown += tag ?? "<";
    from = tag === null ? open + 1 : open + close + 1;
  }
  return shown + text.slice(from);
}

/**
 * A text of the wire as the person typed it: line ends and faces that came as markup, then entities
 * (so that a typed `<br/>` stays), faces in one spelling, control characters gone. Takes any text; time
 * in proportion to its length; what is longer than 65,536 units is cut.
 */
export function plainText(raw: string): string {
  const bounded = raw.length > LONGEST_WIRE ? raw.slice(0, LONGEST_WIRE) : raw;
  const lines = bounded.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const untagged = lines.includes("<") ? withoutTags(lines) : lines;
  return withChineseFaces(decodeEntities(untagged))
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, (mark) => (mark === "\n" || mark === "\t" ? mark : ""));
}
