import type { Member } from "#entities/index.js";
import {
  type ConversationRef,
  conversationFromKey,
  conversationKey,
} from "#src/platform/conversation.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";

/** Whom to forget. */
export interface ForgetOrder {
  readonly memberId: string;
  /** A random-looking id that stands in the member's place from now on; never used before. */
  readonly tombstoneId: string;
  readonly at: number;
  /** Their conversation with the bot alone, where it is known. */
  readonly directConversation?: ConversationRef | null;
}

/** An erasure under way: what has to be known of the person until the end of it. */
export interface Forgetting extends ForgetOrder {
  readonly member: Member;
  /** How the outbox names the member. */
  readonly person: string;
  /** Lanes of conversations that only this member and the bot share. */
  readonly directLanes: ReadonlySet<string>;
  readonly caseIds: readonly string[];
  /** Beginnings of what they wrote, to be found in what waits to be said. */
  readonly words: readonly string[];
}

const WORDS_COMPARED = 12;

/** Gathers what an erasure has to look for. */
export async function beginForgetting(
  tx: Transaction,
  member: Member,
  order: ForgetOrder,
): Promise<Forgetting> {
  const person = JSON.stringify([member.platform, member.externalId]);
  const said = await tx.caseMessages.find({ memberId: member.id });
  const joined = await tx.caseMembers.find({ memberId: member.id });
  const keys = [
    ...said.map(({ id }) => id),
    ...(await tx.responses.rows.find({ memberId: member.id })).map((row) => row.messageKey),
  ];
  const lanes = new Set(keys.flatMap((key) => laneOfKey(key)));
  const direct = order.directConversation ?? null;
  if (direct !== null) lanes.add(conversationKey(direct));
  for (const { id } of await tx.directory.contacts.find({ memberId: member.id })) lanes.add(id);
  for (const { sentTo, platform } of await tx.outbox.rows.find({ onlyFor: person })) {
    if (sentTo !== null) lanes.add(conversationKey({ platform, conversationId: sentTo }));
  }
  for (const lane of lanes) {
    if ((await tx.directory.group(conversationFromKey(lane))) !== null) lanes.delete(lane);
  }
  return {
    ...order,
    member,
    person,
    directLanes: lanes,
    caseIds: [...new Set([...joined, ...said].map(({ caseId }) => caseId))],
    words: said.flatMap(({ text, part }) =>
      text === null || text.length < 2 || part === "reply" ? [] : [text.slice(0, WORDS_COMPARED)],
    ),
  };
}

/** The lane of a message's conversation; none for a key that is no message. */
function laneOfKey(key: string | null): readonly string[] {
  if (key === null) return [];
  const cut = key.lastIndexOf("/");
  return cut > 0 && key.slice(0, cut).split("/").length === 2 ? [key.slice(0, cut)] : [];
}

/** The lane that stands for the member's direct conversation afterwards: nobody can be reached there. */
export function goneLane(platform: string, tombstoneId: string): string {
  return conversationKey({ platform, conversationId: `erased:${tombstoneId}` });
}

/**
 * What stands for a message afterwards. Of a direct conversation it stays visible that it was one, so
 * that nothing said there is ever answered in front of the group.
 */
export function erasedMessageKey(key: string, forgetting: Forgetting): string {
  const hidden = stableId("erased", forgetting.tombstoneId, key);
  const direct = laneOfKey(key).some((lane) => forgetting.directLanes.has(lane));
  return direct
    ? `${goneLane(forgetting.member.platform, forgetting.tombstoneId)}/${hidden}`
    : hidden;
}

/** A text of the shop without the member's name; a name of one character tells too little to look for. */
export function withoutName(text: string, { member }: Forgetting): string {
  return member.name.length < 2 ? text : text.replaceAll(member.name, "…");
}
