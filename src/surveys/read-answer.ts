import type { SurveyRun } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language } from "#entities/vocabulary.js";
import { MINUTE } from "#src/shared/clock.js";
import type { AnswerValue } from "./answer-value.js";
import { scaleOf, valueOfKeys } from "./question-choices.js";
import { foldReply } from "./reply/normalise-reply.js";
import { parseReply } from "./reply/parse-reply.js";
import type { NoneReason, ReplyChain, ReplyContext } from "./reply/reply-parse.js";
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
  const scale = scaleOf(question, language);
  const replyContext: ReplyContext = {
    botNames: context.botNames,
    direct: context.direct,
    withinLabelWindow,
    askedForOne: context.askedForOne === true,
    pollText: pollHeading(question, language),
  };
  const parse = parseReply(context.text, scale, replyContext);
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
