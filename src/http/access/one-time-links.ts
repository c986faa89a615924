import { MINUTE } from "#src/shared/clock.js";
import type { LinkOutcome } from "./access-rows.js";
import { newToken, sameHash, tokenHash } from "./token.js";

/** How long a one-time link works (ASVS 6.5.5). */
export const LINK_MS = 10 * MINUTE;
/** Used and expired links are remembered this long, to say why they do not work. */
const REMEMBERED_MS = 60 * MINUTE;
const MOST_LINKS = 100;

interface Link {
  readonly hash: string;
  readonly expiresAt: number;
  used: boolean;
}

/** One-time links of this process. Only their hashes are kept. */
export class OneTimeLinks {
  readonly #now: () => number;
  #links: Link[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new token, good once and for ten minutes. */
  issue(): string {
    const token = newToken();
    const now = this.#now();
    this.#links = this.#links
      .filter((link) => link.expiresAt + REMEMBERED_MS > now)
      .slice(1 - MOST_LINKS);
    this.#links.push({ hash: tokenHash(token), expiresAt: now + LINK_MS, used: false });
    return token;
  }

  /** Uses the token up. */
  take(token: string): LinkOutcome {
    const wanted = tokenHash(token);
    // All are compared, so that the time does not tell which one it was.
    const [link] = this.#links.filter((one) => sameHash(one.hash, wanted));
    if (link === undefined) return "unknown";
    if (link.used) return "used";
    if (link.expiresAt <= this.#now()) return "expired";
    link.used = true;
    return "taken";
  }
}

/** Where a page finds the token: behind `#`, so that no server and no proxy ever sees it in a log. */
export function linkPath(token: string): string {
  return `/#/in?t=${token}`;
}
