import type { Group, Prompt, Response, SurveyRun } from "#entities/index.js";
import { addLocalDays, localDay, startOfLocalDay } from "#src/scheduling/zoned-time.js";
import { DAY } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import { isRating } from "./cast-vote.js";
import { followUpsOf } from "./run-questions.js";
import { followPromptId } from "./survey-keys.js";

/** So many private prompts in a row without an answer … */
const IGNORED_IN_A_ROW = 2;
/** … and nothing more is asked in private for so many local days, the day of the last one included. */
const REST_DAYS = 30;
/** A prompt counts as ignored after this long, or when its run has ended before. */
const PATIENCE_MS = DAY;

/** What counts towards a person's caps; the check question after a case is exempt. */
export const PRIVATE_REASONS: readonly Prompt["reason"][] = ["reminder", "follow_up"];

/** Whom it is about, and when. */
export interface RestRequest {
  readonly memberIds: readonly string[];
  readonly group: Pick<Group, "timeZone">;
  readonly at: number;
}

/**
 * Members who left their last two private prompts (reminders and follow-ups, in whatever group)
 * unanswered, the last of them within 30 local days: they are left in peace. The rule "two ignored →
 * 30 days off" of the caps; one answer in between begins anew.
 */
export async function restingMembers(
  tx: Transaction,
  { memberIds, group, at }: RestRequest,
): Promise<ReadonlySet<string>> {
  const today = localDay(at, group.timeZone);
  const since = startOfLocalDay(addLocalDays(today, 1 - REST_DAYS), group.timeZone);
  const reason = PRIVATE_REASONS;
  const late = await tx.prompts.find({ memberId: memberIds, reason, shownAt: { atLeast: since } });
  const asked = [...new Set(late.flatMap(({ memberId }) => memberId ?? []))];
  if (asked.length === 0) return new Set();
  const all = await tx.prompts.find(
    { memberId: asked, reason },
    { order: { shownAt: "desc", id: "asc" } },
  );
  const latest = asked
    .map((id) => all.filter((one) => one.memberId === id).slice(0, IGNORED_IN_A_ROW))
    .filter((prompts) => prompts.length === IGNORED_IN_A_ROW);
  const known = await answersTo(tx, latest.flat());
  const resting = latest.filter((prompts) => prompts.every((one) => isIgnored(one, known, at)));
  return new Set(resting.flatMap(([prompt]) => prompt?.memberId ?? []));
}

interface Known {
  readonly runs: ReadonlyMap<string, SurveyRun>;
  readonly answers: readonly Response[];
}

async function answersTo(tx: Transaction, prompts: readonly Prompt[]): Promise<Known> {
  const runId = [...new Set(prompts.flatMap((one) => one.runId ?? []))];
  const memberId = [...new Set(prompts.flatMap((one) => one.memberId ?? []))];
  if (runId.length === 0) return { runs: new Map(), answers: [] };
  // An answer of the same batch may still wait in memory.
  await tx.responses.flush();
  const runs = await tx.runs.find({ id: runId });
  return {
    runs: new Map(runs.map((run) => [run.id, run])),
    answers: await tx.responses.rows.find({ runId, memberId }),
  };
}

function isIgnored(prompt: Prompt, { runs, answers }: Known, at: number): boolean {
  const run = runs.get(prompt.runId ?? "");
  if (run === undefined) return false;
  const over = run.state !== "open" || at >= Math.min(run.closesAt, prompt.shownAt + PATIENCE_MS);
  if (!over) return false;
  const own = answers.filter(
    (one) => one.runId === prompt.runId && one.memberId === prompt.memberId,
  );
  return prompt.reason === "reminder" ? own.length === 0 : !answersFollowUp(prompt, run, own);
}

/** By an answer to the question that was put, or by own words beside the score. */
function answersFollowUp(prompt: Prompt, run: SurveyRun, own: readonly Response[]): boolean {
  const memberId = prompt.memberId ?? "";
  const question = followUpsOf(run).find(
    (one) => followPromptId(run.id, one.id, memberId) === prompt.id,
  );
  const rating = run.questions.find(isRating);
  return own.some(
    (one) =>
      one.questionId === question?.id || (one.questionId === rating?.id && one.comment !== null),
  );
}
