import type { Group, Survey } from "#entities/index.js";
import type { SurveyStatus } from "#entities/vocabulary.js";
import type { Transaction } from "#src/store/transaction.js";
import { nextOpening, setOpening } from "./schedule-survey.js";

/** Who changes a survey, and when. */
export interface ChangeBy {
  readonly at: number;
  readonly by: string;
}

/** What became of a change of status. `same` means that it stood so already. */
export type StatusOutcome =
  | { readonly kind: "changed"; readonly survey: Survey; readonly nextAt: number | null }
  | { readonly kind: "same" }
  /** An archived survey stays archived. */
  | { readonly kind: "archived" };

const LONGEST_DECISION = 300;

/** Writes down which decision a survey serves; empty text is refused with null. */
export async function stateDecision(
  tx: Transaction,
  survey: Survey,
  change: ChangeBy & { readonly decision: string },
): Promise<Survey | null> {
  const decision = change.decision.trim().slice(0, LONGEST_DECISION);
  if (decision === "") return null;
  await tx.surveys.update({ id: survey.id }, { decision });
  await recordChange(tx, survey, "survey.decision", change);
  return { ...survey, decision };
}

/** Stops new runs until it is resumed; a run that is open goes on to its end. */
export async function pauseSurvey(
  tx: Transaction,
  survey: Survey,
  change: ChangeBy,
): Promise<StatusOutcome> {
  if (survey.status === "archived") return { kind: "archived" };
  if (survey.status === "paused") return { kind: "same" };
  return stop(tx, survey, "paused", change);
}

/** Retires a survey for good; its runs and results stay. */
export async function archiveSurvey(
  tx: Transaction,
  survey: Survey,
  change: ChangeBy,
): Promise<StatusOutcome> {
  if (survey.status === "archived") return { kind: "same" };
  return stop(tx, survey, "archived", change);
}

/** Takes up the schedule of a paused survey again; what was due meanwhile is not made up for. */
export async function resumeSurvey(
  tx: Transaction,
  survey: Survey,
  change: ChangeBy & { readonly group: Group },
): Promise<StatusOutcome> {
  if (survey.status === "archived") return { kind: "archived" };
  if (survey.status !== "paused") return { kind: "same" };
  const status: SurveyStatus = survey.pattern === null ? "draft" : "active";
  const resumed: Survey = { ...survey, status };
  await tx.surveys.update({ id: survey.id }, { status });
  const nextAt =
    survey.pattern === null ? null : nextOpening(survey.pattern, change.group.timeZone, change.at);
  if (nextAt !== null) await setOpening(tx, resumed, change.group, nextAt);
  await recordChange(tx, survey, "survey.resumed", change);
  return { kind: "changed", survey: resumed, nextAt };
}

async function stop(
  tx: Transaction,
  survey: Survey,
  status: "paused" | "archived",
  change: ChangeBy,
): Promise<StatusOutcome> {
  await tx.surveys.update({ id: survey.id }, { status });
  await tx.schedules.cancel("survey.open", survey.id);
  await recordChange(tx, survey, `survey.${status}`, change);
  return { kind: "changed", survey: { ...survey, status }, nextAt: null };
}

async function recordChange(
  tx: Transaction,
  survey: Survey,
  act: string,
  { at, by }: ChangeBy,
): Promise<void> {
  await tx.record({ at, actorId: by, act, subject: `survey:${survey.id}` });
}

/** A survey that staff call by its number; null when there is none. */
export async function findSurvey(tx: Transaction, number: number): Promise<Survey | null> {
  return tx.surveys.first({ number });
}

/** A survey in a list, with when it opens next. */
export interface ListedSurvey {
  readonly survey: Survey;
  readonly nextAt: number | null;
}

/** The surveys of these groups that are not archived, by number. */
export async function listSurveys(
  tx: Transaction,
  groupIds: readonly string[],
): Promise<readonly ListedSurvey[]> {
  if (groupIds.length === 0) return [];
  const surveys = await tx.surveys.find(
    { groupId: groupIds, status: ["draft", "active", "paused"] },
    { order: { number: "asc" } },
  );
  if (surveys.length === 0) return [];
  const schedules = await tx.schedules.rows.find({
    kind: "survey.open",
    ownerId: surveys.map((survey) => survey.id),
    enabled: true,
  });
  const next = new Map(schedules.map((schedule) => [schedule.ownerId, schedule.nextAt]));
  return surveys.map((survey) => ({ survey, nextAt: next.get(survey.id) ?? null }));
}
