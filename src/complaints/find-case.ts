import type { CaseMessage, ComplaintCase } from "#entities/index.js";
import type { Aspect } from "#entities/vocabulary.js";
import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import { DAY, HOUR } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { CLOSE_AFTER_MS } from "./case-deadlines.js";
import { messageRefOf, reportOf } from "./case-record.js";
import { isOpen, OPEN_STATES } from "./case-states.js";
import type { Verdict } from "./detection/verdict.js";
import { mayReopen, readMention } from "./settled-case.js";

/** How long after the last report another member's complaint about the same aspect joins. */
export const SAME_TROUBLE_MS = HOUR;
/** A new complaint of the same member about the same thing is linked to a case closed this recently. */
const RECURS_WITHIN_MS = 30 * DAY;
const MOST_CASES = 50;
const LONGEST_QUOTE = 2_000;

/** A case that a message belongs to, and why. */
export type Belongs =
  | { readonly kind: "follow_up"; readonly row: ComplaintCase }
  | { readonly kind: "me_too"; readonly row: ComplaintCase }
  | { readonly kind: "repeat"; readonly row: ComplaintCase }
  | { readonly kind: "not_solved"; readonly row: ComplaintCase }
  | { readonly kind: "mentioned"; readonly row: ComplaintCase };

/** Messages whose quoting means the case: what customers said, not what staff answered. */
const CUSTOMER_PARTS = ["report", "follow_up", "me_too", "answer"];

/**
 * The message of a case that this message quotes or that its thread hangs on, with its case; null
 * when there is none. Quotes of the bot's own messages are no reports. Where the platform gives no
 * ids, author and words of the quote have to fit.
 */
export async function quotedReport(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
): Promise<{ readonly message: CaseMessage; readonly row: ComplaintCase } | null> {
  const ids = quotedIds(event);
  const message =
    ids.length > 0
      ? await tx.caseMessages.first({ id: ids, part: CUSTOMER_PARTS })
      : await quotedByWords(tx, place, event);
  if (message === null) return null;
  const row = await tx.cases.first({ id: message.caseId });
  return row === null || row.groupId !== place.group.id ? null : { message, row };
}

function quotedIds(event: MessageEvent): readonly string[] {
  const { conversation, message, repliesTo } = event;
  if (repliesTo?.ofBot === true) return [];
  const ids = [repliesTo?.messageId, conversation.threadId].filter(
    (id) => id !== undefined && id !== message.messageId,
  );
  return [...new Set(ids)].map((id) => messageKey({ conversation, messageId: id ?? "" }));
}

async function quotedByWords(
  tx: Transaction,
  place: Place,
  event: MessageEvent,
): Promise<CaseMessage | null> {
  const quote = event.repliesTo;
  const author = quote?.author;
  const text = quote?.text?.slice(0, LONGEST_QUOTE).trim() ?? "";
  if (quote === undefined || quote.ofBot === true || author === undefined || text === "")
    return null;
  const member = await tx.directory.member(author);
  if (member === null) return null;
  const open = await tx.cases.find(
    { groupId: place.group.id, state: OPEN_STATES },
    { order: { openedAt: "desc" }, limit: MOST_CASES },
  );
  if (open.length === 0) return null;
  const said = await tx.caseMessages.find(
    { memberId: member.id, caseId: open.map((row) => row.id), part: CUSTOMER_PARTS },
    { order: { at: "desc", id: "asc" }, limit: MOST_CASES },
  );
  return said.find((one) => one.text !== null && one.text.startsWith(text)) ?? null;
}

/** True when an event may quote something at all: only then the store is asked. */
export function mayQuote(event: MessageEvent): boolean {
  const { conversation, message, repliesTo } = event;
  if (repliesTo?.ofBot === true) return false;
  if (repliesTo?.messageId !== undefined || repliesTo?.text !== undefined) return true;
  return conversation.threadId !== undefined && conversation.threadId !== message.messageId;
}

function shares(row: Pick<ComplaintCase, "aspects">, aspects: readonly Aspect[]): boolean {
  return aspects.some((aspect) => aspect !== "other" && row.aspects.includes(aspect));
}

interface Search {
  readonly place: Place;
  readonly event: MessageEvent;
  readonly verdict: Verdict;
  /** The words stand beside a vote. */
  readonly vote?: boolean;
}

/**
 * The case that a complaining or joining message belongs to, in this order: the quoted report, the
 * member's own case, "me too" on the latest report, the same trouble of another member within the
 * hour. Null when it stands for itself.
 */
export async function findCase(tx: Transaction, search: Search): Promise<Belongs | null> {
  const { place, event, verdict } = search;
  const quoted = mayQuote(event) ? await quotedReport(tx, place, event) : null;
  if (quoted !== null && isOpen(quoted.row.state)) {
    const own = await isMemberOf(tx, quoted.row.id, place.member.id);
    if (own) return { kind: "follow_up", row: quoted.row };
    if (verdict.complaint || verdict.meToo) return { kind: "me_too", row: quoted.row };
  }
  if (!verdict.complaint && !verdict.meToo) return ownEcho(tx, search);
  const own = await ownCase(tx, search);
  if (own !== null) return own;
  return othersCase(tx, search);
}

async function isMemberOf(tx: Transaction, caseId: string, memberId: string): Promise<boolean> {
  return (await tx.caseMembers.first({ caseId, memberId })) !== null;
}

/** The cases that this member reported or joined, the latest first. */
async function casesOf(
  tx: Transaction,
  { group, member }: Place,
  since: number,
): Promise<readonly ComplaintCase[]> {
  // One member's cases are few: sorting them here costs less than the database's sorter.
  const mine = await tx.caseMembers.find({ memberId: member.id });
  if (mine.length === 0) return [];
  const latest = mine
    .sort((a, b) => b.joinedAt - a.joinedAt || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_CASES);
  const rows = await tx.cases.find({
    id: latest.map((row) => row.caseId),
    groupId: group.id,
    lastReportAt: { atLeast: since },
  });
  return rows.sort((a, b) => b.lastReportAt - a.lastReportAt || b.number - a.number);
}

async function ownCase(tx: Transaction, search: Search): Promise<Belongs | null> {
  const { place, event, verdict } = search;
  const window = settingsOf(place.group).followUpWindowMs;
  const mine = await casesOf(tx, search.place, event.at - Math.max(window, CLOSE_AFTER_MS * 2));
  const open = mine.find(
    (row) =>
      isOpen(row.state) &&
      event.at - row.lastReportAt <= window &&
      (row.reporterId === place.member.id || verdict.meToo || shares(row, verdict.aspects)),
  );
  if (open !== undefined) return { kind: "follow_up", row: open };
  return verdict.complaint ? settledCase(mine, search) : null;
}

/** The latest settled case of this reporter that their complaint speaks of. */
function settledCase(
  mine: readonly ComplaintCase[],
  { place, event, verdict, vote = false }: Search,
): Belongs | null {
  for (const row of mine) {
    if (row.reporterId !== place.member.id || !mayReopen(row, event.at)) continue;
    const kind = readMention(row, { text: event.text, at: event.at, vote, verdict });
    if (kind !== null) return { kind, row };
  }
  return null;
}

/** A question of somebody who complained a moment ago belongs to their case ("还没消息吗"). */
async function ownEcho(tx: Transaction, search: Search): Promise<Belongs | null> {
  const { place, event, verdict } = search;
  if (!verdict.query || verdict.aspects.length === 0) return null;
  const mine = await casesOf(tx, place, event.at - settingsOf(place.group).followUpWindowMs);
  const row = mine.find((one) => isOpen(one.state) && shares(one, verdict.aspects));
  return row === undefined ? null : { kind: "follow_up", row };
}

/** The latest case that waits for the shop and that this member reported or joined; null for none. */
export async function ownOpenCase(
  tx: Transaction,
  place: Place,
  at: number,
): Promise<ComplaintCase | null> {
  const mine = await casesOf(tx, place, at - CLOSE_AFTER_MS);
  return mine.find((row) => isOpen(row.state)) ?? null;
}

async function othersCase(tx: Transaction, search: Search): Promise<Belongs | null> {
  const { place, event, verdict } = search;
  if (place.direct) return null;
  const recent = await tx.cases.find(
    {
      groupId: place.group.id,
      state: OPEN_STATES,
      lastReportAt: { atLeast: event.at - SAME_TROUBLE_MS },
    },
    { order: { lastReportAt: "desc", number: "desc" }, limit: MOST_CASES },
  );
  const fitting = verdict.meToo ? joinable(recent, verdict) : repeated(recent, verdict);
  for (const row of fitting) {
    // What somebody told the bot alone stays apart from what the group talks about.
    if (await isPublic(tx, place, row)) return { kind: verdict.meToo ? "me_too" : "repeat", row };
  }
  return null;
}

function joinable(recent: readonly ComplaintCase[], verdict: Verdict): readonly ComplaintCase[] {
  return [
    ...recent.filter((row) => shares(row, verdict.aspects)),
    ...recent.filter((row) => !shares(row, verdict.aspects)),
  ];
}

function repeated(recent: readonly ComplaintCase[], verdict: Verdict): readonly ComplaintCase[] {
  const [first] = verdict.aspects;
  if (first === undefined || first === "other") return [];
  // A new P1 must not drown in somebody else's ordinary case.
  return recent.filter(
    (row) => row.aspects.includes(first) && (verdict.severity !== "P1" || row.severity === "P1"),
  );
}

async function isPublic(tx: Transaction, place: Place, row: ComplaintCase): Promise<boolean> {
  const report = await reportOf(tx, row.id);
  const ref = report === null ? null : messageRefOf(report.id);
  return ref !== null && ref.conversation.conversationId === place.group.externalId;
}

/** The settled case of the same member about the same thing that a new one follows; null for none. */
export async function earlierCase(tx: Transaction, search: Search): Promise<string | null> {
  const since = search.event.at - RECURS_WITHIN_MS;
  const mine = await casesOf(tx, search.place, since);
  const row = mine.find(
    (one) => one.resolvedAt !== null && !isOpen(one.state) && shares(one, search.verdict.aspects),
  );
  return row?.id ?? null;
}

/** The case of this member that waits for their word whether it is solved, the latest first. */
export async function caseAwaitingWord(
  tx: Transaction,
  place: Place,
  at: number,
): Promise<ComplaintCase | null> {
  const mine = await tx.caseMembers.find(
    { memberId: place.member.id, toldAt: { atLeast: at - CLOSE_AFTER_MS } },
    { order: { toldAt: "desc", id: "asc" }, limit: MOST_CASES },
  );
  if (mine.length === 0) return null;
  const rows = await tx.cases.find({
    id: mine.map((one) => one.caseId),
    groupId: place.group.id,
  });
  return (
    rows
      .filter((row) => mayReopen(row, at))
      .sort((a, b) => (b.toldAt ?? 0) - (a.toldAt ?? 0) || b.number - a.number)[0] ?? null
  );
}
