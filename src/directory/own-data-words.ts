import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { directoryTexts } from "#src/i18n/directory.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { ExportedAnswer, MemberData } from "./member-data.js";

const MOST_ANSWERS = 60;
const DEFAULT_ZONE = "Asia/Shanghai";

/** One part of an answer as its question names it. */
function partWords(part: unknown, question: QuestionSnapshot | null, language: Language): string {
  const { gap, yes, no } = directoryTexts[language].data;
  const option = question?.options.find(({ id }) => id === part);
  if (option !== undefined) return option.label;
  if (question?.kind === "gap" && typeof part === "number") return gap[part + 1] ?? "";
  if (part === "yes") return yes;
  if (part === "no") return no;
  return typeof part === "number" || typeof part === "string" ? String(part) : "";
}

function valueWords({ row, question }: ExportedAnswer, language: Language): string {
  const value: unknown = JSON.parse(row.value);
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts
    .map((part) => partWords(part, question, language))
    .join(language === "zh" ? "、" : ", ");
}

/** What is kept of a member, told to themselves: places, answers, reported problems in their own words. */
export function ownDataWords(data: MemberData, language: Language): string {
  const texts = directoryTexts[language].data;
  const zone = data.places[0]?.timeZone ?? DEFAULT_ZONE;
  const day = (at: number): string => formatInstant(at, zone, language, "date");
  const places = data.places
    .filter(({ leftAt }) => leftAt === null)
    .map(({ group, joinedAt }) => texts.since(group, day(joinedAt)));
  return [
    texts.heading(data.member.name),
    ...(places.length === 0 ? [] : [texts.groups(places)]),
    ...(data.member.mutedAt === null ? [] : [texts.muted]),
    ...(data.member.optedOutAt === null ? [] : [texts.optedOut]),
    ...answerLines(data, language, day),
    ...caseLines(data, language, day),
    ...(data.answers.length + data.cases.length === 0 ? [texts.nothing] : []),
    ...(data.messages.length === 0 ? [] : [texts.messages(data.messages.length)]),
    texts.foot,
  ].join("\n");
}

type Day = (at: number) => string;

function answerLines({ answers }: MemberData, language: Language, day: Day): readonly string[] {
  const texts = directoryTexts[language].data;
  if (answers.length === 0) return [];
  const latest = answers.slice(-MOST_ANSWERS);
  return [
    texts.answers(answers.length),
    ...latest.flatMap((one) => {
      const { row, question } = one;
      const line = texts.answer(
        day(row.answeredAt),
        question?.text ?? "",
        valueWords(one, language),
      );
      return row.comment === null ? [line] : [line, texts.comment(row.comment)];
    }),
  ];
}

function caseLines(data: MemberData, language: Language, day: Day): readonly string[] {
  const texts = directoryTexts[language].data;
  if (data.cases.length === 0) return [];
  const { troubles } = complaintTexts[language];
  return [
    texts.cases(data.cases.length),
    ...data.cases.flatMap(({ id, number, openedAt, aspect }) => [
      texts.case(number, day(openedAt), troubles[aspect]),
      ...data.caseMessages.flatMap(({ caseId, text }) =>
        caseId === id && text !== null && text !== "" ? [texts.words(text)] : [],
      ),
    ]),
  ];
}
