import type { ComplaintCase, Member } from "#entities/index.js";
import type { Transaction } from "#src/store/transaction.js";
import { BOT, timelineOf } from "./case-record.js";
import type { CaseOutcome, CaseRequest } from "./case-request.js";
import type { CaseMove } from "./case-states.js";

/** What somebody else did to the case last, when that is why this actor's move does not fit. */
export async function refuse(
  tx: Transaction,
  row: ComplaintCase,
  request: CaseRequest,
  move: CaseMove,
): Promise<CaseOutcome> {
  const entries = await timelineOf(tx, row.id);
  const last = entries.findLast(
    ({ fromState, toState, act }) => fromState !== toState && act !== "tell" && act !== "open",
  );
  if (last === undefined || last.actorId === request.actor.id) {
    return { kind: "not-allowed", case: row, from: row.state, move };
  }
  const by = last.actorId === BOT ? null : await nameOf(tx, last.actorId);
  return { kind: "changed-meanwhile", case: row, by, state: row.state, changedAt: last.at };
}

/**
 * What a colleague made of the case after the card was shown that this actor pressed; null when nobody
 * did. A take or an assignment from a card that showed nobody working on it takes it from nobody.
 */
export async function overtakenBy(
  tx: Transaction,
  row: ComplaintCase,
  { shown, actor }: CaseRequest,
  move: CaseMove,
): Promise<CaseOutcome | null> {
  if (shown === undefined) return null;
  const hands = shown.free && row.assigneeId !== null && (move === "take" || move === "assign");
  if (shown.state === row.state && !hands) return null;
  const entries = await timelineOf(tx, row.id);
  const last = entries.findLast(
    ({ fromState, toState, act }) =>
      act === "assign" || (fromState !== toState && act !== "tell" && act !== "open"),
  );
  if (last === undefined || last.actorId === actor.id || last.actorId === BOT) return null;
  const by = await nameOf(tx, last.actorId);
  return { kind: "changed-meanwhile", case: row, by, state: row.state, changedAt: last.at };
}

async function nameOf(tx: Transaction, id: string): Promise<Pick<Member, "id" | "name">> {
  const member = await tx.directory.memberById(id);
  return { id, name: member?.name ?? "" };
}
