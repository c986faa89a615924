import type { Group, Survey } from "#entities/index.js";
import type { QuestionSnapshot } from "#entities/types.js";
import type { Language, QuestionKind, Touchpoint } from "#entities/vocabulary.js";
import { HOUR } from "#src/shared/clock.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import type { LintFinding } from "./linter-finding.js";
import { bankSurvey } from "./question-bank.js";
import { NOT_SURE } from "./question-bank-labels.js";
import { QUESTION_BANK } from "./question-bank-questions.js";
import { lintSurvey } from "./question-linter.js";
import { type ShapeProblem, shapeProblem } from "./survey-shape.js";

/** What a survey asks. */
export type DraftQuestions =
  /** A question of the bank, with its why after a low score. */
  | { readonly from: "bank"; readonly id: string }
  /** The shop's own wording; a scored question gets the usual why after a low score. */
  | {
      readonly from: "own";
      readonly kind: QuestionKind;
      readonly text: string;
      /** Labels of the listed answers, for kinds that have some. */
      readonly options?: readonly string[];
      readonly touchpoint?: Touchpoint;
    }
  /** Whole questions, with follow-ups and rules. */
  | { readonly from: "whole"; readonly questions: readonly QuestionSnapshot[] };

/** A survey to be drafted for one group. */
export interface DraftRequest {
  readonly group: Group;
  readonly ask: DraftQuestions;
  /** A short name for staff; the question itself when absent. */
  readonly title?: string;
  /** The decision it serves; may be stated later, but before it runs. */
  readonly decision?: string;
  readonly openForMs?: number;
  readonly remindAfterMs?: number | null;
  readonly at: number;
  readonly by: string;
}

/** What became of a draft. The explanations of findings are for staff, in both languages. */
export type DraftOutcome =
  | {
      readonly kind: "drafted";
      readonly survey: Survey;
      readonly warnings: readonly LintFinding[];
    }
  | { readonly kind: "refused"; readonly findings: readonly LintFinding[] }
  | { readonly kind: "malformed"; readonly problem: ShapeProblem }
  | { readonly kind: "unknown-question"; readonly known: readonly string[] };

const OPEN_FOR_MS = 24 * HOUR;
const LONGEST_TITLE = 40;
const LONGEST_DECISION = 300;

/**
 * Drafts a survey: a question of the bank or of the shop, checked by the linter. What the linter
 * calls an error refuses the draft with the explanation; warnings come back with it.
 */
export async function draftSurvey(tx: Transaction, request: DraftRequest): Promise<DraftOutcome> {
  const { group, ask, at, by } = request;
  const questions = questionsOf(ask, group.language);
  if (questions === null) {
    return { kind: "unknown-question", known: QUESTION_BANK.map((question) => question.id) };
  }
  const problem = shapeProblem(questions);
  if (problem !== null) return { kind: "malformed", problem };
  const findings = lint(questions, group.language);
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length > 0) return { kind: "refused", findings: errors };
  const survey = await newSurvey(tx, request, questions);
  await tx.surveys.insert(survey);
  await tx.record({
    at,
    actorId: by,
    act: "survey.drafted",
    subject: `survey:${survey.id}`,
    detail: { number: survey.number, kind: survey.kind, warnings: findings.length },
  });
  return { kind: "drafted", survey, warnings: findings };
}

/** The shop's own wording as it would be asked, before anything is drafted, and what the linter finds. */
export function previewOwn(
  text: string,
  language: Language,
): { readonly question: QuestionSnapshot | undefined; readonly findings: readonly LintFinding[] } {
  const questions = ownQuestions({ from: "own", kind: "csat", text }, language);
  return { question: questions[0], findings: lint(questions, language) };
}

async function newSurvey(
  tx: Transaction,
  request: DraftRequest,
  questions: readonly QuestionSnapshot[],
): Promise<Survey> {
  const { group, at } = request;
  const [rating] = questions;
  const number = await tx.nextNumber("survey");
  const title = request.title?.trim() ?? "";
  return {
    id: stableId("survey", group.id, number),
    groupId: group.id,
    number,
    title: cut(title === "" ? (rating?.text ?? "") : title, LONGEST_TITLE),
    kind: rating?.kind ?? "csat",
    decision: cut(request.decision?.trim() ?? "", LONGEST_DECISION),
    questions,
    status: "draft",
    pattern: null,
    openForMs: request.openForMs ?? OPEN_FOR_MS,
    remindAfterMs: request.remindAfterMs ?? null,
    createdAt: at,
  };
}

function cut(text: string, length: number): string {
  return [...text].slice(0, length).join("");
}

function questionsOf(ask: DraftQuestions, language: Language): readonly QuestionSnapshot[] | null {
  switch (ask.from) {
    case "bank": {
      const question = QUESTION_BANK.find((one) => one.id === ask.id);
      return question === undefined ? null : bankSurvey(question, language);
    }
    case "own":
      return ownQuestions(ask, language);
    case "whole":
      return ask.questions;
  }
}

/** Tags of the why that follows a low score of the shop's own question. */
const USUAL_WHY = [
  "quality",
  "shortage",
  "delivery",
  "packaging",
  "price",
  "service",
  "other",
] as const;
const WITH_WHY: ReadonlySet<QuestionKind> = new Set(["csat", "nps", "ces", "gap"]);

/** Everybody may say that it does not concern them: such answers are outside n. */
function ownQuestions(
  ask: Extract<DraftQuestions, { readonly from: "own" }>,
  language: Language,
): readonly QuestionSnapshot[] {
  const { kind, text, options = [], touchpoint = "overall" } = ask;
  const wording = text.trim();
  return bankSurvey(
    {
      id: "own",
      kind,
      touchpoint,
      area: "satisfaction",
      text: { zh: wording, en: wording },
      options: [
        ...options.map((label, index) => ({
          id: `o${index + 1}`,
          label: { zh: label.trim(), en: label.trim() },
        })),
        ...(kind === "text" ? [] : [NOT_SURE]),
      ],
      ...(WITH_WHY.has(kind) ? { whyTags: USUAL_WHY } : {}),
    },
    language,
  );
}

/** A poll with listed answers rates nothing, but is a survey of its own kind all the same. */
function lint(questions: readonly QuestionSnapshot[], language: Language): readonly LintFinding[] {
  const [first] = questions;
  const listed = first?.kind === "choice" || first?.kind === "multi";
  return lintSurvey(
    questions.map(({ text, kind, options, touchpoint, askedWhen }) => ({
      text,
      kind,
      options,
      touchpoint,
      language,
      followUp: askedWhen !== undefined,
    })),
  ).filter((finding) => !(listed && finding.code === "no-rating"));
}
