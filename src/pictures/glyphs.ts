import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { both, type CharacterRanges, charactersOf, joined } from "./font-characters.js";

const require = createRequire(import.meta.url);

/** Stands for a character that no registered font has: the "missing character" of Chinese print. */
export const MISSING = "□";

/** One file of the font and the characters that it has. */
export interface FontSlice {
  readonly file: string;
  readonly ranges: CharacterRanges;
}

/** Files that are read at the same time. */
const READ_TOGETHER = 8;

/** A stretch of text that is drawn with letters, or one emoji by the name of its Twemoji file. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "emoji"; readonly name: string };

/** What can be drawn: letters by the font's slices, emoji by files. All of it lies on this machine. */
export interface Glyphs {
  readonly slices: readonly FontSlice[];
  covers(codePoint: number): boolean;
  hasEmoji(name: string): boolean;
  /** SVG of an emoji. */
  emoji(name: string): Promise<Uint8Array>;
}

/** Reads which characters the installed font has, from every file of it: about a third of a second. */
export async function loadGlyphs(): Promise<Glyphs> {
  const emojiFolder = path.dirname(require.resolve("@twemoji/svg/package.json"));
  const slices = await readSlices(
    require.resolve("@fontsource-variable/noto-sans-sc/unicode.json"),
  );
  const covered = joined(slices.flatMap((slice) => slice.ranges));
  const known = new Map<string, boolean>();
  const emojiFile = (name: string): string => path.join(emojiFolder, `${name}.svg`);
  return {
    slices,
    covers: (codePoint) => isIn(covered, codePoint),
    hasEmoji: (name) => {
      let found = known.get(name);
      if (found === undefined) {
        found = /^[0-9a-f-]{2,80}$/u.test(name) && existsSync(emojiFile(name));
        if (known.size < 5_000) known.set(name, found);
      }
      return found;
    },
    emoji: (name) => readFile(emojiFile(name)),
  };
}

async function readSlices(index: string): Promise<readonly FontSlice[]> {
  const folder = path.join(path.dirname(index), "files");
  const stated = Object.entries(
    JSON.parse(await readFile(index, "utf8")) as Readonly<Record<string, string>>,
  );
  const slices: FontSlice[] = [];
  for (let from = 0; from < stated.length; from += READ_TOGETHER) {
    const some = stated.slice(from, from + READ_TOGETHER).map(async ([name, ranges]) => {
      const slice = name.replace("[", "").replace("]", "");
      const file = path.join(folder, `noto-sans-sc-${slice}-wght-normal.woff2`);
      // A file also has letters that another one serves, and is said to serve some that it lacks.
      const served = joined(ranges.split(",").map(rangeOf));
      return { file, ranges: both(served, await charactersOf(await readFile(file))) };
    });
    slices.push(...(await Promise.all(some)));
  }
  return slices;
}

/** "U+4e00-4e05" or "U+4e00". */
function rangeOf(text: string): readonly [number, number] {
  const [from = "", to = from] = text.trim().replace(/^U\+/iu, "").split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

function isIn(ranges: CharacterRanges, codePoint: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle] ?? [0, -1];
    if (codePoint < from) high = middle - 1;
    else if (codePoint > to) low = middle + 1;
    else return true;
  }
  return false;
}

const GRAPHEMES = new Intl.Segmenter("zh", { granularity: "grapheme" });
const MAYBE_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3]/u;
const TEXT_BY_NATURE = /^\p{Extended_Pictographic}$/u;
const EMOJI_BY_NATURE = /\p{Emoji_Presentation}/u;
const TEXT_SELECTOR = "\uFE0E";
const EMOJI_SELECTOR = "\uFE0F";
const JOINER = "\u200D";
/** Marks that shape nothing by themselves: joiners, selectors, directions, controls, tags. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]$/u;
const BLANK = /^\s$/u;

/**
 * A text as it can be drawn: emoji apart, and in place of every letter that no slice has its plain
 * form where Unicode knows one, else {@link MISSING}. Nothing of it draws as an empty box.
 */
export function piecesOf(text: string, glyphs: Glyphs): readonly Piece[] {
  const pieces: Piece[] = [];
  let letters = "";
  for (const { segment } of GRAPHEMES.segment(text)) {
    const name = MAYBE_EMOJI.test(segment) ? emojiName(segment, glyphs) : null;
    if (name === null) {
      letters += drawable(segment, glyphs);
      continue;
    }
    if (letters !== "") pieces.push({ kind: "text", text: letters });
    letters = "";
    pieces.push({ kind: "emoji", name });
  }
  if (letters !== "") pieces.push({ kind: "text", text: letters });
  return pieces;
}

/** The Twemoji file of a grapheme, the nearest one where its exact form has none, or null for letters. */
function emojiName(segment: string, glyphs: Glyphs): string | null {
  if (segment.includes(TEXT_SELECTOR)) return null;
  const isLetter = TEXT_BY_NATURE.test(segment) && !EMOJI_BY_NATURE.test(segment);
  if (isLetter && isCovered(segment, glyphs)) return null;
  const bare = segment.replaceAll(EMOJI_SELECTOR, "");
  const [first = ""] = segment.split(JOINER);
  const [base = ""] = [...first];
  return (
    [segment, bare, first.replaceAll(EMOJI_SELECTOR, ""), base]
      .map(hexOf)
      .find((name) => glyphs.hasEmoji(name)) ?? null
  );
}

function hexOf(segment: string): string {
  return [...segment].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join("-");
}

function drawable(segment: string, glyphs: Glyphs): string {
  if (BLANK.test(segment)) return " ";
  if (isCovered(segment, glyphs)) return segment;
  const plain = segment.normalize("NFKC");
  const source = isCovered(plain, glyphs) ? plain : segment;
  let drawn = "";
  for (const letter of source) {
    if (INVISIBLE.test(letter)) continue;
    drawn += glyphs.covers(letter.codePointAt(0) ?? 0) ? letter : MISSING;
  }
  // A letter with many marks (Zalgo, Devanagari) is one gap, not one per mark.
  return drawn.includes(MISSING) ? MISSING : drawn;
}

function isCovered(letters: string, glyphs: Glyphs): boolean {
  for (const letter of letters) {
    if (!glyphs.covers(letter.codePointAt(0) ?? 0) || INVISIBLE.test(letter)) return false;
  }
  return true;
}
