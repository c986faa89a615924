import { foldWidth, isBlank, splitArguments } from "./text-scan.js";

/** The items that staff can set, by their one name, in the order in which they are listed. */
export const SETTING_KEYS = [
  "language",
  "zone",
  "quiet",
  "digest",
  "weekly",
  "public",
  "ack",
  "check",
  "person-week",
  "person-month",
  "group-day",
  "group-week",
  "nps-gap",
  "few",
  "join",
  "words",
  "hours",
  "target",
] as const;
export type SettingKey = (typeof SETTING_KEYS)[number];

/** What people type for each; the first Chinese and the first English word are shown. */
export const SETTING_WORDS: Readonly<Record<SettingKey, readonly string[]>> = {
  language: ["语言", "language", "lang"],
  zone: ["时区", "zone", "timezone", "time zone"],
  quiet: ["安静时段", "quiet", "安静", "静音", "quiet hours", "免打扰时段"],
  digest: ["小结时间", "digest", "日报", "小结", "日报时间", "daily digest", "daily"],
  weekly: ["周小结", "weekly", "周报", "周小结时间", "weekly digest"],
  public: ["公开小结", "public", "公开", "群小结", "public digest"],
  ack: ["自动回应", "ack", "回应", "自动回复", "acknowledge"],
  check: ["回访", "check", "check question"],
  "person-week": ["每人每周", "person-week", "person per week", "person week"],
  "person-month": ["每人每月", "person-month", "person per month", "person month"],
  "group-day": ["每群每天", "group-day", "group per day", "group day"],
  "group-week": ["每群每周", "group-week", "group per week", "group week"],
  "nps-gap": ["推荐度间隔", "nps-gap", "nps间隔", "nps 间隔", "nps gap"],
  few: ["最少人数", "few", "fewest", "公布人数"],
  join: ["合并时间", "join", "follow-up window", "补充时间"],
  words: ["词语", "words", "词", "关键词", "word"],
  hours: ["营业时间", "hours", "工作时间", "business hours"],
  target: ["时限", "target", "targets", "处理时限"],
};

const ALL_WORDS = SETTING_KEYS.flatMap((key) =>
  SETTING_WORDS[key].map((word) => ({ word, key })),
).toSorted((a, b) => b.word.length - a.word.length);

/** An item and the value that was typed after it. */
export interface TypedSetting {
  readonly key: SettingKey;
  readonly value: string;
}

/** The item at the start of a text; null when none stands there. */
export function settingOf(text: string): TypedSetting | null {
  const folded = foldWidth(text);
  for (const { word, key } of ALL_WORDS) {
    if (!folded.startsWith(word)) continue;
    const next = folded[word.length];
    if (next !== undefined && /[a-z]$/.test(word) && /[a-z]/.test(next)) continue;
    const value = text.slice(word.length).trim();
    // "小结今天很好" is talk; a value glued to a Chinese word starts with a digit or a mark.
    const glued = next !== undefined && next.trim() !== "" && !/[a-z]$/.test(word);
    if (glued && !/[\d:：=]/.test(next)) continue;
    return { key, value: /^[:：=]/.test(value) ? value.slice(1).trim() : value };
  }
  return null;
}

const MOST_WORDS_OF_A_NAME = 8;

/** An item at the start of a text, or behind the name of a group; null when there is none. */
export function splitSetting(
  text: string,
): { readonly group: string; readonly setting: TypedSetting } | null {
  let at = 0;
  for (let words = 0; words < MOST_WORDS_OF_A_NAME && at < text.length; words += 1) {
    const setting = settingOf(text.slice(at));
    if (setting !== null) {
      return { group: splitArguments(text.slice(0, at)).join(" "), setting };
    }
    while (at < text.length && !isBlank(text[at])) at += 1;
    while (at < text.length && isBlank(text[at])) at += 1;
  }
  return null;
}
