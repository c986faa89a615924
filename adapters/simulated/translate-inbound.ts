import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import type {
  ActionEvent,
  Author,
  InboundEvent,
  MessageEvent,
  Quote,
} from "#src/platform/inbound-event.js";
import { AppError } from "#src/shared/app-error.js";
import { type SimulatedPayload, simulatedPayload } from "./simulated-payload.js";

export const SIMULATED = "simulated";

/** Who the bot itself is on the pretend platform. */
export const SIMULATED_BOT = "simulated:bot";

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
 * One payload as an event, or null for a kind nobody knows and for what the bot itself did (both
 * ignored). Throws `invalid-input` for a known kind that is malformed (refused, not acknowledged).
 */
export function translateInbound(raw: unknown, botNames: readonly string[]): InboundEvent | null {
  const payload = parse(raw);
  if (payload === null || isOwn(payload)) return null;
  switch (payload.type) {
    case "said":
      return saidEvent(payload, botNames);
    case "changed":
      return { ...arrivedOf(payload), kind: "edited", text: payload.text, message: refOf(payload) };
    case "took-back":
      return { ...arrivedOf(payload), kind: "recalled", message: refOf(payload) };
    case "reacted": {
      const { reaction, change } = payload;
      const message = refOf(payload);
      return { ...arrivedOf(payload), kind: "reaction", message, reaction, change };
    }
    case "commanded": {
      const isDirect = payload.room.startsWith(DIRECT_PREFIX);
      const answerable = { ...arrivedOf(payload), ...handleOf(payload) };
      return { ...answerable, kind: "command", text: payload.text, isDirect };
    }
    case "pressed":
      return pressedEvent(payload);
    case "filled-in": {
      const { form, values } = payload;
      return { ...arrivedOf(payload), ...handleOf(payload), kind: "form", form, values };
    }
    case "moved": {
      const { change, who, roomName } = payload;
      const named = roomName === undefined ? {} : { conversationName: roomName };
      return { ...arrivedOf(payload), kind: "membership", change, who, ...named };
    }
    case "renamed": {
      const { subject, name } = payload;
      return { ...arrivedOf(payload), kind: "renamed", subject, name };
    }
  }
}

/** The bot's own messages come back on most platforms; who let it in or out is worth knowing. */
function isOwn(payload: SimulatedPayload): boolean {
  return payload.person.id === SIMULATED_BOT && payload.type !== "moved";
}

function conversationOf(payload: SimulatedPayload): ConversationRef {
  return { platform: SIMULATED, conversationId: payload.room };
}

function arrivedOf(
  payload: SimulatedPayload,
): Pick<InboundEvent, "eventId" | "at" | "conversation" | "author"> {
  const { id, name, role } = payload.person;
  const person = { platform: SIMULATED, memberId: id, name };
  const author: Author = role === undefined ? person : { ...person, role };
  return { eventId: payload.id, at: payload.at, conversation: conversationOf(payload), author };
}

function handleOf(payload: { readonly handle?: string | undefined }): {
  readonly replyHandle?: string;
} {
  return payload.handle === undefined ? {} : { replyHandle: payload.handle };
}

function refOf(payload: SimulatedPayload & { readonly messageId: string }): MessageRef {
  return { conversation: conversationOf(payload), messageId: payload.messageId };
}

function saidEvent(
  payload: Extract<SimulatedPayload, { type: "said" }>,
  botNames: readonly string[],
): MessageEvent {
  const quote = quoteOf(payload);
  const { eventId, at, conversation, author } = arrivedOf(payload);
  const event: MessageEvent = {
    eventId,
    at,
    conversation,
    author,
    kind: "message",
    text: payload.text,
    message: { conversation, messageId: payload.messageId },
    mentionsBot: mentions(payload.text, botNames),
    isDirect: payload.room.startsWith(DIRECT_PREFIX),
  };
  if (quote === undefined && payload.photo === undefined) return event;
  return {
    ...event,
    ...(quote === undefined ? {} : { repliesTo: quote }),
    ...(payload.photo === undefined ? {} : { hasMedia: payload.photo }),
  };
}

function pressedEvent(payload: Extract<SimulatedPayload, { type: "pressed" }>): ActionEvent {
  const { action, value, messageId } = payload;
  return {
    ...arrivedOf(payload),
    ...handleOf(payload),
    kind: "action",
    action,
    value,
    ...(messageId === undefined
      ? {}
      : { message: { conversation: conversationOf(payload), messageId } }),
  };
}
