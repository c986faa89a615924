import type { Group } from "#entities/index.js";
import type { GroupSettings, OpeningHours, QuietHours, Targets } from "#entities/types.js";
import type { Severity } from "#entities/vocabulary.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Every setting of a group with a value. */
export type FullSettings = Required<Omit<GroupSettings, "hours" | "targets">> & {
  readonly hours: Readonly<Record<Severity, OpeningHours>>;
  readonly targets: Readonly<Record<Severity, Targets>>;
};

const DAILY = ["1", "2", "3", "4", "5", "6", "7"];

function everyDay(...periods: readonly (readonly [string, string])[]): OpeningHours {
  return { week: Object.fromEntries(DAILY.map((day) => [day, periods])) };
}

/** What holds until staff change it. Caps follow §3.10, targets §4.3 of the product page. */
export const DEFAULT_SETTINGS: FullSettings = {
  quietHours: { from: "21:00", to: "09:00" },
  dailyDigestAt: "20:00",
  weeklyDigestOn: 1,
  digestAudiences: ["staff", "public"],
  publicDigest: "approved",
  acknowledge: "on_confirm",
  capPersonPerWeek: 1,
  capPersonPerMonth: 2,
  capGroupPerDay: 1,
  capGroupPerWeek: 3,
  npsGapDays: 90,
  suppressBelow: 5,
  extraWords: [],
  caseCheck: "first_resolve",
  followUpWindowMs: 24 * HOUR,
  hours: {
    P1: { always: true },
    P2: everyDay(["08:00", "22:00"]),
    P3: everyDay(["09:00", "12:00"], ["13:30", "21:00"]),
  },
  targets: {
    P1: { acknowledgeMs: 5 * MINUTE, updateMs: 30 * MINUTE, resolveMs: 24 * HOUR },
    P2: { acknowledgeMs: 15 * MINUTE, updateMs: 2 * HOUR, resolveMs: 24 * HOUR },
    P3: { acknowledgeMs: 30 * MINUTE, updateMs: 4 * HOUR, resolveMs: 48 * HOUR },
  },
};

/** The settings of a group with the defaults where staff changed nothing. */
export function settingsOf(group: Pick<Group, "settings">): FullSettings {
  const own = group.settings;
  return {
    ...DEFAULT_SETTINGS,
    ...own,
    hours: { ...DEFAULT_SETTINGS.hours, ...own.hours },
    targets: { ...DEFAULT_SETTINGS.targets, ...own.targets },
  };
}

/** The group's quiet hours as the outbox takes them. */
export function quietHoursOf(
  group: Pick<Group, "settings" | "timeZone">,
): QuietHours & { readonly timeZone: string } {
  return { ...settingsOf(group).quietHours, timeZone: group.timeZone };
}
