import type { Language } from "#entities/vocabulary.js";

/** Names of the settings and how to write their values, in one language. */
export interface SettingTexts {
  readonly names: Readonly<Record<string, string>>;
  readonly values: {
    readonly language: Readonly<Record<Language, string>>;
    readonly publicDigest: Readonly<Record<"automatic" | "approved" | "off", string>>;
    readonly acknowledge: Readonly<Record<"on_confirm" | "at_once" | "off", string>>;
    readonly caseCheck: Readonly<Record<"first_resolve" | "every_resolve" | "off", string>>;
    readonly weekdays: readonly string[];
    readonly never: string;
    readonly always: string;
    readonly daily: string;
    readonly times: (count: number) => string;
    readonly days: (count: number) => string;
    readonly people: (count: number) => string;
    readonly noWords: string;
    readonly target: (reply: string, update: string, resolve: string) => string;
  };
  readonly hints: {
    readonly quiet: string;
    readonly digest: string;
    readonly weekly: string;
    readonly public: string;
    readonly ack: string;
    readonly check: string;
    readonly language: string;
    readonly number: (least: number, most: number) => string;
    readonly join: string;
    readonly words: string;
    readonly noWord: (word: string) => string;
    readonly wordAspect: (word: string) => string;
    readonly hours: string;
    readonly target: string;
  };
}

const zh: SettingTexts = {
  names: {
    language: "语言",
    zone: "时区",
    quiet: "安静时段",
    digest: "小结时间",
    weekly: "周小结",
    public: "公开小结",
    ack: "自动回应",
    check: "回访",
    "person-week": "每人每周",
    "person-month": "每人每月",
    "group-day": "每群每天",
    "group-week": "每群每周",
    "nps-gap": "推荐度间隔",
    few: "最少人数",
    join: "合并时间",
    words: "词语",
    hours: "营业时间",
    target: "时限",
  },
  values: {
    language: { zh: "中文", en: "英文" },
    publicDigest: { automatic: "自动", approved: "批准", off: "关" },
    acknowledge: { on_confirm: "确认后", at_once: "立即", off: "关" },
    caseCheck: { first_resolve: "首次解决", every_resolve: "每次解决", off: "关" },
    weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    never: "关",
    always: "全天",
    daily: "每天",
    times: (count) => `${count}次`,
    days: (count) => `${count}天`,
    people: (count) => `${count}人`,
    noWords: "无",
    target: (reply, update, resolve) => `回复${reply}、答复${update}、解决${resolve}`,
  },
  hints: {
    quiet: "安静时段请写成 22:00-08:00 这样，不要安静时段就写“关”。",
    digest: "小结时间请写成 20:30 这样。",
    weekly: "请写星期几，例如：周一；不要周小结就写“关”。",
    public: "公开小结可以写：自动（直接发）、批准（店员看过再发）、关（不发）。",
    ack: "自动回应可以写：确认后、立即、关。",
    check: "回访可以写：首次、每次、关。",
    language: "语言可以写：中文、英文。",
    number: (least, most) => `请写 ${least} 到 ${most} 之间的数字。`,
    join: "请写 1小时 到 7天，例如：24小时。同一个人在这段时间里的补充算同一个投诉。",
    words: "请写“词语 加 缺斤少两 少件”或“词语 删 缺斤少两”，一个词 2 到 20 个字，最多 100 个。",
    noWord: (word) => `没有加过“${word}”这个词。`,
    wordAspect: (word) =>
      `“${word}”说的是哪方面？请写在后面：质量、少件、发错货、配送、包装、价格、服务、退款、自提、缺货、安全、信任、其他。`,
    hours: "请写成“营业时间 P3 09:00-12:00,13:30-21:00”，或“营业时间 P1 全天”。",
    target: "请写成“时限 P2 回复 15分钟”，步骤有：回复、答复、解决；1分钟到14天。",
  },
};

const en: SettingTexts = {
  names: {
    language: "language",
    zone: "zone",
    quiet: "quiet",
    digest: "digest",
    weekly: "weekly",
    public: "public",
    ack: "ack",
    check: "check",
    "person-week": "person-week",
    "person-month": "person-month",
    "group-day": "group-day",
    "group-week": "group-week",
    "nps-gap": "nps-gap",
    few: "few",
    join: "join",
    words: "words",
    hours: "hours",
    target: "target",
  },
  values: {
    language: { zh: "Chinese", en: "English" },
    publicDigest: { automatic: "automatic", approved: "approved", off: "off" },
    acknowledge: { on_confirm: "on_confirm", at_once: "at_once", off: "off" },
    caseCheck: { first_resolve: "first resolution", every_resolve: "every resolution", off: "off" },
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    never: "off",
    always: "around the clock",
    daily: "daily",
    times: (count) => (count === 1 ? "once" : `${count} times`),
    days: (count) => `${count} days`,
    people: (count) => `${count} people`,
    noWords: "none",
    target: (reply, update, resolve) => `reply ${reply}, update ${update}, resolve ${resolve}`,
  },
  hints: {
    quiet: 'Write quiet hours like 22:00-08:00, or "off" for none.',
    digest: "Write the time of the digest like 20:30.",
    weekly: 'Write a weekday, for example: Monday; or "off" for none.',
    public:
      "The summary for the group can be: automatic (goes out by itself), approved (staff read it first), off.",
    ack: "The acknowledgement can be: on_confirm, at_once, off.",
    check: "The check question can be: first, every, off.",
    language: "The language can be: zh, en.",
    number: (least, most) => `Write a number from ${least} to ${most}.`,
    join: "Write 1h to 7 days, for example 24h. What the same person adds within this time belongs to the same complaint.",
    words:
      'Write words add "short weight" shortage, or words remove "short weight"; 2 to 20 characters, at most 100 words.',
    noWord: (word) => `The word "${word}" was never added.`,
    wordAspect: (word) =>
      `What is "${word}" about? Put it behind the word: quality, shortage, wrong_item, delivery, packaging, price, service, refund, pickup, stock, safety, trust, other.`,
    hours: 'Write "hours P3 09:00-12:00,13:30-21:00", or "hours P1 always".',
    target: 'Write "target P2 reply 15m"; steps are reply, update, resolve; 1 minute to 14 days.',
  },
};

/** Settings in both languages. */
export const settingTexts: Readonly<Record<Language, SettingTexts>> = { zh, en };
