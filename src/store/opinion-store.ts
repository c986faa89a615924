import type { Schedule } from "#entities/index.js";
import type { LaneStore } from "./lane-store.js";
import { scheduleId } from "./schedule-store.js";
import type { Session } from "./session.js";
import type { Table } from "./table.js";

/** One turn for all questions: they are asked one after another, also by several processes. */
const LANE = "second-opinion";
const SERIES = "opinion:";

/** A judged message that is to be asked about. It holds no words: those are read when it is asked. */
export interface OpinionOrder {
  /** Id of the message's row. */
  readonly messageId: string;
  /** Key of the message, as cases keep it. */
  readonly messageKey: string;
  readonly groupId: string;
  /** When it was said, epoch ms. */
  readonly at: number;
}

/** A question that waits. */
export interface WaitingOpinion extends OpinionOrder {
  readonly id: string;
}

/**
 * Questions that wait for the second opinion, and how many were asked on a day. A question is a
 * schedule that is switched off, so that the scheduler never fires it: the worker of the second
 * opinion takes it, outside every transaction that judges.
 */
export class OpinionStore {
  readonly #session: Session;
  readonly #rows: Table<Schedule>;
  readonly #lanes: LaneStore;

  constructor(session: Session, rows: Table<Schedule>, lanes: LaneStore) {
    this.#session = session;
    this.#rows = rows;
    this.#lanes = lanes;
  }

  /** Keeps a question; a message that was edited is asked about once, with its newest words. */
  async order({ messageId, messageKey, groupId, at }: OpinionOrder): Promise<void> {
    const row: Schedule = {
      id: scheduleId("case.opinion", messageId),
      kind: "case.opinion",
      ownerId: messageId,
      groupId,
      pattern: null,
      timeZone: "UTC",
      nextAt: at,
      graceMs: 0,
      enabled: false,
      payload: { key: messageKey },
    };
    await this.#rows.insertNew([row], "id");
    await this.#lanes.wake("opinion", [LANE], at);
  }

  /** The oldest questions that wait. */
  async waiting(limit: number): Promise<readonly WaitingOpinion[]> {
    const rows = await this.#rows.find(
      { kind: "case.opinion" },
      { order: { nextAt: "asc", id: "asc" }, limit },
    );
    return rows.map(({ id, ownerId, groupId, nextAt, payload }) => ({
      id,
      messageId: ownerId,
      messageKey: String(payload["key"]),
      groupId: groupId ?? "",
      at: nextAt ?? 0,
    }));
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#rows.remove({ id: ids, kind: "case.opinion" });
  }

  /** How many requests were made on a day ("2026-11-22"). */
  async spent(day: string): Promise<number> {
    const [row] = await this.#session.rows<{ value: number | string }>(
      `SELECT "value" FROM "counter" WHERE "id" = ?`,
      [SERIES + day],
    );
    return Number(row?.value ?? 0);
  }

  /** Counts one more request of a day; false, and nothing counted, when the day's budget is used up. */
  async spend(day: string, budget: number): Promise<boolean> {
    const rows = await this.#session.rows(
      `INSERT INTO "counter" ("id", "value") VALUES (?, 1)
       ON CONFLICT ("id") DO UPDATE SET "value" = "counter"."value" + 1
       WHERE "counter"."value" < ? RETURNING "value"`,
      [SERIES + day, budget],
    );
    if (rows.length === 0) return false;
    // The days before are of no use any more.
    await this.#session.change(`DELETE FROM "counter" WHERE "id" LIKE ? AND "id" <> ?`, [
      `${SERIES}%`,
      SERIES + day,
    ]);
    return true;
  }
}
