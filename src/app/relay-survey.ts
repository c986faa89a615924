import type { Group } from "#entities/index.js";
import type { RelaySurveyOutcome, RelaySurveyRequest } from "#src/console/contract/relay.js";
import { commandTexts } from "#src/i18n/commands.js";
import { relayTexts } from "#src/i18n/relay.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import { AppError } from "#src/shared/app-error.js";
import { HOUR } from "#src/shared/clock.js";
import type { Transaction } from "#src/store/transaction.js";
import type { DraftQuestions } from "#src/surveys/draft-survey.js";
import type { App } from "./create-app.js";

interface Order {
  readonly group: Group;
  readonly request: RelaySurveyRequest;
  readonly operatorId: string;
  readonly language: "zh" | "en";
}

/**
 * Drafts a survey and opens it, so that its text lies in the tray. What refuses it is told in words
 * and leaves nothing behind but a draft. Throws `invalid-input` when there is nothing to ask.
 */
export async function openRelaySurvey(
  tx: Transaction,
  app: App,
  { group, request, operatorId, language }: Order,
): Promise<RelaySurveyOutcome> {
  const { surveys } = app.rooms;
  const at = app.clock.now();
  const outcome = await surveys.draft(tx, {
    group,
    ask: questionsOf(request),
    decision: request.decision,
    openForMs: request.hours * HOUR,
    at,
    by: operatorId,
  });
  switch (outcome.kind) {
    case "unknown-question":
      throw new AppError("invalid-input", "There is no such question.", {
        field: "bank",
        expected: outcome.known.join(", "),
      });
    case "malformed":
      return refused([
        commandTexts[language].survey.words.shape[outcome.problem] ?? outcome.problem,
      ]);
    case "refused":
      return refused(outcome.findings.map(({ explanation }) => explanation[language]));
    case "drafted":
      break;
  }
  const { survey, warnings } = outcome;
  const opened = await surveys.openNow(tx, survey, { at, by: operatorId, force: request.force });
  const texts = relayTexts[language].survey;
  const said = warnings.map(({ explanation }) => explanation[language]);
  if (opened.kind === "opened")
    return { opened: true, words: [texts.opened, ...said], mayForce: false };
  // A refused opening leaves no draft that nobody finds on this page.
  await surveys.archive(tx, survey, { at, by: operatorId });
  if (opened.kind === "deferred") {
    const until = formatInstant(opened.until, group.timeZone, language, "short");
    return { opened: false, words: [texts.quiet(until)], mayForce: true };
  }
  const reason = opened.kind === "not-opened" ? opened.reason : "other";
  return {
    opened: false,
    words: [texts.refused[reason] ?? texts.refused["other"] ?? ""],
    mayForce: reason === "cap_day" || reason === "cap_week" || reason === "nps_gap",
  };
}

function refused(words: string[]): RelaySurveyOutcome {
  return { opened: false, words, mayForce: false };
}

function questionsOf({ bank, text, kind, options }: RelaySurveyRequest): DraftQuestions {
  if (bank !== undefined) return { from: "bank", id: bank };
  if (text === undefined) {
    throw new AppError("invalid-input", "There is nothing to ask.", {
      field: "text",
      expected: "a question of the bank or one of your own",
    });
  }
  return { from: "own", kind, text, ...(options.length === 0 ? {} : { options }) };
}
