import type { Survey, SurveyRun } from "#entities/index.js";
import type {
  ActionEvent,
  EditedEvent,
  FormEvent,
  InboundEvent,
  MessageEvent,
  RecalledEvent,
} from "#src/platform/inbound-event.js";
import type { FiringHandler } from "#src/queue/handling.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { closeDue, closeNow } from "./close-run.js";
import { considerReply } from "./consider-reply.js";
import { draftSurvey } from "./draft-survey.js";
import { editVote } from "./edit-vote.js";
import { countDue } from "./live-count.js";
import { openDue, openNow } from "./open-run.js";
import { prefetchVotes } from "./prefetch-votes.js";
import { type PressOutcome, pressVote, submitVote } from "./press-vote.js";
import { recallVote } from "./recall-vote.js";
import { remindDue } from "./remind-run.js";
import { openFromTranscript } from "./replay-run.js";
import { scheduleSurvey } from "./schedule-survey.js";
import { latestRun, surveyResults } from "./survey-results.js";
import {
  archiveSurvey,
  findSurvey,
  listSurveys,
  pauseSurvey,
  resumeSurvey,
  stateDecision,
} from "./survey-status.js";
import type { ReplyOutcome } from "./take-vote.js";

export interface SurveysDeps {
  /** Names and ids that the bot is called by, without the @. */
  readonly botNames: readonly string[];
}

/** The survey room: what it does with events and firings, and what staff may ask of it. */
export interface Surveys {
  /** Takes a message as a vote where it is one beyond doubt. */
  considerReply(tx: Transaction, place: Place, event: MessageEvent): Promise<ReplyOutcome>;
  /** Takes a press of a `vote` or `follow` button. */
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<PressOutcome>;
  /** Takes a form named `vote`. */
  onForm(tx: Transaction, place: Place, event: FormEvent): Promise<PressOutcome>;
  /** Reads an edited message again: the last answer wins, and one that was edited away is withdrawn. */
  edited(tx: Transaction, place: Place, event: EditedEvent): Promise<ReplyOutcome>;
  /** Takes back what a recalled message had answered. */
  recall(tx: Transaction, place: Place, event: RecalledEvent): Promise<void>;
  /** Loads with few statements what the votes of a batch need. */
  prefetch(tx: Transaction, events: readonly InboundEvent[]): Promise<void>;
  readonly firings: Readonly<
    Record<"survey.open" | "survey.remind" | "survey.close" | "survey.count", FiringHandler>
  >;
  readonly draft: typeof draftSurvey;
  readonly stateDecision: typeof stateDecision;
  readonly schedule: typeof scheduleSurvey;
  readonly pause: typeof pauseSurvey;
  readonly resume: typeof resumeSurvey;
  readonly archive: typeof archiveSurvey;
  readonly openNow: typeof openNow;
  readonly closeNow: typeof closeNow;
  readonly openFromTranscript: typeof openFromTranscript;
  readonly results: typeof surveyResults;
  /** All surveys of these groups that are not archived. */
  readonly list: typeof listSurveys;
  find(tx: Transaction, number: number): Promise<Survey | null>;
  /** The newest run of a survey. */
  latestRun(tx: Transaction, surveyId: string): Promise<SurveyRun | null>;
}

/** Creates the {@link Surveys}. */
export function createSurveys(deps: SurveysDeps): Surveys {
  return {
    considerReply: (tx, place, event) => considerReply(tx, place, event, deps),
    onAction: pressVote,
    onForm: submitVote,
    edited: (tx, place, event) => editVote(tx, place, event, deps),
    recall: recallVote,
    prefetch: prefetchVotes,
    firings: {
      "survey.open": ignoringResult(openDue),
      "survey.remind": ignoringResult(remindDue),
      "survey.close": ignoringResult(closeDue),
      "survey.count": countDue,
    },
    draft: draftSurvey,
    stateDecision,
    schedule: scheduleSurvey,
    pause: pauseSurvey,
    resume: resumeSurvey,
    archive: archiveSurvey,
    openNow,
    closeNow,
    openFromTranscript,
    results: surveyResults,
    list: listSurveys,
    find: findSurvey,
    latestRun,
  };
}

/** Outcomes of firings are told where they happen; the scheduler needs none. */
function ignoringResult(
  handle: (...call: Parameters<FiringHandler>) => Promise<unknown>,
): FiringHandler {
  return async (tx, firing) => {
    await handle(tx, firing);
  };
}
