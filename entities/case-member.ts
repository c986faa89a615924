import { Entity, Index, Unique } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";

/** One row is one member affected by one case: counted once, told once. */
@Entity("case_member")
@Unique("uq_case_member", ["caseId", "memberId"])
@Index("ix_case_member_member", ["memberId"])
export class CaseMember {
  @IdColumn()
  id!: string;

  @KeyColumn()
  caseId!: string;

  @KeyColumn()
  memberId!: string;

  /** "report", "me_too", "repeat" or "reaction". */
  @WordColumn()
  joinedBy!: string;

  @InstantColumn()
  joinedAt!: number;

  @InstantColumn({ nullable: true })
  toldAt!: number | null;

  /** When the check question (CES) was asked. */
  @InstantColumn({ nullable: true })
  checkedAt!: number | null;
}
