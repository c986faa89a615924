import type { Group, Member } from "#entities/index.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { conversationOf } from "#src/shared/addresses.js";
import type { Transaction } from "#src/store/transaction.js";

/** Where and to whom the bot answers one member. */
export interface Listener {
  readonly group: Group;
  readonly member: Member;
  /** The conversation with this member alone, when they spoke there. */
  readonly direct?: ConversationRef;
  /** The platform's handle of the event that is answered. */
  readonly replyHandle?: string;
}

/** Something said to one member. */
export interface PrivateReply {
  readonly key: string;
  readonly message: OutboundMessage;
  readonly at: number;
  readonly expiresAt?: number;
}

/**
 * Says something to one member alone: in the direct conversation they used, else privately in the
 * group. Where neither is possible it is not said, nor where messages are spared. False when it was said
 * before.
 */
export async function replyPrivately(
  tx: Transaction,
  listener: Listener,
  reply: PrivateReply,
): Promise<boolean> {
  const { group, member, direct, replyHandle } = listener;
  const { key, message, at, expiresAt } = reply;
  return tx.outbox.say({
    key,
    kind: "reply",
    to: direct ?? conversationOf(group),
    // The answer counts without it.
    message: { ...message, optional: true },
    at,
    groupId: group.id,
    ...(direct === undefined
      ? { onlyFor: { platform: member.platform, memberId: member.externalId } }
      : {}),
    ...(replyHandle === undefined ? {} : { replyHandle }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}
