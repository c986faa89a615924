import type { PlatformId } from "./identity-book.js";
import type { RawBot, RawContact, RawMessage, RawPuppet, Wechaty } from "./load-wechaty.js";
import type {
  BotListener,
  ContactFacts,
  RoomFacts,
  WechatBot,
  WireKind,
  WireMessage,
} from "./wechat-bot.js";

/** Numbers of wechaty's message types that mean something to us. */
const KINDS: ReadonlyMap<number, WireKind> = new Map<number, WireKind>([
  [1, "media"],
  [2, "media"],
  [6, "media"],
  [7, "text"],
  [10, "list"],
  [13, "recall"],
  [15, "media"],
]);
const SCAN_WAITING = 2;
const SCAN_TIMED_OUT = 5;
const CONTACT_OFFICIAL = 2;
const CONTACT_CORPORATION = 3;
/** Accounts of the platform itself, which are nobody. */
const HELPERS: ReadonlySet<string> = new Set([
  ..."weixin filehelper fmessage newsapp notifymessage medianote floatbottle".split(" "),
]);
/** Below this a timestamp counts seconds: it is the year 5138 in seconds and 1973 in milliseconds. */
const SECONDS_BELOW = 100_000_000_000;

export interface WechatyBotOptions {
  readonly wechaty: Wechaty;
  /** Path of the session file without its ending. */
  readonly session: string;
  readonly puppet: string | object;
  readonly puppetOptions?: Readonly<Record<string, unknown>>;
  readonly now: () => number;
}

/** A WeChat account driven by wechaty, through whichever puppet. */
export class WechatyBot implements WechatBot {
  readonly #options: WechatyBotOptions;
  readonly #raw: RawBot;
  #listener: BotListener | undefined;
  #wired = false;
  /** Failures of a start do not reject in wechaty: they come as an error beside it. */
  #failure: unknown;

  constructor(options: WechatyBotOptions) {
    this.#options = options;
    const { wechaty, session, puppet, puppetOptions } = options;
    this.#raw = wechaty.build({
      name: session,
      puppet,
      ...(puppetOptions === undefined ? {} : { puppetOptions }),
    });
    this.#raw.on("error", (error) => {
      this.#failure = error;
      this.#listener?.onError(error);
    });
  }

  async start(listener: BotListener): Promise<void> {
    this.#listener = listener;
    this.#failure = undefined;
    await this.#raw.init();
    if (!this.#wired) this.#wire(this.#raw.puppet);
    this.#wired = true;
    await this.#raw.start();
    if (this.#raw.puppet.state.active() === true) return;
    await this.#raw.stop().catch(() => undefined);
    throw new Error("the puppet did not start", { cause: this.#failure });
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
    await this.#raw.stop();
  }

  async message(id: PlatformId): Promise<WireMessage> {
    return wireMessage(id, await this.#raw.puppet.messagePayload(id), this.#options.now());
  }

  async rooms(): Promise<readonly PlatformId[]> {
    return (await this.#raw.puppet.roomList()).filter(isId);
  }

  async room(id: PlatformId): Promise<RoomFacts> {
    const { topic, ownerId, memberIdList } = await this.#raw.puppet.roomPayload(id);
    return {
      topic: topic ?? "",
      owner: isId(ownerId) ? ownerId : null,
      members: (memberIdList ?? []).filter(isId),
    };
  }

  async forgetRoom(id: PlatformId): Promise<void> {
    await this.#raw.puppet.roomPayloadDirty(id);
    await this.#raw.puppet.roomMemberPayloadDirty(id);
  }

  async contact(id: PlatformId): Promise<ContactFacts> {
    const contact = await this.#raw.puppet.contactPayload(id);
    const { name, friend } = contact;
    return { name: name ?? "", isPerson: isPerson(id, contact), isFriend: friend === true };
  }

  async nickname(room: PlatformId, member: PlatformId): Promise<string> {
    return (await this.#raw.puppet.roomMemberPayload(room, member)).roomAlias ?? "";
  }

  async say(
    to: PlatformId,
    text: string,
    mentions: readonly PlatformId[],
  ): Promise<PlatformId | null> {
    const named = mentions.length === 0 ? undefined : [...mentions];
    return (await this.#raw.puppet.messageSendText(to, text, named)) ?? null;
  }

  async sendPicture(to: PlatformId, bytes: Uint8Array, name: string): Promise<PlatformId | null> {
    const file = this.#options.wechaty.file(bytes, name);
    return (await this.#raw.puppet.messageSendFile(to, file)) ?? null;
  }

  #wire(puppet: RawPuppet): void {
    const { now } = this.#options;
    puppet.on("scan", ({ qrcode, status }) => {
      const waiting = status === SCAN_WAITING || status === SCAN_TIMED_OUT;
      if (waiting && qrcode !== undefined && qrcode !== "") this.#listener?.onScan(qrcode);
    });
    puppet.on("login", ({ contactId }) => this.#listener?.onLogin(contactId));
    puppet.on("logout", () => this.#listener?.onLogout());
    puppet.on("ready", () => this.#listener?.onReady());
    puppet.on("heartbeat", () => this.#listener?.onHeartbeat());
    puppet.on("message", ({ messageId }) => this.#listener?.onMessage(messageId));
    puppet.on("room-join", ({ roomId: room, inviteeIdList, timestamp }) =>
      this.#listener?.onRoomChange({
        kind: "joined",
        room,
        people: (inviteeIdList ?? []).filter(isId),
        at: instant(timestamp, now()),
      }),
    );
    puppet.on("room-leave", ({ roomId: room, removeeIdList, timestamp }) =>
      this.#listener?.onRoomChange({
        kind: "left",
        room,
        people: (removeeIdList ?? []).filter(isId),
        at: instant(timestamp, now()),
      }),
    );
    puppet.on("room-topic", ({ roomId: room, newTopic, changerId, timestamp }) =>
      this.#listener?.onRoomChange({
        kind: "topic",
        room,
        topic: newTopic ?? "",
        by: changerId ?? "",
        at: instant(timestamp, now()),
      }),
    );
  }
}

function isId(id: string | undefined | null): id is string {
  return typeof id === "string" && id !== "";
}

function isPerson(id: PlatformId, { type }: RawContact): boolean {
  return type !== CONTACT_OFFICIAL && type !== CONTACT_CORPORATION && !HELPERS.has(id);
}

/** A puppet's timestamp as epoch ms; what cannot be one becomes the time of arrival. */
function instant(timestamp: number | undefined, now: number): number {
  if (timestamp === undefined || !Number.isFinite(timestamp) || timestamp <= 0) return now;
  return Math.trunc(timestamp < SECONDS_BELOW ? timestamp * 1_000 : timestamp);
}

function wireMessage(id: PlatformId, raw: RawMessage, now: number): WireMessage {
  return {
    id: raw.id ?? id,
    kind: KINDS.get(raw.type ?? 0) ?? "other",
    text: typeof raw.text === "string" ? raw.text : "",
    from: raw.talkerId ?? raw.fromId ?? "",
    room: isId(raw.roomId) ? raw.roomId : null,
    at: instant(raw.timestamp, now),
    mentions: (raw.mentionIdList ?? []).filter(isId),
  };
}
