import type { Language, QuestionKind } from "#entities/vocabulary.js";
import { scaleDirection } from "./scale-points.js";

/** Rounded interval of a share, in percent. */
export interface PercentRange {
  readonly low: number;
  readonly high: number;
}

/** An exact share as staff read it. */
export interface ShareFacts {
  readonly percent: string;
  readonly hits: number;
  readonly n: number;
  readonly range: string;
}

/** Facts of the line that names answers left out of n. */
export interface LeftOut {
  readonly outside: readonly { readonly label: string; readonly count: number }[];
  readonly staff: number;
  readonly unverified: number;
  readonly replaced: number;
}

/** Why a survey was not opened, as staff read it. */
export type NotOpenedWord =
  | "missed"
  | "open_p1"
  | "already_open"
  | "cap_day"
  | "cap_week"
  | "nps_gap"
  | "deferred"
  | "left";

/** What scheduling a survey may run into. */
export type ScheduleWarningWord = "cap_day" | "cap_week" | "nps_gap" | "overlap" | "quiet";

/** Every sentence of surveys, in one language. */
export interface SurveyTexts {
  readonly heading: string;
  readonly closedHeading: string;
  readonly reminderHeading: string;
  /** Direction of a scale in words; null where the labels say it already. */
  direction(kind: QuestionKind): string | null;
  option(key: string, label: string): string;
  /** How to answer without buttons; `sample` answers are shown as they would be typed. */
  howToReply(kind: QuestionKind): string;
  outsideHint(label: string): string;
  /** How to answer with buttons. */
  readonly howToPress: string;
  readonly multiHint: string;
  readonly openTextHint: string;
  /** How to answer in words where a button opens a window, and that button. */
  readonly openTextPress: string;
  readonly writeWords: string;
  /** How many have answered by now; rounded. */
  answeredSoFar(about: number): string;
  readonly visibleInGroup: string;
  readonly promise: string;
  closes(when: string): string;
  readonly closedCard: string;
  readonly clear: string;
  // Private answers.
  readonly thanks: Readonly<Record<"recorded" | "changed" | "same" | "cleared", string>>;
  thanksFor(shown: string): string;
  readonly staffVote: string;
  readonly notHere: string;
  readonly closedReply: string;
  readonly unknownOption: string;
  unclear(how: string): string;
  which(count: number): string;
  whichWithoutButtons(count: number): string;
  whichChoice(answer: string, title: string): string;
  readonly followUp: string;
  readonly followUpWords: string;
  readonly followUpPress: string;
  readonly followUpTags: string;
  readonly followUpOwnWords: string;
  // Results for the group.
  readonly resultHeading: string;
  tooFew(k: number): string;
  answered(about: number, share: number | null): string;
  readonly figures: {
    csat(percent: number, range: PercentRange): string;
    ces(percent: number, range: PercentRange): string;
    yes(percent: number, range: PercentRange): string;
    nps(score: number, range: PercentRange, shares: { up: number; down: number }): string;
    gap(shares: { better: number; as: number; worse: number }): string;
    option(label: string, percent: number): string;
    readonly rest: string;
    restShare(percent: number): string;
    readonly words: string;
  };
  majority(word: string): string;
  majorityChose(label: string): string;
  readonly noMajority: string;
  /** Why words stand in place of a number. */
  readonly hiddenSmall: string;
  readonly npsLater: string;
  readonly majorityWords: Readonly<Record<string, string>>;
  readonly textCollected: string;
  readonly thanksToAll: string;
  // For the staff room.
  staffHeading(number: number, title: string): string;
  staffWhere(group: string, from: string, to: string): string;
  decision(text: string): string;
  staffCount(n: number, eligible: number, rate: string | null): string;
  leftOut(facts: LeftOut): string | null;
  /** Answers from before a log-in that changed everybody's ids. */
  beforeLogin(facts: { readonly votes: number; readonly unrecognised: number }): string;
  staffTooFew(n: number): string;
  readonly preliminary: string;
  share(word: string, facts: ShareFacts): string;
  mean(value: string): string;
  npsLine(score: string, range: string, parts: readonly [number, number, number]): string;
  readonly npsTooFew: string;
  gapLine(net: string, range: string, parts: readonly [number, number, number]): string;
  spread(parts: readonly string[]): string;
  pointCount(point: string, count: number): string;
  reasons(question: string, parts: readonly string[]): string;
  comments(count: number): string;
  commentsHeld(count: number, needed: number): string;
  comment(text: string): string;
  readonly words: Readonly<
    Record<"satisfied" | "verySatisfied" | "dissatisfied" | "easy" | "yes", string>
  >;
  stillOpen(n: number, closes: string): string;
  notOpened(facts: {
    readonly number: number;
    readonly title: string;
    readonly group: string;
    readonly reason: NotOpenedWord;
    readonly until: string | null;
  }): string;
  held(facts: { readonly group: string; readonly entries: readonly string[] }): string;
  heldEntry(name: string, was: string, now: string | null): string;
  warning(word: ScheduleWarningWord): string;
}

const zh: SurveyTexts = {
  heading: "【小问卷】",
  closedHeading: "【小问卷·已结束】",
  reminderHeading: "【小问卷·提醒一次】",
  direction: (kind) => {
    if (kind !== "csat" && kind !== "nps" && kind !== "ces") return null;
    return scaleDirection(kind, "zh")
      .map(({ point, label }) => `${point} ${label}`)
      .join("，");
  },
  option: (key, label) => `${key} ${label}`,
  howToReply: (kind) => {
    switch (kind) {
      case "csat":
        return "回复数字 1–5 就行，也可以引用本条回复，比如「4」或「2，送得太晚了」。";
      case "nps":
        return "回复数字 0–10 就行，也可以引用本条回复，比如「9」或「6，品种少了点」。";
      case "ces":
        return "回复数字 1–7 就行，也可以引用本条回复，比如「6」或「3，等太久」。";
      case "yesno":
        return "回复「是」或「否」就行，也可以引用本条回复。";
      case "gap":
        return "回复数字 1–3 就行，也可以引用本条回复，比如「3」或「比预期差」。";
      case "choice":
        return "回复字母就行，也可以引用本条回复，比如「A」。";
      case "multi":
        return "可以多选，回复数字就行，也可以引用本条回复，比如「1、3」。";
      case "text":
        return "引用本条回复，写一句话就行。";
    }
  },
  outsideHint: (label) => `不适用就回复「${label}」，不算进结果。`,
  howToPress: "点一下按钮就行，截止前可以改，以最后一次为准。",
  multiHint: "可以多选，点错了点「清空」重选。",
  openTextHint: "引用本条或私信我，写一句话就行。",
  openTextPress: "点「写几句」，写一句话就行；截止前可以改，以最后一次为准。",
  writeWords: "写几句",
  answeredSoFar: (about) => `已有约 ${about} 位作答。`,
  visibleInGroup: "在群里回复大家看得到，想私下说就私信我；截止前可以改，以最后一次为准。",
  promise:
    "截止前不显示结果；群里只公布汇总、不点名，店家看到的也是汇总和不带名字的留言。留言里提到问题的，会有人来跟进。",
  closes: (when) => `截止时间 ${when}。`,
  closedCard: "已经截止，谢谢参与。结果请看群里的汇总。",
  clear: "清空",
  thanks: {
    recorded: "记下了，谢谢！截止前想改，再答一次就行。",
    changed: "改好了，以这一次为准。",
    same: "和之前一样，已经记着了。",
    cleared: "已清空，重新选就行。",
  },
  thanksFor: (shown) => `您选的是「${shown}」。`,
  staffVote: "您在本群是工作人员，这一票不计入结果，单独给店里参考。谢谢！",
  notHere: "这个问卷是发给另一个群的，您的回答没有记录。",
  closedReply: "这个问卷已经截止，这次没有记上。有话想说，直接告诉我就行。",
  unknownOption: "这个选项现在不能选了，没有记录。请用最新的问卷卡片再选一次。",
  unclear: (how) => `没看明白您的回答，先没有记。${how}`,
  which: (count) => `现在有 ${count} 个问卷开着，您这条是回答哪一个？点一下就记上。`,
  whichWithoutButtons: (count) =>
    `现在有 ${count} 个问卷开着，没法确定您回答的是哪一个，先没有记。请在群里引用那条问卷再回一次。`,
  whichChoice: (answer, title) => `${answer} → ${title}`,
  followUp: "谢谢，记下了。",
  followUpWords: "直接回复我一句话就行，不想说可以不理。",
  followUpPress: "点「写几句」说一说，不想说可以不理。",
  followUpTags: "点一下就行，不想说可以不理。",
  followUpOwnWords: "回复前面的数字，或者写一句话，不想说可以不理。",
  resultHeading: "【问卷结果】",
  tooFew: (k) => `这次作答不到 ${k} 位，为保护大家不公布数字。谢谢参与！`,
  answered: (about, share) =>
    share === null
      ? `约 ${about} 位作答，谢谢！`
      : `约 ${about} 位作答，约占能作答成员的 ${share}%，谢谢！`,
  figures: {
    csat: (percent, { low, high }) =>
      `回答的人里约 ${percent}% 满意（人数有限，大致在 ${low}%–${high}% 之间）。`,
    ces: (percent, { low, high }) =>
      `回答的人里约 ${percent}% 觉得解决得轻松（人数有限，大致在 ${low}%–${high}% 之间）。`,
    yes: (percent, { low, high }) =>
      `回答的人里约 ${percent}% 选「是」（人数有限，大致在 ${low}%–${high}% 之间）。`,
    nps: (score, { low, high }, { up, down }) =>
      `回答的人里约 ${up}% 很愿意推荐，约 ${down}% 不太愿意；净推荐值约 ${score}（人数有限，大致在 ${low} 到 ${high} 之间）。`,
    gap: ({ better, as, worse }) =>
      `回答的人里，约 ${better}% 觉得比预期好，约 ${as}% 一样，约 ${worse}% 觉得比预期差。`,
    option: (label, percent) => `${label} 约 ${percent}%`,
    rest: "其余选项选的人少，不单独公布。",
    restShare: (percent) => `其余选项合计 约 ${percent}%`,
    words: "各选项选的人都不多，为保护大家不公布数字。",
  },
  majority: (word) => `回答的人里多数${word}。`,
  majorityChose: (label) => `选了「${label}」`,
  noMajority: "大家的看法比较分散。",
  hiddenSmall: "有的选项选的人少，为保护大家不公布数字。",
  npsLater: "作答还不到 30 位，先不算净推荐值。",
  majorityWords: {
    satisfied: "表示满意",
    not_satisfied: "还不够满意",
    easy: "觉得解决得轻松",
    not_easy: "觉得解决得不够轻松",
    promoter: "很愿意推荐",
    passive: "态度中间",
    detractor: "不太愿意推荐",
    yes: "选了「是」",
    no: "选了「否」",
    better: "觉得比预期好",
    as: "觉得和预期一样",
    worse: "觉得比预期差",
  },
  textCollected: "大家写的话已经汇总给店家，不带名字。",
  thanksToAll: "想私下补充，私信我就行。不想被问，私信我「免打扰」。",
  staffHeading: (number, title) => `【问卷 ${number} 结果】${title}`,
  staffWhere: (group, from, to) => `${group}，${from} 至 ${to}`,
  decision: (text) => `要支持的决定：${text}`,
  staffCount: (n, eligible, rate) =>
    rate === null
      ? `有效作答 n=${n}`
      : `有效作答 n=${n}，能作答 ${eligible} 位，参与率 ${rate}（只代表回答的人）`,
  leftOut: ({ outside, staff, unverified, replaced }) => {
    const parts = [
      ...outside.map(({ label, count }) => `${label} ${count}`),
      ...(staff > 0 ? [`工作人员 ${staff}`] : []),
      ...(unverified > 0 ? [`接龙里对不上成员 ${unverified}`] : []),
    ];
    const left = parts.length > 0 ? `不计入：${parts.join("、")}` : "";
    const again = replaced > 0 ? `改过 ${replaced} 次，只算最后一次` : "";
    const line = [left, again].filter((part) => part !== "").join("；");
    return line === "" ? null : line;
  },
  beforeLogin: ({ votes, unrecognised }) =>
    unrecognised === 0
      ? `其中 ${votes} 票投于微信重新登录之前，投票的人后来都认出来了。`
      : `其中 ${votes} 票投于微信重新登录之前，${unrecognised} 人登录后没能认出来；他们若又投过，会多算一票。`,
  staffTooFew: (n) => `回答太少（n=${n}），为保护作答的人不展开。`,
  preliminary: "人数少，先当初步看法。",
  share: (word, { percent, hits, n, range }) =>
    `${word} ${percent}（${hits}/${n}，95% 区间 ${range}）`,
  mean: (value) => `平均 ${value}`,
  npsLine: (score, range, [up, middle, down]) =>
    `NPS ${score}（95% 区间 ${range}）；推荐 ${up}、中立 ${middle}、贬损 ${down}`,
  npsTooFew: "NPS 不到 30 人不算分，只看分布。",
  gapLine: (net, range, [better, as, worse]) =>
    `净差 ${net}（95% 区间 ${range}）；更好 ${better}、一样 ${as}、更差 ${worse}`,
  spread: (parts) => `分布：${parts.join("、")}`,
  pointCount: (point, count) => `${point} 分 ${count} 位`,
  reasons: (question, parts) => `${question} ${parts.join("、")}`,
  comments: (count) => `留言 ${count} 条（不带名字，顺序打乱）`,
  commentsHeld: (count, needed) =>
    `留言 ${count} 条，写的人不到 ${needed} 位，为免认出是谁先不展示原话。`,
  comment: (text) => `· ${text}`,
  words: {
    satisfied: "满意",
    verySatisfied: "非常满意",
    dissatisfied: "不满意",
    easy: "觉得轻松",
    yes: "选「是」",
  },
  stillOpen: (n, closes) => `还在收集，已收到 ${n} 份，${closes} 截止；截止前不显示结果。`,
  notOpened: ({ number, title, group, reason, until }) => {
    const why: Readonly<Record<NotOpenedWord, string>> = {
      missed: "错过了计划时间（服务当时不在线），这一期不补发",
      open_p1: "群里有未解决的紧急问题（P1），先处理问题",
      already_open: "同一个问卷上一期还没截止",
      cap_day: "今天已经发过问卷，到了每天上限",
      cap_week: "最近 7 天已到每周上限",
      nps_gap: "离上次 NPS 还不够久",
      deferred: `现在是安静时段，推迟到 ${until ?? "安静时段结束"}`,
      left: "机器人已不在群里",
    };
    return `问卷 ${number}《${title}》没有在「${group}」发出，因为${why[reason]}。`;
  },
  held: ({ group, entries }) =>
    `「${group}」的接龙里有别人的记录被改动，先按原来的算，请核对\n${entries.join("\n")}`,
  heldEntry: (name, was, now) =>
    now === null
      ? `· ${name}：原来 ${was}，新列表里没有了`
      : `· ${name}：原来 ${was}，改成了 ${now}`,
  warning: (word) => {
    const words: Readonly<Record<ScheduleWarningWord, string>> = {
      cap_day: "这个安排一天会发不止一次，超过每天上限的那几次不会发出。",
      cap_week: "这个安排一周的次数超过上限，超出的那几次不会发出。",
      nps_gap: "NPS 两次之间要隔够天数（默认 90 天），太密的那几次不会发出。",
      overlap: "上一期还没截止就到了下一期，下一期不会发出。",
      quiet: "时间落在安静时段，会推迟到安静时段结束再发。",
    };
    return words[word];
  },
};

const en: SurveyTexts = {
  heading: "[Quick question] ",
  closedHeading: "[Quick question, closed] ",
  reminderHeading: "[Quick question, one reminder] ",
  direction: (kind) => {
    if (kind !== "csat" && kind !== "nps" && kind !== "ces") return null;
    return scaleDirection(kind, "en")
      .map(({ point, label }) => `${point} = ${label}`)
      .join(", ");
  },
  option: (key, label) => `${key} ${label}`,
  howToReply: (kind) => {
    switch (kind) {
      case "csat":
        return 'Reply with a number from 1 to 5, or quote this, e.g. "4" or "2, came too late".';
      case "nps":
        return 'Reply with a number from 0 to 10, or quote this, e.g. "9" or "6, too little choice".';
      case "ces":
        return 'Reply with a number from 1 to 7, or quote this, e.g. "6" or "3, took too long".';
      case "yesno":
        return 'Reply "yes" or "no", or quote this.';
      case "gap":
        return 'Reply with a number from 1 to 3, or quote this, e.g. "3" or "worse".';
      case "choice":
        return 'Reply with a letter, or quote this, e.g. "A".';
      case "multi":
        return 'Reply with as many numbers as you like, or quote this, e.g. "1, 3".';
      case "text":
        return "Quote this message and write one sentence.";
    }
  },
  outsideHint: (label) => `Does not apply? Reply "${label}"; it is not counted.`,
  howToPress: "One tap is enough. You can change it until it closes; the last answer counts.",
  multiHint: 'Choose as many as you like; "Clear" starts over.',
  openTextHint: "Quote this message or write to me privately; one sentence is enough.",
  openTextPress:
    'Tap "In my own words"; one sentence is enough. You can change it until it closes; the last answer counts.',
  writeWords: "In my own words",
  answeredSoFar: (about) => `About ${about} have answered so far.`,
  visibleInGroup:
    "Everybody sees replies in the group; message me to answer in private. Your last answer before closing counts.",
  promise:
    "Results stay hidden until then. The group sees a summary without names; the shop also sees the comments, without names. Problems you mention are followed up.",
  closes: (when) => `Closes ${when}.`,
  closedCard: "This is closed now, thank you. See the summary in the group.",
  clear: "Clear",
  thanks: {
    recorded: "Noted, thank you! To change it before it closes, just answer again.",
    changed: "Changed. This one counts now.",
    same: "Same as before, it is noted already.",
    cleared: "Cleared. Choose again.",
  },
  thanksFor: (shown) => `You chose "${shown}".`,
  staffVote:
    "You work for the shop here, so this answer does not count; the shop sees it apart. Thank you!",
  notHere: "This question belongs to another group, so your answer was not recorded.",
  closedReply:
    "This question is closed, so this answer was not recorded. You can still tell me anything directly.",
  unknownOption:
    "This option cannot be chosen any more; nothing was recorded. Please use the latest card.",
  unclear: (how) => `I am not sure what you mean, so nothing was recorded. ${how}`,
  which: (count) => `There are ${count} open questions. Which one is this for? One tap records it.`,
  whichWithoutButtons: (count) =>
    `There are ${count} open questions and I cannot tell which one this is for, so nothing was recorded. Please quote that question in the group and reply again.`,
  whichChoice: (answer, title) => `${answer} → ${title}`,
  followUp: "Thank you, noted.",
  followUpWords: "Reply to me with one sentence, or just ignore this.",
  followUpPress: 'Tap "In my own words", or just ignore this.',
  followUpTags: "One tap is enough, or just ignore this.",
  followUpOwnWords: "Reply with the numbers or one sentence, or just ignore this.",
  resultHeading: "[Result] ",
  tooFew: (k) =>
    `Fewer than ${k} answers this time, so no numbers, to protect everyone. Thank you!`,
  answered: (about, share) =>
    share === null
      ? `About ${about} members answered, thank you!`
      : `About ${about} members answered, roughly ${share}% of those who could. Thank you!`,
  figures: {
    csat: (percent, { low, high }) =>
      `Of those who answered, about ${percent}% are satisfied (give or take chance: ${low}% to ${high}%).`,
    ces: (percent, { low, high }) =>
      `Of those who answered, about ${percent}% found it easy to get this solved (give or take chance: ${low}% to ${high}%).`,
    yes: (percent, { low, high }) =>
      `Of those who answered, about ${percent}% said yes (give or take chance: ${low}% to ${high}%).`,
    nps: (score, { low, high }, { up, down }) =>
      `Of those who answered, about ${up}% would gladly recommend us and about ${down}% would rather not; net promoter score about ${score} (give or take chance: ${low} to ${high}).`,
    gap: ({ better, as, worse }) =>
      `Of those who answered, about ${better}% found it better than expected, about ${as}% as expected, about ${worse}% worse.`,
    option: (label, percent) => `${label} about ${percent}%`,
    rest: "The other options were chosen by few and are not shown one by one.",
    restShare: (percent) => `all other options together about ${percent}%`,
    words: "Each option was chosen by few, so no numbers, to protect everyone.",
  },
  majority: (word) => `Most of those who answered ${word}. `,
  majorityChose: (label) => `chose "${label}"`,
  noMajority: "Opinions are spread out. ",
  hiddenSmall: "Some options were chosen by few, so no numbers, to protect everyone.",
  npsLater: "With fewer than 30 answers no net promoter score is worked out.",
  majorityWords: {
    satisfied: "are satisfied",
    not_satisfied: "are not satisfied yet",
    easy: "found it easy",
    not_easy: "did not find it easy",
    promoter: "would gladly recommend us",
    passive: "are in the middle",
    detractor: "would rather not recommend us",
    yes: "said yes",
    no: "said no",
    better: "found it better than expected",
    as: "found it as expected",
    worse: "found it worse than expected",
  },
  textCollected: "What you wrote has gone to the shop, without names.",
  thanksToAll: 'To add something in private, message me. Not asked again: message me "mute".',
  staffHeading: (number, title) => `[Survey ${number} result] ${title}`,
  staffWhere: (group, from, to) => `${group}, ${from} to ${to}`,
  decision: (text) => `Decision it serves: ${text}`,
  staffCount: (n, eligible, rate) =>
    rate === null
      ? `Valid answers n=${n}`
      : `Valid answers n=${n} of ${eligible} who could answer, participation ${rate} (speaks for those who answered)`,
  leftOut: ({ outside, staff, unverified, replaced }) => {
    const parts = [
      ...outside.map(({ label, count }) => `${label} ${count}`),
      ...(staff > 0 ? [`staff ${staff}`] : []),
      ...(unverified > 0 ? [`list entries without a member ${unverified}`] : []),
    ];
    const left = parts.length > 0 ? `Not counted: ${parts.join(", ")}` : "";
    const again = replaced > 0 ? `changed ${replaced} times, only the last answer counts` : "";
    const line = [left, again].filter((part) => part !== "").join("; ");
    return line === "" ? null : line;
  },
  beforeLogin: ({ votes, unrecognised }) =>
    unrecognised === 0
      ? `${votes} ${votes === 1 ? "vote is" : "votes are"} from before WeChat was logged in again; everybody who cast them was recognised.`
      : `${votes} ${votes === 1 ? "vote is" : "votes are"} from before WeChat was logged in again; ${unrecognised} of the voters ${unrecognised === 1 ? "was" : "were"} not recognised, and whoever of them voted again counts twice.`,
  staffTooFew: (n) => `Too few answers (n=${n}); details stay hidden to protect who answered.`,
  preliminary: "Few answers: a first impression only.",
  share: (word, { percent, hits, n, range }) =>
    `${word} ${percent} (${hits}/${n}, 95% interval ${range})`,
  mean: (value) => `mean ${value}`,
  npsLine: (score, range, [up, middle, down]) =>
    `NPS ${score} (95% interval ${range}); promoters ${up}, passives ${middle}, detractors ${down}`,
  npsTooFew: "No NPS below 30 answers; look at the spread only.",
  gapLine: (net, range, [better, as, worse]) =>
    `Net gap ${net} (95% interval ${range}); better ${better}, as expected ${as}, worse ${worse}`,
  spread: (parts) => `Spread: ${parts.join(", ")}`,
  pointCount: (point, count) => `${point} × ${count}`,
  reasons: (question, parts) => `${question} ${parts.join(", ")}`,
  comments: (count) => `${count} comments (without names, in mixed order)`,
  commentsHeld: (count, needed) =>
    `${count} comments by fewer than ${needed} people; the words stay hidden so that nobody is recognised.`,
  comment: (text) => `- ${text}`,
  words: {
    satisfied: "Satisfied",
    verySatisfied: "very satisfied",
    dissatisfied: "dissatisfied",
    easy: "Found it easy",
    yes: "Yes",
  },
  stillOpen: (n, closes) =>
    `Still open, ${n} answers so far, closes ${closes}; results stay hidden until then.`,
  notOpened: ({ number, title, group, reason, until }) => {
    const why: Readonly<Record<NotOpenedWord, string>> = {
      missed: "its time was missed (the service was away); this round is not made up for",
      open_p1: "the group has an open urgent case (P1), which comes first",
      already_open: "the previous round of this survey is still open",
      cap_day: "today's survey limit of the group is reached",
      cap_week: "the group's limit for 7 days is reached",
      nps_gap: "the last NPS survey is too recent",
      deferred: `it is quiet time; it moves to ${until ?? "the end of the quiet hours"}`,
      left: "the bot is no longer in the group",
    };
    return `Survey ${number} "${title}" was not posted in "${group}": ${why[reason]}.`;
  },
  held: ({ group, entries }) =>
    `In the list of "${group}" somebody changed other people's entries. The earlier ones count for now; please check\n${entries.join("\n")}`,
  heldEntry: (name, was, now) =>
    now === null
      ? `- ${name}: was ${was}, gone from the new list`
      : `- ${name}: was ${was}, now ${now}`,
  warning: (word) => {
    const words: Readonly<Record<ScheduleWarningWord, string>> = {
      cap_day:
        "This schedule runs more than once a day; runs above the daily limit are not posted.",
      cap_week: "This schedule exceeds the weekly limit; the runs above it are not posted.",
      nps_gap:
        "NPS surveys must be some days apart (90 unless changed); runs that come sooner are not posted.",
      overlap: "A round is still open when the next one is due; that next one is not posted.",
      quiet: "The time lies in the quiet hours; the survey moves to their end.",
    };
    return words[word];
  },
};

/** Texts of surveys, for the group, for one member and for the staff room. */
export const surveyTexts: Readonly<Record<Language, SurveyTexts>> = { zh, en };
