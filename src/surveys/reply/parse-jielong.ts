import { foldReply, normaliseReply, trimBlank } from "./normalise-reply.js";

/** One numbered entry of a list, with the lines that belong to it joined by line ends. */
export interface JielongEntry {
  readonly n: number;
  readonly text: string;
}

/** A #接龙 list taken apart. */
export interface Jielong {
  /** Heading lines without the tag and the example, joined by line ends; may be empty. */
  readonly topic: string;
  /** The line that shows how to answer (例 …), or null. */
  readonly example: string | null;
  readonly entries: readonly JielongEntry[];
}

/** Longest list that is read: WeChat allows 500 entries of about 150 characters. */
export const MAX_CHAIN_LENGTH = 80_000;
const MAX_ENTRIES = 500;

const TAG = /# ?(?:接龙|group ?note)/;
const ENTRY = /^ {0,4}(\d{1,3}) {0,2}([.)、,:;\-_~…，。；：）])/;
const EXAMPLE = /^(?:例如|例|示例|如|格式|样例|e\.g\.|eg|example)[ :：,，.]?/;

/** True when a text carries the tag of a WeChat list (#接龙, #Group Note). */
export function hasChainTag(text: string): boolean {
  return TAG.test(foldReply(text.slice(0, 2_000)));
}

/**
 * Takes a #接龙 list apart. Returns null when there is no tag in the heading (unless `isChain`, for
 * platforms that mark lists by message type), no entry, or more text than a list can have.
 */
export function parseJielong(text: string, isChain = false): Jielong | null {
  if (text.length > MAX_CHAIN_LENGTH) return null;
  const { heading, entries } = splitLines(normaliseReply(text).shown.split("\n"));
  const tagged = heading.some((line) => TAG.test(foldReply(line)));
  if (entries.length === 0 || !(tagged || isChain)) return null;
  return {
    ...readHeading(heading),
    entries: entries.map(({ n, lines }) => ({ n, text: trimBlank(lines.join("\n")) })),
  };
}

interface OpenEntry {
  readonly n: number;
  readonly lines: string[];
}

function splitLines(lines: readonly string[]): {
  readonly heading: readonly string[];
  readonly entries: readonly OpenEntry[];
} {
  const heading: string[] = [];
  const entries: OpenEntry[] = [];
  for (const line of lines) {
    const current = entries.at(-1);
    const entry = readEntryStart(line, current?.n ?? 0);
    if (entry !== null && entries.length < MAX_ENTRIES) entries.push(entry);
    else (current?.lines ?? heading).push(trimBlank(line));
  }
  return { heading, entries };
}

/**
 * The client numbers entries 「N. 」 without gaps. Another mark or a jump is a member's own numbering
 * inside an entry, so it continues that entry.
 */
function readEntryStart(line: string, last: number): OpenEntry | null {
  const match = ENTRY.exec(foldReply(line));
  if (match === null) return null;
  const n = Number(match[1]);
  const clientForm = match[2] === "." && line[match[0].length] === " ";
  const follows = last === 0 ? n >= 1 : n === last + 1 || (clientForm && n > last);
  return follows ? { n, lines: [trimBlank(line.slice(match[0].length))] } : null;
}

function readHeading(lines: readonly string[]): { topic: string; example: string | null } {
  const topic: string[] = [];
  let example: string | null = null;
  for (const line of lines) {
    const folded = foldReply(line);
    const tag = TAG.exec(folded);
    const words =
      tag === null
        ? line
        : trimBlank(line.slice(0, tag.index) + line.slice(tag.index + tag[0].length));
    if (words === "") continue;
    if (example === null && EXAMPLE.test(folded) && topic.length > 0) example = words;
    else topic.push(words);
  }
  return { topic: topic.join("\n"), example };
}
