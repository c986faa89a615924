import { MINUTE } from "#src/shared/clock.js";
import type { SpanRow } from "#src/store/digest-rows.js";
import type { Stretch } from "./digest-window.js";

/** Shorter silences of the service are a restart and not worth a line. */
const SHORTEST_OUTAGE = 5 * MINUTE;

/**
 * Stretches of the window longer than five minutes in which no life of the service was beating.
 * Time before its first life is no outage, and where no life is recorded nothing is known.
 */
export function offlineTimes(spans: readonly SpanRow[], window: Stretch): readonly Stretch[] {
  const lives = [...spans].sort((a, b) => a.startedAt - b.startedAt);
  const first = lives[0];
  if (first === undefined) return [];
  const gaps: Stretch[] = [];
  let aliveUntil = Math.max(window.from, first.startedAt);
  for (const life of lives) {
    if (life.startedAt > aliveUntil) {
      gaps.push({ from: aliveUntil, to: Math.min(life.startedAt, window.to) });
    }
    aliveUntil = Math.max(aliveUntil, life.lastBeatAt);
  }
  if (aliveUntil < window.to) gaps.push({ from: aliveUntil, to: window.to });
  return gaps.filter(({ from, to }) => to - from > SHORTEST_OUTAGE);
}
