import type { Language } from "#entities/vocabulary.js";
import { inSentence, POINT_LABELS } from "./scale-points.js";

/** What members are told about themselves and their data, in one language. */
export interface DirectoryTexts {
  readonly muted: string;
  readonly unmuted: string;
  readonly optedOut: string;
  readonly optedIn: string;
  readonly alreadyIn: string;
  readonly erase: {
    readonly explain: (code: string) => string;
    readonly button: string;
    readonly wrongCode: string;
    readonly done: string;
    readonly doneOptedOut: string;
    readonly staff: string;
  };
  readonly data: {
    readonly heading: (name: string) => string;
    readonly groups: (parts: readonly string[]) => string;
    readonly since: (group: string, since: string) => string;
    readonly muted: string;
    readonly optedOut: string;
    readonly answers: (count: number) => string;
    readonly answer: (when: string, question: string, value: string) => string;
    readonly comment: (words: string) => string;
    readonly cases: (count: number) => string;
    readonly case: (number: number, when: string, trouble: string) => string;
    readonly words: (words: string) => string;
    readonly messages: (count: number) => string;
    readonly nothing: string;
    readonly foot: string;
    /** Worse, as, better than expected. */
    readonly gap: readonly string[];
    readonly yes: string;
    readonly no: string;
  };
  readonly cases: {
    readonly heading: (count: number) => string;
    readonly none: string;
    readonly foot: string;
  };
}

const zh: DirectoryTexts = {
  muted: "好的，以后不再给您发提醒和追问。群里的问卷卡片还会有，不用理。要恢复请写“取消免打扰”。",
  unmuted: "好的，以后有问卷会照常提醒您。不想被问了写“免打扰”。",
  optedOut:
    "好的，从现在起不读也不留您的任何消息。反映问题我也看不到了，有事请直接找店员。以前留下的数据还在，想删请写“删除”；想回来写“加入”。",
  optedIn: "欢迎回来。从现在起您的回答会算进去，反映的问题会有人跟进。",
  alreadyIn: "您本来就在，不用再加入。",
  erase: {
    explain: (code) =>
      [
        "确定删除您的数据吗？删除以后找不回来。",
        "会删：名字、账号、您写的话、问卷里的留言；正在处理的投诉，店员不会再联系到您。",
        "会留：没有名字的数目（比如“有一位打了3分”）。",
        `确定的话，请在十分钟内回复：删除 确认 ${code}`,
      ].join("\n"),
    button: "确定删除",
    wrongCode: "确认用的四位数不对，或者已经过了十分钟。要删除请重新写“删除”。什么都没有删。",
    done: "已经删除：您的名字、账号和写过的话都没有了。以后您在群里再说话，会当成一位新成员；完全不想参加就写“退出”。",
    doneOptedOut:
      "已经删除：您的名字、账号和写过的话都没有了。您之前选了“退出”，这一点照旧：为此只留一个看不出是谁的标记。",
    staff: "您是店员：您做过的处理记录会保留，但不再写您的名字。",
  },
  data: {
    heading: (name) => `我们留着的您的数据（${name}）：`,
    groups: (parts) => `所在群：${parts.join("；")}`,
    since: (group, since) => `${group}（${since}起）`,
    muted: "免打扰：开",
    optedOut: "已退出：从那以后没有再留任何东西",
    answers: (count) => `问卷回答 ${count} 个：`,
    answer: (when, question, value) => `· ${when} ${question} → ${value}`,
    comment: (words) => `  留言：${words}`,
    cases: (count) => `您反映的问题 ${count} 个：`,
    case: (number, when, trouble) => `· #${number} ${when} ${trouble}`,
    words: (words) => `  “${words}”`,
    messages: (count) => `其他消息：只留了 ${count} 条的数目，没有文字（文字半小时内就删）。`,
    nothing: "没有问卷回答，也没有反映过的问题。",
    foot: "要全部删除请写“删除”；以后不想留请写“退出”。",
    gap: POINT_LABELS.gap.map((label) => label.zh),
    yes: "是",
    no: "否",
  },
  cases: {
    heading: (count) => `您反映的问题 ${count} 个：`,
    none: "您还没有反映过问题。有问题直接告诉我就行。",
    foot: "还没解决的，回复“没解决”就会重新处理。",
  },
};

const en: DirectoryTexts = {
  muted:
    'All right, no more reminders and follow-up questions to you. Questions to the whole group still appear; just ignore them. "unmute" brings reminders back.',
  unmuted: 'All right, you will be reminded as before. "mute" stops it.',
  optedOut:
    'All right, from now on nothing of yours is read or kept. That means I do not see what you report either; please turn to the staff. What was kept before is still there: "erase" deletes it. "opt in" brings you back.',
  optedIn: "Welcome back. From now on your answers count, and what you report is followed up.",
  alreadyIn: "You are taking part already.",
  erase: {
    explain: (code) =>
      [
        "Delete your data for good? It cannot be undone.",
        "What goes: your name, your account, what you wrote, comments in surveys. Staff can no longer reach you about an open complaint.",
        'What stays: counts without a name (such as "one person gave 3").',
        `If you are sure, reply within ten minutes: erase confirm ${code}`,
      ].join("\n"),
    button: "Delete for good",
    wrongCode:
      'The four digits are not right, or the ten minutes are over. Write "erase" to begin again. Nothing was deleted.',
    done: 'Done: your name, your account and what you wrote are gone. If you write in the group again you count as a new member; "opt out" keeps you out altogether.',
    doneOptedOut:
      "Done: your name, your account and what you wrote are gone. You had opted out, and that stays so: a mark that names nobody is kept for it.",
    staff: "You are staff: the record of what you handled stays, without your name.",
  },
  data: {
    heading: (name) => `What is kept of you (${name}):`,
    groups: (parts) => `Groups: ${parts.join("; ")}`,
    since: (group, since) => `${group} (since ${since})`,
    muted: "Muted: yes",
    optedOut: "Opted out: nothing has been kept since",
    answers: (count) => `${count} survey ${count === 1 ? "answer" : "answers"}:`,
    answer: (when, question, value) => `· ${when} ${question} → ${value}`,
    comment: (words) => `  comment: ${words}`,
    cases: (count) => `${count} ${count === 1 ? "problem" : "problems"} you reported:`,
    case: (number, when, trouble) => `· #${number} ${when} ${trouble}`,
    words: (words) => `  “${words}”`,
    messages: (count) =>
      `Other messages: only that there were ${count}, without the words (those go within half an hour).`,
    nothing: "No survey answers and no reported problems.",
    foot: '"erase" deletes all of it; "opt out" keeps anything new from being kept.',
    gap: POINT_LABELS.gap.map((label) => inSentence(label.en)),
    yes: "yes",
    no: "no",
  },
  cases: {
    heading: (count) => `${count} ${count === 1 ? "problem" : "problems"} you reported:`,
    none: "You have not reported anything. If something is wrong, just tell me.",
    foot: 'If one is not solved, reply "not solved" and it is taken up again.',
  },
};

/** Texts about members' own data, in both languages. */
export const directoryTexts: Readonly<Record<Language, DirectoryTexts>> = { zh, en };
