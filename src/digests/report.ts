import type { Group } from "#entities/index.js";
import type { Language } from "#entities/vocabulary.js";
import type { DigestCardModel } from "#src/console/charts/digest-card-model.js";
import { rangeOfDays } from "#src/scheduling/date-range.js";
import { isoInstant } from "#src/scheduling/zoned-time.js";
import type { DigestReadModel } from "#src/store/digest-read-model.js";
import type { Transaction } from "#src/store/transaction.js";
import { composePublic } from "./compose-public.js";
import { composeStaff } from "./compose-staff.js";
import { digestCard } from "./digest-card.js";
import type { DigestDocument } from "./digest-document.js";
import type { Audience } from "./digest-facts.js";
import { withEarlierWeeks } from "./digest-window.js";
import type { PublicCardSources } from "./public-card.js";
import { publicFacts } from "./public-facts.js";
import type { StaffCardSources } from "./staff-card.js";
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
  const { document } = await reportSources(readModel, tx, request);
  return { ...document, generatedAt: isoInstant(request.generatedAt, request.group.timeZone) };
}

/** The same report as a card to draw; with the excerpts of complaints where it is for staff. */
export async function buildReportCard(
  readModel: DigestReadModel,
  tx: Transaction,
  request: Omit<ReportRequest, "generatedAt">,
): Promise<DigestCardModel> {
  return digestCard(await reportSources(readModel, tx, request));
}

async function reportSources(
  readModel: DigestReadModel,
  tx: Transaction,
  request: Omit<ReportRequest, "generatedAt">,
): Promise<StaffCardSources | PublicCardSources> {
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
  const asked = { group, kind: "report", window, asOf } as const;
  if (audience === "staff") {
    const facts = staffFacts(rows, asked);
    return { rows, facts, document: composeStaff(facts, language) };
  }
  const promises = { purpose: "view", nextDay: null, wasPromised: false } as const;
  const facts = publicFacts(rows, { ...asked, ...promises });
  return { facts, document: composePublic(facts, language), published: rows.published };
}
