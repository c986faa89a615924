import { ASPECTS } from "#entities/vocabulary.js";
import { SMALLEST_N_FOR_RANKING, SMALLEST_N_FOR_TOP_DRIVER } from "#src/statistics/key-drivers.js";
import { participationRate } from "#src/statistics/response-rates.js";
import type { RunFacts, StaffFacts } from "./digest-facts.js";
import { minutesOf, roughly, speedWords } from "./digest-words.js";
import { usually } from "./judge-changes.js";
import type { NumberBook } from "./number-book.js";
import { earlierDays, type RatingContext, ratingLines } from "./rating-lines.js";

const MOST_ASPECTS = 4;
const MOST_REASONS = 4;

/** Block C: participation, ratings with intervals, complaints, speed and 反馈程度. */
export function numberLines(context: RatingContext): readonly string[] {
  return [
    ...participationLines(context),
    ...ratingLines(context),
    ...reasonLines(context),
    complaintLine(context),
    ...handlingLines(context),
    ...feedbackLines(context),
  ];
}

function participationLines({ facts, book, wording }: RatingContext): readonly string[] {
  const { numbers, join } = wording.texts;
  const { total, speakers } = facts.messages;
  keepTalk(facts, book);
  for (const [index, run] of facts.runs.entries()) {
    keepParticipation(book, `participation.survey${run.survey}.${index + 1}`, run);
  }
  const closed = sumRuns(facts.runs.filter((run) => !run.open));
  const open = sumRuns(facts.runs.filter((run) => run.open));
  const { questions, answers } = facts.otherAnswers;
  const parts = [
    ...(keepParticipation(book, "participation", closed)
      ? [numbers.participation(closed.answered, closed.eligible, closed.runs)]
      : []),
    ...(open.eligible > 0 ? [numbers.open(open.answered, open.eligible, open.runs)] : []),
    ...(answers > 0 ? [numbers.others(questions, answers)] : []),
    ...(total > 0 ? [numbers.talk(total, speakers)] : []),
  ];
  return parts.length === 0 ? [] : [parts.join(join)];
}

/** What was said and asked: in the list of numbers, for whoever wants to know. */
function keepTalk({ messages, prompts }: StaffFacts, book: NumberBook): void {
  const { total, customers, speakers, polarity } = messages;
  book.count("messages.total", total);
  book.count("messages.customers", customers);
  book.count("messages.speakers", speakers);
  if (polarity !== null) {
    book.add("messages.polarity", "mean", {
      numerator: polarity * customers,
      denominator: customers,
      n: customers,
      value: polarity,
    });
  }
  for (const reason of ["card", "reminder", "case_check"]) {
    const shown = prompts[reason] ?? 0;
    if (shown > 0) book.count(`prompts.${reason}`, shown);
  }
}

type Answered = Pick<RunFacts, "answered" | "eligible">;

function sumRuns(runs: readonly RunFacts[]): Answered & { readonly runs: number } {
  return {
    runs: runs.length,
    answered: runs.reduce((sum, run) => sum + run.answered, 0),
    eligible: runs.reduce((sum, run) => sum + run.eligible, 0),
  };
}

function keepParticipation(book: NumberBook, id: string, run: Answered): boolean {
  const rate = participationRate(run.answered, run.eligible);
  if (rate === null) return false;
  book.add(id, "F9", {
    numerator: rate.answerers,
    denominator: rate.eligible,
    n: rate.answerers,
    value: rate.value,
  });
  return true;
}

function reasonLines({ facts, book, wording }: RatingContext): readonly string[] {
  const { numbers, aspects } = wording.texts;
  if (facts.reasonGivers < facts.k) return [];
  const days = { from: facts.earlierFrom, to: facts.lastDay };
  const shown = facts.reasons.slice(0, MOST_REASONS);
  const parts = shown.map(({ aspect, label, count, firstShare }, index) => {
    book.add(
      `reason.${aspect ?? index + 1}`,
      "count",
      { numerator: count, denominator: facts.reasonGivers, n: facts.reasonGivers, value: count },
      days,
    );
    if (firstShare !== null)
      book.add(`reason.${aspect ?? index + 1}.first`, "F22", { value: firstShare }, days);
    return numbers.aspect(aspect === null ? label : aspects[aspect], count);
  });
  const certainty =
    facts.reasonGivers >= SMALLEST_N_FOR_RANKING
      ? "ranked"
      : facts.reasonGivers >= SMALLEST_N_FOR_TOP_DRIVER
        ? "probable"
        : "none";
  return [numbers.reasons(parts, certainty, facts.reasonGivers)];
}

function complaintLine({ facts, book, wording }: RatingContext): string {
  const { numbers, aspects } = wording.texts;
  const { now, before } = facts.complaints;
  const usual = usually(before.members, facts);
  const usualWords = usual === null || roughly(usual) === "0" ? null : roughly(usual);
  book.count("complaints.members", now.members);
  book.count("complaints.members.before", before.members, earlierDays(facts));
  if (usual !== null) {
    book.add("complaints.usual", "F14", {
      numerator: before.members,
      denominator: facts.earlierDays,
      n: before.members,
      value: usual,
    });
  }
  for (const aspect of ASPECTS) {
    const members = now.byAspect[aspect] ?? 0;
    const earlier = before.byAspect[aspect] ?? 0;
    if (members > 0) book.count(`complaints.${aspect}`, members);
    if (earlier > 0) book.count(`complaints.${aspect}.before`, earlier, earlierDays(facts));
  }
  if (now.members === 0) return numbers.noComplaints(usualWords);
  const byAspect = ASPECTS.map((aspect) => ({ aspect, members: now.byAspect[aspect] ?? 0 }))
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members)
    .slice(0, MOST_ASPECTS);
  return numbers.complaints({
    members: now.members,
    cases: facts.cases.opened,
    unconfirmed: facts.cases.unconfirmed,
    usually: usualWords,
    aspects: byAspect.map(({ aspect, members }) => numbers.aspect(aspects[aspect], members)),
  });
}

function handlingLines({ facts, book, wording }: RatingContext): readonly string[] {
  const { cases } = facts;
  const { numbers, join } = wording.texts;
  for (const name of ["opened", "unconfirmed", "confirmed", "dismissed", "resolved"] as const) {
    book.count(`cases.${name}`, cases[name]);
  }
  book.count("cases.open", cases.openNow);
  book.count("cases.overdue", cases.overdueNow);
  book.count("cases.reopened", cases.reopened);
  book.count("reply.unanswered", cases.unanswered);
  for (const [id, speed] of [
    ["reply.first", cases.firstReply],
    ["resolution", cases.resolution],
  ] as const) {
    if (speed.n === 0) continue;
    book.add(`${id}.median_minutes`, "median", { n: speed.n, value: minutesOf(speed.median) });
    book.add(`${id}.p90_minutes`, "p90", { n: speed.n, value: minutesOf(speed.slow) });
  }
  if (cases.onTime.n > 0) {
    const { hits, n } = cases.onTime;
    book.add("reply.on_time", "share", { numerator: hits, denominator: n, n, value: hits / n });
  }
  const replied = speedWords(cases.firstReply, wording);
  const resolved = speedWords(cases.resolution, wording);
  if (cases.opened === 0 && resolved === null) return [];
  const parts = [
    ...(cases.opened > 0 ? [numbers.firstReply(replied, cases.unanswered)] : []),
    ...(resolved === null ? [] : [numbers.resolved(resolved, cases.reopened)]),
  ];
  return [parts.join(join)];
}

function feedbackLines({ facts, book, wording }: RatingContext): readonly string[] {
  const { customers, shop } = facts.feedback;
  if (customers === null && shop === null) return [];
  if (customers !== null) {
    const { index, coverage, depth, speed, eligible, answered } = customers;
    book.add("feedback.customers", "F25", { n: eligible, value: index });
    book.add("feedback.customers.coverage", "F25", {
      numerator: answered,
      denominator: eligible,
      n: eligible,
      value: coverage,
    });
    book.add("feedback.customers.depth", "F25", { n: answered, value: depth });
    book.add("feedback.customers.speed", "F25", { n: answered, value: speed });
  }
  if (shop !== null) {
    const { index, acknowledged, specificity, speed, cases, answered } = shop;
    book.add("feedback.shop", "F25", { n: cases, value: index });
    book.add("feedback.shop.answered", "F25", {
      numerator: answered,
      denominator: cases,
      n: cases,
      value: acknowledged,
    });
    book.add("feedback.shop.specificity", "F25", { n: answered, value: specificity });
    book.add("feedback.shop.speed", "F25", { n: answered, value: speed });
  }
  return [wording.texts.numbers.feedback(facts.feedback)];
}
