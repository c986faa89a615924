import type { Group } from "#entities/index.js";
import type { FiringKind } from "#entities/vocabulary.js";
import type { Complaints } from "#src/complaints/complaints.js";
import type {
  ActionEvent,
  CommandEvent,
  EditedEvent,
  FormEvent,
  InboundEvent,
  MessageEvent,
  ReactionEvent,
  RecalledEvent,
} from "#src/platform/inbound-event.js";
import type { FiringHandler } from "#src/queue/handling.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";

/** What a message was to the surveys: a vote (perhaps with a comment), something they dealt with, or nothing. */
export type ReplyOutcome =
  | { readonly kind: "vote"; readonly comment: string | null }
  | { readonly kind: "handled" }
  | { readonly kind: "none" };

export type Firings = Partial<Readonly<Record<FiringKind, FiringHandler>>>;

/** What the table of handlers needs of each room; the rooms' own types are wider. */
export interface SurveysRoom {
  considerReply(tx: Transaction, place: Place, event: MessageEvent): Promise<ReplyOutcome>;
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<unknown>;
  onForm(tx: Transaction, place: Place, event: FormEvent): Promise<unknown>;
  edited(tx: Transaction, place: Place, event: EditedEvent): Promise<ReplyOutcome>;
  recall(tx: Transaction, place: Place, event: RecalledEvent): Promise<unknown>;
  prefetch(tx: Transaction, events: readonly InboundEvent[]): Promise<unknown>;
  readonly firings: Firings;
}

export interface ComplaintsRoom {
  considerMessage(
    tx: Transaction,
    place: Place,
    event: MessageEvent,
    context: { readonly vote: { readonly comment: string | null } | null },
  ): Promise<unknown>;
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<unknown>;
  prefetch(tx: Transaction, groupIds: readonly string[]): Promise<void>;
  recalled(tx: Transaction, place: Place, event: RecalledEvent): Promise<unknown>;
  edited(
    tx: Transaction,
    place: Place,
    event: EditedEvent,
    context: { readonly vote: { readonly comment: string | null } | null },
  ): Promise<unknown>;
  reaction(tx: Transaction, place: Place, event: ReactionEvent): Promise<unknown>;
  file(
    tx: Transaction,
    place: Place,
    complaint: { readonly text: string; readonly eventId: string; readonly at: number },
  ): Promise<{ readonly number: number; readonly text: string }>;
  readonly service: Pick<Complaints["service"], "resolve" | "reply" | "words">;
  readonly firings: Firings;
}

export interface DigestsRoom {
  onAction(tx: Transaction, place: Place, event: ActionEvent): Promise<unknown>;
  scheduleDigests(tx: Transaction, group: Group, at: number): Promise<unknown>;
  readonly firings: Firings;
}

export interface CommandsRoom {
  /** Handles a command, a text that is one, or anything said to the bot; false when it was neither. */
  handle(
    tx: Transaction,
    place: Place,
    event: MessageEvent | CommandEvent | ActionEvent,
  ): Promise<boolean>;
}
