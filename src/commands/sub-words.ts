/** What staff do with surveys. */
export type SurveyAct =
  | "list"
  | "new"
  | "run"
  | "pause"
  | "resume"
  | "close"
  | "results"
  | "archive";

/** What staff do with one case. */
export type CaseAct =
  | "confirm"
  | "dismiss"
  | "take"
  | "assign"
  | "note"
  | "reply"
  | "resolve"
  | "reopen";

export type ComplaintFilter = "open" | "overdue" | "mine" | "all";
export type DigestAct = "approve" | "withhold";

function table<Act extends string>(
  words: Readonly<Record<Act, readonly string[]>>,
): ReadonlyMap<string, Act> {
  return new Map(
    Object.entries<readonly string[]>(words).flatMap(([act, list]) =>
      list.map((word): [string, Act] => [word, act as Act]),
    ),
  );
}

export const SURVEY_ACTS: ReadonlyMap<string, SurveyAct> = table({
  list: ["列表", "list", "全部", "all", "ls"],
  new: ["新建", "new", "新增", "创建", "create", "add"],
  run: ["发", "run", "发出", "立即发", "现在发", "发布", "send", "start"],
  pause: ["暂停", "pause", "停"],
  resume: ["恢复", "resume", "继续"],
  close: ["截止", "close", "结束", "关闭", "stop", "end"],
  results: ["结果", "results", "result", "看结果"],
  archive: ["归档", "archive", "删除", "delete"],
});

export const CASE_ACTS: ReadonlyMap<string, CaseAct> = table({
  confirm: ["确认", "confirm", "confirmed", "是投诉"],
  dismiss: ["忽略", "dismiss", "不是投诉", "误报", "驳回"],
  take: ["接手", "take", "我来", "我来处理", "认领"],
  assign: ["指派", "assign", "派给", "转给", "分给"],
  note: ["备注", "note", "记录"],
  reply: ["回复", "reply", "答复", "answer"],
  resolve: ["解决", "resolve", "resolved", "已解决", "处理好了"],
  reopen: ["重开", "reopen", "重新打开"],
});

export const COMPLAINT_FILTERS: ReadonlyMap<string, ComplaintFilter> = table({
  open: ["未结", "open", "处理中", "未处理", "未解决"],
  overdue: ["超时", "overdue", "逾期", "late"],
  mine: ["我的", "mine", "我负责的", "my"],
  all: ["全部", "all", "所有", "历史"],
});

export const DIGEST_ACTS: ReadonlyMap<string, DigestAct> = table({
  approve: ["批准", "approve", "发", "同意", "可以发"],
  withhold: ["不发", "withhold", "不同意", "取消"],
});

/** What may be done with a message that could not be said. */
export const UNSENT_ACTS: ReadonlyMap<string, "retry" | "drop"> = table({
  retry: ["再发", "retry", "重发", "resend", "again"],
  drop: ["不发", "drop", "作罢", "算了"],
});

/** What a held room is to become. */
export const BIND_ACTS: ReadonlyMap<string, "new" | "staff" | "old"> = table({
  new: ["新", "new", "新群"],
  staff: ["店员", "staff", "店员群"],
  old: ["旧", "old", "旧群", "原来的", "以前的"],
});

/** The act whose word stands at the start of a text, glued or not, and what follows it. */
export function leadingAct<Act extends string>(
  words: ReadonlyMap<string, Act>,
  text: string,
): { readonly act: Act; readonly rest: string } | null {
  const lower = text.toLowerCase();
  let best: { readonly word: string; readonly act: Act } | null = null;
  for (const [word, act] of words) {
    if (!lower.startsWith(word) || (best !== null && best.word.length >= word.length)) continue;
    const next = lower[word.length];
    // An English word ends at a blank or a mark; a Chinese one may be glued to what follows.
    if (/[a-z]$/.test(word) && next !== undefined && /[a-z0-9]/.test(next)) continue;
    best = { word, act };
  }
  if (best === null) return null;
  return { act: best.act, rest: withoutColon(text.slice(best.word.length)).trim() };
}

function withoutColon(text: string): string {
  const clean = text.trimStart();
  return /^[:：，,]/.test(clean) ? clean.slice(1) : clean;
}
