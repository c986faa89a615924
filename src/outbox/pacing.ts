import type { Pacing } from "#src/platform/capabilities.js";
import type { Transaction } from "#src/store/transaction.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Until when a platform must be left in peace, or null when it may be spoken to now. Counted from
 * what was really sent, so that a restart forgets nothing and several processes share one budget.
 */
export async function pacingUntil(
  tx: Transaction,
  platform: string,
  pacing: Pacing,
  now: number,
): Promise<number | null> {
  const budgets: readonly (readonly [number | undefined, number])[] = [
    [pacing.perMinute, MINUTE],
    [pacing.perHour, HOUR],
    [pacing.perDay, DAY],
  ];
  let until: number | null = null;
  for (const [most, span] of budgets) {
    if (most === undefined || most <= 0) continue;
    const { count, oldest } = await tx.outbox.sentSince(platform, now - span);
    if (count >= most && oldest !== null) until = Math.max(until ?? 0, oldest + span + 1);
  }
  return until;
}
