import type { Capabilities } from "./capabilities.js";
import { type ChoiceRow, FORM_ACTION, type OutboundMessage } from "./outbound-message.js";

const CUT_MARK = "…";

/** Cuts at a line end where one is near, never through a surrogate pair. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - CUT_MARK.length);
  let end = room;
  const lineEnd = text.lastIndexOf("\n", room);
  if (lineEnd > room * 0.6) end = lineEnd;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end) + CUT_MARK;
}

/** The buttons that can be shown here; undefined when there is none. */
function shownRows(
  choices: readonly ChoiceRow[] | undefined,
  { buttons, forms = false }: Capabilities,
): readonly ChoiceRow[] | undefined {
  const rows = choices?.filter(({ action }) => forms || !action.startsWith(FORM_ACTION)) ?? [];
  return buttons && rows.length > 0 ? rows : undefined;
}

/**
 * The message as a platform with these capabilities can show it: without buttons the text that says
 * in words what to reply, never longer than the platform takes. The order for a picture is left out:
 * what was drawn from it travels beside the message. Pure.
 */
export function degrade(message: OutboundMessage, capabilities: Capabilities): OutboundMessage {
  const { choices: ordered, textWithoutButtons, picture: _drawn, file, ...plain } = message;
  const rest = file === undefined || capabilities.files !== true ? plain : { ...plain, file };
  const choices = shownRows(ordered, capabilities);
  const wordy = choices === undefined && (ordered !== undefined || !capabilities.buttons);
  const said = wordy ? (textWithoutButtons ?? rest.text) : rest.text;
  const text = cut(said, capabilities.maxTextLength);
  return choices === undefined ? { ...rest, text } : { ...rest, text, choices };
}
