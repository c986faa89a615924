import type {
  HeldLine,
  IdentityBook,
  Login,
  MemberSighting,
  PlatformId,
  RoomPlace,
  RoomSighting,
} from "#adapters/wechat/identity-book.js";
import type { GateMemory } from "#adapters/wechat/send-gate.js";
import type { RoomAlias } from "#entities/index.js";
import type { DirectoryIds } from "#src/directory/directory-ids.js";
import type { DirectoryService } from "#src/directory/directory-service.js";
import { accountId, noteLogin } from "#src/directory/log-ins.js";
import { redeemCode } from "#src/directory/room-binding.js";
import {
  knownSpeaker,
  type PeopledRoom,
  type Speaker,
  settlePeople,
  settleSpeaker,
} from "#src/directory/seen-people.js";
import {
  aliasId,
  dropOldAliases,
  type Epoch,
  type SeenRoom,
  settleRooms,
} from "#src/directory/seen-rooms.js";
import { AppError } from "#src/shared/app-error.js";
import type { Ids } from "#src/shared/ids.js";
import type { Store } from "#src/store/store.js";
import type { Transaction } from "#src/store/transaction.js";
import { tellBinding, tellHeld } from "./held-rooms.js";
import type { Marks } from "./identity-key.js";

export interface StoredIdentitiesParts {
  readonly store: Store;
  readonly platform: string;
  readonly marks: Marks;
  readonly ids: Ids;
  readonly directoryIds: DirectoryIds;
  /** Asked for when a room is bound: the product is built after its adapters. */
  readonly directory: () => Pick<DirectoryService, "ensureGroup">;
}

const HELD: RoomPlace = { state: "held" };

/** The rooms and people of a WeChat account in our own database, by keyed hashes. */
export class StoredIdentities implements IdentityBook {
  readonly #parts: StoredIdentitiesParts;
  #epoch: Epoch | null = null;
  /** Ids of the platform in this log-in, by ours. Only here, never stored. */
  readonly #rooms = new Map<string, PlatformId>();
  readonly #people = new Map<string, PlatformId>();

  constructor(parts: StoredIdentitiesParts) {
    this.#parts = parts;
  }

  async begin(login: Login): Promise<void> {
    const { store, platform, marks } = this.#parts;
    const { account, stableIds, at } = login;
    const sessionMark = marks.of("person", login.session);
    const facts = { platform, account, stableIds, sessionMark, at };
    const row = await store.write((tx) => noteLogin(tx, facts));
    this.#rooms.clear();
    this.#people.clear();
    this.#epoch = { platform, account, number: row.epoch, stableIds };
  }

  async rooms(sightings: readonly RoomSighting[]): Promise<readonly RoomPlace[]> {
    if (sightings.length === 0) return [];
    const epoch = this.#present();
    const seen = sightings.map((sighting) => this.#seen(epoch, sighting));
    const { rows, people, doubted } = await this.#parts.store.write(async (tx) => {
      const { rooms: settled, doubted: again } = await settleRooms(tx, epoch, seen);
      const bound = settled.flatMap(({ row, found }, index): PeopledRoom[] => {
        const one = seen[index];
        return row.conversationId === null || one === undefined
          ? []
          : [{ conversationId: row.conversationId, people: one.people, found, at: one.at }];
      });
      const fresh = settled.filter(({ held }) => held === "new").map(({ row }) => row);
      await tellHeld(tx, fresh, Math.max(...seen.map(({ at }) => at)));
      return {
        doubted: again,
        rows: settled.map(({ row }) => row),
        people: await settlePeople(tx, epoch, bound),
      };
    });
    for (const conversationId of doubted) this.#rooms.delete(conversationId);
    for (const sighting of sightings) this.#rememberPeople(epoch, sighting, people);
    return rows.map((row, index) => this.#placeOf(row, sightings[index]?.room));
  }

  async heardInHeldRoom(sighting: RoomSighting, line: HeldLine): Promise<RoomPlace> {
    const epoch = this.#present();
    const seen = this.#seen(epoch, sighting);
    const row = await this.#parts.store.read((tx) => tx.identities.rooms.first({ id: seen.alias }));
    if (row === null || row.epoch !== epoch.number)
      return (await this.rooms([sighting]))[0] ?? HELD;
    if (row.conversationId !== null) return this.#placeOf(row, sighting.room);
    const { next, people } = await this.#parts.store.write(async (tx) => {
      await tx.identities.rooms.update({ id: row.id }, { heard: row.heard + 1 });
      const bound = await this.#bind(tx, row, line);
      if (bound.conversationId === null) return { next: bound, people: new Map() };
      const { conversationId } = bound;
      const room = { conversationId, people: seen.people, found: true, at: line.at };
      return { next: bound, people: await settlePeople(tx, epoch, [room]) };
    });
    this.#rememberPeople(epoch, sighting, people);
    return this.#placeOf(next, sighting.room);
  }

  async member(sighting: MemberSighting): Promise<string> {
    const epoch = this.#present();
    const { store, ids, directoryIds } = this.#parts;
    const speaker: Speaker = {
      conversationId: sighting.conversationId,
      alias: this.#personAlias(epoch, sighting.member),
      nameMark: this.#nameMark(sighting.name),
      at: sighting.at,
    };
    const personId =
      (await store.read((tx) => knownSpeaker(tx, epoch, speaker))) ??
      (await store.write((tx) =>
        settleSpeaker(tx, epoch, speaker, { ids: directoryIds, newId: () => ids.next() }),
      ));
    this.#people.set(personId, sighting.member);
    return personId;
  }

  async direct(contact: PlatformId): Promise<string | null> {
    const epoch = this.#present();
    const alias = this.#personAlias(epoch, contact);
    const row = await this.#parts.store.read((tx) => tx.identities.people.first({ id: alias }));
    if (row === null || (!epoch.stableIds && row.epoch !== epoch.number)) return null;
    this.#people.set(row.personId, contact);
    return row.personId;
  }

  roomAddress(conversationId: string): PlatformId | null {
    return this.#rooms.get(conversationId) ?? null;
  }

  memberAddress(memberId: string): PlatformId | null {
    return this.#people.get(memberId) ?? null;
  }

  async leave(room: PlatformId, at: number): Promise<void> {
    const epoch = this.#present();
    const id = aliasId(epoch, this.#parts.marks.of("room", room));
    // Without marks it is not found again by itself when the bot is let in after another log-in.
    await this.#parts.store.write((tx) =>
      tx.identities.rooms.update({ id }, { memberMarks: [], ownerMark: null, lastSeenAt: at }),
    );
    for (const [ours, theirs] of this.#rooms) if (theirs === room) this.#rooms.delete(ours);
  }

  /** What the account has sent lately, for the guard of its sending. */
  sendMemory(): GateMemory {
    const { store, platform } = this.#parts;
    const id = (): string | null =>
      this.#epoch === null ? null : accountId(platform, this.#epoch.account);
    return {
      load: async () => {
        const account = id();
        if (account === null) return null;
        const row = await store.read((tx) => tx.identities.accounts.first({ id: account }));
        return row === null ? null : { accountSince: row.firstSeenAt, state: row.sendState };
      },
      save: async (sendState) => {
        const account = id();
        if (account === null) return;
        await store.write((tx) => tx.identities.accounts.update({ id: account }, { sendState }));
      },
    };
  }

  /** Carries out the code that was said, if it was one. */
  async #bind(tx: Transaction, row: RoomAlias, line: HeldLine): Promise<RoomAlias> {
    const order = await redeemCode(tx, row, line);
    if (order === null) return row;
    const { platform } = row;
    const taken =
      order.conversationId !== null &&
      (await tx.identities.rooms.first({
        conversationId: order.conversationId,
        account: row.account,
        epoch: row.epoch,
      })) !== null;
    if (taken) {
      await tellBinding(tx, row, { kind: "taken", at: line.at });
      return row;
    }
    const conversationId = order.conversationId ?? this.#parts.ids.next();
    const bound: RoomAlias = { ...row, conversationId, boundAt: line.at };
    await tx.identities.rooms.update({ id: row.id }, { conversationId, boundAt: line.at });
    await dropOldAliases(tx, row.id, conversationId);
    const staff =
      order.staffGroupId === null ? null : await tx.directory.groupById(order.staffGroupId);
    const group = await this.#parts.directory().ensureGroup(tx, {
      place: { platform, conversationId },
      at: line.at,
      purpose: order.purpose,
      ...(row.topic === "" ? {} : { name: row.topic }),
      ...(staff === null
        ? {}
        : { staffRoom: { platform: staff.platform, conversationId: staff.externalId } }),
    });
    if (group.leftAt !== null) await tx.directory.changeGroup(group, { leftAt: null });
    await tx.record({
      at: line.at,
      actorId: order.issuedBy,
      act: "room.bound",
      subject: `room:${conversationId}`,
      detail: { purpose: order.purpose, again: order.conversationId !== null },
    });
    await tellBinding(tx, bound, { kind: "bound", at: line.at });
    return bound;
  }

  #present(): Epoch {
    if (this.#epoch === null)
      throw new AppError("internal", "Nobody has logged in, so no id can be resolved.");
    return this.#epoch;
  }

  #seen(epoch: Epoch, { room, topic, ownerName, members, at }: RoomSighting): SeenRoom {
    return {
      alias: aliasId(epoch, this.#parts.marks.of("room", room)),
      topic: topic.normalize("NFC").trim(),
      ownerMark: ownerName === null ? null : this.#nameMark(ownerName),
      people: members.map(({ id, name }) => ({
        alias: this.#personAlias(epoch, id),
        nameMark: this.#nameMark(name),
      })),
      at,
    };
  }

  #personAlias(epoch: Epoch, id: PlatformId): string {
    return aliasId(epoch, this.#parts.marks.of("person", id));
  }

  #nameMark(name: string): string | null {
    const plain = name.normalize("NFKC").replace(/\s+/g, " ").trim();
    return plain === "" ? null : this.#parts.marks.of("name", plain);
  }

  #placeOf({ conversationId }: RoomAlias, room: PlatformId | undefined): RoomPlace {
    for (const [ours, theirs] of this.#rooms) if (theirs === room) this.#rooms.delete(ours);
    if (conversationId === null || room === undefined) return HELD;
    this.#rooms.set(conversationId, room);
    return { state: "bound", conversationId };
  }

  #rememberPeople(
    epoch: Epoch,
    { members }: RoomSighting,
    people: ReadonlyMap<string, string>,
  ): void {
    for (const { id } of members) {
      const personId = people.get(this.#personAlias(epoch, id));
      if (personId !== undefined) this.#people.set(personId, id);
    }
  }
}
