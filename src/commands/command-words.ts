import type { Language } from "#entities/vocabulary.js";

/** Commands that only staff may give. */
export const STAFF_COMMANDS = [
  "report",
  "survey",
  "complaints",
  "case",
  "improve",
  "member",
  "settings",
  "digest",
  "unsent",
  "bind",
] as const;

/** Commands that every member has, about themselves. */
export const MEMBER_COMMANDS = [
  "help",
  "my-cases",
  "mute",
  "unmute",
  "my-data",
  "erase",
  "opt-out",
  "opt-in",
] as const;

export type StaffCommand = (typeof STAFF_COMMANDS)[number];
export type MemberCommand = (typeof MEMBER_COMMANDS)[number];
export type CommandName = StaffCommand | MemberCommand;

/** What people type for each command. The first Chinese and the first English word stand in the help. */
export const COMMAND_WORDS: Readonly<Record<CommandName, readonly string[]>> = {
  report: ["报告", "report", "报表", "reports"],
  survey: ["调查", "survey", "问卷", "小问卷", "小调查", "surveys"],
  complaints: ["投诉", "complaints", "投诉列表", "complaint", "cases"],
  case: ["处理", "case", "工单"],
  improve: ["改进", "improve", "改善", "improvement"],
  member: ["成员", "member", "会员", "members"],
  settings: ["设置", "settings", "设定", "setting"],
  digest: ["小结", "digest", "digests"],
  unsent: ["没发出", "unsent", "未发", "没发出去", "parked"],
  bind: ["绑定", "bind", "绑群", "bind room"],
  help: ["帮助", "help", "怎么用", "使用说明", "commands", "?"],
  "my-cases": ["我的反馈", "my cases", "mycases", "我的投诉", "my complaints"],
  mute: ["免打扰", "mute", "别问我", "不要问我"],
  unmute: ["取消免打扰", "unmute", "恢复提问"],
  "my-data": ["我的数据", "my data", "mydata", "我的资料"],
  erase: ["删除", "erase", "删除我的数据", "删除数据", "erase my data", "delete my data"],
  "opt-out": ["退出", "opt out", "optout", "opt-out", "退出统计"],
  "opt-in": ["加入", "opt in", "optin", "opt-in", "重新加入"],
};

/** Slips of the Chinese keyboard: the same sounds, other characters. */
const HOMOPHONES: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  report: ["报高", "抱告", "报稿", "报搞", "保告"],
  survey: ["调察", "凋查", "掉查", "调茶", "文卷", "问券"],
  complaints: ["投拆", "头诉", "投素", "投述", "投速"],
  case: ["处里", "出理", "储理", "处李", "处力"],
  improve: ["改近", "改尽", "盖进"],
  member: ["成圆", "成元", "成园"],
  settings: ["设制", "设至", "社置", "设直", "色置"],
  digest: ["小节", "小接", "小洁"],
  bind: ["帮定", "邦定"],
  help: ["帮住", "帮组", "邦助", "帮主"],
  mute: ["面打扰", "免打绕", "免打搅", "勉打扰"],
  "my-data": ["我的数剧", "我的数具"],
  erase: ["删出", "山除", "删处", "珊除"],
  "my-cases": ["我的反溃", "我的返馈"],
};

/** True for the commands that only staff may give. */
export function isStaffCommand(name: CommandName): name is StaffCommand {
  return (STAFF_COMMANDS as readonly string[]).includes(name);
}

/** The word of a command in a language, as the help shows it. */
export function shownWord(name: CommandName, language: Language): string {
  return COMMAND_WORDS[name][language === "zh" ? 0 : 1] ?? name;
}

interface Phrase {
  readonly phrase: string;
  readonly name: CommandName;
}

function phrasesOf(words: Readonly<Partial<Record<CommandName, readonly string[]>>>): Phrase[] {
  return Object.entries(words).flatMap(([name, list]) =>
    list.map((phrase) => ({ phrase, name: name as CommandName })),
  );
}

/** Longest phrases first, so that "my data" wins over a shorter beginning. */
export const PHRASES: readonly Phrase[] = phrasesOf(COMMAND_WORDS).toSorted(
  (a, b) => b.phrase.length - a.phrase.length,
);

/** Misspelt Chinese words and the command they stand for. */
export const SLIPS: ReadonlyMap<string, CommandName> = new Map(
  phrasesOf(HOMOPHONES).map(({ phrase, name }) => [phrase, name]),
);

/** The English words that a near miss is compared with. */
export const LATIN_WORDS: readonly Phrase[] = PHRASES.filter(({ phrase }) =>
  /^[a-z]{4,}$/.test(phrase),
);
