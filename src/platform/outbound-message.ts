import type { MemberRef, MessageRef } from "./conversation.js";

/** One button: what it says and what comes back when it is pressed. */
export interface Choice {
  readonly label: string;
  readonly value: string;
  readonly style?: "primary" | "danger";
}

/** Begin of every action whose button opens a window; what is written there comes back as a `form` event. */
export const FORM_ACTION = "form.";

/**
 * A row of buttons. All of them come back as an `action` event with this `action`, but for those of a
 * {@link FORM_ACTION}, which are shown only where there are windows.
 */
export interface ChoiceRow {
  readonly action: string;
  readonly choices: readonly Choice[];
}

/**
 * A picture that belongs to a message. It is drawn just before the message is sent, outside any
 * transaction; where it cannot be drawn or shown, the text goes alone and is enough.
 */
export interface PictureOrder {
  /** Which drawing: a digest's card. */
  readonly maker: "digest-card";
  /** What the drawing is made from, as JSON; only its maker reads it. */
  readonly model: unknown;
  /** What the picture says, in words. */
  readonly alt: string;
  /** The charts of the picture for platforms that draw charts themselves. */
  readonly charts?: readonly Chart[];
}

/** Numbers over labels that a platform draws itself. They stand in the message's words or picture too. */
export interface Chart {
  /** A line over time, or bars side by side. */
  readonly kind: "line" | "bar";
  readonly title: string;
  /** What the values are, for their axis: `%`, 人. */
  readonly unit: string;
  /** One per value, in the order they are shown. */
  readonly labels: readonly string[];
  /** Each with a value for every label. */
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly number[];
  }[];
}

/** A file for the one reader of a message, in place of its text. */
export interface FileOrder {
  readonly name: string;
  readonly content: string;
  /** Said where the reader is, once the file is in the conversation with them alone. */
  readonly sent: string;
  /** Said before the text when the platform does not let the bot send files. */
  readonly refused: string;
}

/** Something to be said, free of any platform. */
export interface OutboundMessage {
  /** Complete plain text, enough without anything else. */
  readonly text: string;
  readonly choices?: readonly ChoiceRow[];
  /** The text to show instead where there are no buttons (numbers to reply with, in words). */
  readonly textWithoutButtons?: string;
  /**
   * Courtesy: thanks for an answer, a question about it, a reminder. Left out where each message puts
   * the account at risk.
   */
  readonly optional?: boolean;
  /** Meant for one member, but in this room everybody may see it where the platform cannot hide it (staff room). */
  readonly openWhereNotPrivate?: boolean;
  readonly mentions?: readonly MemberRef[];
  /** The message this one answers. */
  readonly quote?: MessageRef;
  /** Goes with the text where the room shows pictures. */
  readonly picture?: PictureOrder;
  /** Goes instead of the text where the room takes files. Only with a message for one reader. */
  readonly file?: FileOrder;
}
