import { caseOfButton } from "#src/complaints/case-alert.js";
import type { DirectoryService } from "#src/directory/directory-service.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { messageKey } from "#src/platform/conversation.js";
import type { FormEvent } from "#src/platform/inbound-event.js";
import { conversationOf, personOf } from "#src/shared/addresses.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { ComplaintsRoom, SurveysRoom } from "./ports.js";

/** The rooms that forms go to. */
export interface FormRooms {
  readonly directory: DirectoryService;
  readonly surveys: Pick<SurveysRoom, "onForm">;
  readonly complaints: Pick<ComplaintsRoom, "file" | "service">;
}

/** Handles a form that somebody filled in: a vote in words, a complaint about a message, the end of a case. */
export async function onForm(
  rooms: FormRooms,
  tx: Transaction,
  place: Place,
  event: FormEvent,
): Promise<void> {
  switch (event.form) {
    case "complaint":
      return onComplaint(rooms, tx, event);
    case "case.resolve":
    case "case.reply":
      return onCase(rooms, tx, place, event);
    default:
      await rooms.surveys.onForm(tx, place, event);
  }
}

/**
 * Files somebody's message as a complaint of its author. Staff may do that with any message, everybody
 * with their own. The same message gives the same case.
 */
async function onComplaint(rooms: FormRooms, tx: Transaction, event: FormEvent): Promise<void> {
  const { author = "", message = "" } = event.values;
  const { conversation, at } = event;
  // The first that is heard of a channel may be this very report.
  await rooms.directory.ensureGroup(tx, { place: conversation, at });
  const place = await rooms.directory.place(tx, event);
  if (place === null) return;
  const texts = complaintTexts[place.group.language];
  const own = author === event.author.memberId;
  if (!own && !(await tx.staff.includes(place.group, place.member.id)))
    return answer(tx, place, event, texts.staff.notStaff);
  const key = messageKey({ conversation, messageId: message });
  const known = await tx.caseMessages.first({ id: key });
  const row = known === null ? null : await tx.cases.first({ id: known.caseId });
  const text =
    row === null ? await fileFor(rooms, tx, event, key) : texts.customer.filed(row.number);
  await answer(tx, place, event, text ?? texts.staff.notStaff);
}

/** Files the message in its author's name; the receipt, or null when nothing of them may be kept. */
async function fileFor(
  rooms: FormRooms,
  tx: Transaction,
  event: FormEvent,
  key: string,
): Promise<string | null> {
  const { author = "", name = "", text = "", note = "" } = event.values;
  const reporter = { platform: event.author.platform, memberId: author, name };
  const place = await rooms.directory.place(tx, { ...event, author: reporter });
  if (place === null) return null;
  const words = note.trim() === "" ? text : `${text}\n${note}`;
  const filed = await rooms.complaints.file(tx, place, { text: words, eventId: key, at: event.at });
  return filed.text;
}

/** Resolves a case, or answers its member, with the words that are told. */
async function onCase(
  rooms: FormRooms,
  tx: Transaction,
  place: Place,
  event: FormEvent,
): Promise<void> {
  const { case: pressed = "", words = "" } = event.values;
  const { caseId } = caseOfButton(pressed);
  const { service } = rooms.complaints;
  const request = { caseId, actor: place.member, at: event.at, text: words };
  const move = event.form === "case.reply" ? "reply" : "resolve";
  const outcome = await service[move](tx, request);
  const { language, timeZone } = place.group;
  await answer(tx, place, event, service.words(move, outcome, { language, timeZone }));
}

async function answer(
  tx: Transaction,
  { group, member }: Place,
  event: FormEvent,
  text: string,
): Promise<void> {
  await tx.outbox.say({
    key: `reply:${event.eventId}`,
    kind: "reply",
    to: conversationOf(group),
    message: { text },
    at: event.at,
    groupId: group.id,
    onlyFor: personOf(member),
    ...(event.replyHandle === undefined ? {} : { replyHandle: event.replyHandle }),
  });
}
