import type { Pacing } from "#src/platform/capabilities.js";
import type { Transaction } from "#src/store/transaction.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When the budget is used up by messages whose end is not known yet: look again after this. */
const LOOK_AGAIN_MS = 1_000;

/** Who is to be spoken to. */
export interface PacingRequest {
  readonly platform: string;
  readonly pacing: Pacing;
  /** Messages that were begun in the same step and are not counted as sent yet. */
  readonly begun: number;
}

/**
 * Until when a platform must be left in peace, or null when it may be spoken to now. Counted from
 * what was really sent, so that a restart forgets nothing and several processes share one budget
 * (two that begin at the same instant may each overshoot it by what they have in hand).
 */
export async function pacingUntil(
  tx: Transaction,
  { platform, pacing, begun }: PacingRequest,
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
    if (count + begun < most) continue;
    const free = count >= most && oldest !== null ? oldest + span + 1 : now + LOOK_AGAIN_MS;
    until = Math.max(until ?? 0, free);
  }
  return until;
}
