import { SLACK } from "#adapters/slack/slack-ids.js";
import type { AskedWords, SentForm } from "#adapters/slack/slack-pages.js";
import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { caseOfButton } from "#src/complaints/case-alert.js";
import { planMove } from "#src/complaints/case-states.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { slackTexts } from "#src/i18n/slack.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import type { Transaction } from "#src/store/transaction.js";
import { readValue } from "#src/surveys/answer-value.js";
import { isRating } from "#src/surveys/cast-vote.js";

/** What is known besides the form itself. */
interface FormScene {
  readonly now: number;
  /** The product's own language, for a place that is not known. */
  readonly language: Language;
}

/** The question that a window asks in words, with what this member has answered; or why it asks no more. */
export async function askedWords(
  tx: Transaction,
  asked: { readonly memberId: string; readonly run: string; readonly question: string },
  { now, language }: FormScene,
): Promise<AskedWords> {
  const run = await tx.runs.first({ id: asked.run });
  const group = run === null ? null : await tx.directory.groupById(run.groupId);
  const question = run?.questions.find(({ id }) => id === asked.question);
  const shown = group?.language ?? language;
  if (run === null || question === undefined)
    return { kind: "closed", notice: surveyTexts[shown].unknownOption };
  if (run.state !== "open" || now >= run.closesAt)
    return { kind: "closed", notice: surveyTexts[shown].closedReply };
  const answer = await wordsOf(tx, asked.memberId, { run, question });
  return { kind: "open", language: shown, text: question.text, answer };
}

/** What a member has written; words to a question with tags are the comment of the rating before it. */
async function wordsOf(
  tx: Transaction,
  memberId: string,
  { run, question }: { readonly run: SurveyRun; readonly question: QuestionSnapshot },
): Promise<string> {
  const member = await tx.directory.member({ platform: SLACK, memberId });
  const kept = question.kind === "text" ? question : run.questions.find(isRating);
  if (member === null || kept === undefined) return "";
  const answer = await tx.responses.get(run.id, kept.id, member.id);
  if (answer === null) return "";
  const words = kept === question ? readValue(answer.value) : answer.comment;
  return typeof words === "string" ? words : "";
}

/** What keeps a sent window from being taken, by its fields; null when nothing does. */
export async function formFaults(
  tx: Transaction,
  { memberId, conversationId, form, values }: SentForm,
  scene: FormScene,
): Promise<Readonly<Record<string, string>> | null> {
  const group = await tx.directory.group({ platform: SLACK, conversationId });
  const language = group?.language ?? scene.language;
  switch (form) {
    case "vote": {
      const { run = "", question = "", value = "" } = values;
      const asked = await askedWords(tx, { memberId, run, question }, scene);
      if (asked.kind === "closed") return { value: asked.notice };
      return value.trim() === "" ? { value: slackTexts[asked.language].window.answer.empty } : null;
    }
    case "case.reply":
      return (values["words"] ?? "").trim() === ""
        ? { words: slackTexts[language].window.answer.empty }
        : null;
    case "case.resolve":
      return resolveFaults(tx, language, values);
    default:
      return null;
  }
}

/** Before anybody was answered, a case is resolved in words only: they are the answer. */
async function resolveFaults(
  tx: Transaction,
  language: Language,
  values: SentForm["values"],
): Promise<Readonly<Record<string, string>> | null> {
  const row = await tx.cases.first({ id: caseOfButton(values["case"] ?? "").caseId });
  const silent = (values["words"] ?? "").trim() === "";
  if (row === null || !silent || planMove(row.state, "resolve") !== null) return null;
  if (planMove(row.state, "resolve", { withWords: true }) === null) return null;
  return { words: complaintTexts[language].staff.needsWords(row.number) };
}
