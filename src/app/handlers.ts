import type { ScheduleFiring } from "#entities/index.js";
import type { DirectoryService } from "#src/directory/directory-service.js";
import type {
  EditedEvent,
  InboundEvent,
  MembershipEvent,
  MessageEvent,
  RenamedEvent,
} from "#src/platform/inbound-event.js";
import type { EventHandler, FiringHandler, Prefetch } from "#src/queue/handling.js";
import { AppError } from "#src/shared/app-error.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { firstHeard, wasOvertaken } from "./first-heard.js";
import { onForm } from "./form-handlers.js";
import type {
  CommandsRoom,
  ComplaintsRoom,
  DigestsRoom,
  Firings,
  ReplyOutcome,
  SurveysRoom,
} from "./ports.js";

/** The rooms that handle what happens. */
export interface Rooms {
  readonly directory: DirectoryService;
  readonly surveys: SurveysRoom;
  readonly complaints: ComplaintsRoom;
  readonly digests: DigestsRoom;
  readonly commands: CommandsRoom;
}

/** The contents page of the product: what happens on each kind of event. */
export function eventHandler(rooms: Rooms): EventHandler {
  return async (tx, event) => {
    if (event.kind === "membership") return onMembership(rooms, tx, event);
    if (event.kind === "renamed") return onRenamed(rooms, tx, event);
    const place = await rooms.directory.place(tx, event);
    if (place === null) return;
    switch (event.kind) {
      case "message":
        if (wasOvertaken(tx, event)) return;
        return onMessage(rooms, tx, place, event);
      case "command":
        await rooms.commands.handle(tx, place, event);
        return;
      case "action":
        return onAction(rooms, tx, place, event);
      case "form":
        return onForm(rooms, tx, place, event);
      case "edited":
        return onEdited(rooms, tx, place, event);
      case "recalled":
        await rooms.surveys.recall(tx, place, event);
        await rooms.complaints.recalled(tx, place, event);
        return;
      case "reaction":
        await rooms.complaints.reaction(tx, place, event);
        return;
    }
  };
}

/** What happens on each kind of firing. */
export function firingHandler(rooms: Rooms): FiringHandler {
  const table: Firings = {
    ...rooms.surveys.firings,
    ...rooms.complaints.firings,
    ...rooms.digests.firings,
  };
  return async (tx: Transaction, firing: ScheduleFiring) => {
    const handler = table[firing.kind];
    if (handler === undefined)
      throw new AppError("internal", `Nothing handles the firing kind ${firing.kind}.`);
    await handler(tx, firing);
  };
}

/** Loads with few statements what a batch of events needs. */
export function prefetcher(rooms: Rooms): Prefetch {
  return async (tx, events) => {
    if (events.length < 2) return;
    await tx.directory.prefetch(
      events.map((event) => event.conversation),
      events.map((event) => event.author),
    );
    await rooms.surveys.prefetch(tx, events);
    const groups = await Promise.all(events.map((event) => tx.directory.group(event.conversation)));
    await rooms.complaints.prefetch(tx, [...new Set(groups.flatMap((group) => group?.id ?? []))]);
  };
}

async function onMessage(
  rooms: Rooms,
  tx: Transaction,
  place: Place,
  event: MessageEvent,
): Promise<void> {
  if (await rooms.commands.handle(tx, place, event)) return;
  if (place.member.optedOutAt !== null || place.group.purpose === "staff") return;
  const reply = await rooms.surveys.considerReply(tx, place, event);
  if (reply.kind === "handled") return;
  await rooms.complaints.considerMessage(tx, place, event, { vote: voteIn(reply) });
}

async function onEdited(
  rooms: Rooms,
  tx: Transaction,
  place: Place,
  event: EditedEvent,
): Promise<void> {
  const said = await firstHeard(tx, place, event);
  if (said !== null) return onMessage(rooms, tx, place, said);
  const reply = await rooms.surveys.edited(tx, place, event);
  await rooms.complaints.edited(tx, place, event, { vote: voteIn(reply) });
}

function voteIn(reply: ReplyOutcome): { readonly comment: string | null } | null {
  return reply.kind === "vote" ? { comment: reply.comment } : null;
}

async function onAction(
  rooms: Rooms,
  tx: Transaction,
  place: Place,
  event: Extract<InboundEvent, { kind: "action" }>,
): Promise<void> {
  const [room] = event.action.split(".");
  switch (room) {
    case "vote":
    case "follow":
      await rooms.surveys.onAction(tx, place, event);
      return;
    case "case":
      await rooms.complaints.onAction(tx, place, event);
      return;
    case "digest":
      await rooms.digests.onAction(tx, place, event);
      return;
    default:
      // An unknown button is of an older version: acknowledged and forgotten, unless it is a command.
      await rooms.commands.handle(tx, place, event);
  }
}

async function onMembership(rooms: Rooms, tx: Transaction, event: MembershipEvent): Promise<void> {
  if (event.who === "bot") {
    const named = event.conversationName === undefined ? {} : { name: event.conversationName };
    const group = await rooms.directory.ensureGroup(tx, {
      place: event.conversation,
      at: event.at,
      ...named,
    });
    const leftAt = event.change === "left" ? event.at : null;
    if (group.leftAt !== leftAt) await tx.directory.changeGroup(group, { leftAt });
    return;
  }
  const place = await rooms.directory.place(tx, event);
  if (place === null) return;
  const leftAt = event.change === "left" ? event.at : null;
  if (place.membership.leftAt !== leftAt)
    await tx.directory.changeMembership(place.membership, { leftAt });
}

async function onRenamed(rooms: Rooms, tx: Transaction, event: RenamedEvent): Promise<void> {
  if (event.subject === "conversation") {
    await rooms.directory.ensureGroup(tx, {
      place: event.conversation,
      at: event.at,
      name: event.name,
    });
    return;
  }
  const { role, ...who } = { ...event.author, name: event.name };
  // The platform says that they are none of its staff: what they have by the staff room they keep.
  if (role === "customer") await rooms.directory.withdrawStaff(tx, who);
  const stated = role === undefined || role === "customer" ? {} : { role };
  await rooms.directory.place(tx, { ...event, author: { ...who, ...stated } });
}
