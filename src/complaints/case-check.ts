import type { ComplaintCase, Group, Member, ScheduleFiring, SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import { conversationOf, personOf } from "#src/shared/addresses.js";
import { DAY, HOUR } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { BOT, changeCase } from "./case-record.js";

/** When the check question is asked after the customer was told, and how long it may be answered. */
export const CHECK_AFTER_MS = DAY;
export const CHECK_OPEN_MS = 48 * HOUR;
/** Later than this nobody remembers how it went. */
const CHECK_GRACE_MS = 48 * HOUR;
const QUESTION_ID = "ces";

/** Orders the check question for a day after the customer was told. */
export async function scheduleCheck(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  toldAt: number,
): Promise<void> {
  if (settingsOf(group).caseCheck === "off") return;
  await endCheck(tx, row.id, toldAt);
  await tx.schedules.set({
    kind: "case.check",
    ownerId: row.id,
    groupId: group.id,
    pattern: null,
    timeZone: group.timeZone,
    nextAt: toldAt + CHECK_AFTER_MS,
    graceMs: CHECK_GRACE_MS,
    payload: { act: "ask" },
  });
}

/** Asks the check question, or closes it when its time is up. */
export async function onCaseCheck(tx: Transaction, firing: ScheduleFiring): Promise<void> {
  const row = await tx.cases.first({ id: firing.ownerId });
  const group = row === null ? null : await tx.directory.groupById(row.groupId);
  if (row === null || group === null) return;
  if (firing.payload["act"] === "close") {
    await closeCheck(tx, String(firing.payload["run"]), firing.firedAt);
    return;
  }
  if (firing.outcome !== "missed") await ask(tx, group, row, firing);
}

async function closeCheck(tx: Transaction, runId: string, at: number): Promise<void> {
  await tx.runs.update({ id: runId, state: "open" }, { state: "closed", closedAt: at });
}

/** Ends what runs of a case's check: a case that is open again is not asked about. */
export async function endCheck(tx: Transaction, caseId: string, at: number): Promise<void> {
  await tx.schedules.cancel("case.check", caseId);
  await tx.runs.update(
    { surveyId: surveyIdOf(caseId), state: "open" },
    { state: "closed", closedAt: at },
  );
}

/** The check of a case stands in the place of a survey; surveys know it by this prefix. */
function surveyIdOf(caseId: string): string {
  return `check:${caseId}`;
}

/**
 * Nobody is asked while the case is open, nor twice about one resolution; `first_resolve` asks once in
 * the life of a case, after the first resolution that held for a day.
 */
async function isDue(tx: Transaction, group: Group, row: ComplaintCase): Promise<boolean> {
  const setting = settingsOf(group).caseCheck;
  if (setting === "off" || (row.state !== "told" && row.state !== "closed")) return false;
  const place = await tx.caseMembers.first({ caseId: row.id, memberId: row.reporterId });
  if (place === null) return false;
  if (place.checkedAt === null) return true;
  return setting === "every_resolve" && place.checkedAt < (row.resolvedAt ?? 0);
}

/** The reporter, when they may be asked something. */
async function personToAsk(tx: Transaction, row: ComplaintCase): Promise<Member | null> {
  const member = await tx.directory.memberById(row.reporterId);
  if (member === null || member.mutedAt !== null || member.optedOutAt !== null) return null;
  return member.erasedAt === null ? member : null;
}

async function ask(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  firing: ScheduleFiring,
): Promise<void> {
  const member = (await isDue(tx, group, row)) ? await personToAsk(tx, row) : null;
  if (member === null) return;
  const at = firing.firedAt;
  const run = checkRun(group, row, { dueAt: firing.dueAt, at });
  const written = await tx.runs.insertNew([run], "id");
  if (!written.has(run.id)) return;
  await tx.prompts.insertNew(
    [
      {
        id: stableId("prompt", run.id, member.id),
        groupId: group.id,
        memberId: member.id,
        runId: run.id,
        kind: "ces",
        reason: "case_check",
        shownAt: at,
      },
    ],
    "id",
  );
  await tx.caseMembers.update({ caseId: row.id, memberId: member.id }, { checkedAt: at });
  await tx.outbox.say({
    key: run.cardKey ?? `card:${run.id}`,
    kind: "survey",
    to: conversationOf(group),
    message: checkCard(group, row, run),
    at,
    groupId: group.id,
    onlyFor: personOf(member),
    expiresAt: run.closesAt,
  });
  await changeCase(tx, row, { patch: {}, entries: [{ act: "check" }], actorId: BOT, at });
  await tx.schedules.set({
    kind: "case.check",
    ownerId: row.id,
    groupId: group.id,
    pattern: null,
    timeZone: group.timeZone,
    nextAt: run.closesAt,
    graceMs: CHECK_GRACE_MS,
    payload: { act: "close", run: run.id },
  });
}

function checkQuestion(group: Group): QuestionSnapshot {
  const { checkStatement } = complaintTexts[group.language].customer;
  return {
    id: QUESTION_ID,
    kind: "ces",
    text: checkStatement,
    touchpoint: "after_sales",
    options: [],
  };
}

function checkRun(
  group: Group,
  row: ComplaintCase,
  when: { readonly dueAt: number; readonly at: number },
): SurveyRun {
  const surveyId = surveyIdOf(row.id);
  const id = stableId("run", surveyId, group.id, when.dueAt);
  return {
    id,
    surveyId,
    groupId: group.id,
    kind: "ces",
    openedFor: when.dueAt,
    openedAt: when.at,
    closesAt: when.at + CHECK_OPEN_MS,
    closedAt: null,
    state: "open",
    questions: [checkQuestion(group)],
    eligible: 1,
    cardKey: `card:${id}`,
  };
}

/** The private card: seven buttons in one row, or a number as the answer. */
function checkCard(group: Group, row: ComplaintCase, run: SurveyRun): OutboundMessage {
  const { customer, troubles } = complaintTexts[group.language];
  const text = [
    customer.check(troubles[row.aspect]),
    customer.checkStatement,
    customer.checkScale,
  ].join("\n");
  const points = [1, 2, 3, 4, 5, 6, 7];
  return {
    text,
    choices: [
      {
        action: "vote",
        choices: points.map((point) => ({
          label: String(point),
          value: `${run.id}|${QUESTION_ID}|${String(point)}`,
        })),
      },
    ],
    textWithoutButtons: `${text}\n${customer.checkWithoutButtons}`,
  };
}
