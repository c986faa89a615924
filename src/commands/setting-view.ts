import type { Group } from "#entities/index.js";
import type { OpeningHours } from "#entities/types.js";
import { type Language, SEVERITIES } from "#entities/vocabulary.js";
import { settingTexts } from "#src/i18n/command-settings.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { SettingKey } from "./setting-words.js";

/** A setting's value in words, the default where staff changed nothing. */
export function showSetting(key: SettingKey, group: Group, language: Language): string {
  const settings = settingsOf(group);
  const { values } = settingTexts[language];
  switch (key) {
    case "language":
      return values.language[group.language];
    case "zone":
      return group.timeZone;
    case "quiet": {
      const { from, to } = settings.quietHours;
      return from === to ? values.never : `${from}-${to}`;
    }
    case "digest":
      return `${values.daily} ${settings.dailyDigestAt}`;
    case "weekly":
      return values.weekdays[settings.weeklyDigestOn - 1] ?? values.never;
    case "public":
      return values.publicDigest[settings.publicDigest];
    case "ack":
      return values.acknowledge[settings.acknowledge];
    case "check":
      return values.caseCheck[settings.caseCheck];
    default:
      return showOther(key, group, language);
  }
}

type OtherKey = Exclude<
  SettingKey,
  "language" | "zone" | "quiet" | "digest" | "weekly" | "public" | "ack" | "check"
>;

function showOther(key: OtherKey, group: Group, language: Language): string {
  const settings = settingsOf(group);
  const { values } = settingTexts[language];
  switch (key) {
    case "person-week":
      return values.times(settings.capPersonPerWeek);
    case "person-month":
      return values.times(settings.capPersonPerMonth);
    case "group-day":
      return values.times(settings.capGroupPerDay);
    case "group-week":
      return values.times(settings.capGroupPerWeek);
    case "nps-gap":
      return values.days(settings.npsGapDays);
    case "few":
      return values.people(settings.suppressBelow);
    case "join":
      return complaintTexts[language].duration(settings.followUpWindowMs);
    case "words":
      return showWords(group, language);
    case "hours":
      return bySeverity(language, (severity) => showHours(settings.hours[severity], language));
    case "target":
      return bySeverity(language, (severity) => showTargets(group, severity, language));
  }
}

function showWords(group: Group, language: Language): string {
  const { extraWords } = settingsOf(group);
  if (extraWords.length === 0) return settingTexts[language].values.noWords;
  const { aspects } = complaintTexts[language];
  const shown = extraWords.map(({ word, aspect }) =>
    language === "zh" ? `${word}（${aspects[aspect]}）` : `${word} (${aspects[aspect]})`,
  );
  return shown.join(language === "zh" ? "、" : ", ");
}

type Severity = (typeof SEVERITIES)[number];

function bySeverity(language: Language, show: (severity: Severity) => string): string {
  return SEVERITIES.map((severity) => `${severity} ${show(severity)}`).join(
    language === "zh" ? "；" : "; ",
  );
}

function showHours(hours: OpeningHours, language: Language): string {
  const { values } = settingTexts[language];
  if (hours.always === true) return values.always;
  const week = Object.values(hours.week ?? {}).map((periods) =>
    periods.map(([from, to]) => `${from}-${to}`).join(","),
  );
  const [first = values.never] = week;
  if (week.length === 7 && week.every((day) => day === first)) return first;
  return Object.entries(hours.week ?? {})
    .map(
      ([day, periods]) =>
        `${values.weekdays[Number(day) - 1] ?? day} ${periods
          .map(([from, to]) => `${from}-${to}`)
          .join(",")}`,
    )
    .join(language === "zh" ? "，" : ", ");
}

function showTargets(group: Group, severity: Severity, language: Language): string {
  const { acknowledgeMs, updateMs, resolveMs } = settingsOf(group).targets[severity];
  const { duration } = complaintTexts[language];
  const { target } = settingTexts[language].values;
  return target(duration(acknowledgeMs), duration(updateMs), duration(resolveMs));
}
