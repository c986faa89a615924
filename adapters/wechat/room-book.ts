import { type Clock, MINUTE, SECOND } from "#src/shared/clock.js";
import { RecentMap } from "#src/shared/recent-map.js";
import type {
  IdentityBook,
  PlatformId,
  RoomPlace,
  RoomSighting,
  SeenMember,
} from "./identity-book.js";
import type { HeldRoom } from "./session-view.js";
import type { ContactFacts, RoomFacts, WechatBot } from "./wechat-bot.js";
import { plainText } from "./wire-text.js";

/** A nickname can change without a word from the puppet: it is asked for again after this. */
const NAME_FRESH_MS = 10 * MINUTE;
const MOST_NAMES = 20_000;
/** Members whose names are asked for side by side. */
const SIDE_BY_SIDE = 20;
const TRIES = 3;
const REST_MS = SECOND;
const NOBODY: ContactFacts = { name: "", isPerson: true, isFriend: false };

interface KnownRoom {
  readonly sighting: RoomSighting;
  readonly place: RoomPlace;
  /** Since when it has been held, epoch ms; null when it is bound. */
  readonly heldSince: number | null;
  /** The puppet would not say what the room is: it is asked again at the next line. */
  readonly isBlurred: boolean;
}

/** What is seen of a room of which the puppet tells nothing. */
interface Glimpse {
  readonly sighting: RoomSighting;
  readonly isBlurred: boolean;
}

interface KnownName {
  readonly name: string;
  readonly until: number;
}

export interface RoomBookParts {
  readonly bot: WechatBot;
  readonly book: IdentityBook;
  readonly clock: Clock;
  /** Whether names of a room's members are needed to find it again. */
  readonly stableIds: boolean;
}

/** The rooms of one log-in: what was seen of them, whose they are to us, and who speaks there. */
export class RoomBook {
  readonly #parts: RoomBookParts;
  readonly #rooms = new Map<PlatformId, KnownRoom>();
  readonly #names = new RecentMap<KnownName>(MOST_NAMES);
  #self: PlatformId = "";
  #ended = new AbortController().signal;

  constructor(parts: RoomBookParts) {
    this.#parts = parts;
  }

  /** A new log-in: everything that was known belongs to the old one. */
  begin(self: PlatformId, ended: AbortSignal): void {
    this.#rooms.clear();
    this.#self = self;
    this.#ended = ended;
  }

  /** Rooms that are listened to and not served. */
  held(): readonly HeldRoom[] {
    return [...this.#rooms.values()].flatMap(({ sighting, heldSince }) =>
      heldSince === null ? [] : [{ topic: sighting.topic, since: heldSince }],
    );
  }

  /** Looks at all rooms that the account is in, and resolves those that are not yet. */
  async survey(): Promise<void> {
    // A puppet that cannot list its rooms shows them one by one, as people speak in them.
    const ids = (await this.#patiently(() => this.#parts.bot.rooms())) ?? [];
    const fresh = ids.filter((id) => this.#rooms.get(id)?.place.state !== "bound");
    const glimpses: Glimpse[] = [];
    for (const id of fresh) glimpses.push(await this.#sight(id));
    // A room that cannot be read now is looked at when somebody speaks there.
    await this.#resolve(glimpses.filter(({ isBlurred }) => !isBlurred));
  }

  /** Whose room this is; seen for the first time, or seen again after a change. */
  async place(room: PlatformId): Promise<RoomPlace> {
    const known = this.#rooms.get(room);
    if (known === undefined || known.isBlurred || this.#isDoubted(room, known.place))
      return this.#look(room);
    return known.place;
  }

  /** Another room like it was seen since, so that nobody can say which of the two is ours. */
  #isDoubted(room: PlatformId, place: RoomPlace): boolean {
    return place.state === "bound" && this.#parts.book.roomAddress(place.conversationId) !== room;
  }

  /** Something about the room changed: it is looked at again. */
  async again(room: PlatformId): Promise<RoomPlace> {
    await this.#parts.bot.forgetRoom(room).catch(() => undefined);
    return this.#look(room);
  }

  /** A line in a held room: the book counts it, and may bind the room by it. */
  async heardInHeldRoom(room: PlatformId, line: { readonly text: string; readonly at: number }) {
    const known = this.#rooms.get(room);
    if (known === undefined) return;
    const place = await this.#parts.book.heardInHeldRoom(known.sighting, line);
    this.#keep(known, place);
  }

  /** The bot is not in the room any more. */
  async leave(room: PlatformId, at: number): Promise<void> {
    this.#rooms.delete(room);
    await this.#parts.book.leave(room, at);
  }

  topicOf(room: PlatformId): string {
    return this.#rooms.get(room)?.sighting.topic ?? "";
  }

  /** How somebody is shown in a room: the nickname there, else their own name; empty when unknown. */
  async nameIn(room: PlatformId | null, member: PlatformId): Promise<string> {
    const { bot, clock } = this.#parts;
    const key = `${room ?? ""}/${member}`;
    const known = this.#names.get(key);
    if (known !== undefined && known.until > clock.now()) return known.name;
    const nickname = room === null ? "" : await bot.nickname(room, member).catch(() => "");
    const shown = nickname === "" ? (await this.contact(member)).name : nickname;
    const name = plainText(shown).replaceAll("\n", " ").trim();
    this.#names.set(key, { name, until: clock.now() + NAME_FRESH_MS });
    return name;
  }

  async contact(id: PlatformId): Promise<ContactFacts> {
    return this.#parts.bot.contact(id).catch(() => NOBODY);
  }

  async #look(room: PlatformId): Promise<RoomPlace> {
    const glimpse = await this.#sight(room);
    const known = this.#rooms.get(room);
    // What was known stays true while the puppet cannot say.
    if (glimpse.isBlurred && known !== undefined && !known.isBlurred) return known.place;
    const [place] = await this.#resolve([glimpse]);
    return place ?? { state: "held" };
  }

  async #resolve(glimpses: readonly Glimpse[]): Promise<readonly RoomPlace[]> {
    if (glimpses.length === 0) return [];
    const places = await this.#parts.book.rooms(glimpses.map(({ sighting }) => sighting));
    for (const [index, glimpse] of glimpses.entries()) {
      const place = places[index];
      if (place !== undefined) this.#keep(glimpse, place);
    }
    return places;
  }

  #keep({ sighting, isBlurred }: Glimpse, place: RoomPlace): void {
    const before = this.#rooms.get(sighting.room)?.heldSince ?? null;
    const heldSince = place.state === "bound" ? null : (before ?? sighting.at);
    this.#rooms.set(sighting.room, { sighting, place, heldSince, isBlurred });
  }

  async #sight(room: PlatformId): Promise<Glimpse> {
    const { bot, clock } = this.#parts;
    const facts = await this.#patiently(() => bot.room(room));
    const at = clock.now();
    if (facts === null) {
      const sighting = { room, topic: "", ownerName: null, members: [], at };
      return { sighting, isBlurred: true };
    }
    const { owner } = facts;
    const ownerName = owner === null ? "" : await this.nameIn(room, owner);
    const sighting = {
      room,
      topic: plainText(facts.topic).replaceAll("\n", " ").trim(),
      ownerName: ownerName === "" ? null : ownerName,
      members: await this.#members(room, facts),
      at,
    };
    return { sighting, isBlurred: false };
  }

  async #members(room: PlatformId, { members }: RoomFacts): Promise<readonly SeenMember[]> {
    const others = members.filter((id) => id !== this.#self);
    // Where ids stay, nobody has to be found by a name; the ids say where people can be reached.
    if (this.#parts.stableIds) return others.map((id) => ({ id, name: "" }));
    const seen: SeenMember[] = [];
    for (let at = 0; at < others.length; at += SIDE_BY_SIDE) {
      const some = others.slice(at, at + SIDE_BY_SIDE);
      const names = await Promise.all(some.map((id) => this.nameIn(room, id)));
      seen.push(...some.map((id, index) => ({ id, name: names[index] ?? "" })));
    }
    return seen;
  }

  /** What the puppet says, asked a few times; null when it does not. */
  async #patiently<Value>(ask: () => Promise<Value>): Promise<Value | null> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      try {
        return await ask();
      } catch {
        if (tries === TRIES || this.#ended.aborted) return null;
        await this.#parts.clock.sleep(REST_MS * tries, this.#ended);
      }
    }
    return null;
  }
}
