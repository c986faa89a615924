import { WecomAdapter } from "#adapters/wecom/wecom-adapter.js";
import type { Language } from "#entities/vocabulary.js";
import { wecomTexts } from "#src/i18n/wecom.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { WecomConfig } from "./wecom-config.js";

export interface WecomParts {
  readonly config: WecomConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly language: Language;
  /** The address by which browsers reach the console; null when only this machine does. */
  readonly publicUrl: string | null;
  /** Whether staff can write to the bot on another platform. */
  readonly hasChat: boolean;
}

/** The WeCom adapter as the configuration wants it. */
export function buildWecomAdapter(parts: WecomParts): WecomAdapter {
  const { config, clock, logger, language, publicUrl, hasChat } = parts;
  const console = publicUrl === null ? null : `${publicUrl}/cases`;
  return new WecomAdapter({
    webhooks: config.webhooks,
    clock,
    logger,
    language,
    foot: wecomTexts[language].foot({ console, hasChat }),
  });
}

/**
 * The staff rooms in the order of their choice: those that were named, then WeCom's groups, where
 * staff of any platform can read. The first of the latter serves platforms without a room of their own.
 */
export function staffRoomsWith(
  named: readonly ConversationRef[],
  wecom: WecomConfig | null,
): {
  readonly staffRooms: readonly ConversationRef[];
  readonly sharedStaffRoom: ConversationRef | null;
} {
  const groups = [...(wecom?.webhooks.keys() ?? [])].map((conversationId) => ({
    platform: "wecom",
    conversationId,
  }));
  const chosen = named.find(
    (room) => room.platform === "wecom" && wecom?.webhooks.has(room.conversationId) === true,
  );
  return {
    staffRooms: [
      ...named,
      ...groups.filter((group) => group.conversationId !== chosen?.conversationId),
    ],
    sharedStaffRoom: chosen ?? groups[0] ?? null,
  };
}
