import type { Group } from "#entities/index.js";
import { appTexts } from "#src/i18n/app.js";
import { quietHoursOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";

/** Tells a new group once what the bot does, what it keeps and how to stay out. */
export async function sayNotice(
  tx: Transaction,
  group: Group,
  at: number,
  botName: string,
): Promise<void> {
  await tx.outbox.say({
    key: `notice:${group.id}`,
    kind: "notice",
    to: { platform: group.platform, conversationId: group.externalId },
    message: { text: appTexts[group.language].notice(botName) },
    at,
    groupId: group.id,
    quiet: quietHoursOf(group),
  });
}
