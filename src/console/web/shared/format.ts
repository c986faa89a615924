import type { Language } from "#entities/vocabulary.js";

const LOCALES = { zh: "zh-CN", en: "en-GB" } as const;
const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it, and a chat shows hundreds of times. */
function format(
  language: Language,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${language}|${timeZone ?? ""}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], {
    ...options,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(key, made);
  return made;
}

/** Where and in which language an instant is shown. Without a zone, that of the browser. */
export interface Place {
  readonly language: Language;
  readonly timeZone?: string | undefined;
}

/** 17:30 */
export function clockTime(at: number, { language, timeZone }: Place): string {
  return format(
    language,
    { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone,
  ).format(at);
}

/** 11月21日 周六 / Sat 21 Nov */
export function dayName(at: number, { language, timeZone }: Place): string {
  return format(language, { month: "short", day: "numeric", weekday: "short" }, timeZone).format(
    at,
  );
}

/** Day and time, for what may be long ago. */
export function dayAndTime(at: number, place: Place): string {
  return `${dayName(at, place)} ${clockTime(at, place)}`;
}

/** The calendar day of an instant as 2026-11-21, for comparing days. */
export function isoDay(at: number, timeZone?: string): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const parts = format("en", options, timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The day so many days later (or earlier, when negative). */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A calendar day in words; it has no zone. */
export function dayInWords(day: string, language: Language): string {
  return format(language, { month: "short", day: "numeric" }, "UTC").format(
    Date.parse(`${day}T00:00:00Z`),
  );
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 hours ago", "in 20 minutes", in the page's language. */
export function relativeTime(at: number, now: number, language: Language): string {
  const words = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(at - now) >= length) return words.format(Math.round((at - now) / length), unit);
  }
  return words.format(0, "minute");
}

/** 0.613 as 61%. */
export function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: "percent",
    maximumFractionDigits: 0,
  }).format(share);
}

/** With its sign, and a real minus. */
export function signed(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return "0";
  return `${value > 0 ? "+" : "−"}${text}`;
}
