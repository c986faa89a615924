import type { ScheduleFiring } from "#entities/index.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { aboutCount } from "#src/statistics/public-number.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import type { Transaction } from "#src/store/transaction.js";
import { COUNT_GAP_MS, COUNT_KIND } from "./note-answer.js";
import { readRunAnswers } from "./run-result.js";
import { surveyCard } from "./survey-card.js";
import { tally } from "./tally.js";

/**
 * Writes on the open card how many have answered, where that has changed.
 *
 * The number follows the rule of the result (§3.4): rounded, and none at all under k. An exact one
 * would tell whoever watches the card that a neighbour has just answered, and next to the rounded
 * shares of the result it would give the exact cells back. It says how many, never what.
 */
export async function countDue(tx: Transaction, firing: ScheduleFiring): Promise<void> {
  const { ownerId, firedAt: at, dueAt } = firing;
  const run = await tx.runs.first({ id: ownerId });
  const group = run === null ? null : await tx.directory.groupById(run.groupId);
  if (run === null || group === null || run.cardKey === null) return;
  if (run.state !== "open" || at >= run.closesAt) return;
  const answers = await readRunAnswers(tx, run);
  const schedule = await tx.schedules.rows.first({ kind: COUNT_KIND, ownerId });
  if (answers === null || schedule === null) return;
  const { n } = tally(answers.question, answers.rating);
  const about = n < cellFloor(settingsOf(group).suppressBelow) ? null : aboutCount(n);
  if (about === null || about === schedule.payload["about"]) return;
  await tx.outbox.edit({
    key: `card-count:${run.id}:${String(dueAt)}`,
    editsKey: run.cardKey,
    message: surveyCard({ run, question: answers.question, group, about }),
    at,
  });
  const { id } = schedule;
  await tx.schedules.rows.update({ id }, { payload: { about, changedAt: at } });
  // An answer that came between this look and its turn has asked for the next one too early.
  const nextAt = at + COUNT_GAP_MS;
  await tx.schedules.rows.update({ id, nextAt: { below: nextAt } }, { nextAt });
}
