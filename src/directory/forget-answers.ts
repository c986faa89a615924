import type { Response } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Forgetting } from "./forgetting.js";

/** Takes a member's words and id out of their answers; ratings and choices go on counting. */
export async function forgetAnswers(tx: Transaction, forgetting: Forgetting): Promise<number> {
  const { memberId, tombstoneId } = forgetting;
  const rows = await tx.responses.rows.find({ memberId });
  const questions = await questionsOf(tx, rows);
  for (const row of rows) {
    await tx.responses.remove(row);
    const question = questions.get(`${row.runId}/${row.questionId}`);
    if (!isCounted(row, question)) continue;
    tx.responses.put({
      ...row,
      id: stableId("response", row.runId, row.questionId, tombstoneId),
      memberId: tombstoneId,
      comment: null,
      messageKey: null,
      earlier: [],
    });
  }
  await tx.flush();
  await forgetPrompts(tx, forgetting);
  return rows.length;
}

async function questionsOf(
  tx: Transaction,
  rows: readonly Response[],
): Promise<ReadonlyMap<string, QuestionSnapshot>> {
  const ids = [...new Set(rows.map((row) => row.runId))];
  const runs = ids.length === 0 ? [] : await tx.runs.find({ id: ids });
  return new Map(
    runs.flatMap((run) =>
      run.questions.map((question): [string, QuestionSnapshot] => [
        `${run.id}/${question.id}`,
        question,
      ]),
    ),
  );
}

/** True for an answer that is a number or an option: words alone count for nothing once they are gone. */
function isCounted(row: Response, question: QuestionSnapshot | undefined): boolean {
  if (row.numeric !== null) return true;
  if (question === undefined || question.kind === "text") return false;
  const known = new Set([...question.options.map(({ id }) => id), "yes", "no"]);
  const value: unknown = JSON.parse(row.value);
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.every((part) => typeof part === "string" && known.has(part));
}

async function forgetPrompts(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { memberId, tombstoneId } = forgetting;
  for (const { id } of await tx.prompts.find({ memberId })) {
    await tx.prompts.update(
      { id },
      { id: stableId("prompt", "erased", id, tombstoneId), memberId: tombstoneId },
    );
  }
}
