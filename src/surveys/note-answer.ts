import type { SurveyRun } from "#entities/index.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import { isPrivateRun } from "./survey-keys.js";

/** A card changes at most once in this time, however many answer. */
export const COUNT_GAP_MS = 20 * SECOND;

/** The firing that looks at the count of a run. */
export const COUNT_KIND = "survey.count";

/** Runs whose next look was seen to in a transaction. */
const noted = new WeakMap<Transaction, Set<string>>();

/**
 * Has the open card of a run look at its count again, {@link COUNT_GAP_MS} after this answer or after the last
 * change of the card, whichever is later. One look is waited for at a time: two thousand answers of
 * one transaction cost two statements, and the number is read when it is shown.
 */
export async function noteAnswer(
  tx: Transaction,
  run: Pick<SurveyRun, "id" | "surveyId" | "groupId" | "cardKey">,
  at: number,
): Promise<void> {
  if (run.cardKey === null || isPrivateRun(run)) return;
  const runs = noted.get(tx) ?? new Set();
  if (runs.has(run.id)) return;
  noted.set(tx, runs.add(run.id));
  const known = await tx.schedules.rows.first({ kind: COUNT_KIND, ownerId: run.id });
  if (known?.enabled === true && known.nextAt !== null) return;
  const payload = known?.payload ?? {};
  await tx.schedules.set({
    kind: COUNT_KIND,
    ownerId: run.id,
    groupId: run.groupId,
    pattern: null,
    timeZone: "UTC",
    nextAt: Math.max(at, Number(payload["changedAt"] ?? 0)) + COUNT_GAP_MS,
    graceMs: MINUTE,
    payload,
  });
}
