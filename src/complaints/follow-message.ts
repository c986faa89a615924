import { messageKey } from "#src/platform/conversation.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { askAgain } from "./ask-again.js";
import { changeCase, keepCaseMessage, snapshotOf } from "./case-record.js";
import type { Verdict } from "./detection/verdict.js";
import { type Belongs, caseAwaitingWord, earlierCase, findCase, ownOpenCase } from "./find-case.js";
import { joinCase } from "./join-case.js";
import { answerWord, wordOf } from "./member-word.js";
import { openCase } from "./open-case.js";
import { reopenCase } from "./reopen-case.js";

/** What a message turned out to be. */
export type Considered =
  | { readonly kind: "none" }
  | {
      readonly kind: "opened" | "joined" | "follow_up" | "reopened" | "answered" | "thanks";
      readonly caseId: string;
    };

/** It concerns no case. */
export const NONE: Considered = { kind: "none" };

/** A message with what was made of it. */
export interface JudgedMessage {
  readonly event: MessageEvent;
  readonly verdict: Verdict;
  readonly photo: boolean;
  /** The words stand beside a vote. */
  readonly vote: boolean;
}

/**
 * Does what a message that concerns cases leads to: takes the member's word on the outcome or their
 * thanks, adds it to the case it belongs to, or opens one.
 */
export async function followMessage(
  tx: Transaction,
  place: Place,
  judged: JudgedMessage,
): Promise<Considered> {
  const { event, verdict, vote } = judged;
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
  const belongs = await findCase(tx, { place, event, verdict, vote });
  if (belongs !== null) return add(tx, place, judged, belongs);
  return standsAlone(verdict) ? open(tx, place, judged) : NONE;
}

/** A mere "+1" without a case to join says nothing by itself. */
function standsAlone(verdict: Verdict): boolean {
  if (!verdict.complaint) return false;
  return !verdict.meToo || verdict.evidence.some((piece) => piece.source !== "context");
}

async function open(tx: Transaction, place: Place, judged: JudgedMessage): Promise<Considered> {
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
  { event, verdict }: JudgedMessage,
  belongs: Belongs,
): Promise<Considered> {
  const message = { key: messageKey(event.message), text: event.text };
  if (belongs.kind === "mentioned") {
    const row = await askAgain(tx, place, event, belongs.row);
    return { kind: "follow_up", caseId: row.id };
  }
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
