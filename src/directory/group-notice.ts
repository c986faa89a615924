import type { Group } from "#entities/index.js";
import { appTexts } from "#src/i18n/app.js";
import { quietHoursOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";

/** Tells a new group once what the bot does, what it keeps and how to stay out. */
export async function sayNotice(
  tx: Transaction,
  group: Group,
  at: number,
  speaker: { readonly botName: string; readonly asksOutside: boolean },
): Promise<void> {
  await tx.outbox.say({
    key: `notice:${group.id}`,
    kind: "notice",
    to: { platform: group.platform, conversationId: group.externalId },
    message: { text: appTexts[group.language].notice(speaker.botName, speaker.asksOutside) },
    at,
    groupId: group.id,
    quiet: quietHoursOf(group),
  });
}
