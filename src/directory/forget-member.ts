import { AppError } from "#src/shared/app-error.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { forgetAnswers } from "./forget-answers.js";
import { forgetCases } from "./forget-cases.js";
import { finishForgetting, forgetContacts } from "./forget-contacts.js";
import { forgetRelay } from "./forget-relay.js";
import { forgetEvents, forgetSayings } from "./forget-sayings.js";
import { beginForgetting, type ForgetOrder, type Forgetting } from "./forgetting.js";

/** How much was forgotten. */
export interface Forgotten {
  readonly answers: number;
  readonly messages: number;
  readonly cases: number;
}

/**
 * Erases a person: name, account and every word of theirs go, and a tombstone takes the place of
 * their id in all rows, so that counts stay as they were and nothing leads back to them. Somebody who
 * had opted out stays out by a mark that holds no name and no account. Throws `not-found` for a
 * member who is not known or was forgotten before.
 */
export async function forgetMember(tx: Transaction, order: ForgetOrder): Promise<Forgotten> {
  const member = await tx.directory.memberById(order.memberId);
  if (member === null || member.erasedAt !== null) {
    throw new AppError("not-found", "There is no such member, or they were forgotten before.");
  }
  // What this transaction holds in memory is written first, so that nothing comes back after.
  await tx.flush();
  const forgetting = await beginForgetting(tx, member, order);
  const { memberId, tombstoneId, at } = order;
  const answers = await forgetAnswers(tx, forgetting);
  const cases = await forgetCases(tx, forgetting);
  const gone = { memberId: tombstoneId, text: null };
  const messages = await tx.messages.rows.update({ memberId }, gone);
  await forgetSayings(tx, forgetting);
  await forgetEvents(tx, forgetting);
  await forgetRelay(tx, forgetting);
  const deeds = await forgetDeeds(tx, forgetting);
  await forgetContacts(tx, forgetting);
  await leavePlaces(tx, forgetting);
  await buryMember(tx, forgetting);
  await tx.erasures.note(memberId, at);
  await tx.record({
    at,
    actorId: tombstoneId,
    act: "member.forget",
    subject: "member",
    detail: { answers, cases, messages, deeds },
  });
  await finishForgetting(tx, at);
  return { answers, cases, messages };
}

/**
 * What they did as staff stays on record, without them. Returns from how many rows of the audit they
 * were taken: those keep their place in the chain, and nobody can prove any more what they said.
 */
async function forgetDeeds(tx: Transaction, forgetting: Forgetting): Promise<number> {
  const { memberId, tombstoneId } = forgetting;
  await tx.labels.update({ operatorId: memberId }, { operatorId: tombstoneId });
  await tx.improvements.update({ operatorId: memberId }, { operatorId: tombstoneId });
  const subject = `member:${memberId}`;
  const asActor = await tx.audit.update({ actorId: memberId, salt: { not: null } }, { salt: null });
  const asSubject = await tx.audit.update({ subject, salt: { not: null } }, { salt: null });
  await tx.audit.update({ actorId: memberId }, { actorId: tombstoneId });
  await tx.audit.update({ subject }, { subject: `member:${tombstoneId}` });
  return asActor + asSubject;
}

async function leavePlaces(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { memberId, tombstoneId, at } = forgetting;
  for (const row of await tx.directory.memberships.find({ memberId })) {
    await tx.directory.changeMembership(row, {
      id: stableId("membership", row.groupId, tombstoneId),
      memberId: tombstoneId,
      leftAt: row.leftAt ?? at,
    });
  }
}

/** The row stays as a tombstone; the mark of an opt-out stays by itself. */
async function buryMember(tx: Transaction, forgetting: Forgetting): Promise<void> {
  const { member, tombstoneId, at } = forgetting;
  await tx.directory.changeMember(member, {
    id: tombstoneId,
    externalId: tombstoneId,
    name: "",
    mutedAt: null,
    optedOutAt: null,
    erasedAt: at,
  });
  if (member.optedOutAt === null) return;
  await tx.directory.addMember({
    id: member.id,
    platform: member.platform,
    externalId: member.id,
    name: "",
    createdAt: at,
    mutedAt: null,
    optedOutAt: member.optedOutAt,
    erasedAt: null,
  });
}
