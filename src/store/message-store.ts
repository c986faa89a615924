import { Message } from "#entities/index.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** How many earlier lines of a group a verdict may look at. */
export const CONTEXT_LINES = 20;

/** Judged messages: written in bulk at the end of a transaction, with the recent ones at hand. */
export class MessageStore {
  readonly rows: Table<Message>;
  readonly #session: Session;
  readonly #recent = new Map<string, Message[]>();
  #waiting: Message[] = [];

  constructor(session: Session) {
    this.#session = session;
    this.rows = new Table(session, Message);
  }

  /** Keeps a message; it is written with the others when the transaction flushes. */
  add(message: Message): void {
    this.#waiting.push(message);
    const recent = this.#recent.get(message.groupId);
    if (recent === undefined) return;
    recent.push(message);
    // The same order as the query's, so that a batch that was cut elsewhere sees the same context.
    recent.sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
    if (recent.length > CONTEXT_LINES) recent.shift();
  }

  /** The last lines of a group whose text is still there, oldest first. */
  async recent(groupId: string, since: number): Promise<readonly Message[]> {
    let recent = this.#recent.get(groupId);
    if (recent === undefined) {
      const rows = await this.#session.rows<Omit<Message, "aspects"> & { aspects: string }>(
        `SELECT * FROM "message" WHERE "groupId" = ? AND "sentAt" >= ?
         ORDER BY "sentAt" DESC, "id" DESC LIMIT ?`,
        [groupId, since, CONTEXT_LINES],
      );
      recent = rows
        .filter((row) => row.text !== null)
        .toReversed()
        .map((row) => ({
          ...row,
          complaint: Boolean(row.complaint),
          sentAt: Number(row.sentAt),
          aspects: JSON.parse(row.aspects) as Message["aspects"],
        }));
      this.#recent.set(groupId, recent);
    }
    return recent.filter((row) => row.sentAt >= since);
  }

  /** Drops texts of ordinary messages that are older than `before`; returns how many. */
  async sweepTexts(before: number): Promise<number> {
    const rows = await this.#session.rows(
      `UPDATE "message" SET "text" = NULL WHERE "text" IS NOT NULL AND "sentAt" < ? RETURNING "id"`,
      [before],
    );
    return rows.length;
  }

  async flush(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    if (rows.length > 0)
      await this.#session.bulk(Message, rows, { onConflict: { kind: "ignore" } });
  }
}
