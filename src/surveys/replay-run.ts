import type { Group, Survey, SurveyRun } from "#entities/index.js";
import type { QuestionKind } from "#entities/vocabulary.js";
import { stableId } from "#src/shared/ids.js";
import type { Transaction } from "#src/store/transaction.js";
import { standardQuestion } from "./bank-questions.js";
import { openRun } from "./open-run.js";

/** A survey as a transcript states it. */
export interface TranscriptSurvey {
  readonly group: Group;
  /** Id of the run: the same on every replay of the transcript. */
  readonly runId: string;
  readonly kind: QuestionKind;
  readonly opensAt: number;
  readonly closesAt: number;
}

/**
 * Opens a run that a transcript says was open: the standard question of that kind, without caps and
 * gates, because it did happen. The card is said as usual; opening it again changes nothing.
 */
export async function openFromTranscript(
  tx: Transaction,
  { group, runId, kind, opensAt, closesAt }: TranscriptSurvey,
): Promise<SurveyRun> {
  const survey = await surveyOf(tx, { group, kind, opensAt, openForMs: closesAt - opensAt });
  return openRun(tx, {
    id: runId,
    survey,
    group,
    at: opensAt,
    openedFor: opensAt,
    closesAt,
    quiet: false,
  });
}

interface SurveyOrder {
  readonly group: Group;
  readonly kind: QuestionKind;
  readonly opensAt: number;
  readonly openForMs: number;
}

/** One survey per group and kind stands for all of a transcript's runs of that kind. */
async function surveyOf(
  tx: Transaction,
  { group, kind, opensAt, openForMs }: SurveyOrder,
): Promise<Survey> {
  const id = stableId("transcript-survey", group.id, kind);
  const known = await tx.surveys.first({ id });
  if (known !== null) return known;
  const question = standardQuestion(kind, group.language);
  const survey: Survey = {
    id,
    groupId: group.id,
    number: await tx.nextNumber("survey"),
    title: question.text,
    kind,
    decision: "",
    questions: [question],
    status: "active",
    pattern: null,
    openForMs,
    remindAfterMs: null,
    createdAt: opensAt,
  };
  await tx.surveys.insert(survey);
  return survey;
}
