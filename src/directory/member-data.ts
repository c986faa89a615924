import type {
  AuditEntry,
  CaseEntry,
  CaseMessage,
  Improvement,
  Member,
  Message,
  Prompt,
  Response,
  VerdictLabel,
} from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Aspect, CaseState, Role } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import type { Transaction } from "#src/store/transaction.js";

/** One group of a member, as the export shows it. */
export interface ExportedPlace {
  readonly group: string;
  readonly timeZone: string;
  readonly role: Role;
  readonly joinedAt: number;
  readonly leftAt: number | null;
}

/** One answer with the question it belongs to. */
export interface ExportedAnswer {
  readonly row: Response;
  /** Null when the run is gone. */
  readonly question: QuestionSnapshot | null;
}

/** One case that a member reported or joined. */
export interface ExportedCase {
  readonly id: string;
  readonly number: number;
  readonly aspect: Aspect;
  readonly state: CaseState;
  readonly openedAt: number;
  readonly joinedBy: string;
  readonly reporter: boolean;
}

/** Everything that is kept of one member, over all tables; plain JSON. */
export interface MemberData {
  readonly member: Member;
  readonly places: readonly ExportedPlace[];
  readonly answers: readonly ExportedAnswer[];
  readonly prompts: readonly Prompt[];
  readonly cases: readonly ExportedCase[];
  readonly caseMessages: readonly CaseMessage[];
  readonly messages: readonly Message[];
  /** Conversations with the bot alone. */
  readonly contacts: readonly string[];
  readonly notices: readonly { readonly kind: string; readonly at: number }[];
  /** What they did as staff. */
  readonly deeds: {
    readonly entries: readonly CaseEntry[];
    readonly improvements: readonly Improvement[];
    readonly labels: readonly VerdictLabel[];
    readonly audit: readonly AuditEntry[];
  };
}

/**
 * Everything of one member in all tables, oldest first, for the member or for the operator who was
 * asked for it. Throws `not-found` when there is no such member.
 */
export async function exportMember(tx: Transaction, memberId: string): Promise<MemberData> {
  await tx.flush();
  const member = await tx.directory.memberById(memberId);
  if (member === null) throw new AppError("not-found", "There is no such member.");
  const onlyFor = JSON.stringify([member.platform, member.externalId]);
  const notices = await tx.outbox.rows.find({ onlyFor }, { order: { seq: "asc" } });
  return {
    member,
    places: await placesOf(tx, memberId),
    answers: await answersOf(tx, memberId),
    prompts: await tx.prompts.find({ memberId }, { order: { shownAt: "asc", id: "asc" } }),
    cases: await casesOf(tx, memberId),
    caseMessages: await tx.caseMessages.find({ memberId }, { order: { at: "asc", id: "asc" } }),
    messages: await tx.messages.rows.find({ memberId }, { order: { sentAt: "asc", id: "asc" } }),
    contacts: (await tx.directory.contacts.find({ memberId }, { order: { id: "asc" } })).map(
      ({ id }) => id,
    ),
    notices: notices.map(({ kind, createdAt }) => ({ kind, at: createdAt })),
    deeds: {
      entries: await tx.caseEntries.find(
        { actorId: memberId },
        { order: { at: "asc", id: "asc" } },
      ),
      improvements: await tx.improvements.find(
        { operatorId: memberId },
        { order: { number: "asc" } },
      ),
      labels: await tx.labels.find({ operatorId: memberId }, { order: { at: "asc", id: "asc" } }),
      audit: await tx.audit.find({ actorId: memberId }, { order: { seq: "asc" } }),
    },
  };
}

async function placesOf(tx: Transaction, memberId: string): Promise<readonly ExportedPlace[]> {
  const rows = await tx.directory.memberships.find(
    { memberId },
    { order: { joinedAt: "asc", id: "asc" } },
  );
  const places: ExportedPlace[] = [];
  for (const { groupId, role, joinedAt, leftAt } of rows) {
    const group = await tx.directory.groupById(groupId);
    if (group === null) continue;
    places.push({ group: group.name, timeZone: group.timeZone, role, joinedAt, leftAt });
  }
  return places;
}

async function answersOf(tx: Transaction, memberId: string): Promise<readonly ExportedAnswer[]> {
  const rows = await tx.responses.rows.find(
    { memberId },
    { order: { answeredAt: "asc", id: "asc" } },
  );
  const ids = [...new Set(rows.map((row) => row.runId))];
  const runs = ids.length === 0 ? [] : await tx.runs.find({ id: ids });
  const questions = new Map(
    runs.flatMap((run) => run.questions.map((question) => [`${run.id}/${question.id}`, question])),
  );
  return rows.map((row) => ({
    row,
    question: questions.get(`${row.runId}/${plainQuestion(row.questionId)}`) ?? null,
  }));
}

/** Votes of staff and of list entries are kept under a marked question id ("staff:q1"). */
function plainQuestion(questionId: string): string {
  return questionId.slice(questionId.indexOf(":") + 1);
}

async function casesOf(tx: Transaction, memberId: string): Promise<readonly ExportedCase[]> {
  const joined = await tx.caseMembers.find({ memberId });
  if (joined.length === 0) return [];
  const rows = await tx.cases.find(
    { id: joined.map((row) => row.caseId) },
    { order: { number: "asc" } },
  );
  return rows.map(({ id, number, aspect, state, openedAt, reporterId }) => ({
    id,
    number,
    aspect,
    state,
    openedAt,
    joinedBy: joined.find((row) => row.caseId === id)?.joinedBy ?? "",
    reporter: reporterId === memberId,
  }));
}
