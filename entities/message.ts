import { Entity, Index } from "typeorm";
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  RealColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { Aspect, Severity } from "./vocabulary.js";

/**
 * One row is a group message as it was judged: who, when, polarity and aspects, for the counts.
 * The text stays for half an hour, because the next verdicts need it as context; then it is swept.
 */
@Entity("message")
@Index("ix_message_group_time", ["groupId", "sentAt", "arrival"])
@Index("ix_message_member", ["memberId"])
@Index("ix_message_text", ["sentAt"], { where: '"text" IS NOT NULL' })
export class Message {
  /** Made from the platform's message (`messageKey`). */
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  @KeyColumn()
  memberId!: string;

  @WordColumn()
  role!: string;

  @InstantColumn()
  sentAt!: number;

  /** Order of arrival, for lines of the same instant; grows with the inbox. */
  @CountColumn()
  arrival!: number;

  @RealColumn()
  polarity!: number;

  @RealColumn()
  score!: number;

  @FlagColumn()
  complaint!: boolean;

  @JsonColumn()
  aspects!: readonly Aspect[];

  @WordColumn({ nullable: true })
  severity!: Severity | null;

  /** Rolling context of the last 30 minutes only; null afterwards. */
  @TextColumn({ nullable: true })
  text!: string | null;
}
