import type { Language } from "#entities/vocabulary.js";
import type { CardTrend, TrendValue } from "#src/console/charts/digest-card-model.js";
import { SOLID_FROM } from "#src/console/charts/trend-option.js";
import { cardTexts } from "#src/i18n/cards.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import type { DigestRows, PublishedRow } from "#src/store/digest-rows.js";
import type { PublicFacts, StaffFacts } from "./digest-facts.js";
import { daysOf, type Stretch, shiftLocalDays, within } from "./digest-window.js";
import type { Publication } from "./public-numbers.js";
import { headlineShare } from "./rating-lines.js";
import { tallyOf } from "./rating-tally.js";
import { ratingsOfKind } from "./staff-facts.js";

/** Days of the trend, and as many before it. */
const TREND_DAYS = 14;
const MOST_POSTS = 14;
const PUBLIC_CSAT = "digest:csat";

/**
 * The satisfied share of each of the last fourteen days, for staff. A day ends at the digest's own
 * time, so that the last point of a daily digest is its headline. Days of fewer than `k` answers
 * are gaps. Null when no day of either period has a value.
 */
export function staffTrend(
  rows: DigestRows,
  facts: StaffFacts,
  language: Language,
): CardTrend | null {
  const answers = ratingsOfKind(rows, "csat");
  const valueAt = (back: number): TrendValue => {
    const stretch: Stretch = {
      from: shiftLocalDays(facts.to, -back - 1, facts.timeZone),
      to: shiftLocalDays(facts.to, -back, facts.timeZone),
    };
    const day = localDay(stretch.to - 1, facts.timeZone);
    const tally = tallyOf(
      "csat",
      answers.filter((answer) => within(answer.answeredAt, stretch)),
    );
    const share = tally.n < facts.k ? null : headlineShare("csat", tally);
    if (share === null) return { day, value: null, n: tally.n };
    return { day, value: share.value, n: tally.n, low: share.low, high: share.high };
  };
  const days = Array.from({ length: TREND_DAYS }, (_, index) => TREND_DAYS - 1 - index);
  const current = days.map(valueAt);
  const previous = days.map((back) => valueAt(back + TREND_DAYS));
  return trendOf({ current, previous }, { k: facts.k, language });
}

function trendOf(
  data: CardTrend["data"],
  { k, language }: { readonly k: number; readonly language: Language },
): CardTrend | null {
  const { trend } = cardTexts[language];
  const told = data.current.filter(({ value }) => value !== null);
  const hasPrevious = data.previous.some(({ value }) => value !== null);
  if (told.length === 0 && !hasPrevious) return null;
  const notes = [
    ...(told.length === 1 && !hasPrevious ? [trend.firstPoint] : []),
    ...(told.length > 1 && told.length < data.current.length ? [trend.gaps(k)] : []),
    ...(told.some(({ n }) => n < SOLID_FROM) ? [trend.hollow] : []),
  ];
  return {
    title: trend.days(data.current.length),
    legend: { current: trend.current, previous: hasPrevious ? trend.previous : null },
    data,
    note: notes.length === 0 ? null : notes.join(language === "zh" ? "；" : " "),
  };
}

/**
 * The satisfied share as the group was told it in each summary of about this length, this one
 * included: rounded numbers that were published before, so that the picture tells nothing new.
 * Null with fewer than two of them.
 */
export function publicTrend(
  facts: PublicFacts,
  published: readonly PublishedRow[],
  language: Language,
): CardTrend | null {
  const { trend } = cardTexts[language];
  const posts = published
    .filter((row) => row.metric === PUBLIC_CSAT && row.windowEnd <= facts.from)
    .filter((row) => isAbout(daysOf({ from: row.windowStart, to: row.windowEnd }), daysOf(facts)))
    .toSorted((a, b) => a.windowEnd - b.windowEnd)
    .flatMap((row) => postedValue(row, facts.timeZone) ?? []);
  const own = facts.ratings.find((rating) => rating.kind === "csat")?.publication;
  const all = [...posts, ...(own === undefined ? [] : ownValue(own, facts))].slice(-MOST_POSTS);
  if (all.length < 2) return null;
  return {
    title: trend.posts,
    legend: { current: trend.current, previous: null },
    data: { current: all, previous: [] },
    note: trend.published,
  };
}

/** A day and three days are alike, a day and a week are not. */
function isAbout(days: number, own: number): boolean {
  return days >= own / 3 && days <= own * 3;
}

function ownValue(publication: Publication, facts: PublicFacts): readonly TrendValue[] {
  if (publication.kind !== "number") return [];
  return [
    {
      day: facts.lastDay,
      value: (publication.percentages["satisfied"] ?? 0) / 100,
      n: publication.about,
    },
  ];
}

/** A kept number as it was shown: rounded, never the exact counts beside it. */
function postedValue(row: PublishedRow, zone: string): TrendValue | null {
  const shown = parsed(row.shown);
  if (shown === null) return null;
  const { about, percentages } = shown;
  if (typeof about !== "number" || typeof percentages !== "object" || percentages === null) {
    return null;
  }
  const satisfied = "satisfied" in percentages ? percentages.satisfied : 0;
  if (typeof satisfied !== "number") return null;
  return { day: localDay(row.windowEnd - 1, zone), value: satisfied / 100, n: about };
}

function parsed(json: string): { readonly about?: unknown; readonly percentages?: unknown } | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
