import type { Language } from "#entities/vocabulary.js";

/** Commands that the help explains, in the order in which it lists them. */
export type HelpTopic =
  | "report"
  | "survey"
  | "complaints"
  | "case"
  | "improve"
  | "member"
  | "settings"
  | "digest"
  | "unsent"
  | "bind"
  | "help"
  | "my-cases"
  | "mute"
  | "unmute"
  | "my-data"
  | "erase"
  | "opt-out"
  | "opt-in";

/** One command explained: in a line, and in full with examples. */
export interface HelpEntry {
  /** What one types, with what may follow. */
  readonly usage: string;
  readonly about: string;
  /** More lines for `help COMMAND`; examples among them. */
  readonly details: readonly string[];
}

/** Everything the help says, in one language. */
export interface HelpTexts {
  readonly staffHeading: string;
  readonly memberHeading: string;
  readonly aboutYou: string;
  readonly howHere: string;
  readonly howInGroup: (bot: string) => string;
  readonly more: string;
  readonly examples: string;
  readonly complain: string;
  readonly entries: Readonly<Record<HelpTopic, HelpEntry>>;
}

const zh: HelpTexts = {
  staffHeading: "店员可以用：",
  memberHeading: "您可以用：",
  aboutYou: "关于自己：",
  howHere: "在这里直接写就行，不用加前缀。",
  howInGroup: (bot) => `群里请写“@${bot} 命令”，也可以私信我直接写命令。回答只有您看得到。`,
  more: "写“帮助 命令”看用法和例子，比如“帮助 调查”。",
  examples: "例子：",
  complain: "东西有问题，直接在群里说或私信我就行，不用命令。",
  entries: {
    report: {
      usage: "报告 [时间] [群名|全部] [表格]",
      about: "看一段时间的满意度、投诉和处理情况",
      details: [
        "时间：今天、昨天、近7天（不写就是近7天）、近30天、本周、上周、本月、上月，或 11-01..11-20。",
        "群名可以只写一部分；“本群”是当前的群，“全部”是这个店员群管的所有群。加“公开”看发给群里的版本，加“表格”要 CSV。",
        "例子：",
        "报告",
        "报告 昨天",
        "报告 本月 阳光里3群",
        "报告 11-01..11-20 全部",
      ],
    },
    survey: {
      usage: "调查 [列表|新建|发|暂停|恢复|截止|结果|归档]",
      about: "小问卷：一个评分题，加最多两个追问",
      details: [
        "新建要写清四件事，分行或用分号隔开：",
        "题目：一句话（也可以写现成题目的编号，“调查 新建”会列出来）",
        "决定：结果出来要决定什么（必写，不写不能安排时间）",
        "时间：每周五 18:30 ／ 每天 20:00 ／ 每月最后一天 20:00；只想手动发就不写",
        "开放：24小时 ／ 到 21:00（不写就是 24 小时）",
        "类型：满意度（默认）、推荐度、轻松度、是否、单选、多选、比预期；单选和多选要写“选项：甲、乙、丙”。管几个群的店员群里再写一行“群：群名”。",
        "例子：",
        "调查 新建 今天的草莓您满意吗；决定：草莓要不要换单层硬盒；时间：每周五 18:30；开放：24小时",
        "调查 新建 周末自提点想开到几点；类型：单选；选项：19:00、20:00、21:00；决定：自提点周末几点关门",
        "调查 列表",
        "调查 发 3（现在就发；加“强制”不管次数上限和安静时段）",
        "调查 暂停 3 ／ 调查 恢复 3 ／ 调查 截止 3 ／ 调查 结果 3 ／ 调查 归档 3",
      ],
    },
    complaints: {
      usage: "投诉 [未结|超时|我的|全部|群名]",
      about: "列出投诉，最急的在前",
      details: ["不写就是未结的。", "例子：", "投诉", "投诉 超时", "投诉 我的", "投诉 阳光里3群"],
    },
    case: {
      usage: "处理 编号 [确认|忽略|接手|指派|备注|回复|解决|重开]",
      about: "看或处理一个投诉",
      details: [
        "只写编号，看全部经过。",
        "例子：",
        "处理 12",
        "处理 12 确认（是投诉，开始计时）",
        "处理 12 忽略 玩笑（不是投诉，可以写原因）",
        "处理 12 接手 ／ 处理 12 指派 小陈",
        "处理 12 备注 已联系供应商（只有店员看得到）",
        "处理 12 回复 马上给您补发（发给顾客，群里会去掉人名电话）",
        "处理 12 解决 已补发2个鸡蛋（告诉顾客结果）",
        "处理 12 重开",
      ],
    },
    improve: {
      usage: "改进 做了什么 [方面]",
      about: "记下一次改进，两周后看有没有用",
      details: [
        "方面：质量、少件、发错货、配送、包装、价格、服务、退款、自提、缺货、安全、信任。这句话会出现在发给群里的小结里，请别写人名。",
        "管几个群时，先写群名或“全部”。",
        "例子：",
        "改进 草莓改单层硬盒装 包装",
        "改进 阳光里3群 自提点开到九点 自提",
      ],
    },
    member: {
      usage: "成员 名字",
      about: "看一位成员在哪些群、有哪些投诉",
      details: ["同名的人分开列。看不到谁投了什么票。", "例子：", "成员 阿珍"],
    },
    settings: {
      usage: "设置 [项目 值]",
      about: "看或改一个群的设置",
      details: [
        "只写“设置”，列出所有项目和现在的值；管几个群时先写群名。",
        "例子：",
        "设置 安静时段 22:00-08:00",
        "设置 小结时间 20:30",
        "设置 公开小结 自动（自动／批准／关）",
        "设置 自动回应 确认后（确认后／立即／关）",
        "设置 词语 加 缺斤少两 少件 ／ 设置 词语 删 缺斤少两",
        "设置 时区 Asia/Shanghai ／ 设置 语言 中文",
        "设置 每群每天 1（次数上限，还有：每群每周、每人每周、每人每月）",
        "设置 营业时间 P3 09:00-12:00,13:30-21:00 ／ 设置 时限 P2 回复 15分钟",
        "设置 阳光里3群 小结时间 20:30",
      ],
    },
    digest: {
      usage: "小结 [批准|不发] [编号]",
      about: "看等待批准的小结，批准或不发",
      details: ["例子：", "小结", "小结 批准 编号", "小结 不发 编号"],
    },
    unsent: {
      usage: "没发出 [编号] [再发|不发]",
      about: "看没发出去的消息，再发一次或作罢",
      details: ["例子：", "没发出", "没发出 12 再发", "没发出 12 不发"],
    },
    bind: {
      usage: "绑定 [编号] [新|旧 几|店员]",
      about: "认领还没绑定的微信群",
      details: [
        "机器人不认识的微信群，只听不说，也不记投诉和投票，等店员认领。给您的口令要到那个群里说，10 分钟内有效，只能用一次。",
        "例子：",
        "绑定（看有哪些群在等）",
        "绑定 3 新（是新群，提醒发到这个店员群）",
        "绑定 3 旧 1（是重新登录后没认出来的老群，投票和投诉接上）",
        "绑定 3 店员（把它用作店员群）",
      ],
    },
    help: { usage: "帮助 [命令]", about: "看能做什么", details: ["例子：", "帮助 报告"] },
    "my-cases": {
      usage: "我的反馈",
      about: "您反映的问题处理到哪一步了",
      details: ["只有您自己看得到。"],
    },
    mute: {
      usage: "免打扰",
      about: "不再给您发提醒和追问",
      details: ["群里的问卷卡片您还是会看到，但我不会单独找您。反映问题照样有人处理。"],
    },
    unmute: { usage: "取消免打扰", about: "恢复提醒和追问", details: [] },
    "my-data": {
      usage: "我的数据",
      about: "看我们留了您哪些数据",
      details: ["只发给您自己。"],
    },
    erase: {
      usage: "删除",
      about: "删除您的数据",
      details: [
        "会先给您一个四位数，十分钟内回复“删除 确认 四位数”才会真的删除。",
        "名字、账号和您写的话都会删掉，只留下没有名字的数目；删除以后找不回来。",
      ],
    },
    "opt-out": {
      usage: "退出",
      about: "以后完全不读、不留您的消息",
      details: ["退出以后您反映的问题我也看不到，有事请直接找店员。想回来写“加入”。"],
    },
    "opt-in": { usage: "加入", about: "退出以后想重新参加", details: [] },
  },
};

const en: HelpTexts = {
  staffHeading: "For staff:",
  memberHeading: "What you can write:",
  aboutYou: "About yourself:",
  howHere: "Here you just write the command; no prefix is needed.",
  howInGroup: (bot) =>
    `In a group write "@${bot} command", or send me the command in private. Only you see the answer.`,
  more: 'Write "help COMMAND" for details and examples, e.g. "help survey".',
  examples: "Examples:",
  complain:
    "Something wrong with an order? Just say so in the group or in private; no command needed.",
  entries: {
    report: {
      usage: "report [days] [GROUP|all] [csv]",
      about: "ratings, complaints and how they were handled",
      details: [
        "Days: today, yesterday, 7d (when you name none), 30d, this week, last week, this month, last month, or 2026-11-01..2026-11-20.",
        'A part of the group\'s name will do; "here" is this group, "all" every group of this staff room. Add "public" for what the group would read, "csv" for a table.',
        "Examples:",
        "report",
        "report yesterday",
        "report 30d Riverside",
        "report 2026-11-01..2026-11-20 all",
      ],
    },
    survey: {
      usage: "survey [list|new|run|pause|resume|close|results|archive]",
      about: "one rating question with at most two follow-ups",
      details: [
        "A new one says four things, on lines of their own or with semicolons between:",
        'the question: one sentence (or the id of a ready-made one; "survey new" lists them)',
        "decision: what you will decide with the answers (required before it can be scheduled)",
        "when: every Friday 18:30 / daily 20:00 / weekdays at 9am; leave it out to send it by hand",
        "for: 24h / until 21:00 (24 hours when you name none)",
        'type: csat (when you name none), nps, ces, yesno, choice, multi, gap; choice and multi need "options: A, B, C". In a staff room of several groups add "group: NAME".',
        "Examples:",
        "survey new How were today's strawberries?; decision: change to single-layer boxes or not; when: every Friday 18:30; for: 24h",
        "survey new How long should pick-up stay open?; type: choice; options: 19:00, 20:00, 21:00; decision: closing time at weekends",
        "survey list",
        'survey run 3 (now; add "force" to set caps and quiet hours aside)',
        "survey pause 3 / survey resume 3 / survey close 3 / survey results 3 / survey archive 3",
      ],
    },
    complaints: {
      usage: "complaints [open|overdue|mine|all|GROUP]",
      about: "list complaints, the most pressing first",
      details: [
        "Without a word: the open ones.",
        "Examples:",
        "complaints",
        "complaints overdue",
        "complaints mine",
        "complaints Riverside",
      ],
    },
    case: {
      usage: "case N [confirm|dismiss|take|assign|note|reply|resolve|reopen]",
      about: "see or handle one complaint",
      details: [
        "With the number alone you see all that happened.",
        "Examples:",
        "case 12",
        "case 12 confirm (it is a complaint; the clock starts)",
        "case 12 dismiss a joke (not a complaint; a reason may follow)",
        "case 12 take / case 12 assign Tom",
        "case 12 note called the supplier (only staff see it)",
        "case 12 reply we are sending two more (goes to the customer; names and numbers are taken out in the group)",
        "case 12 resolve 2 eggs sent (tells the customer the outcome)",
        "case 12 reopen",
      ],
    },
    improve: {
      usage: 'improve "what was changed" [aspect]',
      about: "note an improvement; its effect is checked after two weeks",
      details: [
        "Aspects: quality, shortage, wrong_item, delivery, packaging, price, service, refund, pickup, stock, safety, trust. The sentence appears in the summary for the group, so please name nobody.",
        'With several groups put the group\'s name or "all" first.',
        "Examples:",
        'improve "strawberries now in single-layer boxes" packaging',
        'improve Riverside "desk open until nine" pickup',
      ],
    },
    member: {
      usage: "member NAME",
      about: "in which groups a member is, and their complaints",
      details: [
        "People of the same name are listed apart. Nobody sees who voted what.",
        "Example:",
        "member Ann",
      ],
    },
    settings: {
      usage: "settings [item value]",
      about: "see or change the settings of a group",
      details: [
        '"settings" alone lists every item with its value; with several groups put the group\'s name first.',
        "Examples:",
        "settings quiet 22:00-08:00",
        "settings digest 20:30",
        "settings public automatic (automatic / approved / off)",
        "settings ack on_confirm (on_confirm / at_once / off)",
        'settings words add "short weight" shortage / settings words remove "short weight"',
        "settings zone Asia/Shanghai / settings language en",
        "settings group-day 1 (caps; also group-week, person-week, person-month)",
        "settings hours P3 09:00-12:00,13:30-21:00 / settings target P2 reply 15m",
        "settings Riverside digest 20:30",
      ],
    },
    digest: {
      usage: "digest [approve|withhold] [reference]",
      about: "summaries that wait for approval",
      details: ["Examples:", "digest", "digest approve REFERENCE", "digest withhold REFERENCE"],
    },
    unsent: {
      usage: "unsent [number] [retry|drop]",
      about: "messages that could not be sent: try again or let go",
      details: ["Examples:", "unsent", "unsent 12 retry", "unsent 12 drop"],
    },
    bind: {
      usage: "bind [number] [new|old which|staff]",
      about: "takes over a WeChat group that is not bound yet",
      details: [
        "In a WeChat group that it does not know the bot listens, says nothing, and takes down no complaint and no vote until staff bind it. The code you get is to be said in that group, within 10 minutes, once.",
        "Examples:",
        "bind (which groups wait)",
        "bind 3 new (a new group; its alerts go to this staff room)",
        "bind 3 old 1 (a group from before that was not recognised; its votes and complaints go on)",
        "bind 3 staff (make it a staff room)",
      ],
    },
    help: {
      usage: "help [command]",
      about: "what you can do",
      details: ["Example:", "help report"],
    },
    "my-cases": {
      usage: "my cases",
      about: "how far what you reported has got",
      details: ["Only you see it."],
    },
    mute: {
      usage: "mute",
      about: "no more reminders and follow-up questions to you",
      details: [
        "You still see the questions in the group, but I shall not turn to you alone. What you report is handled as before.",
      ],
    },
    unmute: { usage: "unmute", about: "reminders and follow-ups again", details: [] },
    "my-data": {
      usage: "my data",
      about: "what is kept of you",
      details: ["Sent to you alone."],
    },
    erase: {
      usage: "erase",
      about: "delete your data",
      details: [
        'You first get four digits; only "erase confirm DIGITS" within ten minutes really deletes.',
        "Your name, your account and your words go; only counts without a name stay. It cannot be undone.",
      ],
    },
    "opt-out": {
      usage: "opt out",
      about: "from now on nothing of yours is read or kept",
      details: [
        'What you report is not seen by me then either; please turn to the staff. "opt in" brings you back.',
      ],
    },
    "opt-in": { usage: "opt in", about: "take part again after opting out", details: [] },
  },
};

/** The help in both languages. */
export const helpTexts: Readonly<Record<Language, HelpTexts>> = { zh, en };
