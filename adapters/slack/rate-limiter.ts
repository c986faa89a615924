import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";

const MINUTE_MS = 60_000;
const CHANNEL_GAP_MS = 1_000;
/** A call that must wait longer than this goes back to the queue instead of holding its place. */
const LONGEST_WAIT_MS = 2_500;
/** Forgotten limits are swept when this many are remembered. */
const MANY = 5_000;

/** Calls a minute by Slack's published tiers; each counts per method and workspace. */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

/** Posting has a limit per channel, and one per workspace that Slack names only as "several hundred". */
const POSTS_PER_MINUTE = 200;

const METHOD_TIERS: Readonly<Record<string, keyof typeof TIERS>> = {
  "auth.test": 4,
  "chat.delete": 3,
  "chat.postEphemeral": 4,
  "chat.update": 3,
  "conversations.history": 3,
  "conversations.info": 3,
  "conversations.list": 2,
  "conversations.open": 3,
  "conversations.replies": 3,
  "files.uploadV2": 4,
  "users.info": 4,
  "views.open": 4,
  "views.publish": 4,
  "views.update": 4,
};

/** Refusals this close together are one. */
const SAME_MOMENT_MS = 500;

interface Refusal {
  readonly channel: string;
  readonly at: number;
  readonly until: number;
}

/** One call that is to be made. */
export interface Call {
  readonly method: string;
  readonly team: string;
  readonly channel?: string | undefined;
}

/**
 * Keeps below Slack's limits ahead of time: calls a minute per method and workspace, and one post a
 * second per channel. A limit that Slack itself states moves only the calls that it is about.
 */
export class RateLimiter {
  readonly #clock: Clock;
  /** Planned times of the calls of the last minute. */
  readonly #calls = new Map<string, number[]>();
  /** When a channel may be posted to again. */
  readonly #channels = new Map<string, number>();
  /** The last post of a workspace that Slack refused. */
  readonly #refusals = new Map<string, Refusal>();
  /** Until when Slack wants to be left in peace. */
  readonly #blocks = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves when the call may be made, at most a few seconds from now. Raises `rate-limited` with
   * the wait when it would take longer; then nothing is counted.
   */
  async take(call: Call, signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const at = this.#freeAt(call, now);
    if (at - now > LONGEST_WAIT_MS)
      throw new PlatformError("rate-limited", `Slack's limit for ${call.method} is used up.`, {
        retryAfterMs: at - now,
      });
    this.#plan(call, at);
    for (;;) {
      const wait = at - this.#clock.now();
      if (wait <= 0 || signal?.aborted === true) break;
      await this.#clock.sleep(wait, signal);
    }
    if (signal?.aborted === true)
      throw new PlatformError("unreachable", "There was no time left to call Slack.");
  }

  /** Slack said how long to wait: posts to one channel move alone, everything else by method. */
  pushBack(call: Call, retryAfterMs: number): void {
    const now = this.#clock.now();
    const until = now + retryAfterMs;
    const { channel } = call;
    const method = methodKey(call);
    if (!isPost(call) || channel === undefined) {
      this.#block(method, until);
      return;
    }
    this.#block(channelKey(call), until);
    // Two channels that are refused in one moment mean the whole workspace, for no longer than both
    // were told to wait: a channel that is stopped for long by itself must not stop the others.
    const last = this.#refusals.get(method);
    if (last !== undefined && last.channel !== channel && now - last.at <= SAME_MOMENT_MS)
      this.#block(method, Math.min(until, last.until));
    this.#refusals.set(method, { channel, at: now, until });
  }

  /** Until then, or until what was said before when that is later. */
  #block(key: string, until: number): void {
    this.#blocks.set(key, Math.max(until, this.#blocks.get(key) ?? 0));
  }

  #freeAt(call: Call, now: number): number {
    const calls = this.#recent(call, now);
    const most = isPost(call) ? POSTS_PER_MINUTE : TIERS[METHOD_TIERS[call.method] ?? 2];
    const oldest = calls[calls.length - most];
    return Math.max(
      now,
      oldest === undefined ? 0 : oldest + MINUTE_MS,
      isPost(call) ? (this.#channels.get(channelKey(call)) ?? 0) : 0,
      this.#blocks.get(methodKey(call)) ?? 0,
      isPost(call) ? (this.#blocks.get(channelKey(call)) ?? 0) : 0,
    );
  }

  #recent(call: Call, now: number): readonly number[] {
    const known = this.#calls.get(methodKey(call)) ?? [];
    const recent = known.filter((at) => at > now - MINUTE_MS);
    this.#calls.set(methodKey(call), recent);
    return recent;
  }

  #plan(call: Call, at: number): void {
    const calls = this.#calls.get(methodKey(call)) ?? [];
    calls.push(at);
    calls.sort((a, b) => a - b);
    this.#calls.set(methodKey(call), calls);
    if (!isPost(call)) return;
    this.#channels.set(channelKey(call), at + CHANNEL_GAP_MS);
    if (this.#channels.size + this.#blocks.size > MANY) this.#sweep();
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const limits of [this.#channels, this.#blocks])
      for (const [key, until] of limits) if (until <= now) limits.delete(key);
  }
}

function isPost({ method }: Call): boolean {
  return method === "chat.postMessage";
}

function methodKey({ team, method }: Call): string {
  return `${team}/${method}`;
}

function channelKey(call: Call): string {
  return `${methodKey(call)}/${call.channel ?? ""}`;
}
