import type { CaseMessage, ComplaintCase, Group, Message } from "#entities/index.js";
import { type MessageRef, messageKey } from "#src/platform/conversation.js";
import type {
  EditedEvent,
  MessageEvent,
  ReactionEvent,
  RecalledEvent,
} from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { isAgreeing } from "./agreeing-reactions.js";
import { refreshAlert, sayLine } from "./case-alert.js";
import { BOT, changeCase, LONGEST_TEXT, snapshotOf, withoutWords } from "./case-record.js";
import { isOpen } from "./case-states.js";
import { applySteps } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import {
  CONTEXT_MS,
  type ConsiderDeps,
  considerMessage,
  type VoteInfo,
} from "./consider-message.js";
import { extraWordsOf } from "./extra-words.js";
import { type Considered, NONE } from "./follow-message.js";
import { joinCase } from "./join-case.js";
import { thresholdOf } from "./verdict-labels.js";

/** The row of a judged message, also while it waits to be written. */
async function judgedMessage(
  tx: Transaction,
  groupId: string,
  message: MessageRef,
): Promise<Message | null> {
  const row = await tx.messages.judged(message);
  return row === null || row.groupId !== groupId ? null : row;
}

/** Changes a judged message in the store and in what this transaction already read of it. */
async function changeMessage(
  tx: Transaction,
  row: Message,
  patch: Partial<Message>,
): Promise<void> {
  await tx.messages.rows.update({ id: row.id }, patch);
  const recent = await tx.messages.recent(row.groupId, row.sentAt - CONTEXT_MS);
  for (const known of recent) if (known.id === row.id) Object.assign(known, patch);
}

/**
 * Takes a recalled message out: its words leave the context, the case and the evidence. A member
 * whose only message it was no longer counts. A candidate that is left without any report is
 * dismissed; a P1 stays for staff to decide, without the words.
 */
export async function recalled(
  tx: Transaction,
  place: Place,
  event: RecalledEvent,
): Promise<Considered> {
  const judged = await judgedMessage(tx, place.group.id, event.message);
  if (judged !== null) {
    const patch = { text: null, complaint: false, score: 0, aspects: [], severity: null };
    await changeMessage(tx, judged, patch);
  }
  const message = await tx.caseMessages.first({ id: messageKey(event.message) });
  if (message === null || message.text === null) return NONE;
  await tx.caseMessages.update({ id: message.id }, { text: null });
  const row = await tx.cases.first({ id: message.caseId });
  if (row === null || message.part === "reply") return NONE;
  const next = await withdraw(tx, place.group, row, { message, at: event.at });
  return { kind: "joined", caseId: next.id };
}

interface Withdrawal {
  readonly message: CaseMessage;
  readonly at: number;
}

async function withdraw(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  { message, at }: Withdrawal,
): Promise<ComplaintCase> {
  const left = await leaveWhenSilent(tx, row, message.memberId);
  const affected = row.affected - (left ? 1 : 0);
  const rest = await tx.caseMessages.find({ caseId: row.id, text: { not: null } });
  const silent = rest.every((one) => one.part === "reply") && affected <= 1;
  const recalledPatch = { affected, verdict: withoutWords(row.verdict) };
  if (silent && row.state === "candidate" && row.severity !== "P1") {
    const { patch, entries } = applySteps(row, ["dismiss"], { group, at, note: "recalled" });
    const next = await changeCase(tx, row, {
      patch: { ...recalledPatch, ...patch },
      entries: [{ act: "recall" }, ...entries],
      actorId: BOT,
      at,
      audited: true,
    });
    await finish(tx, group, next, at);
    await sayLine(tx, group, next, {
      subject: "recalled",
      at,
      compose: ({ staff }) => staff.recalled(next.number),
    });
    return next;
  }
  const next = await changeCase(tx, row, {
    patch: recalledPatch,
    entries: [{ act: "recall" }],
    actorId: message.memberId,
    at,
  });
  await finish(tx, group, next, at);
  if (silent && isOpen(next.state)) {
    await sayLine(tx, group, next, {
      subject: `withdrawn:${String(next.version)}`,
      at,
      compose: ({ staff }) => staff.withdrawn(next.number),
    });
  }
  return next;
}

async function finish(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<void> {
  await refreshAlert(tx, group, row, at);
  await refreshTimer(tx, group, row, at);
}

/** Takes a joined member out when no message of theirs is left in the case. Never the reporter. */
async function leaveWhenSilent(
  tx: Transaction,
  row: ComplaintCase,
  memberId: string,
): Promise<boolean> {
  if (memberId === row.reporterId) return false;
  const said = await tx.caseMessages.count({ caseId: row.id, memberId, text: { not: null } });
  if (said > 0) return false;
  return (await tx.caseMembers.remove({ caseId: row.id, memberId })) > 0;
}

/**
 * Takes an edited message in: its case shows the new words, and they are judged again, upwards only.
 * A message that was no complaint is judged again while it is younger than the context, and a bare
 * vote when words come beside it.
 */
export async function edited(
  deps: ConsiderDeps,
  tx: Transaction,
  place: Place,
  given: { readonly event: EditedEvent; readonly vote: VoteInfo | null },
): Promise<Considered> {
  const { event, vote } = given;
  const judged = await judgedMessage(tx, place.group.id, event.message);
  const known = await tx.caseMessages.first({ id: messageKey(event.message) });
  if (known !== null) return editedReport(deps, tx, place, { event, known });
  // Of a bare vote nothing was kept.
  if (judged === null && vote !== null) {
    return considerMessage(deps, tx, place, { event: spoken(place, event), vote });
  }
  const fresh = judged !== null && event.at - judged.sentAt <= CONTEXT_MS && judged.text !== null;
  if (!fresh || judged.role !== "customer") return NONE;
  await tx.messages.rows.remove({ id: judged.id });
  const again = { ...spoken(place, event), at: judged.sentAt };
  await changeMessage(tx, judged, { text: null, complaint: false });
  const considered = await considerMessage(deps, tx, place, { event: again, vote: null });
  await tx.messages.flush();
  return considered;
}

/** The edit as if its words had been said now. */
function spoken(place: Place, event: EditedEvent): MessageEvent {
  return { ...event, kind: "message", mentionsBot: false, isDirect: place.direct };
}

async function editedReport(
  deps: ConsiderDeps,
  tx: Transaction,
  place: Place,
  given: { readonly event: EditedEvent; readonly known: CaseMessage },
): Promise<Considered> {
  const { event, known } = given;
  const text = event.text.slice(0, LONGEST_TEXT);
  if (known.text === null || known.text === text) return NONE;
  await tx.caseMessages.update({ id: known.id }, { text });
  const row = await tx.cases.first({ id: known.caseId });
  if (row === null || known.part === "reply" || !isOpen(row.state)) return NONE;
  const verdict = deps.detector.consider(
    { text, role: "customer", memberKey: place.member.id, at: event.at },
    [],
    {
      mode: "chat",
      threshold: await thresholdOf(tx, place.group.id, deps.detector, text),
      extraWords: extraWordsOf(place),
    },
  );
  const { severity, aspects, score } = verdict;
  const snapshot = snapshotOf(verdict);
  const joined = await joinCase(tx, place.group, row, {
    memberId: place.member.id,
    by: "report",
    at: event.at,
    ...(verdict.complaint ? { heard: { severity, aspects, score, verdict: snapshot } } : {}),
  });
  await refreshAlert(tx, place.group, joined, event.at);
  return { kind: "follow_up", caseId: joined.id };
}

/** An agreeing reaction of another customer on a report joins its case; taking it away leaves it. */
export async function reaction(
  tx: Transaction,
  place: Place,
  event: ReactionEvent,
): Promise<Considered> {
  if (place.membership.role !== "customer" || !isAgreeing(event.reaction)) return NONE;
  const message = await tx.caseMessages.first({
    id: messageKey(event.message),
    part: ["report", "follow_up", "me_too"],
  });
  if (message === null || message.text === null || message.memberId === place.member.id)
    return NONE;
  const row = await tx.cases.first({ id: message.caseId });
  if (row === null || !isOpen(row.state) || row.groupId !== place.group.id) return NONE;
  if (event.change === "removed") return unreact(tx, place, row, event.at);
  const next = await joinCase(tx, place.group, row, {
    memberId: place.member.id,
    by: "reaction",
    at: event.at,
  });
  return next.version === row.version ? NONE : { kind: "joined", caseId: row.id };
}

async function unreact(
  tx: Transaction,
  place: Place,
  row: ComplaintCase,
  at: number,
): Promise<Considered> {
  const left = await tx.caseMembers.remove({
    caseId: row.id,
    memberId: place.member.id,
    joinedBy: "reaction",
  });
  if (left === 0) return NONE;
  await changeCase(tx, row, {
    patch: { affected: Math.max(1, row.affected - left) },
    entries: [{ act: "recall", note: "reaction" }],
    actorId: place.member.id,
    at,
  });
  return { kind: "joined", caseId: row.id };
}
