import { PlatformError } from "#src/platform/platform-error.js";
import type { Clock } from "#src/shared/clock.js";

/**
 * Runs a request that must have ended by `deadline` (epoch ms). One that has not is told so by its
 * signal and counts as `ambiguous`: a platform that never answers may have taken the message, and
 * must not keep the others waiting.
 */
export async function withinTime<Result>(
  clock: Clock,
  deadline: number,
  request: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const ended = new AbortController();
  try {
    return await Promise.race([request(limit.signal), timeUp(clock, deadline, ended.signal)]);
  } finally {
    ended.abort();
    limit.abort();
  }
}

async function timeUp(clock: Clock, deadline: number, ended: AbortSignal): Promise<never> {
  // A clock that is moved by hand returns early: only its own word says that the time is up.
  while (!ended.aborted && clock.now() < deadline) await clock.sleep(deadline - clock.now(), ended);
  throw new PlatformError("ambiguous", "The platform did not answer in time.");
}
