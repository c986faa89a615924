import type { CaseMessage, ComplaintCase, Group, Member } from "#entities/index.js";
import { type CustomerTexts, complaintTexts } from "#src/i18n/complaints.js";
import type { ConversationRef } from "#src/platform/conversation.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { formatInstant, localDay } from "#src/scheduling/zoned-time.js";
import { conversationOf, personOf } from "#src/shared/addresses.js";
import { HOUR, MINUTE } from "#src/shared/clock.js";
import { quietHoursOf, settingsOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";
import { messageRefOf, reportOf } from "./case-record.js";
import { publicWords } from "./public-words.js";

/** A group hears at most one acknowledgement in this time. */
export const ACKNOWLEDGE_COOL_DOWN_MS = 30 * MINUTE;
/** An acknowledgement that quiet hours hold back longer than this is not said any more. */
const STALE_AFTER_MS = 13 * HOUR;
/** From so many members on the group reads the result instead of everybody in private. */
export const MANY_AFFECTED = 3;

const LAW_RULES: ReadonlySet<string> = new Set(["authorities", "law", "police"]);

/** Where the customer of a case is spoken to. */
interface Channel {
  readonly to: ConversationRef;
  /** They spoke to the bot alone, so nobody else may learn of it. */
  readonly alone: boolean;
  readonly report: CaseMessage | null;
}

async function channelOf(tx: Transaction, group: Group, row: ComplaintCase): Promise<Channel> {
  const report = await reportOf(tx, row.id);
  const ref = report === null ? null : messageRefOf(report.id);
  const here = conversationOf(group);
  const alone = ref !== null && ref.conversation.conversationId !== here.conversationId;
  return { to: alone ? ref.conversation : here, alone, report };
}

function quoteOf(channel: Channel): Pick<OutboundMessage, "quote"> {
  const { report } = channel;
  const ref = report === null || report.text === null ? null : messageRefOf(report.id);
  return ref === null ? {} : { quote: ref };
}

/** "20:05" today, "11月22日 09:30" on another day, by the group's clock. */
export function untilWords(instant: number | null, now: number, group: Group): string | null {
  if (instant === null || instant <= now) return null;
  const today = localDay(now, group.timeZone) === localDay(instant, group.timeZone);
  return formatInstant(instant, group.timeZone, group.language, today ? "time" : "short");
}

function acknowledgement(row: ComplaintCase, group: Group, at: number): string {
  const { customer, troubles } = complaintTexts[group.language];
  const until = untilWords(row.acknowledgeDueAt, at, group);
  if (row.severity !== "P1") return customer.acknowledge(troubles[row.aspect], until);
  const { rule } = row.verdict;
  return rule !== null && LAW_RULES.has(rule)
    ? customer.acknowledgeLaw(until)
    : customer.acknowledgeHarm(until);
}

/** True while the group has just heard an acknowledgement. A P1 only waits for another P1. */
async function coolingDown(tx: Transaction, row: ComplaintCase, at: number): Promise<boolean> {
  const last = await tx.cases.first({
    groupId: row.groupId,
    botAcknowledgedAt: { above: at - ACKNOWLEDGE_COOL_DOWN_MS },
    ...(row.severity === "P1" ? { severity: "P1" as const } : {}),
  });
  return last !== null;
}

/**
 * Says in front of the group, without personal data, that the report was seen; alone to a member who
 * spoke to the bot alone. Once per case, once per half hour and group. Returns whether it was said,
 * so that the caller keeps the time with the case.
 */
export async function acknowledgePublicly(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<boolean> {
  if (row.botAcknowledgedAt !== null || row.firstReplyAt !== null) return false;
  const channel = await channelOf(tx, group, row);
  if (!channel.alone && (await coolingDown(tx, row, at))) return false;
  const waits = row.severity !== "P1" && !channel.alone;
  await tx.outbox.say({
    key: `acknowledgement:${row.id}`,
    kind: "acknowledgement",
    to: channel.to,
    message: { text: acknowledgement(row, group, at), ...quoteOf(channel) },
    at,
    groupId: group.id,
    expiresAt: at + STALE_AFTER_MS,
    ...(waits ? { quiet: quietHoursOf(group) } : {}),
  });
  return true;
}

/** True when the group's setting has the bot acknowledge at this moment of a case. */
export function acknowledgesAt(group: Group, moment: "opened" | "confirmed"): boolean {
  const setting = settingsOf(group).acknowledge;
  return setting !== "off" && (moment === "confirmed" || setting === "at_once");
}

/** Everybody's names that must not stand in a public text about a case. */
async function namesOf(tx: Transaction, row: ComplaintCase): Promise<readonly string[]> {
  const joined = await tx.caseMembers.find({ caseId: row.id }, { order: { id: "asc" } });
  const names: string[] = [];
  for (const { memberId } of joined) {
    const member = await tx.directory.memberById(memberId);
    if (member !== null && member.name !== "") names.push(member.name);
  }
  return names;
}

/**
 * Says words of staff to the customer: quoting the report in the group with personal data taken out,
 * or unchanged to somebody who spoke to the bot alone. Tells whether something was taken out.
 */
export async function sayToCustomer(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  words: { readonly text: string; readonly at: number; readonly key: string },
): Promise<{ readonly hidden: boolean }> {
  const channel = await channelOf(tx, group, row);
  const { text, hidden } = channel.alone
    ? { text: words.text, hidden: false }
    : publicWords(words.text, await namesOf(tx, row));
  await tx.outbox.say({
    key: words.key,
    kind: "notice",
    to: channel.to,
    message: { text: complaintTexts[group.language].customer.reply(text), ...quoteOf(channel) },
    at: words.at,
    groupId: group.id,
  });
  return { hidden };
}

/** A text with the question whether it is solved: two buttons, or words for chats without them. */
export function outcomeQuestion(
  texts: CustomerTexts,
  caseId: string,
  text: string,
): OutboundMessage {
  return {
    text,
    choices: [
      { action: "case.solved", choices: [{ label: texts.toldButtons.solved, value: caseId }] },
      { action: "case.unsolved", choices: [{ label: texts.toldButtons.unsolved, value: caseId }] },
    ],
    textWithoutButtons: `${text}\n${texts.toldWithoutButtons}`,
  };
}

function mayBeTold(member: Member | null): member is Member {
  return member !== null && member.optedOutAt === null && member.erasedAt === null;
}

/**
 * Tells that a case is resolved: the reporter in private and, while fewer than three are affected,
 * everybody who joined in private; from three on the group reads one neutral note instead. Each
 * member counts as told once. Returns whether words were taken out of the public note.
 */
export async function tellResolution(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<{ readonly hidden: boolean }> {
  const many = row.affected >= MANY_AFFECTED;
  const note = row.resolution === null ? null : publicWords(row.resolution, await namesOf(tx, row));
  const facts: Telling = { group, row, at, publicText: note?.text ?? null };
  const members = await tx.caseMembers.find({ caseId: row.id }, { order: { id: "asc" } });
  for (const { memberId } of members) {
    if (!many || memberId === row.reporterId) await tellMember(tx, facts, memberId);
  }
  await tx.caseMembers.update({ caseId: row.id }, { toldAt: at });
  if (many) await tellGroup(tx, facts);
  return { hidden: many && note?.hidden === true };
}

interface Telling {
  readonly group: Group;
  readonly row: ComplaintCase;
  readonly at: number;
  /** What was done, as the whole group may read it. */
  readonly publicText: string | null;
}

async function tellMember(
  tx: Transaction,
  { group, row, at, publicText }: Telling,
  memberId: string,
): Promise<void> {
  const member = await tx.directory.memberById(memberId);
  if (!mayBeTold(member)) return;
  const { customer, troubles } = complaintTexts[group.language];
  const isReporter = memberId === row.reporterId;
  const channel = await channelOf(tx, group, row);
  const alone = channel.alone && isReporter;
  // Words for the reporter may name their order; those who joined read what the group may read.
  const words = isReporter ? row.resolution : publicText;
  await tx.outbox.say({
    key: `told:${row.id}:${String(row.reopened)}:${memberId}`,
    kind: "notice",
    to: alone ? channel.to : conversationOf(group),
    message: outcomeQuestion(customer, row.id, customer.told(troubles[row.aspect], words)),
    at,
    groupId: group.id,
    ...(alone ? {} : { onlyFor: personOf(member) }),
  });
}

async function tellGroup(tx: Transaction, { group, row, at, publicText }: Telling): Promise<void> {
  const { customer, troubles } = complaintTexts[group.language];
  await tx.outbox.say({
    key: `told:${row.id}:${String(row.reopened)}:group`,
    kind: "notice",
    to: conversationOf(group),
    message: { text: customer.groupNote(troubles[row.aspect], publicText) },
    at,
    groupId: group.id,
    quiet: quietHoursOf(group),
  });
}

/** Answers one member alone: where they spoke, by the handle of their event, or in private. */
export async function answerAlone(
  tx: Transaction,
  listener: {
    readonly group: Group;
    readonly member: Member;
    readonly direct?: ConversationRef | undefined;
    readonly replyHandle?: string | undefined;
  },
  answer: { readonly key: string; readonly text: string; readonly at: number },
): Promise<void> {
  const { group, member, direct, replyHandle } = listener;
  await tx.outbox.say({
    key: answer.key,
    kind: "reply",
    to: direct ?? conversationOf(group),
    message: { text: answer.text },
    at: answer.at,
    groupId: group.id,
    ...(direct === undefined ? { onlyFor: personOf(member) } : {}),
    ...(replyHandle === undefined ? {} : { replyHandle }),
  });
}
