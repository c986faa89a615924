import type { QuestionSnapshot } from "#entities/types.js";
import {
  type CountedAnswer,
  type CountingWindow,
  decidePublication,
  type PublicationDecision,
} from "#src/statistics/decide-publication.js";
import { SMALLEST_N_FOR_NPS } from "#src/statistics/nps.js";
import { suppressCells } from "#src/statistics/suppress-cells.js";
import { isOutsideN, readValue } from "./answer-value.js";
import type { TallyAnswer } from "./tally.js";

/** The cell that stands for all options which may not be told one by one. */
export const REST_CELL = "rest";

/** One number that may be told, or what may be told in its place. */
export interface PublicMetric {
  /** What it measures: "csat", or "multi:<option>" for each option of a question with several. */
  readonly metric: string;
  readonly decision: PublicationDecision;
  /** Words instead of a number because n is too small for this measure, not to hide anybody. */
  readonly tooFewForMeasure?: boolean;
}

/** What the decision rests on. */
export interface PublicRequest {
  readonly question: QuestionSnapshot;
  readonly answers: readonly TallyAnswer[];
  readonly window: CountingWindow;
  readonly k: number;
}

/**
 * What of a result may be told to the group: every cell that a reader could work out holds nobody
 * or at least k people (§3.4). Satisfaction and effort are told as one share; NPS not below 30
 * answers; rare options only together. Runs of one survey follow one another and share no answer,
 * so one result tells nothing about another; what is posted is kept with its exact counts for
 * whoever pools several runs later.
 */
export function publicMetrics(request: PublicRequest): readonly PublicMetric[] {
  const { question } = request;
  const counted = request.answers.filter(
    (answer) => !isOutsideN(question, readValue(answer.value)),
  );
  switch (question.kind) {
    case "csat":
    case "ces":
    case "yesno":
    case "gap":
      return [decide(request, counted, question.kind)];
    case "nps":
      return [npsMetric(request, counted)];
    case "choice":
      return [choiceMetric(request, counted)];
    case "multi":
      return question.options
        .filter((option) => option.outsideN !== true)
        .map(({ id }) => multiMetric(request, counted, id));
    case "text":
      return [];
  }
}

function decide(
  { question, window, k }: PublicRequest,
  counted: readonly TallyAnswer[],
  metric: string,
  cellOf: (value: unknown) => string = (value) => cellOfValue(question.kind, value),
): PublicMetric {
  const answers: readonly CountedAnswer[] = counted.map((answer) => ({
    answerer: answer.memberId,
    at: answer.answeredAt,
    cell: cellOf(readValue(answer.value)),
  }));
  const decision = decidePublication({
    history: [],
    candidate: window,
    answers,
    k,
  });
  return { metric, decision };
}

function cellOfValue(kind: QuestionSnapshot["kind"], value: unknown): string {
  const number = typeof value === "number" ? value : Number.NaN;
  if (kind === "csat") return number >= 4 ? "satisfied" : "not_satisfied";
  if (kind === "ces") return number >= 5 ? "easy" : "not_easy";
  if (kind === "nps") return number >= 9 ? "promoter" : number >= 7 ? "passive" : "detractor";
  if (kind === "gap") return number > 0 ? "better" : number < 0 ? "worse" : "as";
  return String(value);
}

function npsMetric(request: PublicRequest, counted: readonly TallyAnswer[]): PublicMetric {
  const told = decide(request, counted, "nps");
  if (told.decision.kind !== "number" || counted.length >= SMALLEST_N_FOR_NPS) return told;
  const counts = Object.entries(told.decision.record.counts);
  const majority = counts.find(([, n]) => 2 * n > counted.length)?.[0] ?? null;
  const decision = { kind: "words", obstacle: "small_cell", majority } as const;
  return { metric: "nps", decision, tooFewForMeasure: true };
}

/** Options that few chose, and the ones that must hide with them, are told as one. */
function choiceMetric(request: PublicRequest, counted: readonly TallyAnswer[]): PublicMetric {
  const options = request.question.options.filter((option) => option.outsideN !== true);
  const cells = options.map(({ id }) => ({
    id,
    n: counted.filter((answer) => readValue(answer.value) === id).length,
  }));
  const { cells: shown } = suppressCells(cells, { k: request.k });
  const visible = new Set(shown.flatMap((cell) => (cell === null ? [] : [cell.id])));
  return decide(request, counted, "choice", (value) =>
    visible.has(String(value)) ? String(value) : REST_CELL,
  );
}

function multiMetric(
  request: PublicRequest,
  counted: readonly TallyAnswer[],
  id: string,
): PublicMetric {
  return decide(request, counted, `multi:${id}`, (value) =>
    Array.isArray(value) && value.includes(id) ? "chosen" : "not_chosen",
  );
}
