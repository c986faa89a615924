import { PlatformError } from "#src/platform/platform-error.js";
import { AppError } from "#src/shared/app-error.js";

/** What to do after a failed try. */
export type Retry =
  | {
      readonly kind: "again";
      readonly afterMs: number;
      readonly counts: boolean;
      /** The rest of the conversation need not wait for it. */
      readonly alone?: boolean;
    }
  | { readonly kind: "park" };

const SECOND = 1_000;
const FIRST_BACK_OFF = 2 * SECOND;
const LONGEST_BACK_OFF = 10 * 60 * SECOND;
/** Tries of a failure nobody foresaw before a person must look. */
const UNEXPECTED_TRIES = 5;
/** Tries of an unreachable platform: about a day of back-off. */
const UNREACHABLE_TRIES = 150;
/** What a platform that names no time, or an impossible one, is given. */
const USUAL_WAIT = 30 * SECOND;
const LONGEST_WAIT = 24 * 60 * 60 * SECOND;

/** The wait that the platform asked for, within what can be meant. */
function waitOf(retryAfterMs: number | undefined): number {
  if (retryAfterMs === undefined || Number.isNaN(retryAfterMs)) return USUAL_WAIT;
  return Math.round(Math.min(LONGEST_WAIT, Math.max(SECOND, retryAfterMs)));
}

/** Exponential back-off with full jitter in its upper half; `random` is 0 ≤ r < 1. */
export function backOff(attempts: number, random: number): number {
  const ceiling = Math.min(
    LONGEST_BACK_OFF,
    FIRST_BACK_OFF * 2 ** Math.min(20, Math.max(0, attempts - 1)),
  );
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

function again(attempts: number, random: number, most: number): Retry {
  return attempts >= most
    ? { kind: "park" }
    : { kind: "again", afterMs: backOff(attempts, random), counts: true };
}

/** What to do after the `attempts`-th try failed with this error. Pure. */
export function afterFailure(error: unknown, attempts: number, random: number): Retry {
  if (error instanceof PlatformError) return afterPlatformError(error, attempts, random);
  if (error instanceof AppError) {
    switch (error.code) {
      case "store-busy":
      case "store-unavailable":
      case "store-full":
      case "stale-lease":
        return { kind: "again", afterMs: backOff(1, random), counts: false };
      case "conflict":
        return again(attempts, random, UNEXPECTED_TRIES * 4);
      default:
        return again(attempts, random, UNEXPECTED_TRIES);
    }
  }
  return again(attempts, random, UNEXPECTED_TRIES);
}

function afterPlatformError(error: PlatformError, attempts: number, random: number): Retry {
  switch (error.code) {
    case "rate-limited":
      return {
        kind: "again",
        afterMs: waitOf(error.retryAfterMs),
        counts: false,
        ...(error.alone ? { alone: true } : {}),
      };
    case "unreachable":
    case "ambiguous":
      return again(attempts, random, UNREACHABLE_TRIES);
    case "unauthorized":
    case "gone":
    case "forbidden":
    case "rejected":
    case "not-supported":
      return { kind: "park" };
  }
}

/** The class of a failure in one word, without anybody's words: what a parked row shows. */
export function failureReason(error: unknown): string {
  if (error instanceof PlatformError || error instanceof AppError) return error.code;
  return error instanceof Error ? error.name : "unknown";
}
