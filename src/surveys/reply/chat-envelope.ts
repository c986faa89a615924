import { cleanWire, trimBlank } from "./normalise-reply.js";

/** A message taken apart into what it quotes and what it says itself. */
export interface QuoteParts {
  /** Display name of the quoted author; null when nothing is quoted or no name is given. */
  readonly quotedAuthor: string | null;
  /** The quoted words, possibly cut short by the client; null when nothing is quoted. */
  readonly quotedText: string | null;
  /** What the sender wrote; the whole text when nothing is quoted. */
  readonly reply: string;
}

const OPENING = new Set(["「", "『", '"', "“"]);
const CLOSING = new Set(["」", "』", '"', "”"]);
const DASHES = new Set(["-", "－", "—", "–", "─"]);
const MIN_DASHES = 5;
const MAX_NAME = 64;

/**
 * Splits a WeChat quote reply (「Name：words」, a line of 15 or 16 spaced dashes, the reply) and
 * Slack's `> quoted` lines from the reply. Takes full- and half-width colons, straight quotes,
 * `<br/>` and cut-off quotes; a text without a quote comes back whole.
 */
export function stripQuote(text: string): QuoteParts {
  const clean = trimBlank(cleanWire(text));
  if (OPENING.has(clean[0] ?? "")) return stripWechatQuote(clean);
  if (clean.startsWith(">")) return stripSlackQuote(clean);
  return { quotedAuthor: null, quotedText: null, reply: clean };
}

function stripWechatQuote(text: string): QuoteParts {
  const lines = text.split("\n");
  const rule = findRule(lines);
  if (rule < 0) return { quotedAuthor: null, quotedText: null, reply: text };
  const header = trimBlank(lines.slice(0, rule).join("\n"));
  const closed = CLOSING.has(header.at(-1) ?? "");
  const inside = header.slice(1, closed ? -1 : undefined);
  const reply = trimBlank(lines.slice(rule + 1).join("\n"));
  const colon = firstColon(inside);
  if (colon < 0) return { quotedAuthor: null, quotedText: trimBlank(inside), reply };
  return {
    quotedAuthor: trimBlank(inside.slice(0, colon)),
    quotedText: trimBlank(inside.slice(colon + 1)),
    reply,
  };
}

/** The dash line that ends the outermost quote: the last one right after a closing mark, else the first. */
function findRule(lines: readonly string[]): number {
  let first = -1;
  let closing = -1;
  for (let i = 1; i < lines.length; i += 1) {
    if (!isRule(lines[i] ?? "")) continue;
    if (first < 0) first = i;
    if (CLOSING.has(trimBlank(lines[i - 1] ?? "").at(-1) ?? "")) closing = i;
  }
  return closing < 0 ? first : closing;
}

function isRule(line: string): boolean {
  let dashes = 0;
  for (const character of line) {
    if (DASHES.has(character)) dashes += 1;
    else if (character !== " " && character !== "\u2005" && character !== "\u3000") return false;
  }
  return dashes >= MIN_DASHES;
}

function firstColon(text: string): number {
  const end = Math.min(text.length, MAX_NAME);
  for (let i = 0; i < end; i += 1) if (text[i] === "：" || text[i] === ":") return i;
  return -1;
}

function stripSlackQuote(text: string): QuoteParts {
  const lines = text.split("\n");
  let end = 0;
  while (end < lines.length && (lines[end] ?? "").startsWith(">")) end += 1;
  const quoted = lines.slice(0, end).map((line) => trimBlank(line.slice(1)));
  return {
    quotedAuthor: null,
    quotedText: trimBlank(quoted.join("\n")),
    reply: trimBlank(lines.slice(end).join("\n")),
  };
}

/** Who a text calls with an @, and the text without those calls. */
export interface MentionParts {
  readonly mentionsBot: boolean;
  readonly mentionsOther: boolean;
  readonly text: string;
}

const SLACK_MENTION = /^<([@!])([^<>|\s]{1,64})(?:\|[^<>]{0,80})?>/;

/**
 * Takes @mentions out of a text. A name ends at U+2005, a space, punctuation, or where one of
 * `botNames` ends (so 「@小助手5分」 works); Slack's `<@U123>` is the bot when `botNames` holds the id.
 * An @ inside an address such as a@b.c stays.
 */
export function stripMention(text: string, botNames: readonly string[]): MentionParts {
  const names = [...botNames].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  let mentionsBot = false;
  let mentionsOther = false;
  let out = "";
  let at = 0;
  while (at < text.length) {
    const found = readMention(text, at, names);
    if (found === null) {
      out += text[at];
      at += 1;
      continue;
    }
    if (found.bot) mentionsBot = true;
    else mentionsOther = true;
    // A blank keeps the words on both sides apart: 5@小助手4 must not become 54.
    out += " ";
    at = found.end;
  }
  return { mentionsBot, mentionsOther, text: trimBlank(out) };
}

interface Mention {
  readonly bot: boolean;
  readonly end: number;
}

function readMention(text: string, at: number, names: readonly string[]): Mention | null {
  const character = text[at];
  if (character === "<") return readSlackMention(text, at, names);
  if (character !== "@" && character !== "＠") return null;
  const bot = names.find((name) => text.startsWith(name, at + 1));
  if (bot !== undefined) return { bot: true, end: at + 1 + bot.length };
  if (isInAddress(text, at)) return null;
  let end = at + 1;
  while (end < text.length && end - at <= MAX_NAME && !isNameEnd(text.charAt(end))) end += 1;
  return end === at + 1 ? null : { bot: false, end };
}

function isInAddress(text: string, at: number): boolean {
  return /^[a-z0-9._]@[a-z0-9]$/i.test(text.slice(Math.max(0, at - 1), at + 2));
}

function readSlackMention(text: string, at: number, names: readonly string[]): Mention | null {
  const match = SLACK_MENTION.exec(text.slice(at, at + 160));
  if (match === null) return null;
  const bot = match[1] === "@" && names.includes(match[2] ?? "");
  return { bot, end: at + match[0].length };
}

function isNameEnd(character: string): boolean {
  return /[\s\u2005\u00a0,，。!！?？:：;；@＠<>]/.test(character);
}
