import type { ConversationRef } from "#src/platform/conversation.js";
import type { Author, InboundEvent, Quote } from "#src/platform/inbound-event.js";
import type { WireMessage } from "./wechat-bot.js";
import { LONGEST_ID } from "./wechat-ids.js";
import { type QuotedText, readQuote } from "./wechat-quote.js";
import { isMarkup, isRecall, listInMarkup, recalledIds, referredQuote } from "./wechat-xml.js";
import { plainText } from "./wire-text.js";

/** What is known of a message besides itself. */
export interface Hearer {
  /** The id of the event that a line becomes: the same when it comes again. */
  readonly eventId: string;
  readonly conversation: ConversationRef;
  readonly author: Author;
  readonly isDirect: boolean;
  /** The bot's own id in this log-in. */
  readonly self: string;
  /** The name that the core knows the bot by. */
  readonly botName: string;
  /** Every name by which people may quote or mention the bot: configured, of the account, in this room. */
  readonly ownNames: readonly string[];
  /** True when a message with this id was heard in this run. */
  readonly knows: (messageId: string) => boolean;
}

/** What a message is to us; `unreadable` is counted, and nothing of it is kept. */
export type HeardMessage =
  | { readonly kind: "event"; readonly event: InboundEvent }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable" };

const NOTHING: HeardMessage = { kind: "nothing" };
const UNREADABLE: HeardMessage = { kind: "unreadable" };
const LIST_TAG = /#\s?(?:接龙|接龍|Group ?Note)/i;
/** What some puppets put among the mentions when everybody is called. */
const EVERYBODY = "notify@all";
const AFTER_NAME = /^(?:$|[\s\u2005\u00a0,，。.!！?？:：;；、@])/;

function isUsable(id: string): boolean {
  return id !== "" && id.length <= LONGEST_ID && !/\p{Cc}/u.test(id);
}

/** One message of a room that is served, or of somebody alone, as an event. Pure. */
export function translateMessage(wire: WireMessage, hearer: Hearer): HeardMessage {
  if (!isUsable(wire.id) || !isUsable(wire.from)) return UNREADABLE;
  switch (wire.kind) {
    case "recall":
      return recalled(wire, hearer);
    case "media":
      return said(wire, hearer, { text: "", quote: null, hasMedia: true });
    case "list":
      return listed(wire, hearer);
    case "text":
      return isMarkup(wire.text) ? marked(wire, hearer) : spoken(wire, hearer);
    case "other":
      return isMarkup(wire.text) && isRecall(wire.text) ? recalled(wire, hearer) : NOTHING;
  }
}

/** A text that is markup: a recall or a quote of newer clients; the rest is of the platform itself. */
function marked(wire: WireMessage, hearer: Hearer): HeardMessage {
  if (isRecall(wire.text)) return recalled(wire, hearer);
  const referred = referredQuote(wire.text);
  if (referred === null) return UNREADABLE;
  const quote = { ...referred, text: referred.text === null ? null : plainText(referred.text) };
  return said(wire, hearer, { text: plainText(referred.reply), quote, hasMedia: false });
}

function spoken(wire: WireMessage, hearer: Hearer): HeardMessage {
  const text = plainText(wire.text);
  const quote = readQuote(text);
  return said(wire, hearer, { text: quote?.reply ?? text, quote, hasMedia: false });
}

/** A #接龙 list; the tag says so to the core where only the message's type told it. */
function listed(wire: WireMessage, hearer: Hearer): HeardMessage {
  const raw = isMarkup(wire.text) ? listInMarkup(wire.text) : wire.text;
  if (raw === null) return UNREADABLE;
  const text = plainText(raw);
  const tagged = LIST_TAG.test(text.slice(0, 2_000)) ? text : `#接龙\n${text}`;
  return said(wire, hearer, { text: tagged, quote: null, hasMedia: false });
}

interface Spoken {
  readonly text: string;
  readonly quote: Pick<QuotedText, "author" | "text"> | null;
  readonly hasMedia: boolean;
}

function said(wire: WireMessage, hearer: Hearer, { text, quote, hasMedia }: Spoken): HeardMessage {
  const { eventId, conversation, author, isDirect } = hearer;
  const mention = mentioned(text, wire.mentions, hearer);
  return {
    kind: "event",
    event: {
      kind: "message",
      eventId,
      at: wire.at,
      conversation,
      author,
      text: mention.text,
      message: { conversation, messageId: wire.id },
      mentionsBot: mention.ofBot,
      isDirect,
      ...(quote === null ? {} : { repliesTo: quoteOf(quote, hearer) }),
      ...(hasMedia ? { hasMedia } : {}),
    },
  };
}

function quoteOf({ author, text }: Spoken["quote"] & object, { ownNames }: Hearer): Quote {
  return {
    ...(author === null ? {} : { ofBot: ownNames.includes(author) }),
    ...(text === null ? {} : { text }),
  };
}

/**
 * Whether a text calls the bot, and the text with the bot's names replaced by the one that the core
 * knows. Names may hold blanks, which puppets do not see; a call to everybody is no call to the bot.
 */
function mentioned(
  text: string,
  mentions: readonly string[],
  { self, botName, ownNames }: Hearer,
): { readonly text: string; readonly ofBot: boolean } {
  const people = mentions.filter((id) => id !== EVERYBODY);
  const named = people.includes(self);
  // The puppet named others only: then a name must stand for itself, or it is the start of another.
  const strict = people.length > 0 && !named;
  let shown = text;
  let ofBot = named;
  for (const name of ownNames) {
    const parts = splitAtName(shown, name, strict);
    if (parts.length < 2) continue;
    ofBot = true;
    shown = parts.join(`@${botName}`);
  }
  return { text: shown, ofBot };
}

function splitAtName(text: string, name: string, strict: boolean): readonly string[] {
  if (name === "" || !text.includes(name)) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(name, 1); at > 0; at = text.indexOf(name, at + name.length)) {
    const called = text[at - 1] === "@" || text[at - 1] === "＠";
    const ends = !strict || AFTER_NAME.test(text.slice(at + name.length, at + name.length + 1));
    if (!called || !ends) continue;
    parts.push(text.slice(from, at - 1));
    from = at + name.length;
  }
  return [...parts, text.slice(from)];
}

function recalled(wire: WireMessage, { conversation, author, knows }: Hearer): HeardMessage {
  const ids = recalledIds(wire.text);
  const messageId = ids.find(knows) ?? ids[0];
  if (messageId === undefined) return UNREADABLE;
  const message = { conversation, messageId };
  return {
    kind: "event",
    event: {
      kind: "recalled",
      eventId: `recalled:${messageId}`,
      at: wire.at,
      conversation,
      author,
      message,
    },
  };
}
