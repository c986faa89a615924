import type {
  HeldLine,
  IdentityBook,
  Login,
  MemberSighting,
  PlatformId,
  RoomPlace,
  RoomSighting,
} from "#adapters/wechat/identity-book.js";

/** An identity book that believes every id, and serves every room but those it is told to hold. */
export class PlainIdentities implements IdentityBook {
  readonly logins: Login[] = [];
  readonly sightings: RoomSighting[] = [];
  readonly heldLines: HeldLine[] = [];
  readonly held = new Set<PlatformId>();
  /** Calls that fail before the next one succeeds, as with a store that is away. */
  failures = 0;
  readonly #met = new Set<string>();

  async begin(login: Login): Promise<void> {
    this.logins.push(login);
  }

  async rooms(sightings: readonly RoomSighting[]): Promise<readonly RoomPlace[]> {
    this.sightings.push(...sightings);
    return sightings.map(({ room }) => this.#place(room));
  }

  async heardInHeldRoom({ room }: RoomSighting, line: HeldLine): Promise<RoomPlace> {
    this.heldLines.push(line);
    if (line.text === "绑定 1234") this.held.delete(room);
    return this.#place(room);
  }

  async member({ member }: MemberSighting): Promise<string> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error("the store is away");
    }
    this.#met.add(member);
    return `member:${member}`;
  }

  async direct(contact: PlatformId): Promise<string | null> {
    return this.#met.has(contact) ? `member:${contact}` : null;
  }

  roomAddress(conversationId: string): PlatformId | null {
    return conversationId.startsWith("room:") ? conversationId.slice(5) : null;
  }

  memberAddress(memberId: string): PlatformId | null {
    const id = memberId.startsWith("member:") ? memberId.slice(7) : null;
    return id !== null && this.#met.has(id) ? id : null;
  }

  async leave(): Promise<void> {
    // There is nothing to forget.
  }

  /** Somebody counts as met without having said anything. */
  meet(id: PlatformId): void {
    this.#met.add(id);
  }

  #place(room: PlatformId): RoomPlace {
    return this.held.has(room)
      ? { state: "held" }
      : { state: "bound", conversationId: `room:${room}` };
  }
}
