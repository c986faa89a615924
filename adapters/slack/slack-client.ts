import { LogLevel, webApi } from "@slack/bolt";
import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";
import type { Logger } from "#src/shared/logger.js";
import type { Secret } from "#src/shared/secret.js";
import { RateLimiter } from "./rate-limiter.js";
import { type Effect, toPlatformError } from "./slack-errors.js";

const TIMEOUT_MS = 10_000;
/** A call that a person waits for in front of an opening window. */
const PERSON_TIMEOUT_MS = 2_500;

/** The workspace that a call is made in, and what opens it. */
export interface Access {
  readonly team: string;
  readonly token: Secret;
}

export interface SlackCall {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly effect: Effect;
  readonly channel?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A file on its way to Slack. */
interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What a picture says, in words. */
  readonly alt?: string;
  /** Where it is shown; absent for one that a message will show. */
  readonly channel?: string;
}

export interface SlackClientOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where Slack's Web API is; Slack's own address unless a test says otherwise. */
  readonly apiUrl?: string;
}

/**
 * Calls Slack's Web API: never repeated by itself (that is the outbox's business), ended after ten
 * seconds, within Slack's limits, every failure a `PlatformError`.
 */
export class SlackClient {
  readonly #options: SlackClientOptions;
  readonly #limiter: RateLimiter;
  readonly #clients = new Map<string, webApi.WebClient>();

  constructor(options: SlackClientOptions) {
    this.#options = options;
    this.#limiter = new RateLimiter(options.clock);
  }

  /** Makes a call and returns Slack's answer. */
  async call(access: Access, call: SlackCall): Promise<webApi.WebAPICallResult> {
    return this.#limited(access, call, () =>
      this.#client(access, TIMEOUT_MS).apiCall(call.method, { ...call.arguments }),
    );
  }

  /** A call that a person waits for: it ends before Slack gives up on the press that led to it. */
  async callAtOnce(access: Access, call: SlackCall): Promise<webApi.WebAPICallResult> {
    return this.#limited(access, call, () =>
      this.#client(access, PERSON_TIMEOUT_MS).apiCall(call.method, { ...call.arguments }),
    );
  }

  /** Uploads a file that only the bot sees as yet, or that is shown in one channel; returns its id. */
  async upload(access: Access, file: Upload, signal?: AbortSignal): Promise<string> {
    const { channel } = file;
    const effect = channel === undefined ? "read" : "write";
    const call: SlackCall = { method: "files.uploadV2", arguments: {}, effect, signal };
    const answer = await this.#limited(access, call, () =>
      this.#client(access, TIMEOUT_MS).filesUploadV2({
        file: Buffer.from(file.bytes),
        filename: file.name,
        ...(file.alt === undefined ? {} : { alt_text: file.alt }),
        ...(channel === undefined ? {} : { channel_id: channel }),
      }),
    );
    const id = firstFileId(answer);
    if (id === null) throw new PlatformError("rejected", "Slack did not keep the file.");
    return id;
  }

  /** Forgets what was kept of a token that is not valid any more. */
  forget(access: Access): void {
    for (const timeout of [TIMEOUT_MS, PERSON_TIMEOUT_MS])
      this.#clients.delete(clientKey(access, timeout));
  }

  async #limited<Answer>(
    access: Access,
    { method, channel, effect, signal }: SlackCall,
    run: () => Promise<Answer>,
  ): Promise<Answer> {
    const limited = { method, team: access.team, channel };
    await this.#limiter.take(limited, signal);
    try {
      return await run();
    } catch (error) {
      const failure = toPlatformError(error, effect);
      if (failure.code === "rate-limited" && failure.retryAfterMs !== undefined)
        this.#limiter.pushBack(limited, failure.retryAfterMs);
      throw failure;
    }
  }

  #client(access: Access, timeout: number): webApi.WebClient {
    const key = clientKey(access, timeout);
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const { apiUrl, logger } = this.#options;
    const client = new webApi.WebClient(access.token.reveal(), {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout,
      logger: sdkLogger(logger),
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    });
    this.#clients.set(key, client);
    return client;
  }
}

function clientKey({ team, token }: Access, timeout: number): string {
  return `${team}/${String(timeout)}/${token.reveal()}`;
}

/** The uploaded file's id, from the nested answer of the two last steps. */
function firstFileId(answer: unknown): string | null {
  const groups = filesIn(answer);
  for (const group of groups) {
    if (typeof group !== "object" || group === null) continue;
    if ("id" in group && typeof group.id === "string") return group.id;
    const [inner] = filesIn(group);
    if (
      typeof inner === "object" &&
      inner !== null &&
      "id" in inner &&
      typeof inner.id === "string"
    )
      return inner.id;
  }
  return null;
}

function filesIn(holder: unknown): readonly unknown[] {
  if (typeof holder !== "object" || holder === null || !("files" in holder)) return [];
  return Array.isArray(holder.files) ? (holder.files as readonly unknown[]) : [];
}

/** The part of a foreign log line before its first colon: what comes after may be somebody's words. */
function headOf(lines: readonly unknown[]): string {
  const [first] = lines;
  const text = typeof first === "string" ? first : "";
  const [head = ""] = text.split(/[:(]/, 1);
  return head.trim().slice(0, 80);
}

/** A logger for Slack's packages that lets no token, body or name through. */
export function sdkLogger(logger: Logger): webApi.WebClientOptions["logger"] & object {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...lines: unknown[]) => logger.debug({ slack: headOf(lines) }, "Slack's client warns"),
    error: (...lines: unknown[]) => logger.warn({ slack: headOf(lines) }, "Slack's client reports"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
