import type { ComplaintCase } from "#entities/index.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert } from "./case-alert.js";
import { changeCase, keepCaseMessage } from "./case-record.js";
import { planMove } from "./case-states.js";
import { applySteps, type Stepped } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { mayQuote, quotedReport } from "./find-case.js";

/**
 * Counts a staff message that quotes a report (or stands in its thread) as an answer to it: first
 * human reply and acknowledgement of a confirmed case. A candidate keeps the time of the reply but
 * stays for staff to decide. Quoting is asked for, because "好的" in a busy group may mean anything.
 * Returns the answered case, or null when the message answers none.
 */
export async function noteStaffReply(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
): Promise<ComplaintCase | null> {
  if (!mayQuote(event) || event.text.trim() === "") return null;
  const quoted = await quotedReport(tx, place, event);
  if (quoted === null) return null;
  const { row } = quoted;
  const stepped = answerSteps(place, row, event.at);
  if (stepped === null) return null;
  await keepCaseMessage(tx, {
    id: messageKey(event.message),
    caseId: row.id,
    memberId: place.member.id,
    part: "reply",
    text: event.text,
    at: event.at,
  });
  const next = await changeCase(tx, row, {
    ...stepped,
    actorId: place.member.id,
    at: event.at,
    audited: true,
  });
  await refreshAlert(tx, place.group, next, event.at);
  await refreshTimer(tx, place.group, next, event.at);
  return next;
}

function answerSteps(place: Place, row: ComplaintCase, at: number): Stepped | null {
  if (row.state === "candidate") {
    if (row.firstReplyAt !== null) return null;
    return { patch: { firstReplyAt: at }, entries: [{ act: "reply" }] };
  }
  const assigned = row.assigneeId !== null;
  const steps = planMove(row.state, "reply", { assigned });
  return steps === null ? null : applySteps(row, steps, { group: place.group, at });
}
