import type { Group, Member, Message } from "#entities/index.js";
import type { Role } from "#entities/vocabulary.js";
import type { WaitingOpinion } from "#src/store/opinion-store.js";
import type { Transaction } from "#src/store/transaction.js";
import { CONTEXT_MS } from "../consider-message.js";
import { type AskedLine, askAbout, MOST_BEFORE, type Question } from "./question.js";

/** A question ready to be asked, with what its answer is about. */
export interface OpenQuestion {
  readonly order: WaitingOpinion;
  readonly question: Question;
  /** The words it is about, as they were said; they stay in this process. */
  readonly words: string;
  /** What the small model said of them. */
  readonly complaint: boolean;
}

/** The message of an order while it may be asked about: its words are there and its writer takes part. */
export interface Askable {
  readonly message: Message & { readonly text: string };
  readonly group: Group;
  readonly member: Member;
}

/**
 * Reads what an order is about; null when it is not to be asked any more: the words were swept,
 * taken back or erased, the writer has opted out or is staff, the bot has left.
 */
export async function readAskable(tx: Transaction, order: WaitingOpinion): Promise<Askable | null> {
  const message = await tx.messages.rows.first({ id: order.messageId });
  if (message === null || message.text === null || message.text === "") return null;
  if (message.role !== "customer") return null;
  const group = await tx.directory.groupById(message.groupId);
  const member = await tx.directory.memberById(message.memberId);
  if (group === null || group.leftAt !== null || member === null || isOut(member)) return null;
  return { message: { ...message, text: message.text }, group, member };
}

function isOut(member: Member): boolean {
  return member.optedOutAt !== null || member.erasedAt !== null;
}

/** More than are asked: some of them have no words. */
const LINES_READ = 8;
const ROLES: Readonly<Record<string, Role>> = { staff: "staff", leader: "leader" };

/** The question on an order, without names, numbers and addresses; null when there is none (any more). */
export async function readQuestion(
  tx: Transaction,
  order: WaitingOpinion,
): Promise<OpenQuestion | null> {
  const askable = await readAskable(tx, order);
  if (askable === null) return null;
  const { message, group } = askable;
  const members = await membersOf(tx, group);
  const names = [group.name, ...members.map((member) => member.name)];
  const outside = new Set(members.filter(isOut).map((member) => member.id));
  const before = await linesBefore(tx, message, outside);
  const question = askAbout({ role: "customer", text: message.text }, before, names);
  if (question === null) return null;
  return { order, question, words: message.text, complaint: message.complaint };
}

async function membersOf(tx: Transaction, group: Group): Promise<readonly Member[]> {
  const places = await tx.directory.memberships.find({ groupId: group.id });
  return tx.directory.members.find({ id: places.map((place) => place.memberId) });
}

/** The lines just before, oldest first; none of somebody who has opted out since. */
async function linesBefore(
  tx: Transaction,
  message: Message,
  outside: ReadonlySet<string>,
): Promise<readonly AskedLine[]> {
  const rows = await tx.messages.rows.find(
    {
      groupId: message.groupId,
      sentAt: { atLeast: message.sentAt - CONTEXT_MS, atMost: message.sentAt },
    },
    { order: { sentAt: "desc", arrival: "desc" }, limit: LINES_READ },
  );
  const lines: AskedLine[] = [];
  for (const row of rows) {
    const earlier = row.sentAt < message.sentAt || row.arrival < message.arrival;
    if (row.text === null || row.text === "" || !earlier || outside.has(row.memberId)) continue;
    lines.unshift({ role: ROLES[row.role] ?? "customer", text: row.text });
    if (lines.length === MOST_BEFORE) break;
  }
  return lines;
}
