import { Entity, Index, Unique } from "typeorm";
import { IdColumn, InstantColumn, KeyColumn, WordColumn } from "./columns.js";
import type { Role } from "./vocabulary.js";

/** One row is one member in one group, with the role they have there. */
@Entity("membership")
@Unique("uq_membership", ["groupId", "memberId"])
@Index("ix_membership_member", ["memberId"])
export class Membership {
  @IdColumn()
  id!: string;

  @KeyColumn()
  groupId!: string;

  @KeyColumn()
  memberId!: string;

  @WordColumn()
  role!: Role;

  /** When the bot first knew of them here. */
  @InstantColumn()
  joinedAt!: number;

  @InstantColumn({ nullable: true })
  leftAt!: number | null;
}
