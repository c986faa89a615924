import { randomUUID } from "node:crypto";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { HttpProblem } from "../problem.js";
import type { AccessRows, LinkOutcome, SessionRow } from "./access-rows.js";
import { AttemptLimit } from "./attempt-limit.js";
import { linkPath, OneTimeLinks } from "./one-time-links.js";
import { createPasswordHasher, type PasswordHasher } from "./password-hash.js";
import { newToken, tokenHash } from "./token.js";

/** A session ends after so long without a request … */
export const IDLE_MS = 12 * HOUR;
/** … and in any case after so long. */
export const LONGEST_SESSION_MS = 30 * DAY;
/** When somebody was there is written down no more often than this. */
const TOUCH_MS = MINUTE;
/** A session that began by a one-time link so recently may set a password without the old one. */
const FRESH_MS = 15 * MINUTE;
/** Failed attempts in a minute: of one address, and of all together. */
const MOST_PER_ADDRESS = 5;
const MOST_IN_ALL = 60;

export interface AccessParts {
  readonly rows: AccessRows;
  /** Epoch ms. */
  readonly now: () => number;
  readonly hasher?: PasswordHasher;
}

/** Who knocks: where from, with which browser, and the session that the browser had until now. */
export interface Visitor {
  readonly address: string;
  readonly agent: string;
  readonly session: SessionRow | null;
}

/** A session that just began; the token goes into the cookie and is kept nowhere. */
export interface Entry {
  readonly token: string;
  readonly session: SessionRow;
}

/** When a session ends if nobody comes any more, epoch ms. */
export function sessionEnd(row: Pick<SessionRow, "createdAt" | "lastSeenAt">): number {
  return Math.min(row.lastSeenAt + IDLE_MS, row.createdAt + LONGEST_SESSION_MS);
}

/** Signing in, sessions and the owner's password. Refusals are {@link HttpProblem}s. */
export class Access {
  readonly #rows: AccessRows;
  readonly #now: () => number;
  readonly #hasher: PasswordHasher;
  readonly #links: OneTimeLinks;
  readonly #perAddress: AttemptLimit;
  readonly #inAll: AttemptLimit;
  readonly #listeners = new Set<(ended: readonly string[]) => void>();

  constructor(parts: AccessParts) {
    this.#rows = parts.rows;
    this.#now = parts.now;
    this.#hasher = parts.hasher ?? createPasswordHasher();
    this.#links = new OneTimeLinks(parts.now);
    this.#perAddress = new AttemptLimit(parts.now, MOST_PER_ADDRESS);
    this.#inAll = new AttemptLimit(parts.now, MOST_IN_ALL);
  }

  /** Path and fragment of a link that signs its first visitor in, once, for ten minutes. */
  issueOneTimeLink(): string {
    return linkPath(this.#links.issue());
  }

  async hasPassword(): Promise<boolean> {
    return (await this.#rows.password()) !== null;
  }

  /** Signs in by the token of a one-time link. */
  async claim(token: string, visitor: Visitor): Promise<Entry> {
    return this.#attempt(visitor, async () => {
      const own = this.#links.take(token);
      const outcome =
        own === "unknown" ? await this.#rows.takeLink(tokenHash(token), this.#now()) : own;
      if (outcome !== "taken") throw new HttpProblem(LINK_PROBLEMS[outcome]);
      return this.#begin(visitor, true);
    });
  }

  /** Signs in by the owner's password. */
  async signIn(password: string, visitor: Visitor): Promise<Entry> {
    return this.#attempt(visitor, async () => {
      const hash = await this.#rows.password();
      if (hash === null || !(await this.#hasher.verify(hash, password)))
        throw new HttpProblem("wrong-password", { field: "password" });
      return this.#begin(visitor, false);
    });
  }

  /** The session of a cookie's secret while it lasts; notes that somebody was there. */
  async resolve(token: string): Promise<SessionRow | null> {
    const row = await this.#rows.session(tokenHash(token));
    const now = this.#now();
    if (row === null || now >= sessionEnd(row)) return null;
    if (now - row.lastSeenAt < TOUCH_MS) return row;
    await this.#rows.touch(row.id, now);
    return { ...row, lastSeenAt: now };
  }

  /** The sessions that last, the latest seen first. */
  async sessions(): Promise<readonly SessionRow[]> {
    const now = this.#now();
    const rows = await this.#rows.sessions();
    return rows
      .filter((row) => now < sessionEnd(row))
      .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1));
  }

  /** Of these sessions, those that last no more: signed out elsewhere, or nobody came for too long. */
  async endedOf(ids: readonly string[]): Promise<readonly string[]> {
    const lasting = new Set((await this.sessions()).map((row) => row.id));
    return ids.filter((id) => !lasting.has(id));
  }

  /** Ends a session; false when there is none with this id. */
  async end(id: string): Promise<boolean> {
    const ended = await this.#rows.end([id], this.#now());
    this.#tell(ended);
    return ended.length > 0;
  }

  /** Ends all sessions but this one; how many there were. */
  async endOthers(keep: SessionRow): Promise<number> {
    const rows = await this.#rows.sessions();
    const others = rows.map((row) => row.id).filter((id) => id !== keep.id);
    const ended = await this.#rows.end(others, this.#now());
    this.#tell(ended);
    return ended.length;
  }

  /**
   * Sets the owner's password. The current one is needed once there is one, unless the session came
   * by a one-time link a moment ago. Every other session ends, this one gets a new secret.
   */
  async changePassword(
    session: SessionRow,
    change: { readonly current?: string | undefined; readonly next: string },
    visitor: Visitor,
  ): Promise<Entry> {
    const hash = await this.#rows.password();
    const fresh = session.byLink && this.#now() - session.createdAt <= FRESH_MS;
    if (hash !== null && !fresh) {
      await this.#attempt(visitor, async () => {
        if (!(await this.#hasher.verify(hash, change.current ?? "")))
          throw new HttpProblem("wrong-password", { field: "current" });
      });
    }
    await this.setPassword(change.next, session.id);
    return this.#begin({ ...visitor, session }, session.byLink);
  }

  /** Sets the owner's password without asking; every session but `keep` ends. */
  async setPassword(password: string, keep: string | null = null): Promise<void> {
    const hash = await this.#hasher.hash(password);
    this.#tell(await this.#rows.setPassword(hash, { at: this.#now(), keep }));
  }

  /** True when this is the owner's password. */
  async isPassword(password: string): Promise<boolean> {
    const hash = await this.#rows.password();
    return hash !== null && this.#hasher.verify(hash, password);
  }

  /** Calls back with the ids of sessions that ended. Returns how to stop. */
  onEnded(listener: (ended: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(ended: readonly string[]): void {
    if (ended.length > 0) for (const listener of this.#listeners) listener(ended);
  }

  async #attempt<Result>(visitor: Visitor, work: () => Promise<Result>): Promise<Result> {
    const wait = Math.max(
      this.#perAddress.waitSeconds(visitor.address),
      this.#inAll.waitSeconds(""),
    );
    if (wait > 0) throw new HttpProblem("too-many-attempts", { retryAfter: wait });
    this.#perAddress.count(visitor.address);
    this.#inAll.count("");
    const result = await work();
    this.#perAddress.forgive(visitor.address);
    this.#inAll.forgive("");
    return result;
  }

  async #begin(visitor: Visitor, byLink: boolean): Promise<Entry> {
    const token = newToken();
    const now = this.#now();
    const session: SessionRow = {
      id: randomUUID(),
      hash: tokenHash(token),
      role: "owner",
      agent: visitor.agent,
      byLink,
      createdAt: now,
      lastSeenAt: now,
    };
    // A new secret at each sign-in: one that was planted or seen before is worth nothing.
    await this.#rows.begin(session, visitor.session?.id ?? null);
    if (visitor.session !== null) this.#tell([visitor.session.id]);
    return { token, session };
  }
}

const LINK_PROBLEMS: Readonly<
  Record<Exclude<LinkOutcome, "taken">, "link-unknown" | "link-used" | "link-expired">
> = { unknown: "link-unknown", used: "link-used", expired: "link-expired" };
