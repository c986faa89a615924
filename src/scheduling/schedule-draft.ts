import type { DayPart, ScheduleHint, ScheduleToken } from "./schedule-lexicon.js";

/** One time of a schedule. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  /** True for twelve at night, which may belong to either day. */
  readonly atMidnight: boolean;
}

/** What has been gathered so far; the words may come in any order. */
export interface Draft {
  readonly tokens: readonly ScheduleToken[];
  at: number;
  every: boolean;
  daily: boolean;
  month: boolean;
  week: boolean;
  lastDay: boolean;
  readonly weekdays: Set<number>;
  readonly nth: Set<string>;
  readonly days: Set<number>;
  readonly times: TimeOfDay[];
  interval: string | null;
  part: DayPart | null;
  partUsed: boolean;
}

/** What reading a word gave; `null`: understood, go on. */
export type Verdict = ScheduleHint | null;

/** The token `ahead` places after the next one (negative: already taken). */
export function peek(draft: Draft, ahead = 0): ScheduleToken | undefined {
  return draft.tokens[draft.at + ahead];
}

/** The kind of the token that {@link peek} gives. */
export function kindAt(draft: Draft, ahead = 0): ScheduleToken["kind"] | undefined {
  return peek(draft, ahead)?.kind;
}

/** An empty draft before the first word. */
export function createDraft(tokens: readonly ScheduleToken[]): Draft {
  return {
    tokens,
    at: 0,
    every: false,
    daily: false,
    month: false,
    week: false,
    lastDay: false,
    weekdays: new Set(),
    nth: new Set(),
    days: new Set(),
    times: [],
    interval: null,
    part: null,
    partUsed: false,
  };
}

/** Consumes `a, b and c` of numbers or ordinals; the first is already taken. */
export function takeList(draft: Draft, kind: "number" | "ordinal", first: number): number[] {
  const values = [first];
  for (;;) {
    const token = peek(draft, 1);
    if (kindAt(draft) !== "and" || token?.kind !== kind) return values;
    values.push(token.value);
    draft.at += 2;
  }
}
