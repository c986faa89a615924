import type { Language } from "#entities/vocabulary.js";

type ScenarioWord = "ordinary-day" | "bad-batch" | "silent-group" | "praise";
type HandlingWord = "take" | "resolve" | "dismiss";
/** Why a survey that a visitor asked for did not open. */
type RefusalWord = "open_p1" | "already_open" | "left" | "other";

interface SimulatorTexts {
  readonly scenarios: Readonly<
    Record<ScenarioWord, { readonly title: string; readonly description: string }>
  >;
  /** What staff type to draft and to open a survey, as the product reads it. */
  draftSurvey(question: string, group: string): string;
  /** `force` sets caps and quiet hours aside. */
  runSurvey(number: number, force: boolean): string;
  handleCase(number: number, act: HandlingWord, words: string): string;
  readonly refused: Readonly<
    Record<RefusalWord, { readonly why: string; readonly remedy: string }>
  >;
  /** What stands in the terminal around a running demo. */
  readonly frame: {
    seeding(done: number, total: number): string;
    mode(folder: string): string;
    readonly over: string;
    readonly next: string;
    readonly keys: string;
    readonly console: string;
    readonly stopped: string;
  };
}

const zh: SimulatorTexts = {
  scenarios: {
    "ordinary-day": {
      title: "普通的一天",
      description: "买菜、闲聊、一件漏奶的小事，傍晚的评分一个接一个进来。",
    },
    "bad-batch": {
      title: "坏了一批货",
      description: "同一批货好几家都出了问题，投诉接连进来，看机器人怎么合并、怎么提醒店员。",
    },
    "silent-group": {
      title: "没人说话的群",
      description: "问卷发出去没人理，看机器人什么时候提醒、什么时候不打扰。",
    },
    praise: {
      title: "像投诉的夸奖",
      description: "“辛苦了”“绝了”“少见的好”：字面像抱怨，其实在夸，机器人不该当成投诉。",
    },
  },
  draftSurvey: (question, group) =>
    `调查 新建 ${question}；决定：下一步先改什么；开放：2小时；群：${group}`,
  runSurvey: (number, force) => `调查 发 ${String(number)}${force ? " 强制" : ""}`,
  handleCase: (number, act, words) => {
    const acts: Readonly<Record<HandlingWord, string>> = {
      take: "接手",
      resolve: "解决",
      dismiss: "忽略",
    };
    return `处理 ${String(number)} ${acts[act]} ${words}`.trim();
  },
  refused: {
    open_p1: {
      why: "群里有一件没处理完的紧急投诉（P1），这时候不发问卷。",
      remedy: "先在控制台或店员群里把它处理掉，或者重新开始。",
    },
    already_open: {
      why: "这份问卷正开着，还没截止。",
      remedy: "直接在群里投票，或者快进到它截止之后再发。",
    },
    left: { why: "机器人已经不在这个群里了。", remedy: "重新开始就回来了。" },
    other: { why: "问卷没有发出去。", remedy: "店员群里写着原因。" },
  },
  frame: {
    seeding: (done, total) => `正在铺三周的聊天记录 ${String(done)}/${String(total)} …`,
    mode: (folder) => `模式    演示 · 数据在 ${folder} · 什么都不离开这台电脑`,
    over: "重来    页面上点“重新开始”，或者停掉再启动",
    next: "下一步  先在群里发一句抱怨，再投一票，然后快进到 20:00 看小结",
    keys: "按键    o 打开浏览器 · l 换一个新链接 · Ctrl+C 结束",
    console: "控制台",
    stopped: "演示结束。",
  },
};

const en: SimulatorTexts = {
  scenarios: {
    "ordinary-day": {
      title: "An ordinary day",
      description: "Shopping, chat, one leaking bottle, and the evening's ratings coming in.",
    },
    "bad-batch": {
      title: "A bad batch",
      description:
        "The same goods fail in several homes: see how complaints are joined and staff alerted.",
    },
    "silent-group": {
      title: "A silent group",
      description:
        "A survey that nobody answers: when the bot reminds, and when it leaves people in peace.",
    },
    praise: {
      title: "Praise that looks like complaint",
      description:
        "“Sick”, “insane”, “killed it”: harsh words that mean the opposite, and are no complaints.",
    },
  },
  draftSurvey: (question, group) =>
    `survey new ${question}; decision: what to put right first; for: 2 hours; group: ${group}`,
  runSurvey: (number, force) => `survey run ${String(number)}${force ? " force" : ""}`,
  handleCase: (number, act, words) => `case ${String(number)} ${act} ${words}`.trim(),
  refused: {
    open_p1: {
      why: "The group has an open urgent case (P1): no survey goes out now.",
      remedy: "Deal with it in the console or the staff room first, or start over.",
    },
    already_open: {
      why: "This survey is open already.",
      remedy: "Vote in the room, or move the clock past its end and ask again.",
    },
    left: { why: "The bot is no longer in this group.", remedy: "Start over to bring it back." },
    other: { why: "The survey did not open.", remedy: "The staff room says why." },
  },
  frame: {
    seeding: (done, total) => `Playing three weeks of chat ${String(done)}/${String(total)} …`,
    mode: (folder) => `Mode    demo · data in ${folder} · nothing leaves this machine`,
    over: "Again   “Start over” on the page, or stop and start anew",
    next: "Next    complain in the group, vote, then jump to 20:00 and read the digest",
    keys: "Keys    o opens the browser · l makes a new link · Ctrl+C ends",
    console: "Console",
    stopped: "The demo has ended.",
  },
};

/** Texts of the pretend world and of its frame in the terminal. */
export const simulatorTexts: Readonly<Record<Language, SimulatorTexts>> = { zh, en };
