import type { Alarm, ComplaintCase, Group } from "#entities/index.js";
import type { Aspect } from "#entities/vocabulary.js";
import { type ComplaintTexts, complaintTexts } from "#src/i18n/complaints.js";
import {
  addLocalDays,
  localDay,
  localDaysBetween,
  startOfLocalDay,
} from "#src/scheduling/zoned-time.js";
import { stableId } from "#src/shared/ids.js";
import { burstTest } from "#src/statistics/predictive-alarm.js";
import type { Transaction } from "#src/store/transaction.js";

/** Days before today that say what is usual. */
export const BASELINE_DAYS = 28;
/** Fewer members than this are cases, not a spike. */
export const SMALLEST_SPIKE = 3;

/** Distinct complaining members about one aspect. */
export interface AspectCounts {
  readonly today: number;
  /** Sum over the baseline days of each day's distinct members. */
  readonly earlier: number;
  readonly days: number;
}

/**
 * Counts the members that complained about an aspect: today, and on the days before since the bot
 * knows the group, at most 28. Dismissed cases do not count; a member counts once a day.
 */
export async function countMembers(
  tx: Transaction,
  group: Group,
  aspect: Aspect,
  at: number,
): Promise<AspectCounts> {
  const today = localDay(at, group.timeZone);
  const known = localDaysBetween(localDay(group.createdAt, group.timeZone), today);
  const days = Math.max(0, Math.min(BASELINE_DAYS, known));
  const from = startOfLocalDay(addLocalDays(today, -days), group.timeZone);
  const cases = await tx.cases.find({
    groupId: group.id,
    aspect,
    state: { not: "dismissed" },
    lastReportAt: { atLeast: from },
  });
  const caseIds = cases.map((row) => row.id);
  const joined =
    caseIds.length === 0
      ? []
      : await tx.caseMembers.find({
          caseId: caseIds,
          joinedAt: {
            atLeast: from,
            below: startOfLocalDay(addLocalDays(today, 1), group.timeZone),
          },
        });
  const byDay = new Map<string, Set<string>>();
  for (const { memberId, joinedAt } of joined) {
    const day = localDay(joinedAt, group.timeZone);
    const members = byDay.get(day);
    if (members === undefined) byDay.set(day, new Set([memberId]));
    else members.add(memberId);
  }
  const now = byDay.get(today)?.size ?? 0;
  let earlier = -now;
  for (const members of byDay.values()) earlier += members.size;
  return { today: now, earlier, days };
}

/** The band of a count: 3, 6, 12, 24 … members begin a new one. Staff hear of each band once. */
export function spikeBand(members: number): number {
  return Math.floor(Math.log2(members / SMALLEST_SPIKE));
}

/**
 * Looks whether the trouble of a case spikes today (F14 on distinct members) and tells staff: once per
 * group, aspect and local day, again when the count reaches 6, 12, 24 … While one case has all the
 * members, its own lines tell how it grows. A P1 needs no statistics.
 */
export async function watchSpike(
  tx: Transaction,
  group: Group,
  row: Pick<ComplaintCase, "aspect" | "affected">,
  at: number,
): Promise<void> {
  const { aspect } = row;
  const day = localDay(at, group.timeZone);
  const counts = await countMembers(tx, group, aspect, at);
  if (counts.today < SMALLEST_SPIKE) return;
  const known = await tx.alarms.first({ groupId: group.id, aspect, day });
  if (known !== null) {
    const silent = counts.today <= row.affected;
    await growAlarm(tx, group, known, { members: counts.today, at, silent });
    return;
  }
  const test = burstTest(
    { events: counts.earlier, exposure: counts.days },
    { events: counts.today, exposure: 1 },
  );
  if (test === null || !test.alarm) return;
  const alarm: Alarm = {
    id: stableId("alarm", group.id, aspect, day),
    groupId: group.id,
    aspect,
    day,
    members: counts.today,
    expected: test.expected,
    probability: test.chance,
    openedAt: at,
  };
  await tx.alarms.insertNew([alarm], "id");
  await announce(tx, group, alarm, at);
}

async function growAlarm(
  tx: Transaction,
  group: Group,
  alarm: Alarm,
  now: { readonly members: number; readonly at: number; readonly silent: boolean },
): Promise<void> {
  if (now.members <= alarm.members) return;
  await tx.alarms.update({ id: alarm.id }, { members: now.members });
  if (now.silent || spikeBand(now.members) <= spikeBand(alarm.members)) return;
  const key = `alarm:${alarm.id}:${String(spikeBand(now.members))}`;
  await say(tx, group, { key, at: now.at }, ({ aspects, staff }) =>
    staff.spikeGrows(aspects[alarm.aspect], now.members, alarm.expected.toFixed(1)),
  );
}

async function announce(tx: Transaction, group: Group, alarm: Alarm, at: number): Promise<void> {
  const { aspect, members, expected, probability } = alarm;
  const chance = probability < 0.001 ? "<0.1%" : `${(probability * 100).toFixed(1)}%`;
  await say(tx, group, { key: `alarm:${alarm.id}`, at }, ({ aspects, staff }) =>
    staff.spike(aspects[aspect], members, expected.toFixed(1), chance),
  );
}

async function say(
  tx: Transaction,
  group: Group,
  { key, at }: { readonly key: string; readonly at: number },
  compose: (texts: ComplaintTexts) => string,
): Promise<void> {
  const room = await tx.staff.roomOf(group);
  const message = { text: compose(complaintTexts[room.language]) };
  await tx.staff.tell(room, { key, kind: "alert", group, at, message });
}
