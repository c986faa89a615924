import type { Group } from "#entities/index.js";
import { DAY } from "#src/shared/clock.js";
import { settingsOf } from "#src/shared/group-settings.js";
import { cellFloor } from "#src/statistics/suppress-cells.js";
import type { AnswerRow, DigestRows, RunRow } from "#src/store/digest-rows.js";
import { type Complainers, caseFigures, complainers, waitingAt } from "./case-figures.js";
import type {
  DigestKind,
  FactsFrame,
  ImprovementFacts,
  RatingFacts,
  RunFacts,
  StaffFacts,
} from "./digest-facts.js";
import {
  type ComparedWindow,
  daysOf,
  localDaysOf,
  notBefore,
  type Stretch,
  within,
} from "./digest-window.js";
import { customerFeedback, shopFeedback } from "./feedback-figures.js";
import { offlineTimes } from "./offline-time.js";
import { isPooledKind, POOLED_KINDS, sumTallies, tallyOf } from "./rating-tally.js";
import { reasonFigures } from "./reason-figures.js";

/** An improvement is judged when so much time has passed after it, and never before (F21). */
export const JUDGED_AFTER = 14 * DAY;

/** What facts are made for. */
export interface FactsRequest {
  readonly group: Group;
  readonly kind: DigestKind;
  readonly window: ComparedWindow;
  /** The instant up to which something is known: the window's end, or earlier. */
  readonly asOf: number;
}

/** Where and when, as both audiences' facts begin. */
export function frameOf({ group, kind, window }: FactsRequest): FactsFrame {
  const days = localDaysOf(window, group.timeZone);
  return {
    kind,
    groupName: group.name,
    timeZone: group.timeZone,
    from: window.from,
    to: window.to,
    firstDay: days.from,
    lastDay: days.to,
  };
}

/** The part of each earlier stretch in which the group was known. */
export function knownEarlier(rows: DigestRows, request: FactsRequest): readonly Stretch[] {
  const firsts = [
    request.group.createdAt,
    ...rows.runs.map((run) => run.openedAt),
    ...rows.cases.map((row) => row.openedAt),
  ];
  const since = firsts.reduce((a, b) => Math.min(a, b));
  return request.window.earlier.flatMap((stretch) => notBefore(stretch, since) ?? []);
}

/** Everything a staff digest needs, without anybody's words, names or ids. */
export function staffFacts(rows: DigestRows, request: FactsRequest): StaffFacts {
  const { group, window, asOf } = request;
  const zone = group.timeZone;
  const known: Stretch = { from: window.from, to: Math.max(window.from + 1, asOf) };
  const earlier = knownEarlier(rows, request);
  const first = window.earlier[0] ?? window;
  const last = window.earlier.at(-1) ?? window;
  const inWindow = rows.answers.filter((answer) => within(answer.answeredAt, window));
  return {
    ...frameOf(request),
    audience: "staff",
    asOf: known.to,
    k: cellFloor(settingsOf(group).suppressBelow),
    earlierFrom: localDaysOf(first, zone).from,
    earlierTo: localDaysOf(last, zone).to,
    days: daysOf(known),
    earlierDays: earlier.reduce((sum, stretch) => sum + daysOf(stretch), 0),
    messages: rows.messages,
    ratings: ratingFacts(rows, window),
    runs: runFacts(rows, window),
    otherAnswers: otherAnswers(rows.runs, inWindow),
    ...reasonsOf(rows, request),
    complaints: {
      now: complainers(rows.cases, rows.caseMembers, window),
      before: sumComplainers(
        earlier.map((stretch) => complainers(rows.cases, rows.caseMembers, stretch)),
      ),
    },
    cases: caseFigures(rows.cases, known),
    waiting: waitingAt(rows.cases, known.to),
    spikes: rows.alarms
      .filter((alarm) => within(alarm.openedAt, window))
      .map(({ aspect, members, expected, probability }) => ({
        aspect,
        members,
        expected,
        probability,
      })),
    improvements: improvementFacts(rows, window),
    feedback: {
      customers: customerFeedback(rows.runs, rows.answers, window),
      shop: shopFeedback(rows.cases, rows.caseWords, known),
    },
    health: {
      offline: offlineTimes(rows, known),
      staffAnswers: inWindow.filter((answer) => answer.apart === "staff").length,
      unverified: inWindow.filter((answer) => answer.apart === "unverified").length,
      outsideN: inWindow.filter((answer) => answer.outsideN).length,
      missedRuns: rows.missedRuns,
    },
    waitingDigests: rows.waitingDigests.length,
    prompts: rows.prompts,
  };
}

/** Answers that count for a kind, of all times that were read. */
export function ratingsOfKind(rows: DigestRows, kind: RatingFacts["kind"]): readonly AnswerRow[] {
  const wanted = new Set(
    rows.runs
      .filter((run) => (kind === "check" ? run.private : !run.private && run.kind === kind))
      .map((run) => run.id),
  );
  return rows.answers.filter(
    (answer) => answer.rating && !answer.outsideN && wanted.has(answer.runId),
  );
}

function ratingFacts(rows: DigestRows, window: ComparedWindow): readonly RatingFacts[] {
  return [...POOLED_KINDS, "check" as const].flatMap((kind) => {
    const answers = ratingsOfKind(rows, kind);
    const scale = kind === "check" ? "ces" : kind;
    const tally = (stretch: Stretch): RatingFacts["now"] =>
      tallyOf(
        scale,
        answers.filter((answer) => within(answer.answeredAt, stretch)),
      );
    const earlier = window.earlier.map(tally);
    const now = tally(window);
    const before = sumTallies(earlier);
    return now.n + before.n === 0 ? [] : [{ kind, now, before, earlier }];
  });
}

function runFacts(rows: DigestRows, window: Stretch): readonly RunFacts[] {
  return rows.runs
    .filter((run) => !run.private)
    .filter((run) => run.closedAt === null || run.closedAt >= window.from)
    .map((run) => {
      const answered = rows.answers.filter(
        (answer) =>
          answer.runId === run.id &&
          answer.rating &&
          !answer.outsideN &&
          answer.answeredAt < window.to,
      );
      const people = new Set(answered.map((answer) => answer.memberId)).size;
      return {
        survey: run.survey,
        kind: run.kind,
        open: run.closedAt === null || run.closedAt >= window.to,
        answered: people,
        eligible: Math.max(run.eligible, people),
      };
    });
}

function otherAnswers(
  runs: readonly RunRow[],
  answers: readonly AnswerRow[],
): StaffFacts["otherAnswers"] {
  const others = new Set(runs.filter((run) => !isPooledKind(run.kind)).map((run) => run.id));
  const given = answers.filter(
    (answer) => answer.rating && !answer.outsideN && others.has(answer.runId),
  );
  return {
    questions: new Set(given.map((answer) => answer.runId)).size,
    answers: given.length,
  };
}

function reasonsOf(
  rows: DigestRows,
  { group, kind, window }: FactsRequest,
): Pick<StaffFacts, "reasons" | "reasonGivers"> {
  if (kind === "daily") return { reasons: [], reasonGivers: 0 };
  const answers = rows.answers.filter((answer) => answer.answeredAt < window.to);
  const { reasons, givers } = reasonFigures(rows.runs, answers, `${group.id}/${window.to}`);
  return { reasons, reasonGivers: givers };
}

function sumComplainers(stretches: readonly Complainers[]): Complainers {
  const byAspect: Record<string, number> = {};
  for (const stretch of stretches) {
    for (const [aspect, members] of Object.entries(stretch.byAspect)) {
      byAspect[aspect] = (byAspect[aspect] ?? 0) + members;
    }
  }
  return { members: stretches.reduce((sum, { members }) => sum + members, 0), byAspect };
}

/** Improvements made in the window, and those whose two weeks ended in it. */
export function improvementFacts(
  rows: DigestRows,
  window: ComparedWindow,
): readonly ImprovementFacts[] {
  return rows.improvements.flatMap(({ number, text, aspect, at }) => {
    const isNew = within(at, window);
    const isDue = within(at + JUDGED_AFTER, window);
    if (!isNew && !isDue) return [];
    return [{ number, text, aspect, at, isNew, judged: isDue ? judged(rows, at, aspect) : null }];
  });
}

function judged(
  rows: DigestRows,
  at: number,
  aspect: ImprovementFacts["aspect"],
): ImprovementFacts["judged"] {
  const answers = ratingsOfKind(rows, "csat");
  const tally = (stretch: Stretch): RatingFacts["now"] =>
    tallyOf(
      "csat",
      answers.filter((answer) => within(answer.answeredAt, stretch)),
    );
  const before: Stretch = { from: at - JUDGED_AFTER, to: at };
  const after: Stretch = { from: at, to: at + JUDGED_AFTER };
  const about = (stretch: Stretch): number => {
    const people = complainers(rows.cases, rows.caseMembers, stretch);
    return aspect === null ? people.members : (people.byAspect[aspect] ?? 0);
  };
  return {
    before: tally(before),
    after: tally(after),
    complainersBefore: about(before),
    complainersAfter: about(after),
  };
}
