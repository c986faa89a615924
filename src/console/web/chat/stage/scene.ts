import type { Language } from "#entities/vocabulary.js";
import type {
  Look,
  SimulatedMember,
  SimulatedRoom,
  SimulatorState,
} from "#src/console/contract/simulator.js";
import type { ChatSearch } from "../chat-search.js";

const DIRECT = "direct:";

/** What is on show: the room, who one is, and how it looks. */
export interface Scene {
  readonly state: SimulatorState;
  /** The room whose lines are shown: of a group, or `direct:<member>`. */
  readonly roomId: string;
  /** The group; for a direct chat the one that it belongs to. */
  readonly group: SimulatedRoom;
  readonly isDirect: boolean;
  readonly look: Look;
  readonly timeZone: string;
  readonly me: SimulatedMember;
  /** Members of the group, customers first. */
  readonly members: readonly SimulatedMember[];
  readonly memberById: ReadonlyMap<string, SimulatedMember>;
}

/** The id of the direct chat of the bot with a member. */
export function directRoomOf(memberId: string): string {
  return DIRECT + memberId;
}

/** The member of a direct chat; null for a group. */
export function memberOfDirect(roomId: string): string | null {
  return roomId.startsWith(DIRECT) ? roomId.slice(DIRECT.length) : null;
}

const RANK = { customer: 0, leader: 1, staff: 2 } as const;

function membersOf(room: SimulatedRoom, state: SimulatorState): readonly SimulatedMember[] {
  const ids = new Set(room.memberIds);
  return state.members
    .filter((member) => ids.has(member.id))
    .sort((one, other) => RANK[one.role] - RANK[other.role]);
}

function defaultGroup(
  state: SimulatorState,
  language: Language,
  memberId: string | null,
): SimulatedRoom | undefined {
  const rooms = state.rooms.filter(
    (room) => memberId === null || room.memberIds.includes(memberId),
  );
  return (
    rooms.find((room) => room.purpose === "customers" && room.language === language) ??
    rooms.find((room) => room.purpose === "customers") ??
    rooms[0]
  );
}

/** Works out what is on show from the address; null while the world has no room. */
export function sceneOf(
  state: SimulatorState,
  search: ChatSearch,
  language: Language,
): Scene | null {
  const directMember = search.room === undefined ? null : memberOfDirect(search.room);
  const known = state.rooms.find((room) => room.id === search.room);
  const group = known ?? defaultGroup(state, language, directMember);
  if (group === undefined) return null;
  const members = membersOf(group, state);
  const wanted = directMember ?? search.as;
  const me = members.find((member) => member.id === wanted) ?? members[0];
  if (me === undefined) return null;
  const isDirect = directMember !== null && me.id === directMember;
  return {
    state,
    roomId: isDirect ? directRoomOf(me.id) : group.id,
    group,
    isDirect,
    look: group.look,
    timeZone: group.timeZone,
    me,
    members,
    memberById: new Map(state.members.map((member) => [member.id, member])),
  };
}
