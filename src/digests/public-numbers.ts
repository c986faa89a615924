import {
  type CountedAnswer,
  type CountingWindow,
  decidePublication,
  type PublishedNumber,
} from "#src/statistics/decide-publication.js";
import { aboutCount, publicPercentage } from "#src/statistics/public-number.js";
import { isSmall, isUnanimous } from "#src/statistics/suppress-cells.js";
import type { PublishedRow } from "#src/store/digest-rows.js";
import { groupBy } from "./group-by.js";

/** One answer with the unit that only ever appears as a whole, such as the run it belongs to. */
export interface UnitAnswer extends CountedAnswer {
  readonly unit: string;
}

/** What the group may be told about one question. */
export type Publication =
  | {
      readonly kind: "number";
      readonly metric: string;
      /** Rounded number of distinct people. */
      readonly about: number;
      /** Exact number of distinct people: kept, never shown. */
      readonly people: number;
      /** Rounded percentage per cell. */
      readonly percentages: Readonly<Record<string, number>>;
      /** Exact counts: the memory for later decisions. */
      readonly counts: Readonly<Record<string, number>>;
      readonly window: CountingWindow;
      /** The sum of numbers that were posted before: nothing new for the memory. */
      readonly repeated: boolean;
    }
  | { readonly kind: "words"; readonly majority: string | null }
  | { readonly kind: "nothing" };

/** Everything the decision rests on. */
export interface PublicQuestion {
  readonly metric: string;
  /** All counted answers since `since`, those outside the window too. */
  readonly answers: readonly UnitAnswer[];
  readonly window: CountingWindow;
  /** Numbers posted so far; those that reach back before `since` cannot overlap the window. */
  readonly published: readonly PublishedRow[];
  readonly since: number;
  readonly k: number;
  readonly sensitive: boolean;
  /**
   * `post`: goes to the group and is remembered. `view`: anybody may ask again for any window and
   * nothing is remembered, so that every unit has to be safe on its own.
   */
  readonly purpose: "post" | "view";
}

/**
 * Decides whether a number may be told to a group (§3.4), against everything told before.
 *
 * Besides the rule of {@link decidePublication} it holds that whoever can see each safe unit (the
 * result of each survey, a report of any days) must not find an unsafe one by subtraction: the
 * units that are unsafe on their own have to be safe together. A number that only adds up what was
 * posted already is told again, although nobody new answered.
 */
export function decidePublic(question: PublicQuestion): Publication {
  const { metric, answers, window, k, sensitive } = question;
  const own = answers.filter(({ at }) => at >= window.from && at < window.to);
  const history = question.published
    .filter((row) => row.metric === metric && row.windowStart >= question.since)
    .map((row) => postOf(row, answers));
  const decision = decidePublication({ history, candidate: window, answers, k, sensitive });
  if (decision.kind === "nothing") return { kind: "nothing" };
  const safe = (some: readonly UnitAnswer[]): boolean => isSafe(some, k, sensitive);
  const units = [...groupBy(own, (answer) => answer.unit).values()];
  const unsafe = units.filter((unit) => !safe(unit)).flat();
  const words: Publication = { kind: "words", majority: majorityOf(own) };
  if (!safe(own) || !safe(unsafe)) return words;
  if (question.purpose === "view" && unsafe.length > 0) return words;
  const repeated = decision.kind === "words" && addsUpPosts(history, own, answers, window);
  const viewed = question.purpose === "view" && unchangedOf(history, answers);
  if (decision.kind === "words" && !repeated && !viewed) return words;
  const people = new Set(own.map((answer) => answer.answerer)).size;
  const about = aboutCount(people);
  if (about === null) return { kind: "nothing" };
  return { kind: "number", metric, about, people, ...figuresOf(own), window, repeated };
}

function figuresOf(own: readonly UnitAnswer[]): {
  readonly counts: Readonly<Record<string, number>>;
  readonly percentages: Readonly<Record<string, number>>;
} {
  const counts = countsOf(own);
  const shares = Object.entries(counts).map(
    ([cell, n]) => [cell, publicPercentage(n / own.length)] as const,
  );
  return { counts, percentages: Object.fromEntries(shares) };
}

/** No cell of 1…k − 1 people, and for a sensitive question not all in one cell. */
function isSafe(answers: readonly UnitAnswer[], k: number, sensitive: boolean): boolean {
  if (answers.length === 0) return true;
  const people = [...groupBy(answers, (answer) => answer.cell).values()].map(
    (cell) => new Set(cell.map((answer) => answer.answerer)).size,
  );
  return !people.some((count) => isSmall(count, k)) && !(sensitive && isUnanimous(people));
}

function countsOf(answers: readonly UnitAnswer[]): Readonly<Record<string, number>> {
  const cells = [...groupBy(answers, (answer) => answer.cell)]
    .map(([cell, some]) => [cell, some.length] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(cells);
}

function majorityOf(answers: readonly UnitAnswer[]): string | null {
  const entry = Object.entries(countsOf(answers)).find(([, n]) => 2 * n > answers.length);
  return entry?.[0] ?? null;
}

/** True when the window is made of whole earlier posts that do not overlap and have not changed. */
function addsUpPosts(
  history: readonly PublishedNumber[],
  own: readonly UnitAnswer[],
  answers: readonly UnitAnswer[],
  window: CountingWindow,
): boolean {
  const inside = history.filter((post) => post.from >= window.from && post.to <= window.to);
  const touching = history.filter((post) => post.from < window.to && window.from < post.to);
  if (inside.length === 0 || touching.length !== inside.length) return false;
  const covered = inside.flatMap((post) => answers.filter((answer) => covers(post, answer)));
  return covered.length === own.length && unchangedOf(inside, answers);
}

function covers(window: CountingWindow, { at }: CountedAnswer): boolean {
  return at >= window.from && at < window.to;
}

function unchangedOf(posts: readonly PublishedNumber[], answers: readonly UnitAnswer[]): boolean {
  return posts.every((post) => {
    const now = countsOf(answers.filter((answer) => covers(post, answer)));
    const cells = new Set([...Object.keys(now), ...Object.keys(post.counts)]);
    return [...cells].every((cell) => (now[cell] ?? 0) === (post.counts[cell] ?? 0));
  });
}

/** How a posted number is kept: as it was shown, with the exact counts that later posts need. */
export function shownText(publication: Extract<Publication, { kind: "number" }>): string {
  const { about, percentages, counts } = publication;
  return JSON.stringify({ about, percentages, counts });
}

/** Reads a kept number back; one without counts is taken to say what its window says today. */
function postOf(row: PublishedRow, answers: readonly UnitAnswer[]): PublishedNumber {
  const window = { from: row.windowStart, to: row.windowEnd };
  const counts = keptCounts(row.shown);
  return {
    ...window,
    counts: counts ?? countsOf(answers.filter((answer) => covers(window, answer))),
  };
}

function keptCounts(shown: string): Readonly<Record<string, number>> | null {
  try {
    const value: unknown = JSON.parse(shown);
    if (typeof value !== "object" || value === null || !("counts" in value)) return null;
    return value.counts as Readonly<Record<string, number>>;
  } catch {
    return null;
  }
}
