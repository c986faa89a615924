import { Erasure } from "#entities/index.js";
import { type AuditKey, hmac } from "./audit-chain.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Who was erased, known again and never read: rows hold keyed hashes. Without a key nothing is kept. */
export class ErasureStore {
  readonly #rows: Table<Erasure>;
  readonly #key: AuditKey | undefined;

  constructor(session: Session, key: AuditKey | undefined) {
    this.#rows = new Table(session, Erasure);
    this.#key = key;
  }

  /** Remembers that a member was erased. */
  async note(memberId: string, at: number): Promise<void> {
    const id = this.#idOf(memberId);
    if (id !== null) await this.add([{ id, at }]);
  }

  /** Takes over what another copy of the data remembers. */
  async add(rows: readonly Erasure[]): Promise<void> {
    await this.#rows.upsert(rows, { key: ["id"], columns: ["at"] });
  }

  async all(): Promise<readonly Erasure[]> {
    return this.#rows.find({}, { order: { id: "asc" } });
  }

  /** When this member was erased last, epoch ms; null when they were not. */
  async erasedAt(memberId: string): Promise<number | null> {
    const id = this.#idOf(memberId);
    return id === null ? null : ((await this.#rows.first({ id }))?.at ?? null);
  }

  #idOf(memberId: string): string | null {
    return this.#key === undefined ? null : hmac(this.#key, "erased", [memberId]);
  }
}
