import type { MemberRef, MessageRef } from "./conversation.js";

/** One button: what it says and what comes back when it is pressed. */
export interface Choice {
  readonly label: string;
  readonly value: string;
  readonly style?: "primary" | "danger";
}

/** A row of buttons. All of them come back as an `action` event with this `action`. */
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
}

/** Something to be said, free of any platform. */
export interface OutboundMessage {
  /** Complete plain text, enough without anything else. */
  readonly text: string;
  readonly choices?: readonly ChoiceRow[];
  /** The text to show instead where there are no buttons (numbers to reply with, in words). */
  readonly textWithoutButtons?: string;
  /** Meant for one member, but in this room everybody may see it where the platform cannot hide it (staff room). */
  readonly openWhereNotPrivate?: boolean;
  readonly mentions?: readonly MemberRef[];
  /** The message this one answers. */
  readonly quote?: MessageRef;
  /** Goes with the text where the room shows pictures. */
  readonly picture?: PictureOrder;
}
