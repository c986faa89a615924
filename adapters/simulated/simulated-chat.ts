import type { ChoiceRow } from "#src/platform/outbound-message.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Picture } from "#src/shared/picture.js";
import type { SimulatedPayload } from "./simulated-payload.js";
import { DIRECT_PREFIX } from "./translate-inbound.js";

/** How a pretend room looks and behaves: buttons and private notes, or numbers and direct chats. */
export type RoomLook = "slack" | "wechat";

/** Something the bot said, as the pretend platform shows it. */
export interface SimulatedPost {
  readonly room: string;
  readonly messageId: string;
  readonly key: string;
  readonly kind: string;
  readonly text: string;
  readonly choices: readonly ChoiceRow[];
  /** The only person who sees it. */
  readonly onlyFor: string | null;
  readonly quotes: string | null;
  /** Who is notified. The text itself never notifies anybody, whatever it says. */
  readonly mentions: readonly string[];
  /** The picture beside the text, with its bytes. */
  readonly picture: Picture | null;
}

/** A request of the adapter to say something. */
export interface PostRequest extends Omit<SimulatedPost, "messageId"> {
  readonly handle: string | null;
}

/** The pretend platform as the adapter reaches it: in the same process, or behind a wire in tests. */
export interface SimulatedPlatform {
  post(request: PostRequest): Promise<string>;
  edit(room: string, messageId: string, text: string, choices: readonly ChoiceRow[]): Promise<void>;
  find(room: string, key: string): Promise<string | null>;
  roomName(room: string): Promise<string>;
  /** How a room looks; null where nobody chose, as in a replay. Absent: no room has a look. */
  lookOf?(room: string): RoomLook | null;
  /** Begins to deliver payloads; a rejected delivery is not acknowledged. Returns how to stop. */
  connect(deliver: (payload: SimulatedPayload) => Promise<void>): Promise<() => Promise<void>>;
}

/** The platform's id of what was posted with a key: the same however often the chat is started anew. */
export function botMessageId(key: string): string {
  return `bot:${key}`;
}

/** A pretend group chat in memory: rooms, what was said by the bot, and faults on demand. */
export class SimulatedChat implements SimulatedPlatform {
  readonly #posts: SimulatedPost[] = [];
  readonly #names = new Map<string, string>();
  readonly #looks = new Map<string, RoomLook>();
  readonly #faults: PlatformError[] = [];
  readonly #listeners = new Set<(post: SimulatedPost, change: "posted" | "edited") => void>();
  #deliver: ((payload: SimulatedPayload) => Promise<void>) | undefined;

  /** Everything the bot said so far, oldest first. */
  get posts(): readonly SimulatedPost[] {
    return this.#posts;
  }

  nameRoom(room: string, name: string): void {
    this.#names.set(room, name);
  }

  /** Lets a room look, and behave, like one of that platform from now on; what was said stays as it is. */
  setLook(room: string, look: RoomLook): void {
    this.#looks.set(room, look);
  }

  lookOf(room: string): RoomLook | null {
    return this.#looks.get(room) ?? null;
  }

  /** The next call of the adapter fails with this error; several queue up. */
  failNext(error: PlatformError): void {
    this.#faults.push(error);
  }

  /** Calls back for everything the bot says or changes. Returns how to stop. */
  watch(listener: (post: SimulatedPost, change: "posted" | "edited") => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something happens in the chat: resolves when the bot has acknowledged it. */
  async emit(payload: SimulatedPayload): Promise<void> {
    if (this.#deliver === undefined)
      throw new PlatformError("unreachable", "Nobody is connected to the simulated chat.");
    await this.#deliver(payload);
  }

  async post(request: PostRequest): Promise<string> {
    const fault = this.#faults.shift();
    if (fault !== undefined && fault.code !== "ambiguous") throw fault;
    const { handle: _handle, ...shown } = request;
    const said = this.#posts.filter((post) => post.key === request.key).length;
    const again = said === 0 ? "" : `~${String(said + 1)}`;
    const post: SimulatedPost = { ...shown, messageId: `${botMessageId(request.key)}${again}` };
    this.#posts.push(post);
    this.#tell(post, "posted");
    // Taken, but the answer got lost on the way back.
    if (fault !== undefined) throw fault;
    return post.messageId;
  }

  async edit(
    room: string,
    messageId: string,
    text: string,
    choices: readonly ChoiceRow[],
  ): Promise<void> {
    const fault = this.#faults.shift();
    if (fault !== undefined) throw fault;
    const index = this.#posts.findIndex(
      (post) => post.room === room && post.messageId === messageId,
    );
    const post = this.#posts[index];
    if (post === undefined) throw new PlatformError("gone", "The message to edit is not there.");
    const changed = { ...post, text, choices };
    this.#posts[index] = changed;
    this.#tell(changed, "edited");
  }

  async find(room: string, key: string): Promise<string | null> {
    return this.#posts.find((post) => post.room === room && post.key === key)?.messageId ?? null;
  }

  async roomName(room: string): Promise<string> {
    return this.#names.get(room) ?? room;
  }

  async connect(
    deliver: (payload: SimulatedPayload) => Promise<void>,
  ): Promise<() => Promise<void>> {
    this.#deliver = deliver;
    return async () => {
      this.#deliver = undefined;
    };
  }

  #tell(post: SimulatedPost, change: "posted" | "edited"): void {
    for (const listener of this.#listeners) listener(post, change);
  }
}

/** The conversation of one person and the bot. */
export function directRoom(personId: string): string {
  return `${DIRECT_PREFIX}${personId}`;
}
