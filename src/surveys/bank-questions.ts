import type { QuestionSnapshot } from "#entities/types.js";
import type { Language, QuestionKind } from "#entities/vocabulary.js";
import { AppError } from "#src/shared/app-error.js";
import { bankSurvey, findBankQuestions } from "./question-bank.js";

/**
 * The bank's first question of a kind, alone: what a survey asks that only names its kind. The bank
 * holds one of every kind.
 */
export function standardQuestion(kind: QuestionKind, language: Language): QuestionSnapshot {
  const [first] = findBankQuestions({ kind });
  const [question] = first === undefined ? [] : bankSurvey(first, language);
  if (question === undefined) {
    throw new AppError("internal", `The question bank holds no question of kind ${kind}.`);
  }
  return question;
}
