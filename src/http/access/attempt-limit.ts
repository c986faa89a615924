import { MINUTE, SECOND } from "#src/shared/clock.js";

const WINDOW_MS = MINUTE;
const MOST_KEYS = 10_000;

/** Failed attempts per key within a minute. Bounded: many addresses push the oldest out. */
export class AttemptLimit {
  readonly #now: () => number;
  readonly #most: number;
  readonly #failures = new Map<string, number[]>();

  constructor(now: () => number, most: number) {
    this.#now = now;
    this.#most = most;
  }

  /** Seconds until the next attempt may be made; 0 for now. */
  waitSeconds(key: string): number {
    const recent = this.#recent(key);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < this.#most) return 0;
    return Math.max(1, Math.ceil((oldest + WINDOW_MS - this.#now()) / SECOND));
  }

  /** Counts an attempt before its outcome is known, so that many at once cannot slip through. */
  count(key: string): void {
    const recent = this.#recent(key);
    this.#failures.delete(key);
    this.#failures.set(key, [...recent, this.#now()]);
    const [first] = this.#failures.keys();
    if (this.#failures.size > MOST_KEYS && first !== undefined) this.#failures.delete(first);
  }

  /** A good attempt wipes what was counted for the key. */
  forgive(key: string): void {
    this.#failures.delete(key);
  }

  #recent(key: string): readonly number[] {
    const since = this.#now() - WINDOW_MS;
    return (this.#failures.get(key) ?? []).filter((at) => at > since).slice(-this.#most);
  }
}
