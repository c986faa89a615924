import type { Response, SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { surveyTexts } from "#src/i18n/surveys.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import { mayBeAsked } from "./eligible-members.js";
import { restingMembers } from "./ignored-prompts.js";
import { type Listener, replyPrivately } from "./private-reply.js";
import { followUpsOf } from "./run-questions.js";
import { choiceRows, lines, optionLines, writeRow } from "./survey-card.js";
import { followKeyOf, followPromptId } from "./survey-keys.js";

/** An answer that may lead to a follow-up question. */
export interface Answered {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
  readonly response: Response;
  readonly at: number;
}

/** Whether a rating leads to this follow-up: by score; an answer without a number leads nowhere. */
function isAskedAfter(question: QuestionSnapshot, numeric: number | null): boolean {
  const rule = question.askedWhen;
  if (rule === undefined || numeric === null) return false;
  return numeric <= (rule.atMost ?? Infinity) && numeric >= (rule.atLeast ?? -Infinity);
}

/** The score that rules go by: the number, or 1 for yes and 0 for no; null for other answers. */
function scoreOf({ numeric, value }: Response): number | null {
  if (numeric !== null) return numeric;
  if (value === '"yes"') return 1;
  return value === '"no"' ? 0 : null;
}

/**
 * Asks this member privately the next follow-up that their score calls for, once per run. Not asked
 * when they have said why already, do not want to be asked, have an open case, or left their last
 * two private questions unanswered. The display counts for the person's cap. Returns whether a
 * question was put now; it opens with the thanks, so that no other reply is needed.
 */
export async function askFollowUp(
  tx: Transaction,
  listener: Listener,
  answered: Answered,
): Promise<boolean> {
  const { run, at } = answered;
  const rating = await ratingOf(tx, listener, answered);
  if (rating === null || rating.comment !== null) return false;
  const next = await nextFollowUp(tx, run, rating);
  if (next === null || !(await mayBeAsked(tx, listener.member))) return false;
  const { group, member } = listener;
  const resting = await restingMembers(tx, { memberIds: [member.id], group, at });
  if (resting.has(member.id)) return false;
  const put = await replyPrivately(tx, listener, {
    key: followKeyOf(run.id, next.id, member.id),
    message: followUpMessage(run, next, group.language),
    at,
    expiresAt: run.closesAt,
  });
  if (!put) return false;
  await tx.prompts.insertNew(
    [
      {
        id: followPromptId(run.id, next.id, member.id),
        groupId: group.id,
        memberId: member.id,
        runId: run.id,
        kind: next.kind,
        reason: "follow_up",
        shownAt: at,
      },
    ],
    "id",
  );
  return true;
}

async function ratingOf(
  tx: Transaction,
  { member }: Listener,
  { run, question, response }: Answered,
): Promise<Response | null> {
  if (isRating(question)) return response;
  const rating = run.questions.find(isRating);
  return rating === undefined ? null : tx.responses.get(run.id, rating.id, member.id);
}

async function nextFollowUp(
  tx: Transaction,
  run: SurveyRun,
  rating: Response,
): Promise<QuestionSnapshot | null> {
  for (const question of followUpsOf(run)) {
    if (!isAskedAfter(question, scoreOf(rating))) continue;
    const answer = await tx.responses.get(run.id, question.id, rating.memberId);
    if (answer === null) return question;
  }
  return null;
}

/** The follow-up as it is shown: buttons of tags where it has some, else words to reply with. */
export function followUpMessage(
  run: Pick<SurveyRun, "id">,
  question: QuestionSnapshot,
  language: Language,
): OutboundMessage {
  const texts = surveyTexts[language];
  const rows = choiceRows("follow", run.id, question, language);
  const write = writeRow(run.id, question, language);
  if (rows === null)
    return {
      text: lines(texts.followUp, question.text, texts.followUpPress),
      choices: [write],
      textWithoutButtons: lines(texts.followUp, question.text, texts.followUpWords),
    };
  return {
    text: lines(texts.followUp, question.text, texts.followUpTags),
    choices: [...rows, write],
    textWithoutButtons: lines(
      texts.followUp,
      question.text,
      ...optionLines(question, language, texts),
      texts.followUpOwnWords,
    ),
  };
}
