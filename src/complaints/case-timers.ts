import type { ComplaintCase, Group, ScheduleFiring } from "#entities/index.js";
import { DAY } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import { acknowledgeNow } from "./acknowledge.js";
import { sayLine, sendAlert } from "./case-alert.js";
import { type TimerPoint, timerPoints } from "./case-deadlines.js";
import { BOT, changeCase } from "./case-record.js";
import { acknowledgesAt } from "./case-replies.js";
import { applySteps } from "./case-steps.js";

/** A timer is never dropped: it is handled however late it is found. */
const GRACE_MS = 30 * DAY;

/**
 * Sets when a case is looked at next: the first moment of its open timers after `after` (epoch ms),
 * or never while none runs. There is one schedule per case.
 */
export async function refreshTimer(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  after: number,
): Promise<void> {
  const next = timerPoints(row, group).find((point) => point.at > after);
  if (next === undefined) {
    await tx.schedules.cancel("case.timer", row.id);
    return;
  }
  await tx.schedules.set({
    kind: "case.timer",
    ownerId: row.id,
    groupId: row.groupId,
    pattern: null,
    timeZone: group.timeZone,
    nextAt: next.at,
    graceMs: GRACE_MS,
    payload: { timer: next.kind, stage: next.stage },
  });
}

/** What the present state of a case makes of a timer that went off: only moments that still hold. */
export function passedPoints(
  row: ComplaintCase,
  group: Group,
  firing: Pick<ScheduleFiring, "dueAt" | "firedAt">,
): readonly TimerPoint[] {
  const passed = timerPoints(row, group).filter(
    (point) => point.at >= firing.dueAt && point.at <= firing.firedAt,
  );
  // After an outage the last moment of each timer says it all.
  return passed.filter(
    (point, index) => !passed.slice(index + 1).some((later) => later.kind === point.kind),
  );
}

/** Handles a timer of a case: reminds, pages, confirms a P1 that nobody decided, or closes. */
export async function onCaseTimer(tx: Transaction, firing: ScheduleFiring): Promise<void> {
  const found = await tx.cases.first({ id: firing.ownerId });
  const group = found === null ? null : await tx.directory.groupById(found.groupId);
  if (found === null || group === null) return;
  let row = found;
  for (const point of passedPoints(row, group, firing)) {
    row = await actOn(tx, group, row, { point, at: firing.firedAt });
  }
  await refreshTimer(tx, group, row, firing.firedAt);
}

interface Ringing {
  readonly point: TimerPoint;
  readonly at: number;
}

async function actOn(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  { point, at }: Ringing,
): Promise<ComplaintCase> {
  switch (point.kind) {
    case "close":
      return closeQuietly(tx, group, row, at);
    case "triage":
      return row.severity === "P1"
        ? confirmByItself(tx, group, row, at)
        : remindOfTriage(tx, group, row, at);
    case "acknowledge":
    case "update":
    case "resolve":
      return escalate(tx, group, row, { point, at, kind: point.kind });
  }
}

async function closeQuietly(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<ComplaintCase> {
  const { patch, entries } = applySteps(row, ["close"], { group, at, note: "72h" });
  return changeCase(tx, row, { patch, entries, actorId: BOT, at, audited: true });
}

async function remindOfTriage(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<ComplaintCase> {
  const { patch, entries } = applySteps(row, ["escalate"], { group, at, note: "triage" });
  const next = await changeCase(tx, row, { patch, entries, actorId: BOT, at, audited: true });
  await sayLine(tx, group, next, {
    subject: "triage",
    at,
    compose: ({ staff, duration }) => staff.triage(row.number, duration(at - row.openedAt)),
  });
  return next;
}

/**
 * A P1 that nobody decided in its first-reply time: the rule that found it is sure enough, so the
 * case is confirmed, staff are paged again and the group reads the sober advice, unless the group's
 * setting keeps the bot silent.
 */
async function confirmByItself(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  at: number,
): Promise<ComplaintCase> {
  const answered = row.firstReplyAt !== null;
  const { patch, entries } = applySteps(row, answered ? ["confirm", "acknowledge"] : ["confirm"], {
    group,
    at,
    note: row.verdict.rule ?? "P1",
  });
  const confirmed = await changeCase(tx, row, {
    patch: { ...patch, escalation: 2 },
    entries,
    actorId: BOT,
    at,
    audited: true,
  });
  const next = acknowledgesAt(group, "confirmed")
    ? await acknowledgeNow(tx, group, confirmed, at)
    : confirmed;
  await sayLine(tx, group, next, {
    subject: "auto",
    at,
    page: "all",
    compose: ({ staff }) => staff.autoConfirmed(row.number),
  });
  await sendAlert(tx, group, next, { at, again: "page:0" });
  return next;
}

async function escalate(
  tx: Transaction,
  group: Group,
  row: ComplaintCase,
  ringing: Ringing & { readonly kind: "acknowledge" | "update" | "resolve" },
): Promise<ComplaintCase> {
  const { point, at, kind } = ringing;
  const note = `${kind} ${point.stage}`;
  const { patch, entries } = applySteps(row, ["escalate"], { group, at, note });
  const level = point.stage === "warn" ? 1 : point.stage === "due" ? 2 : row.escalation + 1;
  const escalation = Math.max(level, row.escalation);
  const next = await changeCase(tx, row, {
    patch: { ...patch, escalation },
    entries,
    actorId: BOT,
    at,
    audited: true,
  });
  await sayLine(tx, group, next, {
    subject: `${kind}:${point.stage}:${String(point.at)}`,
    at,
    page: point.stage === "repeat" ? "all" : row.severity === "P1" ? "all" : "assignee",
    compose: ({ staff, duration }) => {
      const timer = staff.timers[kind];
      if (point.stage === "repeat") return staff.pageAgain(row.number, duration(at - row.openedAt));
      return point.stage === "warn" && point.dueAt > at
        ? staff.warn(row.number, timer, duration(point.dueAt - at))
        : staff.overdue(row.number, timer);
    },
  });
  return next;
}
