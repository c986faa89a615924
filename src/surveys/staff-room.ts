import type { Group } from "#entities/index.js";
import type { MessageKind } from "#entities/vocabulary.js";
import { type SurveyTexts, surveyTexts } from "#src/i18n/surveys.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { Transaction } from "#src/store/transaction.js";

/** The conversation of a group. */
export function conversationOf(group: Pick<Group, "platform" | "externalId">): ConversationRef {
  return { platform: group.platform, conversationId: group.externalId };
}

/** Something for the staff room of a group. */
export interface StaffNotice {
  readonly key: string;
  readonly kind: MessageKind;
  readonly group: Group;
  readonly at: number;
  /** Composes the text in the staff room's language. */
  readonly compose: (texts: SurveyTexts, room: Group) => string;
}

/** Says it in the group's staff room, at once. Nothing happens while no staff room is bound. */
export async function tellStaff(tx: Transaction, notice: StaffNotice): Promise<void> {
  const { group, key, kind, at } = notice;
  if (group.staffGroupId === null) return;
  const room = await tx.directory.groupById(group.staffGroupId);
  if (room === null || room.leftAt !== null) return;
  const text = notice.compose(surveyTexts[room.language], room);
  await tx.outbox.say({
    key,
    kind,
    to: conversationOf(room),
    message: { text },
    at,
    groupId: group.id,
  });
}
