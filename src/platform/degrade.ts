import type { Capabilities } from "./capabilities.js";
import type { OutboundMessage } from "./outbound-message.js";

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

/**
 * The message as a platform with these capabilities can show it: without buttons the text that says
 * in words what to reply, never longer than the platform takes. The order for a picture is left out:
 * what was drawn from it travels beside the message. Pure.
 */
export function degrade(message: OutboundMessage, capabilities: Capabilities): OutboundMessage {
  const { choices, textWithoutButtons, picture: _drawn, ...rest } = message;
  if (capabilities.buttons || choices === undefined) {
    const text = cut(
      choices === undefined && !capabilities.buttons
        ? (textWithoutButtons ?? rest.text)
        : rest.text,
      capabilities.maxTextLength,
    );
    return choices === undefined ? { ...rest, text } : { ...rest, text, choices };
  }
  return { ...rest, text: cut(textWithoutButtons ?? rest.text, capabilities.maxTextLength) };
}
