import type { ComplaintCase, Group } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { BOT, changeCase } from "./case-record.js";
import { acknowledgePublicly } from "./case-replies.js";

/** Lets the bot acknowledge and keeps when it did; the case unchanged when it has to stay silent. */
export async function acknowledgeNow(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<ComplaintCase> {
  if (!(await acknowledgePublicly(tx, group, row, at))) return row;
  return changeCase(tx, row, {
    patch: { botAcknowledgedAt: at },
    entries: [{ act: "bot_acknowledge" }],
    actorId: BOT,
    at,
    audited: true,
  });
}
