import type { Group, Member, ScheduleFiring, SurveyRun } from "#entities/index.js";
import { addLocalDays, localDay, startOfLocalDay } from "#src/scheduling/zoned-time.js";
import { conversationOf } from "#src/shared/addresses.js";
import { quietHoursOf, settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import { eligibleMembers, hasOpenP1 } from "./eligible-members.js";
import { PRIVATE_REASONS, restingMembers } from "./ignored-prompts.js";
import { surveyCard } from "./survey-card.js";
import { isPrivateRun } from "./survey-keys.js";

const WEEK_DAYS = 7;
const MONTH_DAYS = 30;

/** What became of a reminder. */
export type RemindOutcome =
  | { readonly kind: "reminded"; readonly members: number }
  | { readonly kind: "skipped"; readonly reason: "missed" | "closed" | "open_p1" | "left" };

/**
 * Sends the one private reminder of a run to those who may be asked, have not answered and are
 * within their own caps. Nobody is reminded in the group, and nobody twice: a reminder that was
 * missed is not made up for.
 */
export async function remindDue(tx: Transaction, firing: ScheduleFiring): Promise<RemindOutcome> {
  const run = await tx.runs.first({ id: firing.ownerId });
  const group = run === null ? null : await tx.directory.groupById(run.groupId);
  const at = firing.firedAt;
  if (run === null || group === null || run.state !== "open" || at >= run.closesAt) {
    return { kind: "skipped", reason: "closed" };
  }
  const reason = await whySkipped(tx, group, firing);
  if (reason !== null || isPrivateRun(run)) {
    return { kind: "skipped", reason: reason ?? "closed" };
  }
  const members = await membersToRemind(tx, run, group, at);
  for (const member of members) await remind(tx, { run, group, member, at });
  await tx.record({
    at,
    actorId: "bot",
    act: "survey.reminded",
    subject: `run:${run.id}`,
    detail: { members: members.length },
  });
  return { kind: "reminded", members: members.length };
}

async function whySkipped(
  tx: Transaction,
  group: Group,
  firing: ScheduleFiring,
): Promise<"missed" | "open_p1" | "left" | null> {
  if (group.leftAt !== null) return "left";
  if (firing.outcome === "missed") return "missed";
  return (await hasOpenP1(tx, group.id)) ? "open_p1" : null;
}

/** Eligible, silent in this run, within the caps of a person, and not left in peace. */
async function membersToRemind(
  tx: Transaction,
  run: SurveyRun,
  group: Group,
  at: number,
): Promise<readonly Member[]> {
  const eligible = await eligibleMembers(tx, group.id);
  const ids = eligible.map((member) => member.id);
  if (ids.length === 0) return [];
  const answers = await tx.responses.rows.find({ runId: run.id, memberId: ids });
  const answered = new Set(answers.map((row) => row.memberId));
  const capped = await cappedMembers(tx, { group, run, ids, at });
  const resting = await restingMembers(tx, { memberIds: ids, group, at });
  return eligible.filter(({ id }) => !answered.has(id) && !capped.has(id) && !resting.has(id));
}

interface CapScene {
  readonly group: Group;
  readonly run: SurveyRun;
  readonly ids: readonly string[];
  readonly at: number;
}

/**
 * Members who have been shown as much as their caps allow: private displays of the last 7 and 30
 * local days, today included. The check question after a case is exempt.
 */
async function cappedMembers(
  tx: Transaction,
  { group, run, ids, at }: CapScene,
): Promise<ReadonlySet<string>> {
  const settings = settingsOf(group);
  const today = localDay(at, group.timeZone);
  const since = (days: number): number =>
    startOfLocalDay(addLocalDays(today, 1 - days), group.timeZone);
  const isNps = run.kind === "nps";
  const horizon = isNps ? Math.max(MONTH_DAYS, settings.npsGapDays) : MONTH_DAYS;
  const prompts = await tx.prompts.find({
    memberId: ids,
    reason: PRIVATE_REASONS,
    shownAt: { atLeast: since(horizon) },
  });
  const capped = new Set<string>();
  for (const id of ids) {
    const own = prompts.filter((prompt) => prompt.memberId === id);
    const shown = (days: number): number =>
      own.filter((prompt) => prompt.shownAt >= since(days)).length;
    const full =
      shown(WEEK_DAYS) >= settings.capPersonPerWeek ||
      shown(MONTH_DAYS) >= settings.capPersonPerMonth ||
      (isNps && own.some((one) => one.kind === "nps" && one.shownAt >= since(settings.npsGapDays)));
    if (full) capped.add(id);
  }
  return capped;
}

interface Reminding {
  readonly run: SurveyRun;
  readonly group: Group;
  readonly member: Member;
  readonly at: number;
}

async function remind(tx: Transaction, { run, group, member, at }: Reminding): Promise<void> {
  const question = run.questions.find(isRating);
  if (question === undefined) return;
  const said = await tx.outbox.say({
    key: `remind:${run.id}:${member.id}`,
    kind: "survey",
    to: conversationOf(group),
    message: { ...surveyCard({ run, question, group, reminder: true }), optional: true },
    at,
    groupId: group.id,
    onlyFor: { platform: member.platform, memberId: member.externalId },
    quiet: quietHoursOf(group),
    expiresAt: run.closesAt,
  });
  if (!said) return;
  await tx.prompts.insertNew(
    [
      {
        id: stableId("prompt", "reminder", run.id, member.id),
        groupId: group.id,
        memberId: member.id,
        runId: run.id,
        kind: run.kind,
        reason: "reminder",
        shownAt: at,
      },
    ],
    "id",
  );
}
