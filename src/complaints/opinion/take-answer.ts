import type { ComplaintCase, Group } from "#entities/index.js";
import type { Aspect } from "#entities/vocabulary.js";
import type { MessageEvent } from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { refreshAlert } from "../case-alert.js";
import { BOT, changeCase, messageRefOf } from "../case-record.js";
import { isOpen } from "../case-states.js";
import { LONGEST_CONTEXT } from "../consider-message.js";
import type { Detector, Verdict } from "../detection/verdict.js";
import { extraWordsOf } from "../extra-words.js";
import { followMessage } from "../follow-message.js";
import { evidenceOf, type OpinionAnswer, severityOf } from "./answer.js";
import { type Askable, type OpenQuestion, readAskable } from "./read-question.js";

/** A doubt of the other model opens nothing. */
export const SURE_ENOUGH = 0.6;
const MOST_ASPECTS = 3;

/**
 * Takes an answer in: as evidence of the case that the line opened, or, where the small model had
 * left the line just below the threshold, as the case itself, for staff to confirm or dismiss. It
 * closes nothing, lowers nothing and makes nothing P1. An answer on words that were edited, taken
 * back or swept meanwhile changes nothing.
 */
export async function takeAnswer(
  deps: { readonly detector: Detector },
  tx: Transaction,
  taken: { readonly asked: OpenQuestion; readonly answer: OpinionAnswer; readonly now: number },
): Promise<void> {
  const { asked, answer, now } = taken;
  const { order } = asked;
  const askable = await readAskable(tx, order);
  if (askable === null || askable.message.text !== asked.words) return;
  const known = await tx.caseMessages.first({ id: order.messageKey });
  if (known !== null) {
    // The report was edited: its case was judged again by then.
    if (known.text?.slice(0, LONGEST_CONTEXT) !== asked.words) return;
    const row = known.part === "report" ? await tx.cases.first({ id: known.caseId }) : null;
    if (row !== null) await addEvidence(tx, askable.group, row, { answer, now });
    return;
  }
  if (!answer.complaint || answer.confidence < SURE_ENOUGH || askable.message.complaint) return;
  await openByOpinion(deps, tx, askable, { key: order.messageKey, answer, now });
}

interface Heard {
  readonly answer: OpinionAnswer;
  readonly now: number;
}

async function addEvidence(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  { answer, now }: Heard,
): Promise<void> {
  // What a safety or legal rule decides is not up for an opinion, also when it joined later.
  if (row.verdict.rule !== null) return;
  const others = row.verdict.evidence.filter((piece) => piece.source !== "opinion");
  const next = await changeCase(tx, row, {
    patch: { verdict: { ...row.verdict, evidence: [...others, evidenceOf(answer)] } },
    entries: [{ act: answer.complaint ? "opinion_agrees" : "opinion_differs" }],
    actorId: BOT,
    at: now,
  });
  if (isOpen(next.state)) await refreshAlert(tx, group, next, now);
}

/** The verdict on the line as it stands with the answer. */
function raisedVerdict(
  detector: Detector,
  { message, group, member }: Askable,
  answer: OpinionAnswer,
): Verdict {
  const judged = detector.consider(
    { text: message.text, role: "customer", memberKey: member.id, at: message.sentAt },
    [],
    { mode: "chat", extraWords: extraWordsOf({ group }) },
  );
  const first: readonly Aspect[] = answer.aspect === null ? [] : [answer.aspect];
  const aspects = [...new Set([...first, ...judged.aspects])].slice(0, MOST_ASPECTS);
  return {
    ...judged,
    complaint: true,
    score: message.score,
    polarity: message.polarity,
    aspects,
    severity: severityOf(answer),
    evidence: [evidenceOf(answer), ...judged.evidence.filter(({ source }) => source === "rule")],
    meToo: false,
    resolvedThanks: false,
    query: false,
    p1Rule: null,
  };
}

async function openByOpinion(
  { detector }: { readonly detector: Detector },
  tx: Transaction,
  askable: Askable,
  { key, answer, now }: Heard & { readonly key: string },
): Promise<void> {
  const { message, group, member } = askable;
  const membership = await tx.directory.membership(group.id, member.id);
  const ref = messageRefOf(key);
  if (membership === null || membership.role !== "customer" || ref === null) return;
  const place: Place = { group, member, membership, direct: false };
  const verdict = raisedVerdict(detector, askable, answer);
  const { complaint, aspects, severity } = verdict;
  await tx.messages.rows.update({ id: message.id }, { complaint, aspects, severity });
  const event: MessageEvent = {
    kind: "message",
    eventId: `opinion:${key}`,
    at: message.sentAt,
    conversation: ref.conversation,
    author: { platform: member.platform, memberId: member.externalId, name: member.name },
    text: message.text,
    message: ref,
    mentionsBot: false,
    isDirect: false,
  };
  const judged = { event, verdict, photo: false, vote: false };
  const considered = await followMessage(tx, place, judged);
  if (considered.kind === "opened") await noteOpened(tx, considered.caseId, now);
}

/** Staff see who raised it; their word on it says nothing about the small model's threshold. */
async function noteOpened(tx: Transaction, caseId: string, now: number): Promise<void> {
  const row = await tx.cases.first({ id: caseId });
  if (row === null) return;
  await changeCase(tx, row, {
    patch: { verdict: { ...row.verdict, raisedBy: "second_opinion" } },
    entries: [{ act: "opinion_agrees" }],
    actorId: BOT,
    at: now,
  });
}
