import { BindingCode, MemberAlias, PlatformAccount, RoomAlias, RoomName } from "#entities/index.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Under which ids of a platform our rooms and people go, where those ids come and go with log-ins. */
export class IdentityStore {
  readonly accounts: Table<PlatformAccount>;
  readonly rooms: Table<RoomAlias>;
  readonly people: Table<MemberAlias>;
  readonly names: Table<RoomName>;
  readonly codes: Table<BindingCode>;

  constructor(session: Session) {
    this.accounts = new Table(session, PlatformAccount);
    this.rooms = new Table(session, RoomAlias);
    this.people = new Table(session, MemberAlias);
    this.names = new Table(session, RoomName);
    this.codes = new Table(session, BindingCode);
  }

  /**
   * The room's last finding again, when that was after `since`: the epoch that began then, and when the
   * room was back. Null while nothing changed under it.
   */
  async foundAgain(
    conversationId: string,
    since: number,
  ): Promise<{ readonly epoch: number; readonly at: number } | null> {
    const alias = await this.rooms.first({ conversationId }, { order: { epoch: "desc" } });
    if (alias === null || alias.boundAt === null || alias.boundAt <= since) return null;
    return { epoch: alias.epoch, at: alias.boundAt };
  }

  /** Which of these people (`member.externalId`) were met in an epoch of the account. */
  async metIn(epoch: number, people: readonly string[]): Promise<ReadonlySet<string>> {
    if (people.length === 0) return new Set();
    return this.people.distinct("personId", { epoch, personId: people });
  }

  /** Erases a person (`member.externalId`): no id and no name leads to them any more, hashed or not. */
  async forgetPerson(personId: string): Promise<void> {
    const names = await this.names.find({ personId });
    for (const { conversationId, nameMark } of names) await this.#unlist(conversationId, nameMark);
    await this.names.remove({ personId });
    await this.people.remove({ personId });
  }

  /** Takes a name out of what a room is known by. */
  async #unlist(conversationId: string, nameMark: string): Promise<void> {
    for (const room of await this.rooms.find({ conversationId })) {
      const memberMarks = room.memberMarks.filter((mark) => mark !== nameMark);
      const ownerMark = room.ownerMark === nameMark ? null : room.ownerMark;
      await this.rooms.update({ id: room.id }, { memberMarks, ownerMark });
    }
  }
}
