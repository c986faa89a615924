import type { Group, Member, ScheduleFiring } from "#entities/index.js";
import type {
  ActionEvent,
  EditedEvent,
  MessageEvent,
  ReactionEvent,
  RecalledEvent,
} from "#src/platform/inbound-event.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import { onCaseAction } from "./case-actions.js";
import { onCaseCheck } from "./case-check.js";
import { listCases, myCases, type OwnCase, showCase } from "./case-queries.js";
import {
  assignCase,
  confirmCase,
  dismissCase,
  noteCase,
  reopenByStaff,
  replyToCase,
  resolveCase,
  takeCase,
} from "./case-service.js";
import { onCaseTimer } from "./case-timers.js";
import { type ConsiderDeps, considerMessage, type VoteInfo } from "./consider-message.js";
import { fileComplaint } from "./file-complaint.js";
import type { Considered } from "./follow-message.js";
import { edited, reaction, recalled } from "./message-changes.js";
import { outcomeWords } from "./outcome-words.js";
import {
  type DetectorHealth,
  detectorHealth,
  type ExportedLabel,
  exportLabels,
  rememberLabels,
} from "./verdict-labels.js";

/** What staff do with cases; each answers with a value, also when it cannot be done. */
export const caseService = {
  confirm: confirmCase,
  dismiss: dismissCase,
  take: takeCase,
  assign: assignCase,
  note: noteCase,
  reply: replyToCase,
  resolve: resolveCase,
  reopen: reopenByStaff,
  list: listCases,
  show: showCase,
  words: outcomeWords,
} as const;

/** The complaints room as the rest of the house sees it. */
export interface Complaints {
  /** Judges a group message (or one to the bot alone) and does what follows. */
  considerMessage(
    tx: Transaction,
    place: Place,
    event: MessageEvent,
    also: { readonly vote: VoteInfo | null },
  ): Promise<Considered>;
  /** Learns with one statement what a batch of messages of these groups will ask. */
  prefetch(tx: Transaction, groupIds: readonly string[]): Promise<void>;
  /** Judges an edited message again; `vote` is what the survey side made of the new words. */
  edited(
    tx: Transaction,
    place: Place,
    event: EditedEvent,
    also: { readonly vote: VoteInfo | null },
  ): Promise<Considered>;
  recalled(tx: Transaction, place: Place, event: RecalledEvent): Promise<Considered>;
  reaction(tx: Transaction, place: Place, event: ReactionEvent): Promise<Considered>;
  /** False when the button belongs to another room. */
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<boolean>;
  /** Registers a complaint that a member makes by command: no doubt, so it is confirmed at once. */
  file(
    tx: Transaction,
    place: Place,
    complaint: { readonly text: string; readonly eventId: string; readonly at: number },
  ): Promise<{ readonly number: number; readonly text: string }>;
  readonly firings: {
    readonly "case.timer": (tx: Transaction, firing: ScheduleFiring) => Promise<void>;
    readonly "case.check": (tx: Transaction, firing: ScheduleFiring) => Promise<void>;
  };
  readonly service: typeof caseService;
  /** The member's own cases for the private command. */
  myCases(tx: Transaction, member: Pick<Member, "id">): Promise<readonly OwnCase[]>;
  /** Precision over the last 100 decisions of a group, and the threshold they led to. */
  health(tx: Transaction, group: Pick<Group, "id" | "language">): Promise<DetectorHealth>;
  exportLabels(tx: Transaction): Promise<readonly ExportedLabel[]>;
}

/** Builds the {@link Complaints} room around a detector. */
export function createComplaints(deps: ConsiderDeps): Complaints {
  return {
    considerMessage: (tx, place, event, { vote }) =>
      considerMessage(deps, tx, place, { event, vote }),
    prefetch: (tx, groupIds) => rememberLabels(tx, groupIds),
    edited: (tx, place, event, { vote }) => edited(deps, tx, place, { event, vote }),
    recalled: (tx, place, event) => recalled(tx, place, event),
    reaction: (tx, place, event) => reaction(tx, place, event),
    onAction: (tx, place, event) => onCaseAction(tx, place, event),
    file: (tx, place, complaint) => fileComplaint(deps, tx, place, complaint),
    firings: { "case.timer": onCaseTimer, "case.check": onCaseCheck },
    service: caseService,
    myCases: (tx, member) => myCases(tx, member),
    health: (tx, group) => detectorHealth(tx, group, deps.detector),
    exportLabels: (tx) => exportLabels(tx),
  };
}
