import type { PastedLine } from "#adapters/relay/pasted-line.js";
import { plainName } from "#adapters/relay/relay-places.js";
import type { Group } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { groupMemory } from "#src/surveys/open-runs.js";
import { readAnswer } from "#src/surveys/read-answer.js";
import { publicRuns, ratingsOf } from "#src/surveys/run-questions.js";

/** Entries of a list as an open survey reads them. */
export interface ListEntries {
  /** Names with an answer. */
  readonly names: readonly string[];
  /** Entries without a clear answer. */
  readonly unread: number;
}

/** Reads a #接龙 list by the open survey that its heading speaks of; null when there is none. */
export async function readListEntries(
  tx: Transaction,
  group: Group,
  { text, time }: Pick<PastedLine, "text" | "time">,
): Promise<ListEntries | null> {
  const { runs } = await groupMemory(tx, group.id);
  for (const { run, question } of ratingsOf(publicRuns(runs))) {
    const { language } = group;
    const context = { text, at: time.at, language, botNames: [], direct: false };
    const reading = readAnswer(run, question, context);
    if (reading.kind !== "list") continue;
    const { entries } = reading.chain;
    const answered = entries.filter(({ value, name }) => value !== null && plainName(name) !== "");
    return {
      names: [...new Set(answered.map(({ name }) => plainName(name)))],
      unread: entries.length - answered.length,
    };
  }
  return null;
}
