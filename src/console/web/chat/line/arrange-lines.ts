import type { SimulatedLine } from "#src/console/contract/simulator.js";
import { isoDay } from "../../shared/format.js";

/** What stands in the chat from top to bottom. */
export type Entry =
  | { readonly kind: "day"; readonly id: string; readonly at: number }
  | { readonly kind: "time"; readonly id: string; readonly at: number }
  | {
      readonly kind: "line";
      readonly id: string;
      readonly line: SimulatedLine;
      /** The same person goes on: name and picture need not be shown again. */
      readonly follows: boolean;
    };

const PAUSE_MS = 5 * 60_000;

/** Lines that one member may see: private ones only if they are theirs. */
export function visibleTo(
  lines: readonly SimulatedLine[],
  memberId: string,
): readonly SimulatedLine[] {
  return lines.filter((line) => line.onlyFor === null || line.onlyFor === memberId);
}

/** Puts days and pauses between the lines and finds who goes on speaking. */
export function arrangeLines(
  lines: readonly SimulatedLine[],
  { timeZone, times }: { readonly timeZone: string; readonly times: boolean },
): readonly Entry[] {
  const entries: Entry[] = [];
  let before: SimulatedLine | null = null;
  let day = "";
  for (const line of lines) {
    const today = isoDay(line.at, timeZone);
    const isNewDay = today !== day;
    const isPause = before === null || line.at - before.at >= PAUSE_MS;
    if (isNewDay) entries.push({ kind: "day", id: `day ${today}`, at: line.at });
    else if (times && isPause) entries.push({ kind: "time", id: `time ${line.id}`, at: line.at });
    const follows = !isNewDay && !isPause && before?.memberId === line.memberId && !before.recalled;
    entries.push({ kind: "line", id: line.id, line, follows });
    before = line;
    day = today;
  }
  return entries;
}
