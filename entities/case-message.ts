import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, TextColumn, WordColumn } from "./columns.js";

/** One row is a message that belongs to a case; only these texts are kept. */
@Entity("case_message")
@Index("ix_case_message_case", ["caseId", "at"])
@Index("ix_case_message_member", ["memberId"])
export class CaseMessage {
  /** The platform's message as text (`messageKey`): one message belongs to one case. */
  @IdColumn()
  id!: string;

  @KeyColumn()
  caseId!: string;

  @KeyColumn()
  memberId!: string;

  /** "report", "follow_up", "me_too", "reply" (staff to customer) or "answer". */
  @WordColumn()
  part!: string;

  /** Null after a recall or an erasure. */
  @TextColumn({ nullable: true })
  text!: string | null;

  @InstantColumn()
  at!: number;
}
