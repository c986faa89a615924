import type { Language } from "#entities/vocabulary.js";
import { type DigestTexts, digestTexts, type SpeedWords } from "#src/i18n/digests.js";
import { formatDay, formatInstant, localDay, zonedParts } from "#src/scheduling/zoned-time.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Durations } from "./case-figures.js";
import type { FactsFrame } from "./digest-facts.js";
import type { Stretch } from "./digest-window.js";

/** A language with the texts of digests and the zone that times are written in. */
export interface Wording {
  readonly texts: DigestTexts;
  readonly language: Language;
  readonly zone: string;
}

/** The wording for a group's zone in a language. */
export function wordingOf(language: Language, zone: string): Wording {
  return { texts: digestTexts[language], language, zone };
}

/** A signed number, with a true minus: "+18", "−4", "0". */
export function signed(value: number, decimals = 0): string {
  const rounded = Number(value.toFixed(decimals));
  if (rounded === 0) return "0";
  return `${rounded > 0 ? "+" : "−"}${Math.abs(rounded).toFixed(decimals)}`;
}

/** A number with a true minus and no plus. */
export function plain(value: number, decimals = 0): string {
  return signed(value, decimals).replace("+", "");
}

/** A number of people that need not be whole: one decimal below ten. */
export function roughly(value: number): string {
  return value < 9.95 ? String(Number(value.toFixed(1))) : String(Math.round(value));
}

/** "UTC+8" at an instant. */
export function offsetWords(instant: number, zone: string): string {
  const { offsetMinutes } = zonedParts(instant, zone);
  const minutes = Math.abs(Math.trunc(offsetMinutes));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (minutes === 0) return "UTC";
  const sign = offsetMinutes < 0 ? "−" : "+";
  return `UTC${sign}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** The window in words: days alone for a report, day and time for a digest. */
export function spanWords(facts: FactsFrame, { texts, language, zone }: Wording): string {
  if (facts.kind === "report") {
    const style = facts.firstDay.slice(0, 4) === facts.lastDay.slice(0, 4) ? "short" : "date";
    return texts.span(
      formatDay(facts.firstDay, language, style),
      formatDay(facts.lastDay, language, style),
    );
  }
  if (facts.firstDay === localDay(facts.to, zone)) {
    return texts.within(
      formatDay(facts.firstDay, language, "short"),
      formatInstant(facts.from, zone, language, "time"),
      formatInstant(facts.to, zone, language, "time"),
    );
  }
  return texts.span(
    formatInstant(facts.from, zone, language, "short"),
    formatInstant(facts.to, zone, language, "short"),
  );
}

/** A stretch by its times, with the days where they are not the window's last one. */
export function stretchWords({ from, to }: Stretch, { language, zone }: Wording): string {
  const start = formatInstant(from, zone, language, "short");
  const style = localDay(from, zone) === localDay(to, zone) ? "time" : "short";
  return `${start}–${formatInstant(to, zone, language, style)}`;
}

/** A time of day, with the day where it is not `today`. */
export function timeWords(instant: number, today: number, { language, zone }: Wording): string {
  const style = localDay(instant, zone) === localDay(today, zone) ? "time" : "short";
  return formatInstant(instant, zone, language, style);
}

/** Middle and slow end of durations in words; the slow end from ten on. */
export function speedWords({ n, median, slow }: Durations, { texts }: Wording): SpeedWords | null {
  if (n === 0) return null;
  const longest = n >= 10 && slow !== null ? texts.duration(slow) : null;
  return { n, median: median === null ? null : texts.duration(median), slow: longest };
}

/** Whole minutes of a duration, for the list of numbers. */
export function minutesOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / MINUTE);
}
