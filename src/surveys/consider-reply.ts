import type { SurveyRun } from "#entities/index.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { noteAsk, wasAskedForOne } from "./asked-for-one.js";
import { considerDirect } from "./direct-reply.js";
import { considerLate } from "./late-reply.js";
import { takeList } from "./list-votes.js";
import { type GroupMemory, groupMemory } from "./open-runs.js";
import { findQuoted, type Quoted } from "./quoted-run.js";
import {
  type AnswerContext,
  type ReadAnswer,
  type ReadVote,
  readAnswer,
  votesOf,
} from "./read-answer.js";
import { publicRuns, ratingsOf } from "./run-questions.js";
import { settleVotes } from "./settle-votes.js";
import { NONE, type ReplyOutcome, tellUnclear } from "./take-vote.js";

/** What is fixed for all messages. */
export interface ReplyDeps {
  /** Names and ids that the bot is called by. */
  readonly botNames: readonly string[];
}

/** Unclear in a way that one more number would settle. */
const WORTH_ASKING: ReadonlySet<string> = new Set([
  "out-of-scale",
  "two-values",
  "range",
  "half",
  "contradiction",
]);

/**
 * Takes a message as an answer to an open question where it is one beyond doubt, and leaves it alone
 * otherwise. A group without an open run costs one look-up per transaction and nothing more.
 */
export async function considerReply(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  deps: ReplyDeps,
): Promise<ReplyOutcome> {
  if (place.direct) return considerDirect(tx, place, event, deps);
  const memory = await groupMemory(tx, place.group.id);
  const addressed = event.mentionsBot || event.repliesTo?.ofBot === true;
  if (memory.runs.length === 0) {
    return addressed ? considerLate(tx, place, event, deps) : NONE;
  }
  noteAsk(memory, event);
  const quoted = await quotedIn(tx, place, event, memory);
  if (quoted.kind === "other") return NONE;
  if (quoted.kind === "bot") return considerLate(tx, place, event, deps);
  return readIn(tx, place, event, { memory, quoted, botNames: deps.botNames });
}

interface Heard {
  readonly memory: GroupMemory;
  readonly quoted: Extract<Quoted, { readonly kind: "nothing" | "question" }>;
  readonly botNames: readonly string[];
}

async function readIn(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  { memory, quoted, botNames }: Heard,
): Promise<ReplyOutcome> {
  const context: AnswerContext = {
    text: event.text,
    at: event.at,
    language: place.group.language,
    botNames,
    direct: quoted.kind === "question" || event.mentionsBot,
  };
  const open = publicRuns(memory.runs).filter((run) => wasOpen(run, event.at));
  const questions = quoted.kind === "question" ? [quoted] : ratingsOf(open);
  const readings = questions.map(({ run, question }) => readAnswer(run, question, context));
  const list = readings.find((reading) => reading.kind === "list");
  if (list !== undefined) return takeList(tx, place, event, list);
  const votes = await withoutReceipts(tx, memory, { place, event, context, readings });
  if (votes.length > 0) return settleVotes(tx, place, event, votes);
  if (quoted.kind === "question" && readings.some(isWorthAsking)) {
    await tellUnclear(tx, place, event, quoted);
  }
  return NONE;
}

/** Chat that is handed in later holds numbers from before the question; its clock may show minutes only. */
function wasOpen(run: SurveyRun, at: number): boolean {
  return at >= run.openedAt - (run.openedAt % MINUTE);
}

function isWorthAsking(reading: ReadAnswer): boolean {
  return reading.kind === "none" && reading.askBack && WORTH_ASKING.has(reading.reason);
}

/** Messages without a quote and outside a thread, which are nearly all, cost nothing here. */
async function quotedIn(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  memory: GroupMemory,
): Promise<Quoted> {
  if (event.repliesTo === undefined && event.conversation.threadId === undefined) {
    return { kind: "nothing" };
  }
  return findQuoted(tx, event, {
    runs: publicRuns(memory.runs),
    memberId: place.member.id,
    language: place.group.language,
    memory,
  });
}

interface Considered {
  readonly place: Place;
  readonly event: MessageEvent;
  readonly context: AnswerContext;
  readonly readings: readonly ReadAnswer[];
}

/** A bare 1 that may be a receipt is read again, knowing whether somebody asked for receipts. */
export async function withoutReceipts(
  tx: Transaction,
  memory: GroupMemory,
  { place, event, context, readings }: Considered,
): Promise<readonly ReadVote[]> {
  const votes = votesOf(readings);
  if (votes.length === 0 || context.direct || !/[1１一①]/.test(event.text)) return votes;
  const message = { groupId: place.group.id, at: event.at };
  if (!(await wasAskedForOne(tx, memory, message))) return votes;
  return votesOf(
    votes.map(({ run, question }) => readAnswer(run, question, { ...context, askedForOne: true })),
  );
}
