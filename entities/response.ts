import { Entity, Index, Unique } from "typeorm";
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  RealColumn,
  TextColumn,
  WordColumn,
} from "./columns.js";
import type { EarlierAnswer } from "./types.js";

/** One row is one member's present answer to one question of a run; a changed vote updates it. */
@Entity("response")
@Unique("uq_response", ["runId", "questionId", "memberId"])
@Index("ix_response_member", ["memberId"])
@Index("ix_response_message", ["messageKey"])
export class Response {
  @IdColumn()
  id!: string;

  @KeyColumn()
  runId!: string;

  @KeyColumn()
  questionId!: string;

  @KeyColumn()
  memberId!: string;

  /** The answer as JSON text: a number, an option id, a list of option ids or words. */
  @TextColumn()
  value!: string;

  /** The answer as a number where the question has one. */
  @RealColumn({ nullable: true })
  numeric!: number | null;

  @TextColumn({ nullable: true })
  comment!: string | null;

  /** The question is a rating that every eligible member is asked (not a follow-up). */
  @FlagColumn()
  rating!: boolean;

  @InstantColumn()
  firstAnsweredAt!: number;

  @InstantColumn()
  answeredAt!: number;

  /** "button", "reply", "list" or "form". */
  @WordColumn()
  via!: string;

  /** The message that holds the answer, so that a recall can take it back. */
  @KeyColumn({ nullable: true })
  messageKey!: string | null;

  /** Answers this one replaced, newest last. */
  @JsonColumn()
  earlier!: readonly EarlierAnswer[];
}
