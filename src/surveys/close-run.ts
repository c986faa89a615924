import type { Group, PublishedNumber, ScheduleFiring, SurveyRun } from "#entities/index.js";
import { conversationKey } from "#src/platform/conversation.js";
import { conversationOf } from "#src/shared/addresses.js";
import { MINUTE, SECOND } from "#src/shared/clock.js";
import { quietHoursOf, settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import { aboutCount } from "#src/statistics/public-number.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import type { Transaction } from "#src/store/transaction.js";
import { isOutsideN, readValue } from "./answer-value.js";
import { eligibleMembers } from "./eligible-members.js";
import { forgetOpenRuns } from "./open-runs.js";
import { type PublicMetric, publicMetrics } from "./publish-result.js";
import { groupResult } from "./result-message.js";
import { type RunAnswers, readRunAnswers, runResult } from "./run-result.js";
import { staffResult } from "./staff-result.js";
import { closedCard } from "./survey-card.js";
import { isPrivateRun } from "./survey-keys.js";
import { tally } from "./tally.js";
import { tellStaff } from "./tell-staff.js";

/** How long closing waits at a time for votes that came in before it. */
const WAIT_MS = 5 * SECOND;
const LONGEST_WAIT_MS = 10 * MINUTE;

/** What became of a closing. */
export type CloseOutcome =
  | { readonly kind: "closed"; readonly run: SurveyRun }
  /** Votes that came in before closing are still being read. */
  | { readonly kind: "waiting"; readonly until: number }
  | { readonly kind: "already-closed" };

/**
 * Closes the run that a schedule is due for. It waits while messages that arrived before the
 * closing time are unread, so that no vote in time is lost; the run still ends at its planned time.
 */
export async function closeDue(tx: Transaction, firing: ScheduleFiring): Promise<CloseOutcome> {
  const run = await tx.runs.first({ id: firing.ownerId });
  const group = run === null ? null : await tx.directory.groupById(run.groupId);
  if (run === null || group === null || run.state !== "open") return { kind: "already-closed" };
  const now = firing.firedAt;
  if (now < run.closesAt + LONGEST_WAIT_MS && (await hasUnread(tx, group, run.closesAt))) {
    const until = now + WAIT_MS;
    await tx.schedules.set({
      kind: "survey.close",
      ownerId: run.id,
      groupId: group.id,
      pattern: null,
      timeZone: group.timeZone,
      nextAt: until,
      graceMs: LONGEST_WAIT_MS,
    });
    return { kind: "waiting", until };
  }
  return closeRun(tx, { run, group, closedAt: Math.min(run.closesAt, now), at: now });
}

async function hasUnread(tx: Transaction, group: Group, before: number): Promise<boolean> {
  const lane = conversationKey(conversationOf(group));
  const row = await tx.inboxEvents.first({ lane, state: "due", receivedAt: { below: before } });
  return row !== null;
}

/** Closes a run before its time because staff ask for it. */
export async function closeNow(
  tx: Transaction,
  run: SurveyRun,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<CloseOutcome> {
  const group = await tx.directory.groupById(run.groupId);
  if (group === null || run.state !== "open") return { kind: "already-closed" };
  await tx.schedules.cancel("survey.close", run.id);
  await tx.record({ at, actorId: by, act: "survey.closed_by_hand", subject: `run:${run.id}` });
  return closeRun(tx, { run, group, closedAt: Math.min(at, run.closesAt), at });
}

interface Closing {
  readonly run: SurveyRun;
  readonly group: Group;
  /** When the run ended. */
  readonly closedAt: number;
  /** When this is done. */
  readonly at: number;
}

async function closeRun(tx: Transaction, closing: Closing): Promise<CloseOutcome> {
  const { run, group, closedAt, at } = closing;
  const answers = await readRunAnswers(tx, run);
  const eligible = await eligibleAtClose(tx, run, answers);
  const closed: SurveyRun = { ...run, state: "closed", closedAt, eligible };
  const changed = await tx.runs.update(
    { id: run.id, state: "open" },
    { state: "closed", closedAt, eligible },
  );
  forgetOpenRuns(tx, group.id);
  if (changed !== 1) return { kind: "already-closed" };
  await tx.schedules.cancel("survey.remind", run.id);
  await tx.schedules.cancel("survey.count", run.id);
  if (answers !== null && !isPrivateRun(run)) {
    await editCard(tx, closed, group, { answers, at });
    await tellResult(tx, { ...closing, run: closed }, answers);
  }
  return { kind: "closed", run: closed };
}

/** Who could answer: the members who may be asked now, and everybody whose answer counts. */
async function eligibleAtClose(
  tx: Transaction,
  run: SurveyRun,
  answers: RunAnswers | null,
): Promise<number> {
  if (isPrivateRun(run)) return run.eligible;
  const eligible = await eligibleMembers(tx, run.groupId);
  const ids = new Set(eligible.map((member) => member.id));
  for (const answer of answers?.rating ?? []) ids.add(answer.memberId);
  return ids.size;
}

async function editCard(
  tx: Transaction,
  run: SurveyRun,
  group: Group,
  { answers, at }: { readonly answers: RunAnswers; readonly at: number },
): Promise<void> {
  if (run.cardKey === null) return;
  await tx.outbox.edit({
    key: `card-closed:${run.id}`,
    editsKey: run.cardKey,
    message: closedCard(answers.question, group),
    at,
  });
}

/** The group gets what may be told, the staff room everything but names, both once. */
async function tellResult(
  tx: Transaction,
  { run, group, at }: Closing,
  answers: RunAnswers,
): Promise<void> {
  const { question, rating } = answers;
  const k = cellFloor(settingsOf(group).suppressBelow);
  const survey = await tx.surveys.first({ id: run.surveyId });
  const window = windowOf(run, answers);
  const metrics = publicMetrics({ question, answers: rating, window, k });
  const counted = tally(question, rating);
  await tx.outbox.say({
    key: `result:${run.id}`,
    kind: "result",
    to: conversationOf(group),
    message: groupResult({
      question,
      language: group.language,
      tally: counted,
      metrics,
      about: counted.n < k ? null : aboutCount(counted.n),
      eligible: run.eligible,
      k,
    }),
    at,
    groupId: group.id,
    quiet: quietHoursOf(group),
  });
  await keepPublished(tx, { run, group, at }, { metrics, answers, window });
  await tellStaff(tx, {
    key: `result-staff:${run.id}`,
    kind: "result",
    group,
    at,
    compose: (_, language) =>
      staffResult(runResult({ run, survey, group, answers, language }), language),
  });
}

/** From opening to closing; an answer at the closing instant itself belongs to it. */
function windowOf(
  run: SurveyRun,
  { rating }: RunAnswers,
): { readonly from: number; readonly to: number } {
  const times = rating.map((answer) => answer.answeredAt + 1);
  return {
    from: Math.min(run.openedAt, ...times.map((time) => time - 1)),
    to: Math.max(run.closedAt ?? run.closesAt, run.openedAt + 1, ...times),
  };
}

function publishedId(runId: string, metric: string): string {
  return stableId("published", runId, metric);
}

interface Told {
  readonly metrics: readonly PublicMetric[];
  readonly answers: RunAnswers;
  readonly window: { readonly from: number; readonly to: number };
}

async function keepPublished(
  tx: Transaction,
  { run, group, at }: Omit<Closing, "closedAt">,
  { metrics, answers, window }: Told,
): Promise<void> {
  const { question, rating } = answers;
  const n = rating.filter((answer) => !isOutsideN(question, readValue(answer.value))).length;
  const rows = metrics.flatMap(({ metric, decision }): PublishedNumber[] => {
    if (decision.kind !== "number") return [];
    const { about, percentages, record } = decision;
    return [
      {
        id: publishedId(run.id, metric),
        groupId: group.id,
        metric,
        n,
        // With the exact counts, which are never shown, for whoever pools several runs later.
        shown: JSON.stringify({ about, percentages, counts: record.counts }),
        windowStart: window.from,
        windowEnd: window.to,
        at,
      },
    ];
  });
  await tx.published.insertNew(rows, "id");
}
