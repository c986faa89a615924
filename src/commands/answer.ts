import type { ConversationRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Answer, CommandCarrier } from "./command-call.js";
import type { CommandName } from "./command-words.js";

/** Longest text of one answer, UTF-16 units; platforms take 4,000 and more. */
export const LONGEST_ANSWER = 3_500;

/** One page of a long answer. */
export interface Page {
  readonly text: string;
  readonly page: number;
  readonly pages: number;
}

/** Where a page that begins at `start` ends: at a line where one is near, never inside a character. */
function endOfPage(text: string, start: number, room: number): number {
  if (text.length - start <= room) return text.length;
  const line = text.lastIndexOf("\n", start + room);
  if (line > start + room * 0.5) return line;
  const end = start + room;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** Cuts a text into pages of at most `room` units and gives the wanted one; the last when there is no such page. */
export function pageOf(text: string, wanted: number, room = LONGEST_ANSWER): Page {
  const pages: string[] = [];
  let start = 0;
  while (start < text.length || pages.length === 0) {
    const end = endOfPage(text, start, room);
    pages.push(text.slice(start, end));
    start = text[end] === "\n" ? end + 1 : end;
  }
  const page = Math.max(1, Math.min(wanted, pages.length));
  return { text: pages[page - 1] ?? "", page, pages: pages.length };
}

/** Commands whose answer may be long; words of staff and members are never taken for a page number. */
const LISTS: Partial<Readonly<Record<CommandName, RegExp>>> = {
  report: /^/,
  complaints: /^/,
  survey: /^$|^(?:list|列表|results?|结果|new|新建)\s*#?\d*$/i,
  case: /^#?\d{1,9}$/,
  member: /^/,
  settings: /^$/,
  help: /^/,
  "my-data": /^$/,
  "my-cases": /^$/,
  digest: /^$/,
};

/** The page number at the end of a command ("p2", "第2页") and the command without it. */
export function readPage(
  name: CommandName,
  rest: string,
): { readonly rest: string; readonly page: number } {
  const clean = rest.trimEnd();
  const match = /(?:^|\s)(?:p|page\s?|第)(\d{1,2})页?$/i.exec(clean.slice(-12));
  const before = match === null ? "" : clean.slice(0, clean.length - match[0].length);
  const page = Number(match?.[1] ?? 0);
  if (page < 1 || LISTS[name]?.test(before) !== true) return { rest, page: 1 };
  return { rest: before, page };
}

/** To whom an answer goes. */
export interface Asker {
  readonly place: Place;
  readonly event: CommandCarrier;
}

/** True when somebody speaks to the bot alone, whatever group is meant. */
export function isAlone({ place, event }: Asker): boolean {
  return place.direct || ("isDirect" in event && event.isDirect);
}

/**
 * Answers only the asker: in the direct conversation, or for their eyes in the group. In a staff room
 * everybody may read along where the platform cannot hide it; so may the group what holds nothing
 * personal.
 */
export async function sayAnswer(tx: Transaction, asker: Asker, answer: Answer): Promise<void> {
  const { place, event } = asker;
  const alone = isAlone(asker);
  const open = place.group.purpose === "staff" || answer.neutral === true;
  const handle = "replyHandle" in event ? event.replyHandle : undefined;
  const message: OutboundMessage = {
    text: answer.text,
    ...(answer.choices === undefined ? {} : { choices: answer.choices }),
    ...(answer.textWithoutButtons === undefined
      ? {}
      : { textWithoutButtons: answer.textWithoutButtons }),
    ...(answer.file === undefined ? {} : { file: answer.file }),
    ...(open && !alone ? { openWhereNotPrivate: true } : {}),
  };
  const here: ConversationRef = event.conversation;
  await tx.outbox.say({
    key: `reply:${event.eventId}`,
    kind: "reply",
    to: here,
    message,
    at: event.at,
    groupId: place.group.id,
    ...(alone
      ? {}
      : { onlyFor: { platform: event.author.platform, memberId: event.author.memberId } }),
    ...(handle === undefined ? {} : { replyHandle: handle }),
  });
}
