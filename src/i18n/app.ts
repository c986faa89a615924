import type { Language } from "#entities/vocabulary.js";

interface AppTexts {
  /** To staff: a digest was begun and its end is unknown. */
  maybeSent(group: string): string;
  /** To a group that the bot has just joined. */
  /** The first words to a new group; `asksOutside` where a second opinion is asked for. */
  notice(bot: string, asksOutside: boolean): string;
}

/** Texts of the service itself. */
export const appTexts: Readonly<Record<Language, AppTexts>> = {
  zh: {
    maybeSent: (group) =>
      `「${group}」的小结发到一半时连接断了，可能已经发出，也可能没有。为避免重复，我没有再发。请看一眼群里；没有的话写“没发出”，可以再发一次或作罢。`,
    notice: (bot, asksOutside) =>
      [
        `大家好，我是${bot}，帮店里听大家的意见。`,
        "我会做什么：偶尔发一个一两秒就能答的小调查；看到大家反映问题，会转给店员跟进，处理好了告诉您。",
        "我留什么：调查答案，以及和投诉有关的那几句话。平常聊天的文字半小时内就删，只留条数。公开发布的数字不带名字，少于5人不公布。",
        ...(asksOutside
          ? [
              "拿不准的话：去掉名字、电话和地址以后，会连同前面一两句一起请另一个模型帮忙判断一次，它不知道是谁说的。",
            ]
          : []),
        "不想被问：回复“@${bot} 免打扰”。看我的数据、删除我的数据、完全不参加：私信我“我的数据”“删除”“退出”。",
      ].join("\n"),
  },
  en: {
    maybeSent: (group) =>
      `The connection broke while the digest of “${group}” was being posted. It may or may not have arrived, so I did not post it again. Please look into the group; "unsent" lets you send it again or drop it.`,
    notice: (bot, asksOutside) =>
      [
        `Hello, I am ${bot}. I help the shop hear you.`,
        "What I do: now and then a one-tap question; when something went wrong I pass it on to the staff and tell you the outcome.",
        "What I keep: survey answers, and the messages that belong to a complaint. The text of ordinary chat is dropped within half an hour; only counts stay. Public numbers carry no names and are not shown below 5 people.",
        ...(asksOutside
          ? [
              "Where I am unsure about a line: I ask another model about it and the line or two before, after taking out names, numbers and addresses. It is not told who wrote it.",
            ]
          : []),
        'Not to be asked: "mute". To see or delete your data, or to stay out altogether, message me "my data", "erase" or "opt out".',
      ].join("\n"),
  },
};
