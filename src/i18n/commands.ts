import type { Language } from "#entities/vocabulary.js";
import type { HelpTopic } from "./command-help.js";

/** Why a survey cannot be made as it was typed. */
export interface SurveyDraftWords {
  readonly noQuestion: string;
  readonly noDecision: (example: string) => string;
  readonly unknownType: (typed: string) => string;
  readonly optionsNeeded: string;
  readonly optionsUnused: string;
  readonly unclearFor: string;
  readonly never: string;
  readonly shape: Readonly<Record<string, string>>;
  readonly tooLong: string;
  readonly reminder: string;
}

/** What commands answer, in one language. */
export interface CommandTexts {
  readonly unknown: string;
  readonly near: (typed: string, meant: string) => string;
  readonly nearWithoutButtons: (typed: string, meant: string) => string;
  readonly refused: (topic: HelpTopic) => string;
  readonly more: (page: number, pages: number, next: string) => string;
  readonly lastPage: (page: number, pages: number) => string;
  readonly nextPage: string;
  readonly usage: (usage: string, topic: string) => string;
  readonly groups: {
    readonly none: string;
    readonly unknown: (name: string, near: readonly string[]) => string;
    readonly several: (names: readonly string[]) => string;
    readonly which: (names: readonly string[], example: string) => string;
  };
  readonly report: {
    readonly csvTooLong: (command: string) => string;
    readonly cut: (groups: number) => string;
    readonly fileSent: string;
    readonly fileRefused: string;
  };
  readonly complaints: {
    readonly heading: (filter: "open" | "overdue" | "mine" | "group", count: number) => string;
    readonly empty: (filter: "open" | "overdue" | "mine" | "group") => string;
    readonly affected: (count: number) => string;
    readonly nobody: string;
    readonly left: (duration: string) => string;
    readonly overdue: (duration: string) => string;
    readonly foot: (number: number) => string;
    readonly cut: (count: number) => string;
  };
  readonly cases: {
    readonly acts: (number: number) => string;
    readonly near: (number: number, act: string) => string;
    readonly wordsNeeded: (number: number, act: "note" | "reply") => string;
    readonly whom: (number: number, names: readonly string[]) => string;
    readonly unknownColleague: (name: string, names: readonly string[]) => string;
    readonly reporter: (name: string, affected: number) => string;
    readonly gone: string;
    readonly assignee: (name: string) => string;
    readonly messages: string;
    readonly timeline: string;
    readonly clocks: (parts: readonly string[]) => string;
    readonly resolution: (words: string) => string;
    readonly parts: Readonly<Record<string, string>>;
    readonly noWords: string;
    readonly next: (number: number) => string;
    readonly entry: (facts: {
      readonly when: string;
      readonly act: string;
      readonly who: string;
      readonly note: string | null;
    }) => string;
  };
  readonly improve: {
    readonly usage: string;
    readonly tooLong: (most: number) => string;
    readonly unknownAspect: (typed: string) => string;
    readonly done: (facts: {
      readonly number: number;
      readonly text: string;
      readonly aspect: string | null;
      readonly group: string;
      readonly judgedOn: string;
    }) => string;
    readonly visible: string;
  };
  readonly member: {
    readonly usage: string;
    readonly unknown: (name: string, near: readonly string[]) => string;
    readonly several: (name: string, count: number) => string;
    readonly tooMany: (count: number, shown: number) => string;
    readonly groups: (parts: readonly string[]) => string;
    readonly place: (group: string, role: string, since: string, left: boolean) => string;
    readonly roles: Readonly<Record<"customer" | "staff" | "leader", string>>;
    readonly muted: string;
    readonly optedOut: string;
    readonly answers: (runs: number) => string;
    readonly cases: (parts: readonly string[]) => string;
    readonly noCases: string;
    readonly hidden: string;
    readonly tag: (tag: string) => string;
  };
  readonly settings: {
    readonly heading: (group: string) => string;
    readonly foot: string;
    readonly changed: (group: string, name: string, from: string, to: string) => string;
    readonly same: (name: string, value: string) => string;
    readonly unknown: (typed: string, near: string | null) => string;
    readonly nextDigest: (time: string) => string;
  };
  readonly survey: {
    readonly heading: (count: number) => string;
    readonly empty: string;
    readonly line: (facts: {
      readonly number: number;
      readonly title: string;
      readonly group: string;
      readonly type: string;
      readonly status: string;
      readonly when: string | null;
      readonly next: string | null;
    }) => string;
    readonly status: Readonly<Record<"draft" | "active" | "paused" | "archived", string>>;
    readonly types: Readonly<Record<string, string>>;
    readonly foot: string;
    readonly notFound: (number: number) => string;
    readonly bank: (entries: readonly string[]) => string;
    readonly made: (facts: {
      readonly number: number;
      readonly title: string;
      readonly group: string;
    }) => string;
    readonly draft: (number: number) => string;
    readonly scheduled: (facts: {
      readonly when: string;
      readonly openFor: string;
      readonly next: string;
    }) => string;
    readonly notScheduled: (number: number) => string;
    readonly check: (severity: "error" | "warning", words: string) => string;
    readonly opened: (title: string, group: string, closes: string) => string;
    readonly notOpened: (number: number) => string;
    readonly deferred: (until: string) => string;
    readonly inactive: (number: number) => string;
    readonly paused: (number: number) => string;
    readonly resumed: (number: number, next: string | null) => string;
    readonly archived: (number: number) => string;
    readonly already: (number: number, status: string) => string;
    readonly closed: (number: number) => string;
    readonly noOpenRun: (number: number) => string;
    readonly noRun: (number: number) => string;
    readonly decisionFor: (number: number) => string;
    readonly words: SurveyDraftWords;
    readonly force: string;
  };
  readonly digest: {
    readonly none: string;
    readonly heading: (count: number) => string;
    readonly withCommand: (reference: string) => string;
  };
}

const zh: CommandTexts = {
  unknown: "没看懂这个命令。写“帮助”看能做什么。",
  near: (typed, meant) => `没有“${typed}”这个命令，您是不是想写“${meant}”？`,
  nearWithoutButtons: (typed, meant) =>
    `没有“${typed}”这个命令，您是不是想写“${meant}”？是的话请照着再发一次。`,
  refused: (topic) => {
    if (topic === "complaints")
      return "要反映问题，直接告诉我发生了什么就行，比如“草莓烂了两个”。想看自己反映过的问题，写“我的反馈”。";
    if (topic === "case")
      return "处理投诉要由店员来做。想知道您反映的问题到哪一步了，写“我的反馈”。";
    if (topic === "report" || topic === "digest")
      return "报告只有店员能看。您可以写“我的反馈”看自己的问题处理到哪了，或写“帮助”看还能做什么。";
    return "这个命令只有店员能用。您可以用：我的反馈、我的数据、免打扰、删除、退出。写“帮助”看说明。";
  },
  more: (page, pages, next) => `（第 ${page} 页，共 ${pages} 页。看下一页请写：${next}）`,
  lastPage: (page, pages) => `（第 ${page} 页，共 ${pages} 页，完）`,
  nextPage: "下一页",
  usage: (usage, topic) => `用法：${usage}\n详细说明请写“帮助 ${topic}”。`,
  groups: {
    none: "这里还没有绑定任何顾客群。",
    unknown: (name, near) =>
      near.length === 0
        ? `没有叫「${name}」的群。`
        : `没有叫「${name}」的群，您是不是要找：${near.map((one) => `「${one}」`).join("、")}？`,
    several: (names) => `有几个群都对得上：${names.join("、")}。请把群名写全。`,
    which: (names, example) =>
      `说的是哪个群？这里有：${names.join("、")}。请写上群名，例如：${example}`,
  },
  report: {
    fileSent: "表格已经作为文件私下发给您，请看和我的私聊。",
    fileRefused:
      "平台没有让我发文件：应用缺少上传文件的权限（Slack 上是 files:write）。请管理员补上这项权限并重新安装应用，huiyin doctor slack 会说明缺什么。这次先用文字：",
    cut: (groups) => `另有 ${groups} 个群没有列出，请写上群名来看。`,
    csvTooLong: (command) => `表格太长，在聊天里放不下。请在服务器上运行：\n${command}`,
  },
  complaints: {
    heading: (filter, count) => {
      const names = {
        open: "未结投诉",
        overdue: "超时投诉",
        mine: "我负责的投诉",
        group: "投诉（新的在前）",
      };
      return `${names[filter]} ${count} 件`;
    },
    empty: (filter) =>
      ({
        open: "没有未结的投诉。",
        overdue: "没有超时的投诉。",
        mine: "您手上没有未结的投诉。",
        group: "还没有投诉。",
      })[filter],
    affected: (count) => `${count}人`,
    nobody: "没人接手",
    left: (duration) => `还剩${duration}`,
    overdue: (duration) => `超时${duration}`,
    foot: (number) => `看经过：处理 ${number}`,
    cut: (count) => `另有 ${count} 件没有列出。`,
  },
  cases: {
    acts: (number) =>
      `可以写：处理 ${number} 确认｜忽略｜接手｜指派 名字｜备注 内容｜回复 内容｜解决 内容｜重开`,
    near: (number, act) => `您是不是想写“处理 ${number} ${act}”？`,
    wordsNeeded: (number, act) =>
      act === "note"
        ? `请写上备注的内容，例如：处理 ${number} 备注 已联系供应商`
        : `请写上要回复顾客的话，例如：处理 ${number} 回复 马上给您补发`,
    whom: (number, names) =>
      names.length === 0
        ? `请写上派给谁，例如：处理 ${number} 指派 小陈`
        : `请写上派给谁：${names.join("、")}。例如：处理 ${number} 指派 ${names[0] ?? ""}`,
    unknownColleague: (name, names) =>
      names.length === 0
        ? `没有找到叫“${name}”的店员。`
        : `没有找到叫“${name}”的店员。可以派给：${names.join("、")}。`,
    reporter: (name, affected) =>
      affected > 1 ? `反映人：${name}，共涉及 ${affected} 人` : `反映人：${name}`,
    gone: "已删除数据的成员",
    assignee: (name) => `负责人：${name}`,
    messages: "原话：",
    timeline: "经过：",
    clocks: (parts) => `时限：${parts.join("；")}`,
    resolution: (words) => `处理结果：${words}`,
    parts: {
      report: "反映",
      follow_up: "补充",
      me_too: "附和",
      reply: "店员回复",
      answer: "答复",
    },
    noWords: "（原话已删除）",
    next: (number) => `处理 ${number} 接手｜回复 …｜解决 …`,
    entry: ({ when, act, who, note }) =>
      `${when} ${act}（${who}）${note === null ? "" : `：${note}`}`,
  },
  improve: {
    usage: "请写上做了什么改进，例如：改进 草莓改单层硬盒装 包装",
    tooLong: (most) => `请写短一点，最多 ${most} 个字。`,
    unknownAspect: (typed) =>
      `没有“${typed}”这个方面。可以写：质量、少件、发错货、配送、包装、价格、服务、退款、自提、缺货、安全、信任，也可以不写。`,
    done: ({ number, text, aspect, group, judgedOn }) =>
      `改进 ${number} 已记下：「${text}」${aspect === null ? "" : `（${aspect}）`}，${group}。${judgedOn}起对比前后评分，结果写在小结里。`,
    visible: "这句话会出现在发给群里的小结里，请确认没有人名。",
  },
  member: {
    usage: "请写名字，例如：成员 阿珍",
    unknown: (name, near) =>
      near.length === 0
        ? `没有找到叫“${name}”的成员。`
        : `没有找到叫“${name}”的成员，您是不是要找：${near.join("、")}？`,
    several: (name, count) => `名字里有“${name}”的有 ${count} 位，分开列出：`,
    tooMany: (count, shown) => `一共 ${count} 位，这里列出 ${shown} 位。请把名字写全一点。`,
    groups: (parts) => `所在群：${parts.join("；")}`,
    place: (group, role, since, left) => `${group}（${role}，${since}起${left ? "，已离开" : ""}）`,
    roles: { customer: "顾客", staff: "店员", leader: "团长" },
    muted: "已设免打扰：不会单独找这位成员",
    optedOut: "已退出：不读也不留这位成员的消息",
    answers: (runs) => `参加过 ${runs} 次问卷`,
    cases: (parts) => `投诉：${parts.join("；")}`,
    noCases: "没有投诉",
    hidden: "选了什么不显示：问卷只看汇总。",
    tag: (tag) => `（标识 ${tag}）`,
  },
  settings: {
    heading: (group) => `「${group}」的设置：`,
    foot: "改一项就写“设置 项目 值”，例如：设置 小结时间 20:30",
    changed: (group, name, from, to) => `「${group}」${name}：${from} → ${to}`,
    same: (name, value) => `${name}本来就是 ${value}，没有改动。`,
    unknown: (typed, near) =>
      near === null
        ? `没有“${typed}”这项设置。写“设置”看所有项目。`
        : `没有“${typed}”这项设置，您是不是想写“${near}”？写“设置”看所有项目。`,
    nextDigest: (time) => `下一份小结：${time}`,
  },
  survey: {
    heading: (count) => `调查 ${count} 个：`,
    empty: "还没有调查。写“帮助 调查”看怎么新建。",
    line: ({ number, title, group, type, status, when, next }) =>
      [
        `${number}. ${title}（${type}）｜${group}｜${status}`,
        ...(when === null ? [] : [when]),
        ...(next === null ? [] : [`下次 ${next}`]),
      ].join("｜"),
    status: { draft: "草稿", active: "进行中", paused: "已暂停", archived: "已归档" },
    types: {
      csat: "满意度",
      nps: "推荐度",
      ces: "轻松度",
      yesno: "是否",
      choice: "单选",
      multi: "多选",
      gap: "比预期",
      text: "一句话",
    },
    foot: "调查 结果 编号｜调查 发 编号｜调查 暂停 编号",
    notFound: (number) => `没有编号 ${number} 的调查。写“调查 列表”看编号。`,
    bank: (entries) =>
      `新建调查要写题目和决定，例如：\n调查 新建 今天的草莓您满意吗；决定：草莓要不要换单层硬盒；时间：每周五 18:30；开放：24小时\n也可以用现成的题目，写它的编号：\n${entries.join("\n")}`,
    made: ({ number, title, group }) => `调查 ${number} 已建好：「${title}」，${group}。`,
    draft: (number) => `还没有安排时间。现在就发请写：调查 发 ${number}`,
    scheduled: ({ when, openFor, next }) => `${when}发出，每次开放${openFor}，下一次 ${next}。`,
    notScheduled: (number) =>
      `调查已保存为草稿，但没有安排时间。改好后再建一次，或写“调查 发 ${number}”手动发。`,
    check: (severity, words) => (severity === "error" ? `必须改：${words}` : `建议：${words}`),
    opened: (title, group, closes) => `「${title}」已发到「${group}」，${closes} 截止。`,
    notOpened: (number) =>
      `调查 ${number} 没有发出，原因已写在店员群里。要照发请写：调查 发 ${number} 强制`,
    deferred: (until) => `现在是安静时段，会在 ${until} 发出。`,
    inactive: (number) => `调查 ${number} 已归档，或机器人已不在那个群里，不能发。`,
    paused: (number) =>
      `调查 ${number} 已暂停；已经发出的照常收到截止。恢复请写：调查 恢复 ${number}`,
    resumed: (number, next) =>
      next === null
        ? `调查 ${number} 已恢复，没有安排时间。`
        : `调查 ${number} 已恢复，下一次 ${next}。`,
    archived: (number) => `调查 ${number} 已归档，以前的结果还在。`,
    already: (number, status) => `调查 ${number} 现在是“${status}”，没有改动。`,
    closed: (number) => `调查 ${number} 这一期已截止，结果马上公布。`,
    noOpenRun: (number) => `调查 ${number} 现在没有正在收集的。`,
    noRun: (number) => `调查 ${number} 还没有发过。`,
    decisionFor: (number) =>
      `调查 ${number} 还没有写要决定什么，所以不能发。请重新建一个，写上“决定：…”。`,
    force: "强制",
    words: {
      noQuestion: "没有看到题目。",
      noDecision: (example) =>
        `还没写“决定”：结果出来以后，您要决定什么？结果不管怎样都不改变做法的问卷，不值得打扰大家。\n例如：${example}`,
      unknownType: (typed) =>
        `没有“${typed}”这种类型。可以写：满意度、推荐度、轻松度、是否、单选、多选、比预期。`,
      optionsNeeded: "单选和多选要写选项，例如“选项：19:00、20:00、21:00”。",
      optionsUnused: "只有单选和多选才能写选项；请加“类型：单选”或“类型：多选”。",
      unclearFor: "开放多久没看懂，请写“24小时”“2天”或“到 21:00”，10分钟到14天。",
      never: "按这个时间永远不会发出，请换一个。",
      shape: {
        no_question: "没有题目。",
        no_rating: "第一题要是能打分或选择的题。",
        two_ratings: "只能有一个评分题。",
        too_many_follow_ups: "最多两个追问。",
        follow_up_without_score: "这种题不能带追问。",
        too_few_options: "至少要两个选项。",
        too_many_options: "选项最多 20 个。",
        same_option: "有两个选项一样。",
        empty_text: "题目或选项不能是空的。",
      },
      tooLong: "题目太长了，请控制在 80 个字以内。",
      reminder: "提醒时间晚于截止时间。",
    },
  },
  digest: {
    none: "没有等待批准的小结。",
    heading: (count) => `等待批准的小结 ${count} 份：`,
    withCommand: (reference) =>
      `批准请写“小结 批准 ${reference}”，不发请写“小结 不发 ${reference}”。`,
  },
};

const en: CommandTexts = {
  unknown: 'I do not know this command. "help" shows what you can do.',
  near: (typed, meant) => `There is no command "${typed}". Did you mean "${meant}"?`,
  nearWithoutButtons: (typed, meant) =>
    `There is no command "${typed}". Did you mean "${meant}"? If so, please send it again like this.`,
  refused: (topic) => {
    if (topic === "complaints")
      return 'Just tell me what went wrong, for example "two strawberries were rotten". To see what you reported before, write "my cases".';
    if (topic === "case")
      return 'Complaints are handled by the staff. To see how far yours has got, write "my cases".';
    if (topic === "report" || topic === "digest")
      return 'Reports are for the staff. "my cases" shows how far what you reported has got; "help" shows what else you can do.';
    return 'This command is for the staff. You can use: my cases, my data, mute, erase, opt out. "help" explains them.';
  },
  more: (page, pages, next) => `(page ${page} of ${pages}; more: ${next})`,
  lastPage: (page, pages) => `(page ${page} of ${pages}, the end)`,
  nextPage: "Next page",
  usage: (usage, topic) => `Usage: ${usage}\n"help ${topic}" explains it.`,
  groups: {
    none: "No customers' group is bound to this room yet.",
    unknown: (name, near) =>
      near.length === 0
        ? `There is no group named "${name}".`
        : `There is no group named "${name}". Did you mean ${near.map((one) => `"${one}"`).join(", ")}?`,
    several: (names) =>
      `More than one group fits: ${names.join(", ")}. Please write the whole name.`,
    which: (names, example) =>
      `Which group? There are: ${names.join(", ")}. Please put the name in, for example: ${example}`,
  },
  report: {
    fileSent: "The table is a file now, in your direct messages with me.",
    fileRefused:
      "The platform did not let me send a file: the app lacks the permission (on Slack: files:write). An administrator can add it and install the app again; huiyin doctor slack says what is missing. In words this time:",
    cut: (groups) => `${groups} more groups are not shown; please name the one to see.`,
    csvTooLong: (command) =>
      `The table is too long for a chat. Please run this on the server:\n${command}`,
  },
  complaints: {
    heading: (filter, count) => {
      const names = {
        open: "open",
        overdue: "overdue",
        mine: "of yours",
        group: "in all, newest first",
      };
      return `${count} ${count === 1 ? "complaint" : "complaints"} ${names[filter]}`;
    },
    empty: (filter) =>
      ({
        open: "No open complaints.",
        overdue: "No overdue complaints.",
        mine: "No open complaint is yours.",
        group: "No complaints yet.",
      })[filter],
    affected: (count) => `${count} ${count === 1 ? "person" : "people"}`,
    nobody: "nobody on it",
    left: (duration) => `${duration} left`,
    overdue: (duration) => `${duration} overdue`,
    foot: (number) => `Details: case ${number}`,
    cut: (count) => `${count} more not shown.`,
  },
  cases: {
    acts: (number) =>
      `You can write: case ${number} confirm | dismiss | take | assign NAME | note … | reply … | resolve … | reopen`,
    near: (number, act) => `Did you mean "case ${number} ${act}"?`,
    wordsNeeded: (number, act) =>
      act === "note"
        ? `Please write the note, for example: case ${number} note called the supplier`
        : `Please write what the customer shall read, for example: case ${number} reply we are sending two more`,
    whom: (number, names) =>
      names.length === 0
        ? `Please say to whom, for example: case ${number} assign Tom`
        : `Please say to whom: ${names.join(", ")}. For example: case ${number} assign ${names[0] ?? ""}`,
    unknownColleague: (name, names) =>
      names.length === 0
        ? `Nobody of the staff is named "${name}".`
        : `Nobody of the staff is named "${name}". There are: ${names.join(", ")}.`,
    reporter: (name, affected) =>
      affected > 1 ? `Reported by ${name}; ${affected} people affected` : `Reported by ${name}`,
    gone: "a member whose data was erased",
    assignee: (name) => `In charge: ${name}`,
    messages: "What was said:",
    timeline: "What happened:",
    clocks: (parts) => `Due: ${parts.join("; ")}`,
    resolution: (words) => `Outcome: ${words}`,
    parts: {
      report: "report",
      follow_up: "added",
      me_too: "me too",
      reply: "staff reply",
      answer: "answer",
    },
    noWords: "(words erased)",
    next: (number) => `case ${number} take | reply … | resolve …`,
    entry: ({ when, act, who, note }) =>
      `${when} ${act} (${who})${note === null ? "" : `: ${note}`}`,
  },
  improve: {
    usage:
      'Please say what was changed, for example: improve "strawberries now in single-layer boxes" packaging',
    tooLong: (most) => `Please make it shorter: at most ${most} characters.`,
    unknownAspect: (typed) =>
      `There is no aspect "${typed}". Use one of: quality, shortage, wrong_item, delivery, packaging, price, service, refund, pickup, stock, safety, trust; or none.`,
    done: ({ number, text, aspect, group, judgedOn }) =>
      `Improvement ${number} noted: "${text}"${aspect === null ? "" : ` (${aspect})`}, ${group}. From ${judgedOn} on ratings before and after are compared; the digest tells the result.`,
    visible:
      "The group will read this sentence in its summary, so please make sure it names nobody.",
  },
  member: {
    usage: "Please write a name, for example: member Ann",
    unknown: (name, near) =>
      near.length === 0
        ? `There is no member named "${name}".`
        : `There is no member named "${name}". Did you mean ${near.join(", ")}?`,
    several: (name, count) => `${count} members have "${name}" in their name, listed apart:`,
    tooMany: (count, shown) =>
      `There are ${count}; these are ${shown} of them. Please write more of the name.`,
    groups: (parts) => `Groups: ${parts.join("; ")}`,
    place: (group, role, since, left) =>
      `${group} (${role}, since ${since}${left ? ", left" : ""})`,
    roles: { customer: "customer", staff: "staff", leader: "leader" },
    muted: "Muted: the bot does not turn to them alone",
    optedOut: "Opted out: nothing of theirs is read or kept",
    answers: (runs) => `Took part in ${runs} ${runs === 1 ? "survey" : "surveys"}`,
    cases: (parts) => `Complaints: ${parts.join("; ")}`,
    noCases: "No complaints",
    hidden: "What they chose is not shown: surveys are only seen in sum.",
    tag: (tag) => ` (tag ${tag})`,
  },
  settings: {
    heading: (group) => `Settings of "${group}":`,
    foot: 'To change one write "settings ITEM VALUE", for example: settings digest 20:30',
    changed: (group, name, from, to) => `"${group}" ${name}: ${from} → ${to}`,
    same: (name, value) => `${name} is ${value} already; nothing was changed.`,
    unknown: (typed, near) =>
      near === null
        ? `There is no setting "${typed}". "settings" lists all of them.`
        : `There is no setting "${typed}". Did you mean "${near}"? "settings" lists all of them.`,
    nextDigest: (time) => `Next digest: ${time}`,
  },
  survey: {
    heading: (count) => `${count} ${count === 1 ? "survey" : "surveys"}:`,
    empty: 'There are no surveys yet. "help survey" shows how to make one.',
    line: ({ number, title, group, type, status, when, next }) =>
      [
        `${number}. ${title} (${type}) | ${group} | ${status}`,
        ...(when === null ? [] : [when]),
        ...(next === null ? [] : [`next ${next}`]),
      ].join(" | "),
    status: { draft: "draft", active: "active", paused: "paused", archived: "archived" },
    types: {
      csat: "satisfaction",
      nps: "recommendation",
      ces: "effort",
      yesno: "yes/no",
      choice: "one choice",
      multi: "several choices",
      gap: "against expectation",
      text: "open question",
    },
    foot: "survey results N | survey run N | survey pause N",
    notFound: (number) => `There is no survey ${number}. "survey list" shows the numbers.`,
    bank: (entries) =>
      `A new survey needs a question and a decision, for example:\nsurvey new How were today's strawberries?; decision: change to single-layer boxes or not; when: every Friday 18:30; for: 24h\nOr take a ready-made question by its id:\n${entries.join("\n")}`,
    made: ({ number, title, group }) => `Survey ${number} made: "${title}", ${group}.`,
    draft: (number) => `It has no schedule yet. To send it now write: survey run ${number}`,
    scheduled: ({ when, openFor, next }) =>
      `It goes out ${when}, stays open for ${openFor}, next on ${next}.`,
    notScheduled: (number) =>
      `It was kept as a draft without a schedule. Make it again with the change, or send it by hand: survey run ${number}`,
    check: (severity, words) =>
      severity === "error" ? `Must be changed: ${words}` : `Suggestion: ${words}`,
    opened: (title, group, closes) => `"${title}" is posted to "${group}" and closes ${closes}.`,
    notOpened: (number) =>
      `Survey ${number} was not sent; the staff room has the reason. To send it all the same: survey run ${number} force`,
    deferred: (until) => `It is quiet time now; it goes out at ${until}.`,
    inactive: (number) =>
      `Survey ${number} is archived, or the bot has left that group; it cannot be sent.`,
    paused: (number) =>
      `Survey ${number} is paused; one that is out stays open to its end. Go on with: survey resume ${number}`,
    resumed: (number, next) =>
      next === null
        ? `Survey ${number} is resumed; it has no schedule.`
        : `Survey ${number} is resumed, next on ${next}.`,
    archived: (number) => `Survey ${number} is archived; earlier results stay.`,
    already: (number, status) => `Survey ${number} is ${status}; nothing was changed.`,
    closed: (number) => `Survey ${number} is closed; the result follows.`,
    noOpenRun: (number) => `Survey ${number} is not collecting answers now.`,
    noRun: (number) => `Survey ${number} has never been sent.`,
    decisionFor: (number) =>
      `Survey ${number} does not say what will be decided, so it cannot be sent. Make it again with "decision: …".`,
    force: "force",
    words: {
      noQuestion: "There is no question.",
      noDecision: (example) =>
        `It does not say what you will decide with the answers. A survey whose result changes nothing is not worth asking people for.\nFor example: ${example}`,
      unknownType: (typed) =>
        `There is no type "${typed}". Use csat, nps, ces, yesno, choice, multi or gap.`,
      optionsNeeded: 'A choice needs options, for example "options: 19:00, 20:00, 21:00".',
      optionsUnused: 'Only choices have options; add "type: choice" or "type: multi".',
      unclearFor:
        'How long it stays open is not clear; write "24h", "2 days" or "until 21:00", from 10 minutes to 14 days.',
      never: "With this schedule it would never go out; please choose another.",
      shape: {
        no_question: "There is no question.",
        no_rating: "The first question has to be one with a scale or options.",
        two_ratings: "Only one rating question is allowed.",
        too_many_follow_ups: "At most two follow-ups are allowed.",
        follow_up_without_score: "This kind of question cannot have follow-ups.",
        too_few_options: "There have to be at least two options.",
        too_many_options: "At most 20 options.",
        same_option: "Two options are the same.",
        empty_text: "Questions and options cannot be empty.",
      },
      tooLong: "The question is too long; please stay below 160 characters.",
      reminder: "The reminder would come after it closes.",
    },
  },
  digest: {
    none: "No summary waits for approval.",
    heading: (count) =>
      `${count} ${count === 1 ? "summary waits" : "summaries wait"} for approval:`,
    withCommand: (reference) =>
      `Write "digest approve ${reference}" to post it or "digest withhold ${reference}" to leave it out.`,
  },
};

/** Answers to commands in both languages. */
export const commandTexts: Readonly<Record<Language, CommandTexts>> = { zh, en };
