import type { Group, Response, SurveyRun } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { messageKey } from "#src/platform/conversation.js";
import type { InboundEvent, MessageEvent } from "#src/platform/inbound-event.js";
import type { EventHandler } from "#src/queue/handling.js";
import type { Transaction } from "#src/store/transaction.js";
import { readValue } from "#src/surveys/answer-value.js";
import { isRating } from "#src/surveys/cast-vote.js";
import { showValue } from "#src/surveys/question-choices.js";

/** What the product would make of a message. */
export interface Understood {
  readonly vote: string | null;
  readonly complaint: { readonly severity: string | null; readonly aspects: string[] } | null;
  readonly list: { readonly counted: number; readonly apart: number } | null;
}

/** What the product would make of a paste. */
export interface Rehearsal {
  readonly byEvent: ReadonlyMap<string, Understood>;
  /** Changes to somebody else's entries in a list, which staff would be shown. */
  readonly held: number;
}

/** Rows of a rehearsal come after all that are there. */
const AFTER_ALL = 2_000_000_000;

/**
 * Handles events as if they had been accepted, in a transaction that is not committed: what is shown
 * before a paste is confirmed is what will happen, by the same code.
 */
export async function rehearse(
  tx: Transaction,
  handle: EventHandler,
  { group, events }: { readonly group: Group; readonly events: readonly InboundEvent[] },
): Promise<Rehearsal> {
  const runs = await tx.runs.find({ groupId: group.id, state: "open" });
  const heldBefore = await countHeld(tx, runs);
  for (const [index, event] of events.entries()) {
    tx.messages.arriving(AFTER_ALL + index);
    await handle(tx, event);
  }
  await tx.flush();
  const messages = events.filter((event) => event.kind === "message");
  const answers = await answersOf(tx, runs);
  const byEvent = new Map<string, Understood>();
  for (const event of messages) {
    byEvent.set(event.eventId, await understood(tx, event, { group, runs, answers }));
  }
  return { byEvent, held: (await countHeld(tx, runs)) - heldBefore };
}

async function countHeld(tx: Transaction, runs: readonly SurveyRun[]): Promise<number> {
  let held = 0;
  for (const run of runs) {
    // The notice's key begins with the run, and the next code point ends the range.
    const key = `held:${run.id}:`;
    held += await tx.outbox.rows.count({ key: { atLeast: key, below: `held:${run.id};` } });
  }
  return held;
}

async function answersOf(
  tx: Transaction,
  runs: readonly SurveyRun[],
): Promise<ReadonlyMap<string, readonly Response[]>> {
  const rows =
    runs.length === 0 ? [] : await tx.responses.rows.find({ runId: runs.map(({ id }) => id) });
  const byMessage = new Map<string, Response[]>();
  const add = (key: string | null, row: Response): void => {
    if (key !== null) byMessage.set(key, [...(byMessage.get(key) ?? []), row]);
  };
  for (const row of rows) {
    add(row.messageKey, row);
    for (const earlier of row.earlier) add(earlier.messageKey, { ...row, ...earlier });
  }
  return byMessage;
}

interface Scene {
  readonly group: Group;
  readonly runs: readonly SurveyRun[];
  readonly answers: ReadonlyMap<string, readonly Response[]>;
}

async function understood(
  tx: Transaction,
  event: MessageEvent,
  { group, runs, answers }: Scene,
): Promise<Understood> {
  const key = messageKey(event.message);
  const rows = answers.get(key) ?? [];
  const listed = rows.filter(({ via }) => via === "list");
  const vote = rows.find(({ via }) => via !== "list");
  const judged = await tx.messages.judged(event.message);
  const inCase = await tx.caseMessages.first({ id: key });
  const complains = judged?.complaint === true || inCase !== null;
  return {
    vote: vote === undefined ? null : showAnswer(vote, runs, group.language),
    complaint: complains
      ? { severity: judged?.severity ?? null, aspects: [...(judged?.aspects ?? [])] }
      : null,
    list:
      listed.length === 0
        ? null
        : {
            counted: listed.filter((row) => isCounted(row, runs)).length,
            apart: listed.filter((row) => !isCounted(row, runs)).length,
          },
  };
}

/** Answers that are kept apart go by another question id. */
function isCounted({ runId, questionId }: Response, runs: readonly SurveyRun[]): boolean {
  return (
    runs.find(({ id }) => id === runId)?.questions.some(({ id }) => id === questionId) === true
  );
}

function showAnswer(row: Response, runs: readonly SurveyRun[], language: Language): string {
  const run = runs.find(({ id }) => id === row.runId);
  const question =
    run?.questions.find(({ id }) => id === row.questionId) ?? run?.questions.find(isRating);
  return question === undefined ? row.value : showValue(question, language, readValue(row.value));
}
