import { Entity, Index } from "typeorm";
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  RealColumn,
  WordColumn,
} from "./columns.js";

/** One row is staff's word on one verdict: complaint or not. They calibrate this group's threshold. */
@Entity("verdict_label")
@Index("ix_verdict_label_group", ["groupId", "at"])
export class VerdictLabel {
  /** The case id: the last word on a case wins. */
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  @RealColumn()
  score!: number;

  @FlagColumn()
  complaint!: boolean;

  @KeyColumn()
  operatorId!: string;

  /** What had decided instead of the score (a safety or legal rule, `second_opinion`): such labels shift nothing. */
  @WordColumn({ nullable: true })
  rule!: string | null;

  @InstantColumn()
  at!: number;
}
