import type { ConversationRef } from "#src/platform/conversation.js";
import type { Author, InboundEvent, Quote } from "#src/platform/inbound-event.js";
import { AppError } from "#src/shared/app-error.js";
import { type SimulatedPayload, simulatedPayload } from "./simulated-payload.js";

export const SIMULATED = "simulated";

/** Conversations of one person and the bot are named so. */
export const DIRECT_PREFIX = "direct:";

const KNOWN_TYPES: ReadonlySet<string> = new Set(
  simulatedPayload.options.map((option) => option.shape.type.value),
);

function parse(raw: unknown): SimulatedPayload | null {
  const type = typeof raw === "object" && raw !== null && "type" in raw ? raw.type : undefined;
  if (typeof type === "string" && !KNOWN_TYPES.has(type)) return null;
  const parsed = simulatedPayload.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("invalid-input", "The simulated platform sent something malformed.", {
    field: issue === undefined ? "payload" : issue.path.join("."),
  });
}

function quoteOf(payload: Extract<SimulatedPayload, { type: "said" }>): Quote | undefined {
  const quote = payload.quote;
  if (quote === undefined) return undefined;
  return {
    ...(quote.messageId === undefined ? {} : { messageId: quote.messageId }),
    ...(quote.personId === undefined
      ? {}
      : { author: { platform: SIMULATED, memberId: quote.personId } }),
    ...(quote.ofBot === undefined ? {} : { ofBot: quote.ofBot }),
    ...(quote.text === undefined ? {} : { text: quote.text }),
  };
}

function mentions(text: string, botNames: readonly string[]): boolean {
  return botNames.some((name) => text.includes(`@${name}`));
}

/**
 * One payload as an event, or null for a kind nobody knows (ignored). Throws `invalid-input` for a
 * known kind that is malformed (refused, not acknowledged).
 */
export function translateInbound(raw: unknown, botNames: readonly string[]): InboundEvent | null {
  const payload = parse(raw);
  if (payload === null) return null;
  const conversation: ConversationRef = { platform: SIMULATED, conversationId: payload.room };
  const author: Author = {
    platform: SIMULATED,
    memberId: payload.person.id,
    name: payload.person.name,
    ...(payload.person.role === undefined ? {} : { role: payload.person.role }),
  };
  const arrived = { eventId: payload.id, at: payload.at, conversation, author };
  const handle =
    "handle" in payload && payload.handle !== undefined ? { replyHandle: payload.handle } : {};
  const isDirect = payload.room.startsWith(DIRECT_PREFIX);
  switch (payload.type) {
    case "said": {
      const quote = quoteOf(payload);
      return {
        ...arrived,
        kind: "message",
        text: payload.text,
        message: { conversation, messageId: payload.messageId },
        ...(quote === undefined ? {} : { repliesTo: quote }),
        mentionsBot: mentions(payload.text, botNames),
        isDirect,
        ...(payload.photo === undefined ? {} : { hasMedia: payload.photo }),
      };
    }
    case "changed":
      return {
        ...arrived,
        kind: "edited",
        text: payload.text,
        message: { conversation, messageId: payload.messageId },
      };
    case "took-back":
      return {
        ...arrived,
        kind: "recalled",
        message: { conversation, messageId: payload.messageId },
      };
    case "reacted":
      return {
        ...arrived,
        kind: "reaction",
        message: { conversation, messageId: payload.messageId },
        reaction: payload.reaction,
        change: payload.change,
      };
    case "commanded":
      return { ...arrived, ...handle, kind: "command", text: payload.text, isDirect };
    case "pressed":
      return {
        ...arrived,
        ...handle,
        kind: "action",
        action: payload.action,
        value: payload.value,
        ...(payload.messageId === undefined
          ? {}
          : { message: { conversation, messageId: payload.messageId } }),
      };
    case "filled-in":
      return { ...arrived, ...handle, kind: "form", form: payload.form, values: payload.values };
    case "moved":
      return {
        ...arrived,
        kind: "membership",
        change: payload.change,
        who: payload.who,
        ...(payload.roomName === undefined ? {} : { conversationName: payload.roomName }),
      };
    case "renamed":
      return { ...arrived, kind: "renamed", subject: payload.subject, name: payload.name };
  }
}
