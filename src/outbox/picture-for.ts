import type { OutboxMessage } from "#entities/index.js";
import { conversationFromKey } from "#src/platform/conversation.js";
import type { OutboundMessage, PictureOrder } from "#src/platform/outbound-message.js";
import { capabilitiesOf, type PlatformAdapter } from "#src/platform/platform-adapter.js";
import { failureReason } from "#src/queue/retry-policy.js";
import type { Logger } from "#src/shared/logger.js";
import type { Picture } from "#src/shared/picture.js";

/** Turns the order of a picture into its bytes; whoever draws sets the limit of its time. */
export type DrawPicture = (order: PictureOrder) => Promise<Picture>;

/**
 * The picture that goes with a row, drawn now; null where none was ordered, the room shows none, or
 * drawing failed: the text then goes alone, since a picture is never worth losing it.
 */
export async function pictureFor(
  { row, adapter }: { readonly row: OutboxMessage; readonly adapter: PlatformAdapter },
  draw: DrawPicture,
  logger: Logger,
): Promise<Picture | null> {
  if (row.act === "edit" || row.message === null) return null;
  if (!capabilitiesOf(adapter, conversationFromKey(row.lane)).pictures) return null;
  try {
    const { picture } = JSON.parse(row.message) as OutboundMessage;
    return picture === undefined ? null : await draw(picture);
  } catch (error) {
    logger.warn(
      { row: row.seq, reason: failureReason(error), err: error },
      "a picture could not be drawn, the text goes alone",
    );
    return null;
  }
}
