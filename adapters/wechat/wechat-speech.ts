import type { MessageKind } from "#entities/vocabulary.js";
import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import { piecesOf } from "#src/platform/cut-text.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { SendOptions } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import { RecentMap } from "#src/shared/recent-map.js";
import { notNow } from "./account-guard.js";
import { type IdentityBook, type PlatformId, UNADDRESSED_WAIT_MS } from "./identity-book.js";
import type { SendGate } from "./send-gate.js";
import type { WechatBot } from "./wechat-bot.js";
import { isThrottled, toPlatformError } from "./wechat-errors.js";

/** Longest text of one message: a poll fits, and nobody scrolls. */
export const LONGEST_PIECE = 600;
/** Most messages that one text becomes; the core cuts what is longer. */
const MOST_PIECES = 6;
export const LONGEST_TEXT = LONGEST_PIECE * MOST_PIECES;
const REMEMBERED = 1_000;
const PICTURE_NAME = "huiyin.png";

/** How far a message has come: a later try goes on from there and repeats nothing. */
interface Progress {
  readonly pieces: number;
  readonly first: PlatformId;
}

export interface SpeechParts {
  readonly bot: WechatBot;
  readonly book: IdentityBook;
  readonly gate: SendGate;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How a member is shown in a room (null: alone); empty when it is not known. */
  readonly nameIn: (room: PlatformId | null, member: PlatformId) => Promise<string>;
  /** Stands before what may be a repetition. */
  readonly again: string;
}

interface Address {
  readonly to: PlatformId;
  readonly room: string;
  readonly kind: MessageKind;
}

/** Says texts and pictures, each piece with the gate's permission. */
export class WechatSpeech {
  readonly #parts: SpeechParts;
  readonly #progress = new RecentMap<Progress>(REMEMBERED);

  constructor(parts: SpeechParts) {
    this.#parts = parts;
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    const { key, kind, picture, signal } = options;
    const { book } = this.#parts;
    const address = { to: this.#addressOf(to), room: to.conversationId, kind };
    const mentions = await this.#mentionsOf(message, book.roomAddress(to.conversationId));
    const calls = mentions.map(({ call }) => call).join("");
    const again = options.again === true ? `${this.#parts.again}\n` : "";
    const pieces = wirePieces(`${calls}${again}${message.text}`);
    let { pieces: done, first } = this.#progress.get(key) ?? { pieces: 0, first: "" };
    for (const piece of pieces.slice(done)) {
      signal?.throwIfAborted();
      const called = done === 0 ? mentions.map(({ id }) => id) : [];
      const id = await this.#saying(address, () => this.#parts.bot.say(address.to, piece, called));
      done += 1;
      if (done === 1) first = id ?? `unnamed:${key}`;
      this.#progress.set(key, { pieces: done, first });
    }
    if (picture !== undefined) await this.#show(address, picture.bytes);
    this.#progress.delete(key);
    return { conversation: to, messageId: first };
  }

  #addressOf({ conversationId }: ConversationRef): PlatformId {
    const { book } = this.#parts;
    const address = book.roomAddress(conversationId) ?? book.memberAddress(conversationId);
    if (address !== null) return address;
    throw new PlatformError(
      "rate-limited",
      "This room or person was not found again since the log-in. It is tried again; staff can bind the room.",
      { retryAfterMs: UNADDRESSED_WAIT_MS },
    );
  }

  /** Whom to call by name: WeChat shows a mention as words, and tells the member only by the id. */
  async #mentionsOf({ mentions }: OutboundMessage, room: PlatformId | null) {
    const called: { readonly id: PlatformId; readonly call: string }[] = [];
    for (const { memberId } of mentions ?? []) {
      const id = this.#parts.book.memberAddress(memberId);
      const name = id === null ? "" : await this.#parts.nameIn(room, id);
      if (id !== null && name !== "") called.push({ id, call: `@${name}\u2005` });
    }
    return called;
  }

  /** One thing said, when its turn has come. Raises `rate-limited` until then. */
  async #saying(
    address: Address,
    say: () => Promise<PlatformId | null>,
  ): Promise<PlatformId | null> {
    const { gate, clock } = this.#parts;
    const now = clock.now();
    const permission = await gate.mayI(now, address.room, address.kind);
    if (permission.kind !== "now") throw notNow(permission, now);
    let id: PlatformId | null;
    try {
      id = await say();
    } catch (error) {
      throw await this.#failed(error);
    }
    await gate.sent(clock.now(), address.room);
    return id;
  }

  async #failed(error: unknown): Promise<PlatformError> {
    if (!isThrottled(error)) return toPlatformError(error);
    const { lengthMs } = await this.#parts.gate.throttled(this.#parts.clock.now());
    return new PlatformError(
      "rate-limited",
      "WeChat calls the account too frequent. Nothing is sent for a while.",
      { retryAfterMs: lengthMs, cause: error },
    );
  }

  /** The picture after its text. It waits for its turn; where WeChat refuses it, the text is enough. */
  async #show(address: Address, bytes: Uint8Array): Promise<void> {
    const { bot, logger } = this.#parts;
    let refused = false;
    try {
      await this.#saying(address, async () => {
        refused = true;
        const id = await bot.sendPicture(address.to, bytes, PICTURE_NAME);
        refused = false;
        return id;
      });
    } catch (error) {
      if (!refused) throw error;
      logger.warn({ err: error }, "WeChat did not take a picture; its text was sent");
    }
  }
}

/**
 * A text as it survives the wire, in pieces: some puppets cut a room's text at its first `:` before a
 * line break, so that colon becomes the full-width one.
 */
export function wirePieces(text: string): readonly string[] {
  const safe = text.replaceAll("\r\n", "\n").replaceAll(/:(?=[ \t]{0,20}\n)/g, "：");
  return piecesOf(safe, LONGEST_PIECE).filter((piece) => piece.trim() !== "");
}
