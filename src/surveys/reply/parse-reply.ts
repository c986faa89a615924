import { readEntry } from "./chain-votes.js";
import { stripMention, stripQuote } from "./chat-envelope.js";
import { readGapReply } from "./gap-reply.js";
import { readLabelReply } from "./label-reply.js";
import { asksQuestion, explainNone, isNumberSlang } from "./none-reason.js";
import { cleanWire, foldReply, type NormalisedReply, normaliseReply } from "./normalise-reply.js";
import { readOptionReply } from "./option-reply.js";
import { hasChainTag, MAX_CHAIN_LENGTH, parseJielong } from "./parse-jielong.js";
import {
  type NoneReason,
  noVote,
  type Reading,
  type ReadingContext,
  type ReplyChain,
  type ReplyContext,
  type ReplyNone,
  type ReplyParse,
} from "./reply-parse.js";
import { SCORE_RANGES, type Scale } from "./scale.js";
import { readScoreReply } from "./score-reply.js";
import { readThumbs } from "./thumbs.js";
import { speaksOf, topicMatches } from "./topic-match.js";
import { readYesNoReply } from "./yesno-reply.js";

/** Longest message that is read as a reply, in UTF-16 units. */
export const MAX_REPLY_LENGTH = 20_000;

/** Names that the bot answers to when the caller gives none. */
export const DEFAULT_BOT_NAMES: readonly string[] = ["小助手", "团购小助手"];

/**
 * Reads what a chat message means as an answer to a question of the given scale. The whole message
 * must fit the grammar; whatever could also mean something else (a time, an order, a question, two
 * values) is no vote. Pure, never throws, linear in the length of the text.
 */
export function parseReply(text: string, scale: Scale, context: ReplyContext = {}): ReplyParse {
  const chained = context.isChain === true || hasChainTag(text);
  if (text.length > (chained ? MAX_CHAIN_LENGTH : MAX_REPLY_LENGTH)) return none("too-long", false);
  const pollText = foldReply(cleanWire(context.pollText ?? ""));
  if (chained) {
    const chain = readChain(text, scale, { ...context, pollText });
    if (chain !== null) return chain;
  }
  return readMessage(text, scale, { ...context, pollText });
}

function none(reason: NoneReason, direct: boolean): ReplyNone {
  return { kind: "none", reason, askBack: direct && !SETTLED.has(reason) };
}

/** Reasons after which nothing needs asking: the member thanked, or spoke to somebody else. */
const SETTLED: ReadonlySet<NoneReason> = new Set([
  "acknowledgement",
  "quoted-other",
  "mention-other",
  "too-long",
  "command",
]);

type FoldedContext = ReplyContext & { readonly pollText: string };

function readChain(text: string, scale: Scale, context: FoldedContext): ReplyChain | null {
  const chain = parseJielong(text, context.isChain === true);
  if (chain === null) return null;
  const matches = context.countChain === true || topicMatches(chain.topic, scale, context.pollText);
  const reading: ReadingContext = {
    direct: true,
    askedForOne: false,
    withinLabelWindow: true,
    pollText: context.pollText,
  };
  const read = (reply: NormalisedReply): Reading => readScale(reply, scale, reading);
  return {
    kind: "jielong",
    topicMatches: matches,
    entries: chain.entries.map((entry) => readEntry(entry, read)),
  };
}

function readMessage(text: string, scale: Scale, context: FoldedContext): ReplyParse {
  const addressed = readAddress(text, context);
  if ("reason" in addressed) return none(addressed.reason, false);
  const { direct } = addressed;
  const reply = normaliseReply(addressed.text);
  const reading = readScale(reply, scale, {
    direct,
    askedForOne: context.askedForOne === true,
    withinLabelWindow: context.withinLabelWindow !== false,
    pollText: context.pollText,
  });
  if (!reading.ok) return none(explain(reading.reason, reply.folded), direct);
  const { value, confidence, revision } = reading;
  const comment = reading.comment === undefined ? {} : { comment: reading.comment };
  return { kind: "vote", value, ...comment, direct, confidence, revision };
}

/** The words after quote and mention, and whether they are addressed to the bot. */
type Address =
  | { readonly text: string; readonly direct: boolean }
  | { readonly reason: NoneReason };

function readAddress(text: string, context: FoldedContext): Address {
  const names = context.botNames ?? DEFAULT_BOT_NAMES;
  const quote = stripQuote(text);
  const quotesBot = quote.quotedAuthor !== null && names.includes(quote.quotedAuthor);
  if (quote.quotedAuthor !== null && !quotesBot) return { reason: "quoted-other" };
  if (quotesBot && quotesAnotherPoll(quote.quotedText ?? "", context.pollText)) {
    return { reason: "quoted-other" };
  }
  const mention = stripMention(quote.reply, names);
  if (mention.mentionsOther) return { reason: "mention-other" };
  const direct = context.direct === true || quotesBot || mention.mentionsBot;
  return { text: mention.text, direct };
}

function quotesAnotherPoll(quotedText: string, pollText: string): boolean {
  return pollText !== "" && quotedText !== "" && !speaksOf(quotedText, pollText);
}

/** A grammar that only knows that it did not match leaves the naming to {@link explainNone}. */
function explain(reason: NoneReason, folded: string): NoneReason {
  if (reason === "out-of-scale" && isNumberSlang(folded)) return "slang";
  return reason === "not-a-reply" || reason === "quantity" ? explainNone(folded) : reason;
}

function readScale(given: NormalisedReply, scale: Scale, context: ReadingContext): Reading {
  const reply = unwrap(given);
  if (reply.folded === "") return noVote("empty");
  if (scale.kind === "text") return readText(reply, context);
  const thumbs = context.direct ? readThumbs(reply.folded, scale) : null;
  if (thumbs !== null) return thumbs;
  if (asksQuestion(reply.folded)) return noVote("question");
  switch (scale.kind) {
    case "csat":
    case "ces":
      return readRating(reply, scale.kind, context);
    case "nps":
      return readScore(reply, "nps", context);
    case "gap":
      return readGapReply(reply, context);
    case "yesno":
      return readYesNoReply(reply, context);
    case "choice":
    case "multi":
      return readOptionReply(reply, scale, context);
  }
}

function readScore(
  reply: NormalisedReply,
  kind: "csat" | "nps" | "ces",
  context: ReadingContext,
): Reading {
  return readScoreReply(reply, { kind, range: SCORE_RANGES[kind] }, context);
}

/**
 * A message that is nothing but a label goes first (十分满意 is no 十分). A label with a comment is
 * tried only when no score was found at all: a bad score is not saved by a label.
 */
function readRating(
  reply: NormalisedReply,
  kind: "csat" | "ces",
  context: ReadingContext,
): Reading {
  const label = readLabelReply(reply, kind, context);
  if (isWholeLabel(label)) return label;
  const score = readScore(reply, kind, context);
  return score.ok || score.reason !== "not-a-reply" ? score : label;
}

function isWholeLabel(label: Reading): boolean {
  return label.ok ? label.comment === undefined : label.reason === "label-late";
}

/** Words are an answer only when the bot was addressed: everything in a chat is words. */
function readText(reply: NormalisedReply, context: ReadingContext): Reading {
  if (!context.direct) return noVote("not-direct");
  return { ok: true, value: reply.shown, confidence: "sure", revision: false };
}

const WRAPPERS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ['"', '"'],
  ["'", "'"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
]);

/** Takes one pair of brackets or quotation marks off a message that is wrapped in them. */
function unwrap(reply: NormalisedReply): NormalisedReply {
  const { folded, shown } = reply;
  const closer = WRAPPERS.get(folded[0] ?? "");
  if (closer === undefined || folded.length < 3) return reply;
  if (folded.indexOf(closer, 1) !== folded.length - 1) return reply;
  return { shown: shown.slice(1, -1), folded: folded.slice(1, -1) };
}
