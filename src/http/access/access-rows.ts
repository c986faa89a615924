/** What a signed-in person is. More roles come with the team; each route names who may call it. */
export type AccessRole = "owner";

/** One signed-in browser as it is kept: the secret of its cookie only as a hash. */
export interface SessionRow {
  readonly id: string;
  /** SHA-256 of the cookie's secret, hex. */
  readonly hash: string;
  readonly role: AccessRole;
  /** Browser and system in short, such as "Chrome · macOS". */
  readonly agent: string;
  /** Signed in by a one-time link, which may set a password without knowing the old one. */
  readonly byLink: boolean;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** What became of a one-time link that somebody presented. */
export type LinkOutcome = "taken" | "used" | "expired" | "unknown";

/** Where sign-in keeps what it knows. Each call is whole or did nothing. */
export interface AccessRows {
  /** The owner's password as a hash that names its own method, or null. */
  password(): Promise<string | null>;
  /** Sets the password and ends every session but `keep`; the ids of those that ended. */
  setPassword(
    hash: string,
    change: { readonly at: number; readonly keep: string | null },
  ): Promise<readonly string[]>;
  session(hash: string): Promise<SessionRow | null>;
  sessions(): Promise<readonly SessionRow[]>;
  /** Keeps a new session; the one that it replaces is gone in the same moment. */
  begin(row: SessionRow, replaces: string | null): Promise<void>;
  touch(id: string, at: number): Promise<void>;
  /** Ends sessions; the ids of those that were there. */
  end(ids: readonly string[], at: number): Promise<readonly string[]>;
  /** Uses up a link that another process of the product issued (`huiyin owner link`). */
  takeLink(hash: string, at: number): Promise<LinkOutcome>;
}
