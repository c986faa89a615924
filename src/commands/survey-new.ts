import type { Group, Survey } from "#entities/index.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import { describeSchedule, scheduleFromWords } from "#src/scheduling/schedule-words.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { DraftQuestions } from "#src/surveys/draft-survey.js";
import type { LintFinding } from "#src/surveys/linter-finding.js";
import { durationFromWords, openForFromWords } from "#src/surveys/open-for.js";
import { findBankQuestions } from "#src/surveys/question-bank.js";
import type { ScheduleOutcome } from "#src/surveys/schedule-survey.js";
import type { Answer, Call } from "./command-call.js";
import { questionKindOf, readSurveyWords, type SurveyWords } from "./survey-words.js";
import { oneGroup } from "./unclear-group.js";

const LONGEST_QUESTION = 160;

/** What can be drafted, or the sentence that says what is missing. */
type Plan =
  | {
      readonly kind: "ok";
      readonly ask: DraftQuestions;
      readonly openForMs: number | null;
      readonly remindAfterMs: number | null;
    }
  | { readonly kind: "answer"; readonly answer: Answer };

function say(text: string): Extract<Plan, { kind: "answer" }> {
  return { kind: "answer", answer: { text } };
}

/** `survey new …`: drafts a survey from what was typed and puts it on its schedule. */
export async function newSurvey(call: Call, typed: string): Promise<Answer> {
  const words = readSurveyWords(typed);
  if (words.question === "" && words.decision === null) return { text: bankText(call) };
  const example = (name: string): string =>
    call.language === "zh" ? `群：${name}` : `group: ${name}`;
  const chosen = await oneGroup(call, words.group, example);
  if (chosen.kind === "answer") return chosen.answer;
  const { group } = chosen;
  const plan = planOf(call, group, words);
  return plan.kind === "answer" ? plan.answer : draft(call, { group, words, plan });
}

/** The ready-made questions by id. */
function bankText({ texts, language }: Call): string {
  const entries = findBankQuestions().map(({ id, text }) => `· ${id}: ${text[language]}`);
  return texts.survey.bank(
    language === "zh" ? entries.map((one) => one.replace(": ", "：")) : entries,
  );
}

/** What keeps the typed words from being a survey, in the order in which one writes them; null when nothing does. */
function missing(call: Call, words: SurveyWords, kind: QuestionKind | null): string | null {
  const hints = call.texts.survey.words;
  if (words.question === "") return hints.noQuestion;
  if ([...words.question].length > LONGEST_QUESTION) return hints.tooLong;
  if (kind === null) return hints.unknownType(words.type ?? "");
  const listed = kind === "choice" || kind === "multi";
  if (listed && words.options.length === 0) return hints.optionsNeeded;
  if (!listed && words.options.length > 0) return hints.optionsUnused;
  return words.decision === null ? hints.noDecision(exampleOf(call, words)) : null;
}

function planOf(call: Call, group: Group, words: SurveyWords): Plan {
  const kind = words.type === null ? defaultKind(words) : questionKindOf(words.type);
  const lack = missing(call, words, kind);
  if (lack !== null || kind === null) return say(lack ?? "");
  const times = timesOf(call, group, words);
  return times.kind === "answer" ? times : { ...times, ask: questionsOf(words, kind) };
}

type Times = Omit<Extract<Plan, { kind: "ok" }>, "ask"> | Extract<Plan, { kind: "answer" }>;

/** Times are read before anything is kept, so that an unclear one leaves no draft behind. */
function timesOf({ texts, language, at }: Call, group: Group, words: SurveyWords): Times {
  const hints = texts.survey.words;
  const opening = words.when === null ? null : scheduleFromWords(words.when);
  if (opening?.kind === "unclear") return say(opening.hint[language]);
  const { openFor, remind } = words;
  const openForMs = openFor === null ? null : openForFromWords(openFor, at, group.timeZone);
  if (openFor !== null && openForMs === null) return say(hints.unclearFor);
  const remindAfterMs =
    remind === null ? null : durationFromWords(remind.replace(/(?:后|\safter)$/, ""));
  if (remind !== null && remindAfterMs === null) return say(hints.reminder);
  return { kind: "ok", openForMs, remindAfterMs };
}

/** Options without a type mean one choice among them. */
function defaultKind({ options }: SurveyWords): QuestionKind {
  return options.length > 0 ? "choice" : "csat";
}

function questionsOf(words: SurveyWords, kind: QuestionKind): DraftQuestions {
  const { question, options } = words;
  const ready = findBankQuestions().some(({ id }) => id === question.toLowerCase());
  if (ready) return { from: "bank", id: question.toLowerCase() };
  return { from: "own", kind, text: question, ...(options.length === 0 ? {} : { options }) };
}

function exampleOf({ language }: Call, { question }: SurveyWords): string {
  return language === "zh"
    ? `调查 新建 ${question}；决定：下周要不要换一家供应商`
    : `survey new ${question}; decision: change the supplier next week or not`;
}

interface Drafting {
  readonly group: Group;
  readonly words: SurveyWords;
  readonly plan: Extract<Plan, { kind: "ok" }>;
}

async function draft(call: Call, { group, words, plan }: Drafting): Promise<Answer> {
  const { tx, texts, at, place, language } = call;
  const outcome = await call.rooms.surveys.draft(tx, {
    group,
    ask: plan.ask,
    ...(words.title === null ? {} : { title: words.title }),
    decision: words.decision ?? "",
    ...(plan.openForMs === null ? {} : { openForMs: plan.openForMs }),
    remindAfterMs: plan.remindAfterMs,
    at,
    by: place.member.id,
  });
  switch (outcome.kind) {
    case "unknown-question":
      return { text: bankText(call) };
    case "malformed":
      return { text: texts.survey.words.shape[outcome.problem] ?? texts.survey.words.noQuestion };
    case "refused":
      return { text: findings(call, outcome.findings).join("\n") };
    case "drafted": {
      const { survey } = outcome;
      const made = texts.survey.made({
        number: survey.number,
        title: survey.title,
        group: group.name,
      });
      const when = await schedule(call, { survey, group, words });
      const decision = surveyTexts[language].decision(survey.decision);
      return { text: [made, decision, ...when, ...findings(call, outcome.warnings)].join("\n") };
    }
  }
}

function findings({ texts, language }: Call, found: readonly LintFinding[]): readonly string[] {
  return found.map(({ severity, explanation }) =>
    texts.survey.check(severity, explanation[language]),
  );
}

interface Scheduling {
  readonly survey: Survey;
  readonly group: Group;
  readonly words: SurveyWords;
}

async function schedule(
  call: Call,
  { survey, group, words }: Scheduling,
): Promise<readonly string[]> {
  const { tx, texts, at, place } = call;
  if (words.when === null) return [texts.survey.draft(survey.number)];
  const outcome = await call.rooms.surveys.schedule(tx, {
    survey,
    group,
    opens: words.when,
    ...(words.openFor === null ? {} : { closes: words.openFor }),
    at,
    by: place.member.id,
  });
  return outcome.kind === "scheduled"
    ? scheduled(call, group, outcome)
    : [notScheduled(call, outcome), texts.survey.notScheduled(survey.number)];
}

function scheduled(
  { texts, language }: Call,
  group: Group,
  { survey, nextAt, warnings }: Extract<ScheduleOutcome, { kind: "scheduled" }>,
): readonly string[] {
  return [
    texts.survey.scheduled({
      when: describeSchedule(survey.pattern ?? "", language),
      openFor: complaintTexts[language].duration(survey.openForMs),
      next: formatInstant(nextAt, group.timeZone, language, "short"),
    }),
    ...warnings.map((word) => texts.survey.check("warning", surveyTexts[language].warning(word))),
  ];
}

function notScheduled(
  { texts, language }: Call,
  outcome: Exclude<ScheduleOutcome, { kind: "scheduled" }>,
): string {
  const hints = texts.survey.words;
  switch (outcome.kind) {
    case "unclear-opening":
      return outcome.hint[language];
    case "unclear-closing":
      return hints.unclearFor;
    case "reminder-after-closing":
      return hints.reminder;
    case "never":
    case "archived":
    case "needs-decision":
      return hints.never;
  }
}
