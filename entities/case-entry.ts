import { Entity, Index } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, TextColumn, WordColumn } from "./columns.js";

/** One row is one thing that happened to a case: a move between states, a note, a reminder. */
@Entity("case_entry")
@Index("ix_case_entry_case", ["caseId", "at"])
export class CaseEntry {
  @IdColumn()
  id!: string;

  @KeyColumn()
  caseId!: string;

  @InstantColumn()
  at!: number;

  /** A member's id, or "bot". */
  @KeyColumn()
  actorId!: string;

  /** The move or act: "confirm", "take", "note", "escalate" … */
  @WordColumn()
  act!: string;

  @WordColumn({ nullable: true })
  fromState!: string | null;

  @WordColumn({ nullable: true })
  toState!: string | null;

  /** Reason or note in staff's words. */
  @TextColumn({ nullable: true })
  note!: string | null;
}
