import { types } from "wechaty-puppet";
import { mock, PuppetMock } from "wechaty-puppet-mock";

/** Something the bot sent, as WeChat would show it. */
export interface SentMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly mentions: readonly string[];
  /** Bytes of a picture; null for a text. */
  readonly picture: Buffer | null;
}

/** A message as somebody in the chat sends it. Missing parts are those of a text by nobody special. */
export interface Injected {
  readonly id?: string;
  readonly from: string;
  /** Null for a message to the bot alone. */
  readonly room: string | null;
  readonly text?: string;
  readonly type?: number;
  readonly mentions?: readonly (string | undefined)[];
  /** Epoch ms. */
  readonly at: number;
}

/** The type of a message by the name that wechaty gives it. */
export const MessageType = types.Message;

/**
 * The mock puppet with what it lacks: ids and times that a test chooses, recalls, nicknames, sends that
 * fail, sent pictures that can be looked at, ids that all change with a new log-in.
 */
export class TestPuppet extends PuppetMock {
  readonly sent: SentMessage[] = [];
  /** What the next sends fail with, the first one first. */
  readonly failures: Error[] = [];
  /** Every question and every send fails with this while it is set. */
  broken: Error | null = null;
  /** Logs in by itself at the start, as a saved session does. */
  self: string | null = "bot";
  startFails = 0;
  readonly #nicknames = new Map<string, string>();
  readonly #strangers = new Set<string>();
  #numbers = 0;

  constructor(mocker = new mock.Mocker()) {
    super({ mocker });
  }

  override async onStart(): Promise<void> {
    if (this.startFails > 0) {
      this.startFails -= 1;
      throw new Error("getaddrinfo ENOTFOUND login.weixin.qq.com");
    }
    await super.onStart();
    if (this.self !== null) this.login(this.self);
  }

  override async onStop(): Promise<void> {
    await super.onStop();
    await this.logout("stopped");
  }

  /** A person; a friend of the account unless told otherwise. */
  person(id: string, name: string, options: { friend?: boolean; type?: number } = {}): string {
    this.mocker.cacheContactPayload.set(id, {
      ...{ id, name, gender: 0, avatar: "", phone: [], type: options.type ?? 1 },
      friend: options.friend ?? true,
    });
    return id;
  }

  group(id: string, topic: string, members: readonly string[], owner?: string): string {
    this.mocker.cacheRoomPayload.set(id, {
      ...{ id, topic, adminIdList: [], memberIdList: [...members] },
      ...(owner === undefined ? {} : { ownerId: owner }),
    });
    return id;
  }

  nickname(room: string, member: string, name: string): void {
    this.#nicknames.set(`${room}/${member}`, name);
  }

  /** A member whom the puppet knows nothing of. */
  stranger(id: string): void {
    this.#strangers.add(id);
  }

  /** Somebody says something; returns the message's id. */
  inject(message: Injected): string {
    this.#numbers += 1;
    const id = message.id ?? `70000000000000${String(this.#numbers).padStart(5, "0")}`;
    const { from, room, text = "", type = MessageType.Text, mentions = [], at } = message;
    const where = room === null ? { listenerId: this.self ?? "" } : { roomId: room };
    this.mocker.cacheMessagePayload.set(id, {
      ...{ id, talkerId: from, text, type, timestamp: at, ...where },
      mentionIdList: mentions,
    } as never);
    this.emit("message", { messageId: id });
    return id;
  }

  /** The platform tells of the same message again. */
  redeliver(id: string): void {
    this.emit("message", { messageId: id });
  }

  recall(message: { id: string; from: string; room: string | null; at: number; xml?: string }) {
    const { id, from, room, at, xml } = message;
    return this.inject({ from, room, text: xml ?? id, type: MessageType.Recalled, at });
  }

  override async messageRawPayload(id: string) {
    if (this.broken !== null) throw this.broken;
    return super.messageRawPayload(id);
  }

  override async contactRawPayload(id: string) {
    if (this.broken !== null) throw this.broken;
    if (this.#strangers.has(id)) throw new Error(`no payload found for id ${id}`);
    return super.contactRawPayload(id);
  }

  override async roomRawPayload(id: string) {
    if (this.broken !== null) throw this.broken;
    return super.roomRawPayload(id);
  }

  override async roomMemberRawPayload(room: string, id: string) {
    if (this.broken !== null) throw this.broken;
    const roomAlias = this.#nicknames.get(`${room}/${id}`);
    const name = this.#strangers.has(id) ? "" : (await this.contactRawPayload(id)).name;
    return { id, name, avatar: "", ...(roomAlias === undefined ? {} : { roomAlias }) };
  }

  override async roomMemberList(room: string): Promise<string[]> {
    return this.mocker.cacheRoomPayload.get(room)?.memberIdList ?? [];
  }

  /** Puppets give the id of what was sent; the mock's type knows nothing of it. */
  override async messageSendText(to: string, text: string, mentions: string[] = []) {
    return this.#keep({ to, text, mentions, picture: null }) as never;
  }

  override async messageSendFile(to: string, file: Parameters<PuppetMock["messageSendFile"]>[1]) {
    return this.#keep({ to, text: "", mentions: [], picture: await file.toBuffer() }) as never;
  }

  #keep(message: Omit<SentMessage, "id">): string {
    if (this.broken !== null) throw this.broken;
    if (!this.isLoggedIn) throw new Error("not logged in");
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const id = `90000000000000${String(this.sent.length + 1).padStart(5, "0")}`;
    this.sent.push({ id, ...message });
    return id;
  }
}
