import type { Group, Survey } from "#entities/index.js";
import { quietUntil } from "#src/scheduling/business-hours.js";
import { addLocalDays, localDay, startOfLocalDay } from "#src/scheduling/zoned-time.js";
import { settingsOf } from "#src/shared/group-settings.js";
import type { Transaction } from "#src/store/transaction.js";
import { hasOpenP1 } from "./eligible-members.js";
import { groupMemory } from "./open-runs.js";

/** Why a card may not go out. */
export type GateReason = "left" | "open_p1" | "already_open" | "cap_day" | "cap_week" | "nps_gap";

/** What stands in the way of a card now. */
export type Gate =
  | { readonly kind: "clear" }
  | { readonly kind: "closed"; readonly reason: GateReason }
  /** Quiet hours, until this instant. */
  | { readonly kind: "quiet"; readonly until: number };

/** A card that is about to go out. */
export interface GateRequest {
  readonly survey: Survey;
  readonly group: Group;
  readonly at: number;
  /** Staff insist: caps and quiet hours are set aside; an open P1 and a run still open are not. */
  readonly force?: boolean;
}

const WEEK_DAYS = 7;

/**
 * Checks a card against what is going on in the group. Caps count displays: a card counts as one
 * display to the group, because no member can be left out of it; only what is shown privately
 * counts for a person. Days are the group's local days, today included.
 */
export async function gateOf(tx: Transaction, request: GateRequest): Promise<Gate> {
  const { survey, group, at, force = false } = request;
  if (group.leftAt !== null) return closed("left");
  if (await hasOpenP1(tx, group.id)) return closed("open_p1");
  const { runs } = await groupMemory(tx, group.id);
  if (runs.some((run) => run.surveyId === survey.id)) return closed("already_open");
  if (force) return { kind: "clear" };
  const { quietHours } = settingsOf(group);
  const until = quietUntil(at, quietHours, group.timeZone);
  if (until !== null) return { kind: "quiet", until };
  const full = await fullCap(tx, request);
  return full === null ? { kind: "clear" } : closed(full);
}

function closed(reason: GateReason): Gate {
  return { kind: "closed", reason };
}

async function fullCap(
  tx: Transaction,
  { survey, group, at }: GateRequest,
): Promise<GateReason | null> {
  const settings = settingsOf(group);
  const today = localDay(at, group.timeZone);
  const cardsSince = (days: number): Promise<number> =>
    tx.prompts.count({
      groupId: group.id,
      memberId: null,
      reason: "card",
      shownAt: { atLeast: startOfLocalDay(addLocalDays(today, 1 - days), group.timeZone) },
    });
  if ((await cardsSince(1)) >= settings.capGroupPerDay) return "cap_day";
  if ((await cardsSince(WEEK_DAYS)) >= settings.capGroupPerWeek) return "cap_week";
  if (survey.kind !== "nps" || settings.npsGapDays <= 0) return null;
  const from = startOfLocalDay(addLocalDays(today, 1 - settings.npsGapDays), group.timeZone);
  const last = await tx.prompts.first({
    groupId: group.id,
    memberId: null,
    reason: "card",
    kind: "nps",
    shownAt: { atLeast: from },
  });
  return last === null ? null : "nps_gap";
}
