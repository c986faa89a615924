import type { DigestTexts } from "#src/i18n/digests.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { type DigestDocument, linesOf } from "./digest-document.js";

/** Shortest reference that tells one waiting digest from another, as staff type it. */
export const REFERENCE_LENGTH = 6;

/** The whole text of a document, one line below the other. */
export function digestText(document: DigestDocument): string {
  return linesOf(document).join("\n");
}

/** A public digest that waits for staff: the post as it would go out, and how to decide. */
export function approvalMessage(
  texts: DigestTexts,
  waiting: { readonly id: string; readonly group: string; readonly post: string },
): OutboundMessage {
  const { staffRoom } = texts;
  const text = `${staffRoom.waiting(waiting.group)}\n${waiting.post}`;
  return {
    text,
    choices: [
      {
        action: "digest.approve",
        choices: [{ label: staffRoom.approve, value: waiting.id, style: "primary" }],
      },
      { action: "digest.withhold", choices: [{ label: staffRoom.withhold, value: waiting.id }] },
    ],
    textWithoutButtons: `${text}\n${staffRoom.commands(waiting.id.slice(0, REFERENCE_LENGTH))}`,
  };
}
