import type { Contact } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { type Forgetting, goneLane } from "./forgetting.js";

/**
 * Hands the ways to a member over to the tombstone: what still waits in the queues needs them a moment
 * longer. Of somebody who had opted out the keyed hashes stay by which the mark of that finds them, also
 * after a log-in that changes every id; they hold no name and no account.
 */
export async function forgetContacts(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { member, person, directLanes, tombstoneId, at } = forgetting;
  if (member.optedOutAt === null) await tx.identities.forgetPerson(member.externalId);
  const rows = [person, ...directLanes].map(
    (id): Contact => ({ id, memberId: tombstoneId, erasedAt: at }),
  );
  await tx.directory.contacts.upsert(rows, { key: ["id"], columns: ["memberId", "erasedAt"] });
}

/**
 * Finishes erasures: takes the ways to erased members out of what was said to them last (the answer to
 * the erasure itself), out of the marks of handled events and out of the queues' turns. What still
 * waits is left for the next time. Returns how many ways are left.
 */
export async function finishForgetting(tx: Transaction, now: number): Promise<number> {
  const rows = await tx.directory.contacts.find(
    { erasedAt: { atMost: now } },
    { order: { id: "asc" } },
  );
  let left = 0;
  for (const row of rows) {
    const gone = row.id.startsWith("[")
      ? await clearPerson(tx, row.id)
      : await clearLane(tx, row, now);
    if (gone) await tx.directory.contacts.remove({ id: row.id });
    else left += 1;
  }
  return left;
}

const SAID = ["sent", "dropped"] as const;
const WAITS = ["due", "parked"] as const;
const BLANK = { message: null, onlyFor: null, replyHandle: null, sentTo: null } as const;

async function clearPerson(tx: Transaction, onlyFor: string): Promise<boolean> {
  await tx.outbox.rows.update({ onlyFor, state: SAID }, BLANK);
  return (await tx.outbox.rows.first({ onlyFor, state: WAITS })) === null;
}

async function clearLane(tx: Transaction, row: Contact, now: number): Promise<boolean> {
  const [platform = ""] = row.id.split("/");
  const lane = goneLane(decodeURIComponent(platform), row.memberId);
  await tx.outbox.rows.update({ lane: row.id, state: SAID }, { ...BLANK, lane });
  await tx.inboxEvents.update({ lane: row.id, state: "done" }, { lane: "erased", fenceKey: null });
  return tx.lanes.forget(row.id, now);
}
