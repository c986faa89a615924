import type {
  ActionEvent,
  Author,
  CommandEvent,
  InboundEvent,
} from "#src/platform/inbound-event.js";
import { AppError } from "#src/shared/app-error.js";
import { stableId } from "#src/shared/ids.js";
import type {
  BlockActions,
  ShortcutPayload,
  SlashCommand,
  ViewSubmission,
} from "./inbound-payload.js";
import {
  conversationIdOf,
  instantOfStamp,
  isDirectChannel,
  memberIdOf,
  SLACK,
} from "./slack-ids.js";
import { plainText } from "./slack-text.js";
import { authorOf, type Listening } from "./translate-event.js";

/** Begin of the callback of every modal whose answers go to the core as a form. */
const FORM_PREFIX = "form:";
const LONGEST_FIELD = 3_000;

/** What a modal must remember while it is open: where it belongs and what it is about. */
export interface FormFrame {
  /** The channel that the form is for. */
  readonly channel: string;
  /** Values that nobody types: ids of the case, the run, the message. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Where the press that opened it can be answered. */
  readonly answerTo?: string | undefined;
}

/** Callback of the modal of a form. */
export function formCallback(form: string): string {
  return FORM_PREFIX + form;
}

/** A frame as a modal's private metadata. */
export function frameText(frame: FormFrame): string {
  return JSON.stringify({ c: frame.channel, f: frame.fixed, a: frame.answerTo });
}

/** Reads {@link frameText} back; null when it is something else. */
export function readFrame(text: string | undefined): FormFrame | null {
  if (text === undefined || text === "") return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("c" in parsed) || !("f" in parsed))
      return null;
    const { c: channel, f: fixed } = parsed;
    if (typeof channel !== "string" || typeof fixed !== "object" || fixed === null) return null;
    const answerTo = textIn(parsed, "a");
    return { channel, fixed: textsIn(fixed), ...(answerTo === null ? {} : { answerTo }) };
  } catch {
    return null;
  }
}

function textIn(holder: object, key: string): string | null {
  return textsIn(holder)[key] ?? null;
}

/** The fields of an object that are texts. */
function textsIn(holder: object): Readonly<Record<string, string>> {
  const entries = Object.entries(holder).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}

/** Id of a button: an action may stand on several buttons of one row, but Slack wants each id once. */
export function buttonId(action: string, index: number): string {
  return `${action}:${String(index)}`;
}

/** The action of {@link buttonId}. */
export function actionOfButton(id: string): string {
  const colon = id.lastIndexOf(":");
  return colon < 0 ? id : id.slice(0, colon);
}

function handle(url: string | undefined): { readonly replyHandle?: string } {
  return url === undefined || url === "" ? {} : { replyHandle: url };
}

/** Where a press happened: the channel, the message, its thread. */
interface PressedAt {
  readonly channel: string;
  readonly stamp: string | undefined;
  readonly thread: string | undefined;
  /** The message is one that everybody in the channel sees. */
  readonly shown: boolean;
}

function pressedAt({ channel, container, message }: BlockActions): PressedAt | null {
  const id = channel?.id ?? container?.channel_id ?? "";
  if (id === "") return null;
  const stamp = container?.message_ts;
  const thread = message?.thread_ts ?? container?.thread_ts;
  return {
    channel: id,
    stamp,
    thread: thread === stamp ? undefined : thread,
    shown: container?.is_ephemeral !== true,
  };
}

/**
 * A pressed button as an event, or null for one in a view, which belongs to no conversation. Pressing
 * again is another event; the same press sent twice is the same.
 */
export function translatePress(payload: BlockActions, who: Listening): ActionEvent | null {
  const at = pressedAt(payload);
  const [pressed] = payload.actions;
  if (at === null || pressed === undefined) return null;
  const { user } = payload;
  const { stamp, thread, shown } = at;
  const place = conversationIdOf(who.team, at.channel);
  const conversation = { platform: SLACK, conversationId: place };
  const parts = [place, stamp ?? "", user.id, pressed.action_id, pressed.action_ts];
  return {
    kind: "action",
    eventId: `action:${stableId(...parts)}`,
    at: instantOfStamp(pressed.action_ts),
    conversation: thread === undefined ? conversation : { ...conversation, threadId: thread },
    author: authorOf(who, user.id, user.name),
    ...handle(payload.response_url),
    action: actionOfButton(pressed.action_id),
    value: pressed.value ?? pressed.selected_option?.value ?? "",
    ...(shown && stamp !== undefined ? { message: { conversation, messageId: stamp } } : {}),
  };
}

/** A slash command as an event; it carries no time of its own, so `at` is when it came. */
export function translateCommand(payload: SlashCommand, who: Listening, at: number): CommandEvent {
  const { channel_id: channel, user_id: user, trigger_id: trigger } = payload;
  return {
    kind: "command",
    eventId: `command:${stableId(who.team, channel, user, trigger)}`,
    at,
    conversation: { platform: SLACK, conversationId: conversationIdOf(who.team, channel) },
    author: authorOf(who, user, payload.user_name),
    ...handle(payload.response_url),
    text: plainText(payload.text ?? "", {
      botName: who.botName,
      botUserId: who.botUserId,
      nameOf: (id) => who.person(id).name,
    }),
    isDirect: isDirectChannel(channel),
  };
}

/** The name of the form of a modal, or null when the modal is none of the core's. */
export function formOf(callback: string): string | null {
  return callback.startsWith(FORM_PREFIX) ? callback.slice(FORM_PREFIX.length) : null;
}

/** What stands in the fields of a view, by block. A field that was left empty is an empty text. */
export function fieldsOf(view: Pick<ViewSubmission["view"], "state">): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [block, actions] of Object.entries(view.state?.values ?? {})) {
    const [field] = Object.values(actions);
    const value = field?.value ?? field?.selected_option?.value ?? "";
    fields[block] = value.slice(0, LONGEST_FIELD);
  }
  return fields;
}

/**
 * A sent modal as a form event. The modal's id is the event's id, so that one that is sent twice
 * counts once. Throws `invalid-input` when it has lost what it was about.
 */
export function translateForm(payload: ViewSubmission, who: Listening, at: number): InboundEvent {
  const { view, user } = payload;
  const form = formOf(view.callback_id);
  const frame = readFrame(view.private_metadata);
  if (form === null || frame === null || view.state === undefined)
    throw new AppError("invalid-input", "Slack sent a modal without its contents.", {
      field: "view",
    });
  return {
    kind: "form",
    eventId: `view:${memberIdOf(who.team, view.id)}`,
    at,
    conversation: { platform: SLACK, conversationId: conversationIdOf(who.team, frame.channel) },
    author: authorOf(who, user.id, user.name),
    ...handle(frame.answerTo),
    form,
    values: { ...fieldsOf(view), ...frame.fixed },
  };
}

/** The message that a shortcut was used on. */
export interface PointedMessage {
  readonly channel: string;
  readonly messageId: string;
  readonly author: Author;
  readonly text: string;
}

/** What "Report as complaint" was used on; null for a message of a machine or without an author. */
export function pointedMessage(payload: ShortcutPayload, who: Listening): PointedMessage | null {
  const { message, channel } = payload;
  const user = message?.user;
  if (message === undefined || channel === undefined) return null;
  if (user === undefined || user === who.botUserId) return null;
  if (message.bot_id !== undefined) return null;
  const text = plainText(message.text ?? "", {
    botName: who.botName,
    botUserId: who.botUserId,
    nameOf: (id) => who.person(id).name,
  });
  return { channel: channel.id, messageId: message.ts, author: authorOf(who, user), text };
}
