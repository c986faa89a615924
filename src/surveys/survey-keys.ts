import type { SurveyRun } from "#entities/index.js";
import { stableId } from "#src/shared/ids.js";

const CHECK = "check:";
const STAFF = "staff:";
const UNVERIFIED = "unverified:";

/** Id of the run that a survey opens in a group for one due time (epoch ms). */
export function runIdOf(surveyId: string, groupId: string, openedFor: number): string {
  return stableId("run", surveyId, groupId, openedFor);
}

/** Outbox key of the card of a run. */
export function cardKeyOf(runId: string): string {
  return `card:${runId}`;
}

/** Outbox key of a follow-up question to one member; it is asked once per run and member. */
export function followKeyOf(runId: string, questionId: string, memberId: string): string {
  return `follow:${runId}:${questionId}:${memberId}`;
}

/** Id of the display of a follow-up question to one member. */
export function followPromptId(runId: string, questionId: string, memberId: string): string {
  return stableId("prompt", "follow_up", runId, questionId, memberId);
}

/**
 * True for the check question after a solved case: it belongs to the one member named in its
 * prompt, is answered privately only and never part of a group's tally.
 */
export function isPrivateRun(run: Pick<SurveyRun, "surveyId">): boolean {
  return run.surveyId.startsWith(CHECK);
}

/** Where a staff member's vote is kept: outside every count, for the screening line of staff. */
export function staffQuestionId(questionId: string): string {
  return STAFF + questionId;
}

/** Where a list entry is kept whose name is no member's: outside every count, for staff only. */
export function unverifiedQuestionId(questionId: string): string {
  return UNVERIFIED + questionId;
}

/** The question that an answer belongs to, also where it is kept apart. */
export function plainQuestionId(questionId: string): string {
  for (const mark of [STAFF, UNVERIFIED]) {
    if (questionId.startsWith(mark)) return questionId.slice(mark.length);
  }
  return questionId;
}

/** Stands in for the author of a list entry whose name is no member's; holds no readable name. */
export function unnamedMemberId(runId: string, name: string): string {
  return stableId("unnamed", runId, name);
}
