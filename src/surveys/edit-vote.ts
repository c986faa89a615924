import type { Response, SurveyRun } from "#entities/index.js";
import type { EarlierAnswer, QuestionSnapshot } from "#entities/types.js";
import { messageKey } from "#src/platform/conversation.js";
import type { EditedEvent, MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { writeValue } from "./answer-value.js";
import { isRating } from "./cast-vote.js";
import { type ReplyDeps, withoutReceipts } from "./consider-reply.js";
import { groupsOf, ownWords } from "./direct-reply.js";
import { takeList } from "./list-votes.js";
import { groupMemory } from "./open-runs.js";
import { type AnswerContext, type ReadVote, readAnswer } from "./read-answer.js";
import { publicRuns, ratingsOf } from "./run-questions.js";
import { settleVotes } from "./settle-votes.js";
import { plainQuestionId } from "./survey-keys.js";
import { forgetEarlier, takeBack } from "./take-back.js";
import { NONE, type ReplyOutcome, takeVote, voteTaken } from "./take-vote.js";

/** An answer that a message gave, whether it holds or was replaced by a later one. */
interface Held {
  readonly row: Response;
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot | undefined;
  readonly answer: EarlierAnswer;
  /** It is the answer that counts at present. */
  readonly holds: boolean;
}

interface Scene {
  readonly place: Place;
  /** The edit as if its words had been said now. */
  readonly event: MessageEvent;
  readonly key: string;
  readonly context: AnswerContext;
}

/**
 * Reads an edited message again. What it had answered is replaced by what it says now, as the newest
 * answer of this member; words that are no vote any more withdraw it like a recall. An edit that
 * leaves the answer as it was, or that comes after the run has closed, changes nothing. A message
 * that was no vote may become one for questions that were open when it was first said.
 */
export async function editVote(
  tx: Transaction,
  place: Place,
  event: EditedEvent,
  { botNames }: ReplyDeps,
): Promise<ReplyOutcome> {
  const key = messageKey(event.message);
  // A vote of the same batch may still wait in memory.
  await tx.responses.flush();
  const { language } = place.group;
  const scene: Scene = {
    place,
    event: { ...event, kind: "message", mentionsBot: false, isDirect: place.direct },
    key,
    // Whoever corrects an answer speaks to the question.
    context: { text: event.text, at: event.at, language, botNames, direct: true },
  };
  const rows = await rowsOf(tx, place, key);
  if (rows.length === 0) return readAnew(tx, scene);
  const held = await heldIn(tx, rows, scene);
  return held.some(({ row }) => row.via === "list")
    ? rereadList(tx, scene, held)
    : reread(tx, scene, held);
}

/** The answers that this message gave: those that count, and the sender's own that were replaced. */
async function rowsOf(tx: Transaction, place: Place, key: string): Promise<readonly Response[]> {
  const counting = await tx.responses.rows.find({ messageKey: key }, { order: { id: "asc" } });
  const own = await tx.responses.rows.find({ memberId: place.member.id }, { order: { id: "asc" } });
  const replaced = own.filter(
    (row) => row.messageKey !== key && row.earlier.some((one) => one.messageKey === key),
  );
  return [...counting, ...replaced];
}

/** Those of runs that are still open at the moment of the edit. */
async function heldIn(
  tx: Transaction,
  rows: readonly Response[],
  { event, key }: Scene,
): Promise<readonly Held[]> {
  const runs = await tx.runs.find({ id: [...new Set(rows.map((row) => row.runId))] });
  const open = runs.filter((run) => run.state === "open" && event.at < run.closesAt);
  return rows.flatMap((row): Held[] => {
    const run = open.find((one) => one.id === row.runId);
    const holds = row.messageKey === key;
    const answer = holds ? row : row.earlier.findLast((one) => one.messageKey === key);
    if (run === undefined || answer === undefined) return [];
    const question = run.questions.find((one) => one.id === plainQuestionId(row.questionId));
    return [{ row, run, question, answer, holds }];
  });
}

async function reread(tx: Transaction, scene: Scene, held: readonly Held[]): Promise<ReplyOutcome> {
  let outcome: ReplyOutcome = NONE;
  for (const one of held) {
    if (one.row.memberId !== scene.place.member.id) continue;
    outcome = await rereadOne(tx, scene, one);
  }
  return outcome;
}

async function rereadOne(tx: Transaction, scene: Scene, held: Held): Promise<ReplyOutcome> {
  const vote = await readFor(tx, scene, held);
  if (vote !== null) return replace(tx, scene, held, vote);
  if (held.holds) await takeBack(tx, held.row);
  else forgetEarlier(tx, held.row, scene.key);
  const { run, question } = held;
  // In private, words alone may still be the comment of the score that was given before them.
  if (!scene.place.direct || question === undefined) return NONE;
  const words = await ownWords(tx, scene.place, { run, question }, scene.context.text);
  return words === null ? NONE : takeVote(tx, scene.place, scene.event, words);
}

async function readFor(
  tx: Transaction,
  { place, context }: Scene,
  { run, question }: Held,
): Promise<ReadVote | null> {
  if (question === undefined) return null;
  if (question.kind === "text" && !isRating(question)) {
    return ownWords(tx, place, { run, question }, context.text);
  }
  const reading = readAnswer(run, question, context);
  return reading.kind === "vote" ? reading : null;
}

async function replace(
  tx: Transaction,
  { place, event, key }: Scene,
  { row, answer, holds }: Held,
  vote: ReadVote,
): Promise<ReplyOutcome> {
  const { value, comment } = vote;
  if (writeValue(value) === answer.value && (comment ?? null) === answer.comment)
    return voteTaken(vote);
  if (!holds) forgetEarlier(tx, row, key);
  // Clocks of a platform may disagree; what replaces an answer is never older than it.
  const at = holds ? Math.max(event.at, row.answeredAt) : event.at;
  const outcome = await takeVote(tx, place, { ...event, at }, vote);
  const now = await tx.responses.get(row.runId, row.questionId, row.memberId);
  if (holds && now !== null) forgetEarlier(tx, now, key);
  return outcome;
}

/** The sender of a list may put right all that this list had brought in; else the newest list's rules hold. */
async function rereadList(
  tx: Transaction,
  scene: Scene,
  held: readonly Held[],
): Promise<ReplyOutcome> {
  const own = held.filter(({ row }) => row.memberId === scene.place.member.id);
  const others = held.filter((one) => !own.includes(one));
  for (const { row } of others) await takeBack(tx, row);
  const [first] = held;
  const [rating] = first === undefined ? [] : ratingsOf([first.run]);
  const reading =
    rating === undefined ? null : readAnswer(rating.run, rating.question, scene.context);
  if (reading?.kind !== "list") return reread(tx, scene, own);
  const outcome = await takeList(tx, scene.place, scene.event, reading);
  for (const { row } of own) {
    const now = await tx.responses.get(row.runId, row.questionId, row.memberId);
    if (now !== null) forgetEarlier(tx, now, scene.key);
  }
  return outcome;
}

/** A message that answered nothing so far; one that is not known, or older than the question, never will. */
async function readAnew(tx: Transaction, scene: Scene): Promise<ReplyOutcome> {
  const { place, event } = scene;
  const saidAt = await firstSaidAt(tx, place, event);
  if (saidAt === null) return NONE;
  const runs = (await openRunsFor(tx, place)).filter((run) => run.openedAt <= saidAt);
  if (runs.length === 0) return NONE;
  const context: AnswerContext = { ...scene.context, direct: place.direct };
  const readings = ratingsOf(runs)
    .filter(({ question }) => question.kind !== "text")
    .map(({ run, question }) => readAnswer(run, question, context));
  const list = readings.find((reading) => reading.kind === "list");
  if (list !== undefined) return place.direct ? NONE : takeList(tx, place, event, list);
  const memory = await groupMemory(tx, place.group.id);
  const votes = await withoutReceipts(tx, memory, { place, event, context, readings });
  return votes.length === 0 ? NONE : settleVotes(tx, place, event, votes);
}

async function firstSaidAt(
  tx: Transaction,
  place: Place,
  { message }: MessageEvent,
): Promise<number | null> {
  const row = await tx.messages.judged(message);
  return row === null || row.memberId !== place.member.id ? null : row.sentAt;
}

async function openRunsFor(tx: Transaction, place: Place): Promise<readonly SurveyRun[]> {
  if (!place.direct) return publicRuns((await groupMemory(tx, place.group.id)).runs);
  const groupId = await groupsOf(tx, place);
  const order = { openedAt: "desc", id: "asc" } as const;
  return publicRuns(await tx.runs.find({ groupId, state: "open" }, { order }));
}
