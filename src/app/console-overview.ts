import type { Group } from "#entities/index.js";
import { ASPECTS } from "#entities/vocabulary.js";
import { isOverdue } from "#src/complaints/case-deadlines.js";
import { OPEN_STATES } from "#src/complaints/case-states.js";
import type { Figure, GroupInfo, Overview, TrendPoint } from "#src/console/contract/care.js";
import type { DigestDocument } from "#src/digests/digest-document.js";
import { withEarlierWeeks } from "#src/digests/digest-window.js";
import { headlineShare } from "#src/digests/rating-lines.js";
import { tallyOf } from "#src/digests/rating-tally.js";
import { buildReport } from "#src/digests/report.js";
import { ratingsOfKind } from "#src/digests/staff-facts.js";
import { type DateRange, rangeOfDays } from "#src/scheduling/date-range.js";
import { addLocalDays, localDay } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import { digestReadModel } from "#src/store/digest-read-model.js";
import type { DigestRows } from "#src/store/digest-rows.js";
import type { Transaction } from "#src/store/transaction.js";

/** First and last local day, both included. */
interface Span {
  readonly from: string;
  readonly to: string;
}

/** The customers' groups that the bot is in, by name. */
export async function groupsForConsole(tx: Transaction): Promise<readonly GroupInfo[]> {
  const groups = await tx.directory.groups.find({ purpose: "customers", leftAt: null });
  const infos: GroupInfo[] = [];
  for (const group of groups) infos.push(await infoOf(tx, group));
  return infos.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

async function infoOf(tx: Transaction, group: Group): Promise<GroupInfo> {
  return {
    id: group.id,
    name: group.name,
    platform: group.platform,
    language: group.language,
    timeZone: group.timeZone,
    members: await tx.directory.memberships.count({ groupId: group.id, leftAt: null }),
    openCases: await tx.cases.count({ groupId: group.id, state: OPEN_STATES }),
  };
}

/**
 * The figures of a group for a span of days, those of the staff report of the same days: computed
 * there, only picked out here. The span before is as long and begins on the same weekday. Throws
 * `not-found`, and `invalid-input` for days that are none or the wrong way round.
 */
export async function overviewForConsole(
  tx: Transaction,
  groupId: string,
  span: Span,
  now: number,
): Promise<Overview> {
  const group = await customersGroup(tx, groupId);
  const range = rangeOfDays(span, group.timeZone);
  const earlier = spanBefore(range, group.timeZone);
  const current = await report(tx, group, span, now);
  const before = await report(tx, group, earlier, now);
  const open = await tx.cases.find({ groupId, state: OPEN_STATES });
  const rows = await rowsOf(tx, group, range, earlier);
  return {
    group: await infoOf(tx, group),
    ...span,
    ...figuresOf(current),
    openCases: open.length,
    overdueCases: open.filter((row) => isOverdue(row, group, now)).length,
    before: figuresOf(before),
    trend: {
      current: trendOf(rows, group, span),
      previous: trendOf(rows, group, earlier),
    },
    aspects: aspectsOf(current, before),
  };
}

/** A group of customers by its id. Throws `not-found`. */
export async function customersGroup(tx: Transaction, id: string): Promise<Group> {
  const group = await tx.directory.groupById(id);
  if (group === null || group.purpose !== "customers")
    throw new AppError("not-found", "There is no such group.");
  return group;
}

function spanBefore(range: DateRange, zone: string): Span {
  const window = withEarlierWeeks({ from: range.startsAt, to: range.endsAt }, zone);
  const last = window.earlier.at(-1) ?? window;
  return { from: localDay(last.from, zone), to: localDay(last.to - 1, zone) };
}

function report(
  tx: Transaction,
  group: Group,
  { from, to }: Span,
  now: number,
): Promise<DigestDocument> {
  return buildReport(digestReadModel, tx, {
    group,
    from,
    to,
    audience: "staff",
    language: group.language,
    generatedAt: now,
  });
}

/** The headline numbers of a report; one that was not measured has no value and n = 0. */
function figuresOf(document: DigestDocument): Pick<Overview, "csat" | "nps" | "participation"> {
  return {
    csat: figure(document, "csat.satisfied", "csat.answers"),
    nps: figure(document, "nps", "nps.answers"),
    participation: figure(document, "participation", "participation"),
  };
}

const NOT_MEASURED: Omit<Figure, "id" | "n"> & { readonly n: null } = {
  formula: "",
  numerator: null,
  denominator: null,
  n: null,
  value: null,
  low: null,
  high: null,
  suppressed: false,
};

function figure({ numbers }: DigestDocument, id: string, counted: string): Figure {
  const number = numbers.find((one) => one.id === id) ?? NOT_MEASURED;
  const { formula, numerator, denominator, value, low, high, suppressed } = number;
  const n = number.n ?? numbers.find((one) => one.id === counted)?.n ?? 0;
  return { id, formula, numerator, denominator, n, value, low, high, suppressed };
}

async function rowsOf(
  tx: Transaction,
  group: Group,
  range: DateRange,
  earlier: Span,
): Promise<DigestRows> {
  const first = rangeOfDays(earlier, group.timeZone).startsAt;
  return digestReadModel.read(tx, group, {
    from: first,
    to: range.endsAt,
    baselineFrom: first,
  });
}

/** Satisfaction day by day; days of fewer answers than the group may show have no value. */
function trendOf(rows: DigestRows, group: Group, span: Span): TrendPoint[] {
  const answers = ratingsOfKind(rows, "csat");
  const least = cellFloor(settingsOf(group).suppressBelow);
  const points: TrendPoint[] = [];
  for (let day = span.from; day <= span.to; day = addLocalDays(day, 1)) {
    const { startsAt, endsAt } = rangeOfDays({ from: day, to: day }, group.timeZone);
    const given = answers.filter(({ answeredAt: at }) => at >= startsAt && at < endsAt);
    const tally = tallyOf("csat", given);
    const share = tally.n < least ? null : headlineShare("csat", tally);
    points.push({ day, value: share?.value ?? null, n: tally.n });
  }
  return points;
}

function aspectsOf(current: DigestDocument, before: DigestDocument): Overview["aspects"] {
  return ASPECTS.map((aspect) => ({
    aspect,
    count: membersIn(current, aspect),
    before: membersIn(before, aspect),
  }))
    .filter(({ count, before: earlier }) => count + earlier > 0)
    .sort((a, b) => b.count - a.count || b.before - a.before);
}

function membersIn({ numbers }: DigestDocument, aspect: string): number {
  return numbers.find((one) => one.id === `complaints.${aspect}`)?.value ?? 0;
}
