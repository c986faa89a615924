import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { MINUTE } from "#src/shared/clock.js";
import type { AnswerValue } from "./answer-value.js";
import { scaleOf, valueOfKeys } from "./question-choices.js";
import { foldReply } from "./reply/normalise-reply.js";
import { parseReply } from "./reply/parse-reply.js";
import type { NoneReason, ReplyChain, ReplyContext, ReplyParse } from "./reply/reply-parse.js";
import { pollHeading } from "./survey-card.js";

/** Labels such as 一般 count without a quote this long after the card. */
const LABEL_WINDOW_MS = 30 * MINUTE;

const LONGEST_LABEL = 80;

/** What a text means as an answer to one question of one run. */
export type ReadAnswer =
  | {
      readonly kind: "vote";
      readonly run: SurveyRun;
      readonly question: QuestionSnapshot;
      readonly value: AnswerValue;
      readonly comment: string | null;
      readonly revision: boolean;
    }
  | { readonly kind: "list"; readonly run: SurveyRun; readonly chain: ReplyChain }
  | { readonly kind: "none"; readonly reason: NoneReason; readonly askBack: boolean };

/** A text that is an answer. */
export type ReadVote = Extract<ReadAnswer, { readonly kind: "vote" }>;

/** The readings that are answers. */
export function votesOf(readings: readonly ReadAnswer[]): readonly ReadVote[] {
  return readings.filter((reading) => reading.kind === "vote");
}

/** The text and what is known around it. */
export interface AnswerContext {
  readonly text: string;
  readonly at: number;
  readonly language: Language;
  readonly botNames: readonly string[];
  /** The bot was quoted, mentioned or spoken to alone. */
  readonly direct: boolean;
  readonly askedForOne?: boolean;
}

/** Reads a text as an answer to one question by the whole-message grammar. Pure. */
export function readAnswer(
  run: SurveyRun,
  question: QuestionSnapshot,
  context: AnswerContext,
): ReadAnswer {
  const { language } = context;
  const withinLabelWindow = context.at - run.openedAt <= LABEL_WINDOW_MS;
  if (context.direct || withinLabelWindow) {
    const outside = outsideOption(question, context.text);
    if (outside !== null) {
      const base = { run, question, value: outside, comment: null };
      return { kind: "vote", ...base, revision: false };
    }
  }
  const parse = parsed(question, context, withinLabelWindow);
  if (parse.kind === "none") return parse;
  if (parse.kind === "jielong") {
    if (!parse.topicMatches) return { kind: "none", reason: "list", askBack: false };
    return { kind: "list", run, chain: parse };
  }
  return {
    kind: "vote",
    run,
    question,
    value: valueOfKeys(question, language, parse.value),
    comment: parse.comment ?? null,
    revision: parse.revision,
  };
}

/** Readings of short texts by question: in a burst of votes hundreds of members type the same few. */
const known = new WeakMap<QuestionSnapshot, Map<string, ReplyParse>>();
const LONGEST_KNOWN = 24;
const MOST_KNOWN = 1_000;

function parsed(
  question: QuestionSnapshot,
  context: AnswerContext,
  withinLabelWindow: boolean,
): ReplyParse {
  const { text, language, botNames, direct } = context;
  const askedForOne = context.askedForOne === true;
  const read = (): ReplyParse => {
    const pollText = pollHeading(question, language);
    const around: ReplyContext = { botNames, direct, withinLabelWindow, askedForOne, pollText };
    return parseReply(text, scaleOf(question, language), around);
  };
  if (text.length > LONGEST_KNOWN) return read();
  const readings = known.get(question) ?? new Map<string, ReplyParse>();
  known.set(question, readings);
  const key = JSON.stringify([language, botNames, direct, withinLabelWindow, askedForOne, text]);
  const earlier = readings.get(key);
  if (earlier !== undefined) return earlier;
  const reading = read();
  if (readings.size < MOST_KNOWN) readings.set(key, reading);
  return reading;
}

/** The option outside n ("这次没买") that the whole text names, with or without 我 and 这次. */
function outsideOption(question: QuestionSnapshot, text: string): string | null {
  if (text.length > LONGEST_LABEL) return null;
  const said = essence(text);
  const option = question.options.find(
    (one) => one.outsideN === true && essence(one.label) === said,
  );
  return option?.id ?? null;
}

function essence(text: string): string {
  return foldReply(text)
    .replace(/[\s.,!。，！~～'’]/g, "")
    .replace(/^(?:我|我们|我家|i)(?!$)/, "")
    .replace(/^(?:这次|本次|这回)|(?:thistime)$/g, "");
}
