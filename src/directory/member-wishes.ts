import type { Member } from "#entities/index.js";
import type { Author } from "#src/platform/inbound-event.js";
import type { Transaction } from "#src/store/transaction.js";

async function wish(
  tx: Transaction,
  member: Member,
  change: { readonly patch: Partial<Member>; readonly act: string; readonly at: number },
): Promise<Member> {
  const next = await tx.directory.changeMember(member, change.patch);
  await tx.record({
    at: change.at,
    actorId: member.id,
    act: change.act,
    subject: `member:${member.id}`,
  });
  return next;
}

/** The member is not asked alone and not reminded any more; a second time changes nothing. */
export async function muteMember(tx: Transaction, member: Member, at: number): Promise<Member> {
  if (member.mutedAt !== null) return member;
  return wish(tx, member, { patch: { mutedAt: at }, act: "member.mute", at });
}

/** The member may be asked and reminded again. */
export async function unmuteMember(tx: Transaction, member: Member, at: number): Promise<Member> {
  if (member.mutedAt === null) return member;
  return wish(tx, member, { patch: { mutedAt: null }, act: "member.unmute", at });
}

/** From now on nothing of the member is read or kept. What was kept before stays until they erase it. */
export async function optOutMember(tx: Transaction, member: Member, at: number): Promise<Member> {
  if (member.optedOutAt !== null) return member;
  return wish(tx, member, { patch: { optedOutAt: at }, act: "member.opt_out", at });
}

/** The member takes part again. After an erasure the name and account come back with them. */
export async function optInMember(
  tx: Transaction,
  member: Member,
  back: { readonly at: number; readonly author: Author },
): Promise<Member> {
  const { memberId, name } = back.author;
  const patch = { optedOutAt: null, externalId: memberId, name };
  return wish(tx, member, { patch, act: "member.opt_in", at: back.at });
}
