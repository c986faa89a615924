/** Why a platform did not do what it was asked. Each code has one answer in `src/queue/retry-policy.ts`. */
export type PlatformErrorCode =
  | "rate-limited"
  | "unreachable"
  | "ambiguous"
  | "unauthorized"
  | "gone"
  | "forbidden"
  | "rejected"
  | "not-supported";

/** A platform's refusal or failure, already translated from its SDK. */
export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  /** How long the platform asked us to wait, ms. Only with `rate-limited`. */
  readonly retryAfterMs: number | undefined;
  /** Only this message has to wait: what is to be said after it in its conversation may go before it. */
  readonly alone: boolean;

  constructor(
    code: PlatformErrorCode,
    message: string,
    options: {
      readonly retryAfterMs?: number;
      readonly alone?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PlatformError";
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.alone = options.alone ?? false;
  }
}
