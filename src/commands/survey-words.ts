import type { QuestionKind } from "#entities/vocabulary.js";
import { foldWidth, splitArguments, trimBlanks, trimMarks } from "./text-scan.js";

/** A new survey as typed. */
export interface SurveyWords {
  readonly question: string;
  readonly title: string | null;
  readonly decision: string | null;
  readonly when: string | null;
  readonly openFor: string | null;
  readonly remind: string | null;
  readonly type: string | null;
  readonly options: readonly string[];
  readonly group: string;
}

type Field =
  | "question"
  | "title"
  | "decision"
  | "when"
  | "for"
  | "remind"
  | "type"
  | "options"
  | "group";

const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ...(["题目", "问题", "question", "ask"] as const).map((word): [string, Field] => [
    word,
    "question",
  ]),
  ...(["标题", "名称", "title", "name"] as const).map((word): [string, Field] => [word, "title"]),
  ...(["决定", "决策", "用途", "decision", "decide"] as const).map((word): [string, Field] => [
    word,
    "decision",
  ]),
  ...(["时间", "发送时间", "什么时候", "when", "schedule"] as const).map(
    (word): [string, Field] => [word, "when"],
  ),
  ...(["开放", "开放时间", "截止", "多久", "for", "open", "closes", "until"] as const).map(
    (word): [string, Field] => [word, "for"],
  ),
  ...(["提醒", "remind", "reminder"] as const).map((word): [string, Field] => [word, "remind"]),
  ...(["类型", "题型", "type", "kind"] as const).map((word): [string, Field] => [word, "type"]),
  ...(["选项", "options", "choices"] as const).map((word): [string, Field] => [word, "options"]),
  ...(["群", "群名", "group"] as const).map((word): [string, Field] => [word, "group"]),
]);

const TYPES: ReadonlyMap<string, QuestionKind> = new Map<string, QuestionKind>([
  ...(["csat", "满意度", "满意", "satisfaction", "打分", "rating"] as const).map(
    (word): [string, QuestionKind] => [word, "csat"],
  ),
  ...(["nps", "推荐度", "推荐", "recommendation"] as const).map((word): [string, QuestionKind] => [
    word,
    "nps",
  ]),
  ...(["ces", "轻松度", "省力度", "effort", "ease"] as const).map(
    (word): [string, QuestionKind] => [word, "ces"],
  ),
  ...(["yesno", "yes/no", "是否", "是非"] as const).map((word): [string, QuestionKind] => [
    word,
    "yesno",
  ]),
  ...(["choice", "single", "单选", "选择"] as const).map((word): [string, QuestionKind] => [
    word,
    "choice",
  ]),
  ...(["multi", "multiple", "多选"] as const).map((word): [string, QuestionKind] => [
    word,
    "multi",
  ]),
  ...(["gap", "比预期", "预期", "expectation"] as const).map((word): [string, QuestionKind] => [
    word,
    "gap",
  ]),
]);

/** The kind of question that a word means; null for any other word. */
export function questionKindOf(word: string): QuestionKind | null {
  return TYPES.get(trimMarks(foldWidth(word))) ?? null;
}

/** Splits a list of options: "甲、乙", "A, B", "A / B"; with blanks only when nothing else parts them. */
export function splitOptions(text: string): readonly string[] {
  const marks = /[、,，/／|｜]/;
  const parts = marks.test(text) ? text.split(marks) : splitArguments(text);
  return parts.map((part) => trimBlanks(part)).filter((part) => part !== "");
}

interface Piece {
  readonly field: Field | null;
  readonly value: string;
}

/** "决定：要不要换包装" is a field; a colon after any other word belongs to the question. */
function pieceOf(segment: string): Piece {
  const colon = segment.search(/[:：=]/);
  const name = colon < 0 ? "" : foldWidth(trimBlanks(segment.slice(0, colon)));
  const field = FIELDS.get(name) ?? null;
  return { field, value: trimBlanks(field === null ? segment : segment.slice(colon + 1)) };
}

/** Reads what follows `survey new`: parts separated by semicolons or lines, the question first. */
export function readSurveyWords(text: string): SurveyWords {
  const pieces = text
    .split(/[;；\n]/)
    .map((segment) => pieceOf(trimBlanks(segment)))
    .filter(({ value }) => value !== "");
  const valueOf = (field: Field): string | null =>
    pieces.find((piece) => piece.field === field)?.value ?? null;
  const free = pieces.filter(({ field }) => field === null).map(({ value }) => value);
  const options = valueOf("options");
  const question = valueOf("question") ?? free.join(" ");
  return {
    question: unquoted(question),
    title: valueOf("title"),
    decision: valueOf("decision"),
    when: valueOf("when"),
    openFor: withoutUntil(valueOf("for")),
    remind: valueOf("remind"),
    type: valueOf("type"),
    options: options === null ? [] : splitOptions(options),
    group: valueOf("group") ?? "",
  };
}

function unquoted(text: string): string {
  const [only, second] = splitArguments(text);
  return only !== undefined && second === undefined ? only : text;
}

/** "到 21:00" and "until 21:00" mean the time alone. */
function withoutUntil(text: string | null): string | null {
  return text === null ? null : text.replace(/^(?:到|至|until|till)\s?/i, "");
}
