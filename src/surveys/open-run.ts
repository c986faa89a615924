import type { Group, ScheduleFiring, Survey, SurveyRun } from "#entities/index.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { conversationOf } from "#src/shared/addresses.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { quietHoursOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import { eligibleMembers } from "./eligible-members.js";
import { forgetOpenRuns } from "./open-runs.js";
import { type GateReason, gateOf } from "./run-gate.js";
import { surveyCard } from "./survey-card.js";
import { cardKeyOf, runIdOf } from "./survey-keys.js";
import { tellStaff } from "./tell-staff.js";

/** How late an opening may be and still count; later it is recorded as missed. */
export const OPEN_GRACE_MS = 2 * HOUR;
/** Closing is never skipped, however late. */
const CLOSE_GRACE_MS = HOUR;
const REMIND_GRACE_MS = HOUR;
/** A reminder this shortly before closing helps nobody. */
const LAST_REMINDER_MS = 10 * MINUTE;

const BOT = "bot";
/** Marks a moved opening that staff asked for: it counts though the survey has no schedule. */
const BY_HAND = 1;

/** What became of an opening. */
export type OpenOutcome =
  | { readonly kind: "opened"; readonly run: SurveyRun }
  | { readonly kind: "not-opened"; readonly reason: GateReason | "missed" }
  /** Quiet hours: the opening has been moved to this instant. */
  | { readonly kind: "deferred"; readonly until: number }
  /** The survey states no decision yet. */
  | { readonly kind: "needs-decision" }
  /** Paused, archived, or its group is gone. */
  | { readonly kind: "inactive" };

/** Opens the run that a schedule is due for. */
export async function openDue(tx: Transaction, firing: ScheduleFiring): Promise<OpenOutcome> {
  const survey = await tx.surveys.first({ id: firing.ownerId });
  const group = survey === null ? null : await tx.directory.groupById(survey.groupId);
  if (survey === null || group === null || survey.status === "archived") {
    return { kind: "inactive" };
  }
  const byHand = firing.payload["byHand"] === BY_HAND;
  if (survey.status !== "active" && !byHand) return { kind: "inactive" };
  // On time means the planned minute, so that a run closes at a round time too.
  const at = firing.outcome === "on_time" ? firing.dueAt : firing.firedAt;
  const scene: OpenScene = { survey, group, at, openedFor: firing.dueAt, actorId: BOT };
  if (firing.outcome === "missed") return notOpened(tx, scene, "missed");
  return openThroughGate(tx, scene, false);
}

/** A request of staff to open a survey at once. */
export interface OpenRequest {
  readonly at: number;
  /** Member who asks. */
  readonly by: string;
  /** Set caps and quiet hours aside. */
  readonly force?: boolean;
}

/** Opens a run because staff ask for it, now or at the end of the quiet hours. */
export async function openNow(
  tx: Transaction,
  survey: Survey,
  { at, by, force = false }: OpenRequest,
): Promise<OpenOutcome> {
  const group = await tx.directory.groupById(survey.groupId);
  if (group === null || survey.status === "archived") return { kind: "inactive" };
  if (survey.decision.trim() === "") return { kind: "needs-decision" };
  const scene: OpenScene = { survey, group, at, openedFor: at, actorId: by };
  return openThroughGate(tx, scene, force);
}

interface OpenScene {
  readonly survey: Survey;
  readonly group: Group;
  readonly at: number;
  readonly openedFor: number;
  readonly actorId: string;
}

async function openThroughGate(
  tx: Transaction,
  scene: OpenScene,
  force: boolean,
): Promise<OpenOutcome> {
  const { survey, group, at } = scene;
  const gate = await gateOf(tx, { survey, group, at, force });
  if (gate.kind === "closed") return notOpened(tx, scene, gate.reason);
  if (gate.kind === "quiet") return defer(tx, scene, gate.until);
  const run = await openRun(tx, {
    survey,
    group,
    at,
    openedFor: scene.openedFor,
    closesAt: at + survey.openForMs,
    quiet: !force,
  });
  await tx.record({
    at,
    actorId: scene.actorId,
    act: "survey.opened",
    subject: `run:${run.id}`,
    detail: { survey: survey.number, eligible: run.eligible, forced: force },
  });
  return { kind: "opened", run };
}

/** The opening moves to the end of the quiet hours; a regular one that comes before stands. */
async function defer(tx: Transaction, scene: OpenScene, until: number): Promise<OpenOutcome> {
  const { survey, group, at } = scene;
  const schedule = await tx.schedules.rows.first({ kind: "survey.open", ownerId: survey.id });
  const next = schedule?.enabled === true ? schedule.nextAt : null;
  const opensAt = next === null ? until : Math.min(next, until);
  await tx.schedules.set({
    kind: "survey.open",
    ownerId: survey.id,
    groupId: group.id,
    pattern: survey.status === "active" ? survey.pattern : null,
    timeZone: group.timeZone,
    nextAt: opensAt,
    graceMs: OPEN_GRACE_MS,
    payload: scene.actorId === BOT ? {} : { byHand: BY_HAND },
  });
  await visible(tx, scene, { reason: "deferred", until: opensAt, at });
  return { kind: "deferred", until: opensAt };
}

async function notOpened(
  tx: Transaction,
  scene: OpenScene,
  reason: GateReason | "missed",
): Promise<OpenOutcome> {
  await visible(tx, scene, { reason, until: null, at: scene.at });
  return { kind: "not-opened", reason };
}

interface NotOpened {
  readonly reason: GateReason | "missed" | "deferred";
  readonly until: number | null;
  readonly at: number;
}

/** Nothing is left out in silence: a line in the audit and one in the staff room. */
async function visible(
  tx: Transaction,
  { survey, group, openedFor, actorId }: OpenScene,
  { reason, until, at }: NotOpened,
): Promise<void> {
  await tx.record({
    at,
    actorId,
    act: "survey.not_opened",
    subject: `survey:${survey.id}`,
    detail: { reason, dueAt: openedFor, until },
  });
  await tellStaff(tx, {
    key: `not-opened:${survey.id}:${openedFor}`,
    kind: "notice",
    group,
    at,
    compose: (texts, language) =>
      texts.notOpened({
        number: survey.number,
        title: survey.title,
        group: group.name,
        reason,
        until: until === null ? null : formatInstant(until, group.timeZone, language, "short"),
      }),
  });
}

/** A run that is to be opened, whatever the caps. */
export interface RunOrder {
  /** Id of the run where it is given; else it follows from survey, group and due time. */
  readonly id?: string;
  readonly survey: Survey;
  readonly group: Group;
  readonly at: number;
  readonly openedFor: number;
  readonly closesAt: number;
  /** Hold the card back in the quiet hours. */
  readonly quiet: boolean;
}

/**
 * Opens a run: its row, the display that the caps count, the card, and when it reminds and closes.
 * Opening the same run again changes nothing.
 */
export async function openRun(tx: Transaction, order: RunOrder): Promise<SurveyRun> {
  const { survey, group, at, openedFor, closesAt } = order;
  const id = order.id ?? runIdOf(survey.id, group.id, openedFor);
  const eligible = await eligibleMembers(tx, group.id);
  const run: SurveyRun = {
    id,
    surveyId: survey.id,
    groupId: group.id,
    kind: survey.kind,
    openedFor,
    openedAt: at,
    closesAt,
    closedAt: null,
    state: "open",
    questions: survey.questions,
    eligible: eligible.length,
    cardKey: cardKeyOf(id),
  };
  const written = await tx.runs.insertNew([run], "id");
  forgetOpenRuns(tx, group.id);
  if (!written.has(id)) return (await tx.runs.first({ id })) ?? run;
  await countDisplay(tx, run, survey.kind);
  await sayCard(tx, order, run);
  await scheduleEnd(tx, order, run);
  return run;
}

async function countDisplay(tx: Transaction, run: SurveyRun, kind: QuestionKind): Promise<void> {
  const { id, groupId, openedAt } = run;
  await tx.prompts.insertNew(
    [
      {
        id: stableId("prompt", "card", id),
        groupId,
        memberId: null,
        runId: id,
        kind,
        reason: "card",
        shownAt: openedAt,
      },
    ],
    "id",
  );
}

async function sayCard(
  tx: Transaction,
  { group, at, closesAt, quiet }: RunOrder,
  run: SurveyRun,
): Promise<void> {
  const question = run.questions.find(isRating);
  if (question === undefined) return;
  await tx.outbox.say({
    key: cardKeyOf(run.id),
    kind: "survey",
    to: conversationOf(group),
    message: surveyCard({ run, question, group }),
    at,
    groupId: group.id,
    expiresAt: closesAt,
    ...(quiet ? { quiet: quietHoursOf(group) } : {}),
  });
}

async function scheduleEnd(
  tx: Transaction,
  { survey, group, at, closesAt }: RunOrder,
  run: SurveyRun,
): Promise<void> {
  const base = { ownerId: run.id, groupId: group.id, pattern: null, timeZone: group.timeZone };
  await tx.schedules.set({
    ...base,
    kind: "survey.close",
    nextAt: closesAt,
    graceMs: CLOSE_GRACE_MS,
  });
  const { remindAfterMs } = survey;
  if (remindAfterMs === null || at + remindAfterMs > closesAt - LAST_REMINDER_MS) return;
  await tx.schedules.set({
    ...base,
    kind: "survey.remind",
    nextAt: at + remindAfterMs,
    graceMs: REMIND_GRACE_MS,
  });
}
