import type { ChangeWord, ShareKind } from "#src/i18n/digests.js";
import { customerEffort } from "#src/statistics/ces.js";
import { csat } from "#src/statistics/csat.js";
import type { Estimate } from "#src/statistics/estimate.js";
import { expectationGap } from "#src/statistics/expectation-gap.js";
import { netPromoterScore, SMALLEST_N_FOR_NPS } from "#src/statistics/nps.js";
import type { RatingFacts, StaffFacts } from "./digest-facts.js";
import { plain, signed, type Wording } from "./digest-words.js";
import { type Changes, FEWEST_TO_COMPARE } from "./judge-changes.js";
import type { NumberBook, NumberDays } from "./number-book.js";
import { netCountsOf, npsCountsOf, type RatingTally, valuesOf } from "./rating-tally.js";

/** Below this n a share is called preliminary (§3.1). */
const SETTLED_N = 30;

/** What the lines about ratings are written from. */
export interface RatingContext {
  readonly facts: StaffFacts;
  readonly changes: Changes;
  readonly book: NumberBook;
  readonly wording: Wording;
}

/** One line per kind that was measured; the line that nothing was measured when none was. */
export function ratingLines(context: RatingContext): readonly string[] {
  const measured = context.facts.ratings.filter((rating) => rating.now.n > 0);
  if (measured.length === 0) return [context.wording.texts.numbers.notMeasured];
  return measured.flatMap((rating) => linesOfKind(context, rating));
}

function linesOfKind(context: RatingContext, rating: RatingFacts): readonly string[] {
  const { facts, book, wording } = context;
  const { numbers } = wording.texts;
  const name = numbers.kinds[rating.kind];
  const { n } = rating.now;
  if (n < facts.k) {
    book.suppressed(headlineId(rating.kind), formulaOf(rating.kind));
    return [numbers.tooFew(name, null)];
  }
  book.count(`${rating.kind}.answers`, n);
  if (n < FEWEST_TO_COMPARE) {
    book.suppressed(headlineId(rating.kind), formulaOf(rating.kind));
    return [rating.kind === "nps" ? numbers.npsTooFew(n) : numbers.few(name, n)];
  }
  switch (rating.kind) {
    case "csat":
      return csatLines(context, rating);
    case "ces":
    case "check":
      return [shareLine(context, rating, rating.kind)];
    case "nps":
    case "gap":
      return [scoreLine(context, rating, rating.kind)];
  }
}

function headlineId(kind: RatingFacts["kind"]): string {
  const parts = { csat: "csat.satisfied", ces: "ces.easy", check: "check.easy" };
  return kind === "nps" || kind === "gap" ? kind : parts[kind];
}

function formulaOf(kind: RatingFacts["kind"]): string {
  const formulas = { csat: "F1", ces: "F6", check: "F6", nps: "F3", gap: "F7" };
  return formulas[kind];
}

/** The share that a kind is told by; null for nobody. */
export function headlineShare(kind: ShareKind, tally: RatingTally): Estimate | null {
  const values = valuesOf(tally);
  return kind === "csat"
    ? (csat(values)?.satisfied ?? null)
    : (customerEffort(values)?.easy ?? null);
}

function csatLines(context: RatingContext, rating: RatingFacts): readonly string[] {
  const { book, wording, facts } = context;
  const figures = csat(valuesOf(rating.now));
  if (figures === null) return [];
  const first = shareLine(context, rating, "csat");
  const { n, mean, verySatisfied, dissatisfied } = figures;
  book.share("csat.very_satisfied", "F1", verySatisfied);
  book.share("csat.dissatisfied", "F1", dissatisfied);
  book.add("csat.mean", "F1", { numerator: mean * n, denominator: n, n, value: mean });
  const spread = wording.texts.numbers.spread(verySatisfied.value, dissatisfied.value);
  const trend = facts.kind === "weekly" ? trendWords(context, rating) : null;
  return [first, trend === null ? spread : `${spread}${wording.texts.join}${trend}`];
}

/** The weeks before and this one, each with its own n; weeks of fewer than ten answers as a dash. */
function trendWords({ book, wording, facts }: RatingContext, rating: RatingFacts): string | null {
  const weeks = [...rating.earlier, rating.now];
  const told = weeks.map((tally, index) => {
    const share = tally.n < FEWEST_TO_COMPARE ? null : headlineShare("csat", tally);
    if (share === null) return "–";
    const back = index - rating.earlier.length;
    if (back < 0) book.share(`csat.satisfied.week${back}`, "F1", share, earlierDays(facts));
    return wording.texts.numbers.week(share.value, tally.n);
  });
  const first = told.findIndex((word) => word !== "–");
  return first < 0 || first >= told.length - 1
    ? null
    : wording.texts.numbers.trend(told.slice(first));
}

function shareLine(context: RatingContext, rating: RatingFacts, kind: ShareKind): string {
  const { book, wording, facts } = context;
  const { numbers, join } = wording.texts;
  const share = headlineShare(kind, rating.now);
  if (share === null) return numbers.notMeasured;
  book.share(headlineId(kind), formulaOf(kind), share);
  const told = numbers.share(kind, share, share.n < SETTLED_N);
  const before = rating.before.n < FEWEST_TO_COMPARE ? null : headlineShare(kind, rating.before);
  if (before === null) return `${told}${join}${numbers.noEarlier}`;
  book.share(`${headlineId(kind)}.before`, formulaOf(kind), before, earlierDays(facts));
  return `${told}${join}${numbers.before(before, changeWord(context, kind))}`;
}

function scoreOf(kind: "nps" | "gap", tally: RatingTally): Estimate | null {
  return kind === "nps"
    ? netPromoterScore(npsCountsOf(tally))
    : expectationGap({
        better: netCountsOf(tally).plus,
        same: netCountsOf(tally).neutral,
        worse: netCountsOf(tally).minus,
      });
}

/** A score as people read it: NPS and the net gap both in points of 100. */
export function scoreWords(kind: "nps" | "gap", value: number): string {
  return kind === "nps" ? plain(value) : signed(value * 100);
}

function scoreLine(context: RatingContext, rating: RatingFacts, kind: "nps" | "gap"): string {
  const { book, wording, facts } = context;
  const { numbers, join } = wording.texts;
  const score = scoreOf(kind, rating.now);
  if (score === null) return numbers.notMeasured;
  keepScore(book, kind, rating.now, score);
  const words = (value: number): string => scoreWords(kind, value);
  const told = numbers[kind](
    words(score.value),
    wording.texts.interval(words(score.low), words(score.high)),
    score.n,
    score.n < SETTLED_N,
  );
  const least = kind === "nps" ? SMALLEST_N_FOR_NPS : FEWEST_TO_COMPARE;
  const before = rating.before.n < least ? null : scoreOf(kind, rating.before);
  if (before === null) return told;
  book.estimate(`${kind}.before`, formulaOf(kind), before, earlierDays(facts));
  return `${told}${join}${numbers.npsBefore(
    words(before.value),
    wording.texts.interval(words(before.low), words(before.high)),
    before.n,
    changeWord(context, kind),
  )}`;
}

function keepScore(
  book: NumberBook,
  kind: "nps" | "gap",
  tally: RatingTally,
  score: Estimate,
): void {
  const { plus, minus } =
    kind === "nps"
      ? { plus: npsCountsOf(tally).promoters, minus: npsCountsOf(tally).detractors }
      : netCountsOf(tally);
  const { n, value, low, high } = score;
  book.add(kind, formulaOf(kind), { numerator: plus - minus, denominator: n, n, value, low, high });
  book.count(`${kind}.${kind === "nps" ? "promoters" : "better"}`, plus);
  book.count(`${kind}.${kind === "nps" ? "detractors" : "worse"}`, minus);
}

function changeWord({ changes }: RatingContext, kind: RatingFacts["kind"]): ChangeWord {
  return changes.get(kind)?.direction ?? "none";
}

/** First and last day of the earlier weeks. */
export function earlierDays(facts: StaffFacts): NumberDays {
  return { from: facts.earlierFrom, to: facts.earlierTo };
}
