import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";
import { WEBHOOK_LIMITS } from "./webhook-limits.js";

const MINUTE_MS = 60_000;

/**
 * Keeps one webhook within its posts a minute. A post counts from the moment its answer came, which
 * is never before the platform counted it; so no minute of the platform's holds more than it allows.
 */
export class PostBudget {
  readonly #clock: Clock;
  readonly #ended: number[] = [];
  #begun = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Sees to it that `posts` may be made one after the other. Raises `rate-limited` with the wait when
   * there is no room for all of them, so that a message in several parts is not left half said.
   */
  require(posts: number): void {
    const now = this.#clock.now();
    while ((this.#ended[0] ?? now) <= now - MINUTE_MS) this.#ended.shift();
    const over = this.#ended.length + this.#begun + posts - WEBHOOK_LIMITS.postsPerMinute;
    if (over <= 0) return;
    const free = this.#ended[Math.min(over, this.#ended.length) - 1] ?? now;
    throw new PlatformError("rate-limited", "This webhook's 20 messages a minute are used up.", {
      retryAfterMs: Math.max(1_000, free + MINUTE_MS - now),
    });
  }

  /** Counts a post, whatever becomes of it. */
  async count<Result>(post: () => Promise<Result>): Promise<Result> {
    this.#begun += 1;
    try {
      return await post();
    } finally {
      this.#begun -= 1;
      this.#ended.push(this.#clock.now());
    }
  }
}
