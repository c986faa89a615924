import type { Language } from "#entities/vocabulary.js";

/** Words of relay mode that the server says; those of the page are in `console-relay.ts`. */
export interface RelayTexts {
  /** Stands for whoever pasted a list that nobody said. */
  readonly paster: string;
  staffRoomOf(group: string): string;
  readonly problems: {
    /** The paste would be understood otherwise by now. */
    readonly changed: string;
    readonly remedy: string;
    exists(name: string): string;
    readonly existsRemedy: string;
  };
  readonly notes: {
    readonly noForm: string;
    encoding(name: string): string;
    nulls(count: number): string;
    unreadable(count: number): string;
    dateOrder(order: "day-first" | "month-first"): string;
    assumed(count: number): string;
    readonly list: string;
  };
  readonly survey: {
    readonly opened: string;
    quiet(until: string): string;
    readonly refused: Readonly<Record<string, string>>;
  };
}

const zh: RelayTexts = {
  paster: "店员（粘贴）",
  staffRoomOf: (group) => `${group} · 店员`,
  problems: {
    changed: "预览之后，群里已经有了新的内容，或者日期变了。",
    remedy: "请再预览一次，然后确认。",
    exists: (name) => `已经有一个叫“${name}”的代发的群了。`,
    existsRemedy: "直接选它，或者换一个名字。",
  },
  notes: {
    noForm:
      "没看出是谁说的：每条消息前面要有发言人的名字。请连名字一起复制，或者用“合并转发”的文字。",
    encoding: (name) => `文件不是 UTF-8，按 ${name} 读的；请看一眼有没有乱码。`,
    nulls: (count) => `去掉了 ${count} 个空字符（NUL）。`,
    unreadable: (count) => `有 ${count} 个字符读不出来，显示为 �。`,
    dateOrder: (order) =>
      order === "day-first"
        ? "日期看不出是“日/月”还是“月/日”，按“日/月”读的；不对的话请在选项里改。"
        : "日期按“月/日”读的。",
    assumed: (count) => `有 ${count} 条没写时间，算在所选的日期里；调查和日报按这个日期统计。`,
    list: "这是一份接龙：开着的调查按名字计入；别人改过的条目先留着，给店员看。",
  },
  survey: {
    opened: "调查已经开始，题目文字在待发箱里，请复制到群里。",
    quiet: (until) => `现在是免打扰时间，到 ${until} 才会开始。`,
    refused: {
      left: "这个群已经停用。",
      open_p1: "群里有一件紧急投诉（P1）还没处理完，先别发调查。",
      already_open: "同样的调查正开着。",
      cap_day: "今天在这个群里已经问过了，再问会打扰大家。",
      cap_week: "这一周在这个群里问得够多了。",
      nps_gap: "离上一次推荐意愿调查太近了。",
      other: "现在不能开始调查。",
    },
  },
};

const en: RelayTexts = {
  paster: "Staff (pasted)",
  staffRoomOf: (group) => `${group} · staff`,
  problems: {
    changed: "Since the preview the group has got something new, or the day has changed.",
    remedy: "Preview it again, then confirm.",
    exists: (name) => `There is a relay group called "${name}" already.`,
    existsRemedy: "Choose it, or take another name.",
  },
  notes: {
    noForm:
      "It does not say who is speaking: each message needs its sender's name in front. Copy the names along, or use the text of a forwarded chat.",
    encoding: (name) => `The file is not UTF-8 and was read as ${name}; check that it looks right.`,
    nulls: (count) => `Left out ${count} NUL ${count === 1 ? "character" : "characters"}.`,
    unreadable: (count) =>
      `${count} ${count === 1 ? "character" : "characters"} could not be read and ${count === 1 ? "is" : "are"} shown as �.`,
    dateOrder: (order) =>
      order === "day-first"
        ? "The dates could be day/month or month/day; they were read as day/month. Change it in the options if that is wrong."
        : "The dates were read as month/day.",
    assumed: (count) =>
      `${count} ${count === 1 ? "line says" : "lines say"} no time and ${count === 1 ? "counts" : "count"} for the chosen day, in surveys and digests too.`,
    list: "This is a #Group Note list: an open survey counts it by name; entries that somebody else changed are held and shown to staff.",
  },
  survey: {
    opened: "The survey is open. Its text lies in the tray, ready to be copied into the group.",
    quiet: (until) => `These are quiet hours; it would open at ${until}.`,
    refused: {
      left: "This group is not served any more.",
      open_p1: "An urgent complaint (P1) is open in this group; see to it before you ask anything.",
      already_open: "The same survey is open already.",
      cap_day: "This group was asked today already; asking again would be a bother.",
      cap_week: "This group was asked often enough this week.",
      nps_gap: "The last question about recommending was too short a time ago.",
      other: "A survey cannot be opened now.",
    },
  },
};

/** Server-side words of relay mode in both languages. */
export const relayTexts: Readonly<Record<Language, RelayTexts>> = { zh, en };
