import type { Member, Membership, Response, SurveyRun } from "#entities/index.js";
import type { EarlierAnswer, QuestionSnapshot } from "#entities/types.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import {
  type AnswerValue,
  acceptedValue,
  cutWords,
  numericValue,
  writeValue,
} from "./answer-value.js";
import { noteAnswer } from "./note-answer.js";
import { isPrivateRun, staffQuestionId } from "./survey-keys.js";

/** How an answer came in. */
export type VoteChannel = "button" | "reply" | "list" | "form";

/** One answer of one member to one question of one run. */
export interface Vote {
  readonly run: SurveyRun;
  readonly question: QuestionSnapshot;
  readonly member: Member;
  /** The member's place in the run's group; null when they have none. */
  readonly membership: Membership | null;
  readonly value: AnswerValue;
  readonly comment: string | null;
  /** When it was given, epoch ms. */
  readonly at: number;
  readonly via: VoteChannel;
  /** The message that holds it, so that a recall can take it back. */
  readonly messageKey: string | null;
}

/** What became of a vote. `same` changes no count; the others are refusals. */
export type VoteOutcome =
  | { readonly kind: "recorded" | "changed" | "same"; readonly response: Response }
  | { readonly kind: "run-closed" }
  | { readonly kind: "unknown-option" }
  | { readonly kind: "not-eligible"; readonly why: "staff" | "foreign" | "not-asked" };

/** How many replaced answers are kept for a recall. */
const EARLIER_KEPT = 20;

/**
 * Takes one answer. One answer holds per member and question: the last one by its own time, and
 * what it replaced is kept for a recall. Votes of staff and leader are kept apart and not counted.
 * With answers prefetched it makes no statement, but for the first new answer to a run in a transaction.
 */
export async function castVote(tx: Transaction, vote: Vote): Promise<VoteOutcome> {
  const { run, question, at } = vote;
  if (run.state !== "open" || at >= run.closesAt) return { kind: "run-closed" };
  const value = acceptedValue(question, vote.value);
  if (value === null) return { kind: "unknown-option" };
  const refused = await whyNotEligible(tx, vote);
  if (refused === "staff") {
    await keep(tx, { ...vote, value }, staffQuestionId(question.id));
    return { kind: "not-eligible", why: "staff" };
  }
  if (refused !== null) return { kind: "not-eligible", why: refused };
  const kept = await keep(tx, { ...vote, value }, question.id);
  if (kept.kind === "recorded" && isRating(question)) await noteAnswer(tx, run, at);
  return kept;
}

async function whyNotEligible(
  tx: Transaction,
  { run, member, membership }: Vote,
): Promise<"staff" | "foreign" | "not-asked" | null> {
  if (membership === null || membership.groupId !== run.groupId || membership.leftAt !== null) {
    return "foreign";
  }
  if (isPrivateRun(run)) {
    const asked = await tx.prompts.first({ runId: run.id, memberId: member.id });
    return asked === null ? "not-asked" : null;
  }
  return membership.role === "customer" ? null : "staff";
}

type Kept = Extract<VoteOutcome, { readonly kind: "recorded" | "changed" | "same" }>;

async function keep(tx: Transaction, vote: Vote, questionId: string): Promise<Kept> {
  const known = await tx.responses.get(vote.run.id, questionId, vote.member.id);
  if (known === null) {
    const response = newResponse(vote, questionId);
    tx.responses.put(response);
    return { kind: "recorded", response };
  }
  const answer = answerOf(vote);
  if (answer.answeredAt < known.answeredAt) return keepAsEarlier(tx, known, answer);
  const same = known.value === answer.value;
  const comment = answer.comment ?? (same ? known.comment : null);
  if (same && comment === known.comment && answer.messageKey === null) {
    return { kind: "same", response: known };
  }
  const response: Response = {
    ...known,
    ...answer,
    comment,
    via: vote.via,
    earlier: trimmed([...known.earlier, presentAnswer(known)]),
  };
  tx.responses.put(response);
  return { kind: same && comment === known.comment ? "same" : "changed", response };
}

/** An answer that is older than the one that holds (late delivery) changes no count. */
function keepAsEarlier(tx: Transaction, known: Response, answer: EarlierAnswer): Kept {
  const earlier = [...known.earlier, answer].toSorted((a, b) => a.answeredAt - b.answeredAt);
  const response: Response = { ...known, earlier: trimmed(earlier) };
  tx.responses.put(response);
  return { kind: "same", response };
}

function trimmed(earlier: readonly EarlierAnswer[]): readonly EarlierAnswer[] {
  return earlier.slice(-EARLIER_KEPT);
}

/** The answer of a row that holds at present, in the form in which replaced ones are kept. */
function presentAnswer(row: Response): EarlierAnswer {
  const { value, numeric, comment, answeredAt, messageKey } = row;
  return { value, numeric, comment, answeredAt, messageKey };
}

function answerOf(vote: Vote): EarlierAnswer {
  const comment = vote.comment?.trim() ?? "";
  return {
    value: writeValue(vote.value),
    numeric: numericValue(vote.value),
    comment: comment === "" ? null : cutWords(comment),
    answeredAt: vote.at,
    messageKey: vote.messageKey,
  };
}

function newResponse(vote: Vote, questionId: string): Response {
  const { run, question, member, at, via } = vote;
  return {
    id: stableId("response", run.id, questionId, member.id),
    runId: run.id,
    questionId,
    memberId: member.id,
    ...answerOf(vote),
    // Answers kept apart go by another question id and count nowhere.
    rating: questionId === question.id && isRating(question),
    firstAnsweredAt: at,
    via,
    earlier: [],
  };
}

/** True for the question that everybody is asked. */
export function isRating(question: QuestionSnapshot): boolean {
  return question.askedWhen === undefined;
}
