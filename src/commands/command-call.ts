import type { Language } from "#entities/vocabulary.js";
import type { Complaints } from "#src/complaints/complaints.js";
import type { Digests } from "#src/digests/digests.js";
import type { CommandTexts } from "#src/i18n/commands.js";
import type { ActionEvent, CommandEvent, MessageEvent } from "#src/platform/inbound-event.js";
import type { ChoiceRow, FileOrder } from "#src/platform/outbound-message.js";
import type { Place } from "#src/store/place.js";
import type { Transaction } from "#src/store/transaction.js";
import type { Surveys } from "#src/surveys/surveys.js";
import type { CommandName } from "./command-words.js";

/** The rooms that commands reach into. */
export interface CommandRooms {
  readonly surveys: Surveys;
  readonly complaints: Complaints;
  readonly digests: Digests;
}

/** Everything that can hold a command. */
export type CommandCarrier = MessageEvent | CommandEvent | ActionEvent;

/** One command of one person, read and allowed. */
export interface Call {
  readonly tx: Transaction;
  readonly place: Place;
  readonly event: CommandCarrier;
  /** The event's time, epoch ms: the "now" of everything the command does. */
  readonly at: number;
  readonly language: Language;
  readonly texts: CommandTexts;
  readonly name: CommandName;
  readonly args: readonly string[];
  /** Everything after the command as typed, without a page number. */
  readonly rest: string;
  /** It may be chat all the same: answer null when the words after it mean nothing. */
  readonly tentative: boolean;
  readonly rooms: CommandRooms;
  /** Names that the bot is called by, without the @. */
  readonly botNames: readonly string[];
}

/** What the asker is told. */
export interface Answer {
  readonly text: string;
  readonly choices?: readonly ChoiceRow[];
  readonly textWithoutButtons?: string;
  /** Goes instead of the text where the platform takes files. */
  readonly file?: FileOrder;
  /** Holds nothing personal: may be said openly where the platform has no private way. */
  readonly neutral?: boolean;
}

/** Carries out a command. Null: after all this was no command. */
export type CommandHandler = (call: Call) => Promise<Answer | null>;
