import type { Language } from "#entities/vocabulary.js";

/** Words inside charts. */
export const chartTexts: Readonly<Record<Language, { least(value: string): string }>> = {
  zh: { least: (value) => `${value} 最低` },
  en: { least: (value) => `${value} lowest` },
};

/** What the sentence at the top of a card says. */
export type CardMood =
  | "better"
  | "worse"
  | "same"
  | "moreComplaints"
  | "fewerComplaints"
  | "noEarlier"
  | "tooFew"
  | "notAsked"
  | "thanks"
  | "thanksBetter"
  | "thanksWorse";

/** Everything that is written on a digest's picture and in no text digest, in one language. */
export interface CardTexts {
  title(audience: "staff" | "public", kind: "daily" | "weekly" | "report"): string;
  date(day: string, weekday: string): string;
  readonly moods: Readonly<Record<CardMood, string>>;
  spike(aspect: string): string;
  readonly tiles: {
    readonly csat: string;
    readonly nps: string;
    readonly participation: string;
    readonly publicCsat: string;
    readonly publicNps: string;
    readonly publicParticipation: string;
    readonly tooFew: string;
    readonly notMeasured: string;
    readonly noNumber: string;
    readonly people: string;
    /** Shown in place of a share when there are too few answers for one. */
    few(n: number): string;
    readonly fewBase: string;
    readonly fewNpsBase: string;
    tooFewBase(k: number): string;
    readonly notMeasuredBase: string;
    readonly notAskedBase: string;
    base(n: number, range: string | null): string;
    npsBase(n: number, range: string | null): string;
    range(low: string, high: string): string;
    earlier(value: string, n: number): string;
    readonly noEarlier: string;
    participationBase(answered: number, eligible: number, runs: number): string;
    participationOpen(answered: number, eligible: number): string;
    participationEarlier(value: string): string;
    /** A change that passed its test, or one that chance explains. */
    points(
      difference: string,
      kind: "share" | "score",
      word: "up" | "down" | "none" | null,
    ): string;
    readonly about: string;
    readonly ofAnswerers: string;
    readonly rounded: string;
    detractors(percent: number): string;
    change(word: "better" | "worse"): string;
  };
  readonly trend: {
    days(count: number): string;
    readonly posts: string;
    readonly current: string;
    readonly previous: string;
    gaps(k: number): string;
    readonly hollow: string;
    readonly firstPoint: string;
    readonly published: string;
  };
  readonly bars: {
    readonly title: string;
    readonly publicTitle: string;
    people(count: number): string;
    aboutPeople(count: number): string;
    readonly mentioned: string;
    usually(count: string): string;
    readonly never: string;
    readonly neverBefore: string;
    aside(members: number, usually: string | null): string;
    change(word: "more" | "fewer"): string;
    changed(usually: string, word: "more" | "fewer"): string;
  };
  readonly waiting: {
    readonly title: string;
    open(count: number): string;
    overdue(count: number): string;
    oldest(duration: string): string;
    people(count: number): string;
    late(duration: string): string;
    due(time: string): string;
    readonly candidate: string;
    readonly taken: string;
    readonly free: string;
    more(count: number): string;
    readonly nothing: string;
  };
  readonly words: { readonly done: string; readonly speakUp: string };
  readonly footer: {
    staffPrivacy(k: number): string;
    publicPrivacy(k: number): string;
    readonly by: string;
    offline(duration: string): string;
  };
  readonly join: string;
  readonly stop: string;
}

const zh: CardTexts = {
  title: (audience, kind) =>
    ({
      staff: { daily: "今日满意度日报", weekly: "本周满意度周报", report: "满意度报告" },
      public: { daily: "今日反馈小结", weekly: "本周反馈小结", report: "反馈小结" },
    })[audience][kind],
  date: (day, weekday) => `${day} ${weekday}`,
  moods: {
    better: "满意的人比前几周多了 😊",
    worse: "满意的人比前几周少了，看看原因吧 😟",
    same: "和前几周比，看不出变化 🙂",
    moreComplaints: "投诉比前几周多 😟",
    fewerComplaints: "投诉比前几周少 😊",
    noEarlier: "刚开始，还没有前几周可以比 🌱",
    tooFew: "评分还太少，先不下结论 🌱",
    notAsked: "这段时间没有人评分 🍃",
    thanks: "谢谢大家的反馈 🌷",
    thanksBetter: "满意的人比前几周多了，谢谢大家 😊",
    thanksWorse: "满意的人比前几周少了，我们在改 🙏",
  },
  spike: (aspect) => `${aspect}的投诉突然变多 ⚠️`,
  tiles: {
    csat: "满意率 CSAT",
    nps: "净推荐值 NPS",
    participation: "参与率",
    publicCsat: "满意的人",
    publicNps: "很愿意推荐",
    publicParticipation: "作答的邻居",
    tooFew: "样本不足",
    notMeasured: "未测量",
    noNumber: "不公布",
    people: "位",
    few: (n) => `${n} 份回答`,
    fewBase: "太少，不算比例",
    fewNpsBase: "不到 30 份不单独看",
    tooFewBase: (k) => `样本不足 ${k} 人，不公布`,
    notMeasuredBase: "没有人评分",
    notAskedBase: "没有结束的问卷",
    base: (n, range) => (range === null ? `${n} 份回答` : `${n} 份回答 · 区间 ${range}`),
    npsBase: (n, range) =>
      `${n} 份${n < 30 ? "，初步" : ""}${range === null ? "" : ` · 区间 ${range}`}`,
    range: (low, high) => `${low}至${high}`,
    earlier: (value, n) => `前几周同期 ${value}（${n} 份）`,
    noEarlier: "前几周评分太少，还不能比较",
    participationBase: (answered, eligible, runs) => `${answered}/${eligible} · ${runs} 次问卷`,
    participationOpen: (answered, eligible) => `进行中的已答 ${answered}/${eligible}`,
    participationEarlier: (value) => `前几周同期 ${value}`,
    points: (difference, kind, word) => {
      const unit = kind === "share" ? " 个百分点" : "";
      const ending = { up: "，更高", down: "，更低", none: "，看不出变化" };
      return `${difference}${unit}${word === null ? "" : ending[word]}`;
    },
    about: "约",
    ofAnswerers: "在回答的人里",
    rounded: "取整后的约数",
    detractors: (percent) => `约 ${percent}% 不太愿意`,
    change: (word) => (word === "better" ? "比前几周更好" : "不如前几周"),
  },
  trend: {
    days: (count) => `近 ${count} 天满意率`,
    posts: "历次小结里的满意率",
    current: "本期",
    previous: "上期",
    gaps: (k) => `点线：中间没有人回答，或不到 ${k} 份`,
    hollow: "空心点：不到 10 份，仅供参考",
    firstPoint: "才有一天，过几天就看得出走势",
    published: "只用已经在群里公布过的数字",
  },
  bars: {
    title: "投诉分布",
    publicTitle: "你们说",
    people: (count) => `${count} 人`,
    aboutPeople: (count) => `约 ${count} 人`,
    mentioned: "有人提到",
    usually: (count) => `平常约 ${count} 人`,
    never: "平常几乎没有",
    neverBefore: "平常几乎没有，明显多",
    aside: (members, usually) =>
      usually === null ? `${members} 人投诉` : `${members} 人投诉 · 平常约 ${usually} 人`,
    change: (word) => (word === "more" ? "比前几周多" : "比前几周少"),
    changed: (usually, word) =>
      word === "more" ? `平常约 ${usually} 人，明显多` : `平常约 ${usually} 人，明显少`,
  },
  waiting: {
    title: "等您处理",
    open: (count) => `未结 ${count} 件`,
    overdue: (count) => `超时 ${count} 件`,
    oldest: (duration) => `最久 ${duration}`,
    people: (count) => `${count} 人提到`,
    late: (duration) => `超时 ${duration}`,
    due: (time) => `${time} 前答复`,
    candidate: "待确认",
    taken: "处理中",
    free: "还没人接手",
    more: (count) => `另有 ${count} 件 → 投诉`,
    nothing: "没有等着您的事 👍",
  },
  words: { done: "我们在做的", speakUp: "想说说？" },
  footer: {
    staffPrivacy: (k) => `仅供店员 · 不显示姓名 · 不到 ${k} 份回答不公布数字`,
    publicPrivacy: (k) => `不记名 · 不到 ${k} 人不公布数字 · 大家的原话不会出现在这里`,
    by: "回音 Huiyin",
    offline: (duration) => `⚠️ 机器人离线 ${duration}，期间的消息可能没读到`,
  },
  join: "，",
  stop: "。",
};

const en: CardTexts = {
  title: (audience, kind) =>
    ({
      staff: { daily: "Today in short", weekly: "The week in short", report: "Report" },
      public: { daily: "Today's feedback", weekly: "This week's feedback", report: "Feedback" },
    })[audience][kind],
  date: (day, weekday) => `${weekday}, ${day}`,
  moods: {
    better: "More people are satisfied than in earlier weeks 😊",
    worse: "Fewer people are satisfied than in earlier weeks 😟",
    same: "No visible change against earlier weeks 🙂",
    moreComplaints: "More complaints than in earlier weeks 😟",
    fewerComplaints: "Fewer complaints than in earlier weeks 😊",
    noEarlier: "Just started: no earlier weeks to compare with yet 🌱",
    tooFew: "Too few ratings to say anything yet 🌱",
    notAsked: "Nobody rated in this time 🍃",
    thanks: "Thank you for telling us 🌷",
    thanksBetter: "More people are satisfied than in earlier weeks. Thank you 😊",
    thanksWorse: "Fewer people are satisfied than before. We are working on it 🙏",
  },
  spike: (aspect) => `Sudden rise in ${aspect} complaints ⚠️`,
  tiles: {
    csat: "Satisfied (CSAT)",
    nps: "Net promoter score",
    participation: "Took part",
    publicCsat: "Satisfied",
    publicNps: "Would gladly recommend",
    publicParticipation: "Answered",
    tooFew: "Too few answers",
    notMeasured: "Not measured",
    noNumber: "Not shown",
    people: "people",
    few: (n) => `${n} answers`,
    fewBase: "too few for a share",
    fewNpsBase: "not shown below 30",
    tooFewBase: (k) => `fewer than ${k} people, not shown`,
    notMeasuredBase: "nobody rated",
    notAskedBase: "no survey ended",
    base: (n, range) => (range === null ? `n=${n}` : `n=${n} · interval ${range}`),
    npsBase: (n, range) =>
      `n=${n}${n < 30 ? ", preliminary" : ""}${range === null ? "" : ` · ${range}`}`,
    range: (low, high) => `${low} to ${high}`,
    earlier: (value, n) => `earlier weeks ${value} (n=${n})`,
    noEarlier: "too few earlier ratings",
    participationBase: (answered, eligible, runs) =>
      `${answered} of ${eligible} · ${runs} ${runs === 1 ? "survey" : "surveys"}`,
    participationOpen: (answered, eligible) => `still open: ${answered} of ${eligible}`,
    participationEarlier: (value) => `earlier weeks ${value}`,
    points: (difference, kind, word) => {
      const unit = kind === "share" ? " points" : "";
      const ending = { up: ", higher", down: ", lower", none: ", no clear change" };
      return `${difference}${unit}${word === null ? "" : ending[word]}`;
    },
    about: "about",
    ofAnswerers: "of those who answered",
    rounded: "rounded",
    detractors: (percent) => `about ${percent}% would rather not`,
    change: (word) => (word === "better" ? "better than before" : "worse than before"),
  },
  trend: {
    days: (count) => `Satisfied, last ${count} days`,
    posts: "Satisfied, as told in each summary",
    current: "now",
    previous: "period before",
    gaps: (k) => `Dotted: nobody answered in between, or fewer than ${k} did.`,
    hollow: "Hollow: fewer than 10 answers.",
    firstPoint: "One day so far; the trend shows in a few days.",
    published: "Only numbers that were told to the group before.",
  },
  bars: {
    title: "Complaints by topic",
    publicTitle: "You said",
    people: (count) => `${count}`,
    aboutPeople: (count) => `about ${count} people`,
    mentioned: "mentioned",
    usually: (count) => `about ${count} expected`,
    never: "hardly any before",
    neverBefore: "hardly any before, more now",
    aside: (members, usually) => {
      const people = `${members} ${members === 1 ? "person" : "people"}`;
      return usually === null ? people : `${people} · about ${usually} expected`;
    },
    change: (word) => (word === "more" ? "more than before" : "fewer than before"),
    changed: (usually, word) =>
      word === "more" ? `about ${usually} expected, more` : `about ${usually} expected, fewer`,
  },
  waiting: {
    title: "Needs you",
    open: (count) => `${count} open`,
    overdue: (count) => `${count} overdue`,
    oldest: (duration) => `oldest ${duration}`,
    people: (count) => `${count} ${count === 1 ? "person" : "people"}`,
    late: (duration) => `${duration} overdue`,
    due: (time) => `answer by ${time}`,
    candidate: "to confirm",
    taken: "in hand",
    free: "nobody on it",
    more: (count) => `${count} more → complaints`,
    nothing: "Nothing waits on you 👍",
  },
  words: { done: "What we are doing", speakUp: "Something to say?" },
  footer: {
    staffPrivacy: (k) => `For staff only · no names · no numbers below ${k} answers`,
    publicPrivacy: (k) => `No names, no quotes · no numbers below ${k} people`,
    by: "Huiyin 回音",
    offline: (duration) => `⚠️ Bot offline ${duration}; messages of that time may be missing`,
  },
  join: ", ",
  stop: ". ",
};

/** The words of digest pictures in both languages. */
export const cardTexts: Readonly<Record<Language, CardTexts>> = { zh, en };
