import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { type PercentRange, surveyTexts } from "#src/i18n/surveys.js";
import type { OutboundMessage } from "#src/platform/outbound-message.js";
import type { PublicationDecision } from "#src/statistics/decide-publication.js";
import type { Estimate } from "#src/statistics/estimate.js";
import { publicPercentage } from "#src/statistics/public-number.js";
import { type PublicMetric, REST_CELL } from "./publish-result.js";
import { lines } from "./survey-card.js";
import type { Tally } from "./tally.js";

/** What the group's result post is made from; no member and no words of a member are in it. */
export interface GroupResultFacts {
  readonly question: QuestionSnapshot;
  readonly language: Language;
  readonly tally: Tally;
  readonly metrics: readonly PublicMetric[];
  /** Rounded count of answers; null when there are fewer than `k`. */
  readonly about: number | null;
  readonly eligible: number;
  readonly k: number;
}

type ToldNumber = Extract<PublicationDecision, { readonly kind: "number" }>;

/** The one result post of a run for its group: rounded, suppressed, in plain words. */
export function groupResult(facts: GroupResultFacts): OutboundMessage {
  const { question, language, tally, metrics, about, eligible, k } = facts;
  const texts = surveyTexts[language];
  const heading = texts.resultHeading + question.text;
  if (about === null) return { text: lines(heading, texts.tooFew(k)) };
  const share = eligible > 0 ? publicPercentage(Math.min(1, tally.n / eligible)) : null;
  const body = question.kind === "text" ? [texts.textCollected] : figureLines(facts, metrics);
  return { text: lines(heading, texts.answered(about, share), ...body, texts.thanksToAll) };
}

function figureLines(facts: GroupResultFacts, metrics: readonly PublicMetric[]): readonly string[] {
  if (facts.question.kind === "multi") return multiLines(facts, metrics);
  const [metric] = metrics;
  if (metric === undefined) return [];
  const texts = surveyTexts[facts.language];
  const { decision } = metric;
  if (decision.kind === "nothing") return [texts.tooFew(facts.k)];
  if (decision.kind === "words") {
    const word = majorityWord(facts, decision.majority);
    const why = metric.tooFewForMeasure === true ? texts.npsLater : texts.hiddenSmall;
    return [(word === null ? texts.noMajority : texts.majority(word)) + why];
  }
  return numberLines(facts, decision);
}

function majorityWord(
  { question, language }: GroupResultFacts,
  cell: string | null,
): string | null {
  if (cell === null || cell === REST_CELL) return null;
  const texts = surveyTexts[language];
  const option = question.options.find((one) => one.id === cell);
  if (question.kind === "choice" && option !== undefined) return texts.majorityChose(option.label);
  return texts.majorityWords[cell] ?? null;
}

function numberLines(facts: GroupResultFacts, { percentages }: ToldNumber): readonly string[] {
  const { tally, question, language } = facts;
  const { figures: words } = surveyTexts[language];
  const percent = (cell: string): number => percentages[cell] ?? 0;
  const { figures } = tally;
  switch (figures.kind) {
    case "csat":
      return figures.csat === null
        ? []
        : [words.csat(percent("satisfied"), outward(figures.csat.satisfied, 100))];
    case "ces":
      return figures.ces === null
        ? []
        : [words.ces(percent("easy"), outward(figures.ces.easy, 100))];
    case "yesno":
      return figures.yes === null ? [] : [words.yes(percent("yes"), outward(figures.yes, 100))];
    case "nps": {
      if (figures.nps === null) return [];
      const shares = { up: percent("promoter"), down: percent("detractor") };
      return [words.nps(toFive(figures.nps.value), outward(figures.nps, 1), shares)];
    }
    case "gap":
      return [words.gap({ better: percent("better"), as: percent("as"), worse: percent("worse") })];
    case "choice":
      return optionLines(question, language, percentages);
    case "multi":
    case "text":
      return [];
  }
}

function toFive(value: number): number {
  return Math.round(value / 5) * 5;
}

/** An interval rounded outwards to steps of 5, so that rounding never makes it look surer. */
function outward({ low, high }: Estimate, factor: number): PercentRange {
  const limit = (value: number, round: (x: number) => number): number =>
    round(Math.round(value * factor * 1e6) / 5e6) * 5;
  return { low: limit(low, Math.floor), high: limit(high, Math.ceil) };
}

function optionLines(
  question: QuestionSnapshot,
  language: Language,
  percentages: Readonly<Record<string, number>>,
): readonly string[] {
  const { figures } = surveyTexts[language];
  const shown = question.options
    .filter((option) => (percentages[option.id] ?? 0) > 0)
    .map(({ id, label }) => ({ label, percent: percentages[id] ?? 0 }))
    .toSorted((a, b) => b.percent - a.percent);
  if (shown.length === 0) return [figures.words];
  const rest = percentages[REST_CELL];
  return [
    ...shown.map(({ label, percent }) => figures.option(label, percent)),
    ...(rest === undefined ? [] : [figures.restShare(rest)]),
  ];
}

function multiLines(
  { question, language }: GroupResultFacts,
  metrics: readonly PublicMetric[],
): readonly string[] {
  const { figures } = surveyTexts[language];
  const shown = metrics.flatMap(({ metric, decision }) => {
    const option = question.options.find(({ id }) => metric === `multi:${id}`);
    const percent = decision.kind === "number" ? (decision.percentages["chosen"] ?? 0) : 0;
    return option === undefined || percent === 0 ? [] : [{ label: option.label, percent }];
  });
  if (shown.length === 0) return [figures.words];
  const hidden = metrics.some(({ decision }) => decision.kind !== "number");
  return [
    ...shown
      .toSorted((a, b) => b.percent - a.percent)
      .map(({ label, percent }) => figures.option(label, percent)),
    ...(hidden ? [figures.rest] : []),
  ];
}
