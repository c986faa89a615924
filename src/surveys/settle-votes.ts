import { surveyTexts } from "#src/i18n/surveys.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { ChoiceRow } from "#src/platform/outbound-message.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { replyPrivately } from "./private-reply.js";
import { showValue } from "./question-choices.js";
import type { ReadVote } from "./read-answer.js";
import { voteButton } from "./survey-card.js";
import { HANDLED, listenerOf, NONE, type ReplyOutcome, takeVote } from "./take-vote.js";

const TITLE_LENGTH = 40;

/**
 * Takes the one vote that a message means. A text that answers several open questions alike is no
 * vote: the member is asked privately which one, once per member and newest run.
 */
export async function settleVotes(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  votes: readonly ReadVote[],
): Promise<ReplyOutcome> {
  const picked = await pickVote(tx, place.member.id, votes);
  if (picked !== null) return takeVote(tx, place, event, picked);
  if (place.membership.role !== "customer") return NONE;
  return askWhich(tx, place, event, votes);
}

/** The only vote, or for a correction the only question answered before. */
async function pickVote(
  tx: Transaction,
  memberId: string,
  votes: readonly ReadVote[],
): Promise<ReadVote | null> {
  if (votes.length === 1) return votes[0] ?? null;
  if (!votes.every((vote) => vote.revision)) return null;
  const answered: ReadVote[] = [];
  for (const vote of votes) {
    const known = await tx.responses.get(vote.run.id, vote.question.id, memberId);
    if (known !== null) answered.push(vote);
  }
  return answered.length === 1 ? (answered[0] ?? null) : null;
}

async function askWhich(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  votes: readonly ReadVote[],
): Promise<ReplyOutcome> {
  const [newest] = votes;
  if (newest === undefined) return NONE;
  const { language } = place.group;
  const texts = surveyTexts[language];
  const rows = whichRows(votes, language);
  await replyPrivately(tx, listenerOf(place, event), {
    key: `which:${newest.run.id}:${place.member.id}`,
    message:
      rows === null
        ? { text: texts.whichWithoutButtons(votes.length) }
        : {
            text: texts.which(votes.length),
            choices: rows,
            textWithoutButtons: texts.whichWithoutButtons(votes.length),
          },
    at: event.at,
    expiresAt: newest.run.closesAt,
  });
  return votes.some((vote) => vote.comment !== null) ? NONE : HANDLED;
}

/** As much of a question as fits a button. */
function shortTitle(text: string): string {
  const characters = [...text];
  return characters.length <= TITLE_LENGTH
    ? text
    : `${characters.slice(0, TITLE_LENGTH).join("")}…`;
}

/** One button per question; none when an answer is a set, which no button carries. */
function whichRows(
  votes: readonly ReadVote[],
  language: Place["group"]["language"],
): readonly ChoiceRow[] | null {
  const choices = votes.flatMap(({ run, question, value }) =>
    typeof value === "number" || typeof value === "string"
      ? [
          {
            label: surveyTexts[language].whichChoice(
              showValue(question, language, value),
              shortTitle(question.text),
            ),
            value: voteButton(run.id, question.id, value),
          },
        ]
      : [],
  );
  return choices.length === votes.length ? [{ action: "vote", choices }] : null;
}
