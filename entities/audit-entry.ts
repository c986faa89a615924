import { Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { InstantColumn, JsonColumn, KeyColumn, WordColumn } from "./columns.js";

/** One row is who did what to what; written in the same transaction as the deed. */
@Entity("audit_entry")
@Index("ix_audit_at", ["at"])
export class AuditEntry {
  @PrimaryGeneratedColumn({ type: "integer" })
  seq!: number;

  @InstantColumn()
  at!: number;

  @KeyColumn()
  actorId!: string;

  @WordColumn()
  act!: string;

  /** Kind and id of the thing, for example "case:…". */
  @KeyColumn()
  subject!: string;

  /** Facts without anybody's words. */
  @JsonColumn()
  detail!: Readonly<Record<string, string | number | boolean | null>>;
}
