import type { SurveyRun } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import type { TallyAnswer } from "./tally.js";

/** Answers from before the platform changed everybody's ids. */
export interface BeforeLogin {
  readonly votes: number;
  /** Of these voters nobody was recognised afterwards: who answered again counts twice. */
  readonly unrecognised: number;
}

/**
 * The answers of a run that were given before its group was found again after a log-in, which is told
 * to staff instead of guessing who is who. Null when nothing of the kind happened during the run.
 */
export async function votesBeforeLogin(
  tx: Transaction,
  run: SurveyRun,
  rating: readonly TallyAnswer[],
): Promise<BeforeLogin | null> {
  const group = await tx.directory.groupById(run.groupId);
  if (group === null) return null;
  const again = await tx.identities.foundAgain(group.externalId, run.openedAt);
  if (again === null || (run.closedAt !== null && again.at >= run.closedAt)) return null;
  const before = rating.filter((answer) => answer.answeredAt < again.at);
  if (before.length === 0) return null;
  const people = await externalIds(
    tx,
    before.map(({ memberId }) => memberId),
  );
  const met = await tx.identities.metIn(again.epoch, people);
  return { votes: before.length, unrecognised: before.length - met.size };
}

/** An erased voter has no id any more and is met nowhere. */
async function externalIds(
  tx: Transaction,
  memberIds: readonly string[],
): Promise<readonly string[]> {
  const members = await tx.directory.members.find({ id: memberIds });
  return members.map(({ externalId }) => externalId);
}
