import { Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { CountColumn, InstantColumn, JsonColumn, KeyColumn, WordColumn } from "./columns.js";

/**
 * One row is who did what to what; written in the same transaction as the deed. Rows are chained: each
 * is sealed with a key that is not in the database, over the seal of the row before it. The chain runs
 * over `commitment`, so that a member can be erased from a row without breaking it.
 */
@Entity("audit_entry")
@Index("ix_audit_at", ["at"])
@Index("uq_audit_place", ["place"], { unique: true })
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

  /** Place in the chain: 1, 2, 3 … without gaps; null for rows written before there was one. */
  @CountColumn({ nullable: true })
  place!: number | null;

  /** Goes into the commitment; null once a member was erased from the row. */
  @KeyColumn({ nullable: true })
  salt!: string | null;

  /** HMAC over salt, actor, act, subject and detail, 64 hex digits. */
  @KeyColumn({ nullable: true })
  commitment!: string | null;

  /** HMAC over the seal of the row before, place, time and commitment, 64 hex digits. */
  @KeyColumn({ nullable: true })
  mac!: string | null;
}
