import type { Group } from "#entities/index.js";
import type { ConversationRef } from "#src/platform/conversation.js";

/** Which staff rooms there are, and whose they are. */
export interface StaffRoomChoice {
  /** Place names of staff rooms: a conversation listed here is no customers' group. */
  readonly staffRooms: readonly ConversationRef[];
  /** Where staff read of groups whose own platform has no staff room. */
  readonly sharedStaffRoom?: ConversationRef | null;
  /** Staff rooms of certain groups, by the group's name or by platform/conversation. */
  readonly assignedStaffRooms?: ReadonlyMap<string, ConversationRef>;
}

interface Called {
  readonly place: ConversationRef;
  readonly name: string;
}

/** The staff room of a group: the one assigned to it, else its platform's, else the shared one. Pure. */
export function staffRoomFor(choice: StaffRoomChoice, called: Called): ConversationRef | undefined {
  const { staffRooms, sharedStaffRoom } = choice;
  return (
    assignedTo(choice, called) ??
    staffRooms.find((one) => one.platform === called.place.platform) ??
    sharedStaffRoom ??
    undefined
  );
}

/** The staff room that a known group should have now: one for a group that had none, or one assigned since. Pure. */
export function lateStaffRoom(
  choice: StaffRoomChoice,
  known: Pick<Group, "staffGroupId">,
  called: Called,
): ConversationRef | undefined {
  return known.staffGroupId === null ? staffRoomFor(choice, called) : assignedTo(choice, called);
}

function assignedTo(
  { assignedStaffRooms }: StaffRoomChoice,
  { place: { platform, conversationId }, name }: Called,
): ConversationRef | undefined {
  return assignedStaffRooms?.get(`${platform}/${conversationId}`) ?? assignedStaffRooms?.get(name);
}
