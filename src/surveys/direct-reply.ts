import type { Prompt, SurveyRun } from "#entities/index.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { DAY } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { LONGEST_WORDS, readValue } from "./answer-value.js";
import { isRating } from "./cast-vote.js";
import { considerLate } from "./late-reply.js";
import { findQuoted } from "./quoted-run.js";
import { type AnswerContext, type ReadVote, readAnswer, votesOf } from "./read-answer.js";
import { followUpsOf, type RunQuestion, ratingsOf } from "./run-questions.js";
import { settleVotes } from "./settle-votes.js";
import { followPromptId, isPrivateRun } from "./survey-keys.js";
import { NONE, type ReplyOutcome, takeVote, tellUnclear } from "./take-vote.js";

/** How long words to the bot alone may answer the last follow-up. */
const FOLLOW_UP_MS = DAY;
const LATEST_PROMPTS = 10;

interface Scene {
  readonly place: Place;
  readonly event: MessageEvent;
  readonly runs: readonly SurveyRun[];
  /** What this member was asked privately, newest first. */
  readonly prompts: readonly Prompt[];
  readonly context: AnswerContext;
}

/**
 * Takes a message to the bot alone as an answer: to the question it quotes, else to the last
 * question that this member was asked privately, else to the one open question of their groups that
 * it fits.
 */
export async function considerDirect(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { botNames }: { readonly botNames: readonly string[] },
): Promise<ReplyOutcome> {
  const groupIds = await groupsOf(tx, place);
  const prompts = await tx.prompts.find(
    { memberId: place.member.id, runId: { not: null } },
    { order: { shownAt: "desc", id: "asc" }, limit: LATEST_PROMPTS },
  );
  const open = await tx.runs.find(
    { groupId: groupIds, state: "open" },
    { order: { openedAt: "desc", id: "asc" } },
  );
  const asked = new Set(prompts.map((prompt) => prompt.runId));
  const runs = open.filter((run) => !isPrivateRun(run) || asked.has(run.id));
  const context: AnswerContext = {
    text: event.text,
    at: event.at,
    language: place.group.language,
    botNames,
    direct: true,
  };
  const outcome = await answerOpen(tx, { place, event, runs, prompts, context });
  if (outcome.kind !== "none") return outcome;
  return considerLate(tx, place, event, { botNames, groupIds });
}

/** The groups that a member is in. */
export async function groupsOf(tx: Transaction, place: Place): Promise<readonly string[]> {
  const rows = await tx.directory.memberships.find({ memberId: place.member.id, leftAt: null });
  return rows.map((row) => row.groupId);
}

async function answerOpen(tx: Transaction, scene: Scene): Promise<ReplyOutcome> {
  const { place, event, runs, context } = scene;
  const quoted = await findQuoted(tx, event, {
    runs,
    memberId: place.member.id,
    language: place.group.language,
  });
  if (quoted.kind === "question") return answerQuestion(tx, scene, quoted);
  const last = lastAsked(scene);
  if (last !== null) {
    const answer = await answerTo(tx, scene, last);
    if (answer !== null) return takeVote(tx, place, event, answer);
  }
  const votes = votesOf(
    ratingsOf(runs)
      .filter(({ question }) => question.kind !== "text")
      .map(({ run, question }) => readAnswer(run, question, context)),
  );
  return votes.length === 0 ? NONE : settleVotes(tx, place, event, votes);
}

async function answerQuestion(
  tx: Transaction,
  { place, event, context }: Scene,
  asked: RunQuestion,
): Promise<ReplyOutcome> {
  const reading = readAnswer(asked.run, asked.question, context);
  if (reading.kind === "vote") return takeVote(tx, place, event, reading);
  const words = isRating(asked.question) ? null : await ownWords(tx, place, asked, event.text);
  if (words !== null) return takeVote(tx, place, event, words);
  if (reading.kind === "none" && reading.askBack) await tellUnclear(tx, place, event, asked);
  return NONE;
}

/** The question that was last put to this member alone, while its run is open. */
function lastAsked({ place, runs, prompts, event }: Scene): RunQuestion | null {
  const [prompt] = prompts;
  const run = runs.find((one) => one.id === prompt?.runId);
  if (prompt === undefined || run === undefined) return null;
  if (prompt.reason !== "follow_up") {
    const question = run.questions.find(isRating);
    return question === undefined ? null : { run, question };
  }
  if (event.at - prompt.shownAt > FOLLOW_UP_MS) return null;
  const question = followUpsOf(run).find(
    (one) => followPromptId(run.id, one.id, place.member.id) === prompt.id,
  );
  return question === undefined ? null : { run, question };
}

/**
 * What a message says to the question last asked. Words answer a follow-up once; a bare score after
 * a follow-up corrects the score instead.
 */
async function answerTo(
  tx: Transaction,
  scene: Scene,
  asked: RunQuestion,
): Promise<ReadVote | null> {
  const { context, place } = scene;
  const { run, question } = asked;
  if (isRating(question)) {
    return question.kind === "text" ? null : voteOf(asked, context);
  }
  if (question.kind !== "text") {
    const tags = voteOf(asked, context);
    if (tags !== null) return tags;
  }
  const [rating] = ratingsOf([run]);
  const corrected = rating === undefined ? null : voteOf(rating, context);
  if (corrected?.comment === null) return corrected;
  const known = await tx.responses.get(run.id, question.id, place.member.id);
  return known === null ? ownWords(tx, place, asked, context.text) : null;
}

function voteOf({ run, question }: RunQuestion, context: AnswerContext): ReadVote | null {
  const reading = readAnswer(run, question, context);
  return reading.kind === "vote" ? reading : null;
}

/**
 * Own words as the answer to a follow-up: kept as they are where it asks for words, else as the
 * comment of the rating, once. A question back to the shop is no answer.
 */
export async function ownWords(
  tx: Transaction,
  place: Place,
  { run, question }: RunQuestion,
  text: string,
): Promise<ReadVote | null> {
  const words = text.trim();
  if (words === "" || words.length > LONGEST_WORDS || /[?？]|吗$/.test(words)) return null;
  const vote = { kind: "vote", run, comment: words, revision: false } as const;
  if (question.kind === "text") return { ...vote, question, value: words };
  const rating = run.questions.find(isRating);
  if (rating === undefined) return null;
  const known = await tx.responses.get(run.id, rating.id, place.member.id);
  if (known === null || known.comment !== null) return null;
  return { ...vote, question: rating, value: readValue(known.value) };
}
