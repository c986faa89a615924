import { SIMULATED } from "#adapters/simulated/translate-inbound.js";
import type { RoomPlace, RoomSighting } from "#adapters/wechat/identity-book.js";
import { marksBy } from "#src/app/identity-key.js";
import { StoredIdentities } from "#src/app/wechat-identities.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import type { Store } from "#src/store/store.js";
import { ChatScript } from "./chat-script.js";

interface Person {
  id: string;
  name: string;
}

interface Room {
  id: string;
  topic: string;
  owner: string | null;
  readonly people: Map<string, Person>;
  place: RoomPlace;
}

/** What a platform of numbers can do: no buttons, no edits, nothing that only one member sees. */
const LIKE_WECHAT = {
  buttons: false,
  edit: false,
  threads: false,
  onlyForOne: false,
  stableIds: false,
} as const;

export const STAFF = "staff";

/**
 * The product with an account whose ids change at every log-in: rooms and people of a puppet in front,
 * the real book over the real store, and behind it a pretend platform that is spoken to by our own ids.
 */
export class LoginWorld {
  readonly chat: ChatScript;
  readonly #store: Store;
  book: StoredIdentities;
  readonly #rooms = new Map<string, Room>();
  /** Person → id of the contact, the same in every room of one log-in. */
  #contacts = new Map<string, string>();
  #log = 0;
  #lines = 0;
  #ids = 0;
  readonly #stable: boolean;

  private constructor(store: Store, chat: ChatScript, stable: boolean) {
    this.#store = store;
    this.chat = chat;
    this.#stable = stable;
    this.book = this.#newBook();
  }

  static async open(store: Store, { stable = false } = {}): Promise<LoginWorld> {
    const chat = await ChatScript.open(store, { capabilities: LIKE_WECHAT });
    await chat.says(STAFF, "小陈", "早", { role: "staff" });
    return new LoginWorld(store, chat, stable);
  }

  get store(): Store {
    return this.#store;
  }

  get now(): number {
    return this.chat.simulation.clock.now();
  }

  /** A group as WeChat has it: name, owner, and who is in it (key → name shown there). */
  group(
    key: string,
    topic: string,
    people: Readonly<Record<string, string>>,
    owner?: string,
  ): void {
    const members = new Map<string, Person>();
    for (const [who, name] of Object.entries(people))
      members.set(who, { id: this.#contact(who), name });
    this.#rooms.set(key, {
      id: `@@${key}-${String(this.#log)}`,
      topic,
      owner: owner ?? null,
      people: members,
      place: { state: "held" },
    });
  }

  room(key: string): Room {
    const room = this.#rooms.get(key);
    if (room === undefined) throw new Error(`there is no room ${key}`);
    return room;
  }

  /** Our id of a room; throws while it is held. */
  ours(key: string): string {
    const { place } = this.room(key);
    if (place.state === "held") throw new Error(`${key} is held`);
    return place.conversationId;
  }

  /** Logs in; every id is new unless ids are stable. Without `all` no room is seen yet. */
  async login({
    sees = [...this.#rooms.keys()],
  }: {
    sees?: readonly string[];
  } = {}): Promise<void> {
    this.#log += 1;
    if (!this.#stable) {
      this.#contacts = new Map();
      for (const [key, room] of this.#rooms) {
        room.id = `@@${key}-${String(this.#log)}`;
        room.place = { state: "held" };
        for (const [who, person] of room.people) person.id = this.#contact(who);
      }
    }
    await this.book.begin({
      account: "main",
      stableIds: this.#stable,
      session: this.#stable ? "self" : `@self-${String(this.#log)}`,
      at: this.now,
    });
    await this.sees(sees);
  }

  /** The process ends and begins again; the session of the puppet goes on. */
  async restart(): Promise<void> {
    this.book = this.#newBook();
    await this.book.begin({
      account: "main",
      stableIds: this.#stable,
      session: this.#stable ? "self" : `@self-${String(this.#log)}`,
      at: this.now,
    });
    await this.sees([...this.#rooms.keys()]);
  }

  /** Rooms are seen, in one call. */
  async sees(keys: readonly string[]): Promise<void> {
    const places = await this.book.rooms(keys.map((key) => this.sighting(key)));
    keys.forEach((key, index) => {
      this.room(key).place = places[index] ?? { state: "held" };
    });
    await this.chat.simulation.settle();
  }

  sighting(key: string): RoomSighting {
    const { id, topic, owner, people } = this.room(key);
    return { room: id, topic, ownerName: owner, members: [...people.values()], at: this.now };
  }

  /** Somebody says a line in a group; in a held one only the book hears it. */
  async says(key: string, who: string, text: string): Promise<void> {
    const room = this.room(key);
    this.chat.simulation.clock.advance(1);
    if (room.place.state === "held") {
      room.place = await this.book.heardInHeldRoom(this.sighting(key), { text, at: this.now });
      await this.chat.simulation.settle();
      return;
    }
    const { conversationId } = room.place;
    const person = await this.person(key, who);
    this.#lines += 1;
    await this.chat.simulation.chat.emit({
      type: "said",
      id: `e-${String(this.#lines)}`,
      at: this.now,
      room: conversationId,
      person,
      messageId: `w-${String(this.#lines)}`,
      text,
    });
    await this.chat.simulation.settle();
  }

  /** Our id of somebody who speaks now. */
  async person(key: string, who: string): Promise<Person> {
    const { people } = this.room(key);
    const seen = people.get(who);
    if (seen === undefined) throw new Error(`${who} is not in ${key}`);
    const conversationId = this.ours(key);
    const id = await this.book.member({
      conversationId,
      member: seen.id,
      name: seen.name,
      at: this.now,
    });
    return { id, name: seen.name };
  }

  /** What staff read as the answer to their command. */
  async staff(text: string): Promise<string> {
    const before = this.chat.posts.length;
    await this.chat.says(STAFF, "小陈", text, { role: "staff" });
    return this.chat.posts
      .slice(before)
      .filter((post) => post.room === STAFF)
      .map((post) => post.text)
      .join("\n");
  }

  /** Binds a held room as staff do: of several with its name they try one after the other. */
  async bind(key: string, words = "新"): Promise<void> {
    const room = this.room(key);
    const list = await this.staff("绑定");
    const [who = ""] = room.people.keys();
    for (const [, number] of list.matchAll(new RegExp(`^(\\d+) ${room.topic}`, "gm"))) {
      await this.says(
        key,
        who,
        `绑定 ${codeOf(await this.staff(`绑定 ${number ?? ""} ${words}`))}`,
      );
      if (room.place.state === "bound") return;
    }
    throw new Error(`${room.topic} could not be bound; there wait:\n${list}`);
  }

  /** Everything the bot said in a group. */
  said(key: string): readonly string[] {
    const conversationId = this.ours(key);
    return this.chat.posts.filter((post) => post.room === conversationId).map((post) => post.text);
  }

  async audit(act: string): Promise<readonly string[]> {
    const rows = await this.#store.read((tx) => tx.audit.find({ act }, { order: { seq: "asc" } }));
    return rows.map((row) => row.subject);
  }

  async close(): Promise<void> {
    await this.chat.simulation.stop();
    await this.#store.close();
  }

  #contact(who: string): string {
    const id = this.#contacts.get(who) ?? `@${who}-${String(this.#stable ? 0 : this.#log)}`;
    this.#contacts.set(who, id);
    return id;
  }

  #newBook(): StoredIdentities {
    return new StoredIdentities({
      store: this.#store,
      platform: SIMULATED,
      marks: marksBy("a key that only this test has"),
      ids: {
        next: () => {
          this.#ids += 1;
          return `own-${String(this.#ids)}`;
        },
      },
      directoryIds: { group: groupId, member: memberId, membership: membershipId },
      directory: () => this.chat.simulation.app.rooms.directory,
    });
  }
}

/** The six digits in an answer. */
export function codeOf(answer: string): string {
  const code = /\b\d{6}\b/.exec(answer)?.[0];
  if (code === undefined) throw new Error(`there is no code in: ${answer}`);
  return code;
}
