/** What the address of the overview says. Days are those of the group. */
export interface OverviewSearch {
  readonly group?: string;
  readonly range?: Preset;
  readonly from?: string;
  readonly to?: string;
}

/** Spans that one press chooses; custom ones carry their days. */
export type Preset = "today" | "week" | "fortnight" | "month" | "custom";

/** How many days each preset spans, today included. */
export const PRESET_DAYS: Readonly<Record<Exclude<Preset, "custom">, number>> = {
  today: 1,
  week: 7,
  fortnight: 14,
  month: 30,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(value: unknown): string | null {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : null;
}

function isPreset(value: unknown): value is Preset {
  return value === "custom" || (typeof value === "string" && value in PRESET_DAYS);
}

/** Reads the address; anything else in it, and days in the wrong order, are left out. */
export function readOverviewSearch(search: Readonly<Record<string, unknown>>): OverviewSearch {
  const [from, to] = [dayOf(search["from"]), dayOf(search["to"])];
  const isSpan = from !== null && to !== null && from <= to;
  return {
    ...(typeof search["group"] === "string" ? { group: search["group"] } : {}),
    ...(isPreset(search["range"]) ? { range: search["range"] } : {}),
    ...(isSpan ? { from, to } : {}),
  };
}
