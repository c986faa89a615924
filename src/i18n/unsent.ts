import type { Language, MessageKind } from "#entities/vocabulary.js";

interface UnsentTexts {
  readonly none: string;
  heading(count: number): string;
  line(facts: {
    readonly number: number;
    readonly kind: string;
    readonly group: string;
    readonly at: string;
    readonly why: string;
  }): string;
  readonly kinds: Readonly<Record<MessageKind, string>>;
  /** Why it was not said, in words; by the reason the outbox keeps. */
  why(reason: string | null): string;
  retry(number: number): string;
  drop(number: number): string;
  readonly how: string;
  retried(number: number): string;
  dropped(number: number): string;
  unknown(number: string): string;
}

const WHY_ZH: Readonly<Record<string, string>> = {
  "maybe-sent": "发到一半断线，可能已经发出",
  "platform-not-connected": "平台没有连上",
};
const WHY_EN: Readonly<Record<string, string>> = {
  "maybe-sent": "the connection broke; it may have arrived",
  "platform-not-connected": "the platform is not connected",
};

/** Texts about messages that could not be said and wait for a person. */
export const unsentTexts: Readonly<Record<Language, UnsentTexts>> = {
  zh: {
    none: "没有等着处理的未发消息。",
    heading: (count) => `没发出去的消息 ${count} 条：`,
    line: ({ number, kind, group, at, why }) => `${number} ${group}·${kind}（${at}）：${why}`,
    kinds: {
      survey: "小问卷",
      result: "问卷结果",
      digest: "小结",
      alert: "提醒",
      acknowledgement: "致歉回复",
      notice: "通知",
      reply: "私下答复",
    },
    why: (reason) => WHY_ZH[reason ?? ""] ?? `平台不收（${reason ?? "原因不明"}）`,
    retry: (number) => `再发 ${number}`,
    drop: (number) => `不发 ${number}`,
    how: "先看一眼群里有没有，再写“没发出 编号 再发”或“没发出 编号 不发”。",
    retried: (number) => `好的，${number} 再发一次。`,
    dropped: (number) => `好的，${number} 不发了。`,
    unknown: (number) => `没有编号 ${number} 的未发消息，可能已经处理过了。`,
  },
  en: {
    none: "No message waits to be sent again.",
    heading: (count) => `${count} ${count === 1 ? "message was" : "messages were"} not sent:`,
    line: ({ number, kind, group, at, why }) => `${number} ${group}, ${kind} (${at}): ${why}`,
    kinds: {
      survey: "question",
      result: "survey result",
      digest: "summary",
      alert: "alert",
      acknowledgement: "acknowledgement",
      notice: "notice",
      reply: "private reply",
    },
    why: (reason) => WHY_EN[reason ?? ""] ?? `the platform refused it (${reason ?? "no reason"})`,
    retry: (number) => `Send ${number} again`,
    drop: (number) => `Drop ${number}`,
    how: 'Look into the group first, then write "unsent NUMBER retry" or "unsent NUMBER drop".',
    retried: (number) => `Done: ${number} is sent again.`,
    dropped: (number) => `Done: ${number} is not sent any more.`,
    unknown: (number) => `There is no unsent message ${number}; it may be dealt with already.`,
  },
};
