import { Entity, Index, PrimaryGeneratedColumn, Unique } from "typeorm";
import {
  CountColumn,
  FlagColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { QuietHours } from "./types.js";
import type { MessageKind } from "./vocabulary.js";

/** One row is something to be said or changed, its target, and the reference it got. */
@Entity("outbox_message")
@Unique("uq_outbox_key", ["key"])
@Index("ix_outbox_lane_state", ["lane", "state", "seq"])
@Index("ix_outbox_state", ["state"], { where: "\"state\" <> 'sent'" })
@Index("ix_outbox_sent", ["platform", "sentAt"])
export class OutboxMessage {
  @PrimaryGeneratedColumn({ type: "integer" })
  seq!: number;

  /** Dedupe key: the same thing is said once. */
  @KeyColumn()
  key!: string;

  @WordColumn()
  platform!: string;

  /** The conversation: order and gap are kept inside it. */
  @KeyColumn()
  lane!: string;

  @WordColumn()
  kind!: MessageKind;

  /** "send", or "edit" of the message that `editsKey` sent. */
  @WordColumn()
  act!: "send" | "edit";

  @KeyColumn({ nullable: true })
  editsKey!: string | null;

  /** Platform-free message as JSON; null when it is sent and nothing needs it any more. */
  @TextColumn({ nullable: true })
  message!: string | null;

  @KeyColumn({ nullable: true })
  groupId!: string | null;

  /** The only member who may see it; also the one it goes to directly where a group cannot hide it. */
  @KeyColumn({ nullable: true })
  onlyFor!: string | null;

  @TextColumn({ nullable: true })
  replyHandle!: string | null;

  /** Quiet hours that hold it back; null when it is exempt. */
  @JsonColumn({ nullable: true })
  quiet!: (QuietHours & { readonly timeZone: string }) | null;

  @WordColumn()
  state!: "due" | "sent" | "parked" | "dropped";

  @CountColumn()
  attempts!: number;

  /** A try was begun and its end is not known. */
  @FlagColumn()
  maybeSent!: boolean;

  @InstantColumn()
  createdAt!: number;

  @InstantColumn()
  notBefore!: number;

  /** After this instant it is dropped instead of sent; null for never. */
  @InstantColumn({ nullable: true })
  expiresAt!: number | null;

  @InstantColumn({ nullable: true })
  sentAt!: number | null;

  /** The platform's id of the sent message. */
  @KeyColumn({ nullable: true })
  messageId!: string | null;

  /** The conversation it was really sent to, when that differs from the lane (a direct message). */
  @KeyColumn({ nullable: true })
  sentTo!: string | null;

  @TextColumn({ nullable: true })
  reason!: string | null;
}
