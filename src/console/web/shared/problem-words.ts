import { notifications } from "@mantine/notifications";
import type { Problem } from "#src/console/contract/common.js";
import { type ConsoleTexts, consoleTexts } from "#src/i18n/console.js";
import { ApiError, codeOf } from "../api/problem.js";
import { currentLanguage } from "./preferences.js";

/**
 * A failure as one readable sentence or two. The server writes in the language of the page; here
 * the field is named where an input was at fault, and what never reached the server is told.
 */
export function problemWords(error: unknown): string {
  const { problems, fields } = consoleTexts[currentLanguage()].shell;
  if (!(error instanceof ApiError)) return problems.server;
  if (error.status === 0) return problems.offline;
  if (codeOf(error) === "too-many-attempts") return problems.tooMany(error.retryAfter);
  return error.problem === null ? problems.server : wordsOf(error.problem, { problems, fields });
}

type Words = Pick<ConsoleTexts["shell"], "problems" | "fields">;

function wordsOf(problem: Problem, { problems, fields }: Words): string {
  if (problem.field !== undefined && problem.expected !== undefined) {
    return problems.field(fields[problem.field] ?? problem.field, problem.expected);
  }
  return [problem.detail ?? problem.title, problem.remedy].filter(Boolean).join(" ");
}

/** Shows a failure as a toast; the same sentence is not shown twice at once. */
export function announceProblem(error: unknown): void {
  const message = problemWords(error);
  notifications.show({
    id: `problem:${message}`,
    color: "clay",
    title: consoleTexts[currentLanguage()].shell.problems.title,
    message,
    autoClose: 8_000,
  });
}

/** Shows a short good word as a toast. */
export function announce(message: string): void {
  notifications.show({ message, color: "jade", autoClose: 4_000 });
}
