import type { InboundEvent } from "#src/platform/inbound-event.js";
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
  const cut = text.length > longest ? text.slice(0, longest) : text;
  return cut.toWellFormed().replaceAll("\u0000", "");
}

function cleanId(value: string, field: string): string {
  if (
    value === "" ||
    value.length > LONGEST_ID ||
    value.includes("\u0000") ||
    !value.isWellFormed()
  ) {
    throw new AppError("invalid-input", `The event's ${field} is not usable.`, {
      field,
      expected: `1 to ${LONGEST_ID} characters without control characters`,
    });
  }
  return value;
}

/** An instant that can be believed: in the future or long ago means that the sender's clock is wrong. */
function cleanInstant(at: number, now: number): number {
  const plausible = Number.isFinite(at) && at <= now + AHEAD_MS && at >= now - BEHIND_MS;
  return plausible ? Math.trunc(at) : now;
}

function checkIds(event: InboundEvent): void {
  cleanId(event.eventId, "eventId");
  cleanId(event.conversation.conversationId, "conversationId");
  cleanId(event.author.memberId, "author");
  if ("message" in event && event.message !== undefined)
    cleanId(event.message.messageId, "message");
}

/**
 * The event as it may enter the store. Throws `invalid-input` naming the field when an id is
 * unusable; texts are mended, times that cannot be true become the time of arrival.
 */
export function sanitise(event: InboundEvent, now: number): InboundEvent {
  checkIds(event);
  const shared = {
    at: cleanInstant(event.at, now),
    author: { ...event.author, name: cleanText(event.author.name, LONGEST_NAME) },
  };
  switch (event.kind) {
    case "message": {
      const quote = event.repliesTo?.text;
      const repliesTo =
        event.repliesTo === undefined
          ? {}
          : {
              repliesTo:
                quote === undefined
                  ? event.repliesTo
                  : { ...event.repliesTo, text: cleanText(quote, LONGEST_TEXT) },
            };
      return { ...event, ...shared, ...repliesTo, text: cleanText(event.text, LONGEST_TEXT) };
    }
    case "edited":
    case "command":
      return { ...event, ...shared, text: cleanText(event.text, LONGEST_TEXT) };
    case "action":
      return { ...event, ...shared, value: cleanText(event.value, LONGEST_TEXT) };
    case "form":
      return {
        ...event,
        ...shared,
        values: Object.fromEntries(
          Object.entries(event.values).map(([key, value]) => [key, cleanText(value, LONGEST_TEXT)]),
        ),
      };
    case "renamed":
      return { ...event, ...shared, name: cleanText(event.name, LONGEST_NAME) };
    case "recalled":
    case "reaction":
    case "membership":
      return { ...event, ...shared };
  }
}
