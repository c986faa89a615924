import type { Message } from "#entities/index.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { MINUTE } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { changeCase, keepCaseMessage, snapshotOf } from "./case-record.js";
import type { LexiconEntry } from "./detection/lexicon.js";
import type { ContextLine, Detector, Verdict } from "./detection/verdict.js";
import {
  type Belongs,
  caseAwaitingWord,
  earlierCase,
  findCase,
  mayQuote,
  ownOpenCase,
} from "./find-case.js";
import { joinCase } from "./join-case.js";
import { answerWord } from "./member-word.js";
import { openCase } from "./open-case.js";
import { reopenCase } from "./reopen-case.js";
import { noteStaffReply } from "./staff-reply.js";
import { thresholdOf } from "./verdict-labels.js";

/** What the survey side made of the same message. */
export interface VoteInfo {
  /** The words beside the vote; null for a bare vote, which is never a complaint. */
  readonly comment: string | null;
}

/** What a message turned out to be. */
export type Considered =
  | { readonly kind: "none" }
  | {
      readonly kind: "opened" | "joined" | "follow_up" | "reopened" | "answered" | "thanks";
      readonly caseId: string;
    };

/** What judging needs. */
export interface ConsiderDeps {
  readonly detector: Detector;
}

const NONE: Considered = { kind: "none" };
/** How far back a verdict looks. */
export const CONTEXT_MS = 30 * MINUTE;
const PHOTO_BEFORE_MS = 2 * MINUTE;
const LONGEST_CONTEXT = 2_000;
const END_MARKS = "。.!！~～";
const LONGEST_WORD = 20;
const EXTRA_WEIGHT = 2.5;
const MOST_WORD_LISTS = 200;

const wordLists = new Map<string, readonly LexiconEntry[]>();

/** The extra words of a group as the detector takes them: the same list for the same words. */
export function extraWordsOf(place: Pick<Place, "group">): readonly LexiconEntry[] | undefined {
  const words = settingsOf(place.group).extraWords;
  if (words.length === 0) return undefined;
  const key = JSON.stringify(words);
  let list = wordLists.get(key);
  if (list === undefined) {
    list = words.map(({ word, aspect }) => ({ cue: word, aspect, weight: EXTRA_WEIGHT }));
    if (wordLists.size >= MOST_WORD_LISTS) wordLists.clear();
    wordLists.set(key, list);
  }
  return list;
}

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
  if (!concernsCases(verdict, event, recent, place)) return NONE;
  return follow(tx, place, { event, verdict, photo: hasPhoto(event, recent, place) });
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

/** The lines before in an order that does not depend on how the work was cut into batches. */
function contextOf(recent: readonly Message[]): readonly ContextLine[] {
  return recent
    .filter((row) => row.text !== null && row.text !== "")
    .sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1))
    .map((row) => ({
      text: row.text ?? "",
      memberKey: row.memberId,
      role: row.role === "staff" || row.role === "leader" ? row.role : "customer",
      at: row.sentAt,
      complaint: row.complaint,
      aspects: row.aspects,
    }));
}

/** Id of the row of a judged message. */
export function messageIdOf(event: Pick<MessageEvent, "message">): string {
  return stableId("message", messageKey(event.message));
}

async function keepMessage(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
  verdict: Verdict | null,
): Promise<void> {
  const row: Omit<Message, "arrival"> = {
    id: messageIdOf(event),
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

/** "解决了" or "没解决" as the whole message; null for anything else. */
export function wordOf(text: string): "solved" | "unsolved" | null {
  if (text.length > LONGEST_WORD) return null;
  const word = withoutEndMarks(text.trim().toLowerCase());
  for (const { customer } of Object.values(complaintTexts)) {
    if (customer.solvedWords.includes(word)) return "solved";
    if (customer.unsolvedWords.includes(word)) return "unsolved";
  }
  return null;
}

function withoutEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && END_MARKS.includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
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

interface Judged {
  readonly event: MessageEvent;
  readonly verdict: Verdict;
  readonly photo: boolean;
}

async function follow(tx: Transaction, place: Place, judged: Judged): Promise<Considered> {
  const { event, verdict } = judged;
  const word = wordOf(event.text);
  const awaiting = word === null ? null : await caseAwaitingWord(tx, place, event.at);
  if (word !== null && awaiting !== null) {
    const row = await answerWord(tx, place, awaiting, {
      word,
      at: event.at,
      cause: messageKey(event.message),
      message: { key: messageKey(event.message), text: event.text },
      ...(place.direct ? { direct: event.conversation } : {}),
    });
    return { kind: word === "solved" ? "thanks" : "reopened", caseId: row.id };
  }
  if (verdict.resolvedThanks && !verdict.complaint) return noteThanks(tx, place, event);
  const belongs = await findCase(tx, { place, event, verdict });
  if (belongs !== null) return add(tx, place, judged, belongs);
  return standsAlone(verdict) ? open(tx, place, judged) : NONE;
}

/** A mere "+1" without a case to join says nothing by itself. */
function standsAlone(verdict: Verdict): boolean {
  if (!verdict.complaint) return false;
  return !verdict.meToo || verdict.evidence.some((piece) => piece.source !== "context");
}

async function open(tx: Transaction, place: Place, judged: Judged): Promise<Considered> {
  const { event, verdict, photo } = judged;
  const parentId = await earlierCase(tx, { place, event, verdict });
  const row = await openCase(tx, {
    group: place.group,
    member: place.member,
    key: messageKey(event.message),
    text: event.text,
    at: event.at,
    severity: verdict.severity ?? "P3",
    aspects: verdict.aspects,
    score: verdict.score,
    verdict: snapshotOf(verdict),
    hasMedia: photo,
    parentId,
  });
  return { kind: "opened", caseId: row.id };
}

async function add(
  tx: Transaction,
  place: Place,
  { event, verdict }: Judged,
  belongs: Belongs,
): Promise<Considered> {
  const message = { key: messageKey(event.message), text: event.text };
  if (belongs.kind === "not_solved") {
    const { row } = await reopenCase(tx, place.group, belongs.row, {
      actor: place.member,
      member: place.member,
      at: event.at,
      cause: message.key,
      message,
      reason: "reported again",
    });
    return { kind: "reopened", caseId: row.id };
  }
  const row = await joinCase(tx, place.group, belongs.row, {
    memberId: place.member.id,
    by: belongs.kind === "repeat" ? "repeat" : "me_too",
    at: event.at,
    message,
    ...(verdict.complaint || verdict.meToo ? { heard: heardOf(verdict) } : {}),
  });
  return { kind: belongs.kind === "follow_up" ? "follow_up" : "joined", caseId: row.id };
}

function heardOf(verdict: Verdict) {
  const { severity, aspects, score } = verdict;
  return { severity, aspects, score, verdict: snapshotOf(verdict) };
}

/** "已退，谢谢" of somebody with a running case is kept in its timeline; staff decide what it means. */
async function noteThanks(tx: Transaction, place: Place, event: MessageEvent): Promise<Considered> {
  const row =
    (await ownOpenCase(tx, place, event.at)) ?? (await caseAwaitingWord(tx, place, event.at));
  if (row === null) return NONE;
  await keepCaseMessage(tx, {
    id: messageKey(event.message),
    caseId: row.id,
    memberId: place.member.id,
    part: "answer",
    text: event.text,
    at: event.at,
  });
  await changeCase(tx, row, {
    patch: {},
    entries: [{ act: "thanks" }],
    actorId: place.member.id,
    at: event.at,
  });
  return { kind: "thanks", caseId: row.id };
}
