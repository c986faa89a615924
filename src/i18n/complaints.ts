import type { Aspect, CaseState, Language, Severity } from "#entities/vocabulary.js";
import { CES_STATEMENT, scaleDirection } from "./scale-points.js";

/** One button of a staff message. */
export type CaseButton = "confirm" | "dismiss" | "take" | "resolve" | "reply";

/** The words of one language for complaint cases; parameters are plain facts. */
export interface ComplaintTexts {
  readonly states: Readonly<Record<CaseState, string>>;
  /** What a complaint is about, as staff read it. */
  readonly aspects: Readonly<Record<Aspect, string>>;
  /** The same as an apology names it in front of customers. */
  readonly troubles: Readonly<Record<Aspect, string>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly safetyRules: Readonly<Record<string, string>>;
  readonly dismissReasons: Readonly<Record<string, string>>;
  readonly acts: Readonly<Record<string, string>>;
  readonly list: (items: readonly string[]) => string;
  readonly duration: (ms: number) => string;
  readonly someone: string;
  readonly bot: string;
  readonly alert: AlertTexts;
  readonly staff: StaffTexts;
  readonly customer: CustomerTexts;
}

/** What staff read when a case begins and while it runs. */
export interface AlertTexts {
  readonly title: (facts: {
    readonly severity: Severity;
    readonly number: number;
    readonly group: string;
    readonly aspects: string;
  }) => string;
  readonly said: (name: string, words: string) => string;
  readonly photo: string;
  readonly recalled: string;
  readonly noWords: string;
  readonly why: (pieces: string) => string;
  readonly piece: (words: string, source: string, weight: string) => string;
  /** What another model said of the line, and how sure it is. */
  readonly opinion: (complaint: boolean, percent: number) => string;
  readonly score: (percent: number, affected: number) => string;
  readonly state: (state: string, by: string | null) => string;
  readonly due: (time: string) => string;
  readonly pageHint: (minutes: string) => string;
  readonly buttons: Readonly<Record<CaseButton, string>>;
  readonly assignTo: (name: string) => string;
  /** The same moves as text, for chats without buttons. */
  readonly commands: (number: number, moves: readonly CaseButton[]) => string;
}

/** Short lines in the staff room and answers to an operator. */
export interface StaffTexts {
  readonly affected: (number: number, members: number, aspects: string) => string;
  readonly severity: (number: number, severity: Severity, words: string) => string;
  readonly triage: (number: number, waited: string) => string;
  readonly warn: (number: number, timer: string, left: string) => string;
  readonly overdue: (number: number, timer: string) => string;
  readonly pageAgain: (number: number, waited: string) => string;
  readonly autoConfirmed: (number: number) => string;
  readonly timers: Readonly<Record<"triage" | "acknowledge" | "update" | "resolve", string>>;
  readonly recalled: (number: number) => string;
  readonly withdrawn: (number: number) => string;
  readonly reopened: (number: number, affected: number) => string;
  readonly linked: (number: number, earlier: number) => string;
  readonly spike: (aspect: string, members: number, expected: string, chance: string) => string;
  readonly spikeGrows: (aspect: string, members: number, expected: string) => string;
  readonly done: Readonly<Record<string, (number: number, name: string | null) => string>>;
  readonly hidden: string;
  readonly notFound: string;
  readonly notAllowed: (number: number, state: string) => string;
  readonly needsWords: (number: number) => string;
  readonly changed: (number: number, by: string, state: string, time: string) => string;
  readonly notStaff: string;
}

/** What customers read. Never more cheerful than the matter. */
export interface CustomerTexts {
  readonly acknowledge: (trouble: string, until: string | null) => string;
  readonly acknowledgeHarm: (until: string | null) => string;
  readonly acknowledgeLaw: (until: string | null) => string;
  readonly reply: (words: string) => string;
  readonly told: (trouble: string, resolution: string | null) => string;
  readonly toldButtons: { readonly solved: string; readonly unsolved: string };
  readonly toldWithoutButtons: string;
  readonly groupNote: (trouble: string, resolution: string | null) => string;
  /** Asked after a rating whose reason speaks of a trouble that was dealt with. */
  readonly stillUnsolved: (trouble: string) => string;
  readonly reopened: (until: string | null) => string;
  readonly linked: string;
  readonly thanks: string;
  readonly tooLate: string;
  readonly filed: (number: number) => string;
  readonly check: (trouble: string) => string;
  readonly checkStatement: string;
  readonly checkScale: string;
  readonly checkWithoutButtons: string;
  /** Whole messages that answer the question whether it is solved. */
  readonly solvedWords: readonly string[];
  readonly unsolvedWords: readonly string[];
  /** Words inside a complaint by which a settled trouble goes on or came back. */
  readonly againWords: readonly string[];
  readonly status: (facts: {
    readonly number: number;
    readonly trouble: string;
    readonly state: string;
    readonly next: string | null;
  }) => string;
  readonly stages: Readonly<Record<CaseState, string>>;
}

const MINUTE = 60_000;

function zhDuration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 48) return rest === 0 ? `${hours}小时` : `${hours}小时${rest}分钟`;
  return `${Math.round(hours / 24)}天`;
}

function enDuration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 48) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return `${Math.round(hours / 24)} days`;
}

function englishList(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

function list(words: string): readonly string[] {
  return words.split(" ");
}

const zh: ComplaintTexts = {
  states: {
    candidate: "待确认",
    confirmed: "已确认",
    acknowledged: "已回复",
    in_progress: "处理中",
    resolved: "已解决",
    told: "已告知顾客",
    closed: "已关闭",
    dismissed: "已忽略",
    reopened: "重新打开",
  },
  aspects: {
    quality: "商品质量",
    shortage: "少件",
    wrong_item: "发错货",
    delivery: "配送",
    packaging: "包装",
    price: "价格",
    service: "服务态度",
    refund: "退款",
    pickup: "自提",
    stock: "缺货",
    safety: "安全",
    trust: "信任",
    other: "其他",
  },
  troubles: {
    quality: "商品质量问题",
    shortage: "少件问题",
    wrong_item: "发错货的问题",
    delivery: "配送问题",
    packaging: "包装问题",
    price: "价格问题",
    service: "服务问题",
    refund: "退款问题",
    pickup: "自提问题",
    stock: "缺货问题",
    safety: "安全问题",
    trust: "情况",
    other: "情况",
  },
  sources: {
    rule: "词语",
    safety: "安全词",
    sentiment: "语气",
    model: "模型",
    context: "接前面的话",
    opinion: "第二意见",
  },
  safetyRules: {
    stomach: "肠胃不适",
    vomiting: "呕吐",
    hospital: "就医",
    allergy: "过敏",
    reaction: "身体反应",
    "undeclared allergen": "未标明的过敏原",
    injury: "受伤",
    "foreign body": "食品里有异物",
    authorities: "投诉到监管部门",
    law: "法律",
    police: "报警",
  },
  dismissReasons: {
    not_complaint: "不是投诉",
    joke: "玩笑",
    question: "只是提问",
    other_shop: "说的是别家",
    duplicate: "重复",
    recalled: "顾客已撤回",
  },
  acts: {
    open: "收到",
    confirm: "确认是投诉",
    dismiss: "忽略",
    acknowledge: "首次回复",
    start: "开始处理",
    assign: "指派",
    note: "备注",
    reply: "回复顾客",
    resolve: "解决",
    tell: "告知顾客",
    close: "关闭",
    reopen: "重新打开",
    escalate: "催办",
    join: "有人加入",
    follow_up: "顾客补充",
    severity: "级别调整",
    thanks: "顾客说已处理",
    recall: "撤回消息",
    edit: "修改消息",
    opinion_agrees: "第二意见也认为是投诉",
    opinion_differs: "第二意见认为不是投诉",
    bot_acknowledge: "机器人先行回应",
    check: "回访",
    solved: "顾客确认解决",
  },
  list: (items) => items.join("、"),
  duration: zhDuration,
  someone: "一位顾客",
  bot: "机器人",
  alert: {
    title: ({ severity, number, group, aspects }) =>
      severity === "P1"
        ? `【紧急 P1】#${number} ${aspects}｜${group}`
        : `【投诉 ${severity}】#${number} ${aspects}｜${group}`,
    said: (name, words) => `${name}：${words}`,
    photo: "（附图）",
    recalled: "（原话已撤回）",
    noWords: "（没有文字）",
    why: (pieces) => `依据：${pieces}`,
    piece: (words, source, weight) => `“${words}”（${source} ${weight}）`,
    opinion: (complaint, percent) =>
      `第二意见：${complaint ? "是投诉" : "不是投诉"}（把握 ${percent}%）`,
    score: (percent, affected) => `把握 ${percent}%｜涉及 ${affected} 人`,
    state: (state, by) => (by === null ? `状态：${state}` : `状态：${state}（${by}）`),
    due: (time) => `首次回复时限：${time}`,
    pageHint: (minutes) => `请在${minutes}内由真人回复顾客。`,
    buttons: {
      confirm: "确认",
      dismiss: "不是投诉",
      take: "我来处理",
      resolve: "已解决",
      reply: "回复本人",
    },
    assignTo: (name) => `派给${name}`,
    commands: (number, moves) => {
      const words: Record<CaseButton, string> = {
        confirm: "确认",
        dismiss: "忽略",
        take: "接手",
        resolve: "解决",
        reply: "回复",
      };
      return `回复：${moves.map((move) => `处理 ${number} ${words[move]}`).join("｜")}`;
    },
  },
  staff: {
    affected: (number, members, aspects) => `#${number} ${aspects}：已有 ${members} 人反映。`,
    severity: (number, severity, words) => `#${number} 升级为 ${severity}：${words}`,
    triage: (number, waited) => `#${number} 等了${waited}还没有人判断：确认还是忽略？`,
    warn: (number, timer, left) => `#${number} 距${timer}时限还有${left}。`,
    overdue: (number, timer) => `#${number} 已超过${timer}时限。`,
    pageAgain: (number, waited) =>
      `【紧急 P1】#${number} 已等${waited}，还没有人接手，请马上处理。`,
    autoConfirmed: (number) =>
      `#${number} 属于安全或法律问题，还没有人判断，已自动确认并开始计时。`,
    timers: { triage: "判断", acknowledge: "首次回复", update: "下一次答复", resolve: "解决" },
    recalled: (number) => `#${number} 顾客已撤回原话，已自动忽略。`,
    withdrawn: (number) =>
      `#${number} 顾客撤回了一条消息，原话已从记录中删除，请您决定是否继续跟进。`,
    reopened: (number, affected) =>
      `#${number} 顾客说还没解决，已重新打开（涉及 ${affected} 人）。`,
    linked: (number, earlier) => `#${number} 接 #${earlier}：顾客说问题仍在。`,
    spike: (aspect, members, expected, chance) =>
      `【突增】今天“${aspect}”已有 ${members} 人反映，按过去28天通常约 ${expected} 人（偶然概率 ${chance}）。`,
    spikeGrows: (aspect, members, expected) =>
      `【突增】“${aspect}”今天增加到 ${members} 人（通常约 ${expected} 人）。`,
    done: {
      confirm: (number) => `#${number} 已确认，开始计时。`,
      dismiss: (number) => `#${number} 已忽略。`,
      take: (number) => `#${number} 由您处理。`,
      assign: (number, name) => `#${number} 已指派给${name ?? "同事"}。`,
      note: (number) => `#${number} 备注已记下。`,
      reply: (number) => `#${number} 已回复顾客。`,
      resolve: (number) => `#${number} 已解决，顾客会收到通知。`,
      close: (number) => `#${number} 已关闭。`,
      reopen: (number) => `#${number} 已重新打开。`,
    },
    hidden: "发到群里的内容已去掉人名、电话和单号。",
    notFound: "没有找到这个投诉，请核对编号。",
    notAllowed: (number, state) => `#${number} 现在是“${state}”，不能这样操作。`,
    needsWords: (number) =>
      `#${number} 还没有回复过顾客，请写上处理结果，例如：处理 ${number} 解决 已补发2件`,
    changed: (number, by, state, time) =>
      `#${number} 已由${by}在 ${time} 改为“${state}”，您的操作没有生效。`,
    notStaff: "只有店员可以处理投诉。",
  },
  customer: {
    acknowledge: (trouble, until) =>
      `看到您反映的${trouble}了，很抱歉。我们正在核实，${
        until === null ? "会尽快给您答复" : `${until} 前由负责人给您答复`
      }。订单和电话请私信我们，不要发在群里。`,
    acknowledgeHarm: (until) =>
      `看到您反映的安全问题了，很抱歉让您遇到这样的事。请先停止食用或使用这件商品，保留商品和包装；身体不适请及时就医。已通知负责人，${
        until === null ? "会尽快直接联系您" : `${until} 前直接联系您`
      }。详情请私信，不要在群里发电话和订单。`,
    acknowledgeLaw: (until) =>
      `您反映的情况我们看到了，已转给负责人，${
        until === null ? "会尽快直接联系您" : `${until} 前直接联系您`
      }核实处理。详情请私信，不要在群里发电话和订单。`,
    reply: (words) => words,
    told: (trouble, resolution) =>
      resolution === null
        ? `您反映的${trouble}，我们已经处理。请问解决了吗？`
        : `您反映的${trouble}，处理结果：${resolution}\n请问解决了吗？`,
    toldButtons: { solved: "解决了", unsolved: "还没解决" },
    toldWithoutButtons: "解决了请回复“解决了”，没有解决请回复“没解决”，负责人会接着处理。",
    groupNote: (trouble, resolution) =>
      resolution === null
        ? `大家反映的${trouble}已经处理，给大家添了麻烦，很抱歉。还有没解决的，请私信我们。`
        : `大家反映的${trouble}，处理结果：${resolution}\n给大家添了麻烦，很抱歉。还有没解决的，请私信我们。`,
    stillUnsolved: (trouble) =>
      `您打分时提到了${trouble}，这件事我们处理过了。请问现在还没有解决吗？`,
    reopened: (until) =>
      until === null
        ? "收到，已经重新转给负责人，会尽快答复您。"
        : `收到，已经重新转给负责人，${until} 前答复您。`,
    linked: "收到，已经作为新的问题转给负责人，会尽快答复您。",
    thanks: "好的，已经记下。如果又有问题，请直接告诉我们。",
    tooLate: "这个问题已经不在处理中。如果还有问题，请直接告诉我们。",
    filed: (number) =>
      `您的投诉已登记，编号 #${number}，负责人会尽快答复您。订单和电话请私信，不要发在群里。`,
    check: (trouble) => `关于您反映的${trouble}，想请您评一下处理过程，只问这一次。`,
    checkStatement: `${CES_STATEMENT.zh}。`,
    checkScale: scaleDirection("ces", "zh")
      .map(({ point, label }) => `${point}＝${label}`)
      .join("，"),
    checkWithoutButtons: "请回复一个 1 到 7 的数字，别人看不到。",
    solvedWords: ["解决了", "已解决", "已经解决", "已经解决了"],
    unsolvedWords: ["没解决", "没有解决", "还没解决", "还没有解决", "未解决", "没处理好"],
    againWords: [
      ...list(
        "还是没 还是不 还是少 还是坏 还是错 还是烂 还是漏 还是老 还是一样 还没退 还没补 还没换 还没给 还没到账 还没处理 还没修 还没人 还没回 还不退 还不处理 还不给 还在拉 还在吐 还在疼 还在发烧 仍然 仍旧 依然",
      ),
      ...list(
        "又是 又没 又不 又少 又坏 又烂 又错 又漏 又晚 又迟 又化 又碎 又发 又送 又拿 又缺 又臭 又酸 又馊 又变 又来 又给",
      ),
      ...list(
        "又一次 再次 再一次 第二次 第三次 第二天 老问题 老样子 同样的问题 一样的问题 跟上次一样 和上次一样",
      ),
      "again",
    ],
    status: ({ number, trouble, state, next }) =>
      next === null
        ? `#${number} ${trouble}：${state}`
        : `#${number} ${trouble}：${state}，${next} 前有下一步`,
    stages: {
      candidate: "已收到，正在核实",
      confirmed: "已确认，等待负责人答复",
      acknowledged: "负责人已答复，处理中",
      in_progress: "处理中",
      resolved: "已解决",
      told: "已解决，等您确认",
      closed: "已完成",
      dismissed: "已核实，没有按投诉处理",
      reopened: "重新处理中",
    },
  },
};

const en: ComplaintTexts = {
  states: {
    candidate: "to be confirmed",
    confirmed: "confirmed",
    acknowledged: "answered",
    in_progress: "in progress",
    resolved: "resolved",
    told: "customer told",
    closed: "closed",
    dismissed: "dismissed",
    reopened: "reopened",
  },
  aspects: {
    quality: "quality",
    shortage: "missing items",
    wrong_item: "wrong item",
    delivery: "delivery",
    packaging: "packaging",
    price: "price",
    service: "service",
    refund: "refund",
    pickup: "pick-up",
    stock: "out of stock",
    safety: "safety",
    trust: "trust",
    other: "other",
  },
  troubles: {
    quality: "the quality problem",
    shortage: "the missing items",
    wrong_item: "the wrong item",
    delivery: "the delivery problem",
    packaging: "the packaging problem",
    price: "the price problem",
    service: "the service you had",
    refund: "the refund problem",
    pickup: "the pick-up problem",
    stock: "the stock problem",
    safety: "the safety problem",
    trust: "what happened",
    other: "what happened",
  },
  sources: {
    rule: "word",
    safety: "safety word",
    sentiment: "tone",
    model: "model",
    context: "joins an earlier line",
    opinion: "second opinion",
  },
  safetyRules: {
    stomach: "stomach trouble",
    vomiting: "vomiting",
    hospital: "hospital or doctor",
    allergy: "allergy",
    reaction: "bodily reaction",
    "undeclared allergen": "undeclared allergen",
    injury: "injury",
    "foreign body": "foreign body in food",
    authorities: "report to the authorities",
    law: "law",
    police: "police",
  },
  dismissReasons: {
    not_complaint: "not a complaint",
    joke: "a joke",
    question: "only a question",
    other_shop: "about another shop",
    duplicate: "duplicate",
    recalled: "taken back by the customer",
  },
  acts: {
    open: "received",
    confirm: "confirmed",
    dismiss: "dismissed",
    acknowledge: "first reply",
    start: "work begun",
    assign: "assigned",
    note: "note",
    reply: "reply to the customer",
    resolve: "resolved",
    tell: "customer told",
    close: "closed",
    reopen: "reopened",
    escalate: "reminder",
    join: "somebody joined",
    follow_up: "customer added",
    severity: "severity changed",
    thanks: "customer says it is settled",
    recall: "message taken back",
    edit: "message changed",
    opinion_agrees: "the second opinion takes it for a complaint too",
    opinion_differs: "the second opinion takes it for no complaint",
    bot_acknowledge: "acknowledged by the bot",
    check: "check question",
    solved: "customer says it is solved",
  },
  list: englishList,
  duration: enDuration,
  someone: "A customer",
  bot: "the bot",
  alert: {
    title: ({ severity, number, group, aspects }) =>
      severity === "P1"
        ? `[URGENT P1] #${number} ${aspects} | ${group}`
        : `[Complaint ${severity}] #${number} ${aspects} | ${group}`,
    said: (name, words) => `${name}: ${words}`,
    photo: " (photo)",
    recalled: "(message taken back)",
    noWords: "(no words)",
    why: (pieces) => `Why: ${pieces}`,
    piece: (words, source, weight) => `“${words}” (${source} ${weight})`,
    opinion: (complaint, percent) =>
      `second opinion: ${complaint ? "a complaint" : "no complaint"} (${percent}% sure)`,
    score: (percent, affected) =>
      `Confidence ${percent}% | ${affected} ${affected === 1 ? "person" : "people"} affected`,
    state: (state, by) => (by === null ? `State: ${state}` : `State: ${state} (${by})`),
    due: (time) => `First reply due by ${time}`,
    pageHint: (minutes) => `A person has to answer within ${minutes}.`,
    buttons: {
      confirm: "Confirm",
      dismiss: "Not a complaint",
      take: "I'll take it",
      resolve: "Resolved",
      reply: "Reply",
    },
    assignTo: (name) => `Assign ${name}`,
    commands: (number, moves) =>
      `Reply: ${moves.map((move) => `case ${number} ${move}`).join(" | ")}`,
  },
  staff: {
    affected: (number, members, aspects) => `#${number} ${aspects}: ${members} people so far.`,
    severity: (number, severity, words) => `#${number} is now ${severity}: ${words}`,
    triage: (number, waited) =>
      `#${number} has waited ${waited} for a decision: confirm or dismiss?`,
    warn: (number, timer, left) => `#${number}: ${left} left for the ${timer}.`,
    overdue: (number, timer) => `#${number}: the ${timer} is overdue.`,
    pageAgain: (number, waited) =>
      `[URGENT P1] #${number} has waited ${waited} and nobody has taken it. Please act now.`,
    autoConfirmed: (number) =>
      `#${number} is about safety or law and nobody decided, so it was confirmed; the clock runs.`,
    timers: {
      triage: "decision",
      acknowledge: "first reply",
      update: "next update",
      resolve: "resolution",
    },
    recalled: (number) => `#${number}: the customer took the message back, so it was dismissed.`,
    withdrawn: (number) =>
      `#${number}: the customer took a message back. Its words are gone from the record; please decide whether to follow it up.`,
    reopened: (number, affected) =>
      `#${number} reopened: the customer says it is not solved (${affected} affected).`,
    linked: (number, earlier) =>
      `#${number} follows #${earlier}: the customer says the problem is still there.`,
    spike: (aspect, members, expected, chance) =>
      `[Spike] ${members} people complained about ${aspect} today; the last 28 days lead one to expect about ${expected} (chance ${chance}).`,
    spikeGrows: (aspect, members, expected) =>
      `[Spike] ${aspect}: now ${members} people today (about ${expected} expected).`,
    done: {
      confirm: (number) => `#${number} confirmed; the clock runs.`,
      dismiss: (number) => `#${number} dismissed.`,
      take: (number) => `#${number} is yours.`,
      assign: (number, name) => `#${number} assigned to ${name ?? "a colleague"}.`,
      note: (number) => `#${number}: note kept.`,
      reply: (number) => `#${number}: the customer was answered.`,
      resolve: (number) => `#${number} resolved; the customer is being told.`,
      close: (number) => `#${number} closed.`,
      reopen: (number) => `#${number} reopened.`,
    },
    hidden: "Names, telephone and order numbers were taken out of what the group reads.",
    notFound: "There is no such case. Please check the number.",
    notAllowed: (number, state) => `#${number} is “${state}” now, so this cannot be done.`,
    needsWords: (number) =>
      `Nobody has answered the customer of #${number} yet. Please say what was done, for example: case ${number} resolve sent 2 more`,
    changed: (number, by, state, time) =>
      `#${number} was changed to “${state}” by ${by} at ${time}; nothing was done.`,
    notStaff: "Only staff can handle complaints.",
  },
  customer: {
    acknowledge: (trouble, until) =>
      `We have seen your message and are sorry about ${trouble}. We are looking into it and ${
        until === null ? "will answer you as soon as we can" : `will answer you by ${until}`
      }. Please send order details and phone numbers in private, not here.`,
    acknowledgeHarm: (until) =>
      `We have seen your message and are sorry this happened. Please stop eating or using the product and keep it with its packaging; if anyone feels unwell, please see a doctor. The person in charge has been told and ${
        until === null ? "will contact you directly" : `will contact you directly by ${until}`
      }. Please send details in private, not here.`,
    acknowledgeLaw: (until) =>
      `We have seen your message. It has gone to the person in charge, who ${
        until === null ? "will contact you directly" : `will contact you directly by ${until}`
      }. Please send details in private, not here.`,
    reply: (words) => words,
    told: (trouble, resolution) =>
      resolution === null
        ? `About ${trouble}: we have dealt with it. Is it solved for you?`
        : `About ${trouble}: ${resolution}\nIs it solved for you?`,
    toldButtons: { solved: "Solved", unsolved: "Not solved" },
    toldWithoutButtons:
      "Reply “solved” if it is, or “not solved” and the person in charge will go on with it.",
    groupNote: (trouble, resolution) =>
      resolution === null
        ? `About ${trouble} that several of you reported: it has been dealt with. We are sorry for the trouble. If yours is not solved, please message us in private.`
        : `About ${trouble} that several of you reported: ${resolution}\nWe are sorry for the trouble. If yours is not solved, please message us in private.`,
    stillUnsolved: (trouble) =>
      `You mentioned ${trouble} with your rating. We thought it was dealt with: is it still not solved?`,
    reopened: (until) =>
      until === null
        ? "Thank you for telling us. It is back with the person in charge, who will answer you as soon as possible."
        : `Thank you for telling us. It is back with the person in charge, who will answer you by ${until}.`,
    linked: "Thank you for telling us. It has gone to the person in charge as a new case.",
    thanks: "Noted. If it comes up again, please tell us.",
    tooLate: "This is no longer being worked on. If something is still wrong, please tell us.",
    filed: (number) =>
      `Your complaint is on record as #${number}, and the person in charge will answer you. Please send order details and phone numbers in private, not in the group.`,
    check: (trouble) => `About ${trouble} you told us of: one question on how it was handled.`,
    checkStatement: `${CES_STATEMENT.en}.`,
    checkScale: scaleDirection("ces", "en")
      .map(({ point, label }) => `${point} = ${label}`)
      .join(", "),
    checkWithoutButtons: "Please reply with a number from 1 to 7. Nobody else sees it.",
    solvedWords: ["solved", "it is solved", "it's solved", "all solved", "resolved"],
    unsolvedWords: ["not solved", "still not solved", "not resolved", "unsolved", "not fixed"],
    againWords: [
      "again",
      "still no",
      "still not",
      "still haven't",
      "still hasn't",
      "still missing",
      "still wrong",
      "still broken",
      "still waiting for the refund",
      "still waiting for my refund",
      "still ill",
      "still sick",
      "still throwing up",
      "once more",
      "second time",
      "third time",
      "same problem",
      "same issue",
      "same thing",
      "as last time",
      "like last time",
      "not yet",
      "keeps happening",
    ],
    status: ({ number, trouble, state, next }) =>
      next === null
        ? `#${number} ${trouble}: ${state}`
        : `#${number} ${trouble}: ${state}, next step by ${next}`,
    stages: {
      candidate: "received, being checked",
      confirmed: "confirmed, waiting for the person in charge",
      acknowledged: "answered, being worked on",
      in_progress: "being worked on",
      resolved: "resolved",
      told: "resolved, waiting for your word",
      closed: "finished",
      dismissed: "checked, not handled as a complaint",
      reopened: "being worked on again",
    },
  },
};

/** All texts about complaint cases, in both languages. */
export const complaintTexts: Readonly<Record<Language, ComplaintTexts>> = { zh, en };
