import type { Aspect } from "#entities/vocabulary.js";
import { ASPECTS } from "#entities/vocabulary.js";
import { formatDay, localDay } from "#src/scheduling/zoned-time.js";
import { expectationGap } from "#src/statistics/expectation-gap.js";
import { netPromoterScore } from "#src/statistics/nps.js";
import type { ImprovementFacts } from "./digest-facts.js";
import { roughly, signed } from "./digest-words.js";
import { type Change, complaintId, improvementId, usually, verdictOf } from "./judge-changes.js";
import { headlineShare, type RatingContext, scoreWords } from "./rating-lines.js";
import { netCountsOf, npsCountsOf } from "./rating-tally.js";
import { JUDGED_AFTER } from "./staff-facts.js";
import { withoutPersonal } from "./without-personal.js";

const MOST_CHANGES = 3;
const LONGEST_MEASURE = 40;

/** Block B: spikes, tested changes and verdicts on improvements; never more than three lines. */
export function changeLines(context: RatingContext): readonly string[] {
  const lines = [
    ...spikeLines(context),
    ...context.facts.improvements.flatMap((one) => improvementLine(context, one)),
    ...ratingChanges(context),
    ...complaintChanges(context),
  ];
  if (lines.length <= MOST_CHANGES) return lines;
  const shown = lines.slice(0, MOST_CHANGES - 1);
  return [...shown, context.wording.texts.changes.more(lines.length - shown.length)];
}

function spikeLines({ facts, book, wording }: RatingContext): readonly string[] {
  return facts.spikes.map(({ aspect, members, expected, probability }) => {
    book.add(`spike.${aspect}`, "F14", {
      numerator: members,
      denominator: expected,
      n: members,
      value: probability,
    });
    return wording.texts.changes.spike(wording.texts.aspects[aspect], members, roughly(expected));
  });
}

function keepChange({ book }: RatingContext, change: Change): void {
  const { value, low, high, n } = change.difference;
  book.add(`${change.id}.change`, change.formula, { n, value, low, high });
  book.add(`${change.id}.change.p`, "F20", { value: change.adjustedP });
}

function ratingChanges(context: RatingContext): readonly string[] {
  const { facts, changes, wording } = context;
  return facts.ratings.flatMap((rating) => {
    const change = changes.get(rating.kind);
    if (change === undefined) return [];
    keepChange(context, change);
    if (change.direction === null) return [];
    const better = change.direction === "up";
    const { kind } = rating;
    if (kind === "nps" || kind === "gap") {
      return [scoreChange(context, kind, change, better)];
    }
    const before = headlineShare(kind, rating.before);
    const now = headlineShare(kind, rating.now);
    if (before === null || now === null) return [];
    const diff = pointsWords(context, change);
    const moved = { before: before.value, now: now.value, diff, better };
    return [wording.texts.changes.rating(kind, moved)];
  });
}

function pointsWords({ wording }: RatingContext, { difference }: Change): string {
  const { value, low, high } = difference;
  return wording.texts.difference(signed(value * 100), signed(low * 100), signed(high * 100));
}

function scoreChange(
  { facts, wording }: RatingContext,
  kind: "nps" | "gap",
  { difference }: Change,
  better: boolean,
): string {
  const rating = facts.ratings.find((one) => one.kind === kind);
  const scale = kind === "nps" ? 1 : 100;
  const words = (tally: "now" | "before"): string => {
    if (rating === undefined) return "–";
    const nps = netPromoterScore(npsCountsOf(rating[tally]))?.value ?? 0;
    const { plus, neutral, minus } = netCountsOf(rating[tally]);
    const gap = expectationGap({ better: plus, same: neutral, worse: minus })?.value ?? 0;
    return scoreWords(kind, kind === "nps" ? nps : gap);
  };
  const { value, low, high } = difference;
  const diff = wording.texts.difference(
    signed(value * scale),
    signed(low * scale),
    signed(high * scale),
  );
  return wording.texts.changes.score(kind, {
    before: words("before"),
    now: words("now"),
    diff,
    better,
  });
}

function complaintChanges(context: RatingContext): readonly string[] {
  const { facts, changes } = context;
  const spiking = new Set<Aspect>(facts.spikes.map((spike) => spike.aspect));
  const aspects = ASPECTS.filter((aspect) => !spiking.has(aspect)).flatMap((aspect) =>
    complaintChange(context, aspect, changes.get(complaintId(aspect))),
  );
  const total = complaintChange(context, null, changes.get("complaints"));
  return aspects.length > 0 || spiking.size > 0 ? aspects : total;
}

function complaintChange(
  context: RatingContext,
  aspect: Aspect | null,
  change: Change | undefined,
): readonly string[] {
  if (change === undefined) return [];
  keepChange(context, change);
  const { facts, wording } = context;
  const { now, before } = facts.complaints;
  const members = aspect === null ? now.members : (now.byAspect[aspect] ?? 0);
  const earlier = aspect === null ? before.members : (before.byAspect[aspect] ?? 0);
  const usual = usually(earlier, facts);
  if (change.direction === null || usual === null) return [];
  const name = aspect === null ? null : wording.texts.aspects[aspect];
  return [
    wording.texts.changes.complaints(name, members, roughly(usual), change.direction === "up"),
  ];
}

function improvementLine(context: RatingContext, one: ImprovementFacts): readonly string[] {
  const { changes, wording, book } = context;
  const { texts, language, zone } = wording;
  const madeOn = localDay(one.at, zone);
  const day = formatDay(madeOn, language, "short");
  const text = withoutPersonal(one.text, LONGEST_MEASURE);
  if (one.judged === null) return one.isNew ? [texts.changes.made(text, day)] : [];
  const change = changes.get(improvementId(one.number));
  const before = headlineShare("csat", one.judged.before);
  const after = headlineShare("csat", one.judged.after);
  if (change === undefined || before === null || after === null) {
    return [texts.changes.notJudged(text, day)];
  }
  keepChange(context, change);
  book.share(`${change.id}.before`, "F1", before, {
    from: localDay(one.at - JUDGED_AFTER, zone),
    to: madeOn,
  });
  book.share(`${change.id}.after`, "F1", after, {
    from: madeOn,
    to: localDay(one.at + JUDGED_AFTER, zone),
  });
  return [
    texts.changes.judged({
      text,
      day,
      before,
      after,
      range: pointsWords(context, change),
      verdict: verdictOf(change),
    }),
  ];
}
