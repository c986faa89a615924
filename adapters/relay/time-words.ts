import type { SaidTime } from "./pasted-line.js";

/** Which number of a date such as 03/04/2026 is the day. */
export type DateOrder = "day-first" | "month-first";

const LONGEST = 60;
const HANZI = "一二三四五六日";
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

interface Parts {
  day?: SaidTime["day"];
  swappable?: boolean;
  clock?: { hour: number; minute: number; second: number | null };
  part?: string;
}

type Take = (match: RegExpExecArray, parts: Parts, order: DateOrder) => boolean;

function once(parts: Parts, day: NonNullable<SaidTime["day"]>): boolean {
  // A weekday beside a date says nothing more.
  if (parts.day !== undefined) {
    if ("weekday" in day) return true;
    if (!("weekday" in parts.day)) return false;
  }
  if ("month" in day && !isCalendarDay(day)) return false;
  parts.day = day;
  return true;
}

function isCalendarDay({ year, month, day }: { year: number | null; month: number; day: number }) {
  const date = new Date(Date.UTC(year ?? 2024, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function fullYear(text: string): number {
  return text.length === 2 ? 2_000 + Number(text) : Number(text);
}

const takeDate: Take = ([, year = "", month, day], parts) =>
  once(parts, { year: Number(year), month: Number(month), day: Number(day) });

const takeNumbers: Take = ([, first, second, year = ""], parts, order) => {
  const [a, b] = [Number(first), Number(second)];
  const dayFirst = b > 12 ? false : a > 12 ? true : order === "day-first";
  if (a <= 12 && b <= 12 && a !== b) parts.swappable = true;
  return once(parts, { year: fullYear(year), month: dayFirst ? b : a, day: dayFirst ? a : b });
};

const takeMonthDay: Take = ([, month, day], parts) =>
  once(parts, { year: null, month: Number(month), day: Number(day) });

const takeMonthName: Take = ([, month = "", day, year], parts) =>
  once(parts, {
    year: year === undefined ? null : Number(year),
    month: MONTHS.indexOf(month) + 1,
    day: Number(day),
  });

const takeDayMonthName: Take = ([, day, month = "", year], parts) =>
  once(parts, {
    year: year === undefined ? null : Number(year),
    month: MONTHS.indexOf(month) + 1,
    day: Number(day),
  });

const takeClock: Take = ([, hour, minute, second], parts) => {
  if (parts.clock !== undefined || Number(hour) > 24 || Number(minute) > 59) return false;
  parts.clock = {
    hour: Number(hour),
    minute: Number(minute),
    second: second === undefined ? null : Number(second),
  };
  return true;
};

const BACK: Readonly<Record<string, number>> = {
  今天: 0,
  today: 0,
  昨天: 1,
  yesterday: 1,
  前天: 2,
};

const TOKENS: readonly (readonly [RegExp, Take])[] = [
  [/(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})日?/y, takeDate],
  [/(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/y, takeNumbers],
  [/(\d{1,2})月(\d{1,2})[日号]/y, takeMonthDay],
  [/(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)/y, takeClock],
  [/(\d{1,2})点(\d{1,2})分?/y, takeClock],
  [/(\d{1,2})[-/](\d{1,2})(?!\d)/y, takeMonthDay],
  [
    new RegExp(`(${MONTHS.join("|")})[a-z]{0,6}\\.? (\\d{1,2})(?:,? (\\d{4}))?(?!\\d)`, "y"),
    takeMonthName,
  ],
  [new RegExp(`(\\d{1,2}) (${MONTHS.join("|")})[a-z]{0,6}(?:,? (\\d{4}))?`, "y"), takeDayMonthName],
  [
    /(今天|昨天|前天|today|yesterday)/y,
    ([, word = ""], parts) => once(parts, { daysBack: BACK[word] ?? 0 }),
  ],
  [
    /(?:星期|周|礼拜)([一二三四五六日天])/y,
    ([, word = ""], parts) =>
      once(parts, { weekday: HANZI.indexOf(word === "天" ? "日" : word) + 1 }),
  ],
  [
    new RegExp(`(${DAYS.join("|")})(?:day|sday|nesday|rsday|urday)?(?![a-z])`, "y"),
    ([, word = ""], parts) => once(parts, { weekday: DAYS.indexOf(word) + 1 }),
  ],
  [
    /(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[ap]\.?m\.?)/y,
    ([, word = ""], parts) => {
      if (parts.part !== undefined) return false;
      parts.part = word.replaceAll(".", "");
      return true;
    },
  ],
  [/(?:at|,| |\u202f)/y, () => true],
];

/**
 * Reads a text that is a date, a time or both, as chat programs write them in Chinese and English.
 * Null when anything else stands in it. Pure.
 */
export function readTime(text: string, order: DateOrder = "day-first"): SaidTime | null {
  if (text.length > LONGEST) return null;
  const folded = text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, " ").trim();
  const parts: Parts = {};
  let at = 0;
  while (at < folded.length) {
    const next = takeToken(folded, at, { parts, order });
    if (next === null) return null;
    at = next;
  }
  return timeOf(parts);
}

/** The parts put together; null when they make no time. */
function timeOf({ day, swappable, clock, part }: Parts): SaidTime | null {
  const days = { ...(day && { day }), ...(swappable && { swappable }) };
  if (clock === undefined) return day === undefined || part !== undefined ? null : days;
  const read = inDayPart(clock, part);
  return read === null ? null : { ...days, clock: read };
}

function takeToken(
  text: string,
  at: number,
  { parts, order }: { readonly parts: Parts; readonly order: DateOrder },
): number | null {
  for (const [pattern, take] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return take(match, parts, order) ? at + match[0].length : null;
  }
  return null;
}

/** Hours that a part of the day moves: twelve later before noon, or noon and midnight to where they are. */
const SHIFTS: Readonly<Record<string, (hour: number) => number>> = {
  下午: afternoon,
  傍晚: afternoon,
  pm: afternoon,
  晚上: evening,
  夜里: evening,
  中午: (hour) => (hour < 6 ? hour + 12 : hour),
  凌晨: morning,
  am: morning,
};

function afternoon(hour: number): number {
  return hour < 12 ? hour + 12 : hour;
}

function evening(hour: number): number {
  return hour === 12 ? 0 : afternoon(hour);
}

function morning(hour: number): number {
  return hour === 12 ? 0 : hour;
}

/** 晚上7:03 is 19:03 and 12:30 am is 00:30; null for hours that no clock shows. */
function inDayPart(
  clock: NonNullable<Parts["clock"]>,
  part: string | undefined,
): NonNullable<Parts["clock"]> | null {
  const { hour } = clock;
  if (hour > 23) return null;
  const shift = part === undefined || hour > 12 ? undefined : SHIFTS[part];
  return shift === undefined ? clock : { ...clock, hour: shift(hour) };
}
