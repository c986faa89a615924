import type { OutboxMessage } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { type Forgetting, goneLane } from "./forgetting.js";

/** Clears what was said to a member alone, and what still waits to be said about them. */
export async function forgetSayings(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { person, directLanes } = forgetting;
  const own = await tx.outbox.rows.find({ onlyFor: person });
  const alone = directLanes.size === 0 ? [] : await tx.outbox.rows.find({ lane: [...directLanes] });
  const pending = await tx.outbox.rows.find({ state: ["due", "parked", "dropped"] });
  const about = pending.filter((row) => isAbout(row, forgetting));
  const rows = new Map<number, OutboxMessage>();
  for (const row of [...own, ...alone, ...about]) rows.set(row.seq, row);
  for (const row of rows.values()) await clear(tx, row, forgetting);
}

/** True for what calls the member by their account, or tells of their cases in their words or by name. */
function isAbout({ key, message }: OutboxMessage, forgetting: Forgetting): boolean {
  if (message === null) return false;
  const { member, caseIds, words } = forgetting;
  if (message.includes(member.id) || message.includes(inJson(`"${member.externalId}"`)))
    return true;
  if (message.includes(JSON.stringify(member.externalId))) return true;
  if (!caseIds.some((id) => key.includes(id))) return false;
  const marks = member.name.length < 2 ? words : [...words, member.name];
  return marks.some((mark) => message.includes(inJson(mark)));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

async function clear(tx: Transaction, row: OutboxMessage, forgetting: Forgetting): Promise<void> {
  const { memberId, tombstoneId, person, directLanes, member } = forgetting;
  const waits = row.state === "due" || row.state === "parked";
  const direct = directLanes.has(row.lane);
  const renamed = (key: string): string => key.replaceAll(memberId, tombstoneId);
  await tx.outbox.rows.update(
    { seq: row.seq },
    {
      message: null,
      key: renamed(row.key),
      editsKey: row.editsKey === null ? null : renamed(row.editsKey),
      ...(waits ? { state: "dropped", reason: "content-gone" } : {}),
      ...(row.onlyFor === person || direct
        ? { onlyFor: null, replyHandle: null, sentTo: null }
        : {}),
      ...(direct ? { lane: goneLane(member.platform, tombstoneId) } : {}),
    },
  );
}

/**
 * Lets go of their events that wait for somebody, and takes the place out of the marks of handled
 * ones: a repeated event is still known by its id.
 */
export async function forgetEvents(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { member, directLanes } = forgetting;
  for (const { seq, payload } of await tx.inboxEvents.find({ state: "parked" })) {
    if (payload === null || !isBy(payload, member)) continue;
    await tx.inboxEvents.update({ seq }, { payload: null, state: "done", reason: null });
  }
  for (const lane of directLanes) {
    await tx.inboxEvents.update({ lane, state: "done" }, { lane: "erased", fenceKey: null });
  }
}

function isBy(payload: string, person: { platform: string; externalId: string }): boolean {
  const event = JSON.parse(payload) as { author?: { platform?: string; memberId?: string } };
  return event.author?.platform === person.platform && event.author.memberId === person.externalId;
}
