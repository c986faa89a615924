import type { Response } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";

/** Takes the present answer of a row away: the newest earlier one comes back, or the row goes. */
export async function takeBack(tx: Transaction, row: Response): Promise<void> {
  const earlier = [...row.earlier];
  const last = earlier.pop();
  if (last === undefined) await tx.responses.remove(row);
  else tx.responses.put({ ...row, ...last, earlier });
}

/** Forgets the earlier answers that one message held. True when there were some. */
export function forgetEarlier(tx: Transaction, row: Response, messageKey: string): boolean {
  const earlier = row.earlier.filter((answer) => answer.messageKey !== messageKey);
  if (earlier.length === row.earlier.length) return false;
  tx.responses.put({ ...row, earlier });
  return true;
}
