import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlatformError, type PlatformErrorCode } from "#src/platform/platform-error.js";
import { afterFailure, backOff, failureReason, type Retry } from "#src/queue/retry-policy.js";
import { AppError, type AppErrorCode } from "#src/shared/app-error.js";

const again = (afterMs: number, counts = true): Retry => ({ kind: "again", afterMs, counts });
const park: Retry = { kind: "park" };
const platform = (code: PlatformErrorCode, retryAfterMs?: number) =>
  new PlatformError(code, "x", retryAfterMs === undefined ? {} : { retryAfterMs });
const app = (code: AppErrorCode) => new AppError(code, "x");

describe("after a failure", () => {
  // What failed, at the how manieth try, and what follows with chance 0.5.
  const table: readonly (readonly [string, unknown, number, Retry])[] = [
    [
      "a platform that asks to wait is given that time",
      platform("rate-limited", 12_000),
      1,
      again(12_000, false),
    ],
    ["however often it asks", platform("rate-limited", 12_000), 999, again(12_000, false)],
    ["half a minute when it names none", platform("rate-limited"), 1, again(30_000, false)],
    ["a second at least", platform("rate-limited", 0), 1, again(1_000, false)],
    [
      "a day at most",
      platform("rate-limited", Number.POSITIVE_INFINITY),
      1,
      again(86_400_000, false),
    ],
    [
      "alone, when the rest of the conversation need not wait",
      new PlatformError("rate-limited", "quiet hours", { retryAfterMs: 12_000, alone: true }),
      1,
      { kind: "again", afterMs: 12_000, counts: false, alone: true },
    ],
    ["and no nonsense", platform("rate-limited", Number.NaN), 1, again(30_000, false)],
    ["an unreachable platform is tried again", platform("unreachable"), 1, again(1_500)],
    ["with longer pauses", platform("unreachable"), 4, again(12_000)],
    ["up to ten minutes", platform("unreachable"), 100, again(450_000)],
    ["for about a day", platform("unreachable"), 149, again(450_000)],
    ["and then parked", platform("unreachable"), 150, park],
    ["an unknown end is settled soon", platform("ambiguous"), 1, again(1_500)],
    [
      "a platform that does not know us any more is for a person",
      platform("unauthorized"),
      1,
      park,
    ],
    ["so is a conversation that is gone", platform("gone"), 1, park],
    ["and one we may not speak in", platform("forbidden"), 1, park],
    ["and a message it refuses", platform("rejected"), 1, park],
    ["and something it cannot do", platform("not-supported"), 1, park],
    ["a busy store costs no try", app("store-busy"), 999, again(1_500, false)],
    ["nor does one that is away", app("store-unavailable"), 999, again(1_500, false)],
    ["nor a full disk", app("store-full"), 999, again(1_500, false)],
    ["nor a lost turn", app("stale-lease"), 999, again(1_500, false)],
    ["a conflict is tried twenty times", app("conflict"), 19, again(450_000)],
    ["and then parked like anything else", app("conflict"), 20, park],
    ["our own refusals are tried five times", app("invalid-input"), 4, again(12_000)],
    ["and then parked", app("invalid-input"), 5, park],
    ["a defect is tried five times", new TypeError("x"), 4, again(12_000)],
    ["and then parked too", new TypeError("x"), 5, park],
    ["whatever was thrown", "text", 5, park],
  ];
  for (const [what, error, attempts, expected] of table) {
    it(`${what} (${failureReason(error)}, try ${String(attempts)})`, () => {
      expect(afterFailure(error, attempts, 0.5)).toEqual(expected);
    });
  }
});

it("names a failure in one word, without anybody's words", () => {
  expect(
    [platform("gone"), app("conflict"), new RangeError("王阿姨"), "王阿姨", null].map(
      failureReason,
    ),
  ).toEqual(["gone", "conflict", "RangeError", "unknown", "unknown"]);
});

it("backs off between half and the whole of a doubling time, never over ten minutes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5, max: 5_000 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (tries, chance) => {
        const ceiling = Math.min(600_000, 2_000 * 2 ** Math.max(0, tries - 1));
        const pause = backOff(tries, chance);
        expect(pause).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
        expect(pause).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});
