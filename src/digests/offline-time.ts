import { MINUTE } from "#src/shared/clock.js";
import type { DigestRows, SpanRow } from "#src/store/digest-rows.js";
import type { Stretch } from "./digest-window.js";

/** Shorter silences are a restart or a new connection and not worth a line. */
const SHORTEST_OUTAGE = 5 * MINUTE;

/**
 * Stretches of the window longer than five minutes in which the bot could not hear the group: no life
 * of the service was beating, or its platform could not be reached.
 */
export function offlineTimes(
  { spans, outages }: Pick<DigestRows, "spans" | "outages">,
  window: Stretch,
): readonly Stretch[] {
  const away = outages.map(({ startedAt, endedAt }) => ({
    from: Math.max(startedAt, window.from),
    to: Math.min(endedAt ?? window.to, window.to),
  }));
  return united([...serviceGaps(spans, window), ...away]).filter(
    ({ from, to }) => to - from > SHORTEST_OUTAGE,
  );
}

/** Time before the service's first life is no outage, and where no life is recorded nothing is known. */
function serviceGaps(spans: readonly SpanRow[], window: Stretch): readonly Stretch[] {
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
  return gaps;
}

/** The same time in stretches that do not overlap, in order. */
function united(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && next.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else result.push(next);
  }
  return result;
}
