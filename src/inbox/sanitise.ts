import type {
  ActionEvent,
  CommandEvent,
  FormEvent,
  InboundEvent,
  Quote,
} from "#src/platform/inbound-event.js";
import { AppError } from "#src/shared/app-error.js";

/** Longest text that is kept of one message, UTF-16 units; the rest of a longer one is cut off. */
export const LONGEST_TEXT = 20_000;
const LONGEST_NAME = 200;
const LONGEST_ID = 300;
/** A platform's clock may run a little ahead of ours. */
const AHEAD_MS = 2 * 60_000;
/** An event may come late after an outage, but not from another year. */
const BEHIND_MS = 3 * 24 * 60 * 60_000;

/** Text that both databases and every screen can hold: no NUL, no half surrogate pair, not endless. */
function cleanText(text: string, longest: number): string {
  let end = Math.min(text.length, longest);
  // A cut through a pair would leave half a character behind.
  const last = text.charCodeAt(end - 1);
  if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end).toWellFormed().replaceAll("\u0000", "");
}

function isId(value: string): boolean {
  return (
    value !== "" && value.length <= LONGEST_ID && value.isWellFormed() && !/\p{Cc}/u.test(value)
  );
}

function cleanId(value: string, field: string): void {
  if (isId(value)) return;
  throw new AppError("invalid-input", `The event's ${field} is not usable.`, {
    field,
    expected: `1 to ${LONGEST_ID} characters without control characters`,
  });
}

/** What is quoted, without the ids that nobody could look up: the message itself still counts. */
function cleanQuote(quote: Quote): Quote {
  const { messageId, author, text, ...rest } = quote;
  return {
    ...rest,
    ...(messageId === undefined || !isId(messageId) ? {} : { messageId }),
    ...(author === undefined || !isId(author.memberId) ? {} : { author }),
    ...(text === undefined ? {} : { text: cleanText(text, LONGEST_TEXT) }),
  };
}

function cleanHandle<Event extends CommandEvent | ActionEvent | FormEvent>(event: Event): Event {
  const { replyHandle, ...rest } = event;
  if (
    replyHandle === undefined ||
    (replyHandle.length <= LONGEST_TEXT && !/\p{Cc}/u.test(replyHandle))
  )
    return event;
  return rest as Event;
}

/** An instant that can be believed: in the future or long ago means that the sender's clock is wrong. */
function cleanInstant(at: number, now: number, behindMs: number): number {
  const plausible = Number.isFinite(at) && at <= now + AHEAD_MS && at >= now - behindMs;
  return plausible ? Math.trunc(at) : now;
}

function checkIds(event: InboundEvent): void {
  cleanId(event.eventId, "eventId");
  cleanId(event.conversation.platform, "platform");
  cleanId(event.conversation.conversationId, "conversationId");
  if (event.conversation.threadId !== undefined) cleanId(event.conversation.threadId, "threadId");
  cleanId(event.author.memberId, "author");
  if ("message" in event && event.message !== undefined)
    cleanId(event.message.messageId, "message");
  if (event.kind === "action") cleanId(event.action, "action");
  if (event.kind === "reaction") cleanId(event.reaction, "reaction");
  if (event.kind === "form") {
    cleanId(event.form, "form");
    for (const key of Object.keys(event.values)) cleanId(key, "values");
  }
}

/**
 * The event as it may enter the store. Throws `invalid-input` naming the field when an id is
 * unusable; texts are mended, times that cannot be true (more than `behindMs` ago) become the time of
 * arrival.
 */
export function sanitise(event: InboundEvent, now: number, behindMs = BEHIND_MS): InboundEvent {
  checkIds(event);
  return cleanWords({
    ...event,
    at: cleanInstant(event.at, now, behindMs),
    author: { ...event.author, name: cleanText(event.author.name, LONGEST_NAME) },
  });
}

function cleanWords(event: InboundEvent): InboundEvent {
  switch (event.kind) {
    case "message": {
      const quoted =
        event.repliesTo === undefined ? {} : { repliesTo: cleanQuote(event.repliesTo) };
      return { ...event, ...quoted, text: cleanText(event.text, LONGEST_TEXT) };
    }
    case "edited":
      return { ...event, text: cleanText(event.text, LONGEST_TEXT) };
    case "command":
      return { ...cleanHandle(event), text: cleanText(event.text, LONGEST_TEXT) };
    case "action":
      return { ...cleanHandle(event), value: cleanText(event.value, LONGEST_TEXT) };
    case "form": {
      const values = Object.entries(event.values).map(
        ([key, value]) => [key, cleanText(value, LONGEST_TEXT)] as const,
      );
      return { ...cleanHandle(event), values: Object.fromEntries(values) };
    }
    case "renamed":
      return { ...event, name: cleanText(event.name, LONGEST_NAME) };
    case "membership":
      return event.conversationName === undefined
        ? event
        : { ...event, conversationName: cleanText(event.conversationName, LONGEST_NAME) };
    case "recalled":
    case "reaction":
      return event;
  }
}
