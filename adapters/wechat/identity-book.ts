/**
 * How ids of a WeChat puppet become ours and back. Ids of the platform may change at every log-in
 * (`stableIds: false`), so nothing outside the adapter ever sees one: rooms and people have ids of our
 * own, which is what goes into `ConversationRef.conversationId` and `MemberRef.memberId`. Kept by the
 * application over the store, with keyed hashes instead of the platform's ids; the ids themselves are
 * only in memory, from the sightings of this run.
 */
export interface IdentityBook {
  /**
   * Begins a log-in: call on each log-in, before anything is resolved. A puppet without stable ids
   * begins a new epoch, in which every room and person has to be found again; a log-in with the same
   * `session` (the puppet went on with its saved session) goes on with the epoch.
   */
  begin(login: Login): Promise<void>;
  /**
   * The room of a sighting. Call it for all rooms after each log-in (several at once in one call, so
   * that look-alikes are seen side by side), for a room that was not resolved yet, and again when its
   * topic, owner or members have changed. One answer per sighting, in their order.
   */
  rooms(sightings: readonly RoomSighting[]): Promise<readonly RoomPlace[]>;
  /**
   * A line was said in a held room. Counts it and reads it as a binding code, and keeps nothing else of
   * it. `bound` when it was the code for this room: from the next line on the room is served. The line
   * itself goes nowhere.
   */
  heardInHeldRoom(sighting: RoomSighting, line: HeldLine): Promise<RoomPlace>;
  /** Our id of a person who says or does something in a bound room. */
  member(sighting: MemberSighting): Promise<string>;
  /**
   * Who speaks to the bot alone. Null for somebody who was not met in a bound room since the log-in:
   * a name alone is nobody, so the line is not handed in. Our id of the conversation is the member's.
   */
  direct(contact: PlatformId): Promise<string | null>;
  /**
   * The platform's id of a room to send to; null while it was not found again since the log-in. Then
   * raise `rate-limited` with {@link UNADDRESSED_WAIT_MS}, so that the outbox keeps what is to be said.
   * A room that was bound and does not have its address any more is held again (another room like it
   * made it doubtful): resolve it anew.
   */
  roomAddress(conversationId: string): PlatformId | null;
  /**
   * The platform's id of a member to mention or to write to alone; null when not met since the log-in.
   * Then leave the mention out, and raise `gone` for a message to them alone: waiting for somebody who
   * may never come back would hold up the room that it belongs to.
   */
  memberAddress(memberId: string): PlatformId | null;
  /** Forgets a room that the bot was removed from: it is held when the bot comes back under another id. */
  leave(room: PlatformId, at: number): Promise<void>;
}

/** An id as the puppet gives it. Never logged, never stored. */
export type PlatformId = string;

/** How long a message for a room or person without an address is put off, ms. */
export const UNADDRESSED_WAIT_MS = 60_000;

/** One log-in. */
export interface Login {
  /**
   * Names the account over log-ins: the puppet's own id of it where ids are stable, else the name of
   * its session file.
   */
  readonly account: string;
  /** True when the puppet keeps ids of rooms and contacts over log-ins. */
  readonly stableIds: boolean;
  /** The bot's own id in this log-in; the same id again means that the old session goes on. */
  readonly session: PlatformId;
  readonly at: number;
}

/** What is seen of a room. Missing parts are empty or null, never made up. */
export interface RoomSighting {
  readonly room: PlatformId;
  readonly topic: string;
  /** Name of the owner, where the puppet tells it. */
  readonly ownerName: string | null;
  /** Everybody but the bot. */
  readonly members: readonly SeenMember[];
  readonly at: number;
}

export interface SeenMember {
  readonly id: PlatformId;
  /** Nickname in the room, else the contact's name; empty when neither is known. */
  readonly name: string;
}

/** A room as we know it. In a held one nothing is said, nothing is counted and nothing becomes a case. */
export type RoomPlace =
  | { readonly state: "bound"; readonly conversationId: string }
  | { readonly state: "held" };

/** Somebody in a bound room. */
export interface MemberSighting {
  readonly conversationId: string;
  readonly member: PlatformId;
  /** Nickname in the room, else the contact's name. */
  readonly name: string;
  readonly at: number;
}

/** What was said in a held room. */
export interface HeldLine {
  readonly text: string;
  readonly at: number;
}
