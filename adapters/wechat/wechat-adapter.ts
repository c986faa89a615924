import type { Language } from "#entities/vocabulary.js";
import { wechatTexts } from "#src/i18n/wechat.js";
import type { Capabilities } from "#src/platform/capabilities.js";
import type { ConversationRef, MemberRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type {
  AdapterHealth,
  ConversationInfo,
  Inbox,
  PlatformAdapter,
  SendOptions,
} from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { isAppError } from "#src/shared/app-error.js";
import { type Clock, MINUTE, SECOND } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { IdentityBook } from "./identity-book.js";
import { RoomBook } from "./room-book.js";
import type { SendGate } from "./send-gate.js";
import type { SendingView, SessionSource, SessionView } from "./session-view.js";
import type { BotListener, WechatBot } from "./wechat-bot.js";
import { toPlatformError } from "./wechat-errors.js";
import { type HearingCounts, WechatHearing } from "./wechat-hearing.js";
import { WECHAT } from "./wechat-ids.js";
import { WechatSession } from "./wechat-session.js";
import { LONGEST_TEXT, WechatSpeech } from "./wechat-speech.js";

/** What WeChat can do through any puppet. How fast it may be spoken to is the gate's affair. */
export const WECHAT_CAPABILITIES: Capabilities = {
  buttons: false,
  edit: false,
  threads: false,
  onlyForOne: false,
  commands: false,
  direct: true,
  sparing: true,
  reactions: false,
  recall: true,
  pictures: true,
  quoteIds: false,
  lookup: false,
  stableIds: false,
  maxTextLength: LONGEST_TEXT,
  pacing: { gapPerConversationMs: 0 },
};

const FIRST_REST_MS = 5 * SECOND;
const LONGEST_REST_MS = 5 * MINUTE;
/** A puppet without a network reports errors without end: one line stands for those of a minute. */
const QUIET_MS = MINUTE;

export interface WechatAdapterOptions {
  readonly bot: WechatBot;
  readonly book: IdentityBook;
  readonly gate: SendGate;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names the bot answers to, without the @; the first one is the one that the core knows. */
  readonly botNames: readonly string[];
  /** Name of the account for the identity book: that of its session; empty for the puppet's own id of it. */
  readonly account: string;
  readonly capabilities?: Partial<Capabilities>;
  readonly language: Language;
  /** Shows a code to scan to whoever runs the service. */
  readonly showCode?: (code: string) => void;
  /** Called after each log-in, when the puppet has written its session. */
  readonly onLogin?: () => void;
  /** Whether anything may be sent now. */
  readonly sending: () => SendingView;
}

/** WeChat through a puppet: hears what is said in its rooms, speaks in pieces and at the gate's pace. */
export class WechatAdapter implements PlatformAdapter, SessionSource {
  readonly platform = WECHAT;
  readonly capabilities: Capabilities;
  readonly #options: WechatAdapterOptions;
  readonly #rooms: RoomBook;
  readonly #hearing: WechatHearing;
  readonly #speech: WechatSpeech;
  readonly #session: WechatSession;
  #starting: Promise<void> | undefined;
  #keeping: Promise<void> = Promise.resolve();
  #ending = new AbortController();
  #errors = { since: Number.NEGATIVE_INFINITY, unsaid: 0 };

  constructor(options: WechatAdapterOptions) {
    this.#options = options;
    this.capabilities = { ...WECHAT_CAPABILITIES, ...options.capabilities };
    const { bot, book, gate, clock, logger, botNames, account } = options;
    const { stableIds } = this.capabilities;
    this.#session = new WechatSession(clock);
    this.#rooms = new RoomBook({ bot, book, clock, stableIds });
    const rooms = this.#rooms;
    this.#hearing = new WechatHearing({
      ...{ bot, book, rooms, clock, logger, botNames },
      account: { name: account, stableIds },
    });
    const nameIn: RoomBook["nameIn"] = (room, member) => rooms.nameIn(room, member);
    const { again } = wechatTexts[options.language];
    this.#speech = new WechatSpeech({ bot, book, gate, clock, logger, nameIn, again });
  }

  /** What became of what came in, since the adapter was made. */
  get counts(): HearingCounts {
    return this.#hearing.counts;
  }

  async start(inbox: Inbox): Promise<void> {
    this.#hearing.handTo(inbox);
    this.#starting ??= this.#begin(inbox);
    await this.#starting;
  }

  async stop(): Promise<void> {
    if (this.#starting === undefined) return;
    this.#ending.abort();
    await this.#starting.catch(() => undefined);
    await this.#keeping;
    const stopping = this.#options.bot.stop().catch((error: unknown) => this.#failed(error));
    // What was heard is kept even where the puppet takes its time.
    await this.#hearing.stop();
    await stopping;
    this.#session.become("off");
    this.#starting = undefined;
  }

  /** Resolves when everything that was heard so far is stored, or given up. */
  async settled(): Promise<void> {
    await this.#hearing.settled();
  }

  async send(
    to: ConversationRef,
    message: OutboundMessage,
    options: SendOptions,
  ): Promise<MessageRef> {
    if (options.onlyFor !== undefined) throw unsupported("message for one member");
    if (options.picture !== undefined && !this.capabilities.pictures) throw unsupported("pictures");
    if (message.choices !== undefined) throw unsupported("buttons");
    return this.#speech.send(to, message, options);
  }

  async edit(): Promise<void> {
    throw unsupported("edits");
  }

  async find(): Promise<MessageRef | null> {
    throw unsupported("look-ups");
  }

  /**
   * The conversation with a member alone: only with a contact of the account. Whoever writes to
   * strangers is banned soon, and WeChat would not deliver it.
   */
  async openDirect(member: MemberRef): Promise<ConversationRef> {
    if (!this.capabilities.direct) throw unsupported("direct messages");
    const address = this.#options.book.memberAddress(member.memberId);
    const friend = address !== null && (await this.#rooms.contact(address)).isFriend;
    if (!friend) throw unsupported("way to this member alone");
    return { platform: WECHAT, conversationId: member.memberId };
  }

  async describe({ conversationId }: ConversationRef): Promise<ConversationInfo> {
    const { book } = this.#options;
    const room = book.roomAddress(conversationId);
    if (room !== null) return { name: this.#rooms.topicOf(room), isDirect: false };
    const member = book.memberAddress(conversationId);
    if (member === null)
      throw new PlatformError("gone", "This room or person was not found since the log-in.");
    return { name: await this.#rooms.nameIn(null, member), isDirect: true };
  }

  health(): AdapterHealth {
    const { state, detail, heardAt, beats } = this.#session.facts;
    if (state === "off") return { state: "stopped", detail };
    // Of a puppet that never beats, silence at night means nothing.
    const alive = beats && heardAt !== null ? { aliveAt: heardAt } : {};
    if (state !== "in") return { ...alive, state: "degraded", detail };
    const { retrying } = this.#hearing;
    if (retrying === 0) return { ...alive, state: "ok", detail: "" };
    return {
      ...alive,
      state: "degraded",
      detail: `${String(retrying)} of the things heard in WeChat wait to be stored; look at the database.`,
    };
  }

  sessionView(): SessionView {
    const { beats: _beats, ...facts } = this.#session.facts;
    const { sending } = this.#options;
    return {
      ...facts,
      account: facts.state === "in" ? this.#hearing.ownName : null,
      detail: this.health().detail,
      sending: facts.state === "in" ? sending() : { ...sending(), held: "logged-out", until: null },
      heldRooms: this.#rooms.held(),
    };
  }

  routes(): readonly [] {
    return [];
  }

  async #begin(inbox: Inbox): Promise<void> {
    this.#ending = new AbortController();
    this.#hearing.start(inbox);
    try {
      if (await this.#tryStart()) return;
    } catch (error) {
      this.#session.become("off");
      this.#starting = undefined;
      throw error;
    }
    this.#keeping = this.#keepTrying(this.#ending.signal);
  }

  /** True when the puppet runs. Raises what no later try can mend: a fault of the configuration. */
  async #tryStart(): Promise<boolean> {
    this.#session.become("starting");
    try {
      await this.#options.bot.start(this.#listener());
      return true;
    } catch (error) {
      if (isAppError(error, "invalid-config")) throw error;
      this.#failed(error);
      const { message } = toPlatformError(error);
      const detail = `The WeChat puppet does not start. ${message} It is tried again.`;
      this.#session.become("starting", { detail });
      return false;
    }
  }

  async #keepTrying(ended: AbortSignal): Promise<void> {
    for (let tries = 0; !ended.aborted; tries += 1) {
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(tries, 10));
      await this.#options.clock.sleep(rest, ended);
      if (ended.aborted || (await this.#tryStart().catch(() => false))) return;
    }
  }

  #listener(): BotListener {
    const { showCode, onLogin } = this.#options;
    const session = this.#session;
    return {
      onScan: (code) => {
        if (session.facts.qr === code) return;
        session.become("scan", { qr: code });
        showCode?.(code);
      },
      onLogin: (self) => {
        session.become("in");
        session.heard("event");
        this.#hearing.login(self);
        onLogin?.();
      },
      onLogout: () => session.become("out"),
      onReady: () => this.#hearing.ready(),
      onMessage: (id) => {
        session.heard("event");
        this.#hearing.message(id);
      },
      onRoomChange: (change) => {
        session.heard("event");
        this.#hearing.change(change);
      },
      onHeartbeat: () => session.heard("beat"),
      onError: (error) => this.#failed(error),
    };
  }

  /** A line in the log, at most one a minute. */
  #failed(error: unknown): void {
    const now = this.#options.clock.now();
    if (now - this.#errors.since < QUIET_MS) {
      this.#errors.unsaid += 1;
      return;
    }
    const { unsaid } = this.#errors;
    this.#errors = { since: now, unsaid: 0 };
    this.#options.logger.warn({ err: error, unsaid }, "the WeChat puppet reports an error");
  }
}

function unsupported(what: string): PlatformError {
  return new PlatformError("not-supported", `WeChat has no ${what}.`);
}
