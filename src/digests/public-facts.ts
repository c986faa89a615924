import type { Aspect } from "#entities/vocabulary.js";
import { ASPECTS } from "#entities/vocabulary.js";
import { HOUR } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { SMALLEST_N_FOR_NPS } from "#src/statistics/nps.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import type { CaseRow, DigestRows, RunRow } from "#src/store/digest-rows.js";
import { type Complainers, complainers, isConfirmed, isOpenAt } from "./case-figures.js";
import type { PublicFacts, ThemeFacts } from "./digest-facts.js";
import { daysOf, type Stretch, within } from "./digest-window.js";
import {
  type Change,
  type Changes,
  complaintId,
  improvementId,
  judgeChanges,
  verdictOf,
} from "./judge-changes.js";
import { decidePublic, type Publication, type UnitAnswer } from "./public-numbers.js";
import {
  isOnScale,
  POOLED_KINDS,
  type PooledKind,
  publicCell,
  sumTallies,
  tallyOf,
} from "./rating-tally.js";
import { type FactsRequest, frameOf, improvementFacts, knownEarlier } from "./staff-facts.js";

/** After a spike nothing cheerful goes out for half a day. */
export const SPIKE_SHADOW = 12 * HOUR;
/** Fewest distinct people before a matter is a theme and not one person's. */
const FEWEST_FOR_THEME = 2;
const MOST_THEMES = 2;

/** What public facts are made for. */
export interface PublicRequest extends FactsRequest {
  /** `post` is remembered; `view` must be safe whoever asks for whichever days. */
  readonly purpose: "post" | "view";
  readonly nextDay: string | null;
  readonly wasPromised: boolean;
}

/**
 * What the group may be told about the window: closed questions only, suppressed against everything
 * that was posted before, and complaints that the shop confirmed.
 */
export function publicFacts(rows: DigestRows, request: PublicRequest): PublicFacts {
  const { group, window, asOf } = request;
  const k = cellFloor(settingsOf(group).suppressBelow);
  const closed = rows.runs.filter((run) => !run.private && run.closedAt !== null);
  const confirmed = { ...rows, cases: rows.cases.filter(isConfirmed) };
  const improvements = improvementFacts(confirmed, window);
  const changes = judgeChanges({
    ratings: POOLED_KINDS.map((kind) => comparedRating(rows, request, kind)),
    complaints: comparedComplaints(confirmed, request),
    days: daysOf(window),
    earlierDays: knownEarlier(rows, request).reduce((sum, one) => sum + daysOf(one), 0),
    improvements,
  });
  const decide = (name: string, answers: readonly UnitAnswer[], sensitive: boolean): Publication =>
    decidePublic({
      metric: `digest:${name}`,
      answers,
      window: { from: window.from, to: window.to },
      published: rows.published,
      since: window.earlier[0]?.from ?? window.from,
      k,
      sensitive,
      purpose: request.purpose,
    });
  const undecided = rows.cases.some((row) => row.state === "candidate" && isOpenAt(row, asOf));
  const handled = progressOf(confirmed.cases, window, asOf);
  // Whoever complained and waits for staff to look would not agree with "all".
  const progress = handled === "all" && undecided ? "most" : handled;
  return {
    ...frameOf(request),
    audience: "public",
    k,
    closedRuns: closed.filter((run) => within(run.closedAt, window)).length,
    answerers: decide("answerers", answererUnits(rows, closed), false),
    ratings: POOLED_KINDS.filter((kind) =>
      closed.some((run) => run.kind === kind && within(run.closedAt, window)),
    ).map((kind) => ({
      kind,
      publication: ratingPublication(kind, decide(kind, ratingUnits(rows, closed, kind), true)),
      change: qualityChange(changes.get(kind)),
    })),
    themes: themesOf(confirmed, request, changes, (aspect, units) =>
      // Days of a report cut across the windows of the posts, so that it tells words only.
      request.purpose === "view"
        ? { kind: "words", majority: null }
        : decide(`theme:${aspect}`, units, false),
    ),
    progress,
    improvements: improvements.map(({ number, text, at }) => {
      const change = changes.get(improvementId(number));
      return { text, at, verdict: change === undefined ? null : verdictOf(change) };
    }),
    nextDay: progress === null || progress === "all" ? null : request.nextDay,
    wasPromised: request.wasPromised,
    hold: holdOf(rows, asOf),
  };
}

function holdOf(rows: DigestRows, asOf: number): PublicFacts["hold"] {
  if (rows.cases.some((row) => row.severity === "P1" && isOpenAt(row, asOf))) return "safety";
  const spike = rows.alarms.some((alarm) => alarm.openedAt >= asOf - SPIKE_SHADOW);
  return spike ? "spike" : null;
}

/** Answers carry the time at which their question closed: a posting is told whole or not at all. */
function unitsOf(
  rows: DigestRows,
  runs: readonly RunRow[],
  cellOf: (numeric: number | null) => string | null,
): readonly UnitAnswer[] {
  const closedAt = new Map(runs.map((run) => [run.id, run.closedAt]));
  return rows.answers.flatMap((answer) => {
    const at = closedAt.get(answer.runId);
    const cell = cellOf(answer.numeric);
    if (!answer.rating || answer.outsideN || cell === null) return [];
    if (at === null || at === undefined) return [];
    return [{ answerer: answer.memberId, at, cell, unit: answer.runId }];
  });
}

function answererUnits(rows: DigestRows, closed: readonly RunRow[]): readonly UnitAnswer[] {
  return unitsOf(rows, closed, () => "answered");
}

function ratingUnits(
  rows: DigestRows,
  closed: readonly RunRow[],
  kind: PooledKind,
): readonly UnitAnswer[] {
  const ofKind = closed.filter((run) => run.kind === kind);
  return unitsOf(rows, ofKind, (numeric) =>
    numeric === null || !isOnScale(kind, numeric) ? null : publicCell(kind, numeric),
  );
}

/** NPS shares are told from 30 answers on (§3.1). */
function ratingPublication(kind: PooledKind, publication: Publication): Publication {
  if (kind !== "nps" || publication.kind !== "number") return publication;
  const counts = Object.entries(publication.counts);
  const n = counts.reduce((sum, [, count]) => sum + count, 0);
  if (n >= SMALLEST_N_FOR_NPS) return publication;
  const majority = counts.find(([, count]) => 2 * count > n)?.[0] ?? null;
  return { kind: "words", majority };
}

function comparedRating(
  rows: DigestRows,
  { window }: PublicRequest,
  kind: PooledKind,
): Parameters<typeof judgeChanges>[0]["ratings"][number] {
  const tally = (stretch: Stretch): ReturnType<typeof tallyOf> => {
    const runs = new Set(
      rows.runs
        .filter((run) => !run.private && run.kind === kind && within(run.closedAt, stretch))
        .map((run) => run.id),
    );
    return tallyOf(
      kind,
      rows.answers.filter((answer) => answer.rating && !answer.outsideN && runs.has(answer.runId)),
    );
  };
  return { kind, now: tally(window), before: sumTallies(window.earlier.map(tally)) };
}

function comparedComplaints(
  rows: DigestRows,
  request: PublicRequest,
): { readonly now: Complainers; readonly before: Complainers } {
  const earlier = knownEarlier(rows, request).map((stretch) =>
    complainers(rows.cases, rows.caseMembers, stretch),
  );
  const byAspect: Partial<Record<Aspect, number>> = {};
  for (const aspect of ASPECTS) {
    byAspect[aspect] = earlier.reduce((sum, one) => sum + (one.byAspect[aspect] ?? 0), 0);
  }
  return {
    now: complainers(rows.cases, rows.caseMembers, request.window),
    before: { members: earlier.reduce((sum, one) => sum + one.members, 0), byAspect },
  };
}

function qualityChange(change: Change | undefined): "better" | "worse" | null {
  if (change === undefined || change.direction === null) return null;
  return change.direction === "up" ? "better" : "worse";
}

/** A person counts from when they joined, or from when the shop agreed, whichever came later. */
function themesOf(
  rows: DigestRows,
  { window }: PublicRequest,
  changes: Changes,
  decide: (aspect: Aspect, units: readonly UnitAnswer[]) => Publication,
): readonly ThemeFacts[] {
  const cases = new Map(rows.cases.map((row) => [row.id, row] as const));
  const voices = rows.caseMembers.flatMap(({ caseId, memberId, joinedAt }) => {
    const row = cases.get(caseId);
    if (row === undefined) return [];
    const at = Math.max(joinedAt, row.confirmedAt ?? row.openedAt);
    return [{ answerer: memberId, at, cell: "said", unit: "all", aspect: row.aspect }];
  });
  return ASPECTS.map((aspect) => {
    const own = voices.filter((voice) => voice.aspect === aspect);
    const now = own.filter((voice) => within(voice.at, window));
    return { aspect, own, people: new Set(now.map((voice) => voice.answerer)).size };
  })
    .filter(({ aspect, people }) => people >= FEWEST_FOR_THEME && aspect !== "other")
    .sort((a, b) => b.people - a.people)
    .slice(0, MOST_THEMES)
    .map(({ aspect, own }) => ({
      aspect,
      publication: decide(aspect, own),
      change: countChange(changes.get(complaintId(aspect))),
    }));
}

function countChange(change: Change | undefined): ThemeFacts["change"] {
  if (change === undefined || change.direction === null) return null;
  return change.direction === "up" ? "more" : "fewer";
}

function progressOf(
  cases: readonly CaseRow[],
  window: Stretch,
  asOf: number,
): PublicFacts["progress"] {
  const concerned = cases.filter(
    (row) => within(row.openedAt, window) || isOpenAt(row, window.from),
  );
  if (concerned.length === 0) return null;
  const open = concerned.filter((row) => isOpenAt(row, asOf)).length;
  if (open === 0) return "all";
  if (open === concerned.length) return "none";
  return 2 * open <= concerned.length ? "most" : "some";
}
