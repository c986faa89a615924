import type { Session } from "./session.js";

export type QueueName = "inbox" | "outbox" | "firing" | "opinion";

/** A lane that this worker holds until the lease ends. */
export interface LeasedLane {
  readonly id: string;
  readonly key: string;
  /** Arrivals seen when the lease was taken: more at the end means more to do. */
  readonly version: number;
  readonly token: string;
}

export interface ClaimRequest {
  readonly queue: QueueName;
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
  /** Unique for this claim: the fence that a worker who lost its lease cannot pass. */
  readonly token: string;
}

/** Condition: nothing of this conversation (one `?`) is due or parked in the table of a queue. */
function nothingWaits(table: string): string {
  return `NOT EXISTS (SELECT 1 FROM "${table}" WHERE "lane" = ? AND "state" IN ('due', 'parked'))`;
}

/** Turns of conversations in the queues. One row per queue and conversation. */
export class LaneStore {
  readonly #session: Session;
  readonly #woken = new Set<QueueName>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Queues of which a lane was woken. */
  get woken(): ReadonlySet<QueueName> {
    return this.#woken;
  }

  /** Wakes lanes: something arrived in each of them that is due at `dueAt`. */
  async wake(queue: QueueName, keys: Iterable<string>, dueAt: number): Promise<void> {
    const rows = [...new Set(keys)].map((key) => [`${queue}:${key}`, key]);
    if (rows.length === 0) return;
    this.#woken.add(queue);
    const sqlite = this.#session.dialect === "sqlite";
    const source = sqlite
      ? `SELECT json_extract(value, '$[0]'), ?, json_extract(value, '$[1]'), ?, NULL, NULL, 1 FROM json_each(?) WHERE true`
      : `SELECT value ->> 0, ?::varchar, value ->> 1, ?::bigint, NULL, NULL, 1 FROM json_array_elements(?::json) ORDER BY 1`;
    const earlier = sqlite ? "min" : "least";
    await this.#session.rows(
      `INSERT INTO "lane" ("id", "queue", "key", "dueAt", "leaseUntil", "leaseToken", "version") ${source}
       ON CONFLICT ("id") DO UPDATE SET "version" = "lane"."version" + 1,
         "dueAt" = ${earlier}(coalesce("lane"."dueAt", excluded."dueAt"), excluded."dueAt")`,
      [queue, dueAt, JSON.stringify(rows)],
    );
  }

  /** Takes up to `limit` lanes that are due and free, oldest first. */
  async claim(request: ClaimRequest): Promise<LeasedLane[]> {
    const skip = this.#session.dialect === "postgres" ? " FOR UPDATE SKIP LOCKED" : "";
    const rows = await this.#session.rows<{ id: string; key: string; version: number }>(
      `UPDATE "lane" SET "leaseUntil" = ?, "leaseToken" = ?
       WHERE "id" IN (SELECT "id" FROM "lane" WHERE "queue" = ? AND "dueAt" <= ?
           AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?)
         ORDER BY "dueAt", "id" LIMIT ?${skip})
       RETURNING "id", "key", "version"`,
      [
        request.now + request.leaseMs,
        request.token,
        request.queue,
        request.now,
        request.now,
        request.limit,
      ],
    );
    return rows.map((row) => ({ ...row, version: Number(row.version), token: request.token }));
  }

  /** Takes one lane by its key, whenever it is due; empty when somebody else holds it. */
  async claimKey(
    request: Omit<ClaimRequest, "limit"> & { readonly key: string },
  ): Promise<LeasedLane[]> {
    const rows = await this.#session.rows<{ id: string; key: string; version: number }>(
      `UPDATE "lane" SET "leaseUntil" = ?, "leaseToken" = ?
       WHERE "id" = ? AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?) RETURNING "id", "key", "version"`,
      [
        request.now + request.leaseMs,
        request.token,
        `${request.queue}:${request.key}`,
        request.now,
      ],
    );
    return rows.map((row) => ({ ...row, version: Number(row.version), token: request.token }));
  }

  /**
   * Gives lanes back and lets them rest until `dueAt`, whatever arrives meanwhile (back-off, pacing):
   * a lease that nobody holds, so that waking the lane cannot cut the rest short.
   */
  async hold(lanes: readonly LeasedLane[], dueAt: number): Promise<number> {
    const [first] = lanes;
    if (first === undefined) return 0;
    const ids = this.#session.list(
      `"id"`,
      lanes.map((lane) => lane.id),
    );
    return this.#session.change(
      `UPDATE "lane" SET "dueAt" = ?, "leaseUntil" = ?, "leaseToken" = NULL
       WHERE "leaseToken" = ? AND ${ids.sql}`,
      [dueAt, dueAt, first.token, ...ids.values],
    );
  }

  /**
   * Gives lanes back. `dueAt` is when each has work again; null lets it sleep unless something
   * arrived meanwhile. Returns how many were still ours.
   */
  async release(lanes: readonly LeasedLane[], dueAt: number | null, now: number): Promise<number> {
    const [first] = lanes;
    if (first === undefined) return 0;
    const sqlite = this.#session.dialect === "sqlite";
    const claimed = sqlite
      ? `SELECT json_extract(value, '$[0]') AS "id", json_extract(value, '$[1]') AS "version" FROM json_each(?)`
      : `SELECT value ->> 0 AS "id", (value ->> 1)::integer AS "version" FROM json_array_elements(?::json)`;
    const cast = sqlite ? "" : "::bigint";
    return this.#session.change(
      `UPDATE "lane" SET "leaseUntil" = NULL, "leaseToken" = NULL,
         "dueAt" = CASE WHEN "lane"."version" = "claimed"."version" THEN ?${cast} ELSE ?${cast} END
       FROM (${claimed}) AS "claimed"
       WHERE "lane"."id" = "claimed"."id" AND "lane"."leaseToken" = ?`,
      [
        dueAt,
        dueAt === null ? now : Math.min(dueAt, now),
        JSON.stringify(lanes.map((lane) => [lane.id, lane.version])),
        first.token,
      ],
    );
  }

  /** Frees every lane: only for a process that knows itself alone with the store. */
  async freeAll(): Promise<void> {
    await this.#session.rows(
      `UPDATE "lane" SET "leaseUntil" = NULL, "leaseToken" = NULL WHERE "leaseToken" IS NOT NULL`,
    );
  }

  /**
   * Drops the turns of a conversation in which nothing waits, parks or is in hand; returns whether none
   * of them is left. The next arrival makes it anew.
   */
  async forget(key: string, now: number): Promise<boolean> {
    await this.#session.rows(
      `DELETE FROM "lane" WHERE "key" = ? AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?)
       AND ${nothingWaits("inbox_event")} AND ${nothingWaits("outbox_message")}`,
      [key, now, key, key],
    );
    const left = await this.#session.rows(`SELECT 1 AS "left" FROM "lane" WHERE "key" = ?`, [key]);
    return left.length === 0;
  }

  /** Earliest time at which a lane of the queue can be taken, or null. */
  async nextDue(queue: QueueName): Promise<number | null> {
    const [row] = await this.#session.rows<{ due: number | string | null }>(
      `SELECT min(CASE WHEN "leaseUntil" > "dueAt" THEN "leaseUntil" ELSE "dueAt" END) AS "due"
       FROM "lane" WHERE "queue" = ? AND "dueAt" IS NOT NULL`,
      [queue],
    );
    return row?.due === null || row?.due === undefined ? null : Number(row.due);
  }
}
