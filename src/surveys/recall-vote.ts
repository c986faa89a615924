import type { Response, SurveyRun } from "#entities/index.js";
import { messageKey } from "#src/platform/conversation.js";
import type { RecalledEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { forgetEarlier, takeBack } from "./take-back.js";

/**
 * Takes back what a recalled message had answered: while a run is open the earlier valid answer
 * comes back, or the answer goes. Once a run is closed its counts stay, because they were told, but
 * the recalled words are dropped.
 */
export async function recallVote(
  tx: Transaction,
  place: Place,
  event: RecalledEvent,
): Promise<void> {
  const key = messageKey(event.message);
  // A vote of the same batch may still wait in memory.
  await tx.responses.flush();
  const held = await tx.responses.rows.find({ messageKey: key }, { order: { id: "asc" } });
  const runIds = [...new Set(held.map((row) => row.runId))];
  const runs = runIds.length === 0 ? [] : await tx.runs.find({ id: runIds });
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const row of held) {
    const run = byId.get(row.runId);
    if (run?.state === "open") await takeBack(tx, row);
    else await dropWords(tx, row, run);
  }
  // The message may hold an answer that a later one has replaced already.
  const rows = await tx.responses.rows.find({ memberId: place.member.id });
  for (const row of rows) forgetEarlier(tx, row, key);
}

async function dropWords(
  tx: Transaction,
  row: Response,
  run: SurveyRun | undefined,
): Promise<void> {
  const question = run?.questions.find((one) => one.id === row.questionId);
  if (question?.kind === "text") await tx.responses.remove(row);
  else if (row.comment !== null) tx.responses.put({ ...row, comment: null });
}
