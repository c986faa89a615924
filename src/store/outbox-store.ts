import { OutboxMessage } from "#entities/index.js";
import type { QuietHours } from "#entities/types.js";
import type { MessageKind } from "#entities/vocabulary.js";
import {
  type ConversationRef,
  conversationKey,
  type MemberRef,
} from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { LaneStore } from "./lane-store.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Something a feature wants said. */
export interface Saying {
  /** Says the same thing once, however often it is decided. */
  readonly key: string;
  readonly kind: MessageKind;
  readonly to: ConversationRef;
  readonly message: OutboundMessage;
  readonly at: number;
  readonly groupId?: string | null;
  /** Only this member may see it: private in the group, else directly, else nothing personal is said. */
  readonly onlyFor?: MemberRef;
  readonly replyHandle?: string;
  /** Hold it back in these hours; absent means it is exempt. */
  readonly quiet?: QuietHours & { readonly timeZone: string };
  readonly notBefore?: number;
  readonly expiresAt?: number;
}

/** A change of something that was said. */
export interface Editing {
  readonly key: string;
  readonly editsKey: string;
  readonly message: OutboundMessage;
  readonly at: number;
}

function memberKey(member: MemberRef): string {
  return JSON.stringify([member.platform, member.memberId]);
}

/** The transactional outbox: everything that is said leaves by it. */
export class OutboxStore {
  readonly rows: Table<OutboxMessage>;
  readonly #session: Session;
  readonly #lanes: LaneStore;

  constructor(session: Session, lanes: LaneStore) {
    this.#session = session;
    this.#lanes = lanes;
    this.rows = new Table(session, OutboxMessage);
  }

  /** Orders something to be said, in the transaction that decided it. Returns false when it was ordered before. */
  async say(saying: Saying): Promise<boolean> {
    const lane = conversationKey(saying.to);
    const row: OutboxMessage = {
      seq: 0,
      key: saying.key,
      platform: saying.to.platform,
      lane,
      kind: saying.kind,
      act: "send",
      editsKey: null,
      message: JSON.stringify(saying.message),
      groupId: saying.groupId ?? null,
      onlyFor: saying.onlyFor === undefined ? null : memberKey(saying.onlyFor),
      replyHandle: saying.replyHandle ?? null,
      quiet: saying.quiet ?? null,
      state: "due",
      attempts: 0,
      maybeSent: false,
      createdAt: saying.at,
      notBefore: saying.notBefore ?? saying.at,
      expiresAt: saying.expiresAt ?? null,
      sentAt: null,
      messageId: null,
      sentTo: null,
      reason: null,
    };
    return this.#add(row);
  }

  /**
   * Orders a change of an earlier message; where the platform cannot edit, nothing happens. A change
   * that nobody has begun to make is overtaken by the next: each says the message as a whole.
   */
  async edit(editing: Editing): Promise<boolean> {
    const original = await this.rows.first({ key: editing.editsKey });
    if (original === null || (await this.rows.first({ key: editing.key })) !== null) return false;
    const { lane } = original;
    await this.rows.update(
      { lane, state: "due", act: "edit", editsKey: editing.editsKey, maybeSent: false },
      { state: "dropped", reason: "overtaken", message: null, replyHandle: null },
    );
    return this.#add({
      ...original,
      seq: 0,
      key: editing.key,
      act: "edit",
      editsKey: editing.editsKey,
      message: JSON.stringify(editing.message),
      state: "due",
      attempts: 0,
      maybeSent: false,
      quiet: null,
      createdAt: editing.at,
      notBefore: editing.at,
      expiresAt: null,
      sentAt: null,
      messageId: null,
      sentTo: null,
      reason: null,
    });
  }

  async #add(row: OutboxMessage): Promise<boolean> {
    const written = await this.#session.insert(this.#session.shape(OutboxMessage), [row], {
      onConflict: { kind: "ignore" },
      returning: "key",
    });
    if (written.length === 0) return false;
    await this.#lanes.wake("outbox", [row.lane], row.notBefore);
    return true;
  }

  /**
   * The row of a lane that is next: the oldest that is due. A row in back-off holds the lane, so that
   * order is kept; one that quiet hours put off does not. Also tells when the lane has work again.
   */
  async next(
    lane: string,
    now: number,
  ): Promise<{ readonly row: OutboxMessage | null; readonly dueAt: number | null }> {
    const [head] = await this.rows.find(
      { lane, state: "due" },
      { order: { seq: "asc" }, limit: 1 },
    );
    if (head === undefined) return { row: null, dueAt: null };
    if (head.notBefore <= now) return { row: head, dueAt: now };
    if (head.attempts > 0) return { row: null, dueAt: head.notBefore };
    const due = { lane, state: "due" } as const;
    const bySeq = { order: { seq: "asc" } } as const;
    const ready = await this.rows.first({ ...due, notBefore: { atMost: now } }, bySeq);
    const failing = await this.rows.first(
      { ...due, notBefore: { above: now }, attempts: { above: 0 } },
      bySeq,
    );
    if (ready !== null && (failing === null || ready.seq < failing.seq))
      return { row: ready, dueAt: now };
    const reach = failing === null ? {} : { seq: { atMost: failing.seq } };
    const soonest = await this.rows.first({ ...due, ...reach }, { order: { notBefore: "asc" } });
    return { row: null, dueAt: soonest?.notBefore ?? null };
  }

  /** How many messages a platform took since an instant, and when the oldest of them was sent. */
  async sentSince(
    platform: string,
    since: number,
  ): Promise<{ readonly count: number; readonly oldest: number | null }> {
    const [row] = await this.#session.rows<{
      count: number | string;
      oldest: number | string | null;
    }>(
      `SELECT count(*) AS "count", min("sentAt") AS "oldest" FROM "outbox_message" WHERE "platform" = ? AND "sentAt" > ?`,
      [platform, since],
    );
    return {
      count: Number(row?.count ?? 0),
      oldest: row?.oldest === null || row?.oldest === undefined ? null : Number(row.oldest),
    };
  }

  /**
   * Releases one parked message on a person's word: it is tried again as if never begun, also one that
   * may have been said, or it is let go. False when it is not parked any more.
   */
  async release(
    row: Pick<OutboxMessage, "seq" | "lane">,
    { act, at }: { readonly act: "retry" | "drop"; readonly at: number },
  ): Promise<boolean> {
    const patch: Partial<OutboxMessage> =
      act === "retry"
        ? { state: "due", attempts: 0, maybeSent: false, notBefore: at, reason: null }
        : {
            state: "dropped",
            maybeSent: false,
            reason: "by-staff",
            message: null,
            replyHandle: null,
          };
    const changed = await this.rows.update({ seq: row.seq, state: "parked" }, patch);
    if (changed === 1 && act === "retry") await this.#lanes.wake("outbox", [row.lane], at);
    return changed === 1;
  }

  /**
   * Puts parked messages back; returns how many. Those that may have been said already stay parked:
   * putting everything back after an outage must not repeat a digest.
   */
  async retryParked(now: number): Promise<number> {
    const rows = await this.#session.rows<{ lane: string }>(
      `UPDATE "outbox_message" SET "state" = 'due', "attempts" = 0, "notBefore" = ?
       WHERE "state" = 'parked' AND coalesce("reason", '') <> 'maybe-sent' RETURNING "lane"`,
      [now],
    );
    await this.#lanes.wake(
      "outbox",
      rows.map((row) => row.lane),
      now,
    );
    return rows.length;
  }
}
