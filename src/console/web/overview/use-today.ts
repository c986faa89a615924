import type { GroupInfo } from "#src/console/contract/care.js";
import { useSimulator } from "../api/stage.js";
import { isDemo } from "../app/mode.js";
import { isoDay } from "../shared/format.js";

/** Today in a group's own time; in the demo the pretend day. Null while that is not known. */
export function useToday(group: GroupInfo | undefined): string | null {
  const simulator = useSimulator(isDemo());
  if (group === undefined) return null;
  if (!isDemo()) return isoDay(Date.now(), group.timeZone);
  const state = simulator.data?.state;
  return state === undefined ? null : isoDay(state.now, group.timeZone);
}
