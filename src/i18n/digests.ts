import type { TracedNumber } from "#entities/types.js";
import type { Aspect, Language, Severity } from "#entities/vocabulary.js";
import { complaintTexts } from "./complaints.js";

/** The group, and each part of a traced number. */
export type CsvColumn = "group" | keyof TracedNumber;

/** Share with its interval and n, 0…1. */
export interface ShareWords {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Names of the share that a rating kind is told by. */
export type ShareKind = "csat" | "ces" | "check";

/** What became of a comparison, in words. */
export type ChangeWord = "up" | "down" | "none";

/** Durations in words, and how many there were. */
export interface SpeedWords {
  readonly n: number;
  /** Null where too many still wait to tell. */
  readonly median: string | null;
  /** Null where too few say anything about the slow end. */
  readonly slow: string | null;
}

/** One case in the list of what waits. */
export interface WaitingWords {
  readonly number: number;
  readonly aspect: string;
  readonly severity: Severity;
  readonly affected: number;
  readonly timing:
    | { readonly kind: "overdue"; readonly by: string }
    | { readonly kind: "due"; readonly at: string }
    | { readonly kind: "open" };
  /** Name of who works on it; "" when somebody does whose name is not told here, null for nobody. */
  readonly owner: string | null;
  readonly candidate: boolean;
}

/** 反馈程度 of both sides, never without its parts; null where it was not measured. */
export interface FeedbackWords {
  readonly customers: {
    readonly index: number;
    readonly coverage: number;
    readonly depth: number | null;
    readonly speed: number | null;
  } | null;
  readonly shop: {
    readonly index: number;
    readonly acknowledged: number;
    readonly specificity: number | null;
    readonly speed: number | null;
  } | null;
}

/** A number that changed, with the difference and its interval written out. */
export interface Moved<Value> {
  readonly before: Value;
  readonly now: Value;
  readonly diff: string;
  readonly better: boolean;
}

/** Every sentence of digests and reports, in one language. */
export interface DigestTexts {
  readonly aspects: Readonly<Record<Aspect, string>>;
  readonly duration: (ms: number) => string;
  readonly list: (items: readonly string[]) => string;
  readonly join: string;
  /** A change with its interval, the numbers already written out. */
  difference(value: string, low: string, high: string): string;
  interval(low: string, high: string): string;
  /** A remark behind what was said. */
  aside(words: string): string;
  span(from: string, to: string): string;
  /** A stretch within one day. */
  within(day: string, from: string, to: string): string;
  title(
    kind: "daily" | "weekly" | "report",
    facts: { readonly group: string; readonly span: string; readonly zone: string },
  ): string;
  readonly late: (due: string) => string;
  readonly sections: Readonly<
    Record<"needs" | "changes" | "numbers" | "voices" | "health" | "commands", string>
  >;
  readonly needs: {
    one(place: number, facts: WaitingWords): string;
    more(overdue: number, others: number): string;
    candidates(numbers: readonly number[]): string;
    approvals(count: number): string;
    readonly nothing: string;
    nothingDue(open: number): string;
    weekly(facts: {
      readonly overdue: number;
      readonly candidates: number;
      readonly open: number;
    }): string;
  };
  readonly changes: {
    spike(aspect: string, members: number, expected: string): string;
    rating(kind: ShareKind, facts: Moved<number>): string;
    score(kind: "nps" | "gap", facts: Moved<string>): string;
    complaints(aspect: string | null, members: number, usually: string, more: boolean): string;
    judged(facts: {
      readonly text: string;
      readonly day: string;
      readonly before: ShareWords;
      readonly after: ShareWords;
      readonly range: string;
      readonly verdict: "improved" | "worse" | "no_visible_change" | "little_change";
    }): string;
    notJudged(text: string, day: string): string;
    made(text: string, day: string): string;
    more(count: number): string;
  };
  readonly numbers: {
    participation(answered: number, eligible: number, runs: number): string;
    open(answered: number, eligible: number, runs: number): string;
    readonly notMeasured: string;
    share(kind: ShareKind, facts: ShareWords, preliminary: boolean): string;
    tooFew(kind: string, n: number | null): string;
    few(kind: string, n: number): string;
    readonly kinds: Readonly<Record<"csat" | "nps" | "ces" | "gap" | "check", string>>;
    before(facts: ShareWords, change: ChangeWord): string;
    readonly noEarlier: string;
    spread(very: number, dissatisfied: number): string;
    nps(score: string, range: string, n: number, preliminary: boolean): string;
    npsTooFew(n: number): string;
    npsBefore(score: string, range: string, n: number, change: ChangeWord): string;
    gap(score: string, range: string, n: number, preliminary: boolean): string;
    others(questions: number, answers: number): string;
    complaints(facts: {
      readonly members: number;
      readonly cases: number;
      readonly unconfirmed: number;
      readonly usually: string | null;
      readonly aspects: readonly string[];
    }): string;
    aspect(name: string, members: number): string;
    noComplaints(usually: string | null): string;
    firstReply(facts: SpeedWords | null, unanswered: number): string;
    resolved(facts: SpeedWords | null, reopened: number): string;
    feedback(facts: FeedbackWords): string;
    talk(messages: number, speakers: number): string;
    trend(values: readonly string[]): string;
    week(value: number, n: number): string;
    reasons(
      parts: readonly string[],
      certainty: "none" | "probable" | "ranked",
      givers: number,
    ): string;
  };
  readonly voices: { quote(aspect: string, words: string): string };
  readonly health: {
    offline(total: string, spans: readonly string[], ongoing: boolean): string;
    apart(staff: number, unverified: number, outside: number): string;
    missed(count: number): string;
    parked(count: number): string;
  };
  readonly commands: { staff(first: number | null, weekly: boolean): string };
  quiet(title: string, messages: number, speakers: number): string;
  readonly public: {
    heading(kind: "daily" | "weekly" | "report"): string;
    thanks(about: number): string;
    readonly thanksWords: string;
    readonly noRuns: string;
    said(themes: readonly string[]): string;
    theme(name: string, about: number | null, change: "more" | "fewer" | null): string;
    did(parts: readonly string[]): string;
    measure(day: string, text: string, verdict: string | null): string;
    verdict(word: "improved" | "worse" | "no_visible_change" | "little_change"): string;
    result(parts: readonly string[]): string;
    csat(percent: number): string;
    ces(percent: number): string;
    nps(promoters: number, detractors: number): string;
    gap(better: number, worse: number): string;
    majority(word: string): string;
    readonly divided: string;
    readonly majorities: Readonly<Record<string, string>>;
    change(word: "better" | "worse"): string;
    tooFew(k: number): string;
    progress(word: "all" | "most" | "some" | "none"): string;
    next(day: string): string;
    readonly privately: string;
    readonly nothing: string;
    hold(reason: "safety" | "spike"): string;
  };
  readonly staffRoom: {
    waiting(group: string): string;
    readonly approve: string;
    readonly withhold: string;
    commands(reference: string): string;
    approved(group: string, by: string): string;
    withheld(group: string, by: string): string;
    held(group: string, reason: "safety" | "spike"): string;
    nothingNow(group: string): string;
    readonly outdated: string;
    readonly notFound: string;
    readonly notStaff: string;
    readonly done: string;
    readonly stopped: string;
    readonly quietHours: string;
  };
  unknownGroup(name: string, near: readonly string[]): string;
  /** Heading of a column of the report as CSV. */
  csvColumn(column: CsvColumn): string;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function range({ low, high }: ShareWords): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}%`;
}

function part(value: number | null, otherwise: string): string {
  return value === null ? otherwise : value.toFixed(2);
}

const CSV_ZH: Readonly<Record<CsvColumn, string>> = {
  group: "群",
  id: "编号",
  formula: "公式",
  numerator: "分子",
  denominator: "分母",
  n: "样本数",
  value: "数值",
  low: "区间下限",
  high: "区间上限",
  from: "开始日期",
  to: "结束日期",
  suppressed: "已隐去",
};

const zh: DigestTexts = {
  aspects: complaintTexts.zh.aspects,
  duration: complaintTexts.zh.duration,
  list: (items) => items.join("、"),
  join: "｜",
  difference: (value, low, high) => `${value}，区间${low}至${high}`,
  interval: (low, high) => `${low}至${high}`,
  aside: (words) => `（${words}）`,
  span: (from, to) => (from === to ? from : `${from} 至 ${to}`),
  within: (day, from, to) => `${day} ${from}–${to}`,
  title: (kind, { group, span, zone }) => {
    const names = { daily: "日报", weekly: "周报", report: "报告" };
    return `【${group}·${names[kind]}】${span}（${zone}）`;
  },
  late: (due) => `补发：原定 ${due} 发出，当时服务不在线`,
  sections: {
    needs: "▶ 等您处理",
    changes: "▶ 变化",
    numbers: "▶ 数字",
    voices: "▶ 原话（摘自投诉，不带姓名）",
    health: "▶ 数据情况",
    commands: "▶ 接着看",
  },
  needs: {
    one: (place, { number, aspect, severity, affected, timing, owner, candidate }) => {
      const when =
        timing.kind === "overdue"
          ? `超时${timing.by}`
          : timing.kind === "due"
            ? `${timing.at} 前要答复`
            : "未解决";
      const who = owner === null ? "还没人接手" : owner === "" ? "有人在跟" : `负责人${owner}`;
      const people = affected > 1 ? `（${affected}人）` : "";
      const state = candidate ? "待确认，" : "";
      return `${place}. #${number} ${aspect}${people}，${severity}，${state}${when}，${who} → 处理 ${number}`;
    },
    more: (overdue, others) =>
      [
        ...(overdue > 0 ? [`另有${overdue}件超时`] : []),
        ...(others > 0 ? [`另有${others}件在处理`] : []),
      ].join("，") + " → 投诉",
    candidates: (numbers) =>
      `待确认${numbers.length}件（${numbers
        .slice(0, 4)
        .map((number) => `#${number}`)
        .join("、")}${numbers.length > 4 ? "…" : ""}），是投诉还是误报 → 处理 ${numbers[0] ?? ""}`,
    approvals: (count) => `发给群里的小结有${count}份等您批准 → 小结`,
    nothing: "没有等着您的事",
    nothingDue: (open) => `没有快到期的事，另有${open}件在处理 → 投诉`,
    weekly: ({ overdue, candidates, open }) => {
      const parts = [
        ...(overdue > 0 ? [`超时${overdue}件`] : []),
        ...(candidates > 0 ? [`待确认${candidates}件`] : []),
      ];
      return `未结${open}件${parts.length > 0 ? `，其中${parts.join("、")}` : ""} → 投诉`;
    },
  },
  changes: {
    spike: (aspect, members, expected) =>
      `• ${aspect}的投诉突然变多：${members}人，平常约${expected}人，不像偶然`,
    rating: (kind, { before, now, diff, better }) =>
      `• ${zh.numbers.kinds[kind]}比前几周同期${better ? "高" : "低"}：${percent(before)}→${percent(now)}（差${diff}个百分点），不像偶然；原因没有验证`,
    score: (kind, { before, now, diff, better }) =>
      `• ${zh.numbers.kinds[kind]}比前几周同期${better ? "高" : "低"}：${before}→${now}（差${diff}），不像偶然；原因没有验证`,
    complaints: (aspect, members, usual, more) =>
      `• ${aspect ?? "总的"}投诉比前几周同期${more ? "多" : "少"}：${members}人，平常约${usual}人，不像偶然`,
    judged: ({ text, day, before, after, range: diff, verdict }) => {
      const words = {
        improved: "有改善（没有对照群，不能断定是这个措施带来的）",
        worse: "变差了，请看看原因",
        no_visible_change: "暂时看不出变化",
        little_change: "变化不大",
      };
      return `• 改进「${text}」（${day}起）满两周：满意率 ${percent(before.value)}→${percent(after.value)}（差${diff}个百分点；前${before.n}份、后${after.n}份），${words[verdict]}`;
    },
    notJudged: (text, day) => `• 改进「${text}」（${day}起）满两周：前后评分太少，还不能下结论`,
    made: (text, day) => `• ${day}做了改进「${text}」，满两周后自动看前后变化`,
    more: (count) => `• 另有${count}项变化 → 报告`,
  },
  numbers: {
    participation: (answered, eligible, runs) =>
      `参与率${percent(answered / eligible)}（${answered}/${eligible}，${runs}次问卷）`,
    open: (answered, eligible, runs) => `还有${runs}次问卷进行中，已答${answered}/${eligible}`,
    notMeasured: "满意率 未测量（这段时间没有人评分）",
    share: (kind, facts, preliminary) =>
      `${zh.numbers.kinds[kind]}${percent(facts.value)}（区间${range(facts)}，${facts.n}份${preliminary ? "，人少，初步" : ""}）`,
    tooFew: (kind, n) => `${kind} 回答太少（${n === null ? "不到5份" : `${n}份`}），不公布`,
    few: (kind, n) => `${kind} ${n}份，太少不算比例`,
    kinds: {
      csat: "满意率",
      nps: "NPS",
      ces: "省力率",
      gap: "超预期净差",
      check: "投诉处理省力率",
    },
    before: (facts, change) =>
      `前几周同期${percent(facts.value)}（${range(facts)}，${facts.n}份），${
        change === "none" ? "看不出变化" : change === "up" ? "这次更高" : "这次更低"
      }`,
    noEarlier: "前几周评分太少，还不能比较",
    spread: (very, dissatisfied) =>
      `非常满意（5分）${percent(very)}，不满意（1–2分）${percent(dissatisfied)}`,
    nps: (score, diff, n, preliminary) =>
      `NPS ${score}（区间${diff}，${n}份${preliminary ? "，不到30份，初步" : ""}）`,
    npsTooFew: (n) => `NPS 只有${n}份，不到30份不单独看`,
    npsBefore: (score, diff, n, change) =>
      `前几周同期${score}（${diff}，${n}份），${
        change === "none" ? "看不出变化" : change === "up" ? "这次更高" : "这次更低"
      }`,
    gap: (score, diff, n, preliminary) =>
      `超预期净差 ${score}（区间${diff}，${n}份${preliminary ? "，人少，初步" : ""}）`,
    others: (questions, answers) => `其他题目${questions}次，共${answers}份回答 → 调查`,
    complaints: ({ members, cases, unconfirmed, usually, aspects }) => {
      const usual = usually === null ? "" : `，平常约${usually}人`;
      const open = unconfirmed > 0 ? `，含待确认${unconfirmed}件` : "";
      return `投诉${members}人（新开${cases}件${open}${usual}）：${aspects.join("、")}`;
    },
    aspect: (name, members) => `${name}${members}人`,
    noComplaints: (usual) => (usual === null ? "没有投诉" : `没有投诉（平常约${usual}人）`),
    firstReply: (facts, unanswered) => {
      const open = unanswered > 0 ? `${unanswered}件还没回` : "没有漏回的";
      if (facts === null) return `首次人工回复：${open}`;
      const middle = facts.median === null ? "" : `，中位${facts.median}`;
      const slow = facts.slow === null ? "" : `，最慢的一成要${facts.slow}以上`;
      return `首次人工回复：已回${facts.n}件${middle}${slow}，${open}`;
    },
    resolved: (facts, reopened) =>
      facts === null
        ? "解决0件"
        : `解决${facts.n}件，中位${facts.median ?? "—"}${reopened > 0 ? `，其中${reopened}件又重开` : ""}`,
    feedback: ({ customers, shop }) => {
      const left =
        customers === null
          ? "顾客 未测量"
          : `顾客${Math.round(customers.index)}（覆盖${percent(customers.coverage)}·深度${part(customers.depth, "—")}·速度${part(customers.speed, "—")}）`;
      const right =
        shop === null
          ? "店家 未测量"
          : `店家${Math.round(shop.index)}（回应${percent(shop.acknowledged)}·具体${part(shop.specificity, "—")}·及时${part(shop.speed, "—")}）`;
      return `反馈程度（0–100）：${left}｜${right}`;
    },
    talk: (messages, speakers) => `群聊${messages}条，${speakers}位顾客发言`,
    trend: (values) => `近几周满意率：${values.join(" → ")}`,
    week: (value, n) => `${percent(value)}（${n}份）`,
    reasons: (parts, certainty, givers) => {
      const ending = {
        none: "（人少，先不排名）",
        probable: "（排第一的只是可能）",
        ranked: "（按人数排名）",
      };
      return `低分的原因，${givers}人选过：${parts.join("、")}${ending[certainty]}`;
    },
  },
  voices: { quote: (aspect, words) => `• ${aspect}：“${words}”` },
  health: {
    offline: (total, spans, ongoing) =>
      `机器人离线${total}（${spans.join("、")}${ongoing ? "…" : ""}），期间的消息可能没读到`,
    apart: (staff, unverified, outside) =>
      `不计入：${[
        ...(staff > 0 ? [`店员作答${staff}份`] : []),
        ...(unverified > 0 ? [`接龙里认不出的${unverified}份`] : []),
        ...(outside > 0 ? [`“没买／不清楚”${outside}份`] : []),
      ].join("、")}`,
    missed: (count) => `${count}次问卷错过时间没有发出`,
    parked: (count) => `${count}条消息没能发出，等人处理`,
  },
  commands: {
    staff: (first, weekly) =>
      [
        ...(first === null ? [] : [`处理 ${first} 看这件投诉`]),
        weekly ? "报告 近30天 看一个月" : "报告 近7天 看一周",
      ].join("｜"),
  },
  quiet: (title, messages, speakers) =>
    `${title}没有新情况：没有投诉和新评分，群聊${messages}条、${speakers}位顾客发言。`,
  public: {
    heading: (kind) =>
      kind === "daily"
        ? "【今日反馈小结】"
        : kind === "weekly"
          ? "【本周反馈小结】"
          : "【反馈小结】",
    thanks: (about) => `谢谢约${about}位邻居作答！`,
    thanksWords: "谢谢作答的邻居！",
    noRuns: "谢谢大家的反馈！",
    said: (themes) =>
      `你们说：${themes.map((theme, index) => `${"①②"[index] ?? ""} ${theme}`).join(" ")}`,
    theme: (name, about, change) => {
      const people = about === null ? "" : `约${about}人提到`;
      const trend = change === null ? "" : change === "more" ? "比前几周多" : "比前几周少";
      const inside = [people, trend].filter((piece) => piece !== "").join("，");
      return inside === "" ? `${name}有问题` : `${name}有问题（${inside}）`;
    },
    did: (parts) => `我们做了：${parts.join("；")}`,
    measure: (day, text, verdict) =>
      verdict === null ? `${day}起${text}` : `${day}起${text}，${verdict}`,
    verdict: (word) => {
      const words = {
        improved: "满意的人变多了",
        worse: "满意的人反而少了，我们再看原因",
        no_visible_change: "暂时看不出效果",
        little_change: "满意度变化不大",
      };
      return words[word];
    },
    result: (parts) => `结果：回答的人里，${parts.join("；")}`,
    csat: (value) => `约${value}%满意`,
    ces: (value) => `约${value}%觉得问题解决得轻松`,
    nps: (promoters, detractors) =>
      detractors === 0
        ? `约${promoters}%很愿意推荐`
        : `约${promoters}%很愿意推荐、约${detractors}%不太愿意`,
    gap: (better, worse) =>
      worse === 0
        ? `约${better}%觉得比预期好，没有人觉得更差`
        : `约${better}%觉得比预期好、约${worse}%觉得比预期差`,
    majority: (word) => `多数${word}`,
    divided: "看法不一",
    majorities: {
      satisfied: "表示满意",
      not_satisfied: "还不够满意",
      easy: "觉得问题解决得轻松",
      not_easy: "觉得问题解决得不轻松",
      promoter: "很愿意推荐",
      passive: "觉得还行",
      detractor: "不太愿意推荐",
      better: "觉得比预期好",
      as: "觉得和预期一样",
      worse: "觉得比预期差",
    },
    change: (word) => (word === "better" ? "比前几周更好" : "不如前几周"),
    tooFew: (k) => `这次作答不到${k}位，为保护大家不公布数字。`,
    progress: (word) => {
      const words = {
        all: "大家提的问题都已处理完",
        most: "大家提的问题大部分已处理，其余还在跟进",
        some: "大家提的问题处理了一部分，其余还在跟进",
        none: "大家提的问题正在处理",
      };
      return `进展：${words[word]}`;
    },
    next: (day) => `接下来：${day}再告诉大家进展`,
    privately: "想私下说？直接私信我，别人看不到。不想被问，回复“免打扰”。",
    nothing: "这段时间没有可以公布的新结果。",
    hold: (reason) =>
      reason === "safety"
        ? "注意：还有安全类投诉没解决，现在不要发到群里"
        : "注意：投诉刚刚突增，现在不要发到群里",
  },
  staffRoom: {
    waiting: (group) => `发给「${group}」的小结写好了，您看过再发。`,
    approve: "发到群里",
    withhold: "这次不发",
    commands: (reference) =>
      `回复“小结 批准 ${reference}”发到群里，“小结 不发 ${reference}”这次不发。`,
    approved: (group, by) => `「${group}」的小结已由${by}批准发出。`,
    withheld: (group, by) => `「${group}」的小结这次不发（${by}）。`,
    held: (group, reason) =>
      reason === "safety"
        ? `「${group}」有安全类投诉还没解决，给群里的小结先不发，解决后下一份会补上。`
        : `「${group}」的投诉刚刚突增，给群里的小结先不发，下一份会补上。`,
    nothingNow: (group) => `「${group}」的小结里已经没有可以公布的内容，没有发出。`,
    outdated: "这份小结已经处理过，或有了更新的一份，没有再发。",
    notFound: "没有找到这份小结，请核对编号。",
    notStaff: "只有店员可以批准小结。",
    done: "好的，已经发到群里。",
    stopped: "好的，这次不发。",
    quietHours: "好的，现在是安静时段，结束后会发到群里。",
  },
  unknownGroup: (name, near) =>
    near.length === 0
      ? `没有叫「${name}」的群。`
      : `没有叫「${name}」的群，您是不是要找：${near.map((one) => `「${one}」`).join("、")}？`,
  csvColumn: (column) => CSV_ZH[column],
};

const en: DigestTexts = {
  aspects: complaintTexts.en.aspects,
  duration: complaintTexts.en.duration,
  list: (items) =>
    items.length < 2
      ? items.join("")
      : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`,
  join: " | ",
  difference: (value, low, high) => `${value}, interval ${low} to ${high}`,
  interval: (low, high) => `${low} to ${high}`,
  aside: (words) => ` (${words})`,
  span: (from, to) => (from === to ? from : `${from} to ${to}`),
  within: (day, from, to) => `${day}, ${from}–${to}`,
  title: (kind, { group, span, zone }) => {
    const names = { daily: "daily", weekly: "weekly", report: "report" };
    return `[${group} · ${names[kind]}] ${span} (${zone})`;
  },
  late: (due) => `Sent late: due ${due}, when the service was offline`,
  sections: {
    needs: "▶ Needs you",
    changes: "▶ Changed",
    numbers: "▶ Numbers",
    voices: "▶ Voices (from complaints, no names)",
    health: "▶ Data health",
    commands: "▶ See more",
  },
  needs: {
    one: (place, { number, aspect, severity, affected, timing, owner, candidate }) => {
      const when =
        timing.kind === "overdue"
          ? `${timing.by} overdue`
          : timing.kind === "due"
            ? `answer due by ${timing.at}`
            : "not resolved";
      const who = owner === null ? "nobody on it" : owner === "" ? "taken" : `owner ${owner}`;
      const people = affected > 1 ? ` (${affected} people)` : "";
      const state = candidate ? "to be confirmed, " : "";
      return `${place}. #${number} ${aspect}${people}, ${severity}, ${state}${when}, ${who} → case ${number}`;
    },
    more: (overdue, others) =>
      [
        ...(overdue > 0 ? [`${overdue} more overdue`] : []),
        ...(others > 0 ? [`${others} more in hand`] : []),
      ].join(", ") + " → complaints",
    candidates: (numbers) =>
      `${numbers.length} to confirm (${numbers
        .slice(0, 4)
        .map((number) => `#${number}`)
        .join(
          ", ",
        )}${numbers.length > 4 ? " …" : ""}): complaint or false alarm → case ${numbers[0] ?? ""}`,
    approvals: (count) =>
      `${count} ${count === 1 ? "summary" : "summaries"} for the group to approve → digest`,
    nothing: "Nothing waits on you",
    nothingDue: (open) => `Nothing is due soon; ${open} in hand → complaints`,
    weekly: ({ overdue, candidates, open }) => {
      const parts = [
        ...(overdue > 0 ? [`${overdue} overdue`] : []),
        ...(candidates > 0 ? [`${candidates} to confirm`] : []),
      ];
      return `${open} open${parts.length > 0 ? `, ${parts.join(", ")}` : ""} → complaints`;
    },
  },
  changes: {
    spike: (aspect, members, expected) =>
      `• Sudden rise in ${aspect} complaints: ${members} people, about ${expected} expected; hardly chance`,
    rating: (kind, { before, now, diff, better }) =>
      `• ${en.numbers.kinds[kind]} ${better ? "higher" : "lower"} than in the same days of earlier weeks: ${percent(before)} → ${percent(now)} (${diff} points); hardly chance, cause not tested`,
    score: (kind, { before, now, diff, better }) =>
      `• ${en.numbers.kinds[kind]} ${better ? "higher" : "lower"} than in the same days of earlier weeks: ${before} → ${now} (${diff}); hardly chance, cause not tested`,
    complaints: (aspect, members, usual, more) =>
      `• ${more ? "More" : "Fewer"} ${aspect === null ? "complaints" : `${aspect} complaints`} than in the same days of earlier weeks: ${members} people, about ${usual} expected; hardly chance`,
    judged: ({ text, day, before, after, range: diff, verdict }) => {
      const words = {
        improved: "Improved (no comparison group, so the cause is not proven)",
        worse: "Got worse; please look into it",
        no_visible_change: "No visible change yet",
        little_change: "Little change",
      };
      return `• Two weeks of "${text}" (since ${day}): satisfied ${percent(before.value)} → ${percent(after.value)} (${diff} points; n=${before.n} before, ${after.n} after). ${words[verdict]}`;
    },
    notJudged: (text, day) =>
      `• Two weeks of "${text}" (since ${day}): too few ratings before or after to judge`,
    made: (text, day) => `• Improved on ${day}: "${text}"; judged after two weeks`,
    more: (count) => `• ${count} more ${count === 1 ? "change" : "changes"} → report`,
  },
  numbers: {
    participation: (answered, eligible, runs) =>
      `${percent(answered / eligible)} took part (${answered} of ${eligible}, ${runs} ${runs === 1 ? "survey" : "surveys"})`,
    open: (answered, eligible, runs) =>
      `${runs} ${runs === 1 ? "survey" : "surveys"} still open, ${answered} of ${eligible} answered`,
    notMeasured: "Satisfied: not measured (nobody rated in this time)",
    share: (kind, facts, preliminary) =>
      `${en.numbers.kinds[kind]} ${percent(facts.value)} (${range(facts)}, n=${facts.n}${preliminary ? ", few answers, preliminary" : ""})`,
    tooFew: (kind, n) =>
      `${kind}: too few answers (${n === null ? "under 5" : `n=${n}`}), not shown`,
    few: (kind, n) => `${kind}: n=${n}, too few for a share`,
    kinds: {
      csat: "Satisfied",
      nps: "NPS",
      ces: "Found it easy",
      gap: "Net better than expected",
      check: "Complaint handled with ease",
    },
    before: (facts, change) =>
      `same days of earlier weeks ${percent(facts.value)} (${range(facts)}, n=${facts.n}): ${
        change === "none" ? "no visible change" : change === "up" ? "higher now" : "lower now"
      }`,
    noEarlier: "too few earlier ratings to compare",
    spread: (very, dissatisfied) =>
      `Very satisfied (5) ${percent(very)}, dissatisfied (1–2) ${percent(dissatisfied)}`,
    nps: (score, diff, n, preliminary) =>
      `NPS ${score} (${diff}, n=${n}${preliminary ? ", under 30, preliminary" : ""})`,
    npsTooFew: (n) => `NPS: n=${n}, not shown below 30`,
    npsBefore: (score, diff, n, change) =>
      `same days of earlier weeks ${score} (${diff}, n=${n}): ${
        change === "none" ? "no visible change" : change === "up" ? "higher now" : "lower now"
      }`,
    gap: (score, diff, n, preliminary) =>
      `Net better than expected ${score} (${diff}, n=${n}${preliminary ? ", few answers, preliminary" : ""})`,
    others: (questions, answers) =>
      `${answers} answers to ${questions} other ${questions === 1 ? "question" : "questions"} → survey`,
    complaints: ({ members, cases, unconfirmed, usually, aspects }) => {
      const usual = usually === null ? "" : `, about ${usually} expected`;
      const open = unconfirmed > 0 ? `, ${unconfirmed} to be confirmed` : "";
      return `${members} ${members === 1 ? "person" : "people"} complained (${cases} new ${cases === 1 ? "case" : "cases"}${open}${usual}): ${aspects.join(", ")}`;
    },
    aspect: (name, members) => `${name} ${members}`,
    noComplaints: (usual) =>
      usual === null ? "No complaints" : `No complaints (about ${usual} expected)`,
    firstReply: (facts, unanswered) => {
      const open = unanswered > 0 ? `${unanswered} unanswered` : "none left out";
      if (facts === null) return `First human reply: ${open}`;
      const middle = facts.median === null ? "" : `, median ${facts.median}`;
      const slow = facts.slow === null ? "" : `, slowest tenth ${facts.slow} or more`;
      return `First human reply: ${facts.n} answered${middle}${slow}, ${open}`;
    },
    resolved: (facts, reopened) =>
      facts === null
        ? "none resolved"
        : `${facts.n} resolved, median ${facts.median ?? "–"}${reopened > 0 ? `, ${reopened} of them reopened` : ""}`,
    feedback: ({ customers, shop }) => {
      const left =
        customers === null
          ? "customers not measured"
          : `customers ${Math.round(customers.index)} (coverage ${percent(customers.coverage)} · depth ${part(customers.depth, "–")} · speed ${part(customers.speed, "–")})`;
      const right =
        shop === null
          ? "shop not measured"
          : `shop ${Math.round(shop.index)} (answered ${percent(shop.acknowledged)} · specific ${part(shop.specificity, "–")} · on time ${part(shop.speed, "–")})`;
      return `Feedback degree (0–100): ${left} | ${right}`;
    },
    talk: (messages, speakers) =>
      `${messages} ${messages === 1 ? "message" : "messages"}, ${speakers} ${speakers === 1 ? "customer" : "customers"} spoke`,
    trend: (values) => `Satisfied, recent weeks: ${values.join(" → ")}`,
    week: (value, n) => `${percent(value)} (n=${n})`,
    reasons: (parts, certainty, givers) => {
      const ending = {
        none: " (too few to rank)",
        probable: " (the first is only probable)",
        ranked: " (ranked)",
      };
      return `Reasons for low ratings, from ${givers} ${givers === 1 ? "person" : "people"}: ${parts.join(", ")}${ending[certainty]}`;
    },
  },
  voices: { quote: (aspect, words) => `• ${aspect}: "${words}"` },
  health: {
    offline: (total, spans, ongoing) =>
      `Bot offline ${total} (${spans.join(", ")}${ongoing ? " …" : ""}); messages of that time may be missing`,
    apart: (staff, unverified, outside) =>
      `Not counted: ${[
        ...(staff > 0 ? [`${staff} by staff`] : []),
        ...(unverified > 0 ? [`${unverified} unknown names on a list`] : []),
        ...(outside > 0 ? [`${outside} "did not buy / not sure"`] : []),
      ].join(", ")}`,
    missed: (count) =>
      `${count} ${count === 1 ? "survey" : "surveys"} missed the time and did not go out`,
    parked: (count) =>
      `${count} ${count === 1 ? "message" : "messages"} could not be sent and ${count === 1 ? "waits" : "wait"} for somebody`,
  },
  commands: {
    staff: (first, weekly) =>
      [
        ...(first === null ? [] : [`case ${first}`]),
        weekly ? "report 30d for the month" : "report 7d for the week",
      ].join(" | "),
  },
  quiet: (title, messages, speakers) =>
    `${title} Nothing new: no complaints and no ratings, ${en.numbers.talk(messages, speakers)}.`,
  public: {
    heading: (kind) =>
      kind === "daily"
        ? "[Today's feedback] "
        : kind === "weekly"
          ? "[This week's feedback] "
          : "[Feedback] ",
    thanks: (about) => `Thank you, about ${about} neighbours answered.`,
    thanksWords: "Thank you to everyone who answered.",
    noRuns: "Thank you for telling us.",
    said: (themes) =>
      `You said: ${themes.map((theme, index) => `${index + 1}) ${theme}`).join(" ")}`,
    theme: (name, about, change) => {
      const people = about === null ? "" : `about ${about} people`;
      const trend =
        change === null
          ? ""
          : change === "more"
            ? "more than in earlier weeks"
            : "fewer than in earlier weeks";
      const inside = [people, trend].filter((piece) => piece !== "").join(", ");
      return inside === "" ? `problems with ${name}` : `problems with ${name} (${inside})`;
    },
    did: (parts) => `We did: ${parts.join("; ")}`,
    measure: (day, text, verdict) =>
      verdict === null ? `${text} (since ${day})` : `${text} (since ${day}): ${verdict}`,
    verdict: (word) => {
      const words = {
        improved: "more people are satisfied now",
        worse: "fewer people are satisfied now, we are looking into it",
        no_visible_change: "no visible effect yet",
        little_change: "little change in satisfaction",
      };
      return words[word];
    },
    result: (parts) => `Result: of those who answered, ${parts.join("; ")}`,
    csat: (value) => `about ${value}% are satisfied`,
    ces: (value) => `about ${value}% found it easy to get things solved`,
    nps: (promoters, detractors) =>
      detractors === 0
        ? `about ${promoters}% would gladly recommend us`
        : `about ${promoters}% would gladly recommend us and about ${detractors}% would rather not`,
    gap: (better, worse) =>
      worse === 0
        ? `about ${better}% found it better than expected and nobody worse`
        : `about ${better}% found it better than expected and about ${worse}% worse`,
    majority: (word) => `most ${word}`,
    divided: "opinions differ",
    majorities: {
      satisfied: "are satisfied",
      not_satisfied: "are not satisfied yet",
      easy: "found it easy to get things solved",
      not_easy: "did not find it easy to get things solved",
      promoter: "would gladly recommend us",
      passive: "find us all right",
      detractor: "would rather not recommend us",
      better: "found it better than expected",
      as: "found it as expected",
      worse: "found it worse than expected",
    },
    change: (word) =>
      word === "better" ? "better than in earlier weeks" : "not as good as in earlier weeks",
    tooFew: (k) => `Fewer than ${k} answers this time, so no numbers, to protect everyone.`,
    progress: (word) => {
      const words = {
        all: "everything you reported has been dealt with",
        most: "most of what you reported has been dealt with, the rest is in hand",
        some: "part of what you reported has been dealt with, the rest is in hand",
        none: "we are working on what you reported",
      };
      return `Progress: ${words[word]}`;
    },
    next: (day) => `Next: more on ${day}`,
    privately:
      'Prefer to tell us privately? Message me; nobody else sees it. Not asked again: reply "mute".',
    nothing: "No new results that can be shown for this time.",
    hold: (reason) =>
      reason === "safety"
        ? "Note: a safety complaint is still open; do not post this to the group now"
        : "Note: complaints have just jumped; do not post this to the group now",
  },
  staffRoom: {
    waiting: (group) => `The summary for "${group}" is ready; please read it before it goes out.`,
    approve: "Post to the group",
    withhold: "Not this time",
    commands: (reference) =>
      `Reply "digest approve ${reference}" to post it, "digest withhold ${reference}" to leave it out.`,
    approved: (group, by) => `The summary for "${group}" was approved by ${by} and is posted.`,
    withheld: (group, by) => `The summary for "${group}" is left out this time (${by}).`,
    held: (group, reason) =>
      reason === "safety"
        ? `"${group}" has an open safety complaint, so its summary is held back; the next one will cover this time.`
        : `Complaints in "${group}" have just jumped, so its summary is held back; the next one will cover this time.`,
    nothingNow: (group) =>
      `Nothing in the summary for "${group}" may be shown any more; it was not posted.`,
    outdated: "This summary was decided already, or there is a newer one; nothing was posted.",
    notFound: "No such summary; please check the reference.",
    notStaff: "Only staff can approve a summary.",
    done: "Done, it is posted to the group.",
    stopped: "All right, not this time.",
    quietHours: "Done. It is quiet time now; it will be posted when that ends.",
  },
  unknownGroup: (name, near) =>
    near.length === 0
      ? `There is no group named "${name}".`
      : `There is no group named "${name}". Did you mean ${near.map((one) => `"${one}"`).join(", ")}?`,
  // The words of the data itself: what a script reads in JSON it finds here too.
  csvColumn: (column) => column,
};

/** All texts of digests and reports by language. */
export const digestTexts: Readonly<Record<Language, DigestTexts>> = { zh, en };
