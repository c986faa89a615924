import type { Group, Member } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import type { ActionEvent } from "#src/platform/inbound-event.js";
import { conversationOf } from "#src/shared/addresses.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { caseOfButton, type ShownCase } from "./case-alert.js";
import { answerAlone } from "./case-replies.js";
import {
  assignCase,
  type CaseOutcome,
  type CaseRequest,
  confirmCase,
  dismissCase,
  resolveCase,
  takeCase,
} from "./case-service.js";
import type { CaseMove } from "./case-states.js";
import { answerWord } from "./member-word.js";
import { outcomeWords } from "./outcome-words.js";
import { mayReopen } from "./settled-case.js";

/** A pressed button of a case. */
interface Press {
  readonly place: Place;
  readonly event: ActionEvent;
  readonly caseId: string;
  readonly shown: ShownCase | undefined;
  /** The name of whom the case is given to. */
  readonly assignee?: string | null;
}

/** Handles a button of an alert or of what a customer was told. False when it is no button of a case. */
export async function onCaseAction(
  tx: Transaction,
  place: Place,
  event: ActionEvent,
): Promise<boolean> {
  const { caseId, assigneeId, shown } = caseOfButton(event.value);
  const press: Press = { place, event, caseId, shown };
  switch (event.action) {
    case "case.confirm":
      return staffMove(tx, press, "confirm", (request) => confirmCase(tx, request));
    case "case.dismiss":
      return staffMove(tx, press, "dismiss", (request) => dismissCase(tx, request));
    case "case.take":
      return staffMove(tx, press, "take", (request) => takeCase(tx, request));
    case "case.resolve":
      return staffMove(tx, press, "resolve", (request) => resolveCase(tx, request));
    case "case.assign":
      return assign(tx, press, assigneeId);
    case "case.solved":
      return memberWord(tx, press, "solved");
    case "case.unsolved":
      return memberWord(tx, press, "unsolved");
    default:
      return false;
  }
}

async function assign(tx: Transaction, press: Press, memberId: string): Promise<boolean> {
  const assignee = await tx.directory.memberById(memberId);
  const run = async (request: CaseRequest): Promise<CaseOutcome> =>
    assignee === null ? { kind: "not-found" } : assignCase(tx, { ...request, assignee });
  return staffMove(tx, { ...press, assignee: assignee?.name ?? null }, "assign", run);
}

async function staffMove(
  tx: Transaction,
  press: Press,
  move: CaseMove,
  run: (request: CaseRequest & { readonly actor: Member }) => Promise<CaseOutcome>,
): Promise<boolean> {
  const { place, event, caseId, shown, assignee = null } = press;
  const row = await tx.cases.first({ id: caseId });
  const group = row === null ? null : await tx.directory.groupById(row.groupId);
  const { language } = place.group;
  if (group !== null && !(await tx.staff.includes(group, place.member.id))) {
    await answer(tx, press, complaintTexts[language].staff.notStaff);
    return true;
  }
  const seen = shown === undefined ? {} : { shown };
  const outcome = await run({ caseId, actor: place.member, at: event.at, ...seen });
  const { timeZone } = group ?? place.group;
  await answer(tx, press, outcomeWords(move, outcome, { language, timeZone, assignee }));
  return true;
}

async function answer(tx: Transaction, { place, event }: Press, text: string): Promise<void> {
  const key = `reply:${event.eventId}`;
  await answerAlone(tx, listenerOf(place, event), { key, text, at: event.at });
}

function listenerOf(place: Place, event: ActionEvent) {
  const { group, member } = place;
  const direct = isElsewhere(group, event) ? event.conversation : undefined;
  return { group, member, direct, replyHandle: event.replyHandle };
}

function isElsewhere(group: Group, event: ActionEvent): boolean {
  return event.conversation.conversationId !== conversationOf(group).conversationId;
}

async function memberWord(
  tx: Transaction,
  press: Press,
  word: "solved" | "unsolved",
): Promise<boolean> {
  const { place, event, caseId } = press;
  const row = await tx.cases.first({ id: caseId });
  const group = row === null ? null : await tx.directory.groupById(row.groupId);
  const mine =
    row === null ? null : await tx.caseMembers.first({ caseId: row.id, memberId: place.member.id });
  if (row === null || group === null || mine === null) return true;
  const { direct, replyHandle } = listenerOf(place, event);
  const settled = row.state === "told" || row.state === "resolved" || row.state === "closed";
  if (!settled || (word === "solved" && !mayReopen(row, event.at))) {
    await answer(tx, press, complaintTexts[group.language].customer.tooLate);
    return true;
  }
  await answerWord(tx, { ...place, group }, row, {
    word,
    at: event.at,
    cause: event.eventId,
    direct,
    replyHandle,
  });
  return true;
}
