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

  constructor(
    code: PlatformErrorCode,
    message: string,
    options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PlatformError";
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}
