import type { Span } from "../api/care.js";
import { shiftDay } from "../shared/format.js";
import { type OverviewSearch, PRESET_DAYS, type Preset } from "./overview-search.js";

/** What is chosen when the address says nothing. */
export const DEFAULT_PRESET: Preset = "fortnight";

/** The preset of an address; a custom one without days is none. */
export function presetOf(search: OverviewSearch): Preset {
  const { range = DEFAULT_PRESET } = search;
  return range === "custom" && search.from === undefined ? DEFAULT_PRESET : range;
}

/** The days that an address asks for, seen from today. */
export function spanOf(search: OverviewSearch, today: string): Span {
  const preset = presetOf(search);
  if (preset === "custom" && search.from !== undefined && search.to !== undefined) {
    return { from: search.from, to: search.to };
  }
  const days = PRESET_DAYS[preset === "custom" ? "fortnight" : preset];
  return { from: shiftDay(today, 1 - days), to: today };
}
