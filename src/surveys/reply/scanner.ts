/** Words of one class, findable by their first character, longest first. */
export type WordTable = ReadonlyMap<string, readonly string[]>;

/** Builds a {@link WordTable}; the words are in folded form. */
export function wordTable(...lists: readonly string[]): WordTable {
  const table = new Map<string, string[]>();
  for (const word of new Set(lists.flatMap((list) => list.split(/[|\n]/)))) {
    const trimmed = word.trim();
    if (trimmed === "") continue;
    const bucket = table.get(trimmed[0] ?? "");
    if (bucket === undefined) table.set(trimmed[0] ?? "", [trimmed]);
    else bucket.push(trimmed);
  }
  for (const bucket of table.values()) bucket.sort((a, b) => b.length - a.length);
  return table;
}

/** The longest word of the table that stands at `at`, or null. Latin words end at a word boundary. */
export function wordAt(text: string, at: number, table: WordTable): string | null {
  for (const word of table.get(text[at] ?? "") ?? []) {
    if (text.startsWith(word, at) && isWordEnd(text, at + word.length)) return word;
  }
  return null;
}

function isWordEnd(text: string, end: number): boolean {
  return !(isLatin(text[end - 1]) && isLatin(text[end]));
}

/** True for a–z of a folded text. */
export function isLatin(character: string | undefined): boolean {
  return character !== undefined && character >= "a" && character <= "z";
}

/** True for 0–9. */
export function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** What a sticky expression matches at `at`, or null. */
export function matchAt(text: string, at: number, pattern: RegExp): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Length of what a sticky expression matches at `at`; 0 when it does not match. */
export function lengthAt(text: string, at: number, pattern: RegExp): number {
  return matchAt(text, at, pattern)?.length ?? 0;
}

/** True when a word of one of the tables stands at `at`. */
export function hasWord(text: string, at: number, ...tables: readonly WordTable[]): boolean {
  return tables.some((table) => wordAt(text, at, table) !== null);
}

const WECHAT_FACE = /\[[^[\]\s]{1,12}\]/y;
const SLACK_FACE = /:(?:[a-z][a-z0-9_+-]{1,39}|[+-]1|100):(?::skin-tone-[2-6]:)?/y;
const STAR_FACE = /[★☆⭐🌟]/uy;
const PICTURE =
  /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200d|\ufe0f){1,40}/uy;

/** Position after one emoji (WeChat `[强]`, Slack `:tada:`, Unicode) at `at`; `at` when there is none. */
export function skipEmoji(text: string, at: number): number {
  const character = text[at] ?? "";
  if (character === "[") return at + (matchAt(text, at, WECHAT_FACE)?.length ?? 0);
  if (character === ":") return at + (matchAt(text, at, SLACK_FACE)?.length ?? 0);
  if (isOrdinary(character) || matchAt(text, at, STAR_FACE) !== null) return at;
  return at + (matchAt(text, at, PICTURE)?.length ?? 0);
}

/** ASCII and Chinese, where no emoji is: spares the common case the expression. */
function isOrdinary(character: string): boolean {
  return character < "\u00a9" || (character >= "\u3400" && character <= "\u9fff");
}

/** What separates a vote from what follows it. */
export type Gap = "none" | "blank" | "mark";

/** The stronger of two gaps. */
export function strongerGap(a: Gap, b: Gap): Gap {
  if (a === "mark" || b === "mark") return "mark";
  return a === "blank" || b === "blank" ? "blank" : "none";
}

const MARKS = new Set([..."，。！；：…—,.!;:()~、·\n'\"「」『』〈〉《》|^"]);

/** Where blanks, punctuation and emoji that start at `at` end, and the strongest gap among them. */
export function skipGap(text: string, at: number): { readonly end: number; readonly gap: Gap } {
  let end = at;
  let gap: Gap = "none";
  while (end < text.length) {
    const emoji = skipEmoji(text, end);
    if (emoji > end) {
      end = emoji;
      if (gap === "none") gap = "blank";
    } else if (text[end] === " ") {
      end += 1;
      if (gap === "none") gap = "blank";
    } else if (MARKS.has(text[end] ?? "") || isSpacedDash(text, end)) {
      end += 1;
      gap = "mark";
    } else break;
  }
  return { end, gap };
}

/** A dash counts as punctuation only after a blank or Chinese and never before a digit. */
function isSpacedDash(text: string, at: number): boolean {
  const character = text[at];
  if (character !== "-" && character !== "–") return false;
  const before = text[at - 1] ?? "";
  return (before === " " || before > "\u2e80") && !isDigit(text[at + 1]);
}
