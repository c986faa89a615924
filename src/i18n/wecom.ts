import type { Language } from "#entities/vocabulary.js";

/** How staff who read in a group that cannot answer reach the bot. */
export interface ActingPlaces {
  /** Address of the console; null when it has none that others could open. */
  readonly console: string | null;
  /** Whether there is a platform on which the bot can be written to. */
  readonly hasChat: boolean;
}

interface WecomTexts {
  /** Before a message that may have arrived already. */
  readonly again: string;
  /** Under what staff may have to act on: this group only receives. */
  foot(places: ActingPlaces): string;
}

/** Texts of the WeCom webhook. */
export const wecomTexts: Readonly<Record<Language, WecomTexts>> = {
  zh: {
    again: "（再次发送，上一条可能已收到）",
    foot: ({ console, hasChat }) => {
      const lines = [
        "※ 这个群只收通知，在这里回复我看不到。",
        console === null ? "处理：打开控制台" : `处理：打开控制台 ${console}`,
        ...(hasChat ? ["或者：把上面的指令私信发给机器人"] : []),
      ];
      return lines.join("\n");
    },
  },
  en: {
    again: "(sent again; the one before may have arrived)",
    foot: ({ console, hasChat }) => {
      const lines = [
        "※ This group only receives: I cannot read replies here.",
        console === null ? "To act: open the console" : `To act: open the console ${console}`,
        ...(hasChat ? ["Or: send the commands above to the bot in private"] : []),
      ];
      return lines.join("\n");
    },
  },
};
