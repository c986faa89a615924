import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { type SurveyTexts, surveyTexts } from "#src/i18n/surveys.js";
import type { Estimate } from "#src/statistics/estimate.js";
import { SMALLEST_N_FOR_NPS } from "#src/statistics/nps.js";
import { participationRate } from "#src/statistics/response-rates.js";
import { FEWEST_AUTHORS_TO_QUOTE } from "#src/statistics/suppress-cells.js";
import { choicesOf } from "./question-choices.js";
import { lines } from "./survey-card.js";
import type { Tally } from "./tally.js";
import type { BeforeLogin } from "./votes-before-login.js";

/** Below this n a number is called a first impression (§3.1). */
const PRELIMINARY_BELOW = 30;
/** Comments shown in one message. */
const MOST_COMMENTS = 20;
const LONGEST_COMMENT = 80;

/** The exact result of one run, without names. */
export interface RunResult {
  readonly number: number;
  readonly title: string;
  readonly decision: string;
  readonly groupName: string;
  readonly question: QuestionSnapshot;
  /** First and last instant, as staff read them. */
  readonly from: string;
  readonly to: string;
  readonly tally: Tally;
  readonly eligible: number;
  readonly k: number;
  readonly screening: Screening;
  readonly beforeLogin: BeforeLogin | null;
  readonly followUps: readonly FollowUpResult[];
  /** Words of members in an order that tells nothing, one per author. */
  readonly comments: readonly string[];
}

/** Answers that are kept but not counted. */
export interface Screening {
  readonly staff: number;
  readonly unverified: number;
}

/** What was answered to one follow-up question. */
export interface FollowUpResult {
  readonly question: QuestionSnapshot;
  readonly tally: Tally;
}

/** The result for the staff room: exact, with n, intervals, reasons and what was left out. */
export function staffResult(result: RunResult, language: Language): string {
  const texts = surveyTexts[language];
  const { tally, screening } = result;
  const head = [
    texts.staffHeading(result.number, result.title),
    texts.staffWhere(result.groupName, result.from, result.to),
    result.decision === "" ? null : texts.decision(result.decision),
    result.question.text,
  ];
  if (tally.n < result.k) return lines(...head, texts.staffTooFew(tally.n));
  const rate = participationRate(tally.n, Math.max(tally.n, result.eligible));
  return lines(
    ...head,
    texts.staffCount(tally.n, result.eligible, rate === null ? null : percent(rate.value)),
    ...measureLines(tally, texts),
    tally.n < PRELIMINARY_BELOW && tally.kind !== "text" ? texts.preliminary : null,
    spreadLine(result.question, tally, language),
    ...result.followUps.map((one) => reasonsLine(one, texts)),
    ...commentLines(result.comments, texts),
    texts.leftOut({ outside: tally.outside, replaced: tally.replaced, ...screening }),
    result.beforeLogin === null ? null : texts.beforeLogin(result.beforeLogin),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function percentRange({ low, high }: Estimate): string {
  return `${percent(low)}–${percent(high)}`;
}

function shareLine(texts: SurveyTexts, word: string, estimate: Estimate): string {
  return texts.share(word, {
    percent: percent(estimate.value),
    hits: Math.round(estimate.value * estimate.n),
    n: estimate.n,
    range: percentRange(estimate),
  });
}

function measureLines({ figures, n }: Tally, texts: SurveyTexts): readonly string[] {
  const { words } = texts;
  switch (figures.kind) {
    case "csat":
      return figures.csat === null
        ? []
        : [
            shareLine(texts, words.satisfied, figures.csat.satisfied),
            shareLine(texts, words.verySatisfied, figures.csat.verySatisfied),
            shareLine(texts, words.dissatisfied, figures.csat.dissatisfied),
            texts.mean(figures.csat.mean.toFixed(2)),
          ];
    case "ces":
      return figures.ces === null
        ? []
        : [shareLine(texts, words.easy, figures.ces.easy), texts.mean(figures.ces.mean.toFixed(2))];
    case "yesno":
      return figures.yes === null ? [] : [shareLine(texts, words.yes, figures.yes)];
    case "nps": {
      if (figures.nps === null || n < SMALLEST_N_FOR_NPS) return [texts.npsTooFew];
      const { promoters, passives, detractors } = figures.counts;
      const { value, low, high } = figures.nps;
      const range = `${Math.round(low)}–${Math.round(high)}`;
      return [texts.npsLine(String(Math.round(value)), range, [promoters, passives, detractors])];
    }
    case "gap": {
      if (figures.net === null) return [];
      const { better, same, worse } = figures.counts;
      const { value, low, high } = figures.net;
      const range = `${signed(low)}–${signed(high)}`;
      return [texts.gapLine(signed(value), range, [better, same, worse])];
    }
    case "choice":
    case "multi":
      return figures.options
        .filter((option) => option.share !== null && option.count > 0)
        .toSorted((a, b) => b.count - a.count)
        .map(({ label, share }) => (share === null ? label : shareLine(texts, label, share)));
    case "text":
      return [];
  }
}

function signed(share: number): string {
  const value = Math.round(100 * share);
  return value > 0 ? `+${value}%` : `${value}%`;
}

/** How often each point was given; not repeated for kinds whose measures list their options. */
function spreadLine(question: QuestionSnapshot, tally: Tally, language: Language): string | null {
  if (question.kind !== "csat" && question.kind !== "nps" && question.kind !== "ces") return null;
  const labels = new Map(choicesOf(question, language).map(({ key, value }) => [value, key]));
  const points = Object.entries(tally.counts)
    .map(([point, count]) => ({ point: Number(point), count }))
    .toSorted((a, b) => a.point - b.point);
  const texts = surveyTexts[language];
  return texts.spread(
    points.map(({ point, count }) => texts.pointCount(labels.get(point) ?? String(point), count)),
  );
}

function reasonsLine({ question, tally }: FollowUpResult, texts: SurveyTexts): string | null {
  const { figures } = tally;
  if (figures.kind !== "choice" && figures.kind !== "multi") return null;
  const parts = figures.options
    .filter((option) => option.count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ label, count }) => `${label} ${count}`);
  return parts.length === 0 ? null : texts.reasons(question.text, parts);
}

/** Words are shown only when so many wrote that a voice is not recognised (§3.4). */
function commentLines(comments: readonly string[], texts: SurveyTexts): readonly string[] {
  if (comments.length === 0) return [];
  if (comments.length < FEWEST_AUTHORS_TO_QUOTE) {
    return [texts.commentsHeld(comments.length, FEWEST_AUTHORS_TO_QUOTE)];
  }
  return [
    texts.comments(comments.length),
    ...comments.slice(0, MOST_COMMENTS).map((words) => texts.comment(oneLine(words))),
  ];
}

function oneLine(words: string): string {
  const line = words.split(/\s/).filter(Boolean).join(" ");
  const characters = [...line];
  return characters.length <= LONGEST_COMMENT
    ? line
    : `${characters.slice(0, LONGEST_COMMENT).join("")}…`;
}
