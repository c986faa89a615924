import type { Language } from "#entities/vocabulary.js";
import { complaintTexts } from "#src/i18n/complaints.js";
import { formatInstant } from "#src/scheduling/zoned-time.js";
import type { CaseOutcome } from "./case-service.js";
import { type CaseMove, isOpen } from "./case-states.js";

/** How an outcome is told to an operator. */
export interface OutcomeReader {
  readonly language: Language;
  readonly timeZone: string;
  /** The name of whom a case was given to. */
  readonly assignee?: string | null;
}

/** What became of a move, in one or two sentences for the operator who made it. */
export function outcomeWords(
  move: CaseMove,
  outcome: CaseOutcome,
  { language, timeZone, assignee = null }: OutcomeReader,
): string {
  const texts = complaintTexts[language];
  const { staff } = texts;
  switch (outcome.kind) {
    case "done": {
      const said = staff.done[move]?.(outcome.case.number, assignee) ?? "";
      return outcome.hidden === true ? `${said}\n${staff.hidden}` : said;
    }
    case "not-found":
      return staff.notFound;
    case "not-allowed":
      return outcome.move === "resolve" && isOpen(outcome.from)
        ? staff.needsWords(outcome.case.number)
        : staff.notAllowed(outcome.case.number, texts.states[outcome.from]);
    case "changed-meanwhile": {
      const by = outcome.by === null ? texts.bot : outcome.by.name || texts.someone;
      const time = formatInstant(outcome.changedAt, timeZone, language, "short");
      return staff.changed(outcome.case.number, by, texts.states[outcome.state], time);
    }
  }
}
