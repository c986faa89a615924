import type { ConversationRef } from "#src/platform/conversation.js";
import type { Author, MembershipEvent, MessageEvent, Quote } from "#src/platform/inbound-event.js";
import { stableId } from "#src/shared/ids.js";
import type { PastedLine } from "./pasted-line.js";
import { memberOf, plainName, RELAY } from "./relay-places.js";

/** What a line becomes an event by. */
export interface EventContext {
  readonly group: ConversationRef;
  readonly botNames: readonly string[];
  /** True for the words of something that the bot gave out, whole or cut off. */
  readonly isOwn: (text: string) => boolean;
  /** Names of people who run the shop. */
  readonly staff: ReadonlySet<string>;
  /** Who pastes: a list that nobody said comes from them. */
  readonly paster: { readonly name: string };
}

const PASTER = "#paster";

/**
 * Who said a line. A list without a sender comes from whoever pasted it, who is staff; of others the
 * directory knows whether they run the shop.
 */
export function authorOf(
  { kind, name }: Pick<PastedLine, "kind" | "name">,
  { group, paster }: Pick<EventContext, "group" | "paster">,
): Author {
  if (kind === "list" || name === null) {
    const memberId = group.conversationId + PASTER;
    return { platform: RELAY, memberId, name: paster.name, role: "staff" };
  }
  const plain = plainName(name);
  return { ...memberOf(group, plain), name: plain };
}

/** What two pastes of one line share, beside its time. */
export function markOf(
  { text, media }: Pick<PastedLine, "text" | "media">,
  author: Author,
): string {
  const words = text.normalize("NFKC").replaceAll(/\s+/g, " ").trim();
  return stableId("relay-line", author.memberId, media ? "media" : "text", words);
}

/**
 * The id of a line: by who, what and when, and which of several such lines it is. Lines that agree
 * in all three cannot be told apart, so it does not matter which of them has which number.
 */
export function lineIdOf(
  mark: string,
  time: Pick<PastedLine["time"], "key">,
  ordinal: number,
): string {
  return stableId("relay", mark, time.key, ordinal);
}

/** A line as an event of the port. Pure. */
export function messageEvent(line: PastedLine, id: string, context: EventContext): MessageEvent {
  const { group, botNames } = context;
  const author = authorOf(line, context);
  const { quote, text } = splitQuote(line.text, context);
  return {
    kind: "message",
    eventId: id,
    at: line.time.at,
    conversation: group,
    author,
    text,
    message: { conversation: group, messageId: id },
    mentionsBot: botNames.some(
      (name) => name !== "" && new RegExp(`[@＠]${escaped(name)}`).test(text),
    ),
    isDirect: false,
    ...(quote === null ? {} : { repliesTo: quote }),
    ...(line.media ? { hasMedia: true } : {}),
  };
}

/** A person is in the group, with what staff say of them. */
export function joinedEvent(
  name: string,
  {
    group,
    at,
    staff,
  }: { readonly group: ConversationRef; readonly at: number; readonly staff: boolean },
): MembershipEvent {
  const plain = plainName(name);
  const role = staff ? "staff" : "customer";
  const author: Author = { ...memberOf(group, plain), name: plain, role };
  return {
    kind: "membership",
    eventId: stableId("relay-join", author.memberId, role, at),
    at,
    conversation: group,
    author,
    change: "joined",
    who: "member",
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** True for words by which people order the bot about: a pasted name gives nobody the right to. */
export function isOrder(text: string, botNames: readonly string[]): boolean {
  const words = text.trim();
  if (/^[/／](?:huiyin|回音)/i.test(words)) return true;
  return botNames.some(
    (name) => name !== "" && (words.includes(`@${name}`) || words.includes(`＠${name}`)),
  );
}

const LONGEST_RULE = 120;

/** 「Name：words」, a line of dashes, the reply; of newer programs without the line. */
function splitQuote(
  text: string,
  { isOwn }: Pick<EventContext, "isOwn">,
): { readonly quote: Quote | null; readonly text: string } {
  if (!/^[「『]/.test(text)) return { quote: null, text };
  const lines = text.split("\n");
  const rule = lines.findIndex(
    (line, at) => at > 0 && line.length <= LONGEST_RULE && /^(?:[-－—–─] ?){5,}$/.test(line.trim()),
  );
  const end = rule >= 0 ? rule : lines.findIndex((line) => /[」』]$/.test(line.trim())) + 1;
  const reply = lines
    .slice(rule >= 0 ? rule + 1 : end)
    .join("\n")
    .trim();
  if (end <= 0 || reply === "") return { quote: null, text };
  const inside = lines
    .slice(0, end)
    .join("\n")
    .trim()
    .replace(/^[「『]/, "")
    .replace(/[」』]$/, "");
  const colon = inside.slice(0, 64).search(/[:：]/);
  const words = (colon < 0 ? inside : inside.slice(colon + 1)).trim();
  return { quote: { text: words, ofBot: isOwn(words) }, text: reply };
}
