import type { Group } from "#entities/index.js";
import type { GroupSettings, OpeningHours } from "#entities/types.js";
import type { Language, Severity } from "#entities/vocabulary.js";
import { settingTexts } from "#src/i18n/command-settings.js";
import { checkBusinessHours } from "#src/scheduling/business-hours.js";
import { TimeInputError } from "#src/scheduling/time-input-error.js";
import { checkZone } from "#src/scheduling/time-zone.js";
import { minutesOfClock } from "#src/scheduling/zoned-time.js";
import { DAY, HOUR, MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { durationFromWords } from "#src/surveys/open-for.js";
import { aspectOf } from "./aspect-words.js";
import type { SettingKey } from "./setting-words.js";
import { foldWidth, splitArguments } from "./text-scan.js";

/** A typed value: what of the group changes, or why it cannot. */
export type SettingReading =
  | { readonly kind: "ok"; readonly patch: Partial<Group> }
  | { readonly kind: "refused"; readonly why: string };

interface Reader {
  readonly group: Group;
  readonly language: Language;
}

/** No weekday: the digest room takes it as "no weekly digest". */
const NO_WEEKLY = 0;
const MOST_WORDS = 100;
const LONGEST_WORD = 20;

function own(group: Group, patch: GroupSettings): SettingReading {
  return { kind: "ok", patch: { settings: { ...group.settings, ...patch } } };
}

function refused(why: string): SettingReading {
  return { kind: "refused", why };
}

function clockOf(text: string): string | null {
  const match = /^(\d{1,2})(?::(\d{2})|点(半)?(?:(\d{1,2})分?)?)?$/.exec(foldWidth(text).trim());
  if (match === null) return null;
  const minutes = match[3] === undefined ? (match[2] ?? match[4] ?? "00") : "30";
  const clock = `${(match[1] ?? "").padStart(2, "0")}:${minutes.padStart(2, "0")}`;
  return Number(clock.slice(0, 2)) < 24 && Number(clock.slice(3)) < 60 ? clock : null;
}

/** "22:00-08:00", "9点到12点"; null when it is no span of two clock times. */
function spanOf(text: string): readonly [string, string] | null {
  const [from = null, to = null, ...more] = text.split(/[-–—~至到]/).map(clockOf);
  return from === null || to === null || more.length > 0 ? null : [from, to];
}

const OFF: ReadonlySet<string> = new Set(["off", "关", "关闭", "不用", "no", "none", "无"]);

function readQuiet(value: string, { group, language }: Reader): SettingReading {
  if (OFF.has(value)) return own(group, { quietHours: { from: "00:00", to: "00:00" } });
  const span = spanOf(value);
  if (span === null) return refused(settingTexts[language].hints.quiet);
  return own(group, { quietHours: { from: span[0], to: span[1] } });
}

function readClock(value: string, { group, language }: Reader): SettingReading {
  const clock = clockOf(value.replace(/^(?:每天|daily|at)\s?/, ""));
  return clock === null
    ? refused(settingTexts[language].hints.digest)
    : own(group, { dailyDigestAt: clock });
}

const WEEKDAYS: readonly (readonly string[])[] = [
  ["一", "mon", "monday", "1"],
  ["二", "tue", "tuesday", "2"],
  ["三", "wed", "wednesday", "3"],
  ["四", "thu", "thursday", "4"],
  ["五", "fri", "friday", "5"],
  ["六", "sat", "saturday", "6"],
  ["日", "sun", "sunday", "7", "天"],
];

function readWeekday(value: string, { group, language }: Reader): SettingReading {
  if (OFF.has(value)) return own(group, { weeklyDigestOn: NO_WEEKLY });
  const word = value.replace(/^(?:每?周|每?星期|every )/, "");
  const index = WEEKDAYS.findIndex((names) => names.includes(word));
  return index < 0
    ? refused(settingTexts[language].hints.weekly)
    : own(group, { weeklyDigestOn: index + 1 });
}

type Words<Value extends string> = Readonly<Record<Value, readonly string[]>>;

function choiceOf<Value extends string>(words: Words<Value>, value: string): Value | null {
  const entries = Object.entries<readonly string[]>(words);
  return (entries.find(([, list]) => list.includes(value))?.[0] as Value | undefined) ?? null;
}

const PUBLIC: Words<"automatic" | "approved" | "off"> = {
  automatic: ["automatic", "auto", "自动", "直接发"],
  approved: ["approved", "批准", "审核", "批准后", "先批准", "approval"],
  off: [...OFF, "不发"],
};
const ACK: Words<"on_confirm" | "at_once" | "off"> = {
  on_confirm: ["on_confirm", "on confirm", "confirm", "确认后", "确认"],
  at_once: ["at_once", "at once", "立即", "马上", "now"],
  off: [...OFF],
};
const CHECK: Words<"first_resolve" | "every_resolve" | "off"> = {
  first_resolve: ["first_resolve", "first", "首次", "第一次"],
  every_resolve: ["every_resolve", "every", "每次"],
  off: [...OFF],
};
const LANGUAGE: Words<Language> = {
  zh: ["zh", "中文", "chinese", "zh-cn", "汉语"],
  en: ["en", "英文", "english", "英语"],
};

function readPublic(value: string, { group, language }: Reader): SettingReading {
  const publicDigest = choiceOf(PUBLIC, value);
  return publicDigest === null
    ? refused(settingTexts[language].hints.public)
    : own(group, { publicDigest });
}

function readAck(value: string, { group, language }: Reader): SettingReading {
  const acknowledge = choiceOf(ACK, value);
  return acknowledge === null
    ? refused(settingTexts[language].hints.ack)
    : own(group, { acknowledge });
}

function readCheck(value: string, { group, language }: Reader): SettingReading {
  const caseCheck = choiceOf(CHECK, value);
  return caseCheck === null
    ? refused(settingTexts[language].hints.check)
    : own(group, { caseCheck });
}

function readLanguage(value: string, { language }: Reader): SettingReading {
  const chosen = choiceOf(LANGUAGE, value);
  return chosen === null
    ? refused(settingTexts[language].hints.language)
    : { kind: "ok", patch: { language: chosen } };
}

function readZone(typed: string, { language }: Reader): SettingReading {
  const check = checkZone(typed);
  return check.kind === "ok"
    ? { kind: "ok", patch: { timeZone: check.zone } }
    : refused(check.hint[language]);
}

/** Limits of the whole-number settings. Fewer than five people are never shown: members were told so. */
const NUMBERS = {
  "person-week": { field: "capPersonPerWeek", least: 1, most: 7 },
  "person-month": { field: "capPersonPerMonth", least: 1, most: 31 },
  "group-day": { field: "capGroupPerDay", least: 1, most: 5 },
  "group-week": { field: "capGroupPerWeek", least: 1, most: 21 },
  "nps-gap": { field: "npsGapDays", least: 30, most: 365 },
  few: { field: "suppressBelow", least: 5, most: 50 },
} as const;

function readNumber(
  key: keyof typeof NUMBERS,
  value: string,
  { group, language }: Reader,
): SettingReading {
  const { field, least, most } = NUMBERS[key];
  const digits = /^(\d{1,4})\s?(?:次|天|人|times?|days?|people)?$/.exec(value)?.[1];
  const count = digits === undefined ? Number.NaN : Number(digits);
  return count >= least && count <= most
    ? own(group, { [field]: count })
    : refused(settingTexts[language].hints.number(least, most));
}

function readJoin(value: string, { group, language }: Reader): SettingReading {
  const ms = durationFromWords(value);
  return ms !== null && ms >= HOUR && ms <= 7 * DAY
    ? own(group, { followUpWindowMs: ms })
    : refused(settingTexts[language].hints.join);
}

const ADD: ReadonlySet<string> = new Set(["add", "加", "增加", "添加", "+"]);
const REMOVE: ReadonlySet<string> = new Set(["remove", "delete", "del", "删", "删除", "减", "-"]);

function readWords(typed: string, { group, language }: Reader): SettingReading {
  const { hints } = settingTexts[language];
  const [act = "", word = "", ...rest] = splitArguments(typed);
  const now = settingsOf(group).extraWords;
  const clean = word.trim();
  if (clean === "" || clean.length > LONGEST_WORD) return refused(hints.words);
  const others = now.filter((one) => one.word !== clean);
  if (REMOVE.has(act.toLowerCase())) {
    return others.length === now.length
      ? refused(hints.noWord(clean))
      : own(group, { extraWords: others });
  }
  if (!ADD.has(act.toLowerCase())) return refused(hints.words);
  const aspect = aspectOf(rest.join(" "));
  if (aspect === null) return refused(hints.wordAspect(clean));
  if (clean.length < 2 || others.length >= MOST_WORDS) return refused(hints.words);
  return own(group, { extraWords: [...others, { word: clean, aspect }] });
}

function severityOf(word: string): Severity | null {
  const upper = word.toUpperCase();
  return upper === "P1" || upper === "P2" || upper === "P3" ? upper : null;
}

const ALWAYS: ReadonlySet<string> = new Set(["always", "24x7", "24h", "全天", "一直"]);
const EVERY_DAY = ["1", "2", "3", "4", "5", "6", "7"];

function readHours(value: string, { group, language }: Reader): SettingReading {
  const why = settingTexts[language].hints.hours;
  const [first = "", ...rest] = splitArguments(value);
  const severity = severityOf(first);
  if (severity === null) return refused(why);
  const typed = rest.join(" ");
  const hours = ALWAYS.has(typed) ? { always: true } : openingOf(typed);
  if (hours === null || !opens(hours, group.timeZone)) return refused(why);
  return own(group, { hours: { ...group.settings.hours, [severity]: hours } });
}

function openingOf(typed: string): OpeningHours | null {
  const periods: (readonly [string, string])[] = [];
  for (const part of typed.split(/[,，、 ]+/).filter(Boolean)) {
    const span = spanOf(part);
    if (span === null) return null;
    periods.push(span);
  }
  return periods.length === 0 || periods.length > 4
    ? null
    : { week: Object.fromEntries(EVERY_DAY.map((day) => [day, periods])) };
}

function opens(hours: OpeningHours, zone: string): boolean {
  if (hours.always === true) return true;
  const periods = Object.entries(hours.week ?? {}).flatMap(([weekday, pairs]) =>
    pairs.map(([from, to]) => ({ weekday: Number(weekday), from, to })),
  );
  try {
    checkBusinessHours({ kind: "weekly", zone, periods, holidays: [] });
    return periods.every(({ from, to }) => minutesOfClock(from) !== minutesOfClock(to));
  } catch (error) {
    if (error instanceof TimeInputError) return false;
    throw error;
  }
}

const TARGETS = {
  acknowledgeMs: ["回复", "首次回复", "reply", "first", "acknowledge", "ack"],
  updateMs: ["答复", "更新", "update"],
  resolveMs: ["解决", "resolve"],
} as const;

function readTarget(value: string, { group, language }: Reader): SettingReading {
  const why = settingTexts[language].hints.target;
  const [first = "", step = "", ...rest] = splitArguments(value);
  const severity = severityOf(first);
  const field = choiceOf<keyof typeof TARGETS>(TARGETS, step);
  const ms = durationFromWords(rest.join(" "));
  if (severity === null || field === null || ms === null) return refused(why);
  if (ms < MINUTE || ms > 14 * DAY) return refused(why);
  const now = settingsOf(group).targets[severity];
  return own(group, {
    targets: { ...group.settings.targets, [severity]: { ...now, [field]: ms } },
  });
}

/** Reads the value that was typed for an item. Pure; refuses with a sentence that shows how to write it. */
export function readSetting(key: SettingKey, typed: string, reader: Reader): SettingReading {
  const value = foldWidth(typed).trim();
  switch (key) {
    case "language":
      return readLanguage(value, reader);
    case "zone":
      return readZone(typed, reader);
    case "quiet":
      return readQuiet(value, reader);
    case "digest":
      return readClock(value, reader);
    case "weekly":
      return readWeekday(value, reader);
    case "public":
      return readPublic(value, reader);
    default:
      return readOther(key, typed, reader);
  }
}

type OtherKey = Exclude<SettingKey, "language" | "zone" | "quiet" | "digest" | "weekly" | "public">;

function readOther(key: OtherKey, typed: string, reader: Reader): SettingReading {
  const value = foldWidth(typed).trim();
  switch (key) {
    case "ack":
      return readAck(value, reader);
    case "check":
      return readCheck(value, reader);
    case "join":
      return readJoin(value, reader);
    case "words":
      return readWords(typed, reader);
    case "hours":
      return readHours(value, reader);
    case "target":
      return readTarget(value, reader);
    default:
      return readNumber(key, value, reader);
  }
}
