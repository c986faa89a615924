import type { Language } from "#entities/vocabulary.js";

/** One held room in words. */
interface HeldRoomFacts {
  readonly number: number;
  readonly topic: string;
  readonly members: number;
  readonly heard: number;
}

/** What staff are told about rooms that are listened to and not served yet. */
interface BindingTexts {
  readonly noTopic: string;
  /** Rooms are held; how they are bound. */
  readonly held: (rooms: readonly string[]) => string;
  readonly heldRoom: (facts: HeldRoomFacts) => string;
  readonly nobodyWaits: string;
  /** A code is not shown to customers. */
  readonly notHere: string;
  readonly list: (rooms: readonly string[]) => string;
  readonly unknown: (number: string) => string;
  /** The room may be one that was lost: staff say which. */
  readonly which: (
    number: number,
    topic: string,
    groups: readonly { readonly choice: number; readonly name: string }[],
  ) => string;
  readonly noSuchGroup: (choice: string) => string;
  readonly code: (facts: {
    readonly topic: string;
    readonly code: string;
    readonly minutes: number;
    readonly purpose: "customers" | "staff";
    readonly lost: string | null;
  }) => string;
  readonly bound: (topic: string) => string;
  readonly taken: (topic: string) => string;
}

export const bindingTexts: Readonly<Record<Language, BindingTexts>> = {
  zh: {
    noTopic: "（没有群名）",
    held: (rooms) =>
      [
        "这些微信群还没绑定，机器人只听不说，也不记投诉和投票：",
        ...rooms,
        "要用的话，请写“绑定 编号”。",
      ].join("\n"),
    heldRoom: ({ number, topic, members, heard }) =>
      `${number} ${topic}${members > 0 ? `，约 ${members} 人` : ""}${heard > 0 ? `，已有 ${heard} 条消息没有处理` : ""}`,
    nobodyWaits: "没有等着绑定的微信群。机器人进了新群，这里会提醒。",
    list: (rooms) =>
      ["等着绑定的微信群：", ...rooms, "请写“绑定 编号”，会给您一个口令。"].join("\n"),
    notHere: "口令不能让顾客看到，请在店员群里或者私聊里写“绑定”。",
    unknown: (number) => `没有编号 ${number} 的待绑定群。写“绑定”看列表。`,
    which: (number, topic, groups) =>
      [
        `${topic} 是新群，还是以前的群重新登录后没认出来？`,
        ...groups.map(({ choice, name }) => `以前的群 ${choice}：${name}`),
        `新群请写“绑定 ${number} 新”；以前的群请写“绑定 ${number} 旧 ${groups[0]?.choice ?? 1}”，投票和投诉会接上。`,
      ].join("\n"),
    noSuchGroup: (choice) => `以前的群里没有 ${choice}。写“绑定 编号”看有哪些。`,
    code: ({ topic, code, minutes, purpose, lost }) =>
      [
        `请在微信群“${topic}”里说：绑定 ${code}`,
        `${minutes} 分钟内有效，只能用一次，只在这个群里管用。`,
        lost === null
          ? purpose === "staff"
            ? "绑定后它是店员群。"
            : "绑定后机器人开始服务这个群。"
          : `绑定后它接着是“${lost}”。`,
      ].join("\n"),
    bound: (topic) => `已绑定微信群“${topic}”。`,
    taken: (topic) => `没有绑定“${topic}”：它要接的群已经由另一个群接上了。请再写“绑定”看一下。`,
  },
  en: {
    noTopic: "(no name)",
    held: (rooms) =>
      [
        "These WeChat groups are not bound yet. The bot listens there, says nothing, and takes down no complaint and no vote:",
        ...rooms,
        'To use one, write "bind NUMBER".',
      ].join("\n"),
    heldRoom: ({ number, topic, members, heard }) =>
      `${number} ${topic}${members > 0 ? `, about ${members} people` : ""}${heard > 0 ? `, ${heard} ${heard === 1 ? "message" : "messages"} not looked at` : ""}`,
    nobodyWaits: "No WeChat group waits to be bound. You are told here when the bot joins one.",
    notHere:
      'Customers must not see the code: write "bind" in the staff room or in a private chat.',
    list: (rooms) =>
      ["WeChat groups that wait to be bound:", ...rooms, 'Write "bind NUMBER" for a code.'].join(
        "\n",
      ),
    unknown: (number) =>
      `No group with number ${number} waits to be bound. Write "bind" to see which do.`,
    which: (number, topic, groups) =>
      [
        `Is ${topic} a new group, or one from before that was not recognised after the log-in?`,
        ...groups.map(({ choice, name }) => `Group from before ${choice}: ${name}`),
        `For a new one write "bind ${number} new"; for one from before "bind ${number} old ${groups[0]?.choice ?? 1}", and its votes and complaints go on.`,
      ].join("\n"),
    noSuchGroup: (choice) =>
      `There is no group from before ${choice}. Write "bind NUMBER" to see them.`,
    code: ({ topic, code, minutes, purpose, lost }) =>
      [
        `Say in the WeChat group "${topic}": bind ${code}`,
        `It holds for ${minutes} minutes, once, and in that group alone.`,
        lost === null
          ? purpose === "staff"
            ? "Then it is a staff room."
            : "Then the bot begins to serve it."
          : `Then it goes on as "${lost}".`,
      ].join("\n"),
    bound: (topic) => `The WeChat group "${topic}" is bound.`,
    taken: (topic) =>
      `"${topic}" was not bound: the group that it was to be is another one by now. Please write "bind" again.`,
  },
};
