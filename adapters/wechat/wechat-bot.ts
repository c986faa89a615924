import type { PlatformId } from "./identity-book.js";

/** What kind of message a puppet says it is; everything that nobody could answer is `other`. */
export type WireKind = "text" | "list" | "recall" | "media" | "other";

/** A message as the puppet hands it over, in one shape for all puppets. */
export interface WireMessage {
  readonly id: PlatformId;
  readonly kind: WireKind;
  /** As on the wire: markup, entities and all. */
  readonly text: string;
  /** Who sent it; empty when the puppet does not know. */
  readonly from: PlatformId;
  /** The room it was said in; null when it was said to one person alone. */
  readonly room: PlatformId | null;
  /** Epoch ms; whole seconds on most puppets. */
  readonly at: number;
  /** Who is mentioned, by the puppet's own reading. */
  readonly mentions: readonly PlatformId[];
}

/** What a puppet knows of a room. Missing parts are empty or null. */
export interface RoomFacts {
  readonly topic: string;
  readonly owner: PlatformId | null;
  readonly members: readonly PlatformId[];
}

/** What a puppet knows of a person. */
export interface ContactFacts {
  readonly name: string;
  /** A person, and not an official account, a service or the platform's own helper. */
  readonly isPerson: boolean;
  /** A contact of the account, whom it may write to alone. */
  readonly isFriend: boolean;
}

/** Somebody came, went, or changed a topic. Lists of puppets have holes: those are gone here. */
export type RoomChange =
  | {
      readonly kind: "joined" | "left";
      readonly room: PlatformId;
      readonly people: readonly PlatformId[];
      readonly at: number;
    }
  | {
      readonly kind: "topic";
      readonly room: PlatformId;
      readonly topic: string;
      readonly by: PlatformId;
      readonly at: number;
    };

/** What a bot tells by itself. */
export interface BotListener {
  /** A code to scan is shown; whoever scans it logs in. */
  onScan(code: string): void;
  onLogin(self: PlatformId): void;
  onLogout(): void;
  /** Rooms and contacts are loaded, on puppets that say so. */
  onReady(): void;
  onMessage(id: PlatformId): void;
  onRoomChange(change: RoomChange): void;
  /** A sign of life without content. */
  onHeartbeat(): void;
  onError(error: unknown): void;
}

/** The one bot account behind the adapter: all that is asked of the library that drives WeChat. */
export interface WechatBot {
  /** Resolves when the puppet runs, which is before anybody is logged in. Rejects when it does not. */
  start(listener: BotListener): Promise<void>;
  stop(): Promise<void>;
  message(id: PlatformId): Promise<WireMessage>;
  rooms(): Promise<readonly PlatformId[]>;
  room(id: PlatformId): Promise<RoomFacts>;
  /** Forgets what it remembers of a room, so that the next question is asked of the platform. */
  forgetRoom(id: PlatformId): Promise<void>;
  contact(id: PlatformId): Promise<ContactFacts>;
  /** The nickname in a room; empty when there is none. */
  nickname(room: PlatformId, member: PlatformId): Promise<string>;
  /** Says a text in a room or to a person; the message's id where the puppet gives one. */
  say(to: PlatformId, text: string, mentions: readonly PlatformId[]): Promise<PlatformId | null>;
  /** Sends a PNG; the message's id where the puppet gives one. */
  sendPicture(to: PlatformId, bytes: Uint8Array, name: string): Promise<PlatformId | null>;
}
