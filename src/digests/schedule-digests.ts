import type { Group } from "#entities/index.js";
import { nextFiring, parseRecurrence } from "#src/scheduling/recurrence.js";
import { minutesOfClock } from "#src/scheduling/zoned-time.js";
import { DAY, HOUR } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";

/** Later than this a firing is called missed; the digest is composed all the same. */
const GRACE = 2 * HOUR;
const MINUTES_IN_DAY = DAY / 60_000;

/**
 * Sets when the daily and the weekly digest of a customers' group are due, from its settings; called
 * for a new group and again after a change of settings, time zone or name. A weekday outside 1–7
 * means no weekly digest. Throws a `TimeInputError` for a time that is none.
 */
export async function scheduleDigests(tx: Transaction, group: Group, at: number): Promise<void> {
  if (group.purpose !== "customers" || group.leftAt !== null) {
    await tx.schedules.cancel("digest.daily", group.id);
    await tx.schedules.cancel("digest.weekly", group.id);
    return;
  }
  const settings = settingsOf(group);
  const minutes = minutesOfClock(settings.dailyDigestAt) % MINUTES_IN_DAY;
  const time = `${minutes % 60} ${Math.floor(minutes / 60)}`;
  await set(tx, group, { kind: "digest.daily", pattern: `${time} * * *`, at });
  const weekday = settings.weeklyDigestOn;
  if (hasWeekly(weekday)) {
    await set(tx, group, { kind: "digest.weekly", pattern: `${time} * * ${weekday % 7}`, at });
  } else {
    await tx.schedules.cancel("digest.weekly", group.id);
  }
}

/** True for a weekday from Monday 1 to Sunday 7. */
export function hasWeekly(weekday: number): boolean {
  return Number.isInteger(weekday) && weekday >= 1 && weekday <= 7;
}

async function set(
  tx: Transaction,
  group: Group,
  { kind, pattern, at }: { kind: "digest.daily" | "digest.weekly"; pattern: string; at: number },
): Promise<void> {
  const nextAt = nextFiring(parseRecurrence(pattern), group.timeZone, at);
  await tx.schedules.set({
    kind,
    ownerId: group.id,
    groupId: group.id,
    pattern,
    timeZone: group.timeZone,
    nextAt,
    graceMs: GRACE,
  });
}
