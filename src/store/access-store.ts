import { ConsoleSession, OwnerCredential, SignInLink } from "#entities/index.js";
import type { Session } from "./session.js";
import { Table } from "./table.js";

/** Rows of signing in: passwords, sessions and links, all as hashes. */
export class AccessStore {
  readonly credentials: Table<OwnerCredential>;
  readonly sessions: Table<ConsoleSession>;
  readonly links: Table<SignInLink>;

  constructor(session: Session) {
    this.credentials = new Table(session, OwnerCredential);
    this.sessions = new Table(session, ConsoleSession);
    this.links = new Table(session, SignInLink);
  }

  /** Ends sessions; the ids of those that were there. */
  async endSessions(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const rows = await this.sessions.find({ id: ids });
    await this.sessions.remove({ id: ids });
    return rows.map((row) => row.id);
  }
}
