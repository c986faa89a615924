import { Response } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Id of one member's answer to one question of one run. */
export function responseId(runId: string, questionId: string, memberId: string): string {
  return stableId("response", runId, questionId, memberId);
}

const REPLACED = [
  "value",
  "numeric",
  "comment",
  "answeredAt",
  "via",
  "messageKey",
  "earlier",
] as const;

/** Answers to surveys: read by key, changed in memory, written in bulk when the transaction flushes. */
export class ResponseStore {
  readonly rows: Table<Response>;
  readonly #known = new Map<string, Response | null>();
  readonly #changed = new Map<string, Response>();

  constructor(session: Session) {
    this.rows = new Table(session, Response);
  }

  /** Loads the answers of these members to these runs with one statement. */
  async prefetch(runIds: readonly string[], memberIds: readonly string[]): Promise<void> {
    if (runIds.length === 0 || memberIds.length === 0) return;
    const found = await this.rows.find({ runId: runIds, memberId: memberIds });
    for (const row of found) this.#known.set(row.id, row);
    this.#prefetched.push({ runIds: new Set(runIds), memberIds: new Set(memberIds) });
  }

  readonly #prefetched: {
    readonly runIds: ReadonlySet<string>;
    readonly memberIds: ReadonlySet<string>;
  }[] = [];

  async get(runId: string, questionId: string, memberId: string): Promise<Response | null> {
    const id = responseId(runId, questionId, memberId);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (this.#prefetched.some((set) => set.runIds.has(runId) && set.memberIds.has(memberId)))
      return null;
    const found = await this.rows.first({ id });
    this.#known.set(id, found);
    return found;
  }

  /** Keeps an answer, new or changed. */
  put(row: Response): void {
    this.#known.set(row.id, row);
    this.#changed.set(row.id, row);
  }

  /** Takes an answer away altogether (its only message was recalled). */
  async remove(row: Response): Promise<void> {
    this.#known.set(row.id, null);
    this.#changed.delete(row.id);
    await this.rows.remove({ id: row.id });
  }

  async flush(): Promise<void> {
    const rows = [...this.#changed.values()];
    this.#changed.clear();
    await this.rows.upsert(rows, { key: ["runId", "questionId", "memberId"], columns: REPLACED });
  }
}
