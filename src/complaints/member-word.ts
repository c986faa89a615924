import type { ComplaintCase } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert } from "./case-alert.js";
import { changeCase, keepCaseMessage } from "./case-record.js";
import { answerAlone, untilWords } from "./case-replies.js";
import { planMove } from "./case-states.js";
import { applySteps } from "./case-steps.js";
import { refreshTimer } from "./case-timers.js";
import { reopenCase } from "./reopen-case.js";

const END_MARKS = "。.!！~～";
const LONGEST_WORD = 20;

const OUTCOME_WORDS: ReadonlyMap<string, "solved" | "unsolved"> = new Map(
  Object.values(complaintTexts).flatMap(({ customer }) => [
    ...customer.unsolvedWords.map((word) => [word, "unsolved"] as const),
    ...customer.solvedWords.map((word) => [word, "solved"] as const),
  ]),
);

/** "解决了" or "没解决" as the whole message; null for anything else. */
export function wordOf(text: string): "solved" | "unsolved" | null {
  if (text.length > LONGEST_WORD) return null;
  return OUTCOME_WORDS.get(withoutEndMarks(text.trim().toLowerCase())) ?? null;
}

function withoutEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && END_MARKS.includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

/** What a member says about the outcome of their case, by a button or a whole message. */
export interface MemberWord {
  readonly word: "solved" | "unsolved";
  readonly at: number;
  /** Unique and the same in every run: a message key or an event id. */
  readonly cause: string;
  readonly message?: { readonly key: string; readonly text: string };
  readonly direct?: ConversationRef | undefined;
  readonly replyHandle?: string | undefined;
}

/**
 * Takes the member's word: "solved" of the reporter closes the case, of somebody who joined it is
 * noted; "not solved" reopens it within 72 hours and opens a linked case later. The member gets a
 * short private answer. Returns the case that holds now.
 */
export async function answerWord(
  tx: Transaction,
  place: Place,
  row: ComplaintCase,
  word: MemberWord,
): Promise<ComplaintCase> {
  if (word.word === "unsolved") return notSolved(tx, place, row, word);
  const { at } = word;
  const mayClose = row.reporterId === place.member.id && planMove(row.state, "close") !== null;
  const stepped = mayClose
    ? applySteps(row, ["close"], { group: place.group, at, note: "solved" })
    : { patch: {}, entries: [{ act: "solved" }] };
  const next = await changeCase(tx, row, { ...stepped, actorId: place.member.id, at });
  if (word.message !== undefined) {
    const { key: id, text } = word.message;
    const memberId = place.member.id;
    await keepCaseMessage(tx, { id, caseId: row.id, memberId, part: "answer", text, at });
  }
  await say(tx, place, word, complaintTexts[place.group.language].customer.thanks);
  await refreshAlert(tx, place.group, next, at);
  await refreshTimer(tx, place.group, next, at);
  return next;
}

async function notSolved(
  tx: Transaction,
  place: Place,
  row: ComplaintCase,
  word: MemberWord,
): Promise<ComplaintCase> {
  const { customer } = complaintTexts[place.group.language];
  const { kind, row: next } = await reopenCase(tx, place.group, row, {
    actor: place.member,
    member: place.member,
    at: word.at,
    cause: word.cause,
    reason: "not solved",
    ...(word.message === undefined ? {} : { message: word.message }),
  });
  const text =
    kind === "reopened"
      ? customer.reopened(untilWords(next.updateDueAt, word.at, place.group))
      : customer.linked;
  await say(tx, place, word, text);
  return next;
}

async function say(tx: Transaction, place: Place, word: MemberWord, text: string): Promise<void> {
  const { direct, replyHandle, at } = word;
  const listener = { group: place.group, member: place.member, direct, replyHandle };
  await answerAlone(tx, listener, { key: `reply:${word.cause}`, text, at });
}
