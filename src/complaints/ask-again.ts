import type { ComplaintCase } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { conversationOf, personOf } from "#src/shared/addresses.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert } from "./case-alert.js";
import { CLOSE_AFTER_MS } from "./case-deadlines.js";
import { changeCase, keepCaseMessage } from "./case-record.js";
import { outcomeQuestion } from "./case-replies.js";

/**
 * Keeps the reason of a rating with the settled case it speaks of and asks the member alone, once per
 * resolution, whether it is still not solved. The case stays as it is until they say so.
 */
export async function askAgain(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  row: ComplaintCase,
): Promise<ComplaintCase> {
  const { group, member, direct } = place;
  const { at, text } = event;
  await keepCaseMessage(tx, {
    id: messageKey(event.message),
    caseId: row.id,
    memberId: member.id,
    part: "answer",
    text,
    at,
  });
  const next = await changeCase(tx, row, {
    patch: {},
    entries: [{ act: "follow_up", note: "rating" }],
    actorId: member.id,
    at,
  });
  const { customer, troubles } = complaintTexts[group.language];
  await tx.outbox.say({
    key: `still:${row.id}:${String(row.reopened)}`,
    kind: "notice",
    to: direct ? event.conversation : conversationOf(group),
    message: outcomeQuestion(customer, row.id, customer.stillUnsolved(troubles[row.aspect])),
    at,
    groupId: group.id,
    expiresAt: (row.resolvedAt ?? at) + CLOSE_AFTER_MS,
    ...(direct ? {} : { onlyFor: personOf(member) }),
  });
  await refreshAlert(tx, group, next, at);
  return next;
}
