import { InboxEvent } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { LaneStore } from "./lane-store.js";
import type { Session } from "./session.js";

/** An event on its way into the store. */
export interface Arrival {
  readonly eventKey: string;
  readonly fenceKey: string | null;
  readonly lane: string;
  readonly kind: string;
  readonly payload: string;
  readonly receivedAt: number;
}

/** An event that waits to be handled. */
export interface WaitingEvent {
  readonly seq: number;
  readonly eventKey: string;
  readonly lane: string;
  readonly payload: string;
  readonly receivedAt: number;
  readonly attempts: number;
}

/** The transactional inbox: each platform event once. */
export class InboxStore {
  readonly #session: Session;
  readonly #lanes: LaneStore;

  constructor(session: Session, lanes: LaneStore) {
    this.#session = session;
    this.#lanes = lanes;
  }

  /** Stores events whose keys are new, in order; returns the keys that were. */
  async add(arrivals: readonly Arrival[], now: number): Promise<ReadonlySet<string>> {
    const rows = arrivals.map(
      ({ eventKey, fenceKey, lane, kind, payload, receivedAt }): InboxEvent => ({
        seq: 0,
        eventKey,
        fenceKey,
        lane,
        kind,
        payload,
        receivedAt,
        state: "due",
        attempts: 0,
        reason: null,
      }),
    );
    const written = new Set(
      await this.#session.insert(this.#session.shape(InboxEvent), rows, {
        onConflict: { kind: "ignore" },
        returning: "eventKey",
      }),
    );
    await this.#lanes.wake(
      "inbox",
      arrivals.filter((one) => written.has(one.eventKey)).map((one) => one.lane),
      now,
    );
    return written;
  }

  /**
   * Marks a message as heard whose post did not come by itself; a post that waits to be handled is done
   * with that. False when it was heard before.
   */
  async markHeard(
    { fenceKey, lane, kind }: Pick<Arrival, "lane" | "kind"> & { readonly fenceKey: string },
    now: number,
  ): Promise<boolean> {
    const row: InboxEvent = {
      seq: 0,
      eventKey: `heard:${stableId(fenceKey)}`,
      fenceKey,
      lane,
      kind,
      payload: null,
      receivedAt: now,
      state: "done",
      attempts: 0,
      reason: null,
    };
    const written = await this.#session.insert(this.#session.shape(InboxEvent), [row], {
      onConflict: { kind: "ignore" },
      returning: "eventKey",
    });
    if (written.length > 0) return true;
    const overtaken = await this.#session.rows(
      `UPDATE "inbox_event" SET "state" = 'done', "payload" = NULL
       WHERE "fenceKey" = ? AND "state" = 'due' RETURNING "seq"`,
      [fenceKey],
    );
    return overtaken.length > 0;
  }

  /** The oldest waiting events of these lanes, in order of arrival. */
  async waiting(lanes: readonly string[], limit: number): Promise<WaitingEvent[]> {
    if (lanes.length === 0) return [];
    const among = this.#session.list(`"lane"`, lanes);
    return this.#session.rows<WaitingEvent>(
      `SELECT "seq", "eventKey", "lane", "payload", "receivedAt", "attempts" FROM "inbox_event"
       WHERE ${among.sql} AND "state" = 'due' ORDER BY "seq" LIMIT ?`,
      [...among.values, limit],
    );
  }

  /** Marks events as handled and drops their content. */
  async complete(seqs: readonly number[]): Promise<void> {
    if (seqs.length === 0) return;
    const list =
      this.#session.dialect === "sqlite"
        ? `(SELECT value FROM json_each(?))`
        : `(SELECT value::text::integer FROM json_array_elements(?::json))`;
    await this.#session.rows(
      `UPDATE "inbox_event" SET "state" = 'done', "payload" = NULL WHERE "seq" IN ${list}`,
      [JSON.stringify(seqs)],
    );
  }

  /**
   * Notes a failed try of an event that still waits; `park` takes it out of its lane until a person
   * looks at it. An event that somebody else has handled meanwhile stays handled.
   */
  async fail(seq: number, attempts: number, reason: string, park: boolean): Promise<void> {
    await this.#session.rows(
      `UPDATE "inbox_event" SET "attempts" = ?, "reason" = ?, "state" = ? WHERE "seq" = ? AND "state" = 'due'`,
      [attempts, reason, park ? "parked" : "due", seq],
    );
  }

  /** Puts parked events back; returns how many. */
  async retryParked(now: number): Promise<number> {
    const rows = await this.#session.rows<{ lane: string }>(
      `UPDATE "inbox_event" SET "state" = 'due', "attempts" = 0 WHERE "state" = 'parked' RETURNING "lane"`,
    );
    await this.#lanes.wake(
      "inbox",
      rows.map((row) => row.lane),
      now,
    );
    return rows.length;
  }

  /** Forgets "seen" marks older than `before`; redelivery windows of platforms are hours, not months. */
  async sweep(before: number): Promise<void> {
    await this.#session.rows(
      `DELETE FROM "inbox_event" WHERE "state" = 'done' AND "receivedAt" < ?`,
      [before],
    );
  }
}
