import type { ConversationRef } from "#src/platform/conversation.js";
import type { Author, InboundEvent } from "#src/platform/inbound-event.js";
import type { Inbox } from "#src/platform/platform-adapter.js";
import { type Clock, DAY, MINUTE } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Logger } from "#src/shared/logger.js";
import { RecentMap } from "#src/shared/recent-map.js";
import type { IdentityBook, PlatformId } from "./identity-book.js";
import { Intake } from "./intake.js";
import { lineEventId, RepeatedLines } from "./repeated-lines.js";
import type { RoomBook } from "./room-book.js";
import { type HeardMessage, translateMessage } from "./translate-message.js";
import type { RoomChange, WechatBot, WireMessage } from "./wechat-bot.js";
import { WECHAT } from "./wechat-ids.js";
import { recalledIds } from "./wechat-xml.js";
import { plainText } from "./wire-text.js";

/** What was said longer ago than this before the start is history that a puppet reads out. */
const OLD_MS = 2 * MINUTE;
const REMEMBERED = 20_000;

/** The bot as an author: of what nobody in particular did. */
const BOT_MEMBER = "bot";

/** What became of what came in, since the start. */
export interface HearingCounts {
  /** Handed to the inbox. */
  readonly accepted: number;
  /** Could not be read: broken XML, no id, nobody who said it. */
  readonly unreadable: number;
  /** Said to the bot alone by somebody who is in no room that is served. */
  readonly strangers: number;
  /** Could not be stored, or not be fetched, and is gone. */
  readonly lost: number;
}

export interface HearingParts {
  readonly bot: WechatBot;
  readonly book: IdentityBook;
  readonly rooms: RoomBook;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names the bot answers to; the first one is the one that the core knows. */
  readonly botNames: readonly string[];
  /** Names of the account for the identity book. */
  readonly account: { readonly name: string; readonly stableIds: boolean };
}

/**
 * Takes what the puppet tells: in the order of each room, each piece until it is stored. WeChat knows no
 * acknowledgement and sends nothing twice, so a store that is away is waited for.
 */
export class WechatHearing {
  readonly #parts: HearingParts;
  readonly #intake: Intake;
  readonly #heard = new RecentMap<PlatformId>(REMEMBERED);
  readonly #named = new Map<string, string>();
  readonly #counts = { accepted: 0, unreadable: 0, strangers: 0, lost: 0 };
  #lines = new RepeatedLines();
  #inbox: Inbox | undefined;
  #startedAt = 0;
  #self: PlatformId = "";
  #ownName = "";

  constructor(parts: HearingParts) {
    this.#parts = parts;
    this.#intake = new Intake({
      clock: parts.clock,
      onGivenUp: (error, hopeless) => this.#giveUp(error, hopeless),
    });
  }

  get counts(): HearingCounts {
    return { ...this.#counts };
  }

  /** Pieces that could not be stored yet and are tried again. */
  get retrying(): number {
    return this.#intake.retrying;
  }

  /** The bot's name on WeChat; empty before the log-in. */
  get ownName(): string {
    return this.#ownName;
  }

  start(inbox: Inbox): void {
    this.#inbox = inbox;
    this.#startedAt = this.#parts.clock.now();
    this.#intake.start();
    this.#lines = new RepeatedLines();
  }

  /** Lets another inbox take over. */
  handTo(inbox: Inbox): void {
    this.#inbox = inbox;
  }

  /** Resolves when everything that was heard is stored, or given up after a last try. */
  stop(): Promise<void> {
    return this.#intake.stop();
  }

  settled(): Promise<void> {
    return this.#intake.settled();
  }

  /** A log-in: every id may be another one now. What is heard after it waits for this. */
  login(self: PlatformId): void {
    this.#intake.inLine(async () => {
      // Whatever was heard before belongs to the ids of before.
      await this.#intake.roomsSettled();
      const { book, rooms, account, clock } = this.#parts;
      await this.#intake.until(async () => {
        this.#self = self;
        rooms.begin(self, this.#intake.ended);
        await book.begin({
          account: account.name === "" ? self : account.name,
          stableIds: account.stableIds,
          session: self,
          at: clock.now(),
        });
        this.#ownName = plainText((await rooms.contact(self)).name);
        await rooms.survey();
      });
    });
  }

  /** The puppet has loaded its rooms: those that were not seen at the log-in are looked at. */
  ready(): void {
    this.#intake.inLine(() => this.#intake.until(() => this.#parts.rooms.survey()));
  }

  message(id: PlatformId): void {
    if (this.#isFull()) return;
    const fetched = this.#intake.fetch(() => this.#parts.bot.message(id));
    this.#intake.inLine(async () => {
      const wire = await fetched;
      if (wire === null) this.#counts.lost += 1;
      if (wire === null || this.#isOld(wire.at)) return;
      this.#intake.inTurn(wire.room ?? `alone:${wire.from}`, () => this.#take(wire));
    });
  }

  change(change: RoomChange): void {
    if (this.#isFull()) return;
    this.#intake.inLine(async () => {
      if (!this.#isOld(change.at)) this.#intake.inTurn(change.room, () => this.#changed(change));
    });
  }

  #isOld(at: number): boolean {
    return at < this.#startedAt - OLD_MS;
  }

  #isFull(): boolean {
    if (!this.#intake.isFull) return false;
    this.#counts.lost += 1;
    return true;
  }

  #giveUp(error: unknown, unreadable: boolean): void {
    if (unreadable) this.#counts.unreadable += 1;
    else {
      this.#counts.lost += 1;
      this.#parts.logger.error({ err: error }, "something heard in WeChat could not be stored");
    }
  }

  async #take(given: WireMessage): Promise<void> {
    const wire = this.#withAuthor(given);
    // What the bot says comes back on most puppets.
    if (wire.from === this.#self) return;
    if (wire.room === null) await this.#takeAlone(wire);
    else await this.#takeInRoom(wire, wire.room);
  }

  /** A recall may come from nobody: then it is of whoever said what is recalled. */
  #withAuthor(wire: WireMessage): WireMessage {
    if (wire.kind !== "recall" || wire.from !== "") return wire;
    const authors = recalledIds(wire.text).map((id) => this.#heard.get(id));
    return { ...wire, from: authors.find((from) => from !== undefined) ?? "" };
  }

  async #takeInRoom(wire: WireMessage, room: PlatformId): Promise<void> {
    const { rooms, book } = this.#parts;
    const place = await rooms.place(room);
    if (place.state === "held") {
      const line = { text: plainText(wire.text), at: wire.at };
      if (wire.kind === "text" && wire.from !== "") await rooms.heardInHeldRoom(room, line);
      return;
    }
    const { conversationId } = place;
    await this.#nameRoom(room, conversationId);
    if (wire.from === "") {
      this.#counts.unreadable += 1;
      return;
    }
    const name = await rooms.nameIn(room, wire.from);
    const memberId = await book.member({ conversationId, member: wire.from, name, at: wire.at });
    const nickname = await rooms.nameIn(room, this.#self);
    await this.#hand(wire, { conversationId, memberId, name, nickname, isDirect: false });
  }

  async #takeAlone(wire: WireMessage): Promise<void> {
    const { rooms, book } = this.#parts;
    if (wire.from === "" || !(await rooms.contact(wire.from)).isPerson) return;
    const memberId = await book.direct(wire.from);
    if (memberId === null) {
      this.#counts.strangers += 1;
      return;
    }
    const name = await rooms.nameIn(null, wire.from);
    const nickname = this.#ownName;
    // A conversation with one person has the person's id.
    await this.#hand(wire, { conversationId: memberId, memberId, name, nickname, isDirect: true });
  }

  async #hand(
    wire: WireMessage,
    where: {
      readonly conversationId: string;
      readonly memberId: string;
      readonly name: string;
      readonly nickname: string;
      readonly isDirect: boolean;
    },
  ): Promise<void> {
    const { conversationId, memberId, name, nickname, isDirect } = where;
    const { botNames, account } = this.#parts;
    const spoken = wire.kind === "text" || wire.kind === "list";
    const line = { conversationId, memberId, text: spoken ? wire.text : "", at: wire.at };
    if (this.#lines.isRepeat(line)) return;
    const heard = translateMessage(wire, {
      eventId: lineEventId(account.name === "" ? this.#self : account.name, wire.id, line),
      conversation: { platform: WECHAT, conversationId },
      author: { platform: WECHAT, memberId, name },
      isDirect,
      self: this.#self,
      botName: botNames[0] ?? "",
      ownNames: namesOf(nickname, this.#ownName, ...botNames),
      knows: (id) => this.#heard.get(id) !== undefined,
    });
    try {
      await this.#accept(heard);
    } catch (error) {
      this.#lines.forget(line);
      throw error;
    }
    this.#heard.set(wire.id, wire.from);
  }

  async #accept(heard: HeardMessage): Promise<void> {
    if (heard.kind === "unreadable") this.#counts.unreadable += 1;
    if (heard.kind === "event") await this.#store(heard.event);
  }

  async #store(event: InboundEvent): Promise<void> {
    await this.#inbox?.accept(event);
    this.#counts.accepted += 1;
  }

  /** Tells a room's topic before the first line that is heard there. */
  async #nameRoom(room: PlatformId, conversationId: string): Promise<void> {
    const topic = this.#parts.rooms.topicOf(room);
    if (topic === "" || this.#named.get(conversationId) === topic) return;
    const at = this.#parts.clock.now();
    // A topic that comes back later must be told again: the day belongs to the id.
    const eventId = `topic:${stableId(conversationId, topic, Math.floor(at / DAY))}`;
    await this.#renamed({ conversationId, topic, eventId, at });
  }

  async #renamed(change: {
    readonly conversationId: string;
    readonly topic: string;
    readonly eventId: string;
    readonly at: number;
  }): Promise<void> {
    const { conversationId, topic, eventId, at } = change;
    const conversation = { platform: WECHAT, conversationId };
    const subject = "conversation";
    await this.#store({
      ...{ kind: "renamed", eventId, at, conversation, author: this.#bot(), subject, name: topic },
    });
    this.#named.set(conversationId, topic);
  }

  #bot(): Author {
    return { platform: WECHAT, memberId: BOT_MEMBER, name: "" };
  }

  async #changed(change: RoomChange): Promise<void> {
    const { rooms } = this.#parts;
    const gone = change.kind === "left" && change.people.includes(this.#self);
    const place = gone ? await rooms.place(change.room) : await rooms.again(change.room);
    if (place.state === "held") {
      if (gone) await rooms.leave(change.room, change.at);
      return;
    }
    const { conversationId } = place;
    if (change.kind === "topic") {
      const topic = plainText(change.topic).replaceAll("\n", " ").trim();
      const eventId = `topic:${stableId(conversationId, topic, change.at)}`;
      if (topic !== "") await this.#renamed({ conversationId, topic, eventId, at: change.at });
      return;
    }
    for (const person of change.people)
      await this.#moved({ ...change, person }, { platform: WECHAT, conversationId });
    if (gone) await rooms.leave(change.room, change.at);
  }

  async #moved(
    change: Extract<RoomChange, { people: unknown }> & { readonly person: PlatformId },
    conversation: ConversationRef,
  ): Promise<void> {
    const { rooms, book } = this.#parts;
    const { kind, room, person, at } = change;
    const isBot = person === this.#self;
    const name = isBot ? "" : await rooms.nameIn(room, person);
    const { conversationId } = conversation;
    const author = isBot
      ? this.#bot()
      : {
          platform: WECHAT,
          memberId: await book.member({ conversationId, member: person, name, at }),
          name,
        };
    const topic = rooms.topicOf(room);
    await this.#store({
      kind: "membership",
      eventId: `${kind}:${stableId(conversationId, author.memberId, at)}`,
      at,
      conversation,
      author,
      change: kind,
      who: isBot ? "bot" : "member",
      ...(isBot && topic !== "" ? { conversationName: topic } : {}),
    });
  }
}

/** Names without doubles, longest first: one may be the beginning of another. */
function namesOf(...names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .filter((name) => name !== "")
    .toSorted((one, other) => other.length - one.length);
}
