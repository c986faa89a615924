import type { Group } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import { conversationOf } from "#src/shared/addresses.js";
import type { Transaction } from "#src/store/transaction.js";

/** A staff room with the language that is spoken in it. */
export interface Channel {
  readonly place: ConversationRef;
  readonly language: Language;
}

interface Known {
  /** Staff rooms by the configuration, in the order of their choice. */
  readonly staffRooms: readonly ConversationRef[];
  /** The language of a room that nothing is known of yet. */
  readonly language: Language;
  /** Whether people on a platform can be told something now. */
  readonly isUsable: (platform: string) => boolean;
}

/**
 * Where staff are told of something that is wrong with a platform: the staff rooms elsewhere to which
 * its groups are bound; where there are none, the first staff room of any platform that works.
 */
export async function otherChannels(
  tx: Transaction,
  platform: string,
  known: Known,
): Promise<readonly Channel[]> {
  const isOther = (place: { readonly platform: string }): boolean =>
    place.platform !== platform && known.isUsable(place.platform);
  const rooms = (await tx.directory.groups.find({ purpose: "staff", leftAt: null })).sort(
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  const groups = await tx.directory.groups.find({ platform, purpose: "customers", leftAt: null });
  const bound = new Set(groups.map((group) => group.staffGroupId));
  const own = rooms.filter((room) => bound.has(room.id) && isOther(room));
  if (own.length > 0) return own.map(channelOf);
  const configured = known.staffRooms.find(isOther);
  if (configured !== undefined) {
    const room = await tx.directory.group(configured);
    return [room === null ? { place: configured, language: known.language } : channelOf(room)];
  }
  return rooms.filter(isOther).slice(0, 1).map(channelOf);
}

function channelOf(room: Group): Channel {
  return { place: conversationOf(room), language: room.language };
}
