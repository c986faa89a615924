import type { SurveyRun } from "#entities/index.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { DAY } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import { findQuoted } from "./quoted-run.js";
import { readAnswer } from "./read-answer.js";
import { isPrivateRun } from "./survey-keys.js";
import { NONE, type ReplyOutcome, tellClosed } from "./take-vote.js";

/** How long after closing a member is still told that they came too late. */
const LATE_MS = DAY;
const LATEST_RUNS = 10;

/**
 * Looks whether a message that addresses the bot is an answer to a question that closed within a
 * day, and tells the member so, once. Everything else is left alone.
 */
export async function considerLate(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  deps: { readonly botNames: readonly string[]; readonly groupIds?: readonly string[] },
): Promise<ReplyOutcome> {
  const closed = await tx.runs.find(
    {
      groupId: deps.groupIds ?? [place.group.id],
      state: "closed",
      closedAt: { atLeast: event.at - LATE_MS },
    },
    { order: { closedAt: "desc", id: "asc" }, limit: LATEST_RUNS },
  );
  const runs = closed.filter((run) => !isPrivateRun(run));
  if (runs.length === 0) return NONE;
  const { language } = place.group;
  const quoted = await findQuoted(tx, event, { runs, memberId: place.member.id, language });
  if (quoted.kind === "bot" || quoted.kind === "other") return NONE;
  for (const run of quoted.kind === "question" ? [quoted.run] : runs) {
    const comment = lateComment(run, place, event, deps.botNames);
    if (comment !== undefined) return tellClosed(tx, place, event, { run, comment });
  }
  return NONE;
}

/** The comment of a message that is a vote on this run; undefined when it is none. */
function lateComment(
  run: SurveyRun,
  place: Place,
  event: MessageEvent,
  botNames: readonly string[],
): string | null | undefined {
  const question = run.questions.find(isRating);
  if (question === undefined || question.kind === "text") return undefined;
  const { language } = place.group;
  const reading = readAnswer(run, question, {
    text: event.text,
    at: event.at,
    language,
    botNames,
    direct: true,
  });
  return reading.kind === "vote" ? reading.comment : undefined;
}
