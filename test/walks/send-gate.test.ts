import { afterEach, beforeEach, expect, it } from "vitest";
import { AccountGuard, notNow, type SendRules } from "#adapters/wechat/account-guard.js";
import { marksBy } from "#src/app/identity-key.js";
import { StoredIdentities } from "#src/app/wechat-identities.js";
import type { ConversationRef, MessageRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { PlatformAdapter, SendOptions } from "#src/platform/platform-adapter.js";
import { PlatformError } from "#src/platform/platform-error.js";
import { DAY, HOUR, MINUTE, SECOND } from "#src/shared/clock.js";
import { groupId, memberId, membershipId } from "#src/store/directory-store.js";
import { openStore, type Store } from "#src/store/store.js";
import { ChatScript, MORNING } from "../support/chat-script.js";
import { describeStores } from "../support/stores.js";

const PACED = "paced";
const RULES: SendRules = {
  sending: true,
  gap: { from: 3 * SECOND, to: 8 * SECOND },
  roomGap: 30 * SECOND,
  perMinute: 6,
  perHour: 60,
  perDay: 300,
  quiet: { from: "22:00", to: "08:00" },
  timeZone: "Asia/Shanghai",
  firstSilence: DAY,
  pause: 30 * MINUTE,
};

/** A platform that does nothing but ask the guard, over the real store. */
class PacedAdapter implements PlatformAdapter {
  readonly platform = PACED;
  readonly capabilities = {
    buttons: false,
    edit: false,
    threads: false,
    onlyForOne: false,
    commands: false,
    direct: false,
    reactions: false,
    recall: false,
    pictures: false,
    quoteIds: false,
    lookup: false,
    stableIds: true,
    maxTextLength: 600,
    pacing: { gapPerConversationMs: 0 },
  };
  readonly sent: { readonly at: number; readonly text: string }[] = [];
  /** The next send is refused by WeChat. */
  throttle = false;
  guard: AccountGuard | null = null;
  now = (): number => 0;

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async send(
    to: ConversationRef,
    { text }: OutboundMessage,
    { kind, key }: SendOptions,
  ): Promise<MessageRef> {
    const { guard } = this;
    if (guard === null) throw new Error("nobody guards the account");
    const permission = await guard.mayI(this.now(), to.conversationId, kind);
    if (permission.kind !== "now") throw notNow(permission, this.now());
    if (this.throttle) {
      this.throttle = false;
      const { lengthMs } = await guard.throttled(this.now());
      throw new PlatformError("rate-limited", "操作过于频繁", { retryAfterMs: lengthMs });
    }
    await guard.sent(this.now(), to.conversationId);
    this.sent.push({ at: this.now(), text });
    return { conversation: to, messageId: key };
  }
  edit(): Promise<void> {
    return Promise.reject(new PlatformError("not-supported", "no edits"));
  }
  find(): Promise<null> {
    return Promise.reject(new PlatformError("not-supported", "no look-ups"));
  }
  openDirect(): Promise<ConversationRef> {
    return Promise.reject(new PlatformError("not-supported", "no direct messages"));
  }
  async describe() {
    return { name: "", isDirect: false };
  }
  health() {
    return { state: "ok", detail: "" } as const;
  }
  routes() {
    return [];
  }
}

describeStores("what a guarded account has to say", (kind) => {
  let store: Store;
  let adapter: PacedAdapter;
  let chat: ChatScript;
  let pauses: number;
  let said = 0;
  beforeEach(async () => {
    store = await openStore(await kind.fresh());
    adapter = new PacedAdapter();
    chat = await ChatScript.open(store, { others: [adapter] });
    adapter.now = () => chat.simulation.clock.now();
    pauses = 0;
    await logIn(RULES);
  });
  afterEach(async () => {
    await chat.simulation.stop();
    await store.close();
  });

  /** A process that begins: nothing is known but what the store holds. */
  async function logIn(rules: SendRules): Promise<void> {
    const book = new StoredIdentities({
      store,
      platform: PACED,
      marks: marksBy("test"),
      ids: { next: () => "unused" },
      directoryIds: { group: groupId, member: memberId, membership: membershipId },
      directory: () => chat.simulation.app.rooms.directory,
    });
    await book.begin({ account: "a", stableIds: true, session: "self", at: adapter.now() });
    adapter.guard = new AccountGuard({
      rules,
      memory: book.sendMemory(),
      random: () => 0.5,
      onPause: async () => {
        pauses += 1;
      },
    });
  }

  /** Orders messages, named by their order, for four rooms in turn. */
  async function say(count: number, options: { kind?: "alert"; expiresAt?: number } = {}) {
    const at = adapter.now();
    await store.write(async (tx) => {
      for (let n = 0; n < count; n += 1)
        await tx.outbox.say({
          key: `k${String((said += 1))}`,
          kind: options.kind ?? "notice",
          to: { platform: PACED, conversationId: `room${String(n % 4)}` },
          message: { text: `${String(n % 4)}/${String(n)}` },
          at,
          ...(options.expiresAt === undefined ? {} : { expiresAt: options.expiresAt }),
        });
    });
    await chat.simulation.settle();
  }

  function states(): Promise<readonly string[]> {
    return store.read(async (tx) =>
      (await tx.outbox.rows.find({ platform: PACED })).map((row) => row.state).toSorted(),
    );
  }

  it("waits out the first day, the night and the pace, in order, and nothing of it is lost", async () => {
    await say(24);
    await chat.until("2026-11-21T09:59:59");
    expect(adapter.sent).toEqual([]);
    await chat.passes(3 * MINUTE);
    const early = adapter.sent.length;
    expect(early).toBeGreaterThan(10);
    expect(early).toBeLessThanOrEqual(19);
    expect(adapter.sent[0]?.at).toBeGreaterThanOrEqual(MORNING + DAY);
    // A restart neither sends a burst nor forgets what was sent.
    await logIn(RULES);
    await chat.passes(10 * MINUTE);
    expect(adapter.sent).toHaveLength(24);
    for (const [index, { at }] of adapter.sent.entries()) {
      const last = adapter.sent.filter((one) => one.at > at - MINUTE && one.at <= at);
      expect(last.length).toBeLessThanOrEqual(6);
      if (index > 0) expect(at - (adapter.sent[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(5_500);
    }
    for (const room of ["0", "1", "2", "3"]) {
      const order = adapter.sent.flatMap(({ text }) =>
        text.startsWith(`${room}/`) ? [Number(text.slice(2))] : [],
      );
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
    expect(new Set(await states())).toEqual(new Set(["sent"]));
  });

  it("waits for the morning, but for alerts, which go before it in the same room", async () => {
    await chat.until("2026-11-21T23:00:00");
    await say(2);
    await chat.passes(MINUTE);
    await say(2, { kind: "alert" });
    await chat.passes(MINUTE);
    expect(adapter.sent).toHaveLength(2);
    expect(await states()).toEqual(["due", "due", "sent", "sent"]);
    await chat.until("2026-11-22T07:59:59");
    expect(adapter.sent).toHaveLength(2);
    await chat.until("2026-11-22T08:05:00");
    expect(adapter.sent).toHaveLength(4);
  });

  it("is kept over a pause, and over a restart in the pause", async () => {
    await chat.until("2026-11-21T10:00:01");
    adapter.throttle = true;
    await say(3);
    await logIn(RULES);
    await chat.passes(29 * MINUTE);
    expect(adapter.sent).toEqual([]);
    await chat.passes(3 * MINUTE);
    expect(adapter.sent).toHaveLength(3);
    expect(pauses).toBe(1);
  });

  it("is kept while sending is off, until it is switched on or out of date", async () => {
    await chat.until("2026-11-22T10:00:00");
    await logIn({ ...RULES, sending: false });
    await say(1);
    await say(1, { expiresAt: adapter.now() + HOUR });
    await chat.passes(5 * HOUR);
    expect(adapter.sent).toEqual([]);
    expect(await states()).toEqual(["due", "due"]);
    await logIn(RULES);
    await chat.passes(2 * HOUR);
    expect(adapter.sent).toHaveLength(1);
    expect(await states()).toEqual(["dropped", "sent"]);
  });
});
