import { type Draft, kindAt, peek, type Verdict } from "./schedule-draft.js";
import type { DayPart } from "./schedule-lexicon.js";

interface Hour {
  readonly hour: number;
  readonly atMidnight: boolean;
}

interface PartRule {
  /** Hours of the 24-hour clock that this part is said with. */
  readonly low: number;
  readonly high: number;
  /** Smaller hours below this one mean twelve later. */
  readonly late: number;
  /** What twelve o'clock is; `null`: nobody says it. */
  readonly twelve: Hour | null;
}

const NOON: Hour = { hour: 12, atMidnight: false };
const DAY_BEGINS: Hour = { hour: 0, atMidnight: false };
const MIDNIGHT: Hour = { hour: 0, atMidnight: true };

const PARTS: Record<DayPart, PartRule> = {
  dawn: { low: 0, high: 6, late: 0, twelve: DAY_BEGINS },
  morning: { low: 1, high: 11, late: 0, twelve: null },
  noon: { low: 11, high: 14, late: 3, twelve: NOON },
  afternoon: { low: 12, high: 19, late: 8, twelve: NOON },
  evening: { low: 17, high: 23, late: 12, twelve: MIDNIGHT },
  midnight: { low: 0, high: 0, late: 0, twelve: MIDNIGHT },
  am: { low: 0, high: 11, late: 0, twelve: DAY_BEGINS },
  pm: { low: 12, high: 23, late: 12, twelve: NOON },
};

function resolveHour(hour: number, part: DayPart | null): Hour | null {
  if (part === null) return hour <= 23 ? { hour, atMidnight: false } : null;
  const { low, high, late, twelve } = PARTS[part];
  if (hour === 12) return twelve;
  if (twelve === MIDNIGHT && hour % 24 === 0) return MIDNIGHT;
  const meant = hour > 0 && hour < late ? hour + 12 : hour;
  return meant >= low && meant <= high ? { hour: meant, atMidnight: false } : null;
}

/** A part of the day said after the hour: `8 pm`, `8 in the evening`, `12 noon`. */
function takePartAfter(draft: Draft, hour: number): DayPart | null {
  const joined = kindAt(draft) === "in" || kindAt(draft) === "at" ? 1 : 0;
  const token = peek(draft, joined);
  if (token?.kind !== "dayPart") return null;
  const afterAnHour = token.part === "am" || token.part === "pm" || joined === 1;
  const twelve = hour === 12 && (token.part === "noon" || token.part === "midnight");
  if (!afterAnHour && !twelve) return null;
  draft.at += joined + 1;
  return token.part;
}

/** Adds a time whose hour may be shifted by a part of the day said before or after it. */
export function addTime(draft: Draft, hour: number, minute: number): Verdict {
  const after = takePartAfter(draft, hour);
  if (after === null && draft.part !== null) draft.partUsed = true;
  const resolved = resolveHour(hour, after ?? draft.part);
  if (resolved === null || minute > 59) return "badTime";
  draft.times.push({ ...resolved, minute });
  return null;
}

/** Minutes after `点`: `30`, `30分`, `半`, `一刻`; 0 when none are said. */
function takeMinute(draft: Draft): number {
  const token = peek(draft);
  if (token?.kind === "quarter") {
    draft.at += 1;
    return token.minute;
  }
  const next = kindAt(draft, 1);
  if (token?.kind !== "number" || next === "hourMark" || next === "dayMark") return 0;
  draft.at += next === "minuteMark" ? 2 : 1;
  return token.value;
}

/** Adds `8点`, `8点半`, `9、20点` or `8pm`; the first hour is already taken. */
export function addHours(draft: Draft, hours: readonly number[]): Verdict {
  if (kindAt(draft) === "hourMark") draft.at += 1;
  const minute = takeMinute(draft);
  for (const hour of hours) {
    const verdict = addTime(draft, hour, hour === hours.at(-1) ? minute : 0);
    if (verdict !== null) return verdict;
  }
  return null;
}

/** `noon` and `midnight` are times by themselves when no hour was said with them. */
export function settlePart(draft: Draft): Verdict {
  const { part, partUsed } = draft;
  draft.part = null;
  if (part === null || partUsed) return null;
  if (part === "noon" || part === "midnight") {
    draft.times.push({
      hour: part === "noon" ? 12 : 0,
      minute: 0,
      atMidnight: part === "midnight",
    });
    return null;
  }
  return draft.times.length > 0 ? "badTime" : "noTime";
}

/** A part of the day said before an hour; it holds for the hours after it. */
export function readPart(draft: Draft, part: DayPart): Verdict {
  const verdict = settlePart(draft);
  // `every evening` names every day by itself.
  if (kindAt(draft, -2) === "every") draft.daily = true;
  draft.part = part;
  draft.partUsed = false;
  return part === "am" || part === "pm" ? "badTime" : verdict;
}
