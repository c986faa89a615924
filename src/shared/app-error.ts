/** Stable codes of failures, for retry decisions, logs and exit codes. Texts may change, codes do not. */
export type AppErrorCode =
  | "invalid-input"
  | "invalid-config"
  | "not-found"
  | "forbidden-role"
  | "conflict"
  | "not-supported"
  | "stale-lease"
  | "store-unavailable"
  | "store-full"
  | "store-busy"
  | "usage"
  | "internal";

/** Extra facts of an {@link AppError}; never a member's words or id. */
export interface AppErrorDetail {
  /** The field or variable at fault. */
  readonly field?: string;
  /** What would have been accepted, in words. */
  readonly expected?: string;
  /** What the reader can do now. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** A failure with a stable code. `message` is one sentence that a person can act on. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly detail: AppErrorDetail;

  constructor(code: AppErrorCode, message: string, detail: AppErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = detail;
  }
}

/** True when `error` is an {@link AppError}, optionally with the given code. */
export function isAppError(error: unknown, code?: AppErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
