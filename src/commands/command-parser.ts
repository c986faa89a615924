import { type CommandName, LATIN_WORDS, PHRASES, SLIPS } from "./command-words.js";
import { editDistance } from "./edit-distance.js";
import { foldWidth, hasHan, isBlank, splitArguments, trimBlanks } from "./text-scan.js";

/** A text read as a command. */
export type ParsedCommand =
  | {
      readonly kind: "command";
      readonly name: CommandName;
      /** Words after the command; a quoted phrase is one word. */
      readonly args: readonly string[];
      /** Everything after the command as typed. */
      readonly rest: string;
      /** No blank stood between a Chinese word and what follows ("报告本周", "改进一下"). */
      readonly glued: boolean;
      /** It was said to the bot by name, slash or button, not just in a room where the bot listens. */
      readonly addressed: boolean;
    }
  /** Nearly a command: answered with a question, never carried out. */
  | {
      readonly kind: "near";
      readonly typed: string;
      readonly meant: CommandName;
      /** What the whole line would be with the right word. */
      readonly rest: string;
      readonly addressed: boolean;
    }
  | { readonly kind: "none"; readonly addressed: boolean };

/** How a text reached the bot. */
export interface Addressing {
  readonly botNames: readonly string[];
  /** Staff rooms and direct conversations: a command needs no prefix there. */
  readonly bare: boolean;
  /** The platform says that the bot was mentioned. */
  readonly mentioned?: boolean;
}

const LONGEST_COMMAND = 4_000;
/** The prefix that works on every platform. */
export const SLASH = "/huiyin";
/** Staff talk among themselves: one word that looks like a command by chance is not answered. */
const MOST_WORDS_OF_A_SLIP = 4;

/** The text without the bot's name or the slash word; null when it was not spoken to the bot. */
function unaddressed(text: string, { botNames, mentioned }: Addressing): string | null {
  const clean = trimBlanks(text);
  const folded = foldWidth(clean);
  if (folded.startsWith(SLASH)) {
    const next = clean[SLASH.length];
    return next === undefined || isBlank(next) ? trimBlanks(clean.slice(SLASH.length)) : null;
  }
  const names = botNames.filter((name) => name !== "");
  for (const name of names.toSorted((a, b) => b.length - a.length)) {
    const mention = `@${foldWidth(name)}`;
    if (folded.startsWith(mention)) return trimBlanks(clean.slice(mention.length));
    if (folded.endsWith(mention)) return trimBlanks(clean.slice(0, -mention.length));
  }
  return mentioned === true ? clean : null;
}

/** How a text goes on after a phrase; null when it does not begin with it. */
function after(folded: string, phrase: string): "end" | "blank" | "glued" | null {
  if (!folded.startsWith(phrase)) return null;
  const next = folded[phrase.length];
  if (next === undefined) return "end";
  if (isBlank(next)) return "blank";
  if (/[:.!~,?#。！，、]/.test(next)) return "blank";
  return hasHan(phrase) ? "glued" : null;
}

/** True when `word` is `phrase` with two neighbours swapped, or one letter doubled or left out. */
function isSlipOfShort(word: string, phrase: string): boolean {
  if (word.length === phrase.length) {
    return word !== phrase && [...word].sort().join("") === [...phrase].sort().join("");
  }
  const [short, long] = word.length < phrase.length ? [word, phrase] : [phrase, word];
  if (long.length - short.length !== 1) return false;
  for (let at = 1; at < long.length; at += 1) {
    if (long[at] === long[at - 1] && long.slice(0, at) + long.slice(at + 1) === short) return true;
  }
  return false;
}

/** The command whose English word is nearest; short words are only corrected where no other word is near. */
function nearestLatin(word: string): CommandName | null {
  let best: { readonly name: CommandName; readonly distance: number } | null = null;
  for (const { phrase, name } of LATIN_WORDS) {
    const limit = phrase.length >= 6 && word[0] === phrase[0] ? 2 : 1;
    const distance =
      phrase.length === 4
        ? isSlipOfShort(word, phrase)
          ? 1
          : limit + 1
        : editDistance(word, phrase, limit);
    if (distance <= limit && (best === null || distance < best.distance)) best = { name, distance };
  }
  return best?.name ?? null;
}

function nearest(word: string): CommandName | null {
  if (/^[a-z]{4,14}$/.test(word)) return nearestLatin(word);
  return SLIPS.get(word) ?? null;
}

/** Reads a text without its address. */
function readCommand(text: string, addressed: boolean): ParsedCommand {
  if (text === "") {
    return { kind: "command", name: "help", args: [], rest: "", glued: false, addressed };
  }
  const folded = foldWidth(text);
  for (const { phrase, name } of PHRASES) {
    const way = after(folded, phrase);
    if (way === null) continue;
    const rest = withoutColon(trimBlanks(text.slice(phrase.length)));
    const args = splitArguments(rest);
    return { kind: "command", name, args, rest, glued: way === "glued", addressed };
  }
  const [word = ""] = splitArguments(folded);
  const meant = nearest(word);
  if (meant === null) return { kind: "none", addressed };
  const rest = trimBlanks(trimBlanks(text).slice(word.length));
  return { kind: "near", typed: text.slice(0, word.length), meant, rest, addressed };
}

function withoutColon(text: string): string {
  return text.startsWith(":") || text.startsWith("：") ? trimBlanks(text.slice(1)) : text;
}

/**
 * Whether a text may be a command, and which. In a customers' group only what is spoken to the bot
 * can be one; ordinary chat never is. What the words after the command mean is for
 * `judgeCall` to say. Pure and linear; texts over 4,000 characters are none.
 */
export function parseCommand(text: string, addressing: Addressing): ParsedCommand {
  if (text.length > LONGEST_COMMAND) return { kind: "none", addressed: false };
  // Nearly all that a group says ends here.
  const mayBeSpoken = addressing.bare || addressing.mentioned === true || /[@＠/／]/.test(text);
  if (!mayBeSpoken) return { kind: "none", addressed: false };
  const spoken = unaddressed(text, addressing);
  if (spoken !== null) return readCommand(withoutSlash(spoken), true);
  const clean = trimBlanks(text);
  if (!addressing.bare || clean === "") return { kind: "none", addressed: false };
  const slash = clean.startsWith("/");
  const bare = readCommand(withoutSlash(clean), slash);
  const chance = bare.kind === "near" && splitArguments(clean).length > MOST_WORDS_OF_A_SLIP;
  return chance ? { kind: "none", addressed: slash } : bare;
}

function withoutSlash(text: string): string {
  return text.startsWith("/") && text.length > 1 ? text.slice(1) : text;
}

/** Reads a command that came without a prefix, by a command of the platform or by a button. */
export function parseCommandText(text: string): ParsedCommand {
  if (text.length > LONGEST_COMMAND) return { kind: "none", addressed: true };
  return readCommand(withoutSlash(trimBlanks(text)), true);
}
