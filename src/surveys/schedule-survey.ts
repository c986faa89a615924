import type { Group, Survey } from "#entities/index.js";
import type { ScheduleWarningWord } from "#src/i18n/surveys.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import { firingsBetween, nextFiring, parseRecurrence } from "#src/scheduling/recurrence.js";
import { scheduleFromWords } from "#src/scheduling/schedule-words.js";
import type { Wording } from "#src/scheduling/time-input-error.js";
import { localDay } from "#src/scheduling/zoned-time.js";
import { isAppError } from "#src/shared/app-error.js";
import { DAY, MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";
import { openForFromWords } from "./open-for.js";
import { OPEN_GRACE_MS } from "./open-run.js";

/** When a survey runs, as staff put it. */
export interface ScheduleRequest {
  readonly survey: Survey;
  readonly group: Group;
  /** Words (`每周五18:30`, `weekdays at 9am`) or five-field cron, by the group's clock. */
  readonly opens: string;
  /** How long (`24h`, `两天`) or until when (`21:00`) each run stays open; as before when absent. */
  readonly closes?: string;
  /** When after opening the one private reminder goes out, ms; null for none; as before when absent. */
  readonly remindAfterMs?: number | null;
  readonly at: number;
  readonly by: string;
}

/** What became of an order to schedule. */
export type ScheduleOutcome =
  | {
      readonly kind: "scheduled";
      readonly survey: Survey;
      readonly nextAt: number;
      /** What will keep some runs from opening, so that nobody is surprised later. */
      readonly warnings: readonly ScheduleWarningWord[];
    }
  | { readonly kind: "needs-decision" }
  | { readonly kind: "archived" }
  | { readonly kind: "unclear-opening"; readonly hint: Wording }
  | { readonly kind: "unclear-closing" }
  | { readonly kind: "reminder-after-closing" }
  | { readonly kind: "never" };

const SHORTEST_REMINDER_MS = 10 * MINUTE;
/** Warnings look this far ahead. */
const PREVIEW_DAYS = 28;
const PREVIEW_RUNS = 500;

/** Puts a survey on a schedule and makes it active. It must say first which decision it serves. */
export async function scheduleSurvey(
  tx: Transaction,
  request: ScheduleRequest,
): Promise<ScheduleOutcome> {
  const { survey, group, at, by } = request;
  if (survey.status === "archived") return { kind: "archived" };
  if (survey.decision.trim() === "") return { kind: "needs-decision" };
  const opening = readOpening(request);
  if (opening.kind !== "ok") return opening;
  const { pattern, nextAt } = opening;
  const openForMs =
    request.closes === undefined
      ? survey.openForMs
      : openForFromWords(request.closes, nextAt, group.timeZone);
  if (openForMs === null) return { kind: "unclear-closing" };
  const remindAfterMs =
    request.remindAfterMs === undefined ? survey.remindAfterMs : request.remindAfterMs;
  if (!fitsReminder(remindAfterMs, openForMs)) return { kind: "reminder-after-closing" };
  const changed: Survey = { ...survey, pattern, openForMs, remindAfterMs, status: "active" };
  await tx.surveys.update(
    { id: survey.id },
    { pattern, openForMs, remindAfterMs, status: "active" },
  );
  await setOpening(tx, changed, group, nextAt);
  await tx.record({
    at,
    actorId: by,
    act: "survey.scheduled",
    subject: `survey:${survey.id}`,
    detail: { pattern, openForMs, remindAfterMs, nextAt },
  });
  return { kind: "scheduled", survey: changed, nextAt, warnings: warningsOf(changed, group, at) };
}

/** Sets when an active survey opens next. */
export async function setOpening(
  tx: Transaction,
  survey: Survey,
  group: Group,
  nextAt: number | null,
): Promise<void> {
  await tx.schedules.set({
    kind: "survey.open",
    ownerId: survey.id,
    groupId: group.id,
    pattern: survey.pattern,
    timeZone: group.timeZone,
    nextAt,
    graceMs: OPEN_GRACE_MS,
  });
}

type Opening =
  | { readonly kind: "ok"; readonly pattern: string; readonly nextAt: number }
  | Extract<ScheduleOutcome, { readonly kind: "unclear-opening" | "never" }>;

function readOpening({ opens, group, at }: ScheduleRequest): Opening {
  const words = scheduleFromWords(opens);
  if (words.kind === "unclear") return { kind: "unclear-opening", hint: words.hint };
  const nextAt = nextOpening(words.pattern, group.timeZone, at);
  return nextAt === null ? { kind: "never" } : { kind: "ok", pattern: words.pattern, nextAt };
}

/** When a pattern opens next after `after`; null for a pattern that never does. */
export function nextOpening(pattern: string, zone: string, after: number): number | null {
  try {
    return nextFiring(parseRecurrence(pattern), zone, after);
  } catch (error) {
    if (isAppError(error, "invalid-input")) return null;
    throw error;
  }
}

function fitsReminder(remindAfterMs: number | null, openForMs: number): boolean {
  if (remindAfterMs === null) return true;
  return remindAfterMs >= SHORTEST_REMINDER_MS && remindAfterMs <= openForMs - SHORTEST_REMINDER_MS;
}

/** What the caps, the quiet hours and the length of a run will do to this schedule. */
function warningsOf(survey: Survey, group: Group, at: number): readonly ScheduleWarningWord[] {
  if (survey.pattern === null) return [];
  const settings = settingsOf(group);
  // Two NPS rounds that come too soon may lie further apart than the usual preview.
  const previewDays = survey.kind === "nps" ? settings.npsGapDays + PREVIEW_DAYS : PREVIEW_DAYS;
  const runs = firingsBetween(parseRecurrence(survey.pattern), group.timeZone, {
    after: at,
    until: at + previewDays * DAY,
    limit: PREVIEW_RUNS,
  });
  const warnings: ScheduleWarningWord[] = [];
  const days = runs.map((run) => localDay(run, group.timeZone));
  const within = (ms: number): number =>
    Math.max(0, ...runs.map((run) => runs.filter((one) => one >= run && one < run + ms).length));
  const perDay = Math.max(0, ...days.map((day) => days.filter((one) => one === day).length));
  if (perDay > settings.capGroupPerDay) warnings.push("cap_day");
  if (within(7 * DAY) > settings.capGroupPerWeek) warnings.push("cap_week");
  if (survey.kind === "nps" && within(settings.npsGapDays * DAY) > 1) warnings.push("nps_gap");
  if (within(survey.openForMs) > 1) warnings.push("overlap");
  if (runs.some((run) => quietUntil(run, settings.quietHours, group.timeZone) !== null)) {
    warnings.push("quiet");
  }
  return warnings;
}
