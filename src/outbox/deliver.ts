import type { OutboxMessage } from "#entities/index.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import {
  type ConversationRef,
  conversationFromKey,
  type MemberRef,
  type MessageRef,
} from "#src/platform/conversation.js";
import { degrade } from "#src/platform/degrade.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import {
  capabilitiesOf,
  type PlatformAdapter,
  type SendOptions,
} from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Picture } from "#src/shared/picture.js";

/** Where a message ended up. */
export interface Delivery {
  readonly messageId: string | null;
  /** The conversation, when it was another than the lane's (a direct message). */
  readonly sentTo: string | null;
}

export type DeliveryOutcome =
  | { readonly kind: "sent"; readonly delivery: Delivery }
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "maybe-sent" };

interface Request {
  readonly row: OutboxMessage;
  readonly adapter: PlatformAdapter;
  readonly original: OutboxMessage | null;
  /** An earlier try of this row ended unknown. */
  readonly ambiguous: boolean;
  /** Drawn already; null where there is none to show. */
  readonly picture: Picture | null;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** How the message can reach its reader on this platform. */
type Way =
  | { readonly kind: "open" }
  | { readonly kind: "hidden"; readonly member: MemberRef }
  | { readonly kind: "direct"; readonly member: MemberRef }
  | { readonly kind: "none" };

function memberOf(row: OutboxMessage): MemberRef | null {
  if (row.onlyFor === null) return null;
  const [platform, memberId] = JSON.parse(row.onlyFor) as [string, string];
  return { platform, memberId };
}

function wayOf(row: OutboxMessage, message: OutboundMessage, room: Capabilities): Way {
  const member = memberOf(row);
  if (member === null) return { kind: "open" };
  if (room.onlyForOne) return { kind: "hidden", member };
  if (message.openWhereNotPrivate === true) return { kind: "open" };
  return room.direct ? { kind: "direct", member } : { kind: "none" };
}

/** Digests are said once even at the risk of never; everything else is worth a repetition. */
function mayRepeat(row: OutboxMessage): boolean {
  return row.kind !== "digest";
}

/**
 * Sends or edits one message. An earlier try that ended unknown is looked up first where the platform
 * can; where it cannot, the kind of message decides. Raises `PlatformError`.
 */
export async function deliver(request: Request): Promise<DeliveryOutcome> {
  const { row } = request;
  if (row.message === null) return { kind: "dropped", reason: "content-gone" };
  const message = JSON.parse(row.message) as OutboundMessage;
  if (row.act === "edit") return editOriginal(request, message);
  return say(request, message);
}

async function say(request: Request, message: OutboundMessage): Promise<DeliveryOutcome> {
  const { row, adapter } = request;
  const lane = conversationFromKey(row.lane);
  const room = capabilitiesOf(adapter, lane);
  if (message.optional === true && room.sparing === true)
    return { kind: "dropped", reason: "spared" };
  const way = wayOf(row, message, room);
  if (way.kind === "none") return { kind: "dropped", reason: "no-private-way" };
  const where = way.kind === "direct" ? await directWay(adapter, way.member) : lane;
  if (where === null) return { kind: "dropped", reason: "no-private-way" };
  const elsewhere = way.kind === "direct" ? where.conversationId : null;
  const settled = request.ambiguous ? await settle(request, where, elsewhere) : null;
  if (settled !== null) return settled;
  const again = request.ambiguous && !capabilitiesOf(adapter, where).lookup;
  const sent = await adapter.send(where, degrade(message, room), {
    ...sendOptions(request, way, message),
    ...(again ? { again } : {}),
  });
  return { kind: "sent", delivery: { messageId: sent.messageId, sentTo: elsewhere } };
}

/** The conversation with a member alone; null where the platform has none with this one. */
async function directWay(
  adapter: PlatformAdapter,
  member: MemberRef,
): Promise<ConversationRef | null> {
  try {
    return await adapter.openDirect(member);
  } catch (error) {
    if (error instanceof PlatformError && error.code === "not-supported") return null;
    throw error;
  }
}

function sendOptions(
  { row, picture, signal }: Request,
  way: Way,
  message: OutboundMessage,
): SendOptions {
  const charts = message.picture?.charts ?? [];
  return {
    signal,
    key: row.key,
    kind: row.kind,
    ...(way.kind === "hidden" ? { onlyFor: way.member } : {}),
    ...(row.replyHandle === null ? {} : { replyHandle: row.replyHandle }),
    ...(picture === null ? {} : { picture }),
    ...(charts.length === 0 ? {} : { charts }),
  };
}

async function settle(
  request: Request,
  where: ConversationRef,
  elsewhere: string | null,
): Promise<DeliveryOutcome | null> {
  const { row, adapter } = request;
  if (!capabilitiesOf(adapter, where).lookup) return mayRepeat(row) ? null : { kind: "maybe-sent" };
  const found = await adapter.find(where, row.key);
  return found === null
    ? null
    : { kind: "sent", delivery: { messageId: found.messageId, sentTo: elsewhere } };
}

async function editOriginal(request: Request, message: OutboundMessage): Promise<DeliveryOutcome> {
  const { row, adapter, original } = request;
  const lane = conversationFromKey(row.lane);
  const room = capabilitiesOf(adapter, lane);
  if (!room.edit) return { kind: "dropped", reason: "cannot-edit" };
  if (original === null || original.messageId === null)
    return { kind: "dropped", reason: "never-sent" };
  const target: MessageRef = {
    conversation: { ...lane, conversationId: original.sentTo ?? lane.conversationId },
    messageId: original.messageId,
  };
  await adapter.edit(target, degrade(message, room));
  return { kind: "sent", delivery: { messageId: original.messageId, sentTo: original.sentTo } };
}
