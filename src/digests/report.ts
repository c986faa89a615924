import type { Group } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import { rangeOfDays } from "#src/scheduling/date-range.js";
import { isoInstant } from "#src/scheduling/zoned-time.js";
import type { DigestReadModel } from "#src/store/digest-read-model.js";
import type { Transaction } from "#src/store/transaction.js";
import { composePublic } from "./compose-public.js";
import { composeStaff } from "./compose-staff.js";
import type { DigestDocument } from "./digest-document.js";
import type { Audience } from "./digest-facts.js";
import { withEarlierWeeks } from "./digest-window.js";
import { publicFacts } from "./public-facts.js";
import { staffFacts } from "./staff-facts.js";

/** A report of whole local days of one group. */
export interface ReportRequest {
  readonly group: Group;
  /** "YYYY-MM-DD" by the group's clock, both included. */
  readonly from: string;
  readonly to: string;
  readonly audience: Audience;
  readonly language: Language;
  readonly generatedAt: number;
}

/**
 * The report of a group's days: the same rows give the same document apart from `generatedAt`.
 * Where the range reaches beyond what the store knows, "now" is the last thing it knows, never the
 * wall clock. Throws a `TimeInputError` for days that are none, the wrong way round, or over 400.
 */
export async function buildReport(
  readModel: DigestReadModel,
  tx: Transaction,
  request: ReportRequest,
): Promise<DigestDocument> {
  const { group, audience, language } = request;
  const range = rangeOfDays({ from: request.from, to: request.to }, group.timeZone);
  const window = withEarlierWeeks({ from: range.startsAt, to: range.endsAt }, group.timeZone);
  const rows = await readModel.read(tx, group, {
    from: window.from,
    to: window.to,
    baselineFrom: window.earlier[0]?.from ?? window.from,
  });
  const known = rows.lastKnownAt ?? window.to;
  const asOf = Math.max(window.from + 1, Math.min(window.to, known + 1));
  const facts = { group, kind: "report", window, asOf } as const;
  const document =
    audience === "staff"
      ? composeStaff(staffFacts(rows, facts), language)
      : composePublic(
          publicFacts(rows, { ...facts, purpose: "view", nextDay: null, wasPromised: false }),
          language,
        );
  return { ...document, generatedAt: isoInstant(request.generatedAt, group.timeZone) };
}
