import type { DeedLine, GroupLine } from "#src/app/transcript.js";
import type { SimulatedMember, SimulatedRoom } from "#src/console/contract/simulator.js";
import { AppError } from "#src/shared/app-error.js";
import type { People } from "./story.js";

const DIRECT = "direct:";
const COLOURS = 8;

/** The member whose chat with the bot alone this is; null for any other room. */
export function memberOfDirect(room: string): string | null {
  return room.startsWith(DIRECT) ? room.slice(DIRECT.length) : null;
}

/** Who and where in the pretend world: grows as rooms and people are heard of. */
export class Cast {
  readonly #rooms = new Map<string, SimulatedRoom>();
  readonly #members = new Map<string, SimulatedMember>();
  readonly #known: People;

  /** `known` lends names and characters to people who appear by the same id. */
  constructor(known: People) {
    this.#known = known;
  }

  get rooms(): readonly SimulatedRoom[] {
    return [...this.#rooms.values()];
  }

  get members(): readonly SimulatedMember[] {
    return [...this.#members.values()];
  }

  /** Throws `not-found` for a room that is none; a direct room of a member is one. */
  room(id: string): SimulatedRoom {
    const room = this.#rooms.get(id) ?? this.#direct(id);
    if (room === undefined) throw new AppError("not-found", `There is no room "${id}".`);
    return room;
  }

  findRoom(id: string): SimulatedRoom | undefined {
    return this.#rooms.get(id);
  }

  /** Throws `invalid-input` when the member is not in the room. */
  memberIn(roomId: string, memberId: string): SimulatedMember {
    const room = this.room(roomId);
    const member = this.#members.get(memberId);
    if (member !== undefined && room.memberIds.includes(memberId)) return member;
    throw new AppError("invalid-input", `"${memberId}" is not in the room "${room.name}".`, {
      field: "memberId",
      expected: "one of the room's members",
    });
  }

  findMember(id: string): SimulatedMember | undefined {
    return this.#members.get(id);
  }

  /** A group of a transcript begins or changes. */
  group(line: GroupLine): void {
    const known = this.#rooms.get(line.group) ?? this.#newRoom(line.group);
    const { name, purpose, language, timeZone, look } = line;
    this.#rooms.set(line.group, {
      ...known,
      ...(name === undefined ? {} : { name }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(look === undefined ? {} : { look }),
    });
  }

  /** Somebody does something in a room, and so is in it. */
  seen(line: DeedLine): void {
    const direct = memberOfDirect(line.group) !== null;
    const room = direct ? undefined : (this.#rooms.get(line.group) ?? this.#newRoom(line.group));
    this.#members.set(line.member, this.#memberOf(line, room));
    if (room === undefined) return;
    const there = room.memberIds.includes(line.member);
    const memberIds = there ? room.memberIds : [...room.memberIds, line.member];
    if (!there || !this.#rooms.has(room.id)) this.#rooms.set(room.id, { ...room, memberIds });
  }

  /** A room in which only the bot has spoken so far. */
  spokenIn(roomId: string): void {
    if (memberOfDirect(roomId) !== null || this.#rooms.has(roomId)) return;
    this.#rooms.set(roomId, { ...this.#newRoom(roomId), purpose: "staff" });
  }

  #newRoom(id: string): SimulatedRoom {
    const base = { id, name: id, purpose: "customers", language: "zh" } as const;
    return { ...base, timeZone: "Asia/Shanghai", look: "slack", memberIds: [] };
  }

  #memberOf(line: DeedLine, room: SimulatedRoom | undefined): SimulatedMember {
    const present = this.#members.get(line.member);
    if (present !== undefined) return present;
    const { member: id, role } = line;
    const written = this.#known.members.find((one) => one.id === id);
    if (written !== undefined) {
      const { name, language, character, colour } = written;
      return { id, name, role: written.role, language, character, colour };
    }
    return {
      id,
      name: line.name ?? id,
      role,
      language: room?.language ?? "zh",
      character: { zh: "", en: "" },
      colour: this.#members.size % COLOURS,
    };
  }

  #direct(id: string): SimulatedRoom | undefined {
    const member = this.#members.get(memberOfDirect(id) ?? "");
    if (member === undefined) return undefined;
    const home = this.rooms.find((room) => room.memberIds.includes(member.id));
    if (home === undefined) return undefined;
    const { timeZone, look } = home;
    const base = {
      id,
      name: member.name,
      purpose: "customers",
      language: member.language,
    } as const;
    return { ...base, timeZone, look, memberIds: [member.id] };
  }
}
