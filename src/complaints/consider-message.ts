import type { Message } from "#entities/index.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { ContextLine, Detector, Verdict } from "./detection/verdict.js";
import { extraWordsOf } from "./extra-words.js";
import { mayQuote } from "./find-case.js";
import { type Considered, followMessage, NONE } from "./follow-message.js";
import { wordOf } from "./member-word.js";
import { type OpinionRule, orderOpinion } from "./opinion/order-opinion.js";
import { noteStaffReply } from "./staff-reply.js";
import { thresholdOf } from "./verdict-labels.js";

/** What the survey side made of the same message. */
export interface VoteInfo {
  /** The words beside the vote; null for a bare vote, which is never a complaint. */
  readonly comment: string | null;
}

/** What judging needs. */
export interface ConsiderDeps {
  readonly detector: Detector;
  /** When another model is asked as well; nobody is asked where absent. */
  readonly secondOpinion?: OpinionRule;
}

/** How far back a verdict looks. */
export const CONTEXT_MS = 30 * MINUTE;
const PHOTO_BEFORE_MS = 2 * MINUTE;
/** So much of a message's words stays as context, UTF-16 units. */
export const LONGEST_CONTEXT = 2_000;

/**
 * Judges one message and does what follows for cases: opens, joins, adds, reopens, or nothing. For
 * the ordinary message that is no complaint it reads the rolling context and writes one row in bulk.
 */
export async function considerMessage(
  deps: ConsiderDeps,
  tx: Transaction,
  place: Place,
  given: { readonly event: MessageEvent; readonly vote: VoteInfo | null },
): Promise<Considered> {
  const { event, vote } = given;
  if (place.group.purpose === "staff") return NONE;
  if (vote !== null && vote.comment === null) return NONE;
  // Read before anything is kept, so that lines of this transaction are never missed.
  const recent = place.direct
    ? []
    : await tx.messages.recent(place.group.id, event.at - CONTEXT_MS);
  if (place.membership.role !== "customer") {
    await keepMessage(tx, place, event, null);
    const answered = await noteStaffReply(tx, place, event);
    return answered === null ? NONE : { kind: "answered", caseId: answered.id };
  }
  const verdict = await judge(deps, tx, place, { event, recent });
  await keepMessage(tx, place, event, verdict);
  const considered = concernsCases(verdict, event, recent, place)
    ? await followMessage(tx, place, {
        event,
        verdict,
        photo: hasPhoto(event, recent, place),
        vote: vote !== null,
      })
    : NONE;
  const { detector, secondOpinion } = deps;
  // What stands beside a vote is an answer to the survey and goes nowhere else.
  if (secondOpinion !== undefined && vote === null)
    await orderOpinion({ detector, secondOpinion }, tx, place, { event, verdict, considered });
  return considered;
}

async function judge(
  deps: ConsiderDeps,
  tx: Transaction,
  place: Place,
  given: { readonly event: MessageEvent; readonly recent: readonly Message[] },
): Promise<Verdict> {
  const { event, recent } = given;
  const threshold = await thresholdOf(tx, place.group.id, deps.detector, event.text);
  return deps.detector.consider(
    {
      text: event.text,
      role: place.membership.role,
      memberKey: place.member.id,
      at: event.at,
    },
    contextOf(recent),
    { mode: "chat", threshold, extraWords: extraWordsOf(place) },
  );
}

/** Each line is context of the twenty lines after it: it is put into its form once. */
const contextLines = new WeakMap<Message, ContextLine>();

/** The lines before, in the order in which they were said and, within one instant, came in. */
function contextOf(recent: readonly Message[]): readonly ContextLine[] {
  const lines: ContextLine[] = [];
  for (const row of recent) {
    if (row.text === null || row.text === "") continue;
    const line = contextLines.get(row) ?? contextLine(row, row.text);
    lines.push(line);
  }
  return lines;
}

function contextLine(row: Message, text: string): ContextLine {
  const line: ContextLine = {
    text,
    memberKey: row.memberId,
    role: row.role === "staff" || row.role === "leader" ? row.role : "customer",
    at: row.sentAt,
    complaint: row.complaint,
    score: row.score,
    aspects: row.aspects,
  };
  contextLines.set(row, line);
  return line;
}

async function keepMessage(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  verdict: Verdict | null,
): Promise<void> {
  const row: Omit<Message, "arrival"> = {
    id: tx.messages.idOf(event.message),
    groupId: place.group.id,
    memberId: place.member.id,
    role: place.membership.role,
    sentAt: event.at,
    polarity: verdict?.polarity ?? 0,
    score: verdict?.score ?? 0,
    complaint: verdict?.complaint ?? false,
    aspects: verdict?.complaint === true ? verdict.aspects : [],
    severity: verdict?.severity ?? null,
    text: event.text.slice(0, LONGEST_CONTEXT),
  };
  if (place.direct) {
    // What is said to the bot alone is no context for the group.
    await tx.messages.rows.insertNew([{ ...row, arrival: 0, text: null }], "id");
    return;
  }
  tx.messages.add(row);
}

/** Whether the store has to be asked about cases at all. */
function concernsCases(
  verdict: Verdict,
  event: MessageEvent,
  recent: readonly Message[],
  place: Place,
): boolean {
  if (verdict.complaint || verdict.meToo || verdict.resolvedThanks) return true;
  if (mayQuote(event) || wordOf(event.text) !== null) return true;
  return (
    verdict.query &&
    verdict.aspects.length > 0 &&
    recent.some((row) => row.complaint && row.memberId === place.member.id)
  );
}

/** A photo that came with the words or within two minutes before them. */
function hasPhoto(event: MessageEvent, recent: readonly Message[], place: Place): boolean {
  if (event.hasMedia === true) return true;
  return recent.some(
    (row) =>
      row.memberId === place.member.id &&
      row.text === "" &&
      event.at - row.sentAt <= PHOTO_BEFORE_MS,
  );
}
